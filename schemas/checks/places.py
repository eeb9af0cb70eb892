"""Faults in how local times are placed in the world: no zone, names of zones that contradict, clock changes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from schemas import edits, zones
from schemas.checks.naming import AT_MOST, choices, clock, counted, named, place, quoted
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.incident import Event
from schemas.moments import MINUTE, When, span_text, wall_clock, wall_instant
from schemas.timeline import Timeline


@rule("T05", "no time zone", "warning", "timeline", "zone", "stated")
def no_zone(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Times without an offset mean nothing to a reader elsewhere until the incident says where its clock hung."""
    if facts.incident.zone:
        return
    events = facts.timeline.source
    local = sum(1 for event in events if _is_local(event.at) and not (event.zone and zones.resolve(event.zone)))
    local += sum(1 for stated in facts.incident.stated if _is_local(stated.at))
    if not local:
        return
    offsets = {event.at.utcoffset() for event in events if isinstance(event.at, datetime) and event.at.tzinfo}
    times = f"{counted(local, 'time')} {'has' if local == 1 else 'have'} no zone"
    if len(offsets) == 1:
        name = _offset_name(offsets.pop() or timedelta())
        fix = Fix(f"set the zone to {name}, as in the other times", lambda incident: edits.set_zone(incident, name))
        message = f"{times}; read at {name} like the others"
        yield this.finding("zone", message, f"Set the incident's zone, for example {name}.", fix)
    elif offsets:
        message = f"{times}, and the other times have {len(offsets)} different offsets"
        yield this.finding("zone", message, "Set the incident's zone, for example Europe/Berlin or UTC.")
    else:
        yield this.finding("zone", times, "Set the incident's zone, for example Europe/Berlin or UTC.")


def _is_local(at: object) -> bool:
    return isinstance(at, time) or (isinstance(at, datetime) and at.tzinfo is None)


def _offset_name(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    sign = "+" if minutes > 0 else "-"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else "UTC"


@rule("T06", "zone that is unknown, ambiguous or contradicts the date", "warning", "timeline", "zone", "stated")
def doubtful_zone(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A name for a zone that nothing knows, that several places share, or that was not in force on the day."""
    name = facts.incident.zone
    if name and zones.resolve(name) is None:
        better = _better_name(name)
        fix = Fix(f"set the zone to {better}", lambda incident: edits.set_zone(incident, better)) if better else None
        yield this.finding("zone", *_unknown(name), fix)
    unknown: dict[str, list[str]] = {}
    for event in facts.timeline.source:
        if event.zone and zones.resolve(event.zone) is None:
            unknown.setdefault(event.zone, []).append(event.id)
    for name, ids in list(unknown.items())[:AT_MOST]:
        message, hint = _unknown(name)
        on = f" (on {counted(len(ids), 'event')})" if len(ids) > 1 else ""
        yield this.finding(place("events", ids[0], "zone"), message + on, hint)
    if len(unknown) > AT_MOST:
        message = f"{counted(len(unknown) - AT_MOST, 'more zone')} on events are not known"
        yield this.finding("events", message, "Use IANA names, such as Europe/Berlin.")
    for doubt in _doubts(facts).values():
        yield this.finding(doubt.where, doubt.message(), doubt.hint)


@lru_cache(maxsize=64)
def _better_name(name: str) -> str:
    """The name of the one zone that can be meant, or an empty string."""
    short = zones.ABBREVIATIONS.get(name.strip().upper())
    if short is not None:
        return "" if short.ambiguous else short.zones[0]
    return zones.canonical_name(name) or ""


@lru_cache(maxsize=64)
def _unknown(name: str) -> tuple[str, str]:
    """What is wrong with a zone's name, and what to do."""
    short = zones.ABBREVIATIONS.get(name.strip().upper())
    if short is not None and short.ambiguous:
        return f"the zone {quoted(name)} may mean {choices(short.zones)}", "Set the zone to the place that was meant."
    if short is not None:
        return f"the zone {quoted(name)} is a short name, which changes with the season", f"Use {short.zones[0]}."
    known = _better_name(name)
    close = (known,) if known else difflib.get_close_matches(name[:50], zones.zone_names(), 3, 0.7)
    hint = f"Perhaps {choices(close)} was meant." if close else "Use an IANA name, such as Europe/Berlin, or UTC."
    return f"the zone {quoted(name)} is not known", hint


@dataclass(slots=True)
class _Doubt:
    """One thing that is doubtful about a short name, and where it is written."""

    where: str
    written: str
    why: str
    hint: str
    count: int = field(default=1)

    def message(self) -> str:
        """What is wrong, told once for all places."""
        times = f" ({counted(self.count, 'time')})" if self.count > 1 else ""
        return f"{quoted(self.written)}{times}: {self.why}"


_SHORT_NAME: Final = re.compile(r"(?<![A-Za-z/_])[A-Z]{2,5}(?![A-Za-z/_]|\s?[+\-−]\d)")


def _doubts(facts: Facts) -> dict[tuple[str, str], _Doubt]:
    """Doubts about the short names in the words of the document, one of each sort."""
    story = facts.timeline
    found: dict[tuple[str, str], _Doubt] = {}
    judged: dict[tuple[object, ...], tuple[str, str, str]] = {}
    mentions = [
        (place("events", event.id, "as_written"), event.as_written, event.at, event.zone, wall)
        for entry in story.entries
        if (event := entry.event).as_written and (wall := _wall(event.at) or (entry.wall if entry.dated else None))
    ]
    mentions += [
        (place("stated", stated.id), stated.value, stated.at, "", wall)
        for stated in facts.incident.stated
        if (wall := _wall(stated.at))
    ]
    for where, written, at, zone, wall in mentions:
        for match in _SHORT_NAME.finditer(written):
            if (short := zones.ABBREVIATIONS.get(match[0])) is None:
                continue
            aware = at.utcoffset() if isinstance(at, datetime) and at.tzinfo else None
            key = (match[0], zone, aware, wall.date(), wall.hour)
            if key not in judged:
                judged[key] = _judged(short, wall, (zones.resolve(zone) if zone else None) or story.zone, aware, story)
            sort, why, hint = judged[key]
            if not sort:
                continue
            if (sort, match[0]) in found:
                found[sort, match[0]].count += 1
            else:
                found[sort, match[0]] = _Doubt(where, written, why, hint)
    return found


def _wall(at: When | None) -> datetime | None:
    """The wall clock of a time that has a date; of a day its middle."""
    if isinstance(at, datetime):
        return at.replace(tzinfo=None)
    return datetime.combine(at, time(12)) if isinstance(at, date) else None


def _judged(
    short: zones.Abbreviation, wall: datetime, zone: tzinfo | None, aware: timedelta | None, story: Timeline
) -> tuple[str, str, str]:
    """What is doubtful about a short name at a wall-clock time: the sort of doubt (or empty), the reason, the hint."""
    here = None if story.zone_assumed and aware is not None else zone
    if here is not None and zones.label_at(here, wall) == short.label:
        return "", "", ""
    if short.ambiguous:
        meant = choices(short.zones)
        return "ambiguous", f"{short.label} may mean {meant}", "Set the zone to the place that was meant."
    if short.minutes is None:
        return "", "", ""
    home = zones.resolve(short.zones[0])
    if home is not None and (real := zones.offset_minutes(home, wall)) != short.minutes:
        label = zones.label_at(home, wall)
        why = f"on {wall.date().isoformat()} {short.zones[0]} was on {label}, not {short.label}"
        apart = span_text(abs(real - short.minutes) * MINUTE)
        later = "later" if real > short.minutes else "earlier"
        hint = f"Find out what the clock showed: in {short.label} the time lies {apart} {later} than in {label}."
        return "season", why, hint
    if aware is None and here is not None and zones.offset_minutes(here, wall) != short.minutes:
        read = zones.label_at(here, wall) or "another zone"
        why = f"it is written in {short.label} but read as {read}"
        return "conflict", why, f"Read it in {short.zones[0]}, or correct the incident's zone."
    return "", "", ""


@rule("T07", "local time that a clock change skips or repeats", "warning", "timeline")
def clock_change(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A local time that did not exist on that day, or existed twice."""
    story = facts.timeline
    calm: dict[tuple[str, date], bool] = {}
    found = []
    for event in story.source:
        if event.at is None:
            continue
        for name in ("at", "latest", "until"):
            moment = getattr(event, name)
            if isinstance(moment, time) and name == "at":
                entry = story.by_id.get(event.id)
                moment = entry.wall if entry and entry.dated and not event.zone else None
            if not isinstance(moment, datetime) or moment.tzinfo is not None:
                continue
            zone = (zones.resolve(event.zone) if event.zone else None) or story.zone
            if zone is None or isinstance(zone, timezone):
                continue
            key = (event.zone, moment.date())
            if key not in calm:
                calm[key] = _calm(zone, moment)
            if not calm[key] and (change := _change(zone, moment)):
                found.append((event, name, moment, zone, change))
    for event, name, moment, zone, change in found[:AT_MOST]:
        yield this.finding(place("events", event.id, name), *_told(event, moment, zone, change))
    if more := found[AT_MOST:]:
        message = f"{counted(len(more), 'more time')} fall into a clock change"
        yield this.finding("events", message, "Write these times with their offsets.")


def _calm(zone: tzinfo, moment: datetime) -> bool:
    """Whether no clock change comes near a day: the offset is the same from the day before to the day after."""
    midday = moment.replace(hour=12, minute=0, second=0, microsecond=0)
    try:
        around = [midday - timedelta(days=1), midday, midday + timedelta(days=1)]
    except OverflowError:
        return False
    return len({zones.offset_minutes(zone, day) for day in around}) == 1


def _change(zone: tzinfo, moment: datetime) -> int:
    """By how many minutes the clock jumps at a local time: forward (above 0, the time is skipped) or back (below)."""
    return zones.offset_minutes(zone, moment.replace(fold=1)) - zones.offset_minutes(zone, moment.replace(fold=0))


def _told(event: Event, moment: datetime, zone: tzinfo, change: int) -> tuple[str, str]:
    zone_name = zone.key if isinstance(zone, ZoneInfo) else str(zone)
    jump = span_text(abs(change) * MINUTE)
    shown = clock(moment)
    if change > 0:
        meant = clock(wall_clock(wall_instant(moment) + change * MINUTE, None))
        return (
            f"{shown} ({named(event)}) did not exist in {zone_name}: the clocks went forward by {jump}",
            f"Correct the time; perhaps {meant} was meant.",
        )
    first = zones.offset_minutes(zone, moment.replace(fold=0))
    offsets = [_offset_name(timedelta(minutes=minutes)) for minutes in (first, first + change)]
    return (
        f"{shown} ({named(event)}) happened twice in {zone_name}: the clocks went back by {jump}",
        f"Write the time with its offset: {offsets[0]} for the first, {offsets[1]} for the second.",
    )
