"""What holds for every merge, whoever did what: nothing is lost, and which side is ours makes no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from schemas import event_edits
from schemas.conflict_markers import split
from schemas.incident import Comment, Incident, Model, Review, Stated
from schemas.merge import Conflict, Merged, merge, resolve
from schemas.merge_file import MergedFile
from schemas.toml_file import dumps, loads
from schemas.toml_order import in_file_order
from tests.samples import PRIMARY, SHOP, sample
from tests.schemas.branches import edited
from tests.schemas.strategies import incidents, same

SAMPLES = [sample(SHOP), sample(PRIMARY)]
THOROUGH = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

seeds = st.integers(0, 10**9).map(str)
bases = st.one_of(st.sampled_from(SAMPLES), incidents())


def sides(base: Incident, seed: str) -> tuple[Incident, Incident]:
    most = 6 if int(seed) % 2 else 25
    return edited(base, seed, "aa", most), edited(base, seed, "bb", most)


_ONE_IS_ENOUGH: tuple[tuple[type[Model], str], ...] = (
    (Incident, "format"), (Comment, "edited"), (Stated, "id"), (Comment, "id"), (Review, "id"), (Comment, "reply_to"),
)  # fmt: skip
"""The later format and the later edit are kept, of two ids of one stated value either, of two remarks with one id each
under its own."""


def strings(value: object) -> Iterator[str]:
    """All text in a value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Model):
        for name, inner in value.__dict__.items():
            if not any(isinstance(value, kind) and name == field for kind, field in _ONE_IS_ENOUGH):
                yield from strings(inner)
        yield from strings(value.model_extra or {})
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
    elif value is not None and value is not False:
        yield repr(value).split("tzinfo")[0]


def words(value: object) -> set[str]:
    return {word for text in strings(value) for word in re.findall(r"\w+", text)}


def all_of(merged: Merged, choice: Any) -> Incident:
    return resolve(merged, {conflict.key: choice for conflict in merged.conflicts})


def mirrored(conflict: Conflict) -> tuple[Any, ...]:
    return conflict.path, conflict.kind, conflict.part, _plain(conflict.ours), _plain(conflict.theirs)


def _plain(value: Any) -> Any:
    return repr(value)


def check_laws(base: Incident | None, ours: Incident, theirs: Incident) -> Merged:
    merged, other = merge(base, ours, theirs), merge(base, theirs, ours)
    # Sides only swap labels.
    assert sorted(map(repr, map(mirrored, merged.conflicts))) == sorted(
        repr((path, kind, part, yours, mine)) for path, kind, part, mine, yours in map(mirrored, other.conflicts)
    )
    assert same(all_of(merged, "ours"), all_of(other, "theirs"))
    assert same(all_of(merged, "theirs"), all_of(other, "ours"))
    if not merged.conflicts:
        assert same(merged.incident, other.incident)
    # Nothing is lost.
    known = words(merged.incident) | words([[c.ours, c.theirs] for c in merged.conflicts])
    before = words(base) if base is not None else set()
    assert words(ours) - before <= known
    assert words(theirs) - before <= known
    # Both are in it even if nobody looks.
    texts = [c for c in merged.conflicts if c.kind == "text"]
    assert words([[c.ours, c.theirs] for c in texts]) <= words(merged.incident)
    # It can be written and read, whatever is chosen, and with markers too.
    for incident in (merged.incident, all_of(merged, "ours"), all_of(merged, "theirs")):
        assert same(loads(dumps(incident)), in_file_order(incident))
    if merged.incident not in (ours, theirs):
        assert in_file_order(merged.incident) is merged.incident
    sides = split(MergedFile(merged, ()).marked())
    for choice in ("ours", "theirs"):
        text = dumps(merged.incident) if sides is None else getattr(sides, choice)
        assert same(loads(text), in_file_order(all_of(merged, choice)))
    assert len({conflict.key for conflict in merged.conflicts}) == len(merged.conflicts)
    if all(in_order(side) for side in (ours, theirs)):
        assert in_order(merged.incident)
    return merged


def in_order(incident: Incident) -> bool:
    return event_edits.sort_events(incident) is incident


def check_remarks(base: Incident, ours: Incident, theirs: Incident, merged: Merged) -> None:
    """What either side said is there once, answers what it answered, and is in nobody's way."""
    there = [_said(comment) for comment in merged.incident.comments]
    verdicts = [_verdict(review) for review in merged.incident.reviews]
    known = ids(base)
    for side in (ours, theirs):
        for comment in side.comments:
            if comment.id not in known and comment.author:
                assert there.count(_said(comment)) == 1
                found = merged.incident.comments[there.index(_said(comment))]
                asked, answered = _parent(side, comment), _parent(merged.incident, found)
                if asked is None or asked.id in known:
                    assert found.reply_to == comment.reply_to
                else:
                    assert answered is not None
                    assert _said(answered) == _said(asked)
        assert all(verdicts.count(_verdict(review)) == 1 for review in side.reviews if review.id not in known)
    added = (ids(ours) | ids(theirs)) - known
    assert not [each for each in merged.conflicts if each.path[0] in ("comments", "reviews") and each.path[1] in added]


def ids(incident: Incident) -> set[str]:
    return {comment.id for comment in incident.comments} | {review.id for review in incident.reviews}


def _said(comment: Comment) -> tuple[object, ...]:
    return comment.author, comment.at, comment.on, comment.text, comment.edited, comment.resolved


def _verdict(review: Review) -> tuple[object, ...]:
    return review.reviewer, review.at, review.verdict, review.content, review.summary


def _parent(incident: Incident, comment: Comment) -> Comment | None:
    return next((each for each in incident.comments if each.id == comment.reply_to), None)


@given(bases, seeds)
@THOROUGH
def test_two_branches(base: Incident, seed: str) -> None:
    ours, theirs = sides(base, seed)
    check_remarks(base, ours, theirs, check_laws(base, ours, theirs))


@given(bases, seeds)
@THOROUGH
def test_two_branches_without_a_base(base: Incident, seed: str) -> None:
    check_laws(None, *sides(base, seed))


@given(incidents(), incidents(), incidents())
@THOROUGH
def test_any_three(base: Incident, ours: Incident, theirs: Incident) -> None:
    check_laws(base, ours, theirs)


@given(incidents(), incidents())
@THOROUGH
def test_any_two(ours: Incident, theirs: Incident) -> None:
    check_laws(None, ours, theirs)


@given(bases, seeds)
@THOROUGH
def test_who_changed_nothing_gets_the_other(base: Incident, seed: str) -> None:
    changed = edited(base, seed, "aa")
    assume(changed != base)  # edits may take each other back
    assert merge(base, changed, base).incident is changed
    assert merge(base, base, changed).incident is changed
    # Also where what is equal was read anew and is not the same object.
    again = Incident.model_validate(base.model_dump())
    for merged in (merge(base, changed, again), merge(again, base, changed)):
        assert merged.conflicts == ()
        assert same(merged.incident, changed)


@given(bases, seeds)
@THOROUGH
def test_the_same_on_both_sides_is_itself(base: Incident, seed: str) -> None:
    changed = edited(base, seed, "aa")
    again = Incident.model_validate(changed.model_dump())
    for merged in (merge(base, changed, again), merge(None, changed, again)):
        assert merged.conflicts == ()
        assert same(merged.incident, changed)


@pytest.mark.parametrize("seed", range(300))
def test_merging_again_changes_nothing(seed: int) -> None:
    base = SAMPLES[seed % 2]
    ours, theirs = sides(base, str(seed))
    merged = merge(base, ours, theirs)
    if merged.conflicts:
        return
    for side in (ours, theirs):
        again = merge(base, merged.incident, side)
        assert [conflict.place for conflict in again.conflicts] == []
        assert same(again.incident, merged.incident)


def test_the_laws_are_about_merges_of_every_sort() -> None:
    found = [merge(SAMPLES[seed % 2], *sides(SAMPLES[seed % 2], str(seed))).conflicts for seed in range(200)]
    assert 40 <= sum(not conflicts for conflicts in found) <= 190
    busy = [
        merge(SAMPLES[1], *(edited(SAMPLES[1], str(seed), name, 40) for name in ("aa", "bb"))) for seed in range(60)
    ]
    kinds = {conflict.kind for merged in busy for conflict in merged.conflicts}
    assert kinds == {"value", "text", "removed", "order"}
