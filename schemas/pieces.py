"""A long tuple in pieces that remember what was found in them, so that a change costs the piece that it touches.

An incident may have ten thousand events, and a keystroke is not to look through all of them. Edits share what they do
not change: a new tuple that holds the same objects at its start and at its end takes over the pieces that they are in,
with all that is known of them. A short tuple is one piece, and costs what it did without.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain, compress, count
from operator import is_, is_not
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct

Item = TypeVar("Item")
Found = TypeVar("Found")

Look = Callable[[tuple[Item, ...]], Iterable[Found]]
"""Finds something in some items that follow one another, whatever stands around them; nothing where it finds nothing in
any of them. A function of a module: what it found is remembered by the function."""

MOST: Final = 64
"""A piece has no more items than this."""

_USUAL: Final = 40
_FEW: Final = 12
"""A piece with fewer is joined to the next one."""

_LOOKS: Final = 100
"""What more functions than these found is forgotten: some are made anew when a name or a zone is typed."""

_REMEMBERED: Final = 12


class Piece(Generic[Item]):
    """Some items that follow one another, with what was found in them."""

    __slots__ = ("items", "known")

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        self.known: dict[Look[Item, Any], tuple[Any, ...]] = {}

    def found(self, look: Look[Item, Found]) -> tuple[Found, ...]:
        """What a function finds in the items; it is asked once."""
        known = self.known.get(look)
        if known is None:
            if len(self.known) == _LOOKS:
                self.known.clear()
            known = self.known[look] = tuple(look(self.items))
        return known


class Pieces(Generic[Item]):
    """A tuple and the pieces it is made of."""

    __slots__ = ("_before", "_gathered", "_ordered", "pieces", "whole")

    def __init__(self, whole: tuple[Item, ...], pieces: tuple[Piece[Item], ...]) -> None:
        self.whole = whole
        self.pieces = pieces
        self._gathered: dict[Look[Item, Any], tuple[Any, ...]] = {}
        self._ordered: dict[Look[Item, Any], list[Any]] = {}
        self._before: _Before[Item] | None = None

    def gathered(self, look: Look[Item, Found]) -> tuple[Found, ...]:
        """What a function finds in all items, in order; the same tuple as before a change that made no difference."""
        known = self._gathered.get(look)
        if known is None:
            known = self._gathered[look] = self._gather(look)
        return known

    def _gather(self, look: Look[Item, Found]) -> tuple[Found, ...]:
        if len(self.pieces) == 1:
            return self.pieces[0].found(look)  # so it is with most incidents
        if self._before is not None and (known := self._before.gathered.get(look)) is not None:
            before = self._before
            gone = _found_in(before.gone, look)
            if not gone and not tuple(look(before.items)):
                for piece in before.fresh:
                    piece.known[look] = ()
                return known
            fresh = _found_in(before.fresh, look)
            if before.at_one_place and len(gone) == len(fresh) and all(map(is_, gone, fresh)):
                return known
        each = [piece.known.get(look) for piece in self.pieces]
        if None in each:
            return tuple(chain.from_iterable([piece.found(look) for piece in self.pieces]))
        return tuple(chain.from_iterable(each))  # type: ignore[arg-type]

    def ordered(self, look: Look[Item, tuple[int, Found]]) -> Sequence[tuple[int, Found]]:
        """What a function finds in all items, in the order of the number that comes with each; equal ones in any."""
        known = self._ordered.get(look)
        if known is None:
            if (before := self._before) is not None and look in before.ordered:
                known = before.ordered[look].copy()
                _exchange(known, _found_in(before.gone, look), _found_in(before.fresh, look))
            else:
                known = sorted(self.gathered(look), key=_number)
            self._ordered[look] = known
        return known

    def places(self, look: Look[Item, int]) -> list[int]:
        """The numbers of the items in the whole that a function gives by their numbers in a piece."""
        found = [(piece.found(look), len(piece.items)) for piece in self.pieces]
        starts = accumulate((size for _, size in found), initial=0)
        return [start + at for (known, _), start in zip(found, starts, strict=False) for at in known]

    def changed(self, whole: tuple[Item, ...], head: int, tail: int) -> Pieces[Item]:
        """The pieces of a tuple that shares so many items at the start and at the end, and no others, with this one."""
        pieces, old = self.pieces, len(self.whole)
        starts = [*accumulate([len(piece.items) for piece in pieces], initial=0)]
        first = max(0, bisect_right(starts, head) - 1)
        last = max(first, bisect_right(starts, old - tail - 1)) if old > tail else first
        last = min(last, len(pieces))
        if starts[last] - starts[first] + len(whole) - old < _FEW:
            first, last = max(0, first - 1), min(last + 1, len(pieces))
        fresh = _cut(whole[starts[first] : len(whole) - (old - starts[last])])
        made = Pieces(whole, (*pieces[:first], *fresh, *pieces[last:]))
        items = whole[head : len(whole) - tail]
        made._before = _Before(self._gathered, self._ordered, pieces, pieces[first:last], fresh, items)
        if self._before is not None and not self._gathered:
            # Nobody has asked for anything in between: what was known before that still is.
            made._before = self._before.until(made.pieces)
        return made


class _Before(Struct, Generic[Item], frozen=True):
    """What was known of a tuple and its pieces before a change, the pieces that went, those that came in their place,
    and the items of these that are new."""

    gathered: dict[Look[Item, Any], tuple[Any, ...]]
    ordered: dict[Look[Item, Any], list[Any]]
    pieces: tuple[Piece[Item], ...]
    gone: Sequence[Piece[Item]]
    fresh: Sequence[Piece[Item]]
    items: tuple[Item, ...]
    at_one_place: bool = True

    def until(self, pieces: tuple[Piece[Item], ...]) -> _Before[Item]:
        """The same for what came of the tuple after one more change, which may have been elsewhere."""
        old, new = set(map(id, self.pieces)), set(map(id, pieces))
        gone = [piece for piece in self.pieces if id(piece) not in new]
        fresh = [piece for piece in pieces if id(piece) not in old]
        known = {id(item) for piece in gone for item in piece.items}
        items = tuple(item for piece in fresh for item in piece.items if id(item) not in known)
        return _Before(self.gathered, self.ordered, self.pieces, gone, fresh, items, at_one_place=False)


def _found_in(pieces: Sequence[Piece[Item]], look: Look[Item, Found]) -> list[Found]:
    return [found for piece in pieces for found in piece.found(look)]


def _exchange(known: list[tuple[int, Found]], gone: list[tuple[int, Found]], fresh: list[tuple[int, Found]]) -> None:
    """Take some pairs out of a list in order, and put others in. Most of them are the same."""
    head = _alike(gone, fresh)
    gone, fresh = gone[head:], fresh[head:]
    if tail := _alike(gone[::-1], fresh[::-1]):
        gone, fresh = gone[:-tail], fresh[:-tail]
    for number, item in gone:
        at = bisect_left(known, number, key=_number)
        while known[at][1] is not item:
            at += 1
        del known[at]
    for pair in fresh:
        insort_right(known, pair, key=_number)


def _alike(old: list[tuple[int, Found]], new: list[tuple[int, Found]]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (a, b) in pairs if a[0] != b[0] or a[1] is not b[1]), min(len(old), len(new)))


def _number(pair: tuple[int, Any]) -> int:
    return pair[0]


def pieces_of(items: tuple[Item, ...]) -> Pieces[Item]:
    """The pieces of a tuple: those of another one that was asked for lately, as far as they hold the same items."""
    if (known := _known(items)) is not None:
        return known
    made: Pieces[Item] | None = None
    if len(items) > MOST:
        made = next((made for each in tuple(_recent) if (made := _taken_over(each, items)) is not None), None)
    return _remembered(made or Pieces(items, _cut(items)))


def recall(known: Pieces[Item]) -> None:
    """Have pieces at hand for what is made from their tuple next, however many others were asked for meanwhile."""
    if not any(known is each for each in _recent):
        _remembered(known)


def replaced(items: tuple[Item, ...], start: int, stop: int, fresh: Iterable[Item] = ()) -> tuple[Item, ...]:
    """A tuple with others in the place of those from `start` up to `stop`. Its pieces need not be looked for."""
    whole = items[:start] + tuple(fresh) + items[stop:]
    if len(whole) > MOST and whole is not items:
        _remembered(pieces_of(items).changed(whole, start, len(items) - stop))
    return whole


def shared(old: tuple[Item, ...], new: tuple[Item, ...]) -> tuple[int, int]:
    """How many items at the start and at the end of two tuples are the same objects."""
    if old is new:
        return len(old), 0
    most = min(len(old), len(new))
    head = tail = 0
    if (known := _known(old)) is not None and (other := _known(new)) is not None:
        # What was made from one another has pieces in common, and there are far fewer of them than items.
        head = _length_of_same(known.pieces, other.pieces)
        tail = min(_length_of_same(known.pieces[::-1], other.pieces[::-1]), most - head)
    rest, other_rest = old[head : len(old) - tail], new[head : len(new) - tail]
    more = _first_difference(rest, other_rest, most - head - tail)
    behind = _first_difference(reversed(rest), reversed(other_rest), most - head - tail - more)
    return head + more, tail + behind


def _length_of_same(old: Sequence[Piece[Item]], new: Sequence[Piece[Item]]) -> int:
    """How many items are in the pieces at the start that two have in common."""
    return sum([len(each.items) for each in old[: _first_difference(old, new, min(len(old), len(new)))]])


def _first_difference(old: Iterable[object], new: Iterable[object], most: int) -> int:
    # At ten thousand items a loop in Python would take longer than all the rest of an edit.
    return min(next(compress(count(), map(is_not, old, new)), most), most)


def _known(items: tuple[Item, ...]) -> Pieces[Item] | None:
    return next((known for known in tuple(_recent) if known.whole is items), None)


_recent: Final[list[Pieces[Any]]] = []
"""Those that were asked for lately, the last one first. Another thread that writes a file may look for its own here."""


def _remembered(made: Pieces[Item]) -> Pieces[Item]:
    _recent[:] = [made, *_recent[: _REMEMBERED - 1]]
    return made


def _taken_over(known: Pieces[Item], items: tuple[Item, ...]) -> Pieces[Item] | None:
    """The pieces of a tuple as a change of known ones, if they share at least half of it."""
    old = known.whole
    if not old or len(old) > 2 * len(items) or (old[0] is not items[0] and old[-1] is not items[-1]):
        return None
    head, tail = shared(old, items)
    return known.changed(items, head, tail) if 2 * (head + tail) >= len(items) else None


def _cut(items: tuple[Item, ...]) -> tuple[Piece[Item], ...]:
    if len(items) <= MOST:
        return (Piece(items),) if items else ()
    return tuple(Piece(items[at : at + _USUAL]) for at in range(0, len(items), _USUAL))
