"""Where a clock belongs in the calendar: on which day of the story, at which offset from UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.clocks import Clock
from schemas.dates import Day, short_date
from schemas.lengths import Span
from schemas.moments import When, passes_midnight
from schemas.readings import Context, NotATime
from schemas.zone_words import ZoneWord, uses, zone_for

NEXT_DAY: Final = "next day, because the story moves forward"
SAME_DAY: Final = "same day, a little before the event above"
TODAY: Final = "today's date"


class Point(Struct, frozen=True):
    """One time as it was written, in its parts; at least a day or a clock."""

    day: Day | None = None
    clock: Clock | None = None
    zone: ZoneWord | None = None


class Placed(Struct, frozen=True):
    """A time in the calendar. `wall` is its wall clock in the zone it was written in, None for a day or a clock.

    `keeps_words` says that a zone was named by letters or words that its offset alone would lose.
    """

    at: When
    wall: datetime | None = None
    zone: str = ""
    assumed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    keeps_words: bool = False


def place(point: Point, context: Context) -> Placed:
    """The calendar time of a written one; what it leaves out is taken from the context.

    Raises:
        NotATime: it lies outside the years 1 to 9999, or its zone can mean several places.
    """
    day, clock = point.day, point.clock
    if clock is None:
        if day is None:
            raise NotATime("write a time, such as 14:05")
        name = _zone(point, datetime.combine(day.date, time()), context)[1]
        return Placed(day.date, None, _if_other(name, context), _some(day.assumed), day.notes)
    bare = time(clock.hour, clock.minute, clock.second, clock.microsecond)
    if day is None and context.clocks_only:
        _, name, notes = _zone(point, None, context)
        return Placed(bare, None, _if_other(name, context), (), (*clock.notes, *notes), _labelled(point, context))
    if day is None:
        day = _story_day(point, clock, bare, context)
    try:
        wall = datetime.combine(day.date, bare) + timedelta(days=clock.day_after)
    except OverflowError:
        raise NotATime("that is beyond the year 9999") from None
    zone, name, doubts = _zone(point, wall, context)
    at, clock_doubts = at_offset(wall, zone)
    place_name = _if_other(name, context) if point.zone is not None and point.zone.is_place else ""
    notes = (*day.notes, *clock.notes, *doubts, *clock_doubts)
    return Placed(at, wall, place_name, _some(day.assumed), notes, _labelled(point, context))


def counted(start: datetime, span: Span, sign: int, context: Context) -> When:
    """The time that lies a length after (or with `sign` -1 before) a wall clock in the incident's zone.

    Days are counted by the calendar, shorter lengths by what passes: +3h across a change of clocks is three hours.

    Raises:
        NotATime: it lies outside the years 1 to 9999.
    """
    try:
        moved = start + sign * timedelta(days=span.days)
        if context.undated:
            return (moved + sign * span.rest).time()
        if context.zone is None:
            return moved + sign * span.rest
        instant = moved.replace(tzinfo=context.zone).astimezone(UTC) + sign * span.rest
        there = instant.astimezone(context.zone)
    except (OverflowError, ValueError):
        raise NotATime("that lies outside the years 1 to 9999") from None
    return _fixed(there.replace(tzinfo=None), there.utcoffset() or timedelta())


def at_offset(wall: datetime, zone: tzinfo | None) -> tuple[datetime, tuple[str, ...]]:
    """A wall clock at its zone's offset on that day, with a note where the clock skipped or repeated it.

    A skipped time is read at the offset before the change, which makes it the later one; of two, it is the first.
    """
    if zone is None:
        return wall, ()
    try:
        first = wall.replace(tzinfo=zone, fold=0).utcoffset() or timedelta()
        second = wall.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    except (OverflowError, ValueError):
        return _fixed(wall, timedelta()), ()
    if first == second:
        return _fixed(wall, first), ()
    shown = f"{wall:%H:%M} on {short_date(wall.date())}"
    if first > second:
        return _fixed(wall, first), (f"{shown} came twice, when clocks went back; this is the first",)
    later = wall + (second - first)
    return _fixed(later, second), (f"{shown} did not exist, as clocks went forward; read as {later:%H:%M}",)


def _story_day(point: Point, clock: Clock, bare: time, context: Context) -> Day:
    """The day that a clock takes: the event's own, else one that follows the event before, else today."""
    after = context.own or context.after
    if after is None:
        return Day(context.today or date.min, TODAY)
    if point.zone is not None and context.zone is not None:
        zone, _, _ = _zone(point, datetime.combine(after.date(), bare), context)
        after = _seen_from(after, context.zone, zone)
    if context.own is not None:
        return Day(after.date())
    # The minute of the event before is not in the past, however many seconds of it had passed.
    shown = after.time().replace(microsecond=after.microsecond if clock.microsecond else 0)
    if clock.day_after or bare >= (shown if clock.to_the_second else shown.replace(second=0)):
        return Day(after.date())
    if not passes_midnight(shown, bare):
        return Day(after.date(), SAME_DAY)
    try:
        return Day(after.date() + timedelta(days=1), NEXT_DAY)
    except OverflowError:
        return Day(after.date())


def _seen_from(wall: datetime, here: tzinfo, there: tzinfo | None) -> datetime:
    try:
        return wall.replace(tzinfo=here).astimezone(there).replace(tzinfo=None)
    except (OverflowError, ValueError):
        return wall


def _zone(point: Point, wall: datetime | None, context: Context) -> tuple[tzinfo | None, str, tuple[str, ...]]:
    if point.zone is None:
        return context.zone, "", ()
    return zone_for(point.zone, wall, context)


def _labelled(point: Point, context: Context) -> bool:
    """Whether the zone was named by letters or words which the incident's own zone does not go by."""
    word = point.zone
    if word is None or word.abbreviation is None:
        return False
    return context.zone is None or not uses(context.zone, word.abbreviation.label, None)


def _if_other(name: str, context: Context) -> str:
    return "" if name == context.zone_name else name


def _some(words: str) -> tuple[str, ...]:
    return (words,) if words else ()


def _fixed(wall: datetime, offset: timedelta) -> datetime:
    # TOML writes offsets in whole minutes; those of the 19th century had seconds.
    minutes = round(offset.total_seconds() / 60)
    return wall.replace(tzinfo=timezone(timedelta(minutes=minutes)), fold=0)


def following_day(day: Day, days: int) -> Day:
    """The day so many days on; the same one at the end of the calendar."""
    try:
        return replace(day, date=day.date + timedelta(days=days))
    except OverflowError:
        return day
