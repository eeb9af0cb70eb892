"""A timeline that is built on a previous one is the same as one from scratch, and shares what did not change."""

from datetime import datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import timeline
from schemas.entries import zone_of
from schemas.incident import Event, Incident
from schemas.moments import When
from tests.schemas import stories
from tests.schemas.short_stories import NAIROBI, at, story

STEPS = ("insert", "delete", "time", "text", "swap", "move", "zone", "nothing", "sort", "many")


@given(stories.stories(most=7), st.data())
def test_building_on_a_previous_timeline_gives_the_same(incident: Incident, data: st.DataObject) -> None:
    built = timeline.build(incident)
    fresh_ids = count()
    kind = data.draw(st.sampled_from(["anything", "dated", "exact", "unsorted"]))
    moment: st.SearchStrategy[When | None] = {
        "anything": stories.moments,
        "dated": st.one_of(stories.exact_times, stories.days, st.none()),
        "exact": stories.exact_times,
        "unsorted": st.one_of(st.builds(at, st.integers(9, 11)), st.none()),
    }[kind]
    if kind != "anything":
        events = tuple(e.changed(at=None) if isinstance(e.at, time) else e for e in incident.events)
        incident = Incident(zone=incident.zone, events=events)
        if kind == "unsorted":
            more = data.draw(st.lists(moment, max_size=12))
            incident = incident.changed(events=(*events, *(Event(id=f"u{n}", at=when) for n, when in enumerate(more))))
        else:
            incident = incident.changed(events=timeline.order(events, zone_of(incident)[0]))
        built = timeline.build(incident)
    for _ in range(data.draw(st.integers(1, 6))):
        events = incident.events
        step = data.draw(
            st.sampled_from(["insert", "delete", "time", "text", "swap", "zone", "nothing", "sort", "many"])
        )
        place = data.draw(st.integers(0, len(events)))
        held = place < len(events)
        if step == "insert":
            new = Event(id=f"n{next(fresh_ids)}", at=data.draw(moment))
            events = (*events[:place], new, *events[place:])
        elif step == "many":
            new_events = [Event(id=f"n{next(fresh_ids)}", at=at(9, day=2) + timedelta(minutes=i)) for i in range(70)]
            events = (*events[:place], *new_events, *events[place:])
        elif step == "delete" and held:
            events = (*events[:place], *events[place + 1 :])
        elif step == "time" and held:
            events = (*events[:place], events[place].changed(at=data.draw(moment)), *events[place + 1 :])
        elif step == "text" and held:
            events = (*events[:place], events[place].changed(text="Changed"), *events[place + 1 :])
        elif step == "swap" and place + 1 < len(events):
            events = (*events[:place], events[place + 1], events[place], *events[place + 2 :])
        elif step == "move" and held:
            to, rest = data.draw(st.integers(0, len(events) - 1)), (*events[:place], *events[place + 1 :])
            moved = events[place].changed(at=data.draw(moment)) if data.draw(st.booleans()) else events[place]
            events = (*rest[:to], moved, *rest[to:])
        elif step == "zone":
            incident = incident.changed(zone=data.draw(stories.zone_names))
        elif step == "sort":
            events = timeline.order(events, zone_of(incident)[0])
        incident = incident.changed(events=events) if events is not incident.events else incident
        built, fresh = timeline.build(incident, built), timeline.build(incident)
        assert built == fresh
        assert built.in_file_order == fresh.in_file_order
        assert built.stands_alone == fresh.stands_alone
        assert (built.milestones, built.reached, built.phases) == (fresh.milestones, fresh.reached, fresh.phases)
        assert [built.by_id[event.id].event for event in events] == list(events)
        assert all(one.event is other.event for one, other in zip(built.entries, fresh.entries, strict=True))


def test_a_clock_that_comes_to_a_dated_story_is_placed_by_its_neighbours() -> None:
    incident = story(at(9), at(10), at(11))
    changed = incident.changed(events=(*incident.events[:2], Event(id="n", at=time(10, 30)), incident.events[2]))
    assert timeline.build(changed, timeline.build(incident)) == timeline.build(changed)


def test_a_zone_that_comes_with_an_event_moves_the_others() -> None:
    incident = story(at(9), at(10), zone="")
    changed = incident.changed(events=(Event(id="n", at=datetime(2024, 5, 2, tzinfo=NAIROBI)), *incident.events))
    assert timeline.build(changed, timeline.build(incident)) == timeline.build(changed)


def test_nothing_is_built_anew_for_the_same_events() -> None:
    incident = story(at(9), at(10), None)
    built = timeline.build(incident)
    assert timeline.build(incident.changed(title="Other"), built) is built


@pytest.mark.parametrize("untimed", [False, True])
def test_after_a_small_change_untouched_entries_are_the_same_objects(untimed: bool) -> None:
    times = [at(9) + timedelta(minutes=i) for i in range(20)]
    incident = story(*times[:5], None, *times[5:]) if untimed else story(*times)
    built = timeline.build(incident)
    follower = incident.events[7].at
    assert isinstance(follower, datetime)
    events = (*incident.events[:7], Event(id="new", at=follower - timedelta(seconds=30)), *incident.events[7:])
    after = timeline.build(incident.changed(events=events), built)
    same = [any(entry is old for old in built.entries) for entry in after.entries]
    assert same == [True] * 7 + [False, False] + [True] * (len(events) - 9)


@pytest.mark.parametrize(("place", "to"), [(3, 150), (150, 3), (0, 199), (199, 0)])
def test_an_event_that_goes_far_leaves_the_others_untouched(place: int, to: int) -> None:
    times = [at(9) + timedelta(minutes=i) for i in range(200)]
    incident = story(*times)
    built = timeline.build(incident)
    moved = incident.events[place].changed(at=times[to] + timedelta(seconds=30 if to > place else -30))
    events = list(incident.events)
    del events[place]
    events.insert(to, moved)
    changed = incident.changed(events=tuple(events))
    after = timeline.build(changed, built)
    assert after == timeline.build(changed)
    kept = {id(entry) for entry in built.entries}
    # New are the one that moved, and the links of those that followed it and follow it now.
    assert sum(id(entry) not in kept for entry in after.entries) <= 3
