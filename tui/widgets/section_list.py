"""The parts of the document, each with its state: empty, written, or how many findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from tui.widgets.bindings import bindings
from tui.widgets.rows import Rows, Span, fit, fit_right
from tui.workspace.outline import OutlineRow


class SectionList(Rows):
    """A column of section names. Moving the cursor opens the section; Enter goes into it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("sections")

    class Wanted(Message):
        """Something is wanted of a section of the person's own: `delete` it, or `move` it by steps."""

        def __init__(self, what: str, key: str, steps: int = 0) -> None:
            super().__init__()
            self.what = what
            self.key = key
            self.steps = steps

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[OutlineRow, ...] = ()
        self._talk: Mapping[str, str] = {}
        self.current = "overview"

    def show(self, rows: tuple[OutlineRow, ...], current: str) -> None:
        """Show the outline with one part as the current one; only lines that changed are painted."""
        before, self._rows = self._rows, rows
        same = len(before) == len(rows)
        moved, left = current != self.current, self.current
        self.current = current
        at = next((i for i, row in enumerate(rows) if row.key == current), self.index)
        if not same:
            self.rows_changed(len(rows), at)
            return
        for index, (old, new) in enumerate(zip(before, rows, strict=True)):
            # The current part is marked, also where the cursor is at another one.
            if old != new or (moved and new.key in (left, current)):
                self.refresh_line(index)
        if moved or at != self.index:
            self.move_to(at, tell=False)

    def mark_talk(self, marks: Mapping[str, str]) -> None:
        """Show how many comments are open in parts, by their keys."""
        before, self._talk = self._talk, dict(marks)
        for index, row in enumerate(self._rows):
            if before.get(row.key) != self._talk.get(row.key):
                self.refresh_line(index)

    def part_at(self, index: int) -> str:
        """The key of the part in a row."""
        return self._rows[index].key

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """A place mark, a state, the heading and the counts."""
        row = self._rows[index]
        if row.errors:
            state, role = "✗", "error"
        elif row.warnings:
            state, role = "!", "warning"
        elif row.written:
            state, role = "✓", "good"
        else:
            state, role = "·", "muted"
        count = "" if row.count is None else str(row.count or "")
        faults = f" ✗{row.errors}" if row.errors else f" !{row.warnings}" if row.warnings else ""
        talk = self._talk.get(row.key, "")
        tail = f"{count}{faults}"
        room = width - 4 - len(tail) - len(talk)
        here = row.key == self.current
        return (
            ("▌" if here else " ", "accent"),
            (f"{state} ", role),
            (fit(row.heading, room), "strong" if here else "text" if row.written else "muted"),
            (talk, "accent"),
            (fit_right(tail, len(tail) + 1), role if faults else "muted"),
        )

    def action_move_item(self, steps: int) -> None:
        """Move a section of one's own."""
        if self._rows:
            self.post_message(self.Wanted("move", self._rows[self.index].key, steps))

    def action_remove_item(self) -> None:
        """Remove a section of one's own."""
        if self._rows:
            self.post_message(self.Wanted("delete", self._rows[self.index].key))
