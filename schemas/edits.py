"""Changes to an incident as pure functions: one goes in, a new one comes out, and all that is untouched is shared.

Items are held by id. Events are kept in time order: an event that is added or whose time changes goes to its place.
Every function raises `KeyError` for an id, field or section that is not there and `pydantic.ValidationError` for a
value of the wrong shape; text is made safe on the way in. A change that changes nothing returns the same incident.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from datetime import datetime
from operator import is_
from typing import Any, Final

from schemas.entries import zone_of
from schemas.event_edits import add_event, leans, moved_event, sort_events
from schemas.ids import new_ids
from schemas.incident import ITEM_LISTS, Event, Incident, Model, OtherSection, Waiver
from schemas.items_by_id import index_of, items_of, present, without
from schemas.pieces import replaced
from schemas.section_order import FRONT, arranged, section_order

Edit = Callable[[Incident], Incident]

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
    items = items_of(incident, name)
    return items[index_of(items, name, item_id)]


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
    items = items_of(incident, name)
    at = len(items) if after is None else index_of(items, name, after) + 1
    added = incident.model_copy(update={name: replaced(items, at, at, (new,))})
    if isinstance(new, OtherSection) and after is None and new.after in (FRONT, *section_order(incident)):
        return place_section(added, new.id, new.after)
    return added


def update_item(incident: Incident, name: str, item_id: str, **changes: Any) -> Incident:
    """Replace fields of one item. An event whose time changes goes to its place, with those behind it without one."""
    items = items_of(incident, name)
    at = index_of(items, name, item_id)
    changed = items[at].changed(**changes)
    if all(_alike(getattr(changed, field), getattr(items[at], field)) for field in changes):
        return incident
    if name == "events" and _TIME_FIELDS & changes.keys():
        return moved_event(incident, at, changed)
    return incident.model_copy(update={name: replaced(items, at, at + 1, (changed,))})


def remove_items(incident: Incident, name: str, ids: Collection[str]) -> Incident:
    """Take items out of a list. What followed a prose section that goes stays at its place."""
    items = items_of(incident, name)
    gone = present(items, name, ids)
    if not gone:
        return incident
    kept = without(items, gone)
    if name == "other_sections":
        kept = arranged(kept, (key for key in section_order(incident) if key not in gone))
    removed = incident.model_copy(update={name: kept})
    # Dates and zones may have been taken from an event that is gone.
    return sort_events(removed) if name == "events" and leans(incident, zone_of(removed)[0]) else removed


def move_item(incident: Incident, name: str, item_id: str, steps: int) -> Incident:
    """Move an item up (negative) or down in its list, as far as it goes; an event as far as its time allows."""
    items = list(known := items_of(incident, name))
    at = index_of(known, name, item_id)
    to = min(max(at + steps, 0), len(items) - 1)
    if to == at:
        return incident
    items.insert(to, items.pop(at))
    moved = incident.model_copy(update={name: tuple(items)})
    if name != "events":
        return moved
    settled = sort_events(moved)
    return incident if all(map(is_, settled.events, incident.events)) else settled


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
    index_of(incident.other_sections, "other_sections", section_id)
    order = [key for key in section_order(incident) if key != section_id]
    if after != FRONT and after not in order:
        raise KeyError(after)
    return _placed(incident, section_id, order, order.index(after) + 1 if after != FRONT else 0)


def move_section(incident: Incident, section_id: str, steps: int) -> Incident:
    """Move a section that is not canonical up (negative) or down past so many others, as far as it goes."""
    index_of(incident.other_sections, "other_sections", section_id)
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


def _alike(a: object, b: object) -> bool:
    """Whether two values are written the same; 09:00+03:00 and 06:00Z are equal but not alike."""
    if isinstance(a, datetime) and isinstance(b, datetime) and a.utcoffset() != b.utcoffset():
        return False
    return type(a) is type(b) and a == b
