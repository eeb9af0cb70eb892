"""The zone in which times are shown on screen: the incident's own, UTC, or the one of the person who looks.

Looking never changes the document. What a person types while another zone is shown is read in that zone, as the clock
on the screen is the one they go by; it is written at the offset of the incident's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from itertools import compress, count
from operator import is_not
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from schemas import zones
from schemas.entries import Entry, chained
from schemas.incident import Event
from schemas.moments import instant, wall_clock
from schemas.readings import Context, Reading
from schemas.timeline import Timeline
from schemas.when_text import format_when

Choice = Literal["", "utc", "mine"]
"""Which clock is shown: the incident's own, that of UTC, or that of the place where the program runs."""

CHOICES: Final[tuple[Choice, ...]] = ("", "utc", "mine")


class Written(Struct, frozen=True):
    """A value of a field in words that say all that is needed to read it."""

    text: str


class ClockFace:
    """Which zone is shown, and the timeline as it looks there. `mine` is the person's zone, None if it is not known."""

    def __init__(self, mine: tzinfo | None) -> None:
        self.mine = mine
        self.choice: Choice = ""
        self._source: Timeline | None = None
        self._made: Timeline | None = None

    @property
    def zone(self) -> tzinfo | None:
        """The zone that was chosen, None where it is the incident's own."""
        return self._zone_of(self.choice)

    def _zone_of(self, choice: Choice) -> tzinfo | None:
        return {"": None, "utc": ZoneInfo("UTC"), "mine": self.mine}[choice]

    def why_not(self, timeline: Timeline, choice: Choice) -> str:
        """Why the times of a timeline cannot be shown so; empty where they can."""
        if not choice:
            return ""
        if choice == "mine" and self.mine is None:
            return "It is not known which zone you are in: set TZ, for example TZ=Europe/Paris"
        if not timeline.timed:
            return "There are no times yet"
        if not any(entry.dated for entry in timeline.timed):
            return "These times have no date, so nobody knows what clocks elsewhere showed"
        if timeline.zone is None:
            return "These times have no zone, so they cannot be shown in another: set it in the overview"
        return ""

    def choose(self, timeline: Timeline, choice: Choice) -> str:
        """Show another zone; returns why that cannot be, or nothing."""
        why = self.why_not(timeline, choice)
        if not why:
            self.choice = choice
        return why

    def next_choice(self, timeline: Timeline) -> Choice:
        """The choice behind the present one, of those that are possible."""
        at = CHOICES.index(self.choice)
        following = (*CHOICES[at + 1 :], *CHOICES[:at])
        return next((choice for choice in following if self._differs(timeline, choice)), "")

    def _differs(self, timeline: Timeline, choice: Choice) -> bool:
        """Whether a choice can be shown and is not what the incident's own zone shows anyway."""
        return not choice or (not self.why_not(timeline, choice) and self._zone_of(choice) != timeline.zone)

    def label(self, timeline: Timeline) -> str:
        """What the zone in force is called: `EAT`, `CET/CEST`, `UTC`, `mine: CET`, `no zone`."""
        shown = self.shown(timeline)
        if shown.zone is None:
            return "no zone"
        dated = (entry.wall for entry in shown.timed if entry.wall and entry.dated)
        latest = (entry.wall for entry in reversed(shown.timed) if entry.wall and entry.dated)
        names = _names(shown.zone, list(filter(None, (next(dated, None), next(latest, None)))))
        if not names:
            return "no date"
        return f"mine: {names}" if shown is not timeline and self.choice == "mine" else names

    def label_at(self, timeline: Timeline, wall: datetime | None) -> str:
        """What the zone in force is called at a wall clock."""
        return self.shown(timeline).zone_label(wall)

    def shown(self, timeline: Timeline) -> Timeline:
        """A timeline with its wall clocks and days in the zone in force; itself where that is the incident's own.

        Of one that follows on the last by a small edit, only what changed is made anew.
        """
        zone = self.zone
        if zone is None or self.why_not(timeline, self.choice):
            return timeline
        if self._source is not timeline or self._made is None or self._made.zone != zone:
            before, made = self._source, self._made
            entries = (
                _converted(before.entries, made.entries, timeline.entries, zone)
                if before is not None and made is not None and made.zone == zone
                else tuple(chained([_turned(entry, zone) for entry in timeline.entries]))
            )
            self._made = Timeline(timeline.source, entries, zone, timeline.zone_name, timeline.zone_assumed)
            self._source = timeline
        return self._made

    # Typing while another zone is shown

    def context(self, context: Context, timeline: Timeline) -> Context:
        """What helps to read a time, with its clocks in the zone in force."""
        shown = self.shown(timeline)
        if shown is timeline or shown.zone is None:
            return context
        here, there = context.zone, shown.zone

        def turned(wall: datetime | None) -> datetime | None:
            return None if wall is None else wall_clock(instant(wall, here), there)

        return replace(
            context, zone=there, zone_name=_name(there), after=turned(context.after), origin=turned(context.origin),
            own=turned(context.own), now=turned(context.now),
        )  # fmt: skip

    def typed_as(self, value: Any, *, event: Event, timeline: Timeline) -> Any:
        """A value of an event as a field shows it while another zone is shown, and as it is read back there.

        So that a field never shows a clock of one zone among those of another; a clock without a date gets its offset.
        """
        there = self.shown(timeline).zone
        home = (zones.resolve(event.zone) if event.zone else None) or timeline.zone
        if self.shown(timeline) is timeline or there is None or home is None:
            return value
        if isinstance(value, datetime):
            return _at_offset_of(value if value.tzinfo else value.replace(tzinfo=home), there)
        entry = timeline.by_id.get(event.id)
        if isinstance(value, time) and entry is not None and entry.wall is not None:
            offset = zones.offset_at(home, datetime.combine(entry.wall.date(), value))
            return Written(f"{format_when(value)} {offset_text(offset)}")
        return value

    def stored(self, changes: dict[str, Any], timeline: Timeline) -> dict[str, Any]:
        """Fields that were read in the zone in force, as they are kept: at the offset of the incident's zone.

        Words that are kept as they were written say which zone they were written in.
        """
        shown = self.shown(timeline)
        if shown is timeline or timeline.zone is None:
            return changes
        home = timeline.zone
        kept = {
            key: _at_offset_of(value, home) if isinstance(value, datetime) and value.tzinfo else value
            for key, value in changes.items()
        }
        written, at = changes.get("as_written"), changes.get("at")
        if written and isinstance(at, datetime) and shown.zone is not None and not _names_a_zone(written, changes):
            wall = at.replace(tzinfo=None)
            if at.utcoffset() == zones.offset_at(shown.zone, wall):
                kept["as_written"] = f"{written} {zones.label_at(shown.zone, wall)}"
        return kept

    def stored_reading(self, reading: Reading, timeline: Timeline) -> Reading:
        """A reading as it is kept."""
        return replace(reading, **self.stored(reading.changes, timeline))


def _converted(
    old: Sequence[Entry], made: Sequence[Entry], new: Sequence[Entry], zone: tzinfo
) -> tuple[Entry, ...]:  # fmt: skip
    """The entries in a zone, those kept that stand in both timelines at the head or the tail."""
    limit = min(len(old), len(new))
    head = next(compress(count(), map(is_not, old, new)), limit)
    tail = min(next(compress(count(), map(is_not, reversed(old), reversed(new))), limit), limit - head)
    # Whether an entry begins a day depends on the one before it.
    resume = len(new) - tail
    follower = next((i for i in range(resume, len(new)) if new[i].start), len(new) - 1)
    shift = len(made) - len(new)
    stretch = [_turned(entry, zone) for entry in new[head : follower + 1]]
    before = next((entry for entry in reversed(made[:head]) if entry.start), None)
    return (*made[:head], *chained(stretch, before), *made[follower + 1 + shift :])


def _turned(entry: Entry, zone: tzinfo) -> Entry:
    """An entry with its wall clock in a zone."""
    if entry.start is None or not entry.dated:
        return entry
    return entry._replace(wall=wall_clock(entry.start.nominal, zone))


def _names_a_zone(written: str, changes: dict[str, Any]) -> bool:
    return bool(changes.get("zone")) or any(word.upper() in zones.ABBREVIATIONS for word in written.split())


def _at_offset_of(value: datetime, zone: tzinfo) -> datetime:
    """An aware date-time at the offset that a zone has then."""
    try:
        there = value.astimezone(zone)
        return there.astimezone(_fixed(there.utcoffset() or timedelta()))
    except OverflowError:
        return value


def _fixed(offset: timedelta) -> timezone:
    # TOML writes offsets in whole minutes; those of the 19th century had seconds.
    return timezone(timedelta(minutes=round(offset.total_seconds() / 60)))


def offset_text(offset: timedelta) -> str:
    """`+03:00`, as it is read back."""
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def _names(zone: tzinfo, walls: Sequence[datetime]) -> str:
    """The names of a zone from the first of its clocks to the last: more than one where the clocks were changed."""
    found = dict.fromkeys(zones.label_at(zone, wall) for wall in (*walls[:1], *walls[-1:]))
    return "/".join(filter(None, found))


def _name(zone: tzinfo) -> str:
    return zone.key if isinstance(zone, ZoneInfo) else "UTC" if zone is UTC else ""
