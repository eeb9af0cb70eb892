"""Faults in how local times are placed in the world: no zone, names that are none, offsets that contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final

from schemas import edits, zones
from schemas.checks import short_names
from schemas.checks.naming import AT_MOST, choices, counted, moment_text, named, offset_name, place, quoted
from schemas.checks.prose import plain
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.time_fixes import fix_events
from schemas.incident import Event
from schemas.moments import MINUTE, instant, span_text
from schemas.patterns import late
from schemas.sections import SECTION_KEYS
from schemas.timeline import Timeline
from schemas.zone_changes import changes_between, offset_of

_ALL_TIMES: Final = late(
    r"\ball (?:the )?(?:times?|timestamps)\b(?: (?:are|is|listed|given|shown|below|here|approximate|in)){0,4},? ?\(?"
    r"(UTC ?[+\-]\d{1,2}(?::\d\d)?|[A-Z][A-Za-z_]+/[A-Z][A-Za-z_/]+|[A-Z]{1,5})\b",
    re.IGNORECASE,
)
"""A sentence such as "All times in CET", with the zone that it names."""


@rule("T05", "no time zone", "warning", "timeline", "zone", "stated", "sections")
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
    name, where = _named_zone(facts)
    if name:
        fix = Fix(f"set the zone to {name}, as {where}", lambda incident: edits.set_zone(incident, name))
        yield this.finding("zone", times, f"Set the incident's zone: {name}, as {where}.", fix)
    elif len(offsets) == 1:
        name = offset_name(offsets.pop() or timedelta())
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


def _named_zone(facts: Facts) -> tuple[str, str]:
    """The zone that the document names itself, in a sentence or in the words of its times, and where; or nothing."""
    said = {_better_name(word) for key in SECTION_KEYS for word in _zones_said(facts.incident.sections.get(key))}
    if len(said) == 1 and (name := said.pop()):
        return name, "the text says"
    written = {
        match[0]
        for _, words, at, _, _ in short_names.words_with_short_names(facts)
        if _is_local(at)
        for match in short_names.SHORT_NAME.finditer(words)
        if match[0] in zones.ABBREVIATIONS
    }
    said = {_better_name(word) for word in written}
    return (said.pop(), "written with the times") if len(said) == 1 else ("", "")


def _zones_said(body: str) -> list[str]:
    return _ALL_TIMES.findall(plain(body)) if "ll " in body or "LL " in body else []


@rule("T06", "zone that is unknown, ambiguous or contradicts the date", "warning", "timeline", "zone", "stated")
def doubtful_zone(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A name for a zone that nothing knows, that several places share, or that was not in force on the day."""
    name, story = facts.incident.zone, facts.timeline
    if name and zones.resolve(name) is None:
        better = _better_name(name) or _fitting_name(name, story.source)
        fix = Fix(f"set the zone to {better}", lambda incident: edits.set_zone(incident, better)) if better else None
        message, hint = _unknown(name)
        yield this.finding("zone", message + _out_of_season(name, story), hint, fix)
    unknown: dict[str, list[Event]] = {}
    for event in story.of_events.gathered(_in_unknown_zones):
        unknown.setdefault(event.zone, []).append(event)
    for name, events in list(unknown.items())[:AT_MOST]:
        message, hint = _unknown(name)
        on = f" (on {counted(len(events), 'event')})" if len(events) > 1 else ""
        yield this.finding(place("events", events[0].id, "zone"), message + on, hint, _place_fix(name, events, story))
    if len(unknown) > AT_MOST:
        message = f"{counted(len(unknown) - AT_MOST, 'more zone')} on events are not known"
        yield this.finding("events", message, "Use IANA names, such as Europe/Berlin.")
    for doubt in short_names.doubts(facts):
        fix = doubt.fix(facts.incident, story)
        yield this.finding(doubt.where, doubt.message(), doubt.verdict.hint, fix)
    yield from _other_season(this, facts)


def _in_unknown_zones(events: tuple[Event, ...]) -> list[Event]:
    return [event for event in events if event.zone and zones.resolve(event.zone) is None]


@lru_cache(maxsize=64)
def _better_name(name: str) -> str:
    """The name of the one zone that can be meant, or an empty string."""
    short = zones.ABBREVIATIONS.get(name.strip().upper())
    if short is not None:
        return "" if short.ambiguous else short.zones[0]
    return zones.canonical_name(name) or ""


def _fitting_name(name: str, events: tuple[Event, ...]) -> str:
    """The one place that uses an ambiguous name and fits the offsets of the times."""
    short = zones.ABBREVIATIONS.get(name.strip().upper())
    return short_names.fitting(short, events) if short is not None and short.ambiguous else ""


def _place_fix(name: str, events: list[Event], story: Timeline) -> Fix | None:
    """Another name for the zone of some events; of an ambiguous one the incident's own place, if it is among them."""
    short = zones.ABBREVIATIONS.get(name.strip().upper())
    better = _better_name(name)
    if not better and short is not None:
        better = story.zone_name if story.zone_name in short.zones else short_names.fitting(short, story.source)
    if not better:
        return None
    on = f" on {counted(len(events), 'event')}" if len(events) > 1 else ""
    return fix_events(f"set the zone to {better}{on}", events, lambda event: event.changed(zone=better), ("zone",))


def _out_of_season(name: str, story: Timeline) -> str:
    """What was in force instead of a short name on the day of the first local time; empty if nothing else was."""
    short = zones.ABBREVIATIONS.get(name.strip().upper())
    if short is None or short.ambiguous or short.minutes is None:
        return ""
    home = zones.resolve(short.zones[0])
    wall = next((e.at for e in story.source if isinstance(e.at, datetime) and e.at.tzinfo is None and not e.zone), None)
    if home is None or wall is None or zones.offset_minutes(home, wall) == short.minutes:
        return ""
    return f"; on {wall.date().isoformat()} {short.zones[0]} was on {zones.label_at(home, wall)}"


@lru_cache(maxsize=64)
def _unknown(name: str) -> tuple[str, str]:
    """What is wrong with a zone's name, and what to do."""
    short = zones.ABBREVIATIONS.get(name.strip().upper())
    if short is not None and short.ambiguous:
        return f"the zone {quoted(name)} may mean {choices(short.zones)}", "Set the zone to the place that was meant."
    if short is not None:
        return f"the zone {quoted(name)} is a short name, which changes with the season", f"Use {short.zones[0]}."
    from difflib import get_close_matches  # late: most zones are known

    known = _better_name(name)
    close = (known,) if known else get_close_matches(name[:50], zones.zone_names(), 3, 0.7)
    hint = f"Perhaps {choices(close)} was meant." if close else "Use an IANA name, such as Europe/Berlin, or UTC."
    return f"the zone {quoted(name)} is not known", hint


def _other_season(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Offsets that the incident's place has only in the other half of the year: the clock was read an hour off.

    An offset that some time carries rightly is a log's that did not follow the clocks, and UTC is everybody's.
    """
    story = facts.timeline
    zone = story.zone
    if not isinstance(zone, tzinfo) or story.zone_assumed or story.first is None or story.last is None:
        return
    aware = story.of_events.gathered(_with_offsets)
    used = dict.fromkeys(event.at.tzinfo for event in aware if isinstance(event.at, datetime))
    if not used:
        return
    first, last = story.first.start, story.last.start
    if first is None or last is None:
        return
    year = 366 * 24 * 60 * MINUTE
    steady = not changes_between(zone, first.nominal, last.nominal)
    now = offset_of(zone, first.nominal)
    around = changes_between(zone, first.nominal - year, last.nominal + year)
    seasonal = {change.before for change in around} | {change.after for change in around}
    for own in used:
        offset = own.utcoffset(None) if own else None
        size = round((offset or timedelta()) / timedelta(microseconds=1))
        if not size or size not in seasonal or (steady and size == now):
            continue
        wrong = [event for event in aware if isinstance(event.at, datetime) and event.at.tzinfo == own]
        if any(_is_right(event, zone, size) or _short_name_in(event.as_written) for event in wrong):
            continue
        yield _told_season(this, facts, wrong, zone, size)


def _with_offsets(events: tuple[Event, ...]) -> list[Event]:
    """The events whose times say themselves where they are in the world."""
    return [event for event in events if type(event.at) is datetime and event.at.tzinfo]


def _is_right(event: Event, zone: tzinfo, size: int) -> bool:
    return isinstance(event.at, datetime) and offset_of(zone, instant(event.at, None)) == size


def _short_name_in(words: str) -> bool:
    return any(match[0] in zones.ABBREVIATIONS for match in short_names.SHORT_NAME.finditer(words))


def _told_season(this: Rule, facts: Facts, wrong: list[Event], zone: tzinfo, size: int) -> Finding:
    event = wrong[0]
    at = event.at if isinstance(event.at, datetime) else datetime.min
    real = offset_of(zone, instant(at, None))
    there, here = (offset_name(timedelta(microseconds=offset)) for offset in (size, real))
    carry = (
        f"{counted(len(wrong), 'time')}, {named(event)} ({moment_text(at)}) first,"
        if len(wrong) > 1
        else (f"{named(event)} ({moment_text(at)})")
    )
    verb = "carry" if len(wrong) > 1 else "carries"
    message = f"{carry} {verb} {there}, but {facts.incident.zone} was on {here} on that day"
    way = "earlier" if real > size else "later"
    apart = span_text(abs(real - size), short=True)
    hint = f"If the clock showed these figures, write {here}; if the offset is right, waive this."
    words = f"write {here} on {counted(len(wrong), 'time')}, {apart} {way}"
    fix = fix_events(words, wrong, lambda known: short_names.at_offset_of(zone, known))
    return this.finding(place("events", event.id, "at"), message, hint, fix)
