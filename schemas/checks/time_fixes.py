"""Changes that settle a doubtful time: another year, day and month exchanged, start and end exchanged, the next day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from schemas import event_edits, zones
from schemas.checks.naming import moment_text
from schemas.checks.registry import Fix
from schemas.incident import Event, Incident
from schemas.moments import DAY, HOUR, When, interval
from schemas.timeline import Timeline

ENDS: Final = ("at", "latest", "until")
"""The fields of an event that hold its times."""

OVERNIGHT: Final = 12 * HOUR
"""What lasted at most this long may have ended on the next day."""

NEARBY: Final = 2 * DAY
"""How far outside of the other events a corrected date may still lie to count as right."""

AnyWhen = TypeVar("AnyWhen", bound=When)


def day_and_month_exchanged(at: When | None) -> date | datetime | None:
    """The time with the figures of its day and month exchanged; None if there is no other such date."""
    if not isinstance(at, date) or at.day > 12 or at.day == at.month:
        return None
    return at.replace(month=at.day, day=at.month)


def in_year(at: When | None, year: int) -> date | datetime | None:
    """The time in another year; None if it has no date, or there is no such day in that year."""
    if not isinstance(at, date) or not 1 <= year <= 9999:
        return None
    try:
        return at.replace(year=year)
    except ValueError:
        return None


def changed_times(event: Event, change: Callable[[When], When | None], **others: Any) -> Event:
    """An event with each of its times changed; the same one where a change gives nothing for one that has a date."""
    changes: dict[str, Any] = {}
    for name in ENDS:
        at = getattr(event, name)
        if isinstance(at, date):
            if (moved := change(at)) is None:
                return event
            changes[name] = moved
    changed: Event = event.changed(**changes, **others) if changes else event
    return changed


def fix_events(
    label: str, events: Iterable[Event], change: Callable[[Event], Event], fields: tuple[str, ...] = ("at",)
) -> Fix:
    """A change of some events, which go to their places in time. One that has other `fields` by now is left alone."""

    def known(event: Event) -> tuple[object, ...]:
        return (event.id, *(getattr(event, name) for name in fields))

    wanted = {known(event) for event in events}

    def edit(incident: Incident) -> Incident:
        changed = tuple(change(event) if known(event) in wanted else event for event in incident.events)
        return event_edits.sort_events(incident.model_copy(update={"events": changed}))

    return Fix(label, edit)


def lands(at: When | None, event: Event, story: Timeline, span: tuple[int, int], slack: int = NEARBY) -> bool:
    """Whether a time of an event lies within a stretch of the story (microseconds), or close to it."""
    if not isinstance(at, date):
        return False
    zone = (zones.resolve(event.zone) if event.zone else None) or story.zone
    return span[0] - slack <= interval(at, zone=zone).nominal <= span[1] + slack


def exchange_day_and_month(event: Event, **others: Any) -> Fix | None:
    """Exchange day and month in all times of an event."""
    moved = changed_times(event, day_and_month_exchanged, **others)
    if moved is event or moved.at is None:
        return None
    label = f"swap day and month: {moment_text(moved.at)}"
    return fix_events(label, [event], lambda known: changed_times(known, day_and_month_exchanged, **others))


def write_year(event: Event, year: int) -> Fix | None:
    """Put all times of an event into another year, in which `at` has been looked for already."""
    by = year - event.at.year if isinstance(event.at, date) else 0

    def moved(at: When) -> date | datetime | None:
        return in_year(at, at.year + by) if isinstance(at, date) else None

    if not by or changed_times(event, moved) is event:
        return None
    return fix_events(f"write {year} as the year", [event], lambda known: changed_times(known, moved))


def move_years(events: Iterable[Event], by: int, label: str) -> Fix | None:
    """Put events so many years forward (or back); None where one of their days is not in the other year."""

    def moved(at: When) -> date | datetime | None:
        return in_year(at, at.year + by) if isinstance(at, date) else None

    known = [event for event in events if isinstance(event.at, date)]
    if not known or any(changed_times(event, moved) is event for event in known):
        return None
    return fix_events(label, known, lambda event: changed_times(event, moved))


def end_later(event: Event, name: str) -> Fix | None:
    """What to do with an end (`until` or `latest`) that lies before its start: the next day, or exchange the two."""
    at, end = event.at, getattr(event, name)
    if not isinstance(at, date) or not isinstance(end, date):
        return None
    if isinstance(at, datetime) and isinstance(end, datetime):
        next_day = following_day(at, end)
        if next_day is not None:
            label = f"put the end on the next day: {moment_text(next_day)}"
            return fix_events(label, [event], lambda known: known.changed(**{name: next_day}), ("at", name))
    label = f"exchange the two times: {moment_text(end)} to {moment_text(at)}"
    return fix_events(label, [event], lambda known: known.changed(**{"at": end, name: at}), ("at", name))


def following_day(start: datetime, end: datetime) -> datetime | None:
    """An end before its start, a day later, if that is soon after the start; None where that settles nothing."""
    if (start.tzinfo is None) != (end.tzinfo is None) or start.date() != end.date():
        return None
    try:
        later = end + timedelta(days=1)
    except OverflowError:
        return None
    return later if timedelta(0) < later - start <= timedelta(microseconds=OVERNIGHT) else None
