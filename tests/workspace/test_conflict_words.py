"""Conflicts in words: what each is about, what either side has, and what comes of a choice."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from schemas import edits
from schemas.incident import Action, Event, Incident, OtherSection, Sections
from schemas.merge import Merged, merge
from schemas.merge_conflict import Own
from schemas.merge_model import with_unknown
from tests.schemas.branches import edited
from tests.workspace.conflicts import START, base, conflict_at, merged
from tui.workspace.conflict_card import card_of, marked
from tui.workspace.conflict_words import ConflictWords, safe_labels

LABELS = ("yours", "the file")


def words_of(made: Merged) -> ConflictWords:
    return ConflictWords(made, LABELS)


def test_places_are_told_as_people_know_them() -> None:
    made = merged()
    words = words_of(made)
    assert [words.place(each).words for each in made.conflicts] == [
        "Severity", "Owner", "Root cause", "Event 09:17 · time", "Action “Write it down” · removed",
    ]  # fmt: skip
    assert words.place(made.conflicts[3]).said == "The alert fires"


def test_sides_are_told_in_words() -> None:
    made = merged()
    words = words_of(made)
    time, removed, cause = (
        conflict_at(made, place) for place in ("events/e1/at", "actions/bbbb", "sections/root_cause")
    )
    assert (words.side(time, "ours"), words.side(time, "theirs"), words.side(time, "base")) == (
        "2024-05-02 09:17", "2024-05-02 09:21", "2024-05-02 09:15",
    )  # fmt: skip
    assert words.side(removed, "ours") == ""
    assert words.side(removed, "theirs").splitlines() == ["Write it down", "owner: @cy"]
    assert words.reason(removed) == "Removed in yours, changed in the file"
    assert words.side(cause, "ours") == "One shard ran full overnight."
    assert words.around(cause)[1].strip() == "Nobody was told that it would."
    both = words.result(cause, "both")
    assert both == "One shard ran full overnight. One shard ran full at last."
    assert words.result(cause, Own("Mine.")) == "Mine."
    assert words.result(conflict_at(made, "owner"), "both") == "@bo / @cy"


def test_passages_of_one_text_are_numbered() -> None:
    one, other = (
        base().model_copy(
            update={"sections": Sections(summary=f"First {word} one. Middle stays here. Last {word} one.")}
        )
        for word in ("green", "blue")
    )
    start = base().model_copy(update={"sections": Sections(summary="First red one. Middle stays here. Last red one.")})
    made = merge(start, one, other)
    words = words_of(made)
    assert [words.place(each).words for each in made.conflicts] == [
        "Summary · passage 1 of 2", "Summary · passage 2 of 2",
    ]  # fmt: skip
    assert words.around(made.conflicts[0]) == ("", " Middle stays here.")
    assert words.around(made.conflicts[1]) == (" Middle stays here.", "")


def test_orders_are_lists_of_what_stands_in_another_place() -> None:
    items = tuple(Action(id=f"a{number}", text=f"Do {number}") for number in range(200))
    start = Incident(actions=items)
    one = edits.move_item(start, "actions", "a50", 2)
    other = edits.move_item(start, "actions", "a51", -3)
    made = merge(start, one, other)
    words = words_of(made)
    (order,) = made.conflicts
    assert words.place(order).words == "Order of the actions"
    told = words.side(order, "ours").splitlines()
    assert len(told) < 70
    assert told[-1].startswith("… and ")
    assert told[0].endswith("Action “Do 47”")
    assert told[0].startswith("48. ")


def test_what_is_equal_to_the_eye_is_still_told_apart() -> None:
    at = START.replace(tzinfo=None)
    events = [Event(id="e", at=at.replace(tzinfo=timezone(timedelta(hours=hours)))) for hours in (0, 3)]
    same_instant = events[1].model_copy(update={"at": (START + timedelta(hours=3)).replace(tzinfo=events[1].at.tzinfo)})  # type: ignore[union-attr]
    made = merge(
        Incident(events=(Event(id="e", at=datetime(2024, 1, 1)),), zone="UTC"),
        Incident(events=(events[0],), zone="UTC"), Incident(events=(same_instant,), zone="UTC"),
    )  # fmt: skip
    words = words_of(made)
    conflict = conflict_at(made, "events/e/at")
    assert words.side(conflict, "ours") != words.side(conflict, "theirs")


def test_two_things_under_one_id_and_keys_that_are_not_known() -> None:
    start = Incident(title="T")
    one, other = (
        with_unknown(
            Incident(title="T", other_sections=(OtherSection(id="ssss", heading=heading, body=body),)), {"team": team}
        )
        for heading, body, team in (("Costs", "Ten thousand.", {"x": 1}), ("Weather", "It rained.", {"x": 2}))
    )
    made = merge(start, one, other)
    words = words_of(made)
    assert {words.place(each).words for each in made.conflicts} == {
        "Section “Costs” · two under one id", "Team · x",
    }  # fmt: skip
    twin = conflict_at(made, "other_sections/ssss")
    assert "Ten thousand." in words.result(twin, "both")
    assert "It rained." in words.result(twin, "both")


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("HEAD", "main"), ("HEAD", "main")),
        (("", ""), ("ours", "theirs")),
        (("same", "same"), ("ours", "theirs")),
        (("a\x1b]0;x\x07", "b\nc"), ("a␛]0;x␇", "b c")),
        (("x" * 40, "y"), ("x" * 23 + "…", "y")),
    ],
)
def test_labels_are_safe_and_tell_the_sides_apart(labels: tuple[str, str], shown: tuple[str, str]) -> None:
    assert safe_labels(labels) == shown


def test_marks_stand_on_the_words_that_differ() -> None:
    left, right = marked("Ran full at 14:05 overnight.", "Ran full at 14:20 overnight.")
    assert [text for text, differs in left if differs] == ["14:05"]
    assert [text for text, differs in right if differs] == ["14:20"]
    assert "".join(text for text, _ in left) == "Ran full at 14:05 overnight."
    assert marked("all else", "nothing shared") == ((("all else", False),), (("nothing shared", False),))


@pytest.mark.parametrize("seed", range(60))
def test_every_conflict_has_words_whatever_was_edited(seed: int) -> None:
    start = base()
    made = merge(
        start if seed % 3 else None, edited(start, str(seed), "our", 12), edited(start, str(seed), "their", 12)
    )
    words = words_of(made)
    for conflict in made.conflicts:
        assert words.place(conflict).words
        assert words.reason(conflict)
        for choice in (None, *conflict.choices):
            card = card_of(words, conflict, choice, with_base=True)  # type: ignore[arg-type]
            assert (card.base is not None) == conflict.based
            assert "<<<<<<<" not in repr(card)
            sides = tuple("".join(text for text, _ in version.pieces) for version in card.versions)
            if conflict.kind != "order":
                assert sides[0] != sides[1]
