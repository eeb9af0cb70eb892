"""Lengths and ranges of one sentence that are equal: `for an hour, from 10:00 to 11:00` needs no other words.

Who writes both means one thing by them, whatever the words around them are.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from schemas.lengths import Length
from schemas.prose_times import Spot

_SLACK: Final = 1.0
_DAY: Final = 1440.0


def agreeing(
    lengths: list[tuple[Length, int, int]], ranges: list[tuple[Spot, Spot]], sentences: list[tuple[int, int]]
) -> frozenset[int]:
    """Where the lengths and the ranges begin that share a sentence and are equally long."""
    found: set[int] = set()
    for first, second in ranges:
        minutes = _minutes(first, second)
        within = next((each for each in sentences if each[0] <= first.start < each[1]), None)
        if minutes is None or within is None:
            continue
        for length, start, _ in lengths:
            if within[0] <= start < within[1] and abs(length.minutes - minutes) < _SLACK:
                found |= {first.start, start}
    return frozenset(found)


def _minutes(first: Spot, second: Spot) -> float | None:
    """How long a range is; over midnight where the days are not written."""
    begin, end = first.at, second.at
    if isinstance(begin, datetime) and isinstance(end, datetime):
        if (begin.tzinfo is None) != (end.tzinfo is None):
            begin, end = begin.replace(tzinfo=None), end.replace(tzinfo=None)
        minutes = (end - begin).total_seconds() / 60
    else:
        clocks = [
            each if isinstance(each, time) else each.time()
            for each in (begin, end)
            if isinstance(each, (time, datetime))
        ]
        if len(clocks) < 2:
            return None
        minutes = (
            sum(
                sign * (each.hour * 60 + each.minute + each.second / 60)
                for sign, each in zip((-1, 1), clocks, strict=True)
            )
            % _DAY
        )
    return minutes if minutes > 0 else None
