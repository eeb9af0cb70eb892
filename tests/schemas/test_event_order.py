"""Things in another order are told once, and not where the order follows from what is told already."""

from __future__ import annotations

from datetime import datetime, timedelta

from schemas import edits, event_edits
from schemas.differences import differences
from schemas.incident import Event, Incident, OtherSection
from tests.samples import CHECKOUT, sample

KNOWN = sample(CHECKOUT)


class TestOrder:
    def test_events_are_not_out_of_order_because_one_moved(self) -> None:
        start = datetime(2024, 5, 2, 9)
        times = {"a": start, "b": start + timedelta(hours=1), "c": start + timedelta(hours=2)}
        events = [Event(id=key, at=at, text=key) for key, at in times.items()]
        before = Incident(zone="UTC", events=(events[0], Event(id="u", text="u"), *events[1:]))
        after = edits.update_item(before, "events", "a", at=start + timedelta(hours=3))
        assert [event.id for event in after.events] == ["b", "c", "a", "u"]
        assert [each.where for each in differences(before, after).all] == ["events/a/at"]

    def test_events_of_one_time_that_changed_places_are(self) -> None:
        at = datetime(2024, 5, 2, 9)
        before = Incident(events=(Event(id="a", at=at), Event(id="b", at=at)))
        (found,) = differences(before, edits.move_item(before, "events", "b", -1)).all
        assert (found.kind, found.where, found.sentence) == ("moved", "events", "the order of the events changed")

    def test_an_event_without_a_time_that_was_put_elsewhere_is(self) -> None:
        at = datetime(2024, 5, 2, 9)
        before = Incident(events=(Event(id="a", at=at), Event(id="u"), Event(id="b", at=at + timedelta(hours=1))))
        after = before.changed(events=(before.events[0], before.events[2], before.events[1]))
        assert [each.where for each in differences(before, after).all] == ["events"]

    def test_two_without_a_time_that_changed_places_are(self) -> None:
        before = Incident(events=(Event(id="a", at=datetime(2024, 5, 2, 9)), Event(id="u"), Event(id="v")))
        assert [each.where for each in differences(before, edits.move_item(before, "events", "v", -1)).all] == [
            "events"
        ]

    def test_one_that_has_lost_what_it_stood_behind_is_not(self) -> None:
        at = datetime(2024, 5, 2, 9)
        before = Incident(
            events=(Event(id="a", at=at), Event(id="b", at=at + timedelta(hours=1)), Event(id="u"), Event(id="v"))
        )
        after = edits.update_item(before, "events", "b", at=at - timedelta(hours=1))
        assert [event.id for event in after.events] == ["b", "u", "v", "a"]
        assert [each.where for each in differences(before, after).all] == ["events/b/at"]
        after = edits.remove_items(after, "events", ["b"])
        after = edits.update_item(after, "events", "a", at=at + timedelta(hours=2))
        assert [each.where for each in differences(before, after).all] == ["events/a/at", "events/b"]

    def test_nor_if_something_else_moved_in_front_of_what_it_stands_behind_now(self) -> None:
        at = datetime(2024, 5, 2, 9)
        hours = {"a": 0, "b": 1, "c": 2}
        a, b, c = (Event(id=key, at=at + timedelta(hours=hour)) for key, hour in hours.items())
        before = Incident(events=(a, b, Event(id="u"), c))
        after = edits.remove_items(before, "events", ["b"])
        after = edits.update_item(after, "events", "c", at=at - timedelta(hours=1))
        assert [event.id for event in after.events] == ["c", "a", "u"]
        assert sorted(each.where for each in differences(before, after).all) == ["events/b", "events/c/at"]

    def test_those_that_another_zone_puts_in_order_are_not(self) -> None:
        local, aware = datetime(2024, 5, 2, 9), datetime.fromisoformat("2024-05-02T08:00:00+00:00")
        before = event_edits.sort_events(
            Incident(zone="UTC", events=(Event(id="b", at=aware), Event(id="a", at=local)))
        )
        after = edits.set_zone(before, "Africa/Nairobi")
        assert [event.id for event in after.events] == ["a", "b"]
        assert [each.where for each in differences(before, after).all] == ["zone"]

    def test_the_order_of_actions(self) -> None:
        found = differences(KNOWN, edits.move_item(KNOWN, "actions", KNOWN.actions[0].id, 1)).all
        assert [each.sentence for each in found] == ["the order of the actions changed"]

    def test_a_section_that_was_put_elsewhere(self) -> None:
        before = edits.add_item(Incident(), "other_sections", OtherSection(id="x", heading="Costs", after="impact"))
        after = edits.place_section(before, "x", "summary")
        assert [each.sentence for each in differences(before, after).all] == [
            "section “Costs”: place behind section “Impact” → behind section “Summary”"
        ]

    def test_one_of_several_sections_that_was_put_elsewhere(self) -> None:
        before = Incident(other_sections=tuple(OtherSection(id=key, heading=key, after="impact") for key in "abc"))
        after = edits.place_section(before, "c", "summary")
        assert [section.id for section in after.other_sections] == ["c", "a", "b"]
        assert [each.where for each in differences(before, after).all] == ["other_sections/c/after"]
        swapped = before.changed(other_sections=(before.other_sections[1], before.other_sections[0]))
        assert [each.kind for each in differences(before, swapped).all] == ["removed", "moved"]
