"""A point in time as people know it: exact, about, between two times, only the day, only the clock, or unknown.

Instants are whole microseconds since 0001-01-01T00:00 UTC. Plain numbers keep arithmetic exact at both ends of the
calendar, where aware `datetime` values overflow, and make sorting and subtraction of thousands of events cheap.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal, NamedTuple

from schemas import zones
from schemas.patterns import late

When = datetime | date | time
"""A time as TOML can write it: offset or local date-time, local date, or local time."""

Precision = Literal["exact", "about", "between", "day", "unknown"]

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

ABOUT_MARGIN: Final = 15 * MINUTE
"""What "about" allows on either side when no margin is given."""

UNDATED_DAY: Final = date(1996, 1, 1)
"""The day that a story without any date is laid on. Never shown.

It is before any incident, but not before the zones had the clocks that they have today.
"""

SLIP: Final = timedelta(hours=3)
"""A clock that goes back by less than this did not pass midnight: two entries changed places, or one is mistyped."""

_MARGIN = late(r"(\d{1,9}(?:\.\d{1,9})?)\s*(s|m|min|h|d)")
_UNITS: Final = {"s": SECOND, "m": MINUTE, "min": MINUTE, "h": HOUR, "d": DAY}
_MIDNIGHT: Final = time()
_EPOCH: Final = datetime(1, 1, 1)
_LAST: Final = (date.max - date.min).days * DAY + DAY - 1


class Interval(NamedTuple):
    """The instants that a moment may have been, and the one to show. All in microseconds."""

    earliest: int
    latest: int
    nominal: int
    precision: Precision = "exact"

    @property
    def exact(self) -> bool:
        """Whether the moment is known to the instant."""
        return self.earliest == self.latest


class Duration(NamedTuple):
    """How long something took, in microseconds: `shortest` to `longest`, both 0 or more.

    `backwards` says that the end lies before the start, however the inexact times are read; such a length is a
    contradiction and prints as unknown.
    """

    shortest: int
    longest: int
    nominal: int
    about: bool = False
    backwards: bool = False

    @property
    def text(self) -> str:
        """`1h 24m`, `about 1h 24m`, `1h 00m–1h 30m`, or `unknown`: never more precise than what went in.

        "About" is said only where something is sure: a length that may as well be nothing prints its bounds.
        """
        if self.backwards:
            return "unknown"
        least, most = span_text(self.shortest), span_text(self.longest)
        if least == most:
            return least
        if self.about and self.shortest > 0:
            return f"about {span_text(self.nominal)}"
        return f"{least}–{most}"

    @property
    def minutes(self) -> tuple[float, float] | None:
        """(shortest, longest) in minutes, or None when the length contradicts itself."""
        if self.backwards:
            return None
        return self.shortest / MINUTE, self.longest / MINUTE


def between(start: Interval, end: Interval) -> Duration:
    """The time from one moment to another, as wide as what is known of both.

    Of all instants that the two may have been, those count in which the end does not come before the start.
    """
    longest = end.latest - start.earliest
    return Duration(
        shortest=max(0, end.earliest - start.latest),
        longest=max(0, longest),
        nominal=max(0, end.nominal - start.nominal),
        about=all(i.exact or i.precision == "about" for i in (start, end)),
        backwards=longest < 0,
    )


def span_text(length: int, *, short: bool = False) -> str:
    """A length as people write it: `45s`, `15m`, `1h 05m`, `20h 00m`, `4d 15h 00m`; `short` drops zero ends.

    Seconds count below ten minutes; above, what is over a whole minute is dropped. Days begin at 48 hours. A negative
    length has a minus sign in front.
    """
    if length < 0:
        return f"-{span_text(-length, short=short)}"
    seconds = round(length / SECOND)
    if seconds < 600 and seconds % 60:
        minutes, rest = divmod(seconds, 60)
        return f"{minutes}m {rest:02d}s" if minutes else f"{rest}s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes}m"
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24) if hours >= 48 else (0, hours)
    parts = [f"{days}d"] if days else []
    if hours or minutes or not short:
        parts.append(f"{hours}h")
    if minutes or not short:
        parts.append(f"{minutes:02d}m")
    return " ".join(parts)


def margin_length(margin: str) -> int | None:
    """A margin such as `15m`, `1.5h` or `2d` in microseconds, or None if it is not written so."""
    match = _MARGIN.fullmatch(margin.strip())
    return round(float(match[1]) * _UNITS[match[2]]) if match else None


def wall_instant(wall: datetime) -> int:
    """The microseconds of a wall clock, as if it stood at UTC."""
    return _microseconds(wall.replace(tzinfo=None) - _EPOCH)


def instant(moment: datetime, zone: tzinfo | None) -> int:
    """The instant of a date-time; a local one is read in `zone`, or at UTC if there is none.

    A local time that a clock change skips is read as if the clock had not changed yet; of one that comes twice the
    first is taken. (Both are told by a check.)
    """
    own = moment.tzinfo or zone
    wall = moment - _EPOCH if moment.tzinfo is None else moment.replace(tzinfo=None) - _EPOCH
    if own is not None:
        wall -= zones.offset_at(own, moment)
    return _microseconds(wall)


def wall_clock(at: int, zone: tzinfo | None) -> datetime:
    """The wall clock (naive) that shows an instant in a zone, held inside the calendar's years 1 to 9999."""
    utc = _EPOCH + timedelta(microseconds=min(max(at, 0), _LAST))
    if zone is None:
        return utc
    try:
        local = utc.replace(tzinfo=UTC).astimezone(zone)
        if 0 <= at <= _LAST:
            return local.replace(tzinfo=None, fold=0)
        offset = local.utcoffset() or timedelta()
    except OverflowError:
        # Within a day of either end of the calendar the zone's clock may stand outside of it while UTC does not.
        offset = zones.offset_at(zone, utc)
    return _EPOCH + timedelta(microseconds=min(max(at + _microseconds(offset), 0), _LAST))


def dated(at: When, day: date) -> datetime | date:
    """The moment with a date: a clock without one is laid on `day`."""
    return datetime.combine(day, at) if isinstance(at, time) else at


def interval(
    at: datetime | date,
    *,
    zone: tzinfo | None,
    latest: datetime | date | None = None,
    about: bool = False,
    margin: str = "",
) -> Interval:
    """What is known of a dated moment.

    `latest` makes it "between", whichever of the two is earlier; a plain date is its whole day in the zone; `about`
    and `margin` widen both sides.
    """
    start, last, precision = _bounds(at, zone)
    nominal = start
    if latest is not None:
        first, end, _ = _bounds(latest, zone)
        start, last, precision = min(start, first), max(last, end), "between"
        nominal = start
    spread = margin_length(margin) if margin else None
    if spread is None:
        spread = ABOUT_MARGIN if about or margin else 0
    if spread:
        if precision == "exact":
            precision = "about"
        start, last = start - spread, last + spread
    return Interval(start, last, nominal, precision)


def _bounds(at: datetime | date, zone: tzinfo | None) -> tuple[int, int, Precision]:
    if isinstance(at, datetime):
        start = instant(at, zone)
        return start, start, "exact"
    start = instant(datetime.combine(at, _MIDNIGHT), zone)
    if at == date.max:
        return start, start + DAY - 1, "day"
    following = instant(datetime.combine(at + timedelta(days=1), _MIDNIGHT), zone)
    # A place that moves across the date line skips a whole day, which is then no longer than its midnight.
    return start, max(start, following - 1), "day"


def _microseconds(length: timedelta) -> int:
    return (length.days * 86_400 + length.seconds) * SECOND + length.microseconds


def passes_midnight(before: time, clock: time) -> bool:
    """Whether a clock that follows another one in a story without dates stands on the next day."""
    if clock >= before:
        return False
    return datetime.combine(UNDATED_DAY, before) - datetime.combine(UNDATED_DAY, clock) >= SLIP
