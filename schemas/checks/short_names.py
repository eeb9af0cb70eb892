"""Short names of zones in the words of a document: ones that several places share, ones that were not in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache, partial
from typing import Final

from msgspec import Struct, field

from schemas import edits, zones
from schemas.checks.naming import choices, counted, offset_name, place, quoted
from schemas.checks.registry import Facts, Fix
from schemas.checks.time_fixes import fix_events
from schemas.entries import Entry
from schemas.incident import Event, Incident
from schemas.moments import MINUTE, When, instant, span_text
from schemas.patterns import late
from schemas.timeline import Timeline
from schemas.zone_words import uses

SHORT_NAME: Final = late(r"(?<![A-Za-z/_])(?<![A-Z]\d)[A-Z]{2,5}(?![A-Za-z0-9/_]|\s?[+\-−]\d)")
"""What may be a short name of a zone; `UTC+2` is an offset, and `PST8PDT` is a zone with seasons."""


class _Verdict(Struct, frozen=True):
    """What is doubtful about a short name at a wall-clock time: the sort of doubt (or empty), the reason, the hint."""

    sort: str = ""
    why: str = ""
    hint: str = ""


_FINE: Final = _Verdict()


class Doubt(Struct):
    """One thing that is doubtful about a short name, where it is written first, and the events that have it."""

    where: str
    written: str
    short: zones.Abbreviation
    verdict: _Verdict
    count: int = 0
    events: list[Event] = field(default_factory=list)

    def message(self) -> str:
        """What is wrong, told once for all places."""
        times = f" ({counted(self.count, 'time')})" if self.count > 1 else ""
        return f"{quoted(self.written)}{times}: {self.verdict.why}"

    def fix(self, incident: Incident, story: Timeline) -> Fix | None:
        """A change that settles it for the events, where there is one that is likely right."""
        if not self.events:
            return None
        if self.verdict.sort == "season":
            return _in_season(self, story)
        return _in_its_zone(self) if self.verdict.sort == "conflict" else _in_a_place(self, incident, story)


def words_with_short_names(facts: Facts) -> Iterator[tuple[str, str, When | None, Event | None, datetime | None]]:
    """The words for times: where they stand, the time, its event, and its wall clock with a date if there is one."""
    for entry in facts.timeline.of_entries.gathered(_with_short_names):
        event = entry.event
        wall = _wall(event.at) or (entry.wall if entry.dated else None)
        yield place("events", event.id, "as_written"), event.as_written, event.at, event, wall
    for stated in facts.incident.stated:
        yield place("stated", stated.id), stated.value, stated.at, None, _wall(stated.at)


def _with_short_names(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.event.as_written and _may_hold(entry.event.as_written)]


def _may_hold(words: str) -> bool:
    return any(match[0] in zones.ABBREVIATIONS for match in SHORT_NAME.finditer(words))


def doubts(facts: Facts) -> list[Doubt]:
    """Doubts about the short names in the words of the document, one of each sort and name."""
    story = facts.timeline
    found: dict[tuple[str, str], Doubt] = {}
    judged: dict[tuple[object, ...], _Verdict] = {}
    for where, written, at, event, wall in words_with_short_names(facts):
        if at is None:
            continue
        for match in SHORT_NAME.finditer(written):
            if (short := zones.ABBREVIATIONS.get(match[0])) is None:
                continue
            own = event.zone if event else ""
            aware = at.utcoffset() if isinstance(at, datetime) and at.tzinfo else None
            as_told = aware is not None and wall is not None and _clock_stands_in(written, wall)
            key = (match[0], own, aware, as_told, wall.date() if wall else None, wall.hour if wall else 0)
            if key not in judged:
                here = (zones.resolve(own) if own else None) or story.zone
                judged[key] = _judged(short, wall, here, aware, assumed=story.zone_assumed, as_told=as_told)
            if not (verdict := judged[key]).sort:
                continue
            doubt = found.setdefault((verdict.sort, match[0]), Doubt(where, written, short, verdict))
            doubt.count += 1
            if event is not None:
                doubt.events.append(event)
    return list(found.values())


def _wall(at: When | None) -> datetime | None:
    """The wall clock of a time that has a date; of a day its middle."""
    if isinstance(at, datetime):
        return at.replace(tzinfo=None)
    return datetime.combine(at, time(12)) if isinstance(at, date) else None


def _clock_stands_in(written: str, wall: datetime) -> bool:
    """Whether a wall clock is the one that was written down, and was not moved to another zone."""
    hours = f"0?{wall.hour}|0?{wall.hour % 12 or 12}"
    return re.search(rf"(?<!\d)(?:{hours})[:.h]?{wall.minute:02d}(?!\d)", written) is not None


def _judged(
    short: zones.Abbreviation,
    wall: datetime | None,
    zone: tzinfo | None,
    aware: timedelta | None,
    *,
    assumed: bool,
    as_told: bool,
) -> _Verdict:
    """What is doubtful about a short name at a wall clock, which with `as_told` is the one that was written down."""
    here = None if assumed and aware is not None else zone
    if here is not None and (zones.label_at(here, wall) == short.label if wall else uses(here, short.label, None)):
        return _FINE
    if short.ambiguous:
        return _Verdict("ambiguous", f"{short.label} may mean {choices(short.zones)}", _WHICH_PLACE)
    home = zones.resolve(short.zones[0])
    if short.minutes is None or wall is None or home is None:
        return _FINE
    if (real := zones.offset_minutes(home, wall)) != short.minutes:
        label = zones.label_at(home, wall)
        why = f"on {wall.date().isoformat()} {short.zones[0]} was on {label}, not {short.label}"
        apart = span_text(abs(real - short.minutes) * MINUTE)
        later = "later" if real > short.minutes else "earlier"
        hint = f"Find out what the clock showed: in {short.label} the time lies {apart} {later} than in {label}."
        return _Verdict("season", why, hint)
    if aware is not None and as_told and aware != timedelta(minutes=short.minutes):
        why = f"it is written in {short.label} but read at {offset_name(aware)}"
        return _Verdict("conflict", why, f"Read it in {short.zones[0]}, or correct the offset.")
    if aware is None and here is not None and zones.offset_minutes(here, wall) != short.minutes:
        read = zones.label_at(here, wall) or "another zone"
        why = f"it is written in {short.label} but read as {read}"
        return _Verdict("conflict", why, f"Read it in {short.zones[0]}, or correct the incident's zone.")
    return _FINE


_WHICH_PLACE: Final = "Set the zone to the place that was meant."


def _in_season(doubt: Doubt, story: Timeline) -> Fix | None:
    """Read the times by what was in force on the day: an hour earlier or later where they were taken by the letter."""
    home = zones.resolve(doubt.short.zones[0])
    if home is None or doubt.short.minutes is None:
        return None
    by_letter = timedelta(minutes=doubt.short.minutes)
    kept, moved = [], []
    for event in doubt.events:
        wall = _wall(event.at)
        offset = event.at.utcoffset() if isinstance(event.at, datetime) else None
        read = offset if offset is not None else _offset_here(event, wall, story)
        if wall is not None and read is not None and read == zones.offset_at(home, wall):
            kept.append(event)
        elif offset is not None and offset == by_letter:
            moved.append(event)
    wall = _wall(doubt.events[0].at)
    label = zones.label_at(home, wall) if wall else ""
    if moved:
        way = "earlier" if wall and zones.offset_at(home, wall) > by_letter else "later"
        words = f"read {counted(len(moved), 'time')} as {label}, {_step(home, wall, by_letter)} {way}"
        ids = {event.id for event in moved}
        change = partial(at_offset_of, home, as_written="")
        return fix_events(words, [*moved, *kept], lambda event: change(event) if event.id in ids else _unworded(event))
    if kept:
        words = f"keep {counted(len(kept), 'time')} in {label}, as read, and drop the old wording"
        return fix_events(words, kept, _unworded)
    return None


def _step(home: tzinfo, wall: datetime | None, by_letter: timedelta) -> str:
    apart = abs(zones.offset_at(home, wall) - by_letter) if wall else timedelta(hours=1)
    return span_text(round(apart.total_seconds() / 60) * MINUTE, short=True)


def _offset_here(event: Event, wall: datetime | None, story: Timeline) -> timedelta | None:
    zone = (zones.resolve(event.zone) if event.zone else None) or story.zone
    return zones.offset_at(zone, wall) if zone and wall else None


def _unworded(event: Event) -> Event:
    changed: Event = event.changed(as_written="")
    return changed


def at_offset_of(home: tzinfo, event: Event, **others: str) -> Event:
    """An event whose wall clocks stay as they are, at the offset that was in force in a place."""
    changes = {
        name: at.replace(tzinfo=timezone(zones.offset_at(home, at.replace(tzinfo=None))))
        for name in ("at", "latest", "until")
        if isinstance(at := getattr(event, name), datetime) and at.tzinfo
    }
    moved: Event = event.changed(**changes, **others)
    return moved


def _in_its_zone(doubt: Doubt) -> Fix | None:
    """Read times in the zone that they were written in: by its name the local ones, at its offset the others."""
    name = doubt.short.zones[0]
    home = zones.resolve(name)
    if home is None:
        return None

    def change(event: Event) -> Event:
        if isinstance(event.at, datetime) and event.at.tzinfo:
            return at_offset_of(home, event)
        changed: Event = event.changed(zone=name)
        return changed

    return fix_events(f"read {counted(len(doubt.events), 'time')} in {name}", doubt.events, change)


def _in_a_place(doubt: Doubt, incident: Incident, story: Timeline) -> Fix | None:
    """Name the one of the places that fits the offsets of the times, or that alone puts them among the others."""
    name = fitting(doubt.short, doubt.events) or fitting(doubt.short, story.source)
    name = name or _within(doubt.short, doubt.events, story)
    if not name:
        return None
    # Where events have a zone of their own, that of the incident says nothing about them.
    if not incident.zone and not any(event.zone for event in doubt.events):
        return Fix(f"set the zone to {name}, which fits the other times", lambda known: edits.set_zone(known, name))
    words = f"read {counted(len(doubt.events), 'time')} in {name}, which fits the other times"
    return fix_events(words, doubt.events, lambda event: event.changed(zone=name))


def fitting(short: zones.Abbreviation, events: Iterable[Event]) -> str:
    """The one place of several whose offset the times that have one carry; empty if there is none, or more."""
    known = [event.at for event in events if isinstance(event.at, datetime) and event.at.tzinfo]
    if not known:
        return ""
    places = [
        name for name in short.zones if (zone := zones.resolve(name)) and all(_carries(at, zone) for at in known)
    ]  # fmt: skip
    return places[0] if len(places) == 1 else ""


@lru_cache(maxsize=1024)
def _carries(at: datetime, zone: tzinfo) -> bool:
    return at.utcoffset() == zones.offset_at(zone, at.replace(tzinfo=None))


def _within(short: zones.Abbreviation, doubted: list[Event], story: Timeline) -> str:
    """The one place in which the doubted local times lie among those whose instant is sure."""
    ids = {event.id for event in doubted}
    sure = [
        instant(event.at, None)
        for event in story.source
        if isinstance(event.at, datetime) and event.at.tzinfo and event.id not in ids
    ]
    local = [event.at for event in doubted if isinstance(event.at, datetime) and not event.at.tzinfo]
    if not sure or not local:
        return ""
    first, last = min(sure), max(sure)
    places = [
        name
        for name in short.zones
        if (zone := zones.resolve(name))
        and all(first <= instant(at, zone) <= last and zones.label_at(zone, at) == short.label for at in local)
    ]
    return places[0] if len(places) == 1 else ""
