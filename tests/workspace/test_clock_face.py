"""Laws of showing times in another zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import edits, entry_context, quick_entry, timeline
from schemas.incident import Event, Incident
from schemas.moments import instant
from tests.schemas.strategies import incidents
from tui.workspace.clock_face import CHOICES, Choice, ClockFace

PARIS = ZoneInfo("Europe/Paris")


def face(choice: Choice) -> ClockFace:
    made = ClockFace(PARIS)
    made.choice = choice
    return made


@given(incidents(), st.sampled_from(CHOICES))
@settings(max_examples=60)
def test_showing_changes_clocks_and_days_and_nothing_else(incident: Incident, choice: Choice) -> None:
    story = timeline.build(incident)
    shown = face(choice).shown(story)
    assert [entry.event for entry in shown.entries] == [entry.event for entry in story.entries]
    assert [entry.start for entry in shown.entries] == [entry.start for entry in story.entries]
    assert [entry.gap for entry in shown.entries] == [entry.gap for entry in story.entries]
    assert shown.phases == story.phases
    if shown is not story and shown.zone is not None:
        for entry in shown.timed:
            if entry.dated and entry.wall is not None and entry.wall.year not in (1, 9999) and not entry.wall.fold:
                there = entry.wall.replace(tzinfo=shown.zone)
                again = there.replace(fold=1)
                assert entry.start is not None
                assert entry.start.nominal in (instant(there, None), instant(again, None))


@given(incidents(), st.integers(min_value=0, max_value=30), st.sampled_from(CHOICES))
@settings(max_examples=60)
def test_following_an_edit_gives_what_starting_anew_would(incident: Incident, at: int, choice: Choice) -> None:
    kept = face(choice)
    before = timeline.build(incident)
    kept.shown(before)
    if not incident.events:
        return
    event = incident.events[at % len(incident.events)]
    for after in (
        edits.update_item(incident, "events", event.id, at=datetime(2024, 3, 3, 3, tzinfo=UTC)),
        edits.remove_items(incident, "events", {event.id}),
    ):
        story = timeline.build(after, before)
        assert kept.shown(story).entries == face(choice).shown(story).entries
        kept.shown(before)


def test_what_is_unchanged_is_not_made_again() -> None:
    events = tuple(
        Event(id=f"e{i:04d}", at=datetime(2024, 5, 2, tzinfo=UTC) + timedelta(minutes=i), text="x") for i in range(2000)
    )
    incident = Incident(zone="Africa/Nairobi", events=events)
    kept = face("utc")
    before = timeline.build(incident)
    old = kept.shown(before)
    after = edits.update_item(incident, "events", "e1000", text="y")
    new = kept.shown(timeline.build(after, before))
    fresh = [a for a, b in zip(new.entries, old.entries, strict=True) if a is not b]
    assert len(fresh) <= 2


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
@pytest.mark.parametrize("choice", CHOICES)
def test_the_ends_of_the_calendar_are_shown(day: date, choice: Choice) -> None:
    event = Event(id="aaaa", at=datetime.combine(day, datetime.max.time()), text="x")
    story = timeline.build(Incident(zone="Pacific/Kiritimati", events=(event,)))
    shown = face(choice)
    assert shown.shown(story).entries[0].wall is not None
    assert shown.label(story)


@pytest.mark.parametrize(("month", "label"), [(1, "CET"), (7, "CEST")])
def test_the_label_follows_the_season(month: int, label: str) -> None:
    event = Event(id="aaaa", at=datetime(2024, month, 2, 9, tzinfo=UTC), text="x")
    assert face("mine").label(timeline.build(Incident(zone="UTC", events=(event,)))) == f"mine: {label}"


def test_both_names_are_said_where_the_clocks_were_changed_on_the_way() -> None:
    events = tuple(Event(id=f"aaa{d}", at=datetime(2025, 3, d, 12, tzinfo=UTC), text="x") for d in (29, 30))
    assert face("mine").label(timeline.build(Incident(zone="UTC", events=events))) == "mine: CET/CEST"


def test_a_zone_that_shows_the_same_is_passed_over() -> None:
    event = Event(id="aaaa", at=datetime(2024, 5, 2, 9, tzinfo=UTC), text="x")
    story = timeline.build(Incident(zone="UTC", events=(event,)))
    assert ClockFace(None).next_choice(story) == ""
    assert ClockFace(PARIS).next_choice(story) == "mine"


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.sampled_from(["utc", "mine"]))
@settings(max_examples=60)
def test_a_typed_time_is_kept_as_the_instant_that_was_meant(wall: datetime, choice: Choice) -> None:
    event = Event(id="aaaa", at=datetime(2024, 5, 2, 9, tzinfo=UTC), text="x")
    incident = Incident(zone="Asia/Kathmandu", events=(event,))
    story = timeline.build(incident)
    shown = face(choice)
    context = shown.context(entry_context.context_for(incident, story, date(2024, 5, 2)), story)
    wall = wall.replace(second=0, microsecond=0)
    draft = quick_entry.read_entry(f"{wall:%Y-%m-%d %H:%M} did it", context)
    assert draft.reading is not None
    kept = shown.stored_reading(draft.reading, story)
    assert kept.at == draft.reading.at
    assert isinstance(kept.at, datetime)
    assert kept.at.utcoffset() == timedelta(hours=5, minutes=45)


def test_what_a_typed_time_refers_to_is_turned_with_it() -> None:
    event = Event(id="aaaa", at=datetime(2024, 5, 2, 9, tzinfo=UTC), text="x")
    incident = Incident(zone="Africa/Nairobi", events=(event,))
    story = timeline.build(incident)
    now = datetime(2024, 5, 2, 11, tzinfo=UTC)
    own = entry_context.context_at(incident, story, now.date(), "aaaa", now=now)
    assert (own.own, own.now) == (datetime(2024, 5, 2, 12), datetime(2024, 5, 2, 14))
    shown = face("mine").context(own, story)
    assert (shown.zone, shown.own, shown.now) == (PARIS, datetime(2024, 5, 2, 11), datetime(2024, 5, 2, 13))
