"""The live timeline: days, times, gaps, milestones, and the silences between."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, chain
from types import MappingProxyType
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.message import Message

from schemas.entries import Entry
from schemas.moments import span_text
from schemas.timeline import Timeline
from tui.widgets.bindings import bindings
from tui.widgets.event_line import day_heading, event_spans
from tui.widgets.rows import Rows, Span, fit
from tui.workspace.event_marks import EventMark

_NO_MARKS: Final[Mapping[str, EventMark]] = MappingProxyType({})


_NEAR: Final = 64
"""Events before and behind the cursor among which one is looked for first."""


class _Lines:
    """Which line of the list shows what of a timeline: above some events stand the silence before them, and their day.

    Only where such lines stand is kept, so that a timeline costs next to nothing until its lines are drawn.
    """

    def __init__(self, timeline: Timeline | None = None) -> None:
        self.entries = entries = timeline.entries if timeline is not None else ()
        quiet = timeline.quiet if timeline is not None and len(entries) > 3 else None
        least = float("inf") if quiet is None else quiet
        self._above = [
            at for at, entry in enumerate(entries) if entry.new_day or (entry.gap is not None and entry.gap >= least)
        ]
        self._quiet = quiet
        counts = [self.is_behind_silence(at) + self._begins_day(at) for at in self._above]
        # The line of each of these events.
        self._lines = [at + more for at, more in zip(self._above, accumulate(counts), strict=True)]
        self.count = len(entries) + sum(counts)

    def is_behind_silence(self, at: int) -> bool:
        """Whether the line above an event tells how long nothing had happened."""
        gap = self.entries[at].gap
        return gap is not None and self._quiet is not None and gap >= self._quiet

    def _begins_day(self, at: int) -> bool:
        entry = self.entries[at]
        return bool(entry.new_day and entry.dated and entry.wall)

    def line_of(self, at: int) -> int:
        """The line of an event, by its place among all."""
        above = bisect_right(self._above, at) - 1
        return at + (self._lines[above] - self._above[above] if above >= 0 else 0)

    def place_of(self, line: int) -> tuple[int, int]:
        """The event that a line belongs to, and how many lines above that event's own it is."""
        above = bisect_right(self._lines, line) - 1
        at = line - (self._lines[above] - self._above[above] if above >= 0 else 0)
        following = above + 1
        if following < len(self._above) and at >= self._above[following]:
            return self._above[following], self._lines[following] - line
        return at, 0

    def heading(self, at: int) -> str:
        """The day that an event begins, with its year where that is another than above."""
        earlier = range(bisect_left(self._above, at) - 1, -1, -1)
        days = (self.entries[self._above[n]].wall for n in earlier if self._begins_day(self._above[n]))
        wall, before = self.entries[at].wall, next(days, None)
        return day_heading(wall.date(), before.year if before else None) if wall else ""

    def tells_day(self, at: int, above: int) -> bool:
        """Whether so many lines above an event's own its day stands, and not the silence before it."""
        return above == 1 and self._begins_day(at)


class TimelineView(Rows):
    """Events under day headings. Keys move from event to event; marks choose several."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline")

    class Wanted(Message):
        """Something is wanted of the marked events, or else of the one under the cursor."""

        def __init__(self, what: str, ids: tuple[str, ...]) -> None:
            super().__init__()
            self.what = what
            self.ids = ids

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = _Lines()
        self._timeline: Timeline | None = None
        self._marks = _NO_MARKS
        self._talk: Mapping[str, str] = {}
        self._current: str | None = None
        self.marked: set[str] = set()

    def show(self, timeline: Timeline, marks: Mapping[str, EventMark] = _NO_MARKS) -> None:
        """Show a timeline, with what is drawn on events with findings, by their ids.

        Nothing is painted when neither changed.
        """
        if timeline is self._timeline and (marks is self._marks or marks == self._marks):
            return
        current = self._current
        self._marks = marks
        if timeline is not self._timeline:
            self._timeline = timeline
            self._lines = _Lines(timeline)
            if self.marked:
                self.marked &= timeline.by_id.keys()
        self.rows_changed(self._lines.count)
        at = self._place(current)
        if at is not None:
            self.index = self._lines.line_of(at)
        self._current = self.event_id

    def mark_talk(self, marks: Mapping[str, str]) -> None:
        """Show how many comments are open on events, by their ids."""
        if marks != self._talk:
            self._talk = dict(marks)
            self.refresh()

    def show_start(self) -> None:
        """Show the first rows, with no cursor: for looking only."""
        self.index = -1
        self._current = None
        self.scroll_to(0, 0, animate=False)
        self.refresh()

    @property
    def entry(self) -> Entry | None:
        """The event under the cursor, with its place in time."""
        if not 0 <= self.index < self._lines.count:
            return None
        at, above = self._lines.place_of(self.index)
        return None if above else self._lines.entries[at]

    @property
    def event_id(self) -> str | None:
        """The id of the event under the cursor."""
        return self.entry.event.id if self.entry else None

    def place_at(self, event_id: str) -> bool:
        """Put the cursor on an event; False if it is not in the timeline."""
        at = self._place(event_id)
        if at is None:
            return False
        self.move_to(self._lines.line_of(at), tell=False)
        self._current = event_id
        return True

    def _place(self, event_id: str | None) -> int | None:
        """The place of an event among all; mostly it is near the cursor."""
        entries = self._lines.entries
        if event_id is None or not entries:
            return None
        here = self._lines.place_of(min(max(self.index, 0), self._lines.count - 1))[0]
        near = range(max(0, here - _NEAR), min(len(entries), here + _NEAR))
        everywhere = chain(near, range(len(entries)))
        return next((at for at in everywhere if entries[at].event.id == event_id), None)

    def selectable(self, index: int) -> bool:
        """Only events can be selected."""
        return 0 <= index < self._lines.count and not self._lines.place_of(index)[1]

    def move_to(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on a row and remember its event, which keeps it when rows come and go."""
        super().move_to(index, tell=tell)
        self._current = self.event_id

    def empty_text(self) -> Sequence[str]:
        """How to begin."""
        return ("", " No events yet.", " ^N adds one: 14:05 what happened", " Many lines can be pasted.")

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """A heading, a silence or an event."""
        lines = self._lines
        at, above = lines.place_of(index)
        entry = lines.entries[at]
        if above:
            if lines.tells_day(at, above):
                return ((f" {lines.heading(at)}", "strong"),)
            length = span_text(entry.gap, short=True) if entry.gap is not None else ""
            return ((fit(f" {'':7}· · · {length} quiet", width), "muted"),)
        event_id = entry.event.id
        return event_spans(
            entry, width, chosen=event_id in self.marked, mark=self._marks.get(event_id),
            after_quiet=lines.is_behind_silence(at), talk=self._talk.get(event_id, ""),
        )  # fmt: skip

    def wanted_ids(self) -> tuple[str, ...]:
        """The marked events in order, or the one under the cursor."""
        if self.marked:
            return tuple(entry.event.id for entry in self._lines.entries if entry.event.id in self.marked)
        return (self.event_id,) if self.event_id else ()

    def want(self, what: str) -> None:
        """Post what is wanted of the events that are meant."""
        self.post_message(self.Wanted(what, self.wanted_ids()))

    def action_add(self) -> None:
        """A new event."""
        self.want("add")

    def action_remove_item(self) -> None:
        """Delete."""
        self.want("delete")

    def action_shift(self) -> None:
        """Shift in time."""
        self.want("shift")

    def action_milestone(self) -> None:
        """Set milestones."""
        self.want("milestone")

    def action_kind(self) -> None:
        """Set the kind."""
        self.want("kind")

    def action_fix(self) -> None:
        """Settle what is wrong with the event."""
        self.want("fix")

    def action_waive(self) -> None:
        """Accept what is wrong with the event."""
        self.want("waive")

    def action_zone(self) -> None:
        """Show the clocks in the next zone."""
        self.want("zone")

    def action_mark(self) -> None:
        """Mark the event, or take its mark away, and go on to the next."""
        if self.event_id:
            self.marked ^= {self.event_id}
            self.refresh_line(self.index)
            self.action_cursor(1)

    def action_mark_all(self) -> None:
        """Mark every event, or none if any is marked."""
        self.marked = set() if self.marked else {entry.event.id for entry in self._lines.entries}
        self.refresh()

    def unmark(self, ids: Collection[str] | None = None) -> None:
        """Take marks away."""
        self.marked = set() if ids is None else self.marked - set(ids)
        self.refresh()
