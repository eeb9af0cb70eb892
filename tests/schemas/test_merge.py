"""What a merge makes of single changes: fields, lists, texts, orders, items that went, keys that we do not know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from schemas import edits
from schemas.incident import Action, Event, Factor, Incident, OtherSection, Stated
from schemas.merge import Choice, Conflict, Merged, Own, merge, resolve
from schemas.merge_model import with_unknown
from schemas.section_order import section_order

NINE, TEN, ELEVEN = (datetime(2024, 5, 2, hour) for hour in (9, 10, 11))

BASE = Incident(
    title="Shop down",
    tags=("database", "cache"),
    events=(Event(id="aaaa", at=NINE, text="The shop fails"), Event(id="bbbb", at=TEN, text="It is back")),
    actions=(Action(id="cccc", text="Test backups"), Action(id="dddd", text="Page earlier")),
)


def event(key: str, **changes: Any) -> Incident:
    return edits.update_item(BASE, "events", key, **changes)


def only(merged: Merged) -> Conflict:
    (conflict,) = merged.conflicts
    return conflict


def chosen(merged: Merged, choice: Choice) -> Incident:
    return resolve(merged, {only(merged).key: choice})


def test_different_fields_of_one_event_come_together() -> None:
    merged = merge(BASE, event("aaaa", at=ELEVEN), event("aaaa", kind="alert", text="The whole shop fails"))
    assert merged.conflicts == ()
    assert [(each.id, each.at, each.kind, each.text) for each in merged.incident.events] == [
        ("bbbb", TEN, "", "It is back"),
        ("aaaa", ELEVEN, "alert", "The whole shop fails"),
    ]


def test_one_value_changed_on_both_sides() -> None:
    merged = merge(BASE, event("aaaa", at=TEN), event("aaaa", at=ELEVEN))
    conflict = only(merged)
    assert (conflict.where, conflict.name, conflict.kind) == ("events/aaaa", "at", "value")
    assert (conflict.base, conflict.ours, conflict.theirs) == (NINE, TEN, ELEVEN)
    assert conflict.choices == ("ours", "theirs", "base")
    assert edits.item(merged.incident, "events", "aaaa").at == TEN
    assert [each.id for each in chosen(merged, "theirs").events] == ["bbbb", "aaaa"]
    assert chosen(merged, "base").events == BASE.events
    assert edits.item(chosen(merged, Own(datetime(2024, 5, 1))), "events", "aaaa").at == datetime(2024, 5, 1)
    with pytest.raises(ValidationError):
        chosen(merged, Own("soon"))
    with pytest.raises(ValueError, match="ours, theirs, base"):
        chosen(merged, "both")
    with pytest.raises(KeyError):
        resolve(merged, {"events/aaaa/text": "ours"})


def test_the_same_time_in_another_zone_is_another_time() -> None:
    one, other = (event("aaaa", at=datetime.fromisoformat(f"2024-05-02T{time}")) for time in ("09:00+03:00", "06:00Z"))
    assert only(merge(BASE, one, other)).name == "at"


def test_a_title_can_say_both() -> None:
    merged = merge(BASE, edits.set_field(BASE, "title", "Shop gone"), edits.set_field(BASE, "title", "Shop slow"))
    assert (only(merged).where, only(merged).name) == ("", "title")
    assert chosen(merged, "both").title == "Shop gone / Shop slow"


def test_lists_of_words_take_what_both_added_and_drop_what_either_took_out() -> None:
    ours = edits.set_field(BASE, "tags", ("cache", "network"))
    theirs = edits.set_field(BASE, "tags", ("database", "cache", "dns"))
    merged = merge(BASE, ours, theirs)
    assert (merged.incident.tags, merged.conflicts) == (("cache", "dns", "network"), ())


def test_both_moved_things() -> None:
    base = edits.set_field(BASE, "tags", ("a", "b", "c"))
    ours, theirs = (edits.set_field(base, "tags", tags) for tags in (("b", "a", "c"), ("a", "c", "b", "d")))
    merged = merge(base, ours, theirs)
    assert (only(merged).place, only(merged).kind) == ("tags", "order")
    assert merged.incident.tags == ("b", "d", "a", "c")
    assert chosen(merged, "theirs").tags == ("a", "c", "b", "d")


def test_actions_moved_by_one_side_and_added_by_the_other() -> None:
    ours = edits.move_item(BASE, "actions", "dddd", -1)
    theirs = edits.add_item(BASE, "actions", Action(id="eeee", text="New"), after="cccc")
    merged = merge(BASE, ours, theirs)
    assert ([each.id for each in merged.incident.actions], merged.conflicts) == (["dddd", "cccc", "eeee"], ())


def test_removed_here_and_changed_there() -> None:
    ours = edits.remove_items(BASE, "actions", {"cccc"})
    theirs = edits.update_item(BASE, "actions", "cccc", owner="Kim")
    merged = merge(BASE, ours, theirs)
    conflict = only(merged)
    assert (conflict.kind, conflict.where, conflict.name, conflict.ours) == ("removed", "actions/cccc", "", None)
    assert merged.incident.actions == theirs.actions
    assert [each.id for each in chosen(merged, "ours").actions] == ["dddd"]
    assert chosen(merged, "theirs").actions == theirs.actions
    assert chosen(merged, "base").actions == BASE.actions


def test_removed_here_and_left_alone_there() -> None:
    merged = merge(BASE, edits.remove_items(BASE, "events", {"aaaa"}), edits.set_field(BASE, "owner", "Kim"))
    assert ([each.id for each in merged.incident.events], merged.conflicts) == (["bbbb"], ())


def test_two_things_under_one_id_are_both_kept() -> None:
    ours = edits.add_item(BASE, "factors", Factor(id="eeee", text="Nobody was on call"))
    theirs = edits.add_item(BASE, "factors", Factor(id="eeee", text="A typo in line three"))
    merged = merge(BASE, ours, theirs)
    assert (only(merged).kind, only(merged).place) == ("twin", "factors/eeee")
    first, second = merged.incident.factors
    assert (first, second.text) == (ours.factors[0], "A typo in line three")
    assert second.id not in ("eeee", "aaaa")
    assert chosen(merged, "both") == merged.incident
    assert (chosen(merged, "ours").factors, chosen(merged, "theirs").factors) == (ours.factors, theirs.factors)


def test_the_same_thing_added_twice_is_merged_by_field() -> None:
    ours = edits.add_item(BASE, "events", Event(id="eeee", text="Rolled back", kind="action"))
    theirs = edits.add_item(BASE, "events", Event(id="eeee", text="Rolled back", actor="Kim"))
    merged = merge(BASE, ours, theirs)
    assert (merged.incident.events[-1].kind, merged.incident.events[-1].actor, merged.conflicts) == (
        "action",
        "Kim",
        (),
    )


STORY = "The shop was down. Nobody could pay. We rolled back.\n- one\n- two\n"


def story(body: str) -> Incident:
    return edits.set_section(BASE, "summary", body)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (("was down", "was slow"), ("rolled back", "rolled it back"), "was slow. Nobody could pay. We rolled it back."),
        (("The shop was down.", "All failed."), ("Nobody could pay.", "No one paid."), "All failed. No one paid. We"),
        (("Nobody could pay. ", ""), ("back.", "back. It held."), "The shop was down. We rolled back. It held."),
        (("The shop", "The web shop"), ("was down", "was slow"), "The web shop was slow. Nobody could"),
        (("- one\n", "- one\n- and\n"), ("- two", "- second"), "- one\n- and\n- second\n"),
        (("- one\n", ""), ("- two\n", "- two\n- three\n"), "back.\n- two\n- three\n"),
    ],
)  # fmt: skip
def test_words_of_different_sentences_and_lines_come_together(
    ours: tuple[str, str], theirs: tuple[str, str], expected: str
) -> None:
    one, other = story(STORY.replace(*ours)), story(STORY.replace(*theirs))
    for merged in (merge(story(STORY), one, other), merge(story(STORY), other, one)):
        assert merged.conflicts == ()
        assert expected in merged.incident.sections.summary


def test_the_same_words_changed_by_both_are_a_passage_of_whole_sentences() -> None:
    ours, theirs = story(STORY.replace("could pay", "could buy")), story(STORY.replace("could pay", "could order"))
    merged = merge(story(STORY), ours, theirs)
    conflict = only(merged)
    assert (conflict.kind, conflict.where, conflict.name) == ("text", "sections", "summary")
    assert (conflict.base, conflict.ours, conflict.theirs) == tuple(
        f" Nobody could {word}." for word in ("pay", "buy", "order")
    )
    summary = merged.incident.sections.summary
    assert summary.startswith(
        "<<<<<<< ours\nThe shop was down. Nobody could buy. We rolled back.\n=======\nThe shop was"
    )
    assert summary.endswith(">>>>>>> theirs\n- one\n- two\n")
    assert chosen(merged, "ours") == ours
    assert chosen(merged, "theirs") == theirs
    assert chosen(merged, "base") == story(STORY)
    both = "The shop was down. Nobody could buy. Nobody could order. We rolled back.\n"
    assert chosen(merged, "both").sections.summary.startswith(both)
    own = chosen(merged, Own(" No sale.\x1b"))
    assert own.sections.summary.startswith("The shop was down. No sale.␛ We rolled back.\n")


def test_several_passages_are_chosen_one_by_one() -> None:
    ours = story(STORY.replace("down", "slow").replace("two", "2"))
    theirs = story(STORY.replace("down", "gone").replace("two", "zwei"))
    merged = merge(story(STORY), ours, theirs)
    assert [conflict.key for conflict in merged.conflicts] == ["sections/summary", "sections/summary#1"]
    half = resolve(merged, {"sections/summary": "theirs"}).sections.summary
    assert half.startswith("The shop was gone.")
    assert half.endswith("<<<<<<< ours\n- 2\n=======\n- zwei\n>>>>>>> theirs\n")
    done = resolve(merged, {"sections/summary": "theirs", "sections/summary#1": "both"}).sections.summary
    assert done.endswith("- one\n- 2\n- zwei\n")


def test_without_a_base_what_only_one_side_has_is_kept() -> None:
    ours = edits.remove_items(edits.set_field(BASE, "owner", "Kim"), "events", {"aaaa"})
    theirs = edits.set_field(BASE, "tags", ("cache", "dns"))
    merged = merge(None, ours, theirs)
    assert (len(merged.incident.events), merged.incident.owner, merged.conflicts) == (2, "Kim", ())
    assert set(merged.incident.tags) == {"database", "cache", "dns"}
    differing = merge(None, story("It was down."), story("It was slow."))
    assert (only(differing).base, only(differing).choices) == (None, ("ours", "theirs", "both"))


def test_unknown_keys_are_merged_one_by_one() -> None:
    base = with_unknown(BASE, {"x": {"a": 1, "b": 2}, "y": 1})
    ours = with_unknown(BASE, {"x": {"a": 3, "b": 2}, "y": 1, "mine": True})
    theirs = with_unknown(BASE, {"x": {"a": 1}, "y": 2})
    merged = merge(base, ours, theirs)
    assert merged.conflicts == ()
    assert merged.incident.model_extra == {"x": {"a": 3}, "y": 2, "mine": True}
    clash = merge(base, with_unknown(BASE, {"y": 1}), with_unknown(BASE, {"x": {"a": 1, "b": 5}, "y": 1}))
    assert (only(clash).kind, only(clash).path) == ("removed", ("x",))
    assert clash.incident.model_extra == {"x": {"a": 1, "b": 5}, "y": 1}
    assert chosen(clash, "ours").model_extra == {"y": 1}


def test_a_section_stays_in_its_place_when_the_one_before_it_goes() -> None:
    base = edits.add_item(BASE, "other_sections", OtherSection(id="eeee", heading="E", after="impact"))
    ours = edits.remove_items(base, "other_sections", {"eeee"})
    theirs = edits.add_item(base, "other_sections", OtherSection(id="ffff", heading="F", after="eeee"))
    for merged in (merge(base, ours, theirs), merge(base, theirs, ours)):
        order = section_order(merged.incident)
        assert order[order.index("impact") + 1] == "ffff"


def test_a_stated_value_that_got_its_id_on_both_sides_is_one() -> None:
    base = Incident(stated=(Stated(what="duration", value="4 hours", where="header"),))
    ours = base.model_copy(update={"stated": (base.stated[0].changed(id="bbbb"),)})
    theirs = base.model_copy(update={"stated": (base.stated[0].changed(id="aaaa", minutes=240),)})
    merged = merge(base, ours, theirs)
    assert [(each.id, each.minutes) for each in merged.incident.stated] == [("aaaa", 240)]
    assert merged.conflicts == ()
