"""The live timeline: days, times, gaps, milestones, and the silences between."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.message import Message

from schemas.incident import Event
from schemas.moments import span_text
from schemas.text import first_line
from schemas.timeline import Entry, Timeline
from tui.widgets.bindings import bindings
from tui.widgets.rows import Rows, Span, fit, fit_right

MILESTONE_GLYPHS: Final = {
    "impact-start": ("▼", "error"),
    "detected": ("◆", "accent"),
    "declared": ("◇", "accent"),
    "acknowledged": ("◈", "accent"),
    "mitigated": ("◐", "warning"),
    "recovered": ("○", "good"),
    "resolved": ("●", "good"),
    "closed": ("■", "muted"),
}
KIND_GLYPHS: Final = {
    "alert": ("!", "warning"),
    "action": ("›", "text"),
    "decision": ("◉", "text"),
    "hypothesis": ("?", "text"),
    "false-lead": ("×", "muted"),
    "communication": ("»", "text"),
    "change": ("Δ", "text"),
    "impact": ("▾", "error"),
    "note": ("·", "muted"),
}
_PRECISION: Final = {"about": "~", "between": "≥", "day": " ", "exact": " ", "unknown": " "}


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
        self._flags: dict[str, str] = {}
        self._current: str | None = None
        self.marked: set[str] = set()

    def show(self, timeline: Timeline, flags: dict[str, str]) -> None:
        """Show a timeline; `flags` gives the role (error, warning) of events with findings.

        Nothing is painted when neither changed.
        """
        if timeline is self._timeline and flags == self._flags:
            return
        current = self._current
        self._flags = flags
        if timeline is not self._timeline:
            self._timeline = timeline
            self._rows, self._at = _rows(timeline)
            self.marked &= self._at.keys()
        self.rows_changed(len(self._rows))
        if current in self._at and current is not None:
            self.index = self._at[current]
        self._current = self.event_id

    def show_start(self) -> None:
        """Show the first rows, with no cursor: for looking only."""
        self.index = -1
        self._current = None
        self.scroll_to(0, 0, animate=False)
        self.refresh()

    @property
    def event_id(self) -> str | None:
        """The id of the event under the cursor."""
        row = self._rows[self.index] if 0 <= self.index < len(self._rows) else None
        return row.entry.event.id if row and row.entry else None

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
        return _event_spans(row.entry, width, event_id in self.marked, self._flags.get(event_id), bool(row.quiet))

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


def day_heading(day: date, year: int | None = None) -> str:
    """`Thu 2 May 2024`; the year is left out where it is the same as above."""
    text = f"{day:%a} {day.day} {day:%b}"
    return text if day.year == year else f"{text} {day.year:04d}"


def time_text(entry: Entry) -> str:
    """The time of an event as its column shows it: `09:00`, `~19:30`, `day`, `—`."""
    if entry.start is None or entry.wall is None:
        return "—"
    if entry.precision == "day":
        return "day"
    return f"{_PRECISION[entry.precision]}{entry.wall:%H:%M}".strip()


def gap_text(entry: Entry) -> str:
    """The time since the event before: `+15m`, `+2h 05m`; from ten hours on without the minutes."""
    if not entry.gap:
        return ""
    text = span_text(entry.gap, short=True)
    return f"+{text}" if len(text) < 7 else f"+{text.rpartition(' ')[0]}"


def glyph(event: Event) -> Span:
    """The mark of an event's milestone or kind."""
    for milestone in reversed(event.milestones):
        if milestone in MILESTONE_GLYPHS:
            return MILESTONE_GLYPHS[milestone]
    return KIND_GLYPHS.get(event.kind, (" ", "text"))


def _event_spans(entry: Entry, width: int, marked: bool, flag: str | None, after_quiet: bool) -> Sequence[Span]:
    event = entry.event
    mark, role = glyph(event)
    gap = "" if after_quiet else gap_text(entry)
    wide = width >= 70
    names = " ".join(event.milestones)
    spans: list[Span] = [
        ("▪" if marked else " ", "accent"),
        (fit_right(time_text(entry), 6), "text" if entry.dated and not entry.assumed else "muted"),
        (fit_right(gap, 8 if not wide else 10), "muted"),
        (" ", "text"),
        (mark, role),
        (" ", "text"),
    ]
    used = 1 + 6 + (8 if not wide else 10) + 3
    text = first_line(event.text) or "(no words)"
    tail = (f" {event.actor}" if event.actor else "") if wide else ""
    note = f"{names} " if wide and names else ""
    flag_mark = {"error": "✗", "warning": "!"}.get(flag or "", "")
    room = width - used - len(note) - len(flag_mark) - 1
    spans.append((note, role))
    if tail and room > 40:
        spans += [(fit(text, room - 18), "text"), (fit(tail, 18), "muted")]
    elif not wide and event.actor and len(text) + len(event.actor) + 2 <= room:
        spans += [(fit(text, room - len(event.actor) - 1), "text"), (f"{event.actor} ", "muted")]
    else:
        spans.append((fit(text, room), "text"))
    spans.append((f" {flag_mark}" if flag_mark else "", flag or "text"))
    return spans
