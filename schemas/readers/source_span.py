"""The span of a source of which the entries were asked for: from one time to another, both included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from typing import TypeVar

from msgspec import Struct

from schemas import zones
from schemas.days import moved, short_date
from schemas.moments import When
from schemas.readers.found import Assumption
from schemas.readers.source_records import Asked
from schemas.readers.source_settling import Timed

_Clock = TypeVar("_Clock", datetime, time)


class Span(Struct, frozen=True):
    """From `since` to `until`, each None where the span is open; clocks by themselves in a source without days.

    Local times are of `zone`.
    """

    since: datetime | time | None = None
    until: datetime | time | None = None
    zone: tzinfo | None = None

    def holds(self, at: When | None) -> bool:
        """Whether a time lies in the span; what is not known to lie outside does."""
        if isinstance(at, time):
            return self._holds_clock(at)
        if not isinstance(at, datetime):
            return True
        after = not isinstance(self.since, datetime) or not _before(at, self.since, self.zone)
        return after and (not isinstance(self.until, datetime) or not _before(_whole(self.until), at, self.zone))

    def _holds_clock(self, at: time) -> bool:
        since = self.since if isinstance(self.since, time) else None
        until = _whole(self.until) if isinstance(self.until, time) else None
        if since is None or until is None:
            return (since is None or since <= at) and (until is None or at <= until)
        return since <= at <= until if since <= until else at >= since or at <= until


def span_of(times: Sequence[When | None], timed: Timed, asked: Asked) -> tuple[Span, list[Assumption]]:
    """The span that was asked for, and what was assumed: a clock is one of the day on which the entries begin."""
    zone = (zones.resolve(timed.zone_name) if timed.zone_name else None) or timed.zone
    since, until = asked.since, asked.until
    if not isinstance(since, time) and not isinstance(until, time):
        return Span(since, until, zone), []
    day, why = _day(times, asked, zone)
    if day is None:
        return Span(since, until, zone), []
    said = [f"{each:%H:%M}" for each in (since, until) if isinstance(each, time)]
    start = datetime.combine(day, since) if isinstance(since, time) else since
    begun = _shown(start, zone) if start is not None else datetime.combine(day, time())
    if isinstance(until, time):
        past_midnight = start is not None and until < begun.time()
        until = datetime.combine(moved(begun.date(), 1) if past_midnight else begun.date(), until)
    note = Assumption("date", f"{' and '.join(said)} {'are' if len(said) > 1 else 'is'} of {short_date(day)}, {why}")
    return Span(start, until, zone), [note]


def _day(times: Sequence[When | None], asked: Asked, zone: tzinfo | None) -> tuple[date | None, str]:
    if asked.date is not None:
        return asked.date, "as asked"
    first = next((at for at in times if isinstance(at, datetime)), None)
    if first is None:
        return None, ""
    return _shown(first, zone).date(), "the day of the first entry"


def _shown(moment: datetime, zone: tzinfo | None) -> datetime:
    """The wall clock of a moment."""
    try:
        return (moment.astimezone(zone) if moment.tzinfo is not None and zone is not None else moment).replace(
            tzinfo=None
        )
    except OverflowError:
        return moment.replace(tzinfo=None)


def _whole(until: _Clock) -> _Clock:
    """The end of the minute that was named: `16:30` has what was written in it."""
    if until.second or until.microsecond:
        return until
    return until.replace(second=59, microsecond=999_999)


def _before(one: datetime | time, other: datetime, zone: tzinfo | None) -> bool:
    assert isinstance(one, datetime)
    if (one.tzinfo is None) == (other.tzinfo is None):
        return one < other
    own = zone or UTC
    try:
        return _aware(one, own) < _aware(other, own)
    except OverflowError:
        return False


def _aware(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
