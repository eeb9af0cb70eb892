"""The differences between two versions: complete, symmetrical, and quick where little is different."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import edits, event_edits, toml_file
from schemas.differences import Difference, alike, differences
from schemas.incident import (
    ITEM_LISTS,
    Action,
    Comment,
    Event,
    Factor,
    Impact,
    Incident,
    OtherSection,
    Review,
    Stated,
    Waiver,
)
from schemas.sections import SECTION_KEYS
from schemas.sign_off import content_hash
from tests.samples import ALL, CHECKOUT, sample
from tests.schemas import stories
from tests.schemas.strategies import incidents, moments, same, texts

KNOWN = sample(CHECKOUT)
OPPOSITE = {"added": "removed", "removed": "added"}

Item = TypeVar("Item")


def picked(draw: st.DrawFn, items: tuple[Item, ...]) -> Item | None:
    return draw(st.sampled_from(items)) if items else None


def text_fields(kind: type[Any]) -> list[str]:
    return [name for name, field in kind.model_fields.items() if field.annotation is str and name != "id"]


@st.composite
def edited(draw: st.DrawFn) -> tuple[Incident, Incident]:
    """An incident before and after one change as the program makes them."""
    incident = draw(incidents())
    name = draw(st.sampled_from([each for each in ITEM_LISTS if each != "waivers"]))
    item = picked(draw, getattr(incident, name))
    event = picked(draw, incident.events)
    section = picked(draw, incident.other_sections)
    text = draw(texts())
    when = draw(st.one_of(st.none(), moments()))
    length = timedelta(minutes=draw(st.integers(-5, 5)))
    changes: list[Callable[[], Incident]] = [
        lambda: edits.set_field(incident, draw(st.sampled_from(["title", "status", "severity", "owner"])), text),
        lambda: edits.set_field(incident, draw(st.sampled_from(["authors", "services", "tags"])), [text, "x"]),
        lambda: edits.set_zone(incident, text),
        lambda: edits.set_section(incident, draw(st.sampled_from(SECTION_KEYS)), text),
        lambda: edits.with_ids(incident, random.Random(1)),
        lambda: event_edits.sort_events(incident),
        lambda: event_edits.add_event(incident, Event(id="fresh", at=when, text=text)),
        lambda: edits.add_item(incident, "other_sections", OtherSection(id="fresh", heading=text)),
        lambda: edits.waive(incident, Waiver(rule="T09", where=text, reason="known")),
        lambda: event_edits.shift_events(incident, [each.id for each in incident.events][:2], length),
    ]
    if item is not None and item.id:
        field = draw(st.sampled_from(text_fields(type(item))))
        changes += [
            lambda: edits.update_item(incident, name, item.id, **{field: text}),
            lambda: edits.remove_items(incident, name, [item.id]),
            lambda: edits.move_item(incident, name, item.id, draw(st.integers(-3, 3))),
        ]
    if event is not None:
        one = draw(st.sampled_from(["at", "latest", "until", "recorded"]))
        changes += [
            lambda: edits.update_item(incident, "events", event.id, **{one: when}),
            lambda: edits.update_item(incident, "events", event.id, about=not event.about),
            lambda: edits.update_item(incident, "events", event.id, milestones=(text,), links=(text, "x")),
        ]
    if section is not None:
        changes += [
            lambda: edits.rename_section(incident, section.id, text),
            lambda: edits.move_section(incident, section.id, draw(st.integers(-20, 20))),
        ]
    try:
        return incident, draw(st.sampled_from(changes))()
    except OverflowError:
        return incident, incident


@given(edited())
@settings(max_examples=400)
def test_every_edit_gives_a_difference(pair: tuple[Incident, Incident]) -> None:
    before, after = pair
    assert bool(differences(before, after).all) is (after is not before)


@given(edited())
def test_what_changes_the_hash_is_content(pair: tuple[Incident, Incident]) -> None:
    before, after = pair
    if content_hash(before) != content_hash(after):
        assert differences(before, after).content


@given(incidents(), incidents())
def test_between_any_two_incidents(before: Incident, after: Incident) -> None:
    found = differences(before, after)
    assert bool(found.content) or content_hash(before) == content_hash(after)
    for each in found.all:
        assert each.sentence.strip()
        assert "\n" not in each.sentence
        assert each.before != each.after or each.gained or each.lost or not each.field
        assert {each.where, each.place} <= found.places
        assert each in found.by_place[each.place]
        assert each.place == each.where or each.where.endswith(f"/{each.key}")
        assert each.words or not each.prose


@given(incidents())
def test_nothing_is_different_from_itself_or_from_what_was_saved(incident: Incident) -> None:
    assert differences(incident, incident).all == ()
    saved = toml_file.loads(toml_file.dumps(incident))
    if same(saved, incident):
        assert differences(incident, saved).all == ()


def told(found: tuple[Difference, ...]) -> Counter[tuple[str, ...]]:
    return Counter((each.kind, each.where, each.field, each.before, each.after) for each in found)


def turned(found: tuple[Difference, ...]) -> Counter[tuple[str, ...]]:
    return Counter(
        (OPPOSITE.get(each.kind, each.kind), each.where, each.field, each.after, each.before) for each in found
    )


@given(edited())
def test_the_way_back_names_the_same(pair: tuple[Incident, Incident]) -> None:
    before, after = pair
    there, back = differences(before, after).all, differences(after, before).all
    if not any(each.key == "id" for each in there):
        assert told(there) == turned(back)
    assert Counter(each.gained for each in there) == Counter(each.lost for each in back)


@given(stories.stories(), stories.stories())
def test_stories_that_contradict_themselves_can_be_compared(before: Incident, after: Incident) -> None:
    assert len(told(differences(before, after).all)) == len(told(differences(after, before).all))


@pytest.mark.parametrize("name", ALL)
def test_against_nothing_everything_is_told(name: str) -> None:
    incident = sample(name)
    found = differences(Incident(), incident)
    assert {each.kind for each in found.all if "/" in each.where} <= {"added"}
    items = sum(len(getattr(incident, each)) for each in ITEM_LISTS)
    assert len([each for each in found.all if each.where.partition("/")[0] in ITEM_LISTS]) == items
    assert found.remarks == tuple(each for each in found.all if each.part in ("Comments", "Verdicts", "Waivers"))


class TestWhatIsContent:
    @pytest.mark.parametrize(
        "change",
        [
            {"status": "published"},
            {"comments": (Comment(id="c", text="Why?"),)},
            {"reviews": (Review(id="r", verdict="approve"),)},
            {"waivers": (Waiver(rule="T01"),)},
            {"stated": (KNOWN.stated[0].changed(id="new1"), *KNOWN.stated[1:])},
        ],
    )
    def test_what_is_said_about_it_is_none(self, change: dict[str, Any]) -> None:
        found = differences(KNOWN, KNOWN.changed(**change))
        assert found.all
        assert found.content == ()

    def test_remarks_are_apart(self) -> None:
        after = edits.add_item(edits.set_field(KNOWN, "title", "New"), "comments", Comment(id="c", text="Why?"))
        found = differences(KNOWN, after)
        assert [each.where for each in found.remarks] == ["comments/c"]
        assert [each.where for each in found.content] == ["title"]


class TestMatching:
    def test_items_that_were_written_without_ids_are_known_by_their_words(self) -> None:
        before = toml_file.loads('[[events]]\nat = 09:00:00\ntext = "Down"\n[[events]]\nat = 10:00:00\ntext = "Up"\n')
        after = toml_file.loads('[[events]]\nat = 09:15:00\ntext = "Down"\n[[events]]\nat = 10:00:00\ntext = "Up"\n')
        found = differences(before, after).content
        assert [each.sentence for each in found] == ["event “Down” moved 09:00 → 09:15"]

    def test_not_where_several_say_the_same(self) -> None:
        before = Incident(events=(Event(id="a", text="Retry"), Event(id="b", text="Retry")))
        after = Incident(events=(Event(id="c", text="Retry"), Event(id="d", text="Retry")))
        assert [each.kind for each in differences(before, after).all] == ["removed", "removed", "added", "added"]

    def test_a_waiver_is_known_by_what_it_waives(self) -> None:
        before, after = (Incident(waivers=(Waiver(rule="T09", reason=reason),)) for reason in ("Old", "New"))
        (found,) = differences(before, after).all
        assert (found.where, found.name, found.key) == ("waivers/T09/reason", "waiver of T09", "reason")

    def test_what_went_stands_where_it_was(self) -> None:
        before = Incident(actions=tuple(Action(id=letter, text=letter) for letter in "abcd"))
        after = edits.remove_items(edits.update_item(before, "actions", "a", owner="kim"), "actions", ["b", "d"])
        after = edits.update_item(after, "actions", "c", owner="kim")
        assert [each.where for each in differences(before, after).all] == [
            "actions/a/owner", "actions/b", "actions/c/owner", "actions/d",
        ]  # fmt: skip


def test_nothing_is_compared_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schemas.differences._Comparison", None)
    assert differences(KNOWN, Incident()).before is KNOWN


def test_alike_is_about_what_is_written() -> None:
    assert alike(5, 5)
    assert not alike(5, 5.0)
    assert not alike(False, 0)
    assert alike(date(2024, 5, 2), date(2024, 5, 2))
    here = datetime.fromisoformat("2024-05-02T09:00:00+03:00")
    assert not alike(here, datetime.fromisoformat("2024-05-02T06:00:00+00:00"))
    assert alike(here, datetime.fromisoformat("2024-05-02T09:00:00+03:00"))


def test_one_factor_two_impacts_and_a_stated_value() -> None:
    before = Incident(factors=(Factor(id="f", text="Old"),), impacts=(Impact(id="i", what="Logins", amount=5),))
    after = before.changed(
        factors=(Factor(id="f", text="New"),),
        impacts=(Impact(id="i", what="Logins", amount=5.0), Impact(id="j", what="Mails")),
        stated=(Stated(what="duration", value="4h"),),
    )
    assert [(each.where, each.before, each.after) for each in differences(before, after).all] == [
        ("impacts/i/amount", "5", "5.0"),
        ("impacts/j", "", "Mails"),
        ("factors/f/text", "Old", "New"),
        ("stated/duration", "", "4h\nmeasure: duration"),
    ]
