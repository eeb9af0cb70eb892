"""Where each event stands in time: its interval, its wall clock, and the date of a clock that has none.

A clock without a date takes the day that keeps the story moving forward: 02:00 after 23:00 is the next day. One that
goes back by a little, such as 10:15 after 10:30, is a slip on the same day: nobody waits almost a whole day and tells
nothing. Clocks that come before the first date are counted back from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Final, NamedTuple

from schemas import zones
from schemas.incident import Event, Incident
from schemas.moments import UNDATED_DAY, Interval, When, dated, instant, interval, passes_midnight, wall_clock
from schemas.pieces import MOST, pieces_of

_ONE_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = time()


class Entry(NamedTuple):
    """One event at its place in the timeline.

    `start` is when it happened and `end` the other end of a span, None where not known. `wall` is the naive wall clock
    of `start` in the incident's zone. `dated` is False if the document gives no date at all; `assumed` says that the
    date was taken from the neighbours. `gap` is the time since the event before in microseconds.
    """

    event: Event
    start: Interval | None
    end: Interval | None = None
    wall: datetime | None = None
    dated: bool = True
    assumed: bool = False
    gap: int | None = None
    new_day: bool = False

    @property
    def precision(self) -> str:
        """How well the time is known: exact, about, between, day or unknown."""
        return self.start.precision if self.start else "unknown"


def zone_of(incident: Incident) -> tuple[tzinfo | None, bool]:
    """The zone that local times are read in, and whether it was only assumed.

    An incident without a zone (or with one that does not exist) reads them as the earliest of the events that have
    one, wherever that stands in the file.
    """
    if incident.zone and (zone := zones.resolve(incident.zone)):
        return zone, False
    known = pieces_of(incident.events).gathered(_with_zone)
    if not known:
        return None, False
    first = min(known)
    return min((moment for moment in known if moment == first), key=_offset_and_name).tzinfo, True


def need_neighbours(events: Iterable[Event]) -> bool:
    """Whether some event has a clock but no date, so that its day follows from the events around it."""
    if isinstance(events, tuple) and len(events) > MOST:
        return bool(pieces_of(events).gathered(_mere_clocks))  # asked at every edit
    return bool(_mere_clocks(events))


def _mere_clocks(events: Iterable[Event]) -> list[Event]:
    return [event for event in events if type(event.at) is time]


def standing_alone(event: Event, zone: tzinfo | None) -> Entry:
    """An event by itself: its interval if it has a date, no time otherwise."""
    at = event.at
    if at is None or isinstance(at, time):
        return Entry(event, None)
    return _entry(event, at, zone)


def placed(events: Sequence[Event], zone: tzinfo | None) -> list[Entry]:
    """Each event with its interval, in the order of the file."""
    if need_neighbours(events):
        return _story(events, zone)
    return [standing_alone(event, zone) for event in events]


def ordered(entries: Sequence[Entry]) -> list[Entry]:
    """Entries by time; each one without a time goes with the timed one it stood behind, or stays at the front."""
    groups: list[tuple[int, list[Entry]]] = []
    front: list[Entry] = []
    for entry in entries:
        if entry.start is not None:
            groups.append((entry.start.nominal, [entry]))
        elif groups:
            groups[-1][1].append(entry)
        else:
            front.append(entry)
    groups.sort(key=lambda group: group[0])
    return [*front, *(entry for _, group in groups for entry in group)]


def chained(entries: Iterable[Entry], before: Entry | None = None) -> list[Entry]:
    """The same entries with their gaps and day breaks, as they follow on the timed entry `before` them."""
    links = []
    for entry in entries:
        link = _linked(entry, before)
        links.append(link)
        if link.start is not None:
            before = link
    return links


def _linked(entry: Entry, before: Entry | None) -> Entry:
    """An entry with its gap and day break; the same object where they are right."""
    if entry.start is None:
        return entry
    gap = entry.start.nominal - before.start.nominal if before and before.start else None
    new_day = before is None or _day(entry) != _day(before)
    if entry.gap == gap and entry.new_day == new_day:
        return entry
    return Entry(entry.event, entry.start, entry.end, entry.wall, entry.dated, entry.assumed, gap, new_day)


def _day(entry: Entry) -> date | None:
    return entry.wall.date() if entry.wall else None


def _with_zone(events: Iterable[Event]) -> list[datetime]:
    """The earliest date-times of events that name their own zone or offset."""
    found = []
    for event in events:
        at = event.at
        if isinstance(at, datetime):
            if at.tzinfo is not None:
                found.append(at)
            elif event.zone and (zone := zones.resolve(event.zone)):
                found.append(at.replace(tzinfo=zone))
    first = min(found, default=None)
    return [moment for moment in found if moment == first]


def _offset_and_name(moment: datetime) -> tuple[timedelta, str]:
    return moment.utcoffset() or timedelta(), str(moment.tzinfo)


def _own_zone(event: Event, zone: tzinfo | None) -> tzinfo | None:
    return (zones.resolve(event.zone) if event.zone else None) or zone


def _entry(event: Event, at: datetime | date, zone: tzinfo | None) -> Entry:
    """An event whose time stands on its own."""
    if type(at) is datetime and not (event.latest or event.until or event.about or event.margin or event.zone):
        at_once = instant(at, zone)
        wall = at if at.tzinfo is None else wall_clock(at_once, zone)
        return Entry(event, Interval(at_once, at_once, at_once), None, wall)
    own = _own_zone(event, zone)
    start = interval(at, zone=own, latest=_other_end(event.latest, at), about=event.about, margin=event.margin)
    end = None
    if event.until is not None:
        end = interval(_other_end(event.until, at) or at, zone=own, about=event.about, margin=event.margin)
    as_written = own is zone and event.latest is None
    if as_written and isinstance(at, datetime) and at.tzinfo is None:
        wall = at
    elif as_written and not isinstance(at, datetime):
        wall = datetime.combine(at, _MIDNIGHT)  # even where the clocks change at midnight and skip it
    else:
        wall = wall_clock(start.nominal, zone)
    return Entry(event, start, end, wall)


def _other_end(other: When | None, at: datetime | date) -> datetime | date | None:
    """The second time of an event; a clock takes the first one's date, or the next day if it lies before it."""
    if not isinstance(other, time):
        return other
    if not isinstance(at, datetime):
        return datetime.combine(at, other)
    return datetime.combine(_following(at.date(), other < at.time()), other, at.tzinfo)


def _following(day: date, past_midnight: bool) -> date:
    return day + _ONE_DAY if past_midnight and day < date.max else day


def _story(events: Sequence[Event], zone: tzinfo | None) -> list[Entry]:
    """Entries in the order of the file, where some clocks take their date from the event before."""
    first = next((entry for event in events if (entry := standing_alone(event, zone)).start), None)
    day = _first_day(events, first) if first else UNDATED_DAY
    entries: list[Entry] = []
    anchor: Entry | None = None
    for event in events:
        if isinstance(event.at, time):
            entry = _entry(event, dated(event.at, _clock_day(event, event.at, anchor, day, zone)), zone)
            entry = entry._replace(dated=first is not None, assumed=first is not None)
        else:
            entry = standing_alone(event, zone)
        entries.append(entry)
        if entry.start is not None:
            anchor = entry
    return entries


def _clock_day(event: Event, clock: time, anchor: Entry | None, day: date, zone: tzinfo | None) -> date:
    """The day of a clock: its anchor's, or the next where the clock has gone back past midnight since."""
    if anchor is None or anchor.start is None or anchor.wall is None:
        return day
    own = _own_zone(event, zone)
    before = anchor.wall if own is zone else wall_clock(anchor.start.nominal, own)
    # A day by itself has no clock that could have slipped: what follows lies in it, or behind it.
    later = clock < before.time() if anchor.precision == "day" else passes_midnight(before.time(), clock)
    return _following(before.date(), later)


def _first_day(events: Sequence[Event], first: Entry) -> date:
    """The day on which clocks that come before the first date began, counting the midnights between."""
    clocks: list[time] = []
    for event in events:
        if isinstance(event.at, time):
            clocks.append(event.at)
        elif event.at is not None:
            break
    wall = first.wall or datetime.min
    if clocks and isinstance(first.event.at, datetime):
        clocks.append(wall.time())
    midnights = sum(1 for a, b in pairwise(clocks) if passes_midnight(a, b))
    return date.fromordinal(max(1, wall.toordinal() - midnights))
