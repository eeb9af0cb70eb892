"""The entries of a timeline after a small change of its events, made from those before: only what it touches is new.

All of it holds only where no event takes its date from its neighbours.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import tzinfo
from functools import partial
from itertools import compress, count
from operator import attrgetter, is_
from typing import Final

from msgspec import Struct

from schemas.entries import Entry, chained, need_neighbours, standing_alone
from schemas.incident import Event
from schemas.pieces import replaced

_AT_MOST: Final = 64
"""A change of more events than this is not small, nor are more events at one time than this few."""

_BEFORE_ALL: Final = -(1 << 63)

_EVENT: Final = attrgetter("event")

Entries = tuple[Entry, ...]


class Change(Struct, frozen=True):
    """Events in the order of the file before and after a change, with how many at the start and at the end are the
    same."""

    old: tuple[Event, ...]
    new: tuple[Event, ...]
    head: int
    tail: int

    @property
    def stop(self) -> int:
        """The index behind what is gone."""
        return len(self.old) - self.tail

    @property
    def gone(self) -> tuple[Event, ...]:
        """What is not there any more, or elsewhere, or changed."""
        return self.old[self.head : self.stop]

    @property
    def fresh(self) -> tuple[Event, ...]:
        """What stands in its place."""
        return self.new[self.head : len(self.new) - self.tail]


def in_file_order(kept: Entries, change: Change, zone: tzinfo | None) -> Entries | None:
    """The entries after a change of a file that was in time order, if it still is; None where it is not, or where too
    much is another."""
    entries = _relinked(kept, change.head, change.stop, change.fresh, zone)
    if entries is None and len(change.old) == len(change.new):
        entries = _moved(kept, change, zone)
    return entries


def in_any_order(kept: Entries, change: Change, zone: tzinfo | None) -> Entries | None:
    """The entries after a change of a file that may be in another order than its times; None where too much is another.

    Events that have a time are taken out and put in one by one. One without a time goes with what it stands behind in
    the file: it may only be changed.
    """
    if len(change.old) == len(change.new) and (there := _one_moved(change)) is not None:
        without = in_any_order(kept, there[0], zone)
        return None if without is None else in_any_order(without, there[1], zone)
    gone, fresh = change.gone, change.fresh
    if len(gone) + len(fresh) > _AT_MOST or need_neighbours(fresh):
        return None
    before, after = ([_nominal(standing_alone(event, zone)) for event in events] for events in (gone, fresh))
    places = [_place_of(kept, event, at) for event, at in zip(gone, before, strict=True)]
    entries: Entries | None = kept
    if before == after:
        # Which place an event has follows from the times and from nothing else.
        for place, event in zip(places, fresh, strict=True):
            if entries is not None and place is not None:
                entries = _relinked(entries, place, place + 1, (event,), zone)
        return entries
    if None in before or None in after or any(event.at is None for event in change.old[change.stop :][:1]):
        return None
    for place in sorted((place for place in places if place is not None), reverse=True):
        if entries is not None:
            entries = _relinked(entries, place, place + 1, (), zone)
    for number, (event, at) in enumerate(zip(fresh, after, strict=True), change.head):
        if entries is None or at is None or (place := _place_for(entries, at, change.new, number)) is None:
            return None
        entries = _relinked(entries, place, place, (event,), zone)
    return entries


def _one_moved(change: Change) -> tuple[Change, Change] | None:
    """A change that takes one event from where it was and puts it elsewhere, perhaps another one, as two: without it,
    and with it."""
    old, new, head, stop = change.old, change.new, change.head, change.stop
    if stop - head < 2:
        return None
    for start, to in ((head, stop - 1), (stop - 1, head)):
        without = old[:start] + old[start + 1 :]
        if all(map(is_, without, new[:to] + new[to + 1 :])):
            last = len(without)
            return Change(old, without, start, last - start), Change(without, new, to, last - to)
    return None


def _nominal(entry: Entry) -> int | None:
    return entry.start.nominal if entry.start else None


def _time_at(entries: Entries, index: int) -> int:
    """The time of an entry, or of the one that it stands behind."""
    return next((start.nominal for i in range(index, -1, -1) if (start := entries[i].start)), _BEFORE_ALL)


def _place_of(entries: Entries, event: Event, at: int | None) -> int | None:
    """The index of the entry of an event whose time is known."""
    first, last = 0, len(entries)
    if at is not None:
        time_at = partial(_time_at, entries)
        first = bisect_left(range(last), at, key=time_at)
        last = bisect_right(range(last), at, first, key=time_at)
    return _index(map(_EVENT, entries[first:last]), event, first)


def _place_for(entries: Entries, at: int, events: tuple[Event, ...], number: int) -> int | None:
    """The index at which an event belongs whose index in the file is given: behind those of the same time before it."""
    time_at = partial(_time_at, entries)
    end = bisect_right(range(len(entries)), at, key=time_at)
    first = bisect_left(range(end), at, key=time_at)
    if end - first > _AT_MOST:
        return None
    for place in range(first, end):
        if entries[place].start and _index(events[number + 1 :], entries[place].event, 0) is not None:
            return place
    return end


def _index(events: Iterable[Event], event: Event, first: int) -> int | None:
    # A loop in Python over all events would take longer than all the rest of an edit.
    return next(compress(count(first), map(partial(is_, event), events)), None)


def _moved(kept: Entries, change: Change, zone: tzinfo | None) -> Entries | None:
    """The entries after an event went far from where it was, with those that stand behind it without a time: they are
    taken out, then put in. What changed lies between two indices."""
    old, events, head, stop = change.old, change.new, change.head, change.stop
    # What stood behind them stands at the front of the change now, or what stood before them at its end.
    ahead, back = (
        range(head + 1, min(head + _AT_MOST, stop)),
        range(stop - 2, max(stop - _AT_MOST, head), -1),
    )
    later = next((at for at in ahead if old[at] is events[head]), head) - head
    earlier = stop - 1 - next((at for at in back if old[at] is events[stop - 1]), stop - 1)
    if later and (without := _relinked(kept, head, head + later, (), zone)) is not None:
        to = stop - later
        return _relinked(without, to, to, events[to:stop], zone)
    if earlier and (without := _relinked(kept, stop - earlier, stop, (), zone)) is not None:
        return _relinked(without, head, head, events[head : head + earlier], zone)
    return None


def _relinked(kept: Entries, start: int, stop: int, fresh: tuple[Event, ...], zone: tzinfo | None) -> Entries | None:
    """Entries in time order with those of other events in the place of some; None where the order is another then."""
    if len(fresh) > _AT_MOST or need_neighbours(fresh):
        return None
    before = next((kept[at] for at in range(start - 1, -1, -1) if kept[at].start), None)
    # Behind the change, links are wrong up to the first entry that has a time.
    follower = next((at for at in range(stop, len(kept)) if kept[at].start), len(kept) - 1)
    stretch = [standing_alone(event, zone) for event in fresh] + [*kept[stop : follower + 1]]
    links = chained(stretch, before)
    times = [entry.start.nominal for entry in (before, *links) if entry and entry.start]
    return replaced(kept, start, follower + 1, links) if times == sorted(times) else None
