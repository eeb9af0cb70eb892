"""Something of one's own for a conflict: what stands there to begin with, and what is taken of what is typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas import edits
from schemas.field_values import FieldError
from schemas.incident import Comment, Incident
from schemas.merge import Merged, merge, resolve
from schemas.merge_conflict import Own
from schemas.merge_model import with_unknown
from tests.schemas.branches import edited
from tests.workspace.conflicts import START, base, conflict_at, merged
from tui.workspace.conflict_own import OwnValue, may_be_own

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def reader(made: Merged, place: str) -> OwnValue:
    return OwnValue(made, conflict_at(made, place), NOW)


def put_in(made: Merged, place: str, text: str) -> Any:
    own = reader(made, place).read(text)
    return resolve(made, {conflict_at(made, place).key: own})


def test_a_field_is_read_as_everywhere_else() -> None:
    made = merged()
    assert put_in(made, "severity", "sev0").severity == "SEV0"
    assert put_in(made, "owner", "@dan").owner == "@dan"
    with pytest.raises(FieldError, match="SEV0, SEV1"):
        put_in(made, "severity", "bad")


def test_a_time_keeps_the_day_of_its_event() -> None:
    made = merged()
    assert reader(made, "events/e1/at").text("theirs") == "2024-05-02 09:21"
    found = put_in(made, "events/e1/at", "09:19")
    assert edits.item(found, "events", "e1").at == START + timedelta(minutes=19)
    with pytest.raises(FieldError):
        put_in(made, "events/e1/at", "soon")


def test_text_keeps_the_space_around_its_passage() -> None:
    made = merged()
    found = put_in(made, "sections/root_cause", "  Two shards ran full.  ")
    assert found.sections.root_cause == "Two shards ran full. Nobody was told that it would.\n"
    both = reader(made, "sections/root_cause").text("both")
    assert both == "One shard ran full overnight.\nOne shard ran full at last."
    gone = put_in(made, "sections/root_cause", "")
    assert gone.sections.root_cause.strip() == "Nobody was told that it would."


def test_an_order_may_lose_nothing() -> None:
    start = base()
    made = merge(
        start, edits.set_field(start, "tags", ("shards", "search", "disk")),
        edits.set_field(start, "tags", ("search", "disk", "shards")),
    )  # fmt: skip
    assert put_in(made, "tags", "disk, shards, search").tags == ("disk", "shards", "search")
    with pytest.raises(FieldError, match="same names"):
        put_in(made, "tags", "disk")


def test_keys_that_are_not_known_are_read_as_toml() -> None:
    start = base()
    made = merge(with_unknown(start, {"cost": 1}), with_unknown(start, {"cost": 2}), with_unknown(start, {"cost": 3}))
    assert put_in(made, "cost", "4.5").model_extra == {"cost": 4.5}
    assert reader(made, "cost").text("ours") == "2"
    assert put_in(made, "cost", "").model_extra == {}
    with pytest.raises(FieldError, match="TOML"):
        put_in(made, "cost", "a lot")


def test_a_value_of_another_shape_is_refused() -> None:
    start = Incident(comments=(Comment(id="cccc", text="x", at=START),))
    sides = [edits.update_item(start, "comments", "cccc", at=START + timedelta(hours=hour)) for hour in (1, 2)]
    made = merge(start, *sides)
    with pytest.raises(FieldError, match="does not fit"):
        put_in(made, "comments/cccc/at", '"noon"')
    assert put_in(made, "comments/cccc/at", "2024-05-02T12:30:00Z").comments[0].at == START + timedelta(hours=3.5)


def test_what_was_removed_or_is_there_twice_cannot_be_typed() -> None:
    made = merged()
    assert {each.place for each in made.conflicts if not may_be_own(each)} == {"actions/bbbb"}


@pytest.mark.parametrize("seed", range(40))
def test_what_stands_there_to_begin_with_is_taken_as_it_is(seed: int) -> None:
    start = base()
    made = merge(start, edited(start, str(seed), "our", 12), edited(start, str(seed), "their", 12))
    for conflict in made.conflicts:
        if not may_be_own(conflict):
            continue
        own = OwnValue(made, conflict, NOW)
        for side in ("ours", "theirs"):
            begin = own.text(side)
            taken = own.read(begin)
            assert isinstance(taken, Own)
            resolve(made, {conflict.key: taken})
