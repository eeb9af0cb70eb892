"""The time at the start of a line of a chat or a log: `14:05`, `[5/2 2:05 PM]`, `2024-05-02T14:05:33+03:00`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

from schemas import zones
from schemas.month_names import MONTH, WEEKDAY
from schemas.readers.source_records import Stamp
from schemas.zones import ABBREVIATIONS

_WEEKDAY: Final = rf"(?:{WEEKDAY})\.?,?"
_NAMED: Final = (
    rf"(?:(?:{MONTH})\.?\s{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?(?![\d:])"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?[\s-](?:{MONTH})\.?(?:,?[\s-]\d{{4}})?(?![\d:]))"
)
DAY: Final = (
    r"(?:\d{4}(?P<one>[-/.])\d{1,2}(?P=one)\d{1,2}"
    r"|\d{1,2}(?P<two>[-/.])\d{1,2}(?:(?P=two)(?:\d{4}|\d{2}))?(?![\d:])\.?"
    rf"|(?:{_WEEKDAY}\s)?{_NAMED}|(?:{_WEEKDAY}\s)?\d{{4}}-\d\d-\d\d|today|yesterday|hoy|ayer|hoje|ontem|heute|gestern"
    rf"|aujourd['’]hui|hier|{_WEEKDAY})"
)
"""A date in front of a clock."""
_CLOCK: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?(?![\d:])"
)
_ZONE: Final = (
    r"(?:\s?(?P<offset>Z|[+\-−]\d\d:?\d\d)(?!\w)"
    r"|\s\(?(?P<letters>(?-i:[A-Z]{2,4}))\)?(?=[\s\]):,|>–-]|$))?"
)
_WHEN: Final = rf"(?:(?P<day>{DAY})(?:,?\s(?:at|à|a|às|um|alle|las)\s|,\s?|[\sT]\s?))?{_CLOCK}{_ZONE}"
_STAMP: Final = re.compile(_WHEN, re.IGNORECASE)
_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?"
    r"(?:\s?(?:(Z|UTC\b)|([+-])(\d\d):?(\d\d)))?(?![\d:])"
)
_CTIME: Final = re.compile(rf"({_WEEKDAY}\s(?:{MONTH})\s{{1,2}}\d{{1,2}})\s{_CLOCK}\s(\d{{4}})(?!\d)", re.IGNORECASE)
_UNIX: Final = re.compile(r"(\d{10})\.(\d{3,9})(?!\d)")
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)


def take_stamp(text: str, at: int = 0) -> tuple[Stamp, int] | None:
    """The time that stands at a place in a line, and where it ends; None if none does."""
    if not text[at : at + 1].isalnum():
        return None
    if (iso := _ISO.match(text, at)) is not None:
        moment = _iso(iso)
        return (Stamp(iso.group(), at=moment), iso.end()) if moment is not None else None
    found = _STAMP.match(text, at)
    if found is None:
        return None
    clock = _clock(found)
    if clock is None:
        return None
    if (whole := _CTIME.match(text, at)) is not None:
        return Stamp(whole.group(), f"{whole[1]} {whole[whole.lastindex or 0]}", clock), whole.end()
    zone, end = None, found.end()
    if found["offset"]:
        zone = zones.resolve(found["offset"].upper())
    elif found["letters"] in ABBREVIATIONS:
        zone = _lettered(found["letters"])
    elif found["letters"]:
        end = len(text[: found.start("letters")].rstrip(" ("))
    half = found["half"] is not None
    return Stamp(text[at:end].strip(), (found["day"] or "").strip(" ,."), clock, zone, half=half), end


def take_iso(text: str) -> datetime | None:
    """The date-time that a whole text is, in the notation of ISO 8601 with seconds; None if it is none."""
    found = _ISO.fullmatch(text)
    return _iso(found) if found is not None else None


def take_epoch(text: str, at: int = 0) -> tuple[Stamp, int] | None:
    """The seconds since 1970 with a fraction that stand at a place in a line, and where they end."""
    found = _UNIX.match(text, at)
    if found is None:
        return None
    moment = _START + timedelta(seconds=int(found[1]), microseconds=int(found[2].ljust(6, "0")[:6]))
    return Stamp(found.group(), at=moment), found.end()


def _iso(found: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second = (int(found[i]) for i in range(1, 7))
    zone: tzinfo | None = UTC if found[8] else None
    if found[9]:
        minutes = int(found[10]) * 60 + int(found[11])
        zone = _offset(-minutes if found[9] == "-" else minutes)
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), int((found[7] or "").ljust(6, "0")[:6]), zone)
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _offset(minutes: int) -> tzinfo | None:
    return timezone(timedelta(minutes=minutes)) if abs(minutes) <= 14 * 60 else None


@lru_cache(maxsize=256)
def _lettered(letters: str) -> tzinfo | None:
    """The zone that letters behind a clock name, where they can mean one place only."""
    known = ABBREVIATIONS.get(letters)
    if known is None or known.ambiguous:
        return None
    return zones.resolve(known.zones[0]) if not known.minutes else timezone(timedelta(minutes=known.minutes))


def _clock(found: re.Match[str]) -> time | None:
    hour, half = int(found["hour"]), found["half"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half in "pP" else 0)
    second, fraction = min(int(found["second"] or 0), 59), int((found["fraction"] or "").ljust(6, "0")[:6])
    try:
        return time(hour, int(found["minute"]), second, fraction)
    except ValueError:
        return None
