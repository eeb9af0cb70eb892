"""When the clocks of a place change: summer time, and everything else that moves a zone's offset from UTC.

`zoneinfo` tells the offset at a time but not when the next one begins, so a year is searched once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final

from msgspec import Struct

from schemas.moments import DAY, SECOND, instant, wall_instant

YEARS_AT_MOST: Final = 60
"""Over more years than this nobody asks for every change of the clocks."""

_EPOCH: Final = datetime(1, 1, 1)


class ClockChange(Struct, frozen=True):
    """The instant of a change (microseconds, the first one at the new offset), and the offsets around it likewise."""

    at: int
    before: int
    after: int

    @property
    def step(self) -> int:
        """By how much the clocks went forward (above 0) or back (below), in microseconds."""
        return self.after - self.before

    @property
    def wall(self) -> datetime:
        """What the clocks showed when they were changed, such as 02:00 in spring and 03:00 in autumn in Berlin."""
        return _EPOCH + timedelta(microseconds=self.at + self.before)


def offset_of(zone: tzinfo, at: int) -> int:
    """The zone's offset from UTC at an instant, both in microseconds; 0 where it would leave the calendar."""
    try:
        there = (_EPOCH + timedelta(microseconds=at)).replace(tzinfo=UTC).astimezone(zone)
    except OverflowError:
        return 0
    offset = there.utcoffset() or timedelta()
    return (offset.days * 86_400 + offset.seconds) * SECOND


@lru_cache(maxsize=256)
def changes_in(zone: tzinfo, year: int) -> tuple[ClockChange, ...]:
    """The changes of a zone's clocks in a year (by UTC), in order."""
    start = wall_instant(datetime(year, 1, 1))
    days = 366 if year < 9999 else 364
    known = offset_of(zone, start) if year > 1 else offset_of(zone, start + DAY)
    found = []
    for day in range(1 if year > 1 else 2, days + 1):
        offset = offset_of(zone, start + day * DAY)
        if offset != known:
            low, high = start + (day - 1) * DAY, start + day * DAY
            while high - low > SECOND:
                middle = low + (high - low) // (2 * SECOND) * SECOND
                low, high = (middle, high) if offset_of(zone, middle) == known else (low, middle)
            found.append(ClockChange(high, known, offset))
            known = offset
    return tuple(found)


def changes_between(zone: tzinfo, start: int, end: int) -> tuple[ClockChange, ...]:
    """The changes after one instant and up to another, both in microseconds; none over very long times."""
    first, last = _year(start), _year(end)
    if first == last:
        return tuple([change for change in changes_in(zone, first) if start < change.at <= end])
    if last - first > YEARS_AT_MOST:
        return ()
    years: Iterable[int] = range(first, last + 1)
    # Years overlap by a day, since not every one has 366.
    known = dict.fromkeys(change for year in years for change in changes_in(zone, year))
    return tuple(change for change in known if start < change.at <= end)


def jump_at(zone: tzinfo, wall: datetime) -> int:
    """How far the clocks jump at a local time, in microseconds: above 0 where it is skipped, below where it is twice.

    0 for all others, which are nearly all.
    """
    first, second = (instant(wall.replace(fold=0, tzinfo=None), zone), _second_reading(zone, wall))
    return first - second


def _second_reading(zone: tzinfo, wall: datetime) -> int:
    try:
        offset = wall.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    except (OverflowError, ValueError):
        offset = timedelta()
    return wall_instant(wall) - (offset.days * 86_400 + offset.seconds) * SECOND


def _year(at: int) -> int:
    return min(9999, max(1, (_EPOCH + timedelta(microseconds=min(max(at, 0), _LAST))).year))


_LAST: Final = wall_instant(datetime.max)
