"""Changes to an incident as pure functions: one goes in, a new one comes out, and all that is untouched is shared.

Items are held by id. Events are kept in time order: an event that is added or whose time changes goes to its place.
Every function raises `KeyError` for an id, field or section that is not there and `pydantic.ValidationError` for a
value of the wrong shape; text is made safe on the way in. A change that changes nothing returns the same incident.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import partial
from operator import is_
from typing import Any, Final

from schemas import timeline
from schemas.entries import need_neighbours, standing_alone, zone_of
from schemas.ids import new_id as new_id
from schemas.ids import new_ids as new_ids
from schemas.incident import ITEM_LISTS, Event, Incident, Model, OtherSection, Waiver
from schemas.moments import When
from schemas.pieces import pieces_of, replaced
from schemas.section_order import FRONT, arranged
from schemas.section_order import section_order as section_order

Edit = Callable[[Incident], Incident]

_BEFORE_ALL: Final = -(10**18)
_FEW: Final = 3
_ONE_DAY: Final = timedelta(days=1)
_SOME_DAY: Final = date(2000, 1, 1)
_TIME_FIELDS: Final = frozenset({"at", "latest", "until", "about", "margin", "zone"})


def set_field(incident: Incident, name: str, value: Any) -> Incident:
    """Replace one field of the incident itself, such as `title` or `services`; of the zone, see `set_zone`."""
    if name not in Incident.model_fields or name in ITEM_LISTS or name in ("sections", "format"):
        raise KeyError(name)
    changed: Incident = incident.changed(**{name: value})
    if getattr(changed, name) == getattr(incident, name):
        return incident
    return sort_events(changed) if name == "zone" else changed


def set_section(incident: Incident, key: str, body: str) -> Incident:
    """Replace the text of a section: a canonical one by its key, another one by its id."""
    if any(section.id == key for section in incident.other_sections):
        return update_item(incident, "other_sections", key, body=body)
    if incident.sections.get(key) == body:
        return incident
    return incident.model_copy(update={"sections": incident.sections.changed(**{key: body})})


def section_text(incident: Incident, key: str) -> str:
    """The text of a section, canonical or other."""
    for section in incident.other_sections:
        if section.id == key:
            return section.body
    return incident.sections.get(key)


def item(incident: Incident, name: str, item_id: str) -> Any:
    """The item of a list (`events`, `actions` …) with an id."""
    items = _items(incident, name)
    return items[_index(items, name, item_id)]


def with_ids(incident: Incident, rng: random.Random) -> Incident:
    """Give an id to each stated value that has none, as the file format allows; edits hold on to ids."""
    nameless = [stated for stated in incident.stated if not stated.id]
    if not nameless:
        return incident
    fresh = iter(new_ids(incident, rng, len(nameless)))
    named = tuple(stated if stated.id else stated.changed(id=next(fresh)) for stated in incident.stated)
    return incident.model_copy(update={"stated": named})


def add_item(incident: Incident, name: str, new: Model, *, after: str | None = None) -> Incident:
    """Add an item at the end of its list, or behind the one with the id `after`.

    Events go where their time says; a prose section goes right behind the one that it names.
    """
    if isinstance(new, Event):
        return add_event(incident, new, after=after)
    items = _items(incident, name)
    at = len(items) if after is None else _index(items, name, after) + 1
    added = incident.model_copy(update={name: replaced(items, at, at, (new,))})
    if isinstance(new, OtherSection) and after is None and new.after in (FRONT, *section_order(incident)):
        return place_section(added, new.id, new.after)
    return added


def update_item(incident: Incident, name: str, item_id: str, **changes: Any) -> Incident:
    """Replace fields of one item. An event whose time changes goes to its place, with those behind it without one."""
    items = _items(incident, name)
    at = _index(items, name, item_id)
    changed = items[at].changed(**changes)
    if all(_alike(getattr(changed, field), getattr(items[at], field)) for field in changes):
        return incident
    if name == "events" and _TIME_FIELDS & changes.keys():
        return _moved_event(incident, at, changed)
    return incident.model_copy(update={name: replaced(items, at, at + 1, (changed,))})


def remove_items(incident: Incident, name: str, ids: Collection[str]) -> Incident:
    """Take items out of a list. What followed a prose section that goes stays at its place."""
    items = _items(incident, name)
    gone = _present(items, name, ids)
    if not gone:
        return incident
    kept = _without(items, gone)
    if name == "other_sections":
        kept = arranged(kept, (key for key in section_order(incident) if key not in gone))
    removed = incident.model_copy(update={name: kept})
    # Dates and zones may have been taken from an event that is gone.
    return sort_events(removed) if name == "events" and _leans(incident, zone_of(removed)[0]) else removed


def move_item(incident: Incident, name: str, item_id: str, steps: int) -> Incident:
    """Move an item up (negative) or down in its list, as far as it goes; an event as far as its time allows."""
    items = list(known := _items(incident, name))
    at = _index(known, name, item_id)
    to = min(max(at + steps, 0), len(items) - 1)
    if to == at:
        return incident
    items.insert(to, items.pop(at))
    moved = incident.model_copy(update={name: tuple(items)})
    if name != "events":
        return moved
    settled = sort_events(moved)
    return incident if all(map(is_, settled.events, incident.events)) else settled


def add_event(incident: Incident, event: Event, *, after: str | None = None) -> Incident:
    """Add an event where its time belongs.

    One without a time goes behind the event with the id `after`, or to the end. So does one that has only a clock,
    before it is put in time order: what it stands behind says which day is meant.
    """
    events = incident.events
    if event.at is None or isinstance(event.at, time):
        at = len(events) if after is None else _index(events, "events", after) + 1
    else:
        at = len(events)

    def put(to: int) -> Incident:
        return incident.model_copy(update={"events": replaced(events, to, to, (event,))})

    zone, assumed = zone_of(incident)
    if zone is None or assumed:
        zone, _ = zone_of(put(at))  # the event may be the one that lends its zone
    if event.at is not None and (isinstance(event.at, time) or _leans(incident, zone)):
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
    moving = _present(incident.events, "events", ids)
    if not moving or not by:
        return incident
    moved = tuple(_shifted(event, by) if event.id in moving else event for event in incident.events)
    if all(map(is_, moved, incident.events)):
        return incident
    return sort_events(incident.model_copy(update={"events": moved}))


def set_zone(incident: Incident, zone: str) -> Incident:
    """Name the zone that local times are read in, and keep the events in time order under it."""
    return set_field(incident, "zone", zone)


def rename_section(incident: Incident, section_id: str, heading: str) -> Incident:
    """Change the heading of a section that is not canonical."""
    return update_item(incident, "other_sections", section_id, heading=heading)


def place_section(incident: Incident, section_id: str, after: str) -> Incident:
    """Put a section that is not canonical right behind another one (a key or an id; empty: at the very front).

    Only this section moves; all others keep their order.
    """
    _index(incident.other_sections, "other_sections", section_id)
    order = [key for key in section_order(incident) if key != section_id]
    if after != FRONT and after not in order:
        raise KeyError(after)
    return _placed(incident, section_id, order, order.index(after) + 1 if after != FRONT else 0)


def move_section(incident: Incident, section_id: str, steps: int) -> Incident:
    """Move a section that is not canonical up (negative) or down past so many others, as far as it goes."""
    _index(incident.other_sections, "other_sections", section_id)
    order = list(section_order(incident))
    at = order.index(section_id)
    order.remove(section_id)
    return _placed(incident, section_id, order, min(max(at + steps, 0), len(order)))


def waive(incident: Incident, waiver: Waiver) -> Incident:
    """Accept a finding with a reason; a waiver of the same rule at the same place is replaced."""
    if waiver in incident.waivers:
        return incident
    kept = unwaive(incident, waiver.rule, waiver.where).waivers
    return incident.model_copy(update={"waivers": (*kept, waiver)})


def unwaive(incident: Incident, rule: str, where: str) -> Incident:
    """Take a waiver back, if there is one."""
    kept = tuple(w for w in incident.waivers if (w.rule, w.where) != (rule, where))
    return incident if len(kept) == len(incident.waivers) else incident.model_copy(update={"waivers": kept})


def _placed(incident: Incident, section_id: str, order: list[str], to: int) -> Incident:
    """The section at a place in the order of the sections, of which `order` has all the others."""
    wanted = (*order[:to], section_id, *order[to:])
    if wanted == section_order(incident):
        return incident
    after = order[to - 1] if to else FRONT
    others = (s.changed(after=after) if s.id == section_id else s for s in incident.other_sections)
    return incident.model_copy(update={"other_sections": arranged(tuple(others), wanted)})


def _leans(before: Incident, zone: tzinfo | None) -> bool:
    """Whether times hung on other events, or on another zone, so that changing one event may have moved any of them."""
    return need_neighbours(before.events) or zone_of(before)[0] != zone


def _moved_event(incident: Incident, at: int, changed: Event) -> Incident:
    """The incident with an event whose time is another one at an index, all in time order, as `sort_events` does it."""
    events = incident.events

    def put() -> Incident:
        return incident.model_copy(update={"events": replaced(events, at, at + 1, (changed,))})

    zone, assumed = zone_of(incident)
    if zone is None or assumed:
        zone, _ = zone_of(put())
    if isinstance(changed.at, time) or _leans(incident, zone):
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


def _items(incident: Incident, name: str) -> tuple[Any, ...]:
    if name not in ITEM_LISTS:
        raise KeyError(name)
    items: tuple[Any, ...] = getattr(incident, name)
    return items


def _index(items: tuple[Any, ...], name: str, item_id: str) -> int:
    if name != "waivers":  # the only items without an id
        start = 0
        for piece in pieces_of(items).pieces:
            at = piece.found(_numbers)[0].get(item_id)
            if at is not None:
                return start + at
            start += len(piece.items)
    raise KeyError(f"{name}/{item_id}")


def _numbers(items: tuple[Any, ...]) -> list[dict[str, int]]:
    """The number of each item by its id; of several with one id the first counts."""
    return [{found.id: at for at, found in reversed([*enumerate(items)])}]


def _present(items: tuple[Any, ...], name: str, ids: Collection[str]) -> frozenset[str]:
    wanted = frozenset(ids)
    known = (
        [] if name == "waivers" else [numbers for piece in pieces_of(items).pieces for numbers in piece.found(_numbers)]
    )
    if missing := [each for each in wanted if not any(each in numbers for numbers in known)]:
        raise KeyError(f"{name}/{min(missing)}")
    return wanted


def _without(items: tuple[Any, ...], gone: frozenset[str]) -> tuple[Any, ...]:
    """Some items without those that have one of these ids."""
    if len(gone) > _FEW:
        return tuple(found for found in items if found.id not in gone)
    start = 0
    for piece in pieces_of(items).pieces:
        stay = piece.items
        numbers = piece.found(_numbers)[0]
        if any(each in numbers for each in gone):
            stay = tuple(found for found in stay if found.id not in gone)
            items = replaced(items, start, start + len(piece.items), stay)
        start += len(stay)
    return items


def _alike(a: object, b: object) -> bool:
    """Whether two values are written the same; 09:00+03:00 and 06:00Z are equal but not alike."""
    if isinstance(a, datetime) and isinstance(b, datetime) and a.utcoffset() != b.utcoffset():
        return False
    return type(a) is type(b) and a == b
