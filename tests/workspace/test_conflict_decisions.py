"""What was decided of a merge, one step at a time, and back."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.merge import resolve
from schemas.merge_conflict import Choice, Own
from tests.workspace.conflicts import conflict_at, merged
from tui.workspace.conflict_decisions import Decisions


def test_a_choice_is_kept_counted_and_taken_back() -> None:
    made = merged()
    decisions = Decisions(made.conflicts)
    severity = conflict_at(made, "severity")
    assert decisions.left == 5
    assert decisions.choose(severity, "theirs")
    assert not decisions.choose(severity, "theirs")
    assert (decisions.left, decisions.of(severity), decisions.any_made) == (4, "theirs", True)
    assert decisions.undo() == made.conflicts.index(severity)
    assert (decisions.left, decisions.of(severity), decisions.any_made) == (5, None, False)
    assert decisions.redo() == made.conflicts.index(severity)
    assert decisions.of(severity) == "theirs"
    assert decisions.reopen(severity)
    assert not decisions.reopen(severity)
    assert decisions.left == 5


def test_a_choice_that_there_is_not_is_refused() -> None:
    made = merged(based=False)
    decisions = Decisions(made.conflicts)
    with pytest.raises(ValueError, match="ours, theirs"):
        decisions.choose(conflict_at(made, "severity"), "base")
    with pytest.raises(KeyError):
        decisions.choose(conflict_at(merged(), "actions/bbbb"), "ours")


def test_the_rest_is_decided_at_once_and_taken_back_at_once() -> None:
    made = merged()
    decisions = Decisions(made.conflicts)
    decisions.choose(made.conflicts[0], Own("SEV0"))
    assert decisions.choose_rest("both") == 2
    assert decisions.choose_rest("ours") == 2
    assert decisions.left == 0
    assert decisions.choose_rest("ours") == 0
    decisions.undo()
    assert decisions.left == 2
    assert decisions.of(made.conflicts[0]) == Own("SEV0")


def test_the_next_open_one_goes_around() -> None:
    made = merged()
    decisions = Decisions(made.conflicts)
    decisions.choose(made.conflicts[1], "ours")
    assert decisions.next_open(0) == 2
    assert decisions.next_open(4) == 0
    assert decisions.next_open(2, -1) == 0
    for conflict in made.conflicts[1:]:
        decisions.choose(conflict, "theirs")
    assert decisions.next_open(0) == 0
    decisions.choose(made.conflicts[0], "ours")
    assert decisions.next_open(0) is None
    assert Decisions(()).next_open(0) is None


@given(st.integers(0, 5000))
def test_undo_and_redo_for_any_steps(seed: int) -> None:
    rng = random.Random(seed)
    made = merged()
    decisions = Decisions(made.conflicts)
    states: list[dict[str, Choice]] = [{}]
    for _ in range(rng.randint(1, 12)):
        conflict = rng.choice(made.conflicts)
        done = rng.choice(
            (
                lambda c=conflict: decisions.choose(c, rng.choice(c.choices)),
                lambda: decisions.choose_rest(rng.choice(("ours", "both"))),
                lambda c=conflict: decisions.reopen(c),
            )
        )()
        if done:
            states.append(dict(decisions.choices))
    resolve(made, decisions.choices)
    for state in reversed(states[:-1]):
        assert decisions.undo() is not None
        assert decisions.choices == state
    assert decisions.undo() is None
    for state in states[1:]:
        assert decisions.redo() is not None
        assert decisions.choices == state
    assert decisions.redo() is None
