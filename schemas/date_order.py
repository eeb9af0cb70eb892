"""Whether an incident writes the day or the month first: what its own words say, and the event read the other way.

10/04/2024 is 10 April or 4 October. A date such as 14/04/2024 elsewhere in the document settles it; else a day that
the document names and only one of the readings lies next to (`schemas.figure_dates` looks at that, a date at a time);
else what a team has agreed on. Where the document contradicts itself nothing settles it, and nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.dates import named_days
from schemas.days import full_year, valid
from schemas.figure_dates import orders
from schemas.incident import Event, Incident
from schemas.moments import When
from schemas.patterns import late
from schemas.policy import DEFAULT, FILE_NAME, Policy

_FIGURES = late(r"(?<![\w./:-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?![\w:/]|\2\d|\.\d)")
_READ_BOTH_WAYS = late(r"(?<![\w./:-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/]|\2\d|\.\d)")
_FIGURE = late(r"\d[\s\S]{4}")
_MOST_DAYS: Final = 400


class Evidence(Struct, frozen=True):
    """What texts say of the order of day and month.

    `day_first` and `month_first` are the first date that can be read in that order only, empty where there is none;
    `days` the dates that are named beyond doubt, each once.
    """

    day_first: str = ""
    month_first: str = ""
    days: tuple[date, ...] = ()


_NOTHING: Final = Evidence()


class DateOrder(Struct, frozen=True):
    """The order of day and month: `day_first` is None where it is not settled, `why` says what settles it, or what
    contradicts itself. `is_weak` says that only an agreement does, and no word of the document.
    """

    day_first: bool | None = None
    why: str = ""
    is_weak: bool = False


def evidence_in(text: str) -> Evidence:
    """What one text says."""
    if _FIGURE.search(text) is None:
        return _NOTHING
    only: dict[str, str] = {}
    for match in _FIGURES.finditer(text):
        found = set(_readings(match))
        if len(found) == 1:
            only.setdefault(found.pop(), match.group())
    days = dict.fromkeys(day.date for day in named_days(text))
    return Evidence(only.get("day first", ""), only.get("month first", ""), tuple(days)[:_MOST_DAYS])


def evidence(texts: Iterable[str]) -> Evidence:
    """What texts say together."""
    return together(map(evidence_in, texts))


def together(known: Iterable[Evidence]) -> Evidence:
    """Evidence from several places as one, the first of each kind counting."""
    day_first, month_first = "", ""
    days: dict[date, None] = {}
    for each in known:
        if each is _NOTHING:
            continue
        day_first, month_first = day_first or each.day_first, month_first or each.month_first
        days.update(dict.fromkeys(each.days))
    return Evidence(day_first, month_first, tuple(days)[:_MOST_DAYS])


def settle(known: Evidence, policy: Policy = DEFAULT) -> DateOrder:
    """The order that evidence speaks for, else the agreed one."""
    if known.day_first and known.month_first:
        return DateOrder(None, f"{known.day_first} and {known.month_first} contradict each other")
    if known.day_first or known.month_first:
        return DateOrder(bool(known.day_first), f"as in {known.day_first or known.month_first}")
    if policy.dates:
        return DateOrder(policy.dates == "day-first", f"as {FILE_NAME} says", is_weak=True)
    return DateOrder()


def evidence_of(incident: Incident) -> Evidence:
    """What an incident says of it in its title, texts, claims and the words of its times.

    What was looked at last is kept: while something is typed, only the text that it goes into is looked at again.
    """
    bodies = [getattr(incident.sections, name) for name in type(incident.sections).model_fields]
    bodies += [body for other in incident.other_sections for body in (other.heading, other.body)]
    bodies += [stated.value for stated in incident.stated]
    return together([evidence_in(incident.title), _of_events(incident.events), *map(_of_body, filter(None, bodies))])


def order_of(incident: Incident, policy: Policy = DEFAULT) -> DateOrder:
    """The order in which an incident writes day and month."""
    return settle(evidence_of(incident), policy)


def two_readings(text: str) -> tuple[str, date, date] | None:
    """The first date in a text that can be read in two ways: its words, day first, and month first."""
    for match in _READ_BOTH_WAYS.finditer(text):
        found = _readings(match)
        if {"day first", "month first"} <= found.keys() and found["day first"] != found["month first"]:
            return match.group(), found["day first"], found["month first"]
    return None


def exchanged(event: Event, zone: tzinfo | None = None) -> Event | None:
    """The event with day and month of its date exchanged, where `as_written` holds a date that can be read both ways
    and `at` is one of them; else None.

    `zone` is the incident's: a clock that was at its offset stays so on the other day. `until` and `latest` move along
    where they are on the same day, or are written so that they can be read both ways too.
    """
    found = two_readings(event.as_written)
    if found is None or event.at is None:
        return None
    swaps: dict[date, date] = {}
    for match in _READ_BOTH_WAYS.finditer(event.as_written):
        readings = _readings(match)
        one, other = readings.get("day first"), readings.get("month first")
        if one is not None and other is not None and one != other:
            swaps |= {one: other, other: one}
    at = _moved(event.at, swaps, zone)
    if at is None:
        return None
    changes = {"at": at}
    for name in ("until", "latest"):
        value = getattr(event, name)
        if value is not None and (there := _moved(value, swaps, zone)) is not None:
            changes[name] = there
    swapped: Event = event.changed(**changes)
    return swapped


def _moved(value: When, swaps: dict[date, date], zone: tzinfo | None) -> When | None:
    if isinstance(value, datetime):
        day = swaps.get(value.date())
        if day is None:
            return None
        there = value.replace(year=day.year, month=day.month, day=day.day)
        offset = value.utcoffset()
        if zone is None or offset is None or zones.offset_at(zone, value.replace(tzinfo=None)) != offset:
            return there
        wall = there.replace(tzinfo=None)
        return wall.replace(tzinfo=zone, fold=0)
    return swaps.get(value) if isinstance(value, date) else None


def _readings(match: re.Match[str]) -> dict[str, date]:
    """The dates that figures can be, by their order; of two figures for the year also with the year in front."""
    first, second, year = int(match[1]), int(match[3]), full_year(match[4])
    found = orders(first, second, year)
    if len(match[4]) == 2 and (day := valid(full_year(f"{first:02d}"), second, int(match[4]))) is not None:
        found["year first"] = day
    return found


@lru_cache(maxsize=256)
def _of_body(text: str) -> Evidence:
    return evidence_in(text)


class _Events:
    """What events say; each is looked at once, for as long as it stays the same."""

    def __init__(self) -> None:
        self.last: tuple[Event, ...] = ()
        self.said = _NOTHING
        self.each: dict[int, tuple[Event, Evidence]] = {}

    def __call__(self, events: tuple[Event, ...]) -> Evidence:
        if events is not self.last:
            known = self.each
            self.each = {}
            for event in events:
                old = known.get(id(event))
                said = old[1] if old is not None and old[0] is event else self._of(event)
                self.each[id(event)] = event, said
            self.last, self.said = events, together(said for _, said in self.each.values())
        return self.said

    @staticmethod
    def _of(event: Event) -> Evidence:
        return evidence_in(f"{event.as_written}\n{event.text}" if event.as_written else event.text)


_of_events = _Events()
