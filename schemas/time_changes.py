"""When an event happened before and after a change, in words that can be set side by side."""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.entries import Entry, placed
from schemas.incident import Event
from schemas.writers.times import time_text

TIME_FIELDS: Final = frozenset({"at", "latest", "until", "about", "margin", "zone"})
"""The fields of an event that together say when it happened."""


class TimeChange(Struct, frozen=True):
    """The time of an event before and after, empty where it is not known.

    Days are named by their date, so that both sides can be read alone: `2024-05-02 about 10:30`. `moved` says that the
    event began at another time, not only that its time became more or less exact.
    """

    before: str
    after: str
    moved: bool


def time_change(old: Event, zone: tzinfo | None, new: Event, new_zone: tzinfo | None) -> TimeChange:
    """Compare the times of an event, each on the clock of the incident that it stands in.

    Where the two clocks differ their names are added. The same instant written at another offset gives the same words.
    """
    one, other = _entry(old, zone), _entry(new, new_zone)
    named = zone != new_zone
    before, after = _words(one, zone, named), _words(other, new_zone, named)
    return TimeChange(before, after, _moved(one, other))


def event_time(event: Event, zone: tzinfo | None) -> str:
    """When an event happened by what it says itself: `2024-05-02 between 10:30 and 10:45`, `10:30`, or nothing."""
    return _words(_entry(event, zone), zone, False)


def _entry(event: Event, zone: tzinfo | None) -> Entry:
    """The event by itself: a clock without a date stays one, whatever stands around it."""
    return placed((event,), zone)[0]


def _moved(one: Entry, other: Entry) -> bool:
    if one.start is None or other.start is None or one.wall is None or other.wall is None or one.dated != other.dated:
        return False
    if "day" in (one.precision, other.precision):
        return one.wall.date() != other.wall.date()
    return one.start.nominal != other.start.nominal


def _words(entry: Entry, zone: tzinfo | None, named: bool) -> str:
    if entry.start is None or entry.wall is None:
        return ""
    words = time_text(entry, zone)
    if entry.dated:
        words = f"{entry.wall.date().isoformat()} {words}"
    if named:
        words += f" {zones.label_at(zone, entry.wall) if zone else 'in no zone'}"
    return words
