import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import edits, event_edits, timeline
from schemas.entries import zone_of
from schemas.incident import ITEM_LISTS, Action, Event, Impact, Incident, OtherSection, Stated, Waiver
from schemas.moments import When
from tests.schemas import stories

NINE, TEN, ELEVEN = (datetime(2024, 5, 2, hour) for hour in (9, 10, 11))


def story(*moments: When | None, zone: str = "UTC") -> Incident:
    return Incident(zone=zone, events=tuple(Event(id=f"e{i}", at=at) for i, at in enumerate(moments)))


def ids(incident: Incident, name: str = "events") -> str:
    return " ".join(found.id for found in getattr(incident, name))


def shares_all_but(before: Incident, after: Incident, *changed: str) -> bool:
    return all(getattr(before, name) is getattr(after, name) for name in Incident.model_fields if name not in changed)


def in_order(incident: Incident) -> bool:
    zone, _ = zone_of(incident)
    return timeline.order(incident.events, zone) is incident.events


ordered_stories = stories.stories(least=1).map(event_edits.sort_events)
dated = st.one_of(stories.exact_times, stories.days, st.none())
dated_stories = stories.stories(stories.events(dated), least=1).map(event_edits.sort_events)
changes = st.one_of(
    st.fixed_dictionaries({"at": stories.moments}),
    st.fixed_dictionaries({"zone": stories.zone_names}),
    st.fixed_dictionaries({"about": st.booleans(), "latest": stories.moments}),
)


# Fields and sections


def test_a_field_is_replaced_and_all_else_is_shared() -> None:
    before = Incident(title="Old", services=("api",), events=(Event(id="a"),))
    after = edits.set_field(before, "title", "New\nname")
    assert after.title == "New name"
    assert shares_all_but(before, after, "title")
    assert edits.set_field(before, "services", ("api",)) is before
    assert edits.set_field(before, "tags", ["a", "b"]).tags == ("a", "b")


@pytest.mark.parametrize("name", [*ITEM_LISTS, "sections", "format", "colour", "", "model_config"])
def test_only_fields_are_set_as_fields(name: str) -> None:
    with pytest.raises(KeyError):
        edits.set_field(Incident(), name, ())


def test_a_value_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(ValidationError):
        edits.set_field(Incident(), "title", None)
    with pytest.raises(ValidationError):
        edits.update_item(story(NINE), "events", "e0", at="09:00")


def test_the_text_of_a_section_is_replaced_by_key_or_id() -> None:
    before = edits.add_item(Incident(), "other_sections", OtherSection(id="x", heading="X", after="impact"))
    after = edits.set_section(before, "summary", "All down.\r\n")
    assert edits.section_text(after, "summary") == "All down.\n"
    assert shares_all_but(before, after, "sections")
    after = edits.set_section(before, "x", "More.")
    assert edits.section_text(after, "x") == "More."
    assert shares_all_but(before, after, "other_sections")
    assert edits.set_section(after, "x", "More.") is after
    assert edits.set_section(after, "summary", "") is after
    for call in (lambda: edits.set_section(before, "nothing", ""), lambda: edits.section_text(before, "nothing")):
        with pytest.raises(KeyError):
            call()


# Items


@given(st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, max_size=6), st.data())
def test_adding_and_removing_an_item_restores(names: list[str], data: st.DataObject) -> None:
    before = Incident(actions=tuple(Action(id=name) for name in names))
    after = data.draw(st.one_of(st.none(), st.sampled_from(names))) if names else None
    added = edits.add_item(before, "actions", Action(id="new"), after=after)
    place = [action.id for action in added.actions].index("new")
    assert place == (len(names) if after is None else names.index(after) + 1)
    assert shares_all_but(before, added, "actions")
    removed = edits.remove_items(added, "actions", ["new"])
    assert removed == before
    assert all(a is b for a, b in zip(removed.actions, before.actions, strict=True))


@given(st.integers(1, 6), st.integers(0, 5), st.integers(-9, 9))
def test_an_item_moves_as_far_as_it_can_and_the_others_keep_their_order(many: int, which: int, steps: int) -> None:
    before = Incident(impacts=tuple(Impact(id=f"i{n}") for n in range(many)))
    which = min(which, many - 1)
    after = edits.move_item(before, "impacts", f"i{which}", steps)
    place = [impact.id for impact in after.impacts].index(f"i{which}")
    assert place == min(max(which + steps, 0), many - 1)
    assert [i for i in after.impacts if i.id != f"i{which}"] == [i for i in before.impacts if i.id != f"i{which}"]
    assert (after is before) == (place == which)
    assert edits.move_item(after, "impacts", f"i{which}", which - place) == before


def test_fields_of_an_item_are_replaced() -> None:
    before = Incident(actions=(Action(id="a"), Action(id="b")))
    after = edits.update_item(before, "actions", "b", text="Do it", due=date(2024, 6, 1))
    assert (after.actions[1].text, after.actions[1].due) == ("Do it", date(2024, 6, 1))
    assert after.actions[0] is before.actions[0]
    assert shares_all_but(before, after, "actions")
    assert edits.update_item(after, "actions", "b", text="Do it") is after


def test_the_same_instant_at_another_offset_is_a_change() -> None:
    before = story(datetime(2024, 5, 2, 9, tzinfo=UTC))
    after = edits.update_item(before, "events", "e0", at=datetime(2024, 5, 2, 12, tzinfo=timezone(timedelta(hours=3))))
    assert after is not before
    assert edits.item(after, "events", "e0").at.utcoffset() == timedelta(hours=3)
    assert edits.update_item(after, "events", "e0", at=after.events[0].at) is after


Call = Callable[[Incident], Any]
MISSING: dict[str, Call] = {
    "item": lambda i: edits.item(i, "events", "x"),
    "item of no list": lambda i: edits.item(i, "sections", "x"),
    "item without ids": lambda i: edits.item(i, "waivers", "T01"),
    "update": lambda i: edits.update_item(i, "actions", "x", text=""),
    "update of no field": lambda i: edits.update_item(i, "events", "e0", colour="red"),
    "remove": lambda i: edits.remove_items(i, "events", ["e0", "x"]),
    "remove without ids": lambda i: edits.remove_items(i, "waivers", ["T01"]),
    "move": lambda i: edits.move_item(i, "events", "x", 1),
    "shift": lambda i: event_edits.shift_events(i, ["x"], timedelta(1)),
    "add behind": lambda i: event_edits.add_event(i, Event(id="n"), after="x"),
    "add behind in list": lambda i: edits.add_item(i, "impacts", Impact(id="n"), after="x"),
    "add to no list": lambda i: edits.add_item(i, "title", Impact(id="n")),
    "rename": lambda i: edits.rename_section(i, "summary", "x"),
    "place": lambda i: edits.place_section(i, "summary", ""),
    "move section": lambda i: edits.move_section(i, "summary", 1),
}


@pytest.mark.parametrize("call", MISSING.values(), ids=MISSING.keys())
def test_what_is_not_there_is_a_key_error(call: Call) -> None:
    incident = Incident(events=(Event(id="e0"),), waivers=(Waiver(rule="T01"),))
    with pytest.raises(KeyError):
        call(incident)


def test_nothing_to_remove_or_shift_is_no_change() -> None:
    incident = story(NINE, None)
    assert edits.remove_items(incident, "events", []) is incident
    assert event_edits.shift_events(incident, [], timedelta(hours=1)) is incident
    assert event_edits.shift_events(incident, ["e0"], timedelta()) is incident
    assert event_edits.shift_events(incident, ["e1"], timedelta(hours=1)) is incident
    assert event_edits.add_events(incident, []) is incident
    assert edits.set_zone(incident, "UTC") is incident


# Events and their order


@given(ordered_stories, stories.events().map(lambda event: event.changed(id="new")))
def test_an_event_that_is_added_leaves_the_story_in_order(incident: Incident, event: Event) -> None:
    after = event_edits.add_event(incident, event)
    assert sorted(ids(after).split()) == sorted([*ids(incident).split(), "new"])
    assert shares_all_but(incident, after, "events")
    assert {id(kept) for kept in incident.events} < {id(kept) for kept in after.events}
    assert in_order(after)


@given(dated_stories, stories.events(dated).map(lambda event: event.changed(id="new")))
def test_adding_a_dated_event_and_removing_it_restores(incident: Incident, event: Event) -> None:
    named = incident if incident.zone not in ("", "Mars/Base", "PST") else edits.set_zone(incident, "UTC")
    restored = edits.remove_items(event_edits.add_event(named, event), "events", ["new"])
    assert all(a is b for a, b in zip(restored.events, named.events, strict=True))


@given(dated_stories, st.data())
def test_the_quick_way_to_add_gives_what_sorting_gives(incident: Incident, data: st.DataObject) -> None:
    event = data.draw(stories.events(dated.filter(bool))).changed(id="new")
    appended = incident.changed(events=(*incident.events, event))
    assert event_edits.add_event(incident, event).events == event_edits.sort_events(appended).events


@given(ordered_stories, st.data())
def test_a_changed_event_is_where_sorting_puts_it_and_the_others_are_shared(
    incident: Incident, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(incident.events) - 1))
    event, change = incident.events[place], data.draw(changes)
    after = edits.update_item(incident, "events", event.id, **change)
    replaced = (*incident.events[:place], event.changed(**change), *incident.events[place + 1 :])
    assert after.events == event_edits.sort_events(incident.changed(events=replaced)).events
    assert in_order(after)
    assert shares_all_but(incident, after, "events")
    others = {id(kept) for kept in incident.events if kept is not event}
    assert others <= {id(kept) for kept in after.events}


def test_an_event_goes_behind_one_that_is_written_later_but_began_earlier() -> None:
    old = Event(id="old", at=datetime(2, 1, 1, tzinfo=UTC))
    turned = Event(id="turned", at=datetime(2024, 5, 1, 0, 15), latest=datetime(2000, 1, 1, tzinfo=UTC))
    last = Event(id="last", at=datetime(2024, 5, 1, 0, 15))
    incident = event_edits.sort_events(Incident(zone="UTC", events=(old, turned, last)))
    assert ids(edits.update_item(incident, "events", "old", at=datetime(2024, 5, 1))) == "turned old last"


@given(ordered_stories, st.data())
def test_removing_events_leaves_the_rest_in_order(incident: Incident, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from([event.id for event in incident.events])))
    after = edits.remove_items(incident, "events", gone)
    assert {event.id for event in after.events} == {event.id for event in incident.events} - gone
    assert in_order(after)


@given(ordered_stories, stories.zone_names)
def test_naming_the_zone_leaves_the_story_in_order(incident: Incident, zone: str) -> None:
    after = edits.set_zone(incident, zone)
    assert after.zone == zone
    assert in_order(after)
    assert edits.set_field(incident, "zone", zone) == after


@given(ordered_stories, st.lists(stories.events(), max_size=4))
def test_several_events_go_where_they_belong(incident: Incident, events: list[Event]) -> None:
    numbered = [event.changed(id=f"n{i}") for i, event in enumerate(events)]
    after = event_edits.add_events(incident, iter(numbered))
    assert len(after.events) == len(incident.events) + len(events)
    assert in_order(after)


@given(ordered_stories, st.data(), st.integers(-4, 4))
def test_moving_an_event_by_hand_leaves_the_story_in_order(incident: Incident, data: st.DataObject, steps: int) -> None:
    event = data.draw(st.sampled_from(incident.events))
    assert in_order(edits.move_item(incident, "events", event.id, steps))


@pytest.mark.parametrize(
    ("incident", "edit", "order"),
    [
        # A corrected time keeps the place among equals.
        (story(NINE, NINE, NINE), lambda i: edits.update_item(i, "events", "e0", about=True), "e0 e1 e2"),
        (story(NINE, TEN, ELEVEN), lambda i: edits.update_item(i, "events", "e0", at=TEN), "e0 e1 e2"),
        (story(NINE, TEN, ELEVEN), lambda i: edits.update_item(i, "events", "e2", at=NINE), "e0 e2 e1"),
        # What has no time goes with the one that it stands behind.
        (story(NINE, None, TEN), lambda i: edits.update_item(i, "events", "e0", at=ELEVEN), "e2 e0 e1"),
        (story(NINE, TEN, None), lambda i: edits.update_item(i, "events", "e0", at=ELEVEN), "e1 e2 e0"),
        (story(None, NINE, TEN), lambda i: edits.update_item(i, "events", "e2", at=datetime.min), "e0 e2 e1"),
        (story(NINE, TEN, None), lambda i: edits.remove_items(i, "events", ["e1"]), "e0 e2"),
        # A time that is taken away leaves the event where it is.
        (story(NINE, TEN, ELEVEN), lambda i: edits.update_item(i, "events", "e1", at=None), "e0 e1 e2"),
        # New ones: behind those of the same time, behind what follows these, or where it was asked for.
        (story(NINE, NINE, TEN), lambda i: event_edits.add_event(i, Event(id="n", at=NINE)), "e0 e1 n e2"),
        (story(NINE, None, TEN), lambda i: event_edits.add_event(i, Event(id="n", at=NINE)), "e0 e1 n e2"),
        (story(NINE, TEN), lambda i: event_edits.add_event(i, Event(id="n")), "e0 e1 n"),
        (story(NINE, TEN), lambda i: event_edits.add_event(i, Event(id="n"), after="e0"), "e0 n e1"),
        (story(NINE, TEN), lambda i: event_edits.add_event(i, Event(id="n", at=TEN), after="e0"), "e0 e1 n"),
        # A clock means the day of the event it stands behind.
        (story(NINE, TEN), lambda i: event_edits.add_event(i, Event(id="n", at=time(9, 30)), after="e0"), "e0 n e1"),
        (story(NINE, TEN), lambda i: event_edits.add_event(i, Event(id="n", at=time(5))), "e0 e1 n"),
        (story(NINE, TEN), lambda i: event_edits.add_event(i, Event(id="n", at=time(9, 30))), "e0 n e1"),
        (story(NINE, TEN), lambda i: event_edits.add_event(i, Event(id="n", at=time(23)), after="e0"), "e0 e1 n"),
        # By hand only what time leaves open can be moved.
        (story(NINE, TEN), lambda i: edits.move_item(i, "events", "e0", 1), "e0 e1"),
        (story(NINE, NINE), lambda i: edits.move_item(i, "events", "e0", 1), "e1 e0"),
        (story(NINE, None, TEN), lambda i: edits.move_item(i, "events", "e1", 1), "e0 e2 e1"),
        (story(NINE, None, TEN), lambda i: edits.move_item(i, "events", "e1", -1), "e1 e0 e2"),
    ],
)
def test_where_events_go(incident: Incident, edit: edits.Edit, order: str) -> None:
    assert ids(edit(incident)) == order


def test_moving_an_event_against_its_time_is_no_change() -> None:
    incident = story(NINE, TEN)
    assert edits.move_item(incident, "events", "e0", 1) is incident


def test_a_lent_zone_puts_the_others_in_order_again() -> None:
    incident = event_edits.sort_events(story(datetime(2024, 5, 2, 8), datetime(2024, 5, 2, 6, tzinfo=UTC), zone=""))
    assert ids(incident) == "e1 e0"
    # The earliest event that has a zone lends it: 08:00 is now read in Nairobi, which is 05:00 UTC.
    aware = Event(id="n", at=datetime(2024, 5, 2, 1, tzinfo=timezone(timedelta(hours=3))))
    after = event_edits.add_event(incident, aware)
    assert ids(after) == "n e0 e1"
    assert ids(edits.remove_items(after, "events", ["n"])) == "e1 e0"


# Shifting


@given(
    st.lists(st.one_of(stories.near, stories.days, stories.clocks, st.none()), max_size=6),
    st.data(),
    st.timedeltas(timedelta(days=-40), timedelta(days=40)),
)
def test_shifting_there_and_back_restores_every_event(
    moments: list[When | None], data: st.DataObject, by: timedelta
) -> None:
    moments = [at for at in moments if not isinstance(at, date) or 2 < at.year < 9998]
    incident = event_edits.sort_events(story(*moments))
    moving = {event.id for event in incident.events if data.draw(st.booleans())}
    there = event_edits.shift_events(incident, moving, by)
    back = event_edits.shift_events(there, moving, -by)
    assert sorted(back.events, key=lambda event: event.id) == sorted(incident.events, key=lambda event: event.id)
    assert in_order(there) or any(isinstance(at, time) for at in moments)
    still = {id(event) for event in incident.events if event.id not in moving or event.at is None}
    assert still <= {id(event) for event in there.events}


@given(st.lists(stories.near, unique=True, max_size=6), st.data(), st.timedeltas(timedelta(-9), timedelta(9)))
def test_shifting_there_and_back_restores_the_order_too(
    moments: list[datetime], data: st.DataObject, by: timedelta
) -> None:
    incident = event_edits.sort_events(story(*moments))
    moving = {event.id for event in incident.events if data.draw(st.booleans())}
    assert event_edits.shift_events(event_edits.shift_events(incident, moving, by), moving, -by) == incident


def test_a_shift_moves_all_ends_and_nothing_else() -> None:
    event = Event(id="a", at=NINE, until=time(23, 30), latest=date(2024, 5, 2), recorded=TEN, text="Paged")
    moved = event_edits.shift_events(Incident(events=(event,)), ["a"], timedelta(hours=25)).events[0]
    assert moved == event.changed(at=datetime(2024, 5, 3, 10), until=time(0, 30), latest=date(2024, 5, 3))


def test_a_shift_out_of_the_calendar_is_an_overflow() -> None:
    for at in (datetime.max, date.max):
        with pytest.raises(OverflowError):
            event_edits.shift_events(story(at), ["e0"], timedelta(days=1))


# Waivers


def test_a_waiver_replaces_the_one_of_the_same_rule_and_place() -> None:
    once = edits.waive(Incident(), Waiver(rule="T05", where="zone", reason="Unknown"))
    assert edits.waive(once, once.waivers[0]) is once
    twice = edits.waive(once, Waiver(rule="T05", where="", reason="Everywhere"))
    again = edits.waive(twice, Waiver(rule="T05", where="zone", reason="Asked"))
    assert [(w.where, w.reason) for w in again.waivers] == [("", "Everywhere"), ("zone", "Asked")]
    assert edits.unwaive(again, "T05", "zone").waivers == twice.waivers[1:]
    assert edits.unwaive(again, "T01", "zone") is again


def test_stated_values_without_an_id_are_given_one_and_the_rest_is_shared() -> None:
    known = Stated(id="keep", what="start", value="nine")
    incident = Incident(stated=(Stated(what="duration", value="4 hours"), known, Stated(what="end", value="noon")))
    named = edits.with_ids(incident, random.Random(1))
    assert [stated.value for stated in named.stated] == ["4 hours", "nine", "noon"]
    assert named.stated[1] is known
    assert len({stated.id for stated in named.stated}) == 3
    assert all(stated.id for stated in named.stated)
    assert edits.with_ids(named, random.Random(1)) is named
