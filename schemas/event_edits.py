"""Changes to the events of an incident, which are kept in time order; see `schemas.edits` for what all edits do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import partial
from operator import is_
from typing import Final

from schemas import timeline
from schemas.entries import need_neighbours, standing_alone, zone_of
from schemas.incident import Event, Incident
from schemas.items_by_id import index_of, present
from schemas.moments import When
from schemas.pieces import replaced

_BEFORE_ALL: Final = -(10**18)
_ONE_DAY: Final = timedelta(days=1)
_SOME_DAY: Final = date(2000, 1, 1)


def add_event(incident: Incident, event: Event, *, after: str | None = None) -> Incident:
    """Add an event where its time belongs.

    One without a time goes behind the event with the id `after`, or to the end. So does one that has only a clock,
    before it is put in time order: what it stands behind says which day is meant.
    """
    events = incident.events
    if event.at is None or isinstance(event.at, time):
        at = len(events) if after is None else index_of(events, "events", after) + 1
    else:
        at = len(events)

    def put(to: int) -> Incident:
        return incident.model_copy(update={"events": replaced(events, to, to, (event,))})

    zone, assumed = zone_of(incident)
    if zone is None or assumed:
        zone, _ = zone_of(put(at))  # the event may be the one that lends its zone
    if event.at is not None and (isinstance(event.at, time) or leans(incident, zone)):
        return sort_events(put(at))
    return put(_place(events, event, at, zone))


def add_events(incident: Incident, events: Iterable[Event]) -> Incident:
    """Add several events; those without a time stay behind the one they follow."""
    added = tuple(events)
    return sort_events(incident.model_copy(update={"events": (*incident.events, *added)})) if added else incident


def sort_events(incident: Incident) -> Incident:
    """Put the events in time order (see `schemas.timeline.order`)."""
    zone, _ = zone_of(incident)
    ordered = timeline.order(incident.events, zone)
    return incident if ordered is incident.events else incident.model_copy(update={"events": ordered})


def shift_events(incident: Incident, ids: Collection[str], by: timedelta) -> Incident:
    """Move the times of events by a length, all ends of each; events without a time stay as they are.

    Wall clocks move, as they do when a whole list was written down in the wrong zone. A clock without a date goes
    round at midnight, a plain date moves by the whole days in the length.

    Raises:
        OverflowError: a time would leave the years 1 to 9999.
    """
    moving = present(incident.events, "events", ids)
    if not moving or not by:
        return incident
    moved = tuple(_shifted(event, by) if event.id in moving else event for event in incident.events)
    if all(map(is_, moved, incident.events)):
        return incident
    return sort_events(incident.model_copy(update={"events": moved}))


def leans(before: Incident, zone: tzinfo | None) -> bool:
    """Whether times hung on other events, or on another zone, so that changing one event may have moved any of them."""
    return need_neighbours(before.events) or zone_of(before)[0] != zone


def moved_event(incident: Incident, at: int, changed: Event) -> Incident:
    """The incident with an event whose time is another one at an index, all in time order, as `sort_events` does it."""
    events = incident.events

    def put() -> Incident:
        return incident.model_copy(update={"events": replaced(events, at, at + 1, (changed,))})

    zone, assumed = zone_of(incident)
    if zone is None or assumed:
        zone, _ = zone_of(put())
    if isinstance(changed.at, time) or leans(incident, zone):
        return sort_events(put())
    if changed.at is None:
        return put()
    end = next((i for i in range(at + 1, len(events)) if events[i].at is not None), len(events))
    rest = replaced(events, at, end)
    to = _place(rest, changed, at, zone)
    if to == at:
        return put()
    return incident.model_copy(update={"events": replaced(rest, to, to, (changed, *events[at + 1 : end]))})


def _place(events: tuple[Event, ...], event: Event, at: int, zone: tzinfo | None) -> int:
    """The index among other events, which are in order, at which an event with a date belongs; `at` is where it was."""
    own = standing_alone(event, zone).start
    if own is None:
        return at
    time_at = partial(_time_at, events, zone)
    # Clocks are quick to compare, and nearly always right; what they say is then looked at closely.
    guess = bisect_right(range(len(events)), _clock(event), key=partial(_clock_at, events))
    if guess <= at and time_at(guess - 1) <= own.nominal:
        following = time_at(guess) if guess < len(events) else None
        if following is None or following > own.nominal:
            return guess
    # Of equal times the order stays: what stood in front of the event stays in front of it.
    low = bisect_right(range(at), own.nominal, key=time_at)
    return low if low < at else at + bisect_left(range(at, len(events)), own.nominal, key=time_at)


def _time_at(events: tuple[Event, ...], zone: tzinfo | None, index: int) -> int:
    """The time of an event, or of the one that it stands behind."""
    for i in range(index, -1, -1):
        if start := standing_alone(events[i], zone).start:
            return start.nominal
    return _BEFORE_ALL


def _clock_at(events: tuple[Event, ...], index: int) -> datetime:
    """The same as its clock shows it, wherever that is."""
    return next((_clock(events[i]) for i in range(index, -1, -1) if isinstance(events[i].at, date)), datetime.min)


def _clock(event: Event) -> datetime:
    at = event.at
    if isinstance(at, datetime):
        return at.replace(tzinfo=None)
    return datetime.combine(at, time()) if isinstance(at, date) else datetime.min


def _shifted(event: Event, by: timedelta) -> Event:
    changes = {
        name: _moved(moment, by)
        for name in ("at", "latest", "until")
        if (moment := getattr(event, name)) is not None
    }  # fmt: skip
    moved: Event = event.changed(**changes)
    return event if moved == event else moved


def _moved(moment: When, by: timedelta) -> When:
    if isinstance(moment, time):
        return (datetime.combine(_SOME_DAY, moment) + by).time()
    if isinstance(moment, datetime):
        return moment + by
    return moment + timedelta(days=int(by / _ONE_DAY))
