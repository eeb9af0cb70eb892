"""The days that entries do not say themselves: the first one of all, `Today`, and dates of a year that nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import pairwise

from msgspec import Struct, field

from schemas.date_order import evidence
from schemas.days import moved, short_date
from schemas.moments import passes_midnight
from schemas.readers.blocks import Line
from schemas.readers.found import Choice, Doubt
from schemas.readers.source_days import Calendar, said_day, years_by_weekday
from schemas.readers.source_records import Asked, Record


class Days(Struct):
    """Where days come from that the stamps do not say by themselves.

    `start` is the first one's (`told` above them all), `steps` are days that begin at the place of a record, `guessed`
    why a day was taken, `relative` that the days are counted from the one that was asked for.
    """

    start: date | None = None
    told: bool = False
    relative: bool = False
    steps: dict[int, date] = field(default_factory=dict)
    guessed: dict[int, str] = field(default_factory=dict)


def first_days(records: Sequence[Record], above: Sequence[Line], calendar: Calendar, asked: Asked) -> Days:
    """The day on which the entries begin, if the first ones do not say theirs."""
    found = Days()
    unknown: list[tuple[int, Record, str]] = []
    first: tuple[int, date, time] | None = None
    for place, record in enumerate(records):
        stamp = record.stamp
        if stamp is None:
            continue
        if stamp.at is not None:
            first = first or (place, stamp.at.date(), stamp.at.time())
        elif stamp.day:
            day = calendar.day_of(stamp.day)
            if day is None:
                unknown.append((place, record, stamp.day))
            else:
                first = first or (place, day, stamp.clock or time())
    if asked.date is not None and (first is None or unknown):
        found.start = asked.date
    elif first is None and not unknown and (named := evidence(line.text for line in above).days):
        found.start = named[0]
        found.told = True
    elif first is not None and first[0] > 0:
        found.start = _counted_back(records[: first[0]], first[1], first[2])
    if unknown:
        _tell_unknown(unknown, found, asked)
    return found


def _counted_back(above: Sequence[Record], day: date, clock: time) -> date:
    """The day on which clocks begin that stand above the first date."""
    clocks = [record.stamp.clock for record in above if record.stamp is not None and record.stamp.clock is not None]
    steps = sum(1 for one, other in pairwise([*clocks, clock]) if passes_midnight(one, other))
    return moved(day, -steps)


def _tell_unknown(unknown: Sequence[tuple[int, Record, str]], found: Days, asked: Asked) -> None:
    """Dates of which nobody knows the day: `Today`, `Thursday`, `2 May` of any year."""
    _, record, words = unknown[0]
    start = found.start
    if start is not None:
        base, shift = said_day(words), 0
        days = list(dict.fromkeys(each for _, _, each in unknown))
        for at, _, each in unknown:
            shift = _days_apart(words, each, base is not None and base.ago is not None)
            found.steps[at] = moved(start, shift if shift >= 0 else days.index(each))
            found.guessed[at] = "the day that was asked for, and counted from there"
        found.relative = True
        return
    said = said_day(words)
    around = asked.written.year if asked.written is not None else 2024
    choices: tuple[Choice, ...] = ()
    if said is not None and said.month:
        dates = years_by_weekday(said, around)
        choices = tuple(Choice(short_date(each), "reread", "date", each) for each in dates)
        why = f"no year stands with “{words}”, so only the clock is kept"
    else:
        why = f"it is not known which day “{words}” is, so only the clock is kept"
    why += "; say the first day to date all of them"
    record.doubts.append(Doubt(record.lines[0], record.text.split("\n")[0], why, "at", choices))
    for at, other, _ in unknown:
        if other.stamp is not None:
            found.guessed[at] = "its day is not known"
            other.fields["as_written"] = other.stamp.words


def _days_apart(first: str, other: str, relative: bool) -> int:
    """How many days one date without a year lies behind another; -1 where their words do not tell."""
    one, two = said_day(first), said_day(other)
    if one is None or two is None:
        return -1
    if relative:
        return (two.ago or 0) - (one.ago or 0) if two.ago is not None else -1
    if one.month and two.month:
        for year in (2000, 2001):
            try:
                apart = date(year + (two.month < one.month), two.month, two.day) - date(year, one.month, one.day)
            except ValueError:
                continue
            return apart // timedelta(days=1)
    if one.weekday is not None and two.weekday is not None:
        return (two.weekday - one.weekday) % 7
    return -1
