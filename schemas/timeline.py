"""Events in order: gaps, day breaks, silences and the phases between milestones.

Order is by the time that is shown (for "between" the earlier end, for a day its midnight); equal times keep the order
of the file, and an event without a time stays behind the one it followed. Gaps are therefore never negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from functools import cached_property
from operator import attrgetter, is_
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.entries import Entry, chained, need_neighbours, ordered, placed, zone_of
from schemas.entry_changes import Change, in_any_order, in_file_order
from schemas.incident import Event, Incident
from schemas.moments import HOUR, Duration, Interval, between
from schemas.phases import Phase, phases_between
from schemas.pieces import Pieces, pieces_of, recall, shared

QUIET_AT_LEAST: Final = HOUR
"""A silence shorter than this is not worth a mark."""

_EVENT: Final = attrgetter("event")

_LAST_COUNTS: Final = frozenset({"mitigated", "recovered", "resolved", "closed"})
"""Milestones whose last event counts: an incident that was reopened is over when it is over for good."""


class Timeline(Struct, frozen=True, dict=True):
    """The events of an incident in order, with what follows from their order.

    `zone` is the one that wall clocks are shown in, None if the incident names none; `zone_assumed` says that local
    times were read at the offset of other events because the incident has no zone.
    """

    source: tuple[Event, ...]
    entries: tuple[Entry, ...]
    zone: tzinfo | None
    zone_name: str
    zone_assumed: bool = False

    @cached_property
    def of_events(self) -> Pieces[Event]:
        """The events in the order of the file, with what was found in them."""
        return pieces_of(self.source)

    @cached_property
    def of_entries(self) -> Pieces[Entry]:
        """The entries, with what was found in them."""
        return pieces_of(self.entries)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entries by the id of their event."""
        return {entry.event.id: entry for entry in self.entries}

    @cached_property
    def timed(self) -> tuple[Entry, ...]:
        """The entries whose time is known at all."""
        return self.of_entries.gathered(_timed) if self.of_entries.gathered(_untimed) else self.entries

    @cached_property
    def first(self) -> Entry | None:
        """The first entry whose time is known."""
        return next((entry for entry in self.entries if entry.start), None)

    @cached_property
    def last(self) -> Entry | None:
        """The last entry whose time is known."""
        return next((entry for entry in reversed(self.entries) if entry.start), None)

    @cached_property
    def milestones(self) -> dict[str, Entry]:
        """The entry that counts for each milestone that was reached, timed or not.

        For the beginnings that is the first in time, for the ends (mitigated, recovered, resolved, closed) the one
        that was over last; an entry without a time counts only where no other has one.
        """
        found: dict[str, Entry] = {}
        for entry in self.of_entries.gathered(marked):
            for milestone in entry.event.milestones:
                known = found.get(milestone)
                if known is None or (entry.start and _counts(entry, known, milestone)):
                    found[milestone] = entry
        return found

    @cached_property
    def reached(self) -> dict[str, Interval]:
        """When each milestone was reached, as far as it is known.

        Of an event that lasted (`until`), a beginning is reached at its start, an end at its end.
        """
        return {
            milestone: _over(entry.start, entry.end) if milestone in _LAST_COUNTS else entry.start
            for milestone, entry in self.milestones.items()
            if entry.start
        }

    @cached_property
    def in_file_order(self) -> bool:
        """Whether the file lists the events in the order of their times."""
        return all(map(is_, self.source, map(_EVENT, self.entries)))

    @cached_property
    def stands_alone(self) -> bool:
        """Whether no event takes its date from its neighbours."""
        return not need_neighbours(self.source)

    @cached_property
    def span(self) -> Duration | None:
        """From the first timed event to the last, ends of spans included; None without two times.

        Bounded by all events, since an inexact one may have been earlier or later than the one that is shown first
        or last.
        """
        starts = self.of_entries.gathered(_may_be_first)
        if not starts:
            return None
        first, last = _extreme(starts, min), _extreme(self.of_entries.gathered(_may_be_last), max)
        return between(first, last) if last.nominal > first.nominal else None

    @cached_property
    def quiet(self) -> int | None:
        """A gap of this many microseconds or more counts as silence here: an hour, or three times the usual gap.

        With fewer than three gaps nothing is usual yet, and an hour counts. None where nothing follows anything.
        """
        counts = self.of_entries.gathered(_gap_counts)
        gaps, short = sum(gaps for gaps, _ in counts), sum(short for _, short in counts)
        if gaps < 3:
            return QUIET_AT_LEAST if gaps else None
        if 2 * short > gaps:
            return QUIET_AT_LEAST
        from statistics import median  # late: few stories are so quiet

        return max(QUIET_AT_LEAST, round(3 * median([entry.gap for entry in self.entries if entry.gap])))

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The phases between the milestones that were reached, in time order; those that took no time are left out."""
        return phases_between(self.reached)

    def phase_at(self, at: int) -> Phase | None:
        """The phase that an instant lies in; its start belongs to it, its end to the next."""
        return next((phase for phase in self.phases if phase.start <= at < phase.end), None)

    def zone_label(self, wall: datetime | None) -> str:
        """What the zone is called at a wall-clock time, such as `EAT`; empty where there is no zone."""
        return zones.label_at(self.zone, wall) if self.zone and wall else ""


def build(incident: Incident, previous: Timeline | None = None) -> Timeline:
    """The timeline of an incident. What a `previous` one already knows of unchanged events is taken from it."""
    zone, assumed = zone_of(incident)
    events = incident.events
    if previous is not None and previous.zone == zone and previous.zone_name == incident.zone:
        if previous.source is events:
            return previous
        known = _spliced(previous, events)
        if known is not None:
            return known
    return Timeline(events, tuple(chained(ordered(placed(events, zone)))), zone, incident.zone, assumed)


def marked(entries: tuple[Entry, ...]) -> list[Entry]:
    """The entries of milestones."""
    return [entry for entry in entries if entry.event.milestones]


def order(events: tuple[Event, ...], zone: tzinfo | None) -> tuple[Event, ...]:
    """The events in time order, as they are kept in the file; the same tuple if they already are.

    Clocks without a date are read in the order of the file. Where another order would give one of them another date,
    the file's order stays.
    """
    before = placed(events, zone)
    after = ordered(before)
    if all(map(is_, before, after)):
        return events
    result = tuple(entry.event for entry in after)
    if need_neighbours(events):
        again = placed(result, zone)
        if any(a.start != b.start for a, b in zip(after, again, strict=True)):
            return events
    return result


def _counts(entry: Entry, known: Entry, milestone: str) -> bool:
    """Whether a timed entry counts for a milestone instead of one that comes before it."""
    if known.start is None or entry.start is None:
        return known.start is None
    if milestone not in _LAST_COUNTS:
        return False
    return _over(entry.start, entry.end).nominal >= _over(known.start, known.end).nominal


def _over(start: Interval, end: Interval | None) -> Interval:
    """When something that lasted was over: not before it began. The start itself where the end says nothing more."""
    if end is None or (end.earliest <= start.earliest and end.latest <= start.latest):
        return start
    earliest, latest = max(start.earliest, end.earliest), max(start.latest, end.latest)
    return Interval(earliest, latest, max(start.nominal, end.nominal), "exact" if earliest == latest else end.precision)


def _extreme(moments: Sequence[Interval], pick: Callable[[Iterable[int]], int]) -> Interval:
    """The first (`min`) or last (`max`) of several moments; where they are inexact it may be another than it seems."""
    earliest = pick(map(attrgetter("earliest"), moments))
    latest = pick(map(attrgetter("latest"), moments))
    nominal = pick(map(attrgetter("nominal"), moments))
    if earliest == latest:
        return Interval(earliest, latest, nominal, "exact")
    candidates = (moment for moment in moments if moment.earliest <= latest and moment.latest >= earliest)
    plain = all(moment.precision in ("exact", "about") for moment in candidates)
    return Interval(earliest, latest, nominal, "about" if plain else "between")


def _timed(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.start is not None]


def _untimed(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.start is None]


def _may_be_first(entries: tuple[Entry, ...]) -> list[Interval]:
    """The starts that may have been the first: no other was over before them."""
    starts = [entry.start for entry in entries if entry.start]
    latest = min([start.latest for start in starts], default=0)
    return [start for start in starts if start.earliest <= latest]


def _may_be_last(entries: tuple[Entry, ...]) -> list[Interval]:
    """The ends that may have been the last: no other began after them."""
    ends = [_over(entry.start, entry.end) for entry in entries if entry.start]
    earliest = max([end.earliest for end in ends], default=0)
    return [end for end in ends if end.latest >= earliest]


_USUALLY_LOUD: Final = QUIET_AT_LEAST // 3
"""Where most gaps are no longer than this, three times the usual one is no more than an hour."""


def _gap_counts(entries: tuple[Entry, ...]) -> list[tuple[int, int]]:
    """How many gaps there are, and how many of them are short."""
    gaps = [entry.gap for entry in entries if entry.gap]
    return [(len(gaps), sum(1 for gap in gaps if gap <= _USUALLY_LOUD))]


def _spliced(previous: Timeline, events: tuple[Event, ...]) -> Timeline | None:
    """The timeline after a small change, made from the previous one; None where the change reaches too far.

    Holds only where no time depends on its neighbours. Where the file was and is in time order, which is what edits
    keep, the entries stand in the order of the events, and only the changed stretch has to be made anew.
    """
    if not previous.stands_alone:
        return None
    recall(previous.of_events)
    recall(previous.of_entries)
    of_events = pieces_of(events)
    change = Change(previous.source, events, *shared(previous.source, events))
    entries = in_file_order(previous.entries, change, previous.zone) if previous.in_file_order else None
    ordered_so = entries is not None
    if entries is None:
        entries = in_any_order(previous.entries, change, previous.zone)
    if entries is None:
        return None
    spliced = Timeline(events, entries, previous.zone, previous.zone_name, previous.zone_assumed)
    # Splicing has just shown these to hold; looking through all events again would cost more than the change itself.
    vars(spliced).update(stands_alone=True, of_events=of_events, of_entries=pieces_of(entries))
    if ordered_so:
        vars(spliced).update(in_file_order=True)
    return spliced
