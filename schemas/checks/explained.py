"""What in the timeline a stated length would fit: a definition, a pair of milestones, two events."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from schemas.checks.claims import ENDS, Ground, pair_of, time_of
from schemas.checks.naming import choices, clock, named, when
from schemas.checks.story_index import index_of
from schemas.entries import Entry
from schemas.incident import MILESTONES
from schemas.moments import Interval, span_text, wall_clock
from schemas.timeline import Timeline

MANY: Final = 12
"""With more pairs of events than this one that fits a stated length is a coincidence."""


def explained(ground: Ground, length: int, allowed: tuple[int, int], seen: set[str]) -> str:
    """The definition or the two events that a stated length would fit, as a sentence; empty if there are none.

    A pair that a shipped or own profile has a name for is told with it: `datadog's time to resolve`.
    """
    story = ground.story
    reached = [(name, known) for name in MILESTONES if (known := time_of(story, name))]
    fitting = [
        (start[0], end[0])
        for start, end in combinations(sorted(reached, key=lambda item: item[1].nominal), 2)
        if start[1].exact
        and end[1].exact
        and start[1].nominal < end[1].nominal
        and allowed[0] <= end[1].nominal - start[1].nominal <= allowed[1]
    ]
    if fitting := [pair for pair in fitting if pair_of(*pair) not in seen]:
        return f"{span_text(length)} is {choices([_defined(ground, *pair) for pair in fitting[:3]])}."
    found = _fitting_events(story, length, allowed)
    if found is None:
        return ""
    start, end, goal = found
    return f"{span_text(length)} is {named(start.event)} ({when(start)}) → {goal} ({_short(end, start, story)})."


def _defined(ground: Ground, start: str, end: str) -> str:
    """A pair, with the first profile besides the one in force that has a name for it."""
    pair = pair_of(start, end)
    for name, profile in ground.policy.profiles.items():
        if name == ground.policy.profile:
            continue
        for metric in profile:
            if (metric.start, metric.end) == (start, end) and metric.hours is None:
                return f"{pair}, {name}'s time to {metric.label}"
    return pair


def _fitting_events(story: Timeline, length: int, allowed: tuple[int, int]) -> tuple[Entry, Interval, str] | None:
    """An event, and a milestone or the last event, that lie as far apart as is stated; None if none or many do."""
    index = index_of(story)
    exact = [entry for entry in index.entries[-1:] if entry.start and entry.start.exact]
    goals = {known.nominal: (known, name) for name, known in story.reached.items() if known.exact}
    if exact and exact[-1].start:
        goals.setdefault(exact[-1].start.nominal, (exact[-1].start, named(exact[-1].event)))
    found = []
    for end, name in goals.values():
        near = index.starts_before(end.nominal, *allowed)
        if len(near) > MANY:
            return None
        found += [(abs(end.nominal - index.instants[at] - length), name not in ENDS, at, end, name) for at in near]
    if not 0 < len(found) <= MANY:
        return None
    _, _, at, end, name = min(found, key=lambda pair: pair[:3])
    return index.entries[at], end, name


def _short(end: Interval, start: Entry, story: Timeline) -> str:
    """The time of an end, without its date where that was just said."""
    wall = wall_clock(end.nominal, story.zone)
    return clock(wall, dated=start.dated and start.wall is not None and start.wall.date() != wall.date())
