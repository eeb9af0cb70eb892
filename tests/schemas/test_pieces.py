"""What is remembered of a long tuple is what would be found in it anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import pieces
from schemas.pieces import Pieces, pieces_of, replaced, shared


class Box:
    """An item that is like no other."""

    def __init__(self, number: int) -> None:
        self.number = number


BOXES = [Box(number) for number in range(60)]
boxes = st.lists(st.sampled_from(BOXES), max_size=400).map(tuple)
changes = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 90), st.lists(st.sampled_from(BOXES), max_size=90), st.booleans()),
    max_size=8,
)

Boxes = tuple[Box, ...]


def every(items: Boxes) -> list[int]:
    return [box.number for box in items]


def sevens(items: Boxes) -> Iterator[Box]:
    return (box for box in items if box.number % 7 == 0)


def where_sevens(items: Boxes) -> list[int]:
    return [at for at, box in enumerate(items) if box.number % 7 == 0]


def by_rest(items: Boxes) -> list[tuple[int, Box]]:
    return [(box.number % 11, box) for box in items if box.number % 2]


def nothing(items: Boxes) -> tuple[()]:
    return ()


def holds(known: Pieces[Box], whole: Boxes) -> None:
    assert known.whole is whole
    assert tuple(chain.from_iterable(piece.items for piece in known.pieces)) == whole
    assert all(0 < len(piece.items) <= pieces.MOST for piece in known.pieces)
    assert known.gathered(every) == tuple(every(whole))
    assert known.gathered(sevens) == tuple(sevens(whole))
    assert known.gathered(nothing) == ()
    found = known.ordered(by_rest)
    assert [rest for rest, _ in found] == sorted(rest for rest, _ in by_rest(whole))
    assert Counter(found) == Counter(by_rest(whole))
    assert known.places(where_sevens) == where_sevens(whole)


@given(boxes, changes)
@settings(max_examples=150)
def test_pieces_of_a_changed_tuple_are_like_new_ones(
    whole: Boxes, steps: list[tuple[float, int, list[Box], bool]]
) -> None:
    history = [whole]
    for where, gone, fresh, undone in steps:
        at = round(where * len(whole))
        if undone:
            whole = history[len(fresh) % len(history)]
        elif gone % 2:
            whole = replaced(whole, at, min(at + gone, len(whole)), fresh)
        else:
            whole = (*whole[:at], *fresh, *whole[at + gone :])
        history.append(whole)
        if gone % 3:  # else nobody asks before the next change
            holds(pieces_of(whole), whole)
    holds(pieces_of(whole), whole)


def test_what_went_past_another_is_found_behind_it() -> None:
    whole = tuple(map(Box, range(1, 400)))
    seven, fourteen = whole[6], whole[13]
    whole = (*whole[:6], *whole[7:13], *whole[14:])
    whole = replaced(replaced(whole, 20, 20, [seven]), 200, 200, [fourteen])
    whole = tuple(box for box in whole if box.number % 7 or box in (seven, fourteen))
    assert pieces_of(whole).gathered(sevens) == (seven, fourteen)
    at = whole.index(seven)
    moved = replaced(replaced(whole, at, at + 1), 300, 300, [seven])
    assert pieces_of(moved).gathered(sevens) == (fourteen, seven)


@given(boxes, boxes, boxes, boxes)
def test_what_two_tuples_share_is_the_same(start: Boxes, one: Boxes, other: Boxes, end: Boxes) -> None:
    old, new = (*start, *one, *end), (*start, *other, *end)
    head, tail = shared(old, new)
    assert head + tail <= min(len(old), len(new))
    assert all(a is b for a, b in zip(old[:head], new[:head], strict=True))
    assert old[len(old) - tail :] == new[len(new) - tail :]
    assert head + tail >= min(len(start) + len(end), len(old), len(new))
    pieces_of(old)
    assert replaced(old, len(start), len(start) + len(one), other) == new


def test_only_the_pieces_that_a_change_touches_are_looked_at() -> None:
    seen: list[int] = []

    def look(items: Boxes) -> Iterator[int]:
        seen.append(len(items))
        return (box.number for box in items if box.number == 3)

    whole = tuple(map(Box, range(10_000)))
    found = pieces_of(whole).gathered(look)
    assert sum(seen) == 10_000
    seen.clear()
    more = (*whole[:5000], Box(3), *whole[5000:])
    assert pieces_of(more).gathered(look) == (3, 3)
    less = replaced(more, 100, 101)
    assert pieces_of(less).gathered(look) == (3, 3)
    same = replaced(less, 9000, 9001, [Box(-1)])
    assert pieces_of(same).gathered(look) == (3, 3)
    assert pieces_of(same).gathered(look) is pieces_of(less).gathered(look)
    assert sum(seen) <= 3 * pieces.MOST
    assert pieces_of(whole).gathered(look) is found


def test_pieces_do_not_crumble() -> None:
    whole = tuple(map(Box, range(1_000)))
    for at in range(0, 900):
        whole = replaced(whole, at % len(whole), at % len(whole) + 1, () if at % 3 else [Box(at), Box(at)])
    known = pieces_of(whole)
    assert len(known.pieces) <= 1 + len(whole) // 10
