"""Local times that a change of the clocks skips or repeats."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas import zones
from schemas.checks.naming import AT_MOST, clock, counted, named, offset_name, place
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.time_fixes import fix_events
from schemas.entries import Entry, standing_alone
from schemas.incident import Event
from schemas.moments import MINUTE, instant, span_text
from schemas.pieces import Look
from schemas.timeline import Timeline
from schemas.zone_changes import YEARS_AT_MOST, changes_between, jump_at

ENDS: Final = ("at", "latest", "until")
"""The fields of an event that hold times of the story."""


@rule("T07", "local time that a clock change skips or repeats", "warning", "timeline")
def clock_change(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A local time that did not exist on that day, or existed twice."""
    found = jumps(facts.timeline)
    for jump in found[:AT_MOST]:
        yield this.finding(place("events", jump.event.id, jump.name), *jump.told(), jump.fix(facts.timeline))
    if more := found[AT_MOST:]:
        message = f"{counted(len(more), 'more time falls', 'more times fall')} into a clock change"
        yield this.finding("events", message, "Write these times with their offsets.")


class Jump(Struct, frozen=True):
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
            at = bisect_left(story.timed, own.nominal, key=nominal)
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


def jumps(story: Timeline) -> tuple[Jump, ...]:
    """The times of a story that lie in a change of the clocks."""
    windows = _windows(story)
    if story.stands_alone or not windows:
        return story.of_events.gathered(_jumping(story.zone if story.first else None, windows))
    dates = {entry.event.id: entry.wall for entry in story.entries if entry.dated and not entry.event.zone}
    return tuple(_jumps_of(story.source, story.zone, dates))


Window = tuple[datetime, datetime]
"""Two wall clocks between which the clocks of a place may have shown a time twice, or not at all."""


@lru_cache(maxsize=4)
def _jumping(zone: tzinfo | None, windows: tuple[Window, ...]) -> Look[Event, Jump]:
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
) -> Iterator[Jump]:
    """The times of events that lie in a clock change; `dates` has the wall clocks of those without a date."""
    for event in events:
        own = (zones.resolve(event.zone) if event.zone else None) or zone
        if own is None or isinstance(own, timezone):
            continue
        for name in ENDS:
            wall = getattr(event, name)
            if type(wall) is time and name == "at" and dates:
                wall = dates.get(event.id)
            if type(wall) is datetime and wall.tzinfo is None and (step := _in_calendar(jump_at(own, wall), wall)):
                yield Jump(event, name, wall, own, step)


def _in_calendar(step: int, wall: datetime) -> int:
    """No jump at all in the first and last year, where the clocks would leave the calendar."""
    return step if 1 < wall.year < 9999 else 0


def _windows(story: Timeline) -> tuple[Window, ...]:
    """Where the clocks of the incident's zone changed while it lasted, or shortly before or after it."""
    if not isinstance(story.zone, ZoneInfo) or story.first is None or story.last is None:
        return ()
    first, last = nominal(story.first), nominal(story.last)
    if last - first > YEARS_AT_MOST * 366 * 24 * 60 * MINUTE:
        return ((datetime.min, datetime.max),)
    reach = 2 * 24 * 60 * MINUTE
    changes = changes_between(story.zone, first - reach, last + reach)
    steps = [(change.wall, timedelta(microseconds=abs(change.step))) for change in changes]
    return tuple((wall - step, wall + step) for wall, step in steps)


def nominal(entry: Entry) -> int:
    """The instant that an entry is shown at, in microseconds."""
    return entry.start.nominal if entry.start else 0
