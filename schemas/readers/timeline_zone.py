"""The zone that a timeline names for itself: in its heading, above its entries, or over the column of its times."""

from __future__ import annotations

from datetime import tzinfo

from schemas import zones
from schemas.readers.ground import Ground
from schemas.readings import NotATime
from schemas.zone_words import take_zone, uses, zone_for


def zone_of(words: str, ground: Ground) -> tuple[tzinfo | None, str]:
    """The zone that some words name, and its name; the document's if they name none, or only what that goes by."""
    own = ground.zone, ground.zone_name
    found = take_zone(f" {words}", 0, whole=True) if words else None
    if found is None or ground.asked_zone:
        return own
    try:
        zone, name, _ = zone_for(found[0], None, ground.context())
    except NotATime:
        return own
    short = found[0].abbreviation
    if short is not None and own[0] is not None and uses(own[0], short.label, None):
        return own
    if short is not None and len(short.zones) == 1:
        name = short.zones[0]
        zone = zones.resolve(name) or zone
    return (zone, name) if name != own[1] else own
