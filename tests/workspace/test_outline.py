"""The parts of a document, the spots that places mean, and finding words."""

from __future__ import annotations

import pytest

from schemas.checks import Finding
from schemas.incident import Action, Event, Incident, OtherSection, Sections
from schemas.sections import SECTION_KEYS
from tui.workspace.outline import LISTS, Spot, outline, spot_of
from tui.workspace.search import search

INCIDENT = Incident(
    title="Straße closed",
    sections=Sections(summary="One two. Two three.", lessons="two"),
    other_sections=(OtherSection(id="own1", heading="Weather", after="impact", body="Two drops."),),
    events=(Event(id="eeee", text="two nodes", actor="ana"),),
    actions=(Action(id="aaaa", text="watch both", owner="Two people"),),
)


@pytest.mark.parametrize(
    ("where", "spot"),
    [
        ("title", Spot("overview", None, "title")),
        ("sections/root_cause", Spot("root_cause")),
        ("other_sections/own1", Spot("own1")),
        ("events", Spot("events")),
        ("events/eeee/at", Spot("events", "eeee", "at")),
        ("actions/aaaa", Spot("actions", "aaaa")),
        ("", Spot("overview")),
    ],
)
def test_places_and_their_spots(where: str, spot: Spot) -> None:
    assert spot_of(where) == spot


def test_every_part_is_listed_once_and_own_sections_stand_in_their_place() -> None:
    keys = [row.key for row in outline(INCIDENT, ())]
    assert sorted(keys) == sorted([*SECTION_KEYS, *LISTS, "own1", "overview"])
    assert keys.index("impact") < keys.index("own1") < keys.index("trigger")


def test_findings_are_counted_where_they_are_and_waived_or_informative_ones_are_not() -> None:
    findings = [
        Finding("T03", "error", "events/eeee/at", "m", "h"),
        Finding("T05", "warning", "zone", "m", "h"),
        Finding("A04", "info", "actions/aaaa", "m", "h"),
        Finding("A01", "warning", "actions", "m", "h", waived="yes"),
    ]
    rows = {row.key: row for row in outline(INCIDENT, findings)}
    assert (rows["events"].errors, rows["overview"].warnings) == (1, 1)
    assert (rows["actions"].warnings, rows["actions"].count) == (0, 1)


def test_words_are_found_everywhere_with_their_offset_in_texts() -> None:
    found = [(match.where, match.offset) for match in search(INCIDENT, "TWO")]
    assert found == [
        ("sections/summary", 4),
        ("sections/summary", 9),
        ("other_sections/own1", 0),
        ("sections/lessons", 0),
        ("events/eeee/text", None),
        ("actions/aaaa/owner", None),
    ]


def test_what_is_looked_for_is_no_pattern() -> None:
    assert search(INCIDENT, ".*") == ()
    assert search(INCIDENT, "  ") == ()
    assert [match.where for match in search(INCIDENT, "straße")] == ["title"]
