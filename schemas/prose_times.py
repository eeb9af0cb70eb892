"""Times and ranges of times in sentences: `at 14:20`, `from 10:00 AM to 12:30 PM (EAT)`, `May 3, 2024, 2 PM – 5 PM`.

The notations are those of `schemas.clocks`, `schemas.dates` and `schemas.zone_words`. What cannot be read, or can mean
two days, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas import zones
from schemas.clocks import Clock, take_clock
from schemas.dates import take_date
from schemas.moments import When
from schemas.patterns import late
from schemas.readings import Context, NotATime
from schemas.zone_words import ZoneWord, take_zone

_CLOCK_MAY_BEGIN = late(
    r"(?<![\w:.,/%$€£+\-–])(?:(?:T(?=\d\d:))?\d{1,2}(?::\d\d|\.\d\d|h\d\d\b|:?\s?[ap]\.?\s?m\b)"
    r"|\d{4}\s?(?:hrs?|hours|h|Z|UTC|GMT)\b"
    r"|\d{1,2}(?=\s?(?:-|–|—|to|and|until)\s?\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b)|noon\b|midday\b|midnight\b)"
    r"|(?<=[\dmM\s][-–—])\d{1,2}(?::\d\d|\s?[ap]\.?m\b)|(?<=\d\dT)\d\d:\d\d",
    re.IGNORECASE,
)
_LIKE_A_CLOCK = late(
    # Begins with a plain choice of characters, by which a text without any of them is passed at once.
    r"[\dmMnN](?:(?<=\d)(?i:[:.h]\d|\s?(?:[:.]?\s?[ap]\.?\s?m|hrs?\b|hours|h\b|z\b|utc|gmt))"
    r"|(?<=[nN])(?i:oon)|(?<=[mM])(?i:id(?:day|night)))"
)
_MONTHS: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_DATE_MAY_BEGIN = late(
    rf"(?<![\w:/.\-])(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}\b"
    rf"|(?:{_MONTHS})\.?\s{{0,3}}\d{{1,2}}(?!\d|:)|\d{{1,2}}(?:st|nd|rd|th)?[\s/\-]{{1,3}}(?:of\s)?(?:{_MONTHS})\b)",
    re.IGNORECASE,
)
_BEFORE_DOTTED = late(
    r"(?:\b(?:at|from|between|to|until|till|and|um|von|bis|à|às|las)\s|\d\s?[-–—]\s?)$", re.IGNORECASE
)
_BARE_HOUR = late(r"\d{1,2}(?=\s?(?:-|–|—|to|and|until)\s)|\d{1,2}(?=[-–—])", re.IGNORECASE)
_DATE_TO_CLOCK = late(
    r"[\s,]{0,4}(?:at\b|@|[-–—|·:(]|T)?\s{0,3}(?:about\s|around\s|approximately\s|~\s?)?", re.IGNORECASE
)
_CLOCK_TO_DATE = late(r"[\s,]{1,4}(?:on\s{1,3}(?:the\s)?|of\s{1,3}|del?\s|du\s|am\s)?", re.IGNORECASE)
_NEXT = late(
    r"[\s,*_]{0,6}(?:-{1,2}|[–—−]|=>|->|→|\bto\b|\band\b|\buntil\b|\btill?\b|\bthrough\b|\bà\b|\ba\b|\by\b|\be\b|\bet\b"
    r"|\bas\b|\bàs\b|\bau?\b|\bbis\b|\bund\b|\bhasta\b|\baté\b|\bjusqu['’]à\b)\s{0,3}(?:las?\s|les?\s|as\s|às\s|about\s|around\s|~\s?)?[*_]{0,3}",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE = late(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,2}$", re.IGNORECASE
)
_UNDATED: Final = Context(undated=True)


class Spot(Struct, frozen=True):
    """A time of day that stands in a text from `start` to `end`; `day` where its date stands beside it.

    `offset` is that of the zone behind it, in minutes, where there is one that can mean only that.
    """

    start: int
    end: int
    clock: Clock
    day: date | None = None
    zone: ZoneWord | None = None

    @property
    def at(self) -> When:
        """The time as TOML can write it: with its date and offset where they are known."""
        bare = time(self.clock.hour, self.clock.minute, self.clock.second)
        if self.day is None:
            return bare
        try:
            wall = datetime.combine(self.day, bare) + timedelta(days=self.clock.day_after)
        except OverflowError:
            return bare
        minutes = self.offset
        return (
            wall if minutes is None else wall.replace(tzinfo=timezone(timedelta(minutes=minutes)) if minutes else UTC)
        )

    @property
    def offset(self) -> int | None:
        """Minutes east of UTC that the zone behind the time means on its day, None where that is not sure."""
        if self.zone is None:
            return None
        known = self.zone.zone
        short = self.zone.abbreviation
        if known is None and short is not None and not short.ambiguous:
            if short.minutes is not None:
                return short.minutes
            known = zones.resolve(short.zones[0])
        if known is None or (self.day is None and self.zone.is_place):
            return None
        return zones.offset_minutes(known, datetime.combine(self.day or date(2024, 1, 1), time(12)))


def may_hold_time(text: str) -> bool:
    """A quick look that never says no where a time of day stands."""
    return _LIKE_A_CLOCK.search(text) is not None


def times_in(text: str, most: int = 100) -> list[Spot]:
    """The times of day in a text, at most so many, each with the date and the zone beside it."""
    if not may_hold_time(text):
        return []
    days = _days(text, most)
    found: list[Spot] = []
    last = 0
    for match in _CLOCK_MAY_BEGIN.finditer(text):
        if len(found) >= most:
            break
        begin = match.start() + (match.group()[:1] in "Tt" and match.group()[1:2].isdigit())
        if begin < last:
            continue
        taken = _clock(text, begin)
        if taken is None:
            continue
        clock, end = taken
        zone = take_zone(text, end, whole=False)
        if (
            zone is None
            and "." in text[begin:end]
            and not clock.half
            and not _BEFORE_DOTTED.search(text[max(0, begin - 9) : begin])
        ):
            continue  # `Ubuntu 14.04`
        spot = Spot(begin, end, clock, None, zone[0] if zone else None)
        end = zone[1] if zone else end
        before = next((each for each in reversed(days) if each[2] <= begin), None)
        if before is not None and last <= before[1] and _DATE_TO_CLOCK.fullmatch(text, before[2], begin):
            weekday = _WEEKDAY_BEFORE.search(text, max(last, before[1] - 12), before[1])
            spot = replace(spot, start=weekday.start() if weekday else before[1], day=before[0])
        elif (joined := _CLOCK_TO_DATE.match(text, end)) is not None:
            after = next((each for each in days if each[1] == joined.end()), None)
            if after is not None and not _DATE_TO_CLOCK_THEN_CLOCK.match(text, after[2]):
                spot, end = replace(spot, day=after[0]), after[2]
        found.append(replace(spot, end=end))
        last = end
    return found


_DATE_TO_CLOCK_THEN_CLOCK = late(r"[\s,]{1,4}(?:at\s)?\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m\b)", re.IGNORECASE)


def ranges_in(text: str, spots: list[Spot]) -> Iterator[tuple[Spot, Spot]]:
    """Neighbouring times that a text joins: the first and the second of a range, which share what only one has."""
    taken = -1
    for number in range(len(spots) - 1):
        first, second = spots[number], spots[number + 1]
        if number == taken or not _NEXT.fullmatch(text, first.end, second.start):
            continue
        taken = number + 1
        one, two = first.clock, second.clock
        if two.half and not one.half:
            same = one.in_half(two.half)
            other = one.in_half("am" if two.half == "pm" else "pm")
            one = same if (same.hour, same.minute) <= (two.hour, two.minute) else other
        elif one.half and not two.half and two.hour <= 12:
            same = two.in_half(one.half)
            two = same if (one.hour, one.minute) <= (same.hour, same.minute) else two
        zone = first.zone or second.zone
        yield replace(first, clock=one, zone=zone), replace(second, clock=two, zone=second.zone or zone)


def _clock(text: str, pos: int) -> tuple[Clock, int] | None:
    try:
        taken = take_clock(text, pos, whole=False)
    except NotATime:
        return None
    if taken is not None:
        return taken
    match = _BARE_HOUR.match(text, pos)
    return (Clock(int(match.group())), match.end()) if match and 1 <= int(match.group()) <= 12 else None


def _days(text: str, most: int) -> list[tuple[date | None, int, int]]:
    """The dates in a text with their places; None for one that does not mean one day only."""
    found: list[tuple[date | None, int, int]] = []
    last = 0
    for match in _DATE_MAY_BEGIN.finditer(text):
        if match.start() < last:
            continue
        if len(found) >= most:
            break
        try:
            taken = take_date(text, match.start(), _UNDATED, whole=True)
        except NotATime:
            # Two days, or none: its place is known all the same.
            found.append((None, match.start(), match.end()))
            last = match.end()
            continue
        if taken is not None and not taken[0].assumed:
            found.append((taken[0].date, match.start(), taken[1]))
            last = taken[1]
    return found
