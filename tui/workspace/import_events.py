"""Events that were read from pasted text, made events of an incident that is open already."""

from __future__ import annotations

import random
from datetime import date, datetime

from schemas import timeline
from schemas.ids import new_ids
from schemas.incident import Event, Incident


def events_for(doc: Incident, read: Incident, rng: random.Random) -> tuple[Event, ...]:
    """The events of what was read, under ids that are new in the document; local times keep the zone they were read
    in, where that is not the document's."""
    ids = new_ids(doc, rng, len(read.events))
    return tuple(_own(event, own, doc, read) for event, own in zip(read.events, ids, strict=True))


def day_of(doc: Incident) -> date | None:
    """The day on which an incident begins, None if that is not known."""
    timed = timeline.build(doc).timed
    return next((entry.wall.date() for entry in timed if entry.wall and entry.dated), None)


def _own(event: Event, own: str, doc: Incident, read: Incident) -> Event:
    changes: dict[str, str] = {"id": own}
    local = isinstance(event.at, datetime) and event.at.tzinfo is None
    if local and not event.zone and read.zone and read.zone != doc.zone:
        changes["zone"] = read.zone
    return event.model_copy(update=changes)
