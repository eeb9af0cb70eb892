"""The live timeline: days, times, gaps, milestones, and the silences between."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.message import Message

from schemas.moments import span_text
from schemas.timeline import Entry, Timeline
from tui.widgets.bindings import bindings
from tui.widgets.event_line import day_heading, event_spans
from tui.widgets.rows import Rows, Span, fit
from tui.workspace.event_marks import EventMark

_NO_MARKS: Final[Mapping[str, EventMark]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the timeline: a day's heading, a silence, or an event (its entry).

    `quiet` is the length of the silence; on an event it says that the line above tells its gap.
    """

    entry: Entry | None
    heading: str = ""
    quiet: str = ""


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
        self._rows: list[Row] = []
        self._at: dict[str, int] = {}
        self._timeline: Timeline | None = None
        self._marks = _NO_MARKS
        self._talk: Mapping[str, str] = {}
        self._current: str | None = None
        self.marked: set[str] = set()

    def show(self, timeline: Timeline, marks: Mapping[str, EventMark] = _NO_MARKS) -> None:
        """Show a timeline, with what is drawn on events with findings, by their ids.

        Nothing is painted when neither changed.
        """
        if timeline is self._timeline and marks == self._marks:
            return
        current = self._current
        self._marks = marks
        if timeline is not self._timeline:
            self._timeline = timeline
            self._rows, self._at = _rows(timeline)
            self.marked &= self._at.keys()
        self.rows_changed(len(self._rows))
        if current in self._at and current is not None:
            self.index = self._at[current]
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
        return self._rows[self.index].entry if 0 <= self.index < len(self._rows) else None

    @property
    def event_id(self) -> str | None:
        """The id of the event under the cursor."""
        return self.entry.event.id if self.entry else None

    def place_at(self, event_id: str) -> bool:
        """Put the cursor on an event; False if it is not in the timeline."""
        if event_id not in self._at:
            return False
        self.move_to(self._at[event_id], tell=False)
        self._current = event_id
        return True

    def selectable(self, index: int) -> bool:
        """Only events can be selected."""
        return 0 <= index < len(self._rows) and self._rows[index].entry is not None

    def move_to(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on a row and remember its event, which keeps it when rows come and go."""
        super().move_to(index, tell=tell)
        self._current = self.event_id

    def empty_text(self) -> Sequence[str]:
        """How to begin."""
        return ("", " No events yet.", " ^N adds one: 14:05 what happened", " Many lines can be pasted.")

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """A heading, a silence or an event."""
        row = self._rows[index]
        if row.entry is None:
            if row.heading:
                return ((f" {row.heading}", "strong"),)
            return ((fit(f" {'':7}· · · {row.quiet} quiet", width), "muted"),)
        event_id = row.entry.event.id
        return event_spans(
            row.entry, width, chosen=event_id in self.marked, mark=self._marks.get(event_id),
            after_quiet=bool(row.quiet), talk=self._talk.get(event_id, ""),
        )  # fmt: skip

    def wanted_ids(self) -> tuple[str, ...]:
        """The marked events in order, or the one under the cursor."""
        if self.marked:
            return tuple(event_id for event_id in self._at if event_id in self.marked)
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
        self.marked = set() if self.marked else set(self._at)
        self.refresh()

    def unmark(self, ids: Collection[str] | None = None) -> None:
        """Take marks away."""
        self.marked = set() if ids is None else self.marked - set(ids)
        self.refresh()


def _rows(timeline: Timeline) -> tuple[list[Row], dict[str, int]]:
    rows: list[Row] = []
    at: dict[str, int] = {}
    quiet = timeline.quiet
    year: int | None = None
    for entry in timeline.entries:
        silent = entry.gap is not None and quiet is not None and entry.gap >= quiet and len(timeline.entries) > 3
        length = span_text(entry.gap, short=True) if silent and entry.gap is not None else ""
        if length:
            rows.append(Row(None, quiet=length))
        if entry.new_day and entry.dated and entry.wall:
            rows.append(Row(None, heading=day_heading(entry.wall.date(), year)))
            year = entry.wall.year
        at[entry.event.id] = len(rows)
        rows.append(Row(entry, quiet=length))
    return rows, at
