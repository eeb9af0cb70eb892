"""The zone that is written behind a time: `UTC`, `+03:00`, `GMT+2`, `(PST)`, `Africa/Nairobi`.

An abbreviation that several parts of the world use is asked about, unless the incident's own zone uses it. One that
was not in force on the day is read as the wall clock of its place, with a note: nobody in California means standard
time in June.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.dates import short_date
from schemas.patterns import late
from schemas.readings import Context, NotATime
from schemas.spelled_zones import take_spelled
from schemas.zones import ABBREVIATIONS, Abbreviation

_OFFSET: Final = r"[+\-−]\d{1,2}(?::?\d{2})?"
_NAMED = late(rf"\s{{0,3}}((?:UTC|GMT)\s?{_OFFSET})(?![\w:.]|\s?[ap]m)", re.IGNORECASE)
# `14:05 -03:00` is an offset, `14:05-15:00` and `14:05 - 15:00` are from one time to another; a plus is always one.
_BARE = late(r"(?:\s{0,3}(\+\d{1,2}:\d{2}|\+\d{4})|\s{1,3}([\-−]\d{2}:?\d{2}))(?![\w:.]|\s?[ap]m)")
_ATTACHED = late(rf"({_OFFSET})(?![\w:.])")
_SHORT_PLUS = late(r"\s{0,3}(\+\d{1,2})(?![\w:.])")
_PLACE = late(r"\s{0,3}([A-Z][A-Za-z0-9_+\-]{1,20}(?:/[A-Za-z0-9_+\-]{1,30}){1,2}|[A-Z]{3}\d[A-Z]{3})")
_ANY_PLACE = late(_PLACE.pattern, re.IGNORECASE)
_LETTERS = late(r"\s{0,3}([A-Z]{1,5})(?![\w/'’])")
_ANY_LETTERS = late(_LETTERS.pattern, re.IGNORECASE)
_PAIR = late(r"\s{0,3}([A-Z]{3,4})\s?/\s?([A-Z]{3,4})(?![\w/])")
_OPEN, _CLOSE = late(r"\s{0,3},?\s{0,3}[(\[]"), late(r"\s{0,3}[)\]]")
_FARTHEST: Final = 14 * 60


class ZoneWord(Struct, frozen=True):
    """A zone as it was written. `name` is set where it can stand in a file: an IANA name or an offset.

    `abbreviation` is set instead of `zone` where the meaning depends on the day and on the incident; `spelled` says
    that its name was written out, which means one place only.
    """

    written: str
    zone: tzinfo | None = None
    name: str = ""
    abbreviation: Abbreviation | None = None
    spelled: bool = False

    @property
    def is_place(self) -> bool:
        """Whether a place was named, which follows the seasons."""
        return "/" in self.name


def take_zone(text: str, pos: int, *, whole: bool, attached: bool = False) -> tuple[ZoneWord, int] | None:
    """The zone that stands at a position and where it ends, or None if none does.

    `whole` says that nothing but a time is expected, so that small letters count too; `attached` that the clock was
    written with its date, as in `2024-05-02T09:00-03`, where a minus is an offset.
    """
    if (opened := _OPEN.match(text, pos)) is not None:
        inner = _take(text, opened.end(), whole=False, attached=False)
        closed = _CLOSE.match(text, inner[1]) if inner else None
        return (inner[0], closed.end()) if inner and closed else None
    return _take(text, pos, whole=whole, attached=attached)


def _take(text: str, pos: int, *, whole: bool, attached: bool) -> tuple[ZoneWord, int] | None:
    if pos >= len(text):
        return None
    if (spelled := take_spelled(text, pos)) is not None:
        words, short, end = spelled
        if short.label == "UTC":
            return ZoneWord(words, zones.resolve("UTC"), "UTC"), end
        return ZoneWord(words, abbreviation=short, spelled=True), end
    for pattern in (_NAMED, _ATTACHED, _BARE) if attached else (_NAMED, _BARE):
        if (match := pattern.match(text, pos)) is not None:
            written = match[1] or match[2]
            zone = zones.resolve(written)
            if zone is None or abs(zones.offset_minutes(zone, datetime(2000, 1, 1))) > _FARTHEST:
                continue
            return ZoneWord(written, zone, offset_name(zone, datetime(2000, 1, 1))), match.end()
    if whole and (match := _SHORT_PLUS.match(text, pos)) is not None and int(match[1]) <= 14:
        zone = zones.resolve(match[1])
        if zone is not None:
            return ZoneWord(match[1], zone, offset_name(zone, datetime(2000, 1, 1))), match.end()
    if (match := (_ANY_PLACE if whole else _PLACE).match(text, pos)) is not None:
        name = zones.canonical_name(match[1]) if whole else match[1]
        if name and (zone := zones.resolve(name)) is not None:
            return ZoneWord(match[1], zone, name), match.end()
    return _pair(text, pos) or _letters(text, pos, whole)


def _pair(text: str, pos: int) -> tuple[ZoneWord, int] | None:
    """`PST/PDT`: the two names that one place has for its time in winter and in summer."""
    match = _PAIR.match(text, pos)
    if match is None:
        return None
    if {match[1], match[2]} == {"GMT", "BST"}:
        shared = ["Europe/London"]
    else:
        first, second = (ABBREVIATIONS.get(letters) for letters in match.groups())
        shared = [name for name in first.zones if name in second.zones] if first and second else []
    zone = zones.resolve(shared[0]) if shared else None
    return (ZoneWord(match.group().strip(), zone, shared[0]), match.end()) if zone else None


def _letters(text: str, pos: int, whole: bool) -> tuple[ZoneWord, int] | None:
    match = (_ANY_LETTERS if whole else _LETTERS).match(text, pos)
    if match is None:
        return None
    letters = match[1].upper()
    if letters in ("UTC", "GMT", "Z"):
        return ZoneWord(match[1], zones.resolve("UTC"), "UTC"), match.end()
    known = ABBREVIATIONS.get(letters)
    return (ZoneWord(match[1], abbreviation=known), match.end()) if known else None


def offset_name(zone: tzinfo, moment: datetime) -> str:
    """The zone's offset at a wall clock as a name: `+03:00`, or `UTC`."""
    minutes = zones.offset_minutes(zone, moment)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}" if minutes else "UTC"


def zone_for(word: ZoneWord, wall: datetime | None, context: Context) -> tuple[tzinfo, str, tuple[str, ...]]:
    """What a written zone means at a wall clock: the zone, the name it can have in a file, and doubts.

    `wall` is None where no date is known.

    Raises:
        NotATime: it can mean several places.
    """
    if word.zone is not None:
        return word.zone, word.name, ()
    short = word.abbreviation
    if short is None:
        raise NotATime(f"{word.written} is no time zone; write a name such as Africa/Nairobi or an offset")
    here = context.zone is not None and (context.zone_name in short.zones or uses(context.zone, short.label, wall))
    if context.zone is not None and here and (not word.spelled or context.zone_name in short.zones):
        return _at_place(short, context.zone, context.zone_name, wall)
    if short.ambiguous:
        raise NotATime(ambiguity(short))
    place = short.zones[0]
    zone = zones.resolve(place)
    if zone is None:
        raise NotATime(f"{short.label} is not known here; write an offset such as +03:00")
    return _at_place(short, zone, place, wall)


def ambiguity(short: Abbreviation) -> str:
    """What to say of an abbreviation that several places use."""
    places = [name.rsplit("/", 1)[-1].replace("_", " ") for name in short.zones]
    used = f"{', '.join(places[:-1])} and {places[-1]}"
    offset = "" if short.minutes is None else f" or {_offset(short.minutes)}"
    return f"{short.label} is used in {used}; write {short.zones[0]}{offset}"


def uses(zone: tzinfo, label: str, wall: datetime | None) -> bool:
    """Whether clocks in a zone go by a label in either half of the year."""
    year = wall.year if wall is not None and 1970 <= wall.year < 2037 else 2024
    return any(datetime(year, month, 1, tzinfo=zone).tzname() == label for month in (1, 7))


def _at_place(
    short: Abbreviation, zone: tzinfo, place: str, wall: datetime | None
) -> tuple[tzinfo, str, tuple[str, ...]]:
    if short.minutes is None or (wall is not None and zones.label_at(zone, wall) == short.label):
        return zone, place, ()
    fixed = timezone(timedelta(minutes=short.minutes))
    if wall is None:
        return fixed, _offset(short.minutes), ()
    actual = zones.label_at(zone, wall)
    if zones.offset_minutes(zone, wall) == short.minutes:
        return zone, place, ()
    return zone, place, (f"{short.label}, but {actual} was in force on {short_date(wall.date(), year=False)}",)


def _offset(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"
