"""Going to a time in the story: what a person types, read by the one reader of times, as an instant."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from msgspec.structs import replace

from schemas.entries import Entry
from schemas.moments import DAY, UNDATED_DAY, instant
from schemas.readings import Context, NotATime
from schemas.timeline import Timeline
from schemas.when import read_time


def instant_meant(text: str, context: Context, timeline: Timeline, here: Entry | None) -> int:
    """The instant that a typed time means, in microseconds (see `schemas.moments`).

    `timeline` has its clocks in the zone in which the time is read. `+2h` counts from `here`, `T+2h` from the start of
    the context; a clock without a date takes the day of the story on which it is nearest to `here`.

    Raises:
        NotATime: the text is none, or no event has a time; the message says what to write.
    """
    known = [entry for entry in timeline.timed if entry.wall is not None]
    if not known:
        raise NotATime("no event has a time yet; n and p go from one to the next")
    at = here if here is not None and here.start is not None else known[0]
    wall = at.wall or datetime.min
    undated = not at.dated
    context = replace(context, after=wall, own=wall, today=wall.date(), undated=undated)
    found = read_time(text, context).at
    if found is None:
        raise NotATime("write a time, such as 14:30, +2h or May 3 02:00")
    meant = _instant(found, timeline.zone)
    if not _is_clock_only(text, found, context):
        return meant
    here_at, start, end = (entry.start.nominal if entry.start else 0 for entry in (at, known[0], known[-1]))
    # The clock's days in the story, and those at its edges, where 00:10 after the last event at 23:50 belongs.
    days = range((start - meant) // DAY, (end - meant) // DAY + 2)
    candidates = [meant + number * DAY for number in days]
    within = [each for each in candidates if start <= each <= end]
    return min(within or candidates or [meant], key=lambda each: (abs(each - here_at), each < here_at))


def _is_clock_only(text: str, found: datetime | date | time, context: Context) -> bool:
    """Whether the text names no day: then it is read on another day where another one is at hand."""
    if isinstance(found, time):
        return True
    if not isinstance(found, datetime) or context.own is None:
        return False
    try:
        elsewhere = context.own + timedelta(days=7 if context.own.year < 9998 else -7)
        again = read_time(text, replace(context, own=elsewhere, today=elsewhere.date())).at
    except NotATime:
        return False
    return isinstance(again, datetime) and again != found


def _instant(found: datetime | date | time, zone: tzinfo | None) -> int:
    if isinstance(found, time):
        return instant(datetime.combine(UNDATED_DAY, found), zone)
    if not isinstance(found, datetime):
        return instant(datetime.combine(found, time()), zone)
    return instant(found, zone)
