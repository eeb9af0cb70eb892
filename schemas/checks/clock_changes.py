"""Faults that a change of the clocks brings: times that it skips or repeats, lengths that it makes look wrong."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from schemas import event_edits, zones
from schemas.checks.naming import AT_MOST, clock, counted, listed, named, offset_name, place
from schemas.checks.probes import holds
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.time_fixes import fix_events
from schemas.entries import Entry, standing_alone
from schemas.incident import Event, Incident
from schemas.moments import DAY, MINUTE, SECOND, Duration, Interval, instant, span_text
from schemas.patterns import late
from schemas.pieces import Look
from schemas.timeline import Timeline
from schemas.zone_changes import YEARS_AT_MOST, ClockChange, changes_between, jump_at, offset_of

_ENDS: Final = ("at", "latest", "until")

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


@rule("T07", "local time that a clock change skips or repeats", "warning", "timeline")
def clock_change(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A local time that did not exist on that day, or existed twice."""
    found = _jumps(facts.timeline)
    for jump in found[:AT_MOST]:
        yield this.finding(place("events", jump.event.id, jump.name), *jump.told(), jump.fix(facts.timeline))
    if more := found[AT_MOST:]:
        message = f"{counted(len(more), 'more time falls', 'more times fall')} into a clock change"
        yield this.finding("events", message, "Write these times with their offsets.")


@dataclass(frozen=True, slots=True)
class _Jump:
    """A local time in a clock change; `step` is how far the clocks went forward (above 0) or back, in microseconds."""

    event: Event
    name: str
    wall: datetime
    zone: tzinfo
    step: int

    def told(self) -> tuple[str, str]:
        """What is wrong, and what to do."""
        zone_name = self.zone.key if isinstance(self.zone, ZoneInfo) else str(self.zone)
        size, shown = span_text(abs(self.step)), f"{clock(self.wall)} ({named(self.event)})"
        if self.step > 0:
            return (
                f"{shown} did not exist in {zone_name}: the clocks went forward by {size}",
                f"Correct the time; perhaps {clock(self.later())} was meant.",
            )
        first, second = map(offset_name, self.offsets())
        return (
            f"{shown} happened twice in {zone_name}: the clocks went back by {size}",
            f"Write the time with its offset: {first} for the first, {second} for the second.",
        )

    def later(self) -> datetime:
        """What clocks showed that had been changed."""
        return self.wall + timedelta(microseconds=self.step)

    def offsets(self) -> tuple[timedelta, timedelta]:
        """The offsets of the first and of the second time."""
        first = zones.offset_at(self.zone, self.wall.replace(fold=0))
        return first, first + timedelta(microseconds=self.step)

    def fix(self, story: Timeline) -> Fix | None:
        """Write the time that the clock can have shown, or which of the two it was."""
        if type(getattr(self.event, self.name)) is not datetime:
            return None
        if self.step > 0:
            meant, label = self.later(), f"write {clock(self.later())}, as changed clocks showed it"
        else:
            second = self._second(story)
            offset = self.offsets()[second]
            meant = self.wall.replace(tzinfo=timezone(offset), fold=0)
            label = f"write that it was the {'second' if second else 'first'} one, at {offset_name(offset)}"
        name = self.name
        return fix_events(label, [self.event], lambda known: known.changed(**{name: meant}), (name,))

    def _second(self, story: Timeline) -> bool:
        """Whether the story only moves forward if the time is the second one."""
        first = instant(self.wall.replace(fold=0), self.zone)
        if self.name != "at":
            alone = standing_alone(self.event, story.zone) if story.stands_alone else story.by_id[self.event.id]
            start = alone.start
            return start is not None and first < start.nominal
        before = self._before(story)
        return before is not None and before.start is not None and first < before.start.nominal <= first - self.step

    def _before(self, story: Timeline) -> Entry | None:
        """The last entry with a time that stands before the event in the file."""
        if story.in_file_order and (own := standing_alone(self.event, story.zone).start) is not None:
            at = bisect_left(story.timed, own.nominal, key=_nominal)
            while at < len(story.timed) and story.timed[at].event is not self.event:
                at += 1
            return story.timed[at - 1] if 0 < at < len(story.timed) else None
        before: Entry | None = None
        for event in story.source:
            if event is self.event:
                break
            if (entry := story.by_id.get(event.id)) is not None and entry.start is not None:
                before = entry
        return before


def _jumps(story: Timeline) -> tuple[_Jump, ...]:
    windows = _windows(story)
    if story.stands_alone or not windows:
        return story.of_events.gathered(_jumping(story.zone if story.first else None, windows))
    dates = {entry.event.id: entry.wall for entry in story.entries if entry.dated and not entry.event.zone}
    return tuple(_jumps_of(story.source, story.zone, dates))


Window = tuple[datetime, datetime]
"""Two wall clocks between which the clocks of a place may have shown a time twice, or not at all."""


@lru_cache(maxsize=4)
def _jumping(zone: tzinfo | None, windows: tuple[Window, ...]) -> Look[Event, _Jump]:
    """Finds the times that lie in a clock change. Only a few local times are looked at: asking a zone of each would
    take longer than all other checks together."""

    def is_suspect(event: Event) -> bool:
        if event.zone or event.until is not None or event.latest is not None:
            return True
        at = event.at
        return type(at) is datetime and at.tzinfo is None and any(first <= at <= last for first, last in windows)

    return lambda events: _jumps_of(filter(is_suspect, events), zone)


def _jumps_of(
    events: Iterable[Event], zone: tzinfo | None, dates: Mapping[str, datetime | None] | None = None
) -> Iterator[_Jump]:
    """The times of events that lie in a clock change; `dates` has the wall clocks of those without a date."""
    for event in events:
        own = (zones.resolve(event.zone) if event.zone else None) or zone
        if own is None or isinstance(own, timezone):
            continue
        for name in _ENDS:
            wall = getattr(event, name)
            if type(wall) is time and name == "at" and dates:
                wall = dates.get(event.id)
            if type(wall) is datetime and wall.tzinfo is None and (step := _in_calendar(jump_at(own, wall), wall)):
                yield _Jump(event, name, wall, own, step)


def _in_calendar(step: int, wall: datetime) -> int:
    """No jump at all in the first and last year, where the clocks would leave the calendar."""
    return step if 1 < wall.year < 9999 else 0


def _windows(story: Timeline) -> tuple[Window, ...]:
    """Where the clocks of the incident's zone changed while it lasted, or shortly before or after it."""
    if not isinstance(story.zone, ZoneInfo) or story.first is None or story.last is None:
        return ()
    first, last = _nominal(story.first), _nominal(story.last)
    if last - first > YEARS_AT_MOST * 366 * 24 * 60 * MINUTE:
        return ((datetime.min, datetime.max),)
    reach = 2 * 24 * 60 * MINUTE
    changes = changes_between(story.zone, first - reach, last + reach)
    steps = [(change.wall, timedelta(microseconds=abs(change.step))) for change in changes]
    return tuple((wall - step, wall + step) for wall, step in steps)


def _nominal(entry: Entry) -> int:
    return entry.start.nominal if entry.start else 0


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
    entry = story.timed[bisect_left(story.timed, change.at, key=_nominal)]
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
    ends = [_nominal(entry) for entry in (story.first, story.last) if entry]
    known = [*ends, *(each.nominal for each in story.reached.values())]
    first, last = min(known), max(known)
    return last - first < YEARS_AT_MOST * 365 * DAY and not changes_between(zone, first, last)


def _is_told(story: Timeline, change: ClockChange) -> bool:
    """Whether an event at the time of the change speaks of it, so that every reader is warned."""
    around = 2 * 60 * MINUTE
    warnings = story.of_entries.gathered(_speaking_of_clocks)
    at = bisect_left(warnings, change.at - around, key=_nominal)
    return at < len(warnings) and _nominal(warnings[at]) < change.at + around


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
    if not story.stands_alone or _jumps(story):
        return None

    def written(event: Event) -> Event:
        if event.zone:
            return event
        changes = {
            name: at.replace(tzinfo=timezone(zones.offset_at(zone, at)))
            for name in _ENDS
            if type(at := getattr(event, name)) is datetime and at.tzinfo is None and _whole(zone, at)
        }
        return event.changed(**changes) if changes else event

    def edit(incident: Incident) -> Incident:
        return event_edits.sort_events(incident.model_copy(update={"events": tuple(map(written, incident.events))}))

    return Fix("write the local times with their offsets", edit)


def _whole(zone: tzinfo, at: datetime) -> bool:
    return (zones.offset_at(zone, at) // timedelta(microseconds=1)) % (60 * SECOND) == 0
