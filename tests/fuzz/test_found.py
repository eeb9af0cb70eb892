"""What was found by these tests once, as the smallest file or text that shows it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import pytest

from schemas import toml_file
from schemas.checks import check
from schemas.incident import Action, Comment, Incident, Sections
from schemas.quotes import find_quote
from schemas.word_changes import word_changes
from schemas.writers.markdown import to_markdown
from tui.widgets.review_text import items_page

NOW: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_an_unknown_key_may_have_the_name_of_a_known_one_of_another_table() -> None:
    text = (
        '[[waivers]]\nrule = "T05"\nwhere = "stated/a"\n\n[[stated]]\nid = "a"\nwhat = "start"\n'
        "text = 2024-05-02\nlinks = 5\n\n[[factors]]\nid = 'b'\nlink = 1\nwhat = 2.5\n"
    )
    incident = toml_file.loads(text)
    assert "2024-05-02" in to_markdown(incident, remarks="all")
    for name in ("stated", "factors"):
        items_page(name, name, getattr(incident, name), None, {}, "", 80)


def test_a_newer_file_may_have_several_faults_in_one_list() -> None:
    loaded = toml_file.parse("format = 2\n[[events]]\nid = 'a'\nlinks = [1, 2024-05-02, 'x']\nactor = 3\n")
    assert loaded.incident.events[0].id == "a"
    assert loaded.incident.events[0].links == ()
    assert len(loaded.notes) == 2


@pytest.mark.parametrize("line", ["# Remarks on \u202esections/impact", "\t# Remarks on sections/impact "])
def test_a_comment_that_is_nearly_a_line_of_ours_is_settled_by_the_first_save(line: str) -> None:
    loaded = toml_file.parse(f"title = 'x'\n\n[[comments]]\nid = 'a'\non = 'sections/impact'\n\n{line}\n")
    text = toml_file.dumps(loaded.incident, loaded.remarks)
    again = toml_file.parse(text)
    assert toml_file.dumps(again.incident, again.remarks) == text


def _long_names(size: int) -> None:
    owner = "ab" * (size // 2)
    doc = Incident(owner=owner, actions=(Action(id="a", text="x", owner=owner[:-1] + "x"), Action(id="b", owner=owner)))
    check(doc, NOW)


def _many_quotes(size: int) -> None:
    body = "a b c d e " * (size // 10)
    for number in range(5):
        find_quote(body, f"{number} {body[::-1]}")
    find_quote(body, f"{' '.join(body.split())} f")


def _reversed(size: int) -> None:
    text = "&amp;" * (size // 5)
    word_changes(text, text[::-1])


@pytest.mark.parametrize("work", [_long_names, _many_quotes, _reversed])
def test_time_does_not_grow_with_the_square_of_a_text(work: Callable[[int], None]) -> None:
    began = time.process_time()
    work(100_000)
    assert time.process_time() - began < 5


def test_a_comment_with_a_hostile_quotation_is_shown() -> None:
    doc = Incident(
        sections=Sections(summary="www.a.b/*c* " * 2000),
        comments=tuple(
            Comment(id=f"c{n}", on="sections/summary", quote=f"{n} " + "*c* www.a.b " * 900) for n in range(5)
        ),
    )
    began = time.process_time()
    to_markdown(doc, remarks="all")
    assert time.process_time() - began < 5
