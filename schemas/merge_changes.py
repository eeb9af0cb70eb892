"""What one text changed in another, for merging: stretches of words taken out, with what came in their place.

Lines are compared first and words only where lines differ. A few words that two rewritten stretches happen to share do
not part them: they say nothing about what belongs together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from schemas.shortest_changes import shortest_changes


class Change(Struct, frozen=True):
    """The words of the base from `start` up to `end` became `new`."""

    start: int
    end: int
    new: tuple[str, ...]


def changes(base: Sequence[str], side: Sequence[str]) -> list[Change]:
    """What leads from the base to a side, in order; between two of them stands at least one word that stayed."""
    return _coalesced(base, _touching_joined(list(_by_lines(base, side))))


def _by_lines(base: Sequence[str], side: Sequence[str]) -> Iterator[Change]:
    ours, theirs = _line_starts(base), _line_starts(side)
    lines = [tuple(base[start:end]) for start, end in pairwise(ours)]
    others = [tuple(side[start:end]) for start, end in pairwise(theirs)]
    for found in shortest_changes(lines, others):
        start, low = ours[found.start], theirs[found.new_start]
        old, new = base[start : ours[found.end]], side[low : theirs[found.new_end]]
        for each in shortest_changes(old, new):
            yield Change(start + each.start, start + each.end, tuple(new[each.new_start : each.new_end]))


def _line_starts(words: Sequence[str]) -> list[int]:
    """Where each line begins, and where the last one ends; a line break is a word of its own."""
    ends = [at + 1 for at, word in enumerate(words) if word == "\n"]
    return [0, *ends] if ends and ends[-1] == len(words) else [0, *ends, len(words)]


def _touching_joined(found: Sequence[Change]) -> list[Change]:
    joined: list[Change] = []
    for change in found:
        if joined and joined[-1].end == change.start:
            before = joined.pop()
            change = Change(before.start, change.end, before.new + change.new)
        joined.append(change)
    return joined


class _Growing(Struct):
    """A change that others may still be joined to. `size` counts the letters of its new words."""

    start: int
    end: int
    new: deque[str]
    size: int


def _coalesced(base: Sequence[str], found: Sequence[Change]) -> list[Change]:
    """The changes, those taken as one that have less in common between them than either of them changed."""
    letters = [0, *accumulate(map(len, base))]

    def weight(change: _Growing) -> int:
        return max(letters[change.end] - letters[change.start], change.size)

    joined: list[_Growing] = []
    for each in found:
        change = _Growing(each.start, each.end, deque(each.new), sum(map(len, each.new)))
        while joined:
            before = joined[-1]
            size = letters[change.start] - letters[before.end]
            if size >= min(weight(before), weight(change)) or "\n" in (between := base[before.end : change.start]):
                break
            change = _as_one(joined.pop(), between, size, change)
        joined.append(change)
    return [Change(change.start, change.end, tuple(change.new)) for change in joined]


def _as_one(one: _Growing, between: Sequence[str], size: int, other: _Growing) -> _Growing:
    """Two changes and the words between them; the longer one grows, so that many small ones do not take long."""
    if len(one.new) >= len(other.new):
        new = one.new
        new.extend(between)
        new.extend(other.new)
    else:
        new = other.new
        new.extendleft(reversed(between))
        new.extendleft(reversed(one.new))
    return _Growing(one.start, other.end, new, one.size + size + other.size)
