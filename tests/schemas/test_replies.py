"""Which comments belong together."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.incident import Comment
from schemas.replies import talks, when_key

START = datetime(2024, 5, 2, 9, tzinfo=UTC)


def found(*comments: tuple[str, str, int | None]) -> list[list[str]]:
    """The ids of each talk; a comment is given as its id, what it answers, and its minute."""
    made = [
        Comment(id=name, reply_to=to, at=None if at is None else START + timedelta(minutes=at))
        for name, to, at in comments
    ]
    return [[comment.id for comment in talk] for talk in talks(made)]


def test_answers_to_answers_are_answers_to_the_first() -> None:
    assert found(("d", "c", 4), ("c", "b", 3), ("b", "a", 2), ("a", "", 1)) == [["a", "b", "c", "d"]]


def test_the_first_stays_first_though_an_answer_is_older() -> None:
    assert found(("a", "", 9), ("b", "a", 1)) == [["a", "b"]]


def test_talks_come_by_their_first_comments() -> None:
    assert found(("b", "", 2), ("a", "", 2), ("c", "", 1), ("d", "c", 9)) == [["c", "d"], ["a"], ["b"]]


def test_answers_to_what_is_gone_stay_together() -> None:
    assert found(("b", "gone", 2), ("c", "b", 3), ("d", "gone", 1), ("e", "else", 0)) == [["e"], ["d", "b", "c"]]


def test_a_circle_is_one_talk() -> None:
    assert found(("a", "c", 2), ("b", "a", 1), ("c", "b", 3), ("d", "b", 9), ("e", "e", 4)) == [
        ["b", "a", "c", "d"],
        ["e"],
    ]


def test_without_times_the_order_stays() -> None:
    assert found(("z", "", None), ("a", "", None), ("y", "z", None), ("b", "z", None), ("x", "", 1)) == [
        ["x"], ["z", "y", "b"], ["a"],
    ]  # fmt: skip


def test_a_long_chain_is_no_trouble() -> None:
    chain = [(str(n), str(n - 1) if n else "", n) for n in range(20_000)]
    assert len(found(*reversed(chain))) == 1


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdefgh") | st.just("")), max_size=8))
def test_none_is_lost_and_none_is_there_twice(pairs: list[tuple[str, str]]) -> None:
    made = [Comment(id=name, reply_to=to) for name, to in pairs]
    assert sorted(map(id, (comment for talk in talks(made) for comment in talk))) == sorted(map(id, made))
    assert all(talk for talk in talks(made))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (datetime(2024, 5, 2, 9, tzinfo=timezone(timedelta(hours=3))), datetime(2024, 5, 2, 7, tzinfo=UTC)),
        (datetime(2024, 5, 2, 9), datetime(2024, 5, 2, 9, 0, 0, 1)),
        (date(2024, 5, 2), datetime(2024, 5, 2, 0, 1)),
        (time(9), time(10)),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), None),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), datetime.min),
    ],
)
def test_times_of_all_kinds_have_an_order(earlier: Any, later: Any) -> None:
    assert when_key(earlier) < when_key(later)
