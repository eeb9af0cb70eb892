"""Times and numbers as they are printed in a document: plain text, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from schemas import zones
from schemas.entries import Entry
from schemas.incident import Event, Impact, Incident
from schemas.moments import (
    ABOUT_MARGIN,
    MINUTE,
    UNDATED_DAY,
    When,
    interval,
    margin_length,
    span_text,
    wall_clock,
    wall_instant,
)
from schemas.timeline import Timeline

UNKNOWN: Final = "—"
"""What stands for a time that nobody knows."""

ASSUMED_MARK: Final = "†"
"""Marks a time whose date was taken from its neighbours."""

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day: date) -> str:
    """`Thu 2 May 2024`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year:04d}"


def clock_text(clock: datetime | time) -> str:
    """`09:00`, with seconds and fractions only where there are any."""
    shown = f"{clock.hour:02d}:{clock.minute:02d}"
    if clock.second or clock.microsecond:
        shown += f":{clock.second:02d}"
    if clock.microsecond:
        shown += f".{clock.microsecond:06d}".rstrip("0")
    return shown


def moment_text(moment: When, zone: tzinfo | None) -> str:
    """A moment by itself: `2024-05-02 09:00`, `2024-05-02` or `09:00`, with its offset only if there is no zone."""
    if isinstance(moment, time):
        return clock_text(moment)
    if not isinstance(moment, datetime):
        return moment.isoformat()
    offset = ""
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(zone or moment.tzinfo)
        except OverflowError:
            zone = None
        if zone is None and moment.tzinfo is not None:
            offset = " " + _offset_text(zones.offset_minutes(moment.tzinfo, moment))
        else:
            offset = _told_apart(moment.replace(tzinfo=None), moment.utcoffset(), zone)
    return f"{moment.date().isoformat()} {clock_text(moment)}{offset}"


def _told_apart(wall: datetime, shift: timedelta | None, zone: tzinfo | None) -> str:
    """The offset of a clock that comes twice because the clocks are put back; else nothing."""
    if zone is None or shift is None:
        return ""
    try:
        first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    except (OverflowError, ValueError):
        return ""
    twice = first is not None and second is not None and first > second
    return f" {_offset_text(round(shift.total_seconds() / 60))}" if twice else ""


def _shown_clock(moment: When | None, wall: datetime, at: int, zone: tzinfo | None) -> str:
    """The clock of a wall time at an instant, with its offset where the record has one and the clock comes twice."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return clock_text(wall)
    return clock_text(wall) + _told_apart(wall, timedelta(microseconds=wall_instant(wall) - at), zone)


def time_text(entry: Entry, zone: tzinfo | None) -> str:
    """When an event happened, as precisely as it is known and no more; its day is named by what stands around it.

    `09:00`, `about 09:00 (± 10m)`, `between 09:00 and 10:00`, `23:30 to Fri 3 May 2024 00:15`, `day only`. Without any
    time the document's own words, or a dash.
    """
    event, wall = entry.event, entry.wall
    if entry.start is None or wall is None:
        return event.as_written or UNKNOWN
    day = wall.date()
    about = "about " if event.about or event.margin else ""
    if event.latest is not None:
        # The interval is wider than the two times by the margin, which is said in words.
        spread = _spread(event)
        first, last = entry.start.earliest + spread, entry.start.latest - spread
        earlier, later = _ends(event, first, last, zone)
        shown = (
            f"between {about}{_end_text(earlier, first, zone, day, entry.dated)}"
            f" and {_end_text(later, last, zone, day, entry.dated)}"
        )
    elif entry.precision == "day":
        shown = f"{about}this day" if about else "day only"
    else:
        shown = f"{about}{_shown_clock(event.at, wall, entry.start.nominal, zone)}"
        if not entry.dated and day != UNDATED_DAY:
            shown += f" ({_days_on(day)})"
    if event.until is not None and entry.end is not None:
        shown += f" to {_end_text(event.until, entry.end.nominal, zone, day, entry.dated)}"
    if event.margin:
        shown += f" (± {event.margin})"
    return f"{shown} {ASSUMED_MARK}" if entry.assumed else shown


def _ends(event: Event, first: int, last: int, zone: tzinfo | None) -> tuple[When | None, When | None]:
    """Which of an event's two times its interval begins with, and which it ends with: a file may name the later first.

    A clock takes its date from what stands around it; it is an end where the other time is none.
    """
    own = (zones.resolve(event.zone) if event.zone else None) or zone
    at, latest = (
        None if moment is None or isinstance(moment, time) else interval(moment, zone=own)
        for moment in (event.at, event.latest)
    )
    if at is not None and at.earliest == first:
        earlier = event.at
    else:
        earlier = event.latest if latest is not None and latest.earliest == first else event.at
    if latest is not None and latest.latest == last:
        later = event.latest
    else:
        later = event.at if at is not None and at.latest == last else event.latest
    return earlier, later


def _spread(event: Event) -> int:
    """What an event's margin adds to either side of its interval, in microseconds (see `schemas.moments.interval`)."""
    margin = margin_length(event.margin) if event.margin else None
    if margin is None:
        return ABOUT_MARGIN if event.about or event.margin else 0
    return margin


def _end_text(moment: When | None, at: int, zone: tzinfo | None, day: date, dated: bool) -> str:
    """One end of a stretch of time; its day is named where it is not the day of the event."""
    wall = wall_clock(at, zone)
    clock = _shown_clock(moment, wall, at, zone)
    if isinstance(moment, date) and not isinstance(moment, datetime):
        return day_text(wall.date())
    if wall.date() == day:
        return clock
    if dated or not isinstance(moment, time):
        return f"{day_text(wall.date())} {clock}"
    return f"{clock} ({_days_on(wall.date())})"


def _days_on(day: date) -> str:
    days = (day - UNDATED_DAY).days
    return f"{days:+d} day{'s' if abs(days) != 1 else ''}"


def zone_text(incident: Incident, timeline: Timeline) -> str:
    """A sentence that says which zone the times of a timeline are in; empty if it has no times."""
    timed = timeline.timed
    if not timed:
        return ""
    unknown = f"“{incident.zone}” is not a known time zone. " if incident.zone and not _known(incident) else ""
    if timeline.zone is None:
        return unknown + ("Times are as written." if unknown else "No time zone is known; times are as written.")
    walls = [entry.wall for entry in timed if entry.wall and entry.dated]
    if timeline.zone_assumed:
        offset = ", ".join(_labels(timeline.zone, walls)) or "the offset"
        return (
            f"{unknown or 'No time zone is known. '}All times at {offset}, the offset of the first time that has one."
        )
    labels = "; ".join(label for label in _labels(timeline.zone, walls) if label != incident.zone)
    return f"All times in {incident.zone} ({labels})." if labels else f"All times in {incident.zone}."


def _known(incident: Incident) -> bool:
    return zones.resolve(incident.zone) is not None


def _labels(zone: tzinfo, walls: Iterable[datetime]) -> list[str]:
    """What the zone is called at these times, each once: `EAT, UTC+03:00`."""
    found: dict[tuple[str, int], None] = {}
    for wall in walls:
        found.setdefault((zones.label_at(zone, wall), zones.offset_minutes(zone, wall)))
    labels = []
    for name, minutes in found:
        offset = _offset_text(minutes)
        named = name not in ("", "UTC") and not name.startswith("UTC+") and not name.startswith("UTC-")
        labels.append(f"{name}, {offset}" if named else offset)
    return labels


def _offset_text(minutes: int) -> str:
    if not minutes:
        return "UTC"
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def number_text(number: int | float) -> str:
    """`950`, `1,250`, `0.5`; a float that is whole loses its `.0`."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e15:
        number = int(number)
    return f"{number:,}" if abs(number) >= 1000 else str(number)


def minutes_text(minutes: int | float) -> str:
    """A length given in minutes: `4h 30m`; one that no calendar holds as its number."""
    if 0 <= minutes < 1e10:
        return span_text(round(minutes * MINUTE))
    return f"{number_text(minutes)} minutes"


def amount_text(impact: Impact) -> str:
    """How much was affected: `about 18 of 24 developers (75%)`, `40%`, or only `of 24 developers`."""
    words = ["about"] if impact.about and impact.amount is not None else []
    percent = impact.unit.startswith("%")
    if impact.amount is not None:
        words.append(number_text(impact.amount) + (impact.unit if percent else ""))
    if impact.total is not None:
        words += ["of", number_text(impact.total)]
    if impact.unit and not (percent and impact.amount is not None):
        words.append(impact.unit)
    share = _share(impact.amount, impact.total) if impact.amount is not None and impact.total and not percent else ""
    return " ".join(words) + share


def _share(amount: int | float, total: int | float) -> str:
    """A part of a whole in per cent, never rounded up to all or down to nothing."""
    if not 0 <= amount <= total:
        return ""
    try:
        share = 100 * (amount / total)
    except OverflowError:
        return ""
    if share in (0, 100):
        return f" ({share:.0f}%)"
    if share < 0.1 or share > 99.9:
        return " (under 0.1%)" if share < 0.1 else " (over 99.9%)"
    return f" ({share:.1f}%)" if share < 1 or share > 99 else f" ({share:.0f}%)"
