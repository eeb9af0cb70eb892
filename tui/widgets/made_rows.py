"""What was made of a document, in the terms of an incident: header, sections, timeline, actions, what is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from typing import Final

from tui.widgets.event_line import day_heading, glyph, time_text
from tui.widgets.linked_rows import LinkedRows, broken
from tui.widgets.rows import Span, fit, fit_right
from tui.workspace.import_outline import MadeRow

_LABELLED: Final = ("field", "assumed", "stated")
_LABEL: Final = 11
_TIME: Final = 7
_ROLES: Final = {"unplaced": "warning", "assumed": "muted"}


class MadeRows(LinkedRows):
    """The rows of an outline."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[MadeRow] = ()
        self._doubted: Collection[str] = ()

    def show(self, rows: Sequence[MadeRow], doubted: Collection[str], at: int | None = None) -> None:
        """Show these rows, the cursor at one of them or where it was; `doubted` are paths to look at."""
        self._rows, self._doubted = rows, doubted
        self.rows_changed(len(rows), at)

    @property
    def row(self) -> MadeRow | None:
        """The row under the cursor."""
        return self._rows[self.index] if self.index < len(self._rows) and self._rows[self.index].chosen else None

    def selectable(self, index: int) -> bool:
        """Not headings and days."""
        return 0 <= index < len(self._rows) and self._rows[index].chosen

    def empty_text(self) -> Sequence[str]:
        """Before it was read."""
        return ()

    def heights(self, width: int) -> Iterable[int]:
        """As many lines as the words need."""
        return (self._height(row, width) for row in self._rows)

    def row_lines(self, index: int, width: int, *, here: bool, linked: bool) -> Sequence[Sequence[Span]]:
        """The lines of one row."""
        row = self._rows[index]
        if row.kind == "blank":
            return [[]]
        if row.kind == "heading":
            note = f"{row.label} " if row.label else ""
            return [[(" ", "text"), (fit(row.text, width - len(note) - 1), "strong"), (note, "muted")]]
        if row.kind == "day":
            assert row.day is not None
            return [[(f"   {day_heading(row.day)}", "muted")]]
        edge = ("▌" if here else "▎" if linked else " ", "accent")
        doubt = ("?", "warning") if row.path in self._doubted else (" ", "text")
        lead = self._lead(row)
        indent = " " * (_indent(row) + 2)
        # What is left out is not wanted, and nothing is wrong about it.
        quiet = row.missing or (row.kind == "unplaced" and row.label)
        role = "muted" if quiet else _ROLES.get(row.kind, "text")
        pieces = _toned(self._pieces(row, width), role, _words(row)[1])
        made: list[list[Span]] = [[edge, doubt, (" ", "text"), *lead, *pieces[0]]]
        made += [[edge, (indent, "text"), *piece] for piece in pieces[1:]]
        if row.kind == "action" and row.label:
            made.append([edge, (indent, "text"), (fit(row.label, width - len(indent) - 1), "muted")])
        return made

    def _height(self, row: MadeRow, width: int) -> int:
        if not row.chosen:
            return 1
        return len(self._pieces(row, width)) + (1 if row.kind == "action" and row.label else 0)

    def _lead(self, row: MadeRow) -> Sequence[Span]:
        if row.kind in _LABELLED:
            return ((fit(row.label, _LABEL), "muted"), (" ", "text"))
        if row.entry is not None:
            return (
                (fit_right(time_text(row.entry), _TIME), "text" if row.entry.dated else "muted"),
                (" ", "text"),
                glyph(row.entry.event),
                (" ", "text"),
            )
        if row.kind in ("action", "impact"):
            return (("· ", "muted"),)
        return ()

    def _pieces(self, row: MadeRow, width: int) -> list[str]:
        indent = 3 + _indent(row)
        words, tail = _words(row)
        return [piece for line in (words + tail).split("\n") for piece in broken(line, width - indent - 1)]


def _words(row: MadeRow) -> tuple[str, str]:
    """What a row says, and what is known of it beside: who, and which milestones an event is."""
    words = row.text if row.kind == "text" else row.text.strip() or "(no words)"
    event = row.entry.event if row.entry is not None else None
    if event is None:
        return words, ""
    ends = (("until ", event.until), ("or up to ", event.latest))
    span = [f"{said}{_clock(end)}" for said, end in ends if end is not None]
    known = filter(None, (*span, event.actor, ", ".join(event.milestones)))
    return words, "".join(f" · {each}" for each in known)


def _clock(end: date | time) -> str:
    """The other end of a span: its clock, or its day."""
    return f"{end:%H:%M}" if isinstance(end, datetime | time) else f"{end.day} {end:%b}"


def _toned(pieces: Sequence[str], role: str, tail: str) -> list[list[Span]]:
    """Pieces of a text with its tail, which is of another tone. Spaces may be gone where lines were broken."""
    left = len(tail.replace(" ", ""))
    made: list[list[Span]] = []
    for piece in reversed(pieces):
        at = len(piece)
        while at and left:
            at -= 1
            left -= piece[at] != " "
        made.append([(piece[:at], role), (piece[at:], "muted")])
    return made[::-1]


def _indent(row: MadeRow) -> int:
    """The cells in front of a row's words, behind those of the cursor and the mark."""
    if row.kind in _LABELLED:
        return _LABEL + 1
    if row.entry is not None:
        return _TIME + 3
    return 2 if row.kind in ("action", "impact") else 0
