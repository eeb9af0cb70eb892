from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.incident import Sections
from schemas.sections import (
    BY_KEY,
    SECTION_KEYS,
    SECTIONS,
    STATUSES,
    Section,
    canonical_key,
    normalise_heading,
    required,
)


def test_sections_of_the_file_are_the_canonical_ones_in_their_order() -> None:
    assert tuple(Sections.model_fields) == SECTION_KEYS
    assert list(BY_KEY) == list(SECTION_KEYS)


def test_no_heading_belongs_to_two_sections() -> None:
    names = Counter(
        normalised
        for section in SECTIONS
        for normalised in {normalise_heading(name) for name in (section.heading, *section.synonyms)}
    )
    assert [name for name, times in names.items() if times > 1] == []
    assert "" not in names


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_a_section_is_found_by_its_heading_and_other_names(section: Section) -> None:
    for name in (section.heading, section.heading.upper(), f"## {section.heading}:", *section.synonyms):
        assert canonical_key(name) == section.key
    assert section.prompt.endswith((".", "?"))


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("1. Summary 🔥", "summary"),
        ("**Impact:**", "impact"),
        ("__Root_cause__", "root_cause"),
        ("3) Root Cause(s) & Trigger [draft]", None),
        ("What didn’t go so well?", "went_poorly"),
        ("5 Whys", "root_cause"),
        ("Root Cause (draft)", "root_cause"),
        ("Q&A", "open_questions"),
        ("Where did we get lucky?!", "lucky"),
        ("`Lessons   learned` —", "lessons"),
        ("TL;DR", "summary"),
        ("Causa raíz", "root_cause"),
        ("Causa rai\u0301z", "root_cause"),
        ("Impact (see (a) and [b])", "impact"),
        ("Timeline", None),
        ("", None),
        ("2024", None),
        ("(all times UTC)", None),
    ],
)
def test_headings_as_people_write_them(heading: str, key: str | None) -> None:
    assert canonical_key(heading) == key


@given(st.text(max_size=60) | st.text("#*_`([{)]} 1a.A:-–é", max_size=30))
def test_normalising_a_heading_again_changes_nothing(heading: str) -> None:
    assert normalise_heading(normalise_heading(heading)) == normalise_heading(heading)


@pytest.mark.parametrize("junk", ["(", "[", "()", "([)", "1", " ", ".", "a.", "*", "\u0301"])
def test_long_headings_are_no_trap(junk: str) -> None:
    # Each would take many minutes if a pattern tried every place to begin at.
    assert canonical_key(junk * 200_000) is None


def test_other_numbers_are_other_headings() -> None:
    assert normalise_heading("2023") != normalise_heading("2024")


def test_the_further_a_postmortem_is_the_more_it_needs() -> None:
    needs = [{key for key in SECTION_KEYS if required(key, status)} for status in STATUSES]
    assert needs[0] == {"summary"}
    assert all(earlier <= later for earlier, later in pairwise(needs))
    assert {"impact", "root_cause", "resolution"} <= needs[1]
    assert "lucky" not in needs[-1]


def test_an_unknown_status_counts_as_a_draft() -> None:
    assert [required(key, "stuck") for key in SECTION_KEYS] == [required(key, "draft") for key in SECTION_KEYS]
    with pytest.raises(KeyError):
        required("timeline", "draft")
