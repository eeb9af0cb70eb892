"""What findings put on single events."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from schemas import checks, timeline
from schemas.checks import Finding
from schemas.incident import Event, Incident
from tui.workspace.event_marks import DOUBTS, EventMark, EventMarks

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def found(rule: str, where: str, severity: str = "warning", waived: str = "") -> Finding:
    return Finding(rule, severity, where, "it is wrong", "mend it", None, waived)  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", ["T06", "T07", "T13", "T19"])
def test_a_doubt_about_a_time_is_marked_at_the_time(rule: str) -> None:
    marks = EventMarks([found(rule, "events/aaaa/at")]).marks
    assert marks == {"aaaa": EventMark(DOUBTS[rule], "warning", "")}


def test_a_time_that_is_wrong_is_marked_by_how_bad_that_is() -> None:
    marks = EventMarks([found("T03", "events/aaaa/at", "error"), found("T18", "events/bbbb/until")]).marks
    assert marks["aaaa"].time == "✗"
    assert marks["bbbb"].time == "!"


def test_anything_else_is_flagged_and_notes_are_not() -> None:
    marks = EventMarks([found("T12", "events/aaaa", "info"), found("C07", "events/bbbb/text")]).marks
    assert marks == {"bbbb": EventMark(flag="warning")}


def test_both_are_told_where_both_are_wrong() -> None:
    marks = EventMarks([found("C07", "events/aaaa/text", "error"), found("T07", "events/aaaa/at")]).marks
    assert marks["aaaa"] == EventMark("±", "warning", "error")


def test_what_is_waived_is_no_longer_told() -> None:
    known = EventMarks([found("T07", "events/aaaa/at", waived="checked by hand")])
    assert known.marks == {}
    assert known.on(Event(id="aaaa")) == ()


def test_a_doubt_about_the_incidents_zone_counts_on_local_times() -> None:
    doubt = found("T06", "zone")
    known = EventMarks([doubt])
    assert known.on(Event(id="aaaa", at=datetime(2024, 5, 2, 9))) == (doubt,)
    assert known.on(Event(id="bbbb", at=time(9))) == (doubt,)
    assert known.on(Event(id="cccc", at=datetime(2024, 5, 2, 9, tzinfo=UTC))) == ()
    assert known.on(Event(id="dddd", at=datetime(2024, 5, 2, 9), zone="Europe/Paris")) == ()


def test_local_times_among_others_are_marked_and_not_where_all_are_local() -> None:
    local = Event(id="aaaa", at=datetime(2024, 5, 2, 9), text="Down")
    aware = Event(id="bbbb", at=datetime(2024, 5, 2, 10, tzinfo=UTC), text="Up")
    for events, marked in (((local, aware), {"aaaa"}), ((local,), set())):
        incident = Incident(events=events)
        known = EventMarks(checks.check(incident, NOW).findings, timeline.build(incident))
        assert {name for name, mark in known.marks.items() if mark.time == "?"} == marked


def test_every_mark_is_a_glyph_of_its_own() -> None:
    assert all(len(glyph) == 1 for glyph in DOUBTS.values())
    assert len({DOUBTS[rule] for rule in ("T06", "T07", "T13", "T19")}) == 4
