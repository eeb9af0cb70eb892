"""The events of a timeline laid out for questions about lengths: who lies how far from whom, in which windows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final

from schemas.checks.milestone_marks import said_by_events
from schemas.incident import MILESTONES
from schemas.milestone_words import milestones_said
from schemas.moments import DAY, SECOND, Duration, Interval, between
from schemas.timeline import Entry, Timeline

_BEGINS: Final = frozenset({"impact-start", "detected"})
_ENDS: Final = frozenset({"recovered", "resolved"})

_OVER: Final = frozenset({"mitigated", "recovered", "resolved"})
_LOOKED_AT: Final = 300
"""So many events at the end are looked through for those that say it was over."""

PAIRS_AT_MOST: Final = 2_000
"""With more events than this two of them lie at any distance, and a fitting pair says nothing."""


@dataclass(frozen=True)
class StoryIndex:
    """The exact instants of a timeline in order, with the `entries` they belong to; `timed` has the inexact ones too.

    `ends` are the instants at which something lasting was over besides. `windows` are the stretches from a start of
    the incident to its next end, of which there are several if it came back.
    """

    timed: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    instants: tuple[int, ...]
    ends: tuple[int, ...]
    windows: tuple[Duration, ...]

    @cached_property
    def overs(self) -> tuple[Entry, ...]:
        """The events that say that the worst was over, marked or not, the last ones first."""
        return tuple(entry for entry in self.entries[: -_LOOKED_AT - 1 : -1] if says_over(entry))

    @cached_property
    def by_clock(self) -> tuple[tuple[int, Entry], ...]:
        """Every start and end as the microseconds of its wall clock's day, in their order."""
        found = []
        for entry in self.timed:
            if entry.start is None or entry.start.precision == "day" or entry.wall is None:
                continue
            clock = _of_day(entry.wall)
            found.append((clock, entry))
            if entry.end is not None:
                found.append(((clock + entry.end.nominal - entry.start.nominal) % DAY, entry))
        return tuple(sorted(found, key=lambda pair: pair[0]))

    @cached_property
    def by_instant(self) -> tuple[tuple[int, Entry], ...]:
        """Every start and end as an instant, in their order."""
        found = [(entry.start.nominal, entry) for entry in self.timed if entry.start and entry.start.precision != "day"]
        found += [(entry.end.nominal, entry) for entry in self.timed if entry.end and entry.end.precision != "day"]
        return tuple(sorted(found, key=lambda pair: pair[0]))

    def within(self, least: int, most: int) -> Sequence[int]:
        """The instants between two others."""
        return self.instants[bisect_left(self.instants, least) : bisect_right(self.instants, most)]

    @property
    def span(self) -> int:
        """From the first instant to the last."""
        return self.last - self.instants[0] if self.instants else 0

    @property
    def last(self) -> int:
        """The last instant at which anything happened."""
        return max(self.instants[-1], *self.ends, self.instants[0]) if self.instants else 0

    def near(self, least: int, most: int) -> bool:
        """Whether something happened, or was over, between two instants."""
        at = bisect_left(self.instants, least)
        if at < len(self.instants) and self.instants[at] <= most:
            return True
        at = bisect_left(self.ends, least)
        return at < len(self.ends) and self.ends[at] <= most

    def apart(self, least: int, most: int) -> bool:
        """Whether two events lie so far apart, a start from a later time of any kind."""
        if len(self.instants) > PAIRS_AT_MOST:
            return self.span >= least
        return any(self.near(start + least, start + most) for start in self.instants)

    def starts_before(self, end: int, least: int, most: int) -> range:
        """The numbers of the events that lie so long before an instant."""
        last = bisect_right(self.instants, min(end - least, end - 1))
        return range(bisect_left(self.instants, end - most), last)


def says_over(entry: Entry) -> bool:
    """Whether an event says in its words that the incident was mitigated, recovered from or resolved."""
    return not _OVER.isdisjoint(milestones_said(entry.event.text, entry.event.kind))


class _Same:
    """A timeline as a key: the same object, whatever it holds."""

    __slots__ = ("story",)

    def __init__(self, story: Timeline) -> None:
        self.story = story

    def __hash__(self) -> int:
        return id(self.story)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.story is self.story


def index_of(story: Timeline) -> StoryIndex:
    """The index of a timeline; it is made once, however often the text beside it changes."""
    return _index(_Same(story))


@lru_cache(maxsize=4)
def _index(key: _Same) -> StoryIndex:
    exact, instants, ends = [], [], []
    for entry in key.story.timed:
        if entry.start is not None and entry.start.precision in ("exact", "about"):
            exact.append(entry)
            instants.append(entry.start.nominal)
        if entry.end is not None and entry.end.nominal > 0:
            ends.append(entry.end.nominal)
    return StoryIndex(key.story.timed, tuple(exact), tuple(instants), tuple(sorted(ends)), tuple(_windows(key.story)))


def _of_day(wall: datetime) -> int:
    return (wall.hour * 3600 + wall.minute * 60 + wall.second) * SECOND + wall.microsecond


def by_its_words(story: Timeline) -> Timeline:
    """A timeline in which nobody has marked a milestone, with those that its events say they are; else itself."""
    return story if story.milestones or not story.timed else _by_its_words(_Same(story))


@lru_cache(maxsize=4)
def _by_its_words(key: _Same) -> Timeline:
    said = said_by_events(key.story, MILESTONES)
    if not said:
        return key.story
    reached = {
        name: entry.end if name in _OVER and entry.end is not None else entry.start
        for name, entry in said.items()
        if entry.start is not None
    }
    known = replace(key.story)
    vars(known).update(milestones=said, reached=reached)
    return known


def _windows(story: Timeline) -> list[Duration]:
    found = []
    opened: Interval | None = None
    for entry in story.timed:
        marks = entry.event.milestones
        if not marks or entry.start is None:
            continue
        if opened is None and not _BEGINS.isdisjoint(marks):
            opened = entry.start
        if opened is not None and not _ENDS.isdisjoint(marks):
            found.append(
                between(opened, entry.end if entry.end and entry.end.latest > entry.start.latest else entry.start)
            )
            opened = None
    return found
