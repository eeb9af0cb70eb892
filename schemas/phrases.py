"""A time with what stands around it: date and clock in either order, zone, "about", a range, a margin.

The parts are read by the modules of their notations; here they are found in a text and put into the calendar.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from msgspec.structs import replace

from schemas import zones
from schemas.clocks import Clock, take_clock, take_iso
from schemas.dates import Day, take_date
from schemas.days import TwoDates
from schemas.epoch import take_epoch
from schemas.lengths import NotALength, Span, take_span
from schemas.moments import When
from schemas.patterns import late
from schemas.readings import Context, NotATime, Reading
from schemas.story_time import Placed, Point, counted, following_day, place
from schemas.zone_words import take_zone

_ABOUT = late(
    r"(?:[~≈]|(?:at\s)?(?:about|around|approx(?:\.|imately|\b)|circa|ca?\.|roughly|est(?:\.|imated)))\s{0,3}",
    re.IGNORECASE,
)
_LEAD = late(
    r"(?P<between>between|entre|zwischen)\s{1,3}"
    r"|(?:at|on|from|às|à|a\slas?|as(?=\s\d{1,2}h)|um|von|ab|desde|de(?=\s\d)|vers(?=\s\d))\s{1,3}",
    re.IGNORECASE,
)
_ABOUT_AFTER = late(
    r"\s{0,3}(?:\((?:approx(?:\.|imate|imately)?|about|roughly|ca?\.?|est(?:\.|imated)?|ish|~)\)"
    r"|approx(?:\.|imately\b|\b)|-?ish\b)",
    re.IGNORECASE,
)
_MARGIN = late(r"\s{0,3}(?:±|\+/-|\+-)\s?(\d{1,4}(?:\.\d{1,2})?)\s?(s|min|m|h|d)(?:utes?|ours?|ays?|ec)?\b")
_DATE_TO_CLOCK = late(r"(?:[\s,_]{0,4}(?:(?:at|às|as|à|a\slas?|um)\b|@|[-–—|·])?\s{0,3}|:)(?=[\dnm])", re.IGNORECASE)
_CLOCK_TO_DATE = late(r"[\s,]{1,4}(on\s{1,3}|of\s{1,3}|el\s|le\s|em\s|am\s|del?\s)?", re.IGNORECASE)
_TO = late(
    r"\s{0,3}(?:(\.\.\.?|…|\band\b)|[-–—]|->|→|\b(?:to|until|till?|through|thru|bis|até|hasta)\b)\s{0,3}",
    re.IGNORECASE,
)
_TO_WHOLE = late(r"\s{1,3}(?:(y|e|et|und)|a|à|às|a\slas?)\s{1,3}", re.IGNORECASE)
_BARE_HOUR = late(r"(\d{1,2})(?=\s?(?:-|–|to\b|and\b)\s?\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b)", re.IGNORECASE)
_AFTER_BEFORE = late(r"\+\s?")
_SINCE_START = late(r"[Tt](?:\s?([+\-−])\s?|(?=0\b))")
_LATER = late(r"\s?(?:later|(ago))\b", re.IGNORECASE)
_NOW = late(r"(?:(?:just|right)\s)?now(?!\w)", re.IGNORECASE)
_NOW_STANDS_APART = late(r"\s?[–—:|,](?=\s|$)|\s-(?=\s)|\s?$")


def take_phrase(text: str, pos: int, context: Context, *, whole: bool) -> tuple[Reading, int] | None:
    """The time that stands at a position, with "about", "between", a range and a margin, and where it ends.

    `whole` says that the text is meant as a time anyway, so that notations that often mean something else count.

    Raises:
        NotATime: it is written as a time, but there is none such, or it can mean two.
    """
    start, about, between = pos, False, False
    while (match := (roughly := _ABOUT.match(text, pos)) or _LEAD.match(text, pos)) is not None:
        about, between = about or match is roughly, between or bool(match.groupdict().get("between"))
        pos = match.end()
    open_end = False
    if (stamped := take_epoch(text, pos, context, whole=whole)) is not None:
        placed, end = [Placed(stamped[0], assumed=("counted from 1970, at UTC",))], stamped[1]
    elif (counted_from := _now(text, pos, context, whole) or _counted(text, pos, context)) is not None:
        placed, end = [counted_from[0]], counted_from[1]
    else:
        points = _points(text, pos, context, whole=whole)
        if points is None:
            return None
        found, end, open_end = points
        placed = _place_all(found, context)
    if (match := _ABOUT_AFTER.match(text, end)) is not None:
        about, end = True, match.end()
    margin = ""
    if (match := _MARGIN.match(text, end)) is not None:
        margin, end = f"{match[1]}{'m' if match[2] == 'min' else match[2]}", match.end()
    reading = reading_from(placed, text[start:end].strip(), between=between or open_end)
    return replace(reading, about=about, margin=margin), end


def _now(text: str, pos: int, context: Context, whole: bool) -> tuple[Placed, int] | None:
    match = _NOW.match(text, pos)
    if match is None or not (whole or _NOW_STANDS_APART.match(text, match.end())):
        return None
    minute = _known(context.now, "it is not known what time it is").replace(second=0, microsecond=0)
    at = counted(minute, Span(0, timedelta()), 1, context)
    return Placed(at, assumed=("the time when it was typed",)), match.end()


def _counted(text: str, pos: int, context: Context) -> tuple[Placed, int] | None:
    """`+15m`, `T+0:15`, `15m later`, `15m ago`: a length from the event before, from the start, or from now."""
    try:
        if (match := _AFTER_BEFORE.match(text, pos)) is not None:
            span = take_span(text, match.end())
            if span is None:
                return None
            return Placed(counted(_known(context.after, _NONE_BEFORE), span[0], 1, context)), span[1]
        if (match := _SINCE_START.match(text, pos)) is not None:
            span = take_span(text, match.end()) or (take_span("0m", 0) if text[match.end() :].startswith("0") else None)
            if span is None:
                return None
            end = max(span[1], match.end() + 1) if text[match.end() :].startswith("0") else span[1]
            sign = 1 if match[1] in (None, "+") else -1
            origin = _known(context.origin, "it is not known when it started")
            return Placed(counted(origin, span[0], sign, context)), end
        if text[pos : pos + 1].isdigit() and (span := take_span(text, pos)) is not None:
            later = _LATER.match(text, span[1])
            if later is not None and later[1]:
                now = _known(context.now, "it is not known what time it is").replace(second=0, microsecond=0)
                said = ("counted back from when it was typed",)
                return Placed(counted(now, span[0], -1, context), assumed=said), later.end()
            if later is not None:
                return Placed(counted(_known(context.after, _NONE_BEFORE), span[0], 1, context)), later.end()
    except NotALength as problem:
        raise NotATime(str(problem)) from None
    return None


_NONE_BEFORE = "there is no event before this"


def _known(moment: datetime | None, lack: str) -> datetime:
    if moment is None:
        raise NotATime(f"{lack}, so there is nothing to count from; write a clock time, such as 14:05")
    return moment


def _points(text: str, pos: int, context: Context, *, whole: bool) -> tuple[list[Point], int, bool] | None:
    """One time or two, where they end, and whether the second only bounds the first ("14:05..14:20")."""
    first = _bare_hour(text, pos) or _point(text, pos, context, whole=whole)
    if first is None:
        return None
    joined = _TO.match(text, first[1]) or (_TO_WHOLE.match(text, first[1]) if whole else None)
    second = _point(text, joined.end(), context, whole=whole, attached=False) if joined else None
    mixed = second is not None and (first[0].clock is None) != (second[0].clock is None)
    if joined is None or second is None or (mixed and not whole):
        # A lone hour is none without its other half.
        return None if _bare_hour(text, pos) else ([first[0]], first[1], False)
    if re.match(r"[A-Za-z0-9_%]", text[second[1] :]):
        return [first[0]], first[1], False
    return _shared(first[0], second[0]), second[1], bool(joined[1])


def _bare_hour(text: str, pos: int) -> tuple[Point, int] | None:
    match = _BARE_HOUR.match(text, pos)
    return (Point(clock=Clock(int(match[1]))), match.end()) if match and 1 <= int(match[1]) <= 12 else None


def _point(text: str, pos: int, context: Context, *, whole: bool, attached: bool = True) -> tuple[Point, int] | None:
    """A date, a clock, or both in either order, with the zone behind."""
    dated = _dated(text, pos, context, whole)
    if dated is not None:
        day, end = dated
        clocked, tight = _clock_after(text, end, whole)
        if clocked is None:
            zone = take_zone(text, end, whole=whole) if whole or re.match(r"\s?\(", text[end:]) else None
            return Point(day, None, zone[0] if zone else None), zone[1] if zone else end
        clock, end = clocked
        zone = take_zone(text, end, whole=whole, attached=tight and attached)
        return Point(day, clock, zone[0] if zone else None), zone[1] if zone else end
    clocked = take_clock(text, pos, whole=whole)
    if clocked is None:
        return None
    clock, end = clocked
    zone = take_zone(text, end, whole=whole)
    word, end = zone if zone else (None, end)
    joined = _CLOCK_TO_DATE.match(text, end)
    day_after = take_date(text, joined.end(), context, whole=whole or bool(joined[1])) if joined else None
    if day_after is None:
        return Point(None, clock, word), end
    day, end = day_after
    if word is None and (zone := take_zone(text, end, whole=whole)) is not None:
        word, end = zone
    return Point(day, clock, word), end


def _dated(text: str, pos: int, context: Context, whole: bool) -> tuple[Day, int] | None:
    """A date; of two that figures can be, the one on which the zone behind was in force, if only one is."""
    try:
        return take_date(text, pos, context, whole=whole)
    except TwoDates as two:
        end = pos + len(two.shown)
        clocked, _ = _clock_after(text, end, whole)
        zone = take_zone(text, clocked[1], whole=whole) if clocked else None
        short = zone[0].abbreviation if zone else None
        place = zones.resolve(short.zones[0]) if short and not short.ambiguous and short.minutes is not None else None
        if clocked is None or short is None or place is None:
            raise
        at = time(clocked[0].hour, clocked[0].minute)
        fits = [
            order for order, day in two.found.items() if zones.label_at(place, datetime.combine(day, at)) == short.label
        ]
        if len(fits) != 1:
            raise
        return Day(two.found[fits[0]], f"{fits[0]}, as {short.label} was in force then"), end


def _clock_after(text: str, pos: int, whole: bool) -> tuple[tuple[Clock, int] | None, bool]:
    """The clock behind a date, and whether a minus behind it can only be an offset (`T09:00-03`, `09:00:00-03`)."""
    if text[pos : pos + 1] in ("T", "t") and text[pos + 1 : pos + 2].isdigit():
        return take_iso(text, pos + 1), True
    joined = _DATE_TO_CLOCK.match(text, pos)
    clocked = take_clock(text, joined.end(), whole=whole) if joined else None
    return clocked, clocked is not None and clocked[0].to_the_second


def _shared(first: Point, second: Point) -> list[Point]:
    """Two times of one range, each with the half of the day, zone and day that only one of them names."""
    one, two = first.clock, second.clock
    if one is not None and two is not None:
        if two.half and not one.half:
            same = one.in_half(two.half)
            one = same if _seconds(same) <= _seconds(two) else one.in_half("am" if two.half == "pm" else "pm")
        elif one.half and not two.half:
            same = two.in_half(one.half)
            two = same if _seconds(one) <= _seconds(same) else two.in_half("am" if one.half == "pm" else "pm")
        if first.day is None and second.day is not None:
            first = replace(first, day=following_day(second.day, -1 if _seconds(two) < _seconds(one) else 0))
    zone = first.zone or second.zone
    return [replace(first, clock=one, zone=zone), replace(second, clock=two, zone=second.zone or zone)]


def _seconds(clock: Clock) -> int:
    return clock.day_after * 86_400 + clock.hour * 3600 + clock.minute * 60 + clock.second


def _place_all(points: list[Point], context: Context) -> list[Placed]:
    first = place(points[0], context)
    if len(points) == 1:
        return [first, *_last_possible(points[0], first, context)]
    second = points[1]
    if second.day is None and first.wall is not None:
        second = replace(second, day=Day(first.wall.date()))
        placed = place(second, context)
        if _before(placed.at, first.at) and second.day is not None:
            placed = place(replace(second, day=following_day(second.day, 1)), context)
        return [first, placed]
    placed = place(second, context)
    if second.day is not None and _before(placed.at, first.at):
        placed = replace(placed, notes=(*placed.notes, "the end lies before the start"))
    return [first, placed]


def _last_possible(point: Point, first: Placed, context: Context) -> list[Placed]:
    """The other end of what a point leaves open: the last day of a month, the last minute of an hour."""
    day, clock = point.day, point.clock
    if day is not None and day.last is not None:
        return [place(replace(point, day=Day(day.last, notes=day.notes)), context)]
    if clock is not None and clock.any_minute and first.wall is not None:
        last = Day(first.wall.date()) if day is None else day
        return [place(replace(point, day=last, clock=replace(clock, minute=59, any_minute=False)), context)]
    if clock is not None and clock.any_minute:
        return [place(replace(point, clock=replace(clock, minute=59, any_minute=False)), context)]
    return []


def _before(one: When, other: When) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return (one.tzinfo is None) == (other.tzinfo is None) and one < other
    return type(one) is date and type(other) is date and one < other


def reading_from(placed: list[Placed], words: str, *, between: bool = False) -> Reading:
    """What one or two times come to together; `words` are the ones they were written in."""
    first, last = placed[0], placed[-1]
    other = last.at if len(placed) > 1 else None
    assumed = ", ".join(dict.fromkeys(said for each in placed for said in each.assumed))
    notes = tuple(dict.fromkeys(note for each in placed for note in each.notes))
    between = between or any(note.endswith("is not known") for note in notes)
    return Reading(
        first.at,
        latest=other if between else None,
        until=None if between else other,
        zone=first.zone,
        as_written=words if assumed or notes or any(each.keeps_words for each in placed) else "",
        assumed=assumed,
        notes=notes,
    )
