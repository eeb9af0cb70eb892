"""Where a reader of the timeline is, how far they have come, and what they know by then.

Without hindsight nothing behind the last event that was reached is told: not by the list, the bar, the lengths or the
text. Going forward by any way reaches what lies between.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from msgspec import Struct

from schemas.entries import Entry
from schemas.moments import Duration, Interval, between, span_text
from schemas.phases import Phase
from schemas.timeline import Timeline

FEW: Final = 3
"""Up to so many events no silence between them is told (as in the list)."""

Kind = Literal["milestone", "gap"]


class Habits(Struct):
    """How a person reviews, for as long as the program runs: with or without hindsight, how fast it plays.

    `speed` is how many seconds of the incident pass in one.
    """

    no_hindsight: bool = False
    speed: float = 600


class Walk:
    """A place in a timeline. `index` is the event that is looked at, `reached` the last one that was."""

    def __init__(self, timeline: Timeline, habits: Habits) -> None:
        self.timeline = timeline
        self.habits = habits
        self.index = 0
        self.reached = 0
        self._places = _places(timeline)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The events in order."""
        return self.timeline.entries

    @property
    def entry(self) -> Entry | None:
        """The event that is looked at; None where there are none."""
        return self.entries[self.index] if self.entries else None

    @property
    def last_told(self) -> int:
        """The index of the last event that may be shown, -1 where there are none."""
        return min(self.reached, len(self.entries) - 1) if self.habits.no_hindsight else len(self.entries) - 1

    @property
    def all_told(self) -> bool:
        """Whether nothing is held back."""
        return self.last_told >= len(self.entries) - 1

    @property
    def known(self) -> tuple[Entry, ...]:
        """What had happened before the event that is looked at."""
        return self.entries[: self.index]

    def follow(self, timeline: Timeline) -> bool:
        """Stay on the same event in a timeline that has changed; False if it has not."""
        if timeline is self.timeline:
            return False
        here = self.entry.event.id if self.entry else ""
        furthest = self.entries[self.reached].event.id if self.entries else ""
        self.timeline = timeline
        self._places = places = _places(timeline)
        last = max(0, len(timeline.entries) - 1)
        self.index = places.get(here, min(self.index, last))
        self.reached = max(self.index, places.get(furthest, min(self.reached, last)))
        return True

    def go(self, index: int) -> bool:
        """Look at another event, as near to an index as there is one; False if it is the same."""
        index = min(max(index, 0), max(0, len(self.entries) - 1))
        before, self.index = self.index, index
        self.reached = max(self.reached, index)
        return before != index

    def index_of(self, event_id: str) -> int | None:
        """Where an event is in the order; None if it is not there."""
        return self._places.get(event_id)

    def find(self, wanted: Callable[[Entry], bool], direction: int) -> int | None:
        """The next event of some kind, or with -1 the one before; None where there is none."""
        ahead = range(self.index + 1, len(self.entries)) if direction > 0 else range(self.index - 1, -1, -1)
        return next((at for at in ahead if wanted(self.entries[at])), None)

    def find_milestone(self, direction: int) -> int | None:
        """The next turning point."""
        return self.find(lambda entry: bool(entry.event.milestones), direction)

    def find_gap(self, direction: int) -> int | None:
        """The next event after a silence."""
        quiet = self.timeline.quiet
        if quiet is None or len(self.entries) <= FEW:
            return None
        return self.find(lambda entry: entry.gap is not None and entry.gap >= quiet, direction)

    def find_instant(self, at: int) -> int:
        """The last event that is not later than an instant; the first one where all are later."""
        found = 0
        for index, entry in enumerate(self.entries):
            if entry.start is not None and entry.start.nominal <= at:
                found = index
        return found

    # What is said of the event

    @property
    def origin(self) -> tuple[str, Entry] | None:
        """What lengths count from: when the impact began if that is told, else the first event with a time."""
        begun = self.timeline.milestones.get("impact-start")
        if begun is not None and begun.start is not None:
            at = self.index_of(begun.event.id)
            if at is not None and at <= self.last_told:
                return "the impact began", begun
        first = next((entry for entry in self.timeline.timed), None)
        return ("the first event", first) if first is not None else None

    @property
    def since_origin(self) -> tuple[Duration, bool, str] | None:
        """How long after the origin the event was, whether it was before it instead, and what the origin is.

        None where either is not known, or the event is the origin.
        """
        origin, entry = self.origin, self.entry
        if origin is None or entry is None or entry.start is None or origin[1].start is None:
            return None
        if entry is origin[1]:
            return None
        before = entry.start.nominal < origin[1].start.nominal
        ends: tuple[Interval, Interval] = (
            (entry.start, origin[1].start) if before else (origin[1].start, entry.start)
        )  # fmt: skip
        return between(*ends), before, origin[0]

    @property
    def phase(self) -> Phase | None:
        """The phase that the event lies in; an event that ends the last one belongs to it."""
        entry = self.entry
        if entry is None or entry.start is None or not self.all_told:
            return None
        at = entry.start.nominal
        return self.timeline.phase_at(at) or next((p for p in self.timeline.phases if p.end == at), None)

    @property
    def last_milestone(self) -> tuple[str, str] | None:
        """The turning point before the event, and how long ago it was; all that is said of phases without hindsight."""
        here = self.entry
        for entry in reversed(self.known):
            if entry.event.milestones:
                ago = here.start.nominal - entry.start.nominal if here and here.start and entry.start else 0
                return entry.event.milestones[-1], span_text(ago) if ago > 0 else ""
        return None

    @property
    def fraction(self) -> float:
        """How much of the story has passed, by the clock where there is one: 0 to 1 of what may be told."""
        entry = self.entry
        told = [each.start.nominal for each in self.entries[: self.last_told + 1] if each.start is not None]
        if entry is not None and entry.start is not None and told and told[-1] > told[0]:
            return (entry.start.nominal - told[0]) / (told[-1] - told[0])
        return self.index / self.last_told if self.last_told > 0 else 0.0


# Playing

LEAST: Final = 1.0
"""Seconds that every event stays at least while it plays."""

MOST: Final = 8.0
"""Seconds after which the next event comes, however long nothing happened."""

SPEEDS: Final = (1, 10, 60, 300, 600, 1800, 3600, 7200, 14400)
"""Speeds that are stepped through by a key."""


def delay_to_next(walk: Walk) -> float | None:
    """How many seconds the event stays while it plays; None at the last one.

    The time to the next event at the walk's speed, but not under `LEAST` and not over `MOST`.
    """
    following = walk.entries[walk.index + 1 :]
    if not following:
        return None
    gap = following[0].gap
    seconds = gap / 1_000_000 / walk.habits.speed if gap is not None else LEAST
    return min(max(seconds, LEAST), MOST)


def next_speed(speed: float, direction: int) -> float:
    """The next higher or lower of the usual speeds; the same at the end."""
    if direction > 0:
        return next((each for each in SPEEDS if each > speed), speed)
    return next((each for each in reversed(SPEEDS) if each < speed), speed)


def speed_text(speed: float) -> str:
    """`60x`, `0.5x`."""
    return f"{speed:g}x"


def read_speed(text: str) -> float:
    """A speed as people write it: `60x`, `60`, `x60`, `0.5x`.

    Raises:
        ValueError: it is none; the message says what is.
    """
    words = text.strip().lower().strip("x×").strip()
    try:
        speed = float(words)
    except ValueError:
        raise ValueError("write a speed such as 60x: so many seconds of the incident in one") from None
    if not 0.1 <= speed <= 1_000_000:
        raise ValueError("from 0.1x to 1000000x")
    return speed


def _places(timeline: Timeline) -> dict[str, int]:
    return {entry.event.id: at for at, entry in enumerate(timeline.entries)}
