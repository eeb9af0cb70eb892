"""Lengths that a change of the clocks during the incident makes look wrong."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from schemas import event_edits, zones
from schemas.checks.clock_jumps import ENDS, jumps, nominal
from schemas.checks.naming import clock, listed, place
from schemas.checks.probes import holds
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.entries import Entry
from schemas.incident import Event, Incident
from schemas.moments import DAY, MINUTE, SECOND, Duration, Interval, span_text
from schemas.patterns import late
from schemas.timeline import Timeline
from schemas.zone_changes import YEARS_AT_MOST, ClockChange, changes_between, offset_of

_CLOCK_WORDS: Final = late(
    r"\b(?:clocks?|DST|daylight|(?:summer|winter|standard) time|time change|Zeitumstellung|Uhr(?:en)?|horario de verano"
    r"|horário de verão|heure d['’](?:été|hiver))\b",
    re.IGNORECASE,
)

_CLOCK_PROBES: Final = (
    "clock", "dst", "daylight", "summer time", "winter time", "standard time", "time change", "zeitumstellung", "uhr",
    "horario", "horário", "heure d",
)  # fmt: skip
"""Of every wording above, a piece in small letters."""

_TOO_LONG: Final = 500
"""A length so many times the change of the clocks is not measured by subtracting clocks: an hour in three weeks."""


@rule("T08", "the clocks changed during the incident", "warning", "timeline", "measurements")
def changed_meanwhile(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Subtracting what the clocks showed gives other lengths than those that passed."""
    story, measurements = facts.timeline, facts.measurements
    zone = story.zone
    if not isinstance(zone, ZoneInfo) or story.zone_assumed or story.first is None or not story.first.dated:
        return
    if story.last is None or _is_steady(zone, story):
        return
    affected: dict[str, tuple[Interval, Interval, int]] = {}
    for each in measurements:
        start, end = story.reached.get(each.metric.start), story.reached.get(each.metric.end)
        if each.known and not each.metric.hours and start and end and (shift := _shift(zone, start, end)):
            took = each.length.text if each.length else ""
            shown = _by_clock(each.length, shift)
            affected[f"{each.metric.label} ({each.metric.pair}) took {took}, not {shown}"] = (start, end, shift)
    severity = this.severity if affected and any(map(_is_local, story.source)) else "info"
    if not affected:
        start, end = story.first.start, story.last.start
        if start is None or end is None or not (shift := _shift(zone, start, end)):
            return
        length = end.nominal - start.nominal
        spanned = f"{span_text(length)} lie between the first event and the last, not {span_text(length + shift)}"
        affected[spanned] = (start, end, shift)
    start, end, shift = next(iter(affected.values()))
    change = next(iter(changes_between(zone, start.nominal, end.nominal)), None)
    if change is None or _is_told(story, change):
        return
    way = f"{'forward' if change.step > 0 else 'back'} by {span_text(abs(change.step))}"
    message = f"the clocks in {zone.key} went {way} on {clock(change.wall)}: {listed(list(affected), 2)}"
    behind = bisect_left(story.timed, change.at, key=nominal)
    entry = story.timed[min(behind, len(story.timed) - 1)]  # the last event may go on beyond the change
    where = place("events", entry.event.id)
    if any(map(_is_local, story.source)):
        hint = (
            "Do not subtract the clocks: state these lengths. Write the times with their offsets, so that others can."
        )
        found = this.finding(where, message, hint, _with_offsets(story, zone))
    else:
        hint = "All times have their offsets, so nothing is doubtful; state these lengths, and say that clocks changed."
        found = this.finding(where, f"{message} (by the offsets of the times)", hint)
    yield replace(found, severity=severity)


def _is_steady(zone: tzinfo, story: Timeline) -> bool:
    """Whether the clocks surely did not change from the first to the last that is known of an incident."""
    ends = [nominal(entry) for entry in (story.first, story.last) if entry]
    known = [*ends, *(each.nominal for each in story.reached.values())]
    first, last = min(known), max(known)
    return last - first < YEARS_AT_MOST * 365 * DAY and not changes_between(zone, first, last)


def _is_told(story: Timeline, change: ClockChange) -> bool:
    """Whether an event at the time of the change speaks of it, so that every reader is warned."""
    around = 2 * 60 * MINUTE
    warnings = story.of_entries.gathered(_speaking_of_clocks)
    at = bisect_left(warnings, change.at - around, key=nominal)
    return at < len(warnings) and nominal(warnings[at]) < change.at + around


def _speaking_of_clocks(entries: tuple[Entry, ...]) -> list[Entry]:
    texts = [entry.event.text.lower() for entry in entries]
    if not holds("\n".join(texts), _CLOCK_PROBES):
        return []
    suspects = [entry for entry, text in zip(entries, texts, strict=True) if holds(text, _CLOCK_PROBES)]
    return [entry for entry in suspects if entry.start and _CLOCK_WORDS.search(entry.event.text)]


def _shift(zone: tzinfo, start: Interval, end: Interval) -> int:
    """By how much the clocks say more than what passed between two moments; 0 where it does not matter."""
    if "day" in (start.precision, end.precision):
        return 0
    shift = offset_of(zone, end.nominal) - offset_of(zone, start.nominal)
    return shift if 0 < end.nominal - start.nominal <= _TOO_LONG * abs(shift) else 0


def _by_clock(length: Duration | None, shift: int) -> str:
    if length is None:
        return "unknown"
    ends = (length.shortest + shift, length.longest + shift, length.nominal + shift)
    return span_text(ends[2]) if min(ends) < 0 else Duration(*ends, about=length.about).text


def _is_local(event: Event) -> bool:
    return type(event.at) is time or (type(event.at) is datetime and event.at.tzinfo is None and not event.zone)


def _with_offsets(story: Timeline, zone: tzinfo) -> Fix | None:
    """Write every local time of the incident's clock with the offset it was read at, if there is no doubt about any."""
    if not story.stands_alone or jumps(story):
        return None

    def written(event: Event) -> Event:
        if event.zone:
            return event
        changes = {
            name: at.replace(tzinfo=timezone(zones.offset_at(zone, at)))
            for name in ENDS
            if type(at := getattr(event, name)) is datetime and at.tzinfo is None and _whole(zone, at)
        }
        return event.changed(**changes) if changes else event

    def edit(incident: Incident) -> Incident:
        return event_edits.sort_events(incident.model_copy(update={"events": tuple(map(written, incident.events))}))

    return Fix("write the local times with their offsets", edit)


def _whole(zone: tzinfo, at: datetime) -> bool:
    return (zones.offset_at(zone, at) // timedelta(microseconds=1)) % (60 * SECOND) == 0
