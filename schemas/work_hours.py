"""Hours that count, such as those in which somebody is on support: `Mon-Fri 10:00-17:00 Europe/London`.

Hours stand on the wall: they move with the clocks of their zone. What lies within them is time that really passed, so
an hour that a clock change repeats counts twice, and one that it skips not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.moments import DAY, HOUR, MINUTE, SECOND, Duration, Interval, wall_clock, wall_instant
from schemas.patterns import late
from schemas.text import clean_line, shorten

DAY_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

EXAMPLE: Final = "Mon-Fri 10:00-17:00 Europe/London"
"""How hours are written."""

_WEEK: Final = 7 * DAY
_MOST_LETTERS: Final = 100

# No clock was ever moved before 1840; from 2100 on a zone's clocks follow one rule, and the calendar (weekdays too)
# repeats every 400 years. Until then two changes may be as close as four days, under a rule they are months apart.
_FIRST_CHANGE: Final = wall_instant(datetime(1840, 1, 1))
_SETTLED: Final = wall_instant(datetime(2100, 1, 1))
_CYCLE: Final = 146_097 * DAY
_STEP: Final = 3 * DAY
_SETTLED_STEP: Final = 20 * DAY


class WorkHours(Struct, frozen=True):
    """Weekly hours in a zone. `days` are 0 (Monday) to 6; `end` may be 24:00, given as midnight.

    Hours that end before they begin go past midnight and belong to the day on which they begin.
    """

    text: str
    days: frozenset[int]
    start: time
    end: time
    zone: tzinfo

    def between(self, start: Interval, end: Interval) -> Duration:
        """How much of the time from one moment to another lies within the hours, bounded as its ends are.

        Never longer than the time that passes. `backwards` is as in `schemas.moments.between`: by the clock, whether or
        not the two lie within the hours.
        """
        return Duration(
            shortest=self.worked(start.latest, end.earliest),
            longest=self.worked(start.earliest, end.latest),
            nominal=self.worked(start.nominal, end.nominal),
            about=all(moment.exact or moment.precision == "about" for moment in (start, end)),
            backwards=end.latest < start.earliest,
        )

    def worked(self, start: int, end: int) -> int:
        """The microseconds within the hours from one instant to another; 0 if it comes first.

        Costs no more for ten thousand years than for a few centuries.
        """
        return _worked(self, start, end) if start < end else 0

    def spans(self) -> tuple[tuple[int, int], ...]:
        """The hours of a week that begins on Monday at 00:00, in microseconds, in order, none past its end."""
        begin, over = _since_midnight(self.start), _since_midnight(self.end)
        found = []
        for day in self.days:
            if over > begin:
                found.append((day * DAY + begin, day * DAY + over))
            else:
                following = (day + 1) % 7 * DAY
                found += [(day * DAY + begin, (day + 1) * DAY), (following, following + over)]
        return tuple(sorted((first, last) for first, last in found if first < last))


def read_hours(text: str) -> WorkHours:
    """Hours as they are written: days, a range of clock times, a zone.

    `Mon-Fri 10:00-17:00 Europe/London`, `daily 08:00-20:00 UTC`, `Mon,Wed,Fri 9-17 +02:00`, `weekends 10am to 4pm UTC`,
    `Sun-Thu 22:00-06:00 Asia/Dubai`, `24h`.

    Raises:
        ValueError: they cannot be read; the message says what would be right.
    """
    said = " ".join(clean_line(text).split())
    if len(said) > _MOST_LETTERS:
        raise ValueError(f"these are too many words for hours; write them as {EXAMPLE}")
    if not (found := _HOURS.fullmatch(said)):
        raise ValueError(f"“{shorten(said, 40)}” is not how hours are written; write them as {EXAMPLE}")
    always = found["always"] is not None
    if found["days"] is None and not always:
        raise ValueError(f"“{said}” does not say on which days; write daily, or days such as Mon-Fri, in front")
    days = _days(found["days"] or "daily")
    start, end = (time(), time()) if always else _range(said, found["start"], found["end"])
    if not found["zone"] and not (always and len(days) == 7):
        raise ValueError(f"“{said}” does not say in which zone; write it behind the times, such as Europe/London")
    return WorkHours(said, days, start, end, _zone(found["zone"] or "UTC"))


_CLOCK: Final = r"\d{1,2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?"
_DAY: Final = r"[A-Za-z]{2,9}\.?"
_HOURS: Final = late(
    rf"""(?:(?P<days>{_DAY}(?:\s?(?:[-–,+&]|to|and|through)\s?{_DAY})*)\s)?
    (?:(?P<always>24\s?(?:h|hours)|24/7)|(?P<start>{_CLOCK})\s?(?:-|–|to|until)\s?(?P<end>{_CLOCK}))
    (?:\s(?P<zone>\S.*))?""",
    re.VERBOSE | re.IGNORECASE,
)
_GROUPS: Final = {
    "daily": range(7), "everyday": range(7), "always": range(7), "weekdays": range(5), "weekday": range(5),
    "weekends": range(5, 7), "weekend": range(5, 7),
}  # fmt: skip
_FULL_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _days(text: str) -> frozenset[int]:
    if (group := _GROUPS.get(text.lower())) is not None:
        return frozenset(group)
    found: set[int] = set()
    for part in re.split(r"\s?(?:[,+&]|\band\b)\s?", text):
        first, *rest = (_day(name) for name in re.split(r"\s?(?:[-–]|\bto\b|\bthrough\b)\s?", part))
        if len(rest) > 1:
            raise ValueError(f"“{part}” has more than two ends; write days as Mon-Fri or Mon,Wed")
        last = rest[0] if rest else first
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(found)


def _day(name: str) -> int:
    word = name.rstrip(".").lower()
    for number, full in enumerate(_FULL_NAMES):
        if len(word) >= 2 and full.startswith(word.removesuffix("s") if word.endswith("days") else word):
            return number
    if word in ("tues", "thur", "thurs"):  # all that is not simply the beginning of a name
        return 1 if word == "tues" else 3
    raise ValueError(f"“{name}” is no day; write {', '.join(DAY_NAMES)}, or daily")


def _range(said: str, first: str, last: str) -> tuple[time, time]:
    start, end = _clock(first), _clock(last)
    halves = sum("m" in clock.lower() for clock in (first, last))
    if halves == 1 or (first.isdigit() and last.isdigit() and end < start <= time(12) and end != time()):
        # 9-5 may be meant as a day's work, but says a night.
        raise ValueError(f"“{said}” does not say which half of the day; write both times as 09:00 or 17:30")
    if start == end and not (start == time() and last.startswith("24")):
        raise ValueError(f"“{said}” begins and ends at the same time; write 24h for the whole day")
    return start, end


def _clock(text: str) -> time:
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s?(?:([ap])\.?m\.?)?", text, re.IGNORECASE)
    hour, minute, half = (int(found[1]), int(found[2] or 0), (found[3] or "").lower()) if found else (99, 0, "")
    if half:
        hour = hour % 12 + 12 * (half == "p") if 1 <= hour <= 12 else 99
    if (hour, minute) == (24, 0):
        return time()
    if hour > 23 or minute > 59:
        raise ValueError(f"there is no time {text}; write it as 09:00 or 17:30, and the end of the day as 24:00")
    return time(hour, minute)


def _zone(name: str) -> tzinfo:
    known = zones.canonical_name(name)
    zone = zones.resolve(known) if known else None
    if zone is not None:
        return zone
    if (short := zones.ABBREVIATIONS.get(name.upper())) is not None:
        raise ValueError(f"{name} is no place; write one, such as {' or '.join(short.zones[:3])}")
    from difflib import get_close_matches  # late: most names are known

    # The place alone is what people remember, or misspell.
    by_place = {each.rpartition("/")[2].casefold(): each for each in zones.zone_names()}
    word = re.sub(r"\s+", "_", name).casefold()
    near = get_close_matches(word.rpartition("/")[2], by_place, 1, cutoff=0.75)
    meant = f"did you mean {by_place[near[0]]}?" if near else "write a place such as Europe/London, or UTC"
    raise ValueError(f"there is no zone {shorten(name, 40)}; {meant}")


def _since_midnight(clock: time) -> int:
    return clock.hour * HOUR + clock.minute * MINUTE + clock.second * SECOND + clock.microsecond


@lru_cache(maxsize=512)
def _worked(hours: WorkHours, start: int, end: int) -> int:
    total = 0
    if end - _CYCLE > (first := max(start, _SETTLED)):
        cycles = (end - first) // _CYCLE
        total += cycles * _worked(hours, _SETTLED, _SETTLED + _CYCLE)
        end -= cycles * _CYCLE
    spans = hours.spans()
    for first, last, offset in _same_offset(hours.zone, start, end):
        total += _on_the_wall(last + offset, spans) - _on_the_wall(first + offset, spans)
    return total


def _on_the_wall(wall: int, spans: tuple[tuple[int, int], ...]) -> int:
    """How much of the hours lies between the first Monday of the calendar and a wall clock that was never moved."""
    weeks, rest = divmod(wall, _WEEK)  # 1 January of the year 1 was a Monday
    whole = sum(last - first for first, last in spans)
    return weeks * whole + sum(min(rest, last) - first for first, last in spans if rest > first)


def _same_offset(zone: tzinfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The stretches from one instant to another in which the zone's clocks are not moved, each with their offset."""
    offset = _offset(zone, start)
    if isinstance(zone, timezone):
        yield start, end, offset
        return
    begun = start
    at = min(max(start, _FIRST_CHANGE), end)
    while at < end:
        following = min(at + (_STEP if at < _SETTLED else _SETTLED_STEP), end)
        if (after := _offset(zone, following)) != offset:
            changed = _change(zone, at, following, offset)
            yield begun, changed, offset
            begun, offset = changed, after
        at = following
    yield begun, end, offset


def _change(zone: tzinfo, before: int, after: int, offset: int) -> int:
    """The first instant at which the offset is another one; clocks are moved at whole seconds."""
    still, moved = before // SECOND, after // SECOND
    while moved - still > 1:
        middle = (still + moved) // 2
        if _offset(zone, middle * SECOND) == offset:
            still = middle
        else:
            moved = middle
    return moved * SECOND


def _offset(zone: tzinfo, at: int) -> int:
    utc = wall_clock(at, None)
    try:
        found = utc.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
    except OverflowError:  # within a day of either end of the calendar
        found = zones.offset_at(zone, utc)
    return (found.days * 86_400 + found.seconds) * SECOND + found.microseconds
