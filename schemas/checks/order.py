"""Faults in the course of events: out of order, clocks that run backwards, long silences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Final

from schemas import event_edits, zones
from schemas.checks.naming import AT_MOST, counted, moment_text, named, place, when
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.time_fixes import fix_events
from schemas.entries import Entry, standing_alone
from schemas.incident import Event, Incident
from schemas.moments import DAY, HOUR, MINUTE, Interval, When, passes_midnight, span_text, wall_clock
from schemas.pieces import Look
from schemas.timeline import QUIET_AT_LEAST, Timeline, build, order

_EVENING: Final = 17
"""From this hour on, work on an incident may well go on until after midnight."""

_SHORT_NIGHT: Final = 6 * HOUR
"""Nothing recorded for this long over midnight is nothing out of the ordinary."""


@rule("T12", "events are not in order of time", "info", "timeline")
def out_of_order(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The file lists the events in another order than their times have."""
    story = facts.timeline
    if story.in_file_order:
        return
    steps = _steps_back(story)
    if not steps:
        return
    entry, before = steps[0]
    others = f", and {len(steps) - 1} more like it" if len(steps) > 1 else ""
    message = f"{named(entry.event)} ({when(entry)}) stands behind {named(before.event)} ({when(before)}){others}"
    where = place("events", entry.event.id)
    if not story.stands_alone and order(story.source, story.zone) is story.source:
        yield this.finding(where, message, "Give every event its date: sorted, the clocks without one would move.")
    else:
        hint = "Sort the events; if the order is right, correct the times."
        yield this.finding(where, message, hint, Fix("sort the events by time", event_edits.sort_events))


_Course = tuple[Entry | None, tuple[tuple[Entry, Entry], ...], Entry | None]
"""Of some events the first one with a time, those that stand behind a later one with that, and the last with a time."""


def _steps_back(story: Timeline) -> list[tuple[Entry, Entry]]:
    """The events whose time lies before that of the one before them in the file, each with that one."""
    if story.stands_alone:
        courses = story.of_events.gathered(_course_in(story.zone))
    else:
        known = {id(entry.event): entry for entry in story.entries}
        courses = (_course([known[id(event)] for event in story.source]),)
    steps = []
    before: Entry | None = None
    for first, within, last in courses:
        if before and first and _is_back(first, before):
            steps.append((first, before))
        steps += within
        before = last or before
    return steps


@lru_cache(maxsize=8)
def _course_in(zone: tzinfo | None) -> Look[Event, _Course]:
    return lambda events: (_course([standing_alone(event, zone) for event in events]),)


def _course(entries: Iterable[Entry]) -> _Course:
    timed = [entry for entry in entries if entry.start is not None]
    steps = tuple((after, before) for before, after in pairwise(timed) if _is_back(after, before))
    return (timed[0], steps, timed[-1]) if timed else (None, (), None)


def _is_back(entry: Entry, before: Entry) -> bool:
    return bool(entry.start and before.start and entry.start.nominal < before.start.nominal)


@rule("T13", "clock runs backwards", "warning", "timeline")
def clock_backwards(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A time without a date lies before the one it follows: midnight was passed, or one of the two is wrong."""
    story = facts.timeline
    if story.stands_alone:
        return
    steps = list(_back_steps(story))
    write = Fix("write out the dates as they were read", write_dates)
    dates = write if any(entry.assumed for entry, _, _ in steps) else None
    for entry, there, later in steps[:AT_MOST]:
        here = entry.event.at
        if not isinstance(here, time):
            continue
        shown = f"{moment_text(there)} to {moment_text(here)} at {named(entry.event)}"
        where = place("events", entry.event.id, "at")
        afternoon = _afternoon(story.source, entry.event, there)
        if not passes_midnight(there, here):
            message = f"the clock runs back from {shown}; it was read as the same day"
            hint = "Correct the time, or sort the events; if it was the next day, give the event its date."
            yield this.finding(where, message, hint, _sort(story))
        elif afternoon:
            message = f"the clock runs back from {shown}; it was read as the next day"
            first = moment_text(_half_a_day_on(here))
            hint = f"Perhaps {first} was meant, after noon. Correct the time, or give the event its date."
            words = f"read {counted(len(afternoon), 'time')} as PM: {first}"
            fix = fix_events(words, afternoon, lambda event: event.changed(at=_half_a_day_on(event.at)))
            yield this.finding(where, message, hint, fix)
        elif later <= _SHORT_NIGHT or (later <= 12 * HOUR and there.hour >= _EVENING):
            message = f"the clock goes from {shown}: read as past midnight"
            hint = "Give the event its date, so that nobody has to guess."
            yield Finding(this.id, "info", where, message, hint, dates)
        else:
            message = f"the clock runs back from {shown}; it was read as the next day"
            yield this.finding(where, message, "Correct the time, or give the event its date.", dates)
    if more := steps[AT_MOST:]:
        message = f"the clock runs backwards {counted(len(more), 'more time', 'more times')}"
        yield this.finding("events", message, "Give these events their dates.", dates)


def _sort(story: Timeline) -> Fix | None:
    """Put the events in order, where that moves no clock to another day."""
    if order(story.source, story.zone) is story.source:
        return None
    return Fix("sort the events by time", event_edits.sort_events)


def _half_a_day_on(at: When | None) -> time:
    return at.replace(hour=(at.hour + 12) % 24) if isinstance(at, time) else time()


def _afternoon(events: Sequence[Event], event: Event, before: time) -> list[Event]:
    """The event and those behind it whose clocks go on without a break if they are of the afternoon; else nothing.

    12:50 PM, then 1:15 without the letters; and 12:00 AM where noon was meant.
    """
    found: list[Event] = []
    start = next(i for i, each in enumerate(events) if each is event)
    for each in events[start:]:
        if each.at is None:
            continue
        if not isinstance(each.at, time) or each.at.hour >= 12 or _half_a_day_on(each.at) < before:
            break
        before = _half_a_day_on(each.at)
        found.append(each)
    following = next((each.at for each in events[start + len(found) :] if isinstance(each.at, time)), None)
    return [] if following is not None and time(12) <= following < before else found


def _back_steps(story: Timeline) -> Iterator[tuple[Entry, time, int]]:
    """Each clock that lies before the one it follows in the file, that one, and the time that passes over midnight.

    Both are read in the zone of the later event.
    """
    known = {id(entry.event): entry for entry in story.entries}
    before: Entry | None = None
    for event in story.source:
        entry = known[id(event)]
        if isinstance(event.at, time) and before is not None and before.start and before.wall:
            own = zones.resolve(event.zone) if event.zone else None
            there = (wall_clock(before.start.nominal, own) if own else before.wall).time()
            if event.at < there:
                gone = (there.hour - event.at.hour) * 60 + there.minute - event.at.minute
                yield entry, there, DAY - gone * MINUTE
        if entry.start is not None:
            before = entry if entry.precision != "day" else None


def write_dates(incident: Incident) -> Incident:
    """Give every event that has only a clock the date on which the timeline has put it."""
    story = build(incident)
    known = {id(entry.event): entry for entry in story.entries}

    def with_date(event: Event) -> Event:
        entry = known[id(event)]
        if not isinstance(event.at, time) or entry.start is None or not entry.assumed:
            return event
        own = (zones.resolve(event.zone) if event.zone else None) or story.zone
        day = wall_clock(entry.start.nominal, own).date()
        written: Event = event.changed(at=datetime.combine(day, event.at))
        return written

    return event_edits.sort_events(incident.model_copy(update={"events": tuple(map(with_date, incident.events))}))


@rule("T14", "nothing recorded for long", "info", "timeline")
def silence(this: Rule, facts: Facts) -> Iterator[Finding]:
    """While people were at work on the incident, the timeline says nothing for a long time.

    Where events without a time stand in between, something was recorded, if not when.
    """
    story = facts.timeline
    start = story.milestones.get("detected")
    end = next((story.reached[name] for name in ("mitigated", "recovered", "resolved") if name in story.reached), None)
    if start is None or end is None or start.start is None or not story.of_entries.gathered(_after_an_hour):
        return
    silences = _silences(story, start, end)
    longest = sorted(range(len(silences)), key=lambda at: -silences[at][0])[:3]
    for length, before, after in (silences[at] for at in sorted(longest)):
        between = f"{named(before.event)} ({when(before)}) and {named(after.event)} ({when(after)})"
        message = f"nothing is recorded for {span_text(length)} between {between}"
        hint = "If something was tried, waited for or decided then, add it: this is where the time went."
        yield this.finding(place("events", before.event.id), message, hint)


def _silences(story: Timeline, start: Entry, end: Interval) -> list[tuple[int, Entry, Entry]]:
    """The silences from one event up to a moment: how long at the least, and the entries on both sides.

    An event that lasted, or may have been later, covers what follows it. Others at the moment of the first are not
    looked at.
    """
    begun, quiet = _nominal(start), story.quiet or QUIET_AT_LEAST
    lasting = [each for each in story.of_entries.gathered(_lasting) if _nominal(each) > begun]
    before, covered, passed = start, _reaches(start), 0
    silences = []
    for at in story.of_entries.places(_after_an_hour):
        entry = story.entries[at]
        if not begun < _nominal(entry) <= end.nominal or (entry.gap or 0) < quiet or _is_told(story, at, start):
            continue
        last = story.entries[at - 1]
        while passed < len(lasting) and _nominal(lasting[passed]) <= _nominal(last):
            if _reaches(lasting[passed]) >= covered:
                before, covered = lasting[passed], _reaches(lasting[passed])
            passed += 1
        if _nominal(last) > begun and _reaches(last) >= covered:
            before, covered = last, _reaches(last)
        if entry.start and (length := entry.start.earliest - covered) >= quiet:
            silences.append((length, before, entry))
    return silences


def _is_told(story: Timeline, at: int, start: Entry) -> bool:
    """Whether something without a time stands between an entry and the one before it that is looked at."""
    for number in range(at - 1, -1, -1):
        before = story.entries[number]
        if before.start is None:
            return True
        if before is start or before.start.nominal > _nominal(start):
            return False
    return False


def _after_an_hour(entries: tuple[Entry, ...]) -> list[int]:
    return [at for at, entry in enumerate(entries) if entry.gap and entry.gap >= QUIET_AT_LEAST]


def _lasting(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.start and _reaches(entry) > entry.start.nominal]


def _reaches(entry: Entry) -> int:
    """When something was over at the latest."""
    return max(known.latest for known in (entry.start, entry.end) if known)


def _nominal(entry: Entry) -> int:
    return entry.start.nominal if entry.start else 0
