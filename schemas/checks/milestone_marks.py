"""Which events say in their own words that they are a milestone, and the change that marks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from schemas.checks.naming import listed, named
from schemas.checks.registry import Fix
from schemas.entries import Entry
from schemas.incident import MILESTONES, Event, Incident
from schemas.milestone_words import says
from schemas.moments import Interval
from schemas.timeline import Timeline

EITHER_WAY: Final = frozenset(
    {("declared", "acknowledged")}
    | {(team, end) for team in ("declared", "acknowledged") for end in ("mitigated", "recovered", "resolved")}
)
"""Pairs that come in either order: what went away by itself may be taken on and declared afterwards."""


BEGINNINGS: Final = frozenset(MILESTONES[:4])
"""Milestones that the first event reaches which says so; the others are reached by the last."""

_LOOKED_AT: Final = 300
"""So many events at the start are looked through for a beginning, and so many at the end for an end."""


def said_by_events(story: Timeline, names: Sequence[str]) -> dict[str, Entry]:
    """The event that says so for each milestone asked for, where one does and the order of milestones allows it.

    An alert says that something was detected, whatever its words are.
    """
    known = {name: at for name, at in story.reached.items() if name in MILESTONES}
    found: dict[str, Entry] = {}
    for name in names:
        timed = story.timed[:_LOOKED_AT] if name in BEGINNINGS else story.timed[: -_LOOKED_AT - 1 : -1]
        for entry in timed:
            if entry.start is not None and _says(entry.event, name) and _in_order(name, entry.start, known):
                found[name], known[name] = entry, entry.start
                break
    return found


def _says(event: Event, name: str) -> bool:
    return (name == "detected" and event.kind == "alert") or says(event.text, name, event.kind)


def _in_order(name: str, at: Interval, known: Mapping[str, Interval]) -> bool:
    """Whether a milestone may be reached at a moment, by those that are known."""
    own = MILESTONES.index(name)
    for other, there in known.items():
        first, second = (other, name) if MILESTONES.index(other) < own else (name, other)
        before, after = (there, at) if first == other else (at, there)
        if (first, second) not in EITHER_WAY and before.earliest > after.latest:
            return False
    return True


def mark(told: Mapping[str, Entry]) -> Fix:
    """Mark events as the milestones that they say they are."""
    marks: dict[str, list[str]] = {}
    for name, entry in told.items():
        marks.setdefault(entry.event.id, []).append(name)
    words = [f"{named(entry.event)} as {name}" for name, entry in told.items()]

    def marked(event: Event) -> Event:
        if event.id not in marks:
            return event
        names = {*event.milestones, *marks[event.id]}
        ordered = [
            *(name for name in MILESTONES if name in names),
            *(n for n in event.milestones if n not in MILESTONES),
        ]
        changed: Event = event.changed(milestones=tuple(ordered))
        return changed

    def edit(incident: Incident) -> Incident:
        return incident.model_copy(update={"events": tuple(map(marked, incident.events))})

    return Fix(f"mark {listed(words, 8)}", edit)
