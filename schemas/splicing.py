"""The entries of a timeline after a small change, made from those before it: only the changed stretch is made anew.

For events that stand in the order of their times, and of which none takes its date from its neighbours.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

from schemas.entries import Entry, chained, need_neighbours, standing_alone
from schemas.incident import Event
from schemas.pieces import replaced

MOST_FRESH: Final = 64
"""A change of more events than this is not spliced: all is built anew."""


def relinked(
    kept: tuple[Entry, ...], start: int, stop: int, fresh: tuple[Event, ...], zone: tzinfo | None
) -> tuple[Entry, ...] | None:
    """Entries in time order with those of other events in the place of some; None where the order is another then."""
    if len(fresh) > MOST_FRESH or need_neighbours(fresh):
        return None
    before = next((kept[at] for at in range(start - 1, -1, -1) if kept[at].start), None)
    # Behind the change, links are wrong up to the first entry that has a time.
    follower = next((at for at in range(stop, len(kept)) if kept[at].start), len(kept) - 1)
    stretch = [standing_alone(event, zone) for event in fresh] + [*kept[stop : follower + 1]]
    links = chained(stretch, before)
    times = [entry.start.nominal for entry in (before, *links) if entry and entry.start]
    return replaced(kept, start, follower + 1, links) if times == sorted(times) else None


def relinked_elsewhere(
    kept: tuple[Entry, ...], events: tuple[Event, ...], head: int, stop: int, zone: tzinfo | None
) -> tuple[Entry, ...] | None:
    """The entries after an event went far from where it was, with those that stand behind it without a time: they are
    taken out, then put in. What changed lies between two indices."""
    # What stood behind them stands at the front of the change now, or what stood before them at its end.
    ahead, back = (
        range(head + 1, min(head + MOST_FRESH, stop)),
        range(stop - 2, max(stop - MOST_FRESH, head), -1),
    )
    later = next((at for at in ahead if kept[at].event is events[head]), head) - head
    earlier = stop - 1 - next((at for at in back if kept[at].event is events[stop - 1]), stop - 1)
    if later and (without := relinked(kept, head, head + later, (), zone)) is not None:
        to = stop - later
        return relinked(without, to, to, events[to:stop], zone)
    if earlier and (without := relinked(kept, stop - earlier, stop, (), zone)) is not None:
        return relinked(without, head, head, events[head : head + earlier], zone)
    return None
