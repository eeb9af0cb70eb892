"""What a person types to go to a time is read in the story, nearest to where they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from schemas import timeline
from schemas.entry_context import context_for
from schemas.incident import Event, Incident
from schemas.readings import NotATime
from tui.workspace.clock_face import ClockFace
from tui.workspace.review_times import instant_meant
from tui.workspace.review_walk import Habits, Walk

ZONE = "Africa/Nairobi"
TIMES = ("2024-05-02 09:00", "2024-05-02 15:00", "2024-05-02 23:50", "2024-05-03 02:00", "2024-05-03 05:00")


def found(text: str, here: int, incident: Incident, *, face: ClockFace | None = None) -> int:
    """The index of the event that is gone to."""
    face = face or ClockFace(None)
    story = timeline.build(incident)
    shown = face.shown(story)
    steps = Walk(shown, Habits())
    steps.go(here)
    context = face.context(context_for(incident, story, date(2026, 1, 1)), story)
    return steps.find_instant(instant_meant(text, context, shown, steps.entry))


def incident() -> Incident:
    events = tuple(Event(id=f"e{at}", at=datetime.fromisoformat(f"{text}+03:00")) for at, text in enumerate(TIMES))
    return Incident(zone=ZONE, events=events)


@pytest.mark.parametrize(
    ("text", "here", "index"),
    [
        ("15:00", 0, 1),
        ("14:59", 0, 0),
        ("02:00", 1, 3),  # only on the second day does that lie in the story
        ("09:30", 4, 0),
        ("00:10", 1, 2),
        ("May 3 02:00", 0, 3),
        ("2024-05-03", 0, 2),
        ("+2h", 2, 2),
        ("+2h 10m", 2, 3),
        ("T+6h", 4, 1),
        ("12:00 UTC", 0, 1),
        ("08:00", 1, 0),  # before all: the first event
    ],
)
def test_a_time_goes_to_the_last_event_by_then(text: str, here: int, index: int) -> None:
    assert found(text, here, incident()) == index


def test_a_time_is_read_in_the_zone_that_is_shown() -> None:
    face = ClockFace(None)
    face.choose(timeline.build(incident()), "utc")
    assert found("12:00", 0, incident(), face=face) == 1
    assert found("11:59", 0, incident(), face=face) == 0


def test_a_story_of_clocks_without_a_date_passes_midnight() -> None:
    events = tuple(Event(id=f"e{at}", at=time(hour)) for at, hour in enumerate((22, 23, 1, 3)))
    clocks = Incident(events=events)
    assert found("01:00", 1, clocks) == 2
    assert found("22:30", 3, clocks) == 0
    assert found("+2h", 1, clocks) == 2


@pytest.mark.parametrize("text", ["soon", "", "25:99", "?"])
def test_what_is_no_time_is_refused_with_words(text: str) -> None:
    with pytest.raises(NotATime):
        found(text, 0, incident())


def test_without_any_time_there_is_none_to_go_to() -> None:
    with pytest.raises(NotATime, match="no event has a time"):
        found("10:00", 0, Incident(events=(Event(id="aaaa"),)))


def test_the_ends_of_the_calendar_are_no_trap() -> None:
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    events = (Event(id="a", at=last - timedelta(hours=1)), Event(id="b", at=last))
    assert found("23:59", 0, Incident(zone="UTC", events=events)) == 1
