"""Changes between sequences: they lead from one to the other, are the fewest, and are found in bounded time."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.shortest_changes import Change, shortest_changes

texts = st.text("abc", max_size=12)


def applied(changes: list[Change], before: str, after: str) -> str:
    """What becomes of the first sequence by the changes alone."""
    made, at = "", 0
    for change in changes:
        made += before[at : change.start] + after[change.new_start : change.new_end]
        at = change.end
    return made + before[at:]


def size(changes: list[Change]) -> int:
    return sum(change.end - change.start + change.new_end - change.new_start for change in changes)


def fewest(one: str, other: str) -> int:
    """How many letters have to go or come, by trying everything."""

    @cache
    def rest(i: int, j: int) -> int:
        if i == len(one) or j == len(other):
            return len(one) - i + len(other) - j
        return rest(i + 1, j + 1) if one[i] == other[j] else 1 + min(rest(i + 1, j), rest(i, j + 1))

    return rest(0, 0)


@given(texts, texts)
def test_they_lead_from_one_to_the_other_by_the_shortest_way(before: str, after: str) -> None:
    changes = shortest_changes(before, after)
    assert applied(changes, before, after) == after
    assert size(changes) == fewest(before, after)
    assert (changes == []) is (before == after)


@given(texts, texts)
def test_they_stand_in_order_and_apart(before: str, after: str) -> None:
    at = new_at = -1
    for change in shortest_changes(before, after):
        assert change.start > at
        assert change.new_start > new_at
        assert (change.end, change.new_end) > (change.start, change.new_start)
        at, new_at = change.end, change.new_end


@given(texts, texts, st.integers(0, 30))
def test_without_effort_they_still_lead_there(before: str, after: str, effort: int) -> None:
    assert applied(shortest_changes(before, after, effort), before, after) == after


def test_what_would_take_long_is_one_change_between_the_common_ends() -> None:
    assert shortest_changes("xabcabcaby", "xcbabcbacy", effort=1) == [Change(1, 9, 1, 9)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ab" * 50_000, "ba" * 40_000 + "aabb" * 9_000),
        ("a" * 100_000, "a" * 70_000 + "b" + "a" * 29_000),
        ("abcdefghij" * 10_000, "jihgfedcba" * 10_000),
        ("".join(map(chr, range(50_000))), "".join(map(chr, range(50_000)))[::-1]),
    ],
    ids=["out of step", "all the same", "backwards", "all different"],
)
def test_sequences_that_are_made_to_take_long_do_not(before: str, after: str) -> None:
    # A method without bounds would be busy for hours.
    assert applied(shortest_changes(before, after), before, after) == after


def test_a_few_changes_far_apart_are_found_in_a_long_sequence() -> None:
    before = "".join(map(chr, range(200_000)))
    after = before[:10] + "!" + before[10:150_000] + "?" + before[150_001:]
    assert shortest_changes(before, after) == [Change(10, 10, 10, 11), Change(150_000, 150_001, 150_001, 150_002)]
