"""The times of a chat or a log, settled in the order in which its entries stand."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo
from typing import Final

from msgspec import Struct, field

from schemas import zones
from schemas.date_order import evidence
from schemas.days import moved, short_date
from schemas.moments import When, passes_midnight
from schemas.readers.blocks import Line
from schemas.readers.found import Assumption, Choice, Doubt
from schemas.readers.source_days import Calendar, order_of, said_day
from schemas.readers.source_first_day import first_days
from schemas.readers.source_records import Asked, Heard, Record, Stamp
from schemas.readers.zones_said import SaidZone, zone_said
from schemas.story_time import at_offset
from schemas.zone_words import offset_name

_MOST: Final = 4_000
"""So many entries are asked for the zone and for dates with a year."""
_FULL: Final = re.compile(r"\d{4}|[A-Za-zé]{3,9}\.?\s\d")


class Timed(Struct):
    """Entries with their times: `at` by the place of the record, `sure` and `why` where reading them took a decision.

    `zone_name` is the incident's zone, empty where nothing tells.
    """

    at: list[When | None]
    guessed: dict[int, str] = field(default_factory=dict)
    zone: tzinfo | None = None
    zone_name: str = ""
    zone_line: int = 0
    assumptions: list[Assumption] = field(default_factory=list)


def settle(heard: Heard, asked: Asked) -> Timed:
    """When each entry was written; doubts go to the entries that they are about."""
    records = heard.records
    timed = Timed([None] * len(records))
    _settle_zone(heard, asked, timed)
    calendar = _calendar(heard, asked, timed)
    halves = any(record.stamp is not None and record.stamp.half for record in records)
    days = first_days(records, heard.above, calendar, asked)
    wall: datetime | None = None
    midnights: list[Record] = []
    if days.start is not None:
        wall = datetime.combine(days.start, time())
        if days.told:
            said = f"the first entry is of {short_date(days.start)}, as is said above"
            timed.assumptions.append(Assumption("date", said, heard.above[0].number))
    for place, record in enumerate(records):
        stamp = record.stamp
        if stamp is None:
            continue
        if stamp.at is not None:
            wall = stamp.at.replace(tzinfo=None)
            timed.at[place] = stamp.at if stamp.at.tzinfo is not None else _in_zone(wall, timed.zone, record)
            continue
        if stamp.clock is None:
            continue
        clock = _right_half(stamp, wall) if halves else stamp.clock
        day = calendar.day_of(stamp.day) if stamp.day else None
        if day is None and wall is not None:
            day = wall.date()
            if passes_midnight(wall.time(), clock) and not (days.relative and stamp.day):
                day = moved(day, 1)
                midnights.append(record)
            day = days.steps.get(place, day)
        if day is None:
            timed.at[place] = clock
            continue
        wall = datetime.combine(day, clock)
        timed.at[place] = wall.replace(tzinfo=stamp.zone) if stamp.zone else _in_zone(wall, timed.zone, record)
        if place in days.guessed:
            timed.guessed[place] = days.guessed[place]
    if midnights:
        first = midnights[0].lines[0]
        more = f" (and at {len(midnights) - 1} more places)" if len(midnights) > 1 else ""
        timed.assumptions.append(Assumption("midnight", f"the next day begins in front of line {first}{more}", first))
    return timed


def _settle_zone(heard: Heard, asked: Asked, timed: Timed) -> None:
    """The zone: what was asked for counts where the source names none."""
    stamps = [(record.lines[0], record.stamp) for record in heard.records[:_MOST] if record.stamp is not None]
    name = heard.zone
    if not name:
        lines = [*heard.above, *(Line(number, stamp.words) for number, stamp in stamps if stamp.at is None)]
        if (said := zone_said(lines, asked.zone)) is not None:
            name, timed.zone_line = said.name, said.line
            if len(said.places) > 1:
                heard.doubts.append(_zone_doubt(said, asked))
    if not name:
        offsets = {name for _, stamp in stamps if (name := _offset(stamp))}
        name = offsets.pop() if len(offsets) == 1 else ""
    if asked.zone and (not name or name == "UTC" or name[0] in "+-"):
        # A count of seconds or an offset says which instant is meant, and not where people were.
        if not name:
            timed.assumptions.append(Assumption("zone", f"no zone is named; times are read in {asked.zone}, as asked"))
        elif name != asked.zone:
            timed.zone = zones.resolve(name)
            timed.zone_name = asked.zone
            return
        name = asked.zone
    timed.zone, timed.zone_name = zones.resolve(name) if name else None, name


def _zone_doubt(said: SaidZone, asked: Asked) -> Doubt:
    """What is to be asked where letters can mean several places."""
    places = (said.name, *(place for place in said.places if place != said.name))
    choices = tuple(Choice(f"all times in {place}", "reread", "zone", place) for place in places)
    why = f"{said.written} is used in several places; read as {said.name}"
    why += ", as asked" if asked.zone == said.name else ""
    return Doubt(said.line, said.written, why, "zone", choices)


def _offset(stamp: Stamp) -> str:
    """The offset from UTC that a stamp names, or nothing."""
    zone = stamp.at.tzinfo if stamp.at is not None else stamp.zone
    moment = stamp.at or datetime(2000, 1, 1)
    return offset_name(zone, moment.replace(tzinfo=None)) if zone is not None else ""


def _in_zone(wall: datetime, zone: tzinfo | None, record: Record) -> datetime:
    if zone is None:
        return wall
    at, notes = at_offset(wall, zone)
    record.doubts += [Doubt(record.lines[0], record.text.split("\n")[0], note, "at") for note in notes]
    return at


def _right_half(stamp: Stamp, wall: datetime | None) -> time:
    """A clock without am and pm among those that have them: the half that comes next."""
    clock = stamp.clock or time()
    if stamp.half or not 1 <= clock.hour <= 12:
        return clock
    morning, evening = clock.replace(hour=clock.hour % 12), clock.replace(hour=clock.hour % 12 + 12)
    if wall is None or wall.time() == time():
        return clock
    before = wall.time().replace(second=0, microsecond=0)
    return evening if morning < before <= evening else morning


def _calendar(heard: Heard, asked: Asked, timed: Timed) -> Calendar:
    """How dates are read here."""
    stamps = [record.stamp for record in heard.records if record.stamp is not None]
    words = [stamp.day for stamp in stamps if stamp.day]
    calendar = Calendar(today=asked.written)
    whole = next((stamp.at.date() for stamp in stamps if stamp.at is not None), None)
    distinct = list(dict.fromkeys(words))
    saids = [(each, said) for each in distinct if (said := said_day(each)) is not None]
    open_year = any(said.month or (said.figures and said.figures[2] is None) for _, said in saids)
    halves = any(stamp.half for stamp in stamps)
    order = order_of(words, asked.day_first, halves)
    if order is not None:
        calendar.day_first, calendar.why_order, calendar.settled = order.day_first, order.why, order.settled
    dated = whole or next((said.date for _, said in saids if said.date is not None), None)
    if dated is None:
        dated = next((calendar.day_of(each) for each, said in saids if said.figures and said.figures[2]), None)
    if open_year:
        _settle_year(heard, asked, timed, calendar, dated)
    if order is not None:
        _tell_order(heard, calendar, timed)
    return calendar


def _settle_year(heard: Heard, asked: Asked, timed: Timed, calendar: Calendar, dated: date | None) -> None:
    """Find the year of dates that have none."""
    calendar.near, why = _near(heard, asked, dated)
    if calendar.near is not None:
        calendar.known.clear()
        if dated is None:
            days = (calendar.day_of(record.stamp.day) for record in heard.records if record.stamp and record.stamp.day)
            year = next((day for day in days if day is not None), calendar.near).year
            timed.assumptions.append(Assumption("year", f"dates without a year are of {year}, {why}"))


def _near(heard: Heard, asked: Asked, dated: date | None) -> tuple[date | None, str]:
    """A day near which dates without a year lie, and what says so."""
    if dated is not None:
        return dated, "as other dates here"
    if heard.near is not None:
        return heard.near, "as the log says where it begins"
    if asked.date is not None:
        return asked.date, "as asked"
    texts = (text for record in heard.records[:_MOST] for text in record.texts[:3] if _FULL.search(text))
    lines = (line.text for line in heard.above)
    if named := evidence([*lines, *texts]).days:
        return named[0], f"as {short_date(named[0])} is named in it"
    if asked.written is not None:
        return moved(asked.written, -180), f"as it was written by {short_date(asked.written)}"
    return None, ""


def _tell_order(heard: Heard, calendar: Calendar, timed: Timed) -> None:
    """What is said of the order of day and month: an assumption where something settles it, else a doubt."""
    for record in heard.records:
        said = said_day(record.stamp.day) if record.stamp is not None and record.stamp.day else None
        if said is None or said.figures is None:
            continue
        first, second, year = said.figures
        if first > 12 or second > 12 or first == second or record.stamp is None:
            continue
        if year is None and calendar.near is None:
            continue
        name = "day" if calendar.day_first else "month"
        sentence = f"{record.stamp.day} is read {name} first, {calendar.why_order}"
        timed.assumptions.append(Assumption("dates", sentence, record.lines[0]))
        if not calendar.settled:
            taken, other = ("day first", "month first") if calendar.day_first else ("month first", "day first")
            choices = (
                Choice(f"{taken} everywhere", "reread", "day_first", calendar.day_first),
                Choice(f"{other} everywhere", "reread", "day_first", not calendar.day_first),
            )
            why = f"{record.stamp.day} can be two days"
            record.doubts.append(Doubt(record.lines[0], record.text.split("\n")[0], why, "at", choices))
        return
