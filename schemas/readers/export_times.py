"""Times as our own documents print them, read back (see `schemas.writers.times`)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, Final

from schemas.moments import When

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY: Final = rf"[A-Z][a-z]{{2}} \d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}"
_CLOCK: Final = r"\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?"
_OFFSET: Final = r"(?: UTC(?:[+-]\d\d:\d\d)?)?"
_ON: Final = r"(?: \([+-]\d+ days?\))?"
_END: Final = rf"(?:{_DAY}(?: {_CLOCK}{_OFFSET})?|{_CLOCK}{_OFFSET}{_ON})"
_TIME: Final = re.compile(
    rf"(?:between (?P<rough>about )?(?P<first>{_END}) and (?P<last>{_END})|day only|(?P<day>about this day)"
    rf"|(?P<about>about )?(?P<clock>{_CLOCK}{_OFFSET}){_ON})"
    rf"(?: to (?P<until>{_END}))?(?: \(± (?P<margin>.*)\))?(?P<assumed> †)?"
)
_ONE: Final = re.compile(
    rf"(?P<day>{_DAY})?(?: ?(?P<clock>{_CLOCK})(?P<offset>{_OFFSET}){_ON})?"
)  # fmt: skip
_MOMENT: Final = re.compile(
    rf"(?P<date>\d{{4}}-\d\d-\d\d)?(?: ?(?P<clock>{_CLOCK})(?: (?P<offset>UTC(?:[+-]\d\d:\d\d)?))?)?"
)
_LENGTH: Final = re.compile(r"(?=\d)(?:(\d+)d ?)?(?:(\d+)h ?)?(?:(\d+)m ?)?(?:(\d+)s)?|(-?[\d,.e+]+) minutes")


def day_of(text: str) -> date | None:
    """The day of a heading: `Thu 2 May 2024`."""
    if not re.fullmatch(_DAY, text):
        return None
    _, day, month, year = text.split()
    try:
        return date(int(year), _MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def reads_as_time(text: str) -> bool:
    """Whether a text is written like the times of our timelines."""
    return _TIME.fullmatch(text) is not None


def fields_of(text: str, day: date | None, zone: tzinfo | None) -> dict[str, Any] | None:
    """The fields of an event's time from the words in its row; None where they are none of ours.

    `day` is that of the heading above, None in a story without dates; `zone` the one the table's times are in.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    if found["assumed"]:
        zone = None  # the record has a clock and no more
    base = None if found["assumed"] else day
    fields: dict[str, Any] = {}
    if found["first"]:
        fields["at"] = _end(found["first"], base, zone)
        fields["latest"] = _end(found["last"], base, zone)
    elif found["clock"]:
        fields["at"] = _end(found["clock"], base, zone)
    elif day is None:
        return None
    else:
        fields["at"] = day
    if found["until"]:
        fields["until"] = _end(found["until"], base, zone)
    if any(fields[name] is None for name in fields):
        return None
    if found["assumed"] and day is not None:
        _lay(fields, found, day)
    if found["margin"]:
        fields["margin"] = found["margin"]
    elif found["rough"] or found["day"] or found["about"]:
        fields["about"] = True
    return fields


def _lay(fields: dict[str, Any], found: re.Match[str], day: date) -> None:
    """Let an end have a date where a clock alone would be taken for that of another day (see `schemas.entries`)."""
    start = fields["at"]
    for name, group in (("latest", "last"), ("until", "until")):
        if name not in fields or not isinstance(start, time):
            continue
        end = _end(found[group], day, None)
        if not isinstance(end, datetime):
            continue
        days = (end.date() - day).days
        fields[name] = end.time() if days == (end.time() < start) else end


def _end(text: str, day: date | None, zone: tzinfo | None) -> When | None:
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    if found["day"]:
        day = day_of(found["day"])
        if day is None:
            return None
    if not found["clock"]:
        return day
    try:
        clock = time.fromisoformat(_six(found["clock"]))
    except ValueError:
        return None
    return clock if day is None else _at(day, clock, found["offset"].strip(), zone)


def moment_of(text: str, zone: tzinfo | None) -> When | None:
    """A moment by itself: `2024-05-02 09:00`, with its offset where there is no zone, `2024-05-02`, `09:00`."""
    found = _MOMENT.fullmatch(text)
    if found is None or not text:
        return None
    try:
        day = date.fromisoformat(found["date"]) if found["date"] else None
        clock = time.fromisoformat(_six(found["clock"])) if found["clock"] else None
    except ValueError:
        return None
    if day is None or clock is None:
        return clock if day is None else day
    return _at(day, clock, found["offset"] or "", zone)


def _six(clock: str) -> str:
    """A clock with all figures of its fraction, which Python 3.10 and many others want."""
    whole, _, fraction = clock.partition(".")
    return f"{whole}.{fraction:0<6}" if fraction else whole


def _at(day: date, clock: time, offset: str, zone: tzinfo | None) -> datetime:
    """A date-time with its offset where one is known."""
    wall = datetime.combine(day, clock)
    if offset:
        return wall.replace(tzinfo=offset_of(offset))
    if zone is None:
        return wall
    shift, later = zone.utcoffset(wall), zone.utcoffset(wall.replace(fold=1))
    if shift is None or shift != later or shift % timedelta(minutes=1):
        # No clock shows a time that is skipped; one that comes twice has its offset, where the record had one; and no
        # file holds an offset with seconds.
        return wall
    return wall.replace(tzinfo=timezone(shift))


def offset_of(text: str) -> timezone:
    """The offset that `UTC`, `UTC+03:00` or `UTC-03:30` names."""
    if len(text) < 9:
        return timezone(timedelta())
    length = timedelta(hours=int(text[4:6]), minutes=int(text[7:9]))
    return timezone(-length if text[3] == "-" else length)


def minutes_of(text: str) -> float | None:
    """The minutes of a printed length: `4h 30m`, `45s`, `1,250 minutes`."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return None
    if found[5]:
        try:
            amount = float(found[5].replace(",", ""))
        except ValueError:
            return None
    else:
        days, hours, minutes, seconds = (int(found[at] or 0) for at in range(1, 5))
        amount = days * 1440 + hours * 60 + minutes + seconds / 60
    return int(amount) if amount == int(amount) else amount
