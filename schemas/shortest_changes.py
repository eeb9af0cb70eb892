"""The fewest changes that lead from one sequence to another, in bounded time whatever the sequences hold.

The method is Myers' (E. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1, 1986). Where two
sequences have so little in common that it would take long, all between their common ends counts as one change: it
would read as one anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from math import isqrt
from typing import Final

from msgspec import Struct

EFFORT: Final = 200_000
"""How many steps may be taken before a stretch is told as a whole: some hundredths of a second. Longer sequences may
take some more for each element."""

_FOR_EACH: Final = 8


class Change(Struct, frozen=True):
    """`before[start:end]` became `after[new_start:new_end]`; either may be empty, not both."""

    start: int
    end: int
    new_start: int
    new_end: int


def shortest_changes(before: Sequence[Hashable], after: Sequence[Hashable], effort: int = EFFORT) -> list[Change]:
    """The changes in order; what lies between two of them is the same on both sides."""
    numbers: dict[Hashable, int] = {}
    old = [numbers.setdefault(each, len(numbers)) for each in before]
    new = [numbers.setdefault(each, len(numbers)) for each in after]
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    pairs = _matches(old[head : ends[0]], new[head : ends[1]], effort)
    return _between([(head + i, head + j) for i, j in pairs], head, ends)


def _between(pairs: list[tuple[int, int]], head: int, ends: tuple[int, int]) -> list[Change]:
    """The changes between elements that are the same."""
    found = []
    i = j = head
    for at, new_at in [*pairs, ends]:
        if at > i or new_at > j:
            found.append(Change(i, at, j, new_at))
        i, j = at + 1, new_at + 1
    return found


def _common(old: list[int], new: list[int]) -> int:
    """How many elements are the same from the start on."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _matches(old: list[int], new: list[int], effort: int) -> list[tuple[int, int]]:
    """Pairs of places with the same element, rising on both sides; none where looking for them takes too long."""
    counts, new_counts = Counter(old), Counter(new)
    # What stands on one side only cannot match, and would make the search long.
    places = [at for at, each in enumerate(old) if each in new_counts]
    new_places = [at for at, each in enumerate(new) if each in counts]
    shared = (counts & new_counts).total()
    most = isqrt(2 * effort)
    if not shared or len(places) + len(new_places) - 2 * shared > most:
        return []
    rows = _rows([old[at] for at in places], [new[at] for at in new_places], most, effort)
    return [(places[i], new_places[j]) for i, j in _way(rows, len(places), len(new_places))]


def _rows(old: list[int], new: list[int], most: int, effort: int) -> list[list[int]]:
    """How far each number of changes reaches: row `d` has the furthest place in `old` for the diagonals -d, -d+2 … d.

    Empty if the ends are not reached within the effort.
    """
    size, new_size = len(old), len(new)
    effort += _FOR_EACH * (size + new_size)
    rows: list[list[int]] = []
    before: list[int] = []
    for d in range(most + 1):
        row: list[int] = []
        for i in range(d + 1):
            x = _start(before, i, d)
            y = x + d - 2 * i
            first = x
            while x < size and y < new_size and old[x] == new[y]:
                x += 1
                y += 1
            row.append(x)
            effort -= 1 + x - first
            if x >= size and y >= new_size:
                return [*rows, row]
            if effort < 0:
                return []
        rows.append(row)
        before = row
    return []


def _start(before: list[int], i: int, d: int) -> int:
    """Where the furthest way with `d` changes on the diagonal number `i` begins, right behind its last change."""
    if d == 0:
        return 0
    if i == 0:
        return before[0]
    if i == d:
        return before[i - 1] + 1
    return max(before[i - 1] + 1, before[i])


def _way(rows: list[list[int]], size: int, new_size: int) -> list[tuple[int, int]]:
    """The pairs that the shortest way leads through, read backwards from the end."""
    found: list[tuple[int, int]] = []
    x, k = size, size - new_size
    for d in range(len(rows) - 1, -1, -1):
        i = (k + d) // 2
        before = rows[d - 1] if d else []
        start = _start(before, i, d)
        found.extend((at, at - k) for at in range(x - 1, start - 1, -1))
        if d == 0:
            break
        came_by_removal = i == d or (i > 0 and before[i - 1] + 1 >= before[i])
        x, k = (start - 1, k - 1) if came_by_removal else (start, k + 1)
    return found[::-1]
