"""The events of a timeline laid out for questions about lengths: who lies how far from whom, in which windows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.checks.milestone_marks import said_by_events
from schemas.entries import Entry
from schemas.incident import MILESTONES
from schemas.milestone_words import says
from schemas.moments import DAY, SECOND, Duration, Interval, between
from schemas.timeline import Timeline, marked

_BEGINS: Final = frozenset({"impact-start", "detected"})
_ENDS: Final = frozenset({"recovered", "resolved"})

_OVER: Final = frozenset({"mitigated", "recovered", "resolved"})
_LOOKED_AT: Final = 300
"""So many events at the end are looked through for those that say it was over."""

PAIRS_AT_MOST: Final = 2_000
"""With more events than this two of them lie at any distance, and a fitting pair says nothing."""


class StoryIndex(Struct, frozen=True, dict=True):
    """The instants of a timeline, in order; only what is asked for is looked for, and only in what changed."""

    story: Timeline

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries whose times are exact, or about."""
        return self.story.of_entries.gathered(_exact)

    @cached_property
    def instants(self) -> tuple[int, ...]:
        """Their instants."""
        return self.story.of_entries.gathered(_instants)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The instants at which something lasting was over besides."""
        return tuple(sorted(self.story.of_entries.gathered(_lasting_ends)))

    @cached_property
    def windows(self) -> tuple[Duration, ...]:
        """The stretches from a start of the incident to its next end, of which there are several if it came back."""
        return tuple(_windows(self.story))

    @cached_property
    def overs(self) -> tuple[Entry, ...]:
        """The events that say that the worst was over, marked or not, the last ones first."""
        found: list[Entry] = []
        left = _LOOKED_AT
        for piece in reversed(self.story.of_entries.pieces):
            exact, over = piece.found(_exact), piece.found(_saying_over)
            if left < len(exact):
                near = set(map(id, exact[-left:]))
                over = tuple(entry for entry in over if id(entry) in near)
            found += reversed(over)
            left -= len(exact)
            if left <= 0:
                break
        return tuple(found)

    def at_clock(self, goal: int, slack: int) -> Entry | None:
        """The entry that starts or ends closest to a time of day, given in microseconds as the slack is."""
        known = self.story.of_entries.ordered(_clocks)
        first = bisect_left(known, goal - slack, key=_first)
        near = known[first : bisect_right(known, goal + slack, key=_first)]
        if not near:
            return None
        closest = min(near, key=lambda pair: (abs(pair[0] - goal), pair[0], _nominal(pair[1])))
        # Of several at the same moment the first one counts.
        same = {id(entry) for clock, entry in near if clock == closest[0] and _nominal(entry) == _nominal(closest[1])}
        timed = self.story.timed
        start = bisect_left(timed, _nominal(closest[1]), key=_nominal)
        return next(entry for entry in timed[start:] if id(entry) in same) if len(same) > 1 else closest[1]

    def at_instant(self, goal: int, slack: int) -> Entry | None:
        """The entry that starts or ends closest to an instant."""
        near: list[tuple[int, Entry]] = []
        starts = self.story.of_entries.gathered(_starts)
        for known in (starts, sorted(self.story.of_entries.gathered(_ends_with_entries), key=_first)):
            first = bisect_left(known, goal - slack, key=_first)
            near += known[first : bisect_right(known, goal + slack, key=_first)]
        return min(near, key=lambda pair: (abs(pair[0] - goal), pair[0]))[1] if near else None

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
    return any(says(entry.event.text, milestone, entry.event.kind) for milestone in _OVER)


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
    return StoryIndex(key.story)


def _first(pair: tuple[int, Entry]) -> int:
    return pair[0]


def _nominal(entry: Entry) -> int:
    return entry.start.nominal if entry.start else 0


def _exact(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.start is not None and entry.start.precision in ("exact", "about")]


def _instants(entries: tuple[Entry, ...]) -> list[int]:
    return [entry.start.nominal for entry in _exact(entries) if entry.start]


def _saying_over(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in _exact(entries) if says_over(entry)]


def _lasting_ends(entries: tuple[Entry, ...]) -> list[int]:
    return [entry.end.nominal for entry in entries if entry.start and entry.end is not None and entry.end.nominal > 0]


def _starts(entries: tuple[Entry, ...]) -> list[tuple[int, Entry]]:
    return [(entry.start.nominal, entry) for entry in entries if entry.start and entry.start.precision != "day"]


def _ends_with_entries(entries: tuple[Entry, ...]) -> list[tuple[int, Entry]]:
    timed = [entry for entry in entries if entry.start]
    return [(entry.end.nominal, entry) for entry in timed if entry.end and entry.end.precision != "day"]


def _clocks(entries: tuple[Entry, ...]) -> Iterator[tuple[int, Entry]]:
    """Every start and end as the microseconds of its wall clock's day."""
    for entry in entries:
        if entry.start is None or entry.start.precision == "day" or entry.wall is None:
            continue
        clock = _of_day(entry.wall)
        yield clock, entry
        if entry.end is not None:
            yield (clock + entry.end.nominal - entry.start.nominal) % DAY, entry


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
    for entry in story.of_entries.gathered(marked):
        marks = entry.event.milestones
        if entry.start is None:
            continue
        if opened is None and not _BEGINS.isdisjoint(marks):
            opened = entry.start
        if opened is not None and not _ENDS.isdisjoint(marks):
            found.append(
                between(opened, entry.end if entry.end and entry.end.latest > entry.start.latest else entry.start)
            )
            opened = None
    return found
