"""The doubts about a document, one a line, with what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from tui.widgets.rows import Rows, Span, fit, fit_right


class QuestionRow(Struct, frozen=True):
    """A question: its line, its words, why it is asked, and the answer (empty: open)."""

    line: int
    text: str
    why: str
    answer: str
    kind: Literal["doubt", "unplaced"]


class QuestionList(Rows):
    """The list."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[QuestionRow, ...] = ()
        self._digits = 3

    def show(self, rows: Sequence[QuestionRow], at: int) -> None:
        """Show these, the cursor on one of them."""
        if tuple(rows) != self._rows or at != self.index:
            self._rows = tuple(rows)
            self._digits = max(3, *(len(str(row.line)) for row in rows)) if rows else 3
            self.rows_changed(len(rows), at)
            self.refresh()

    def empty_text(self) -> Sequence[str]:
        """All was clear."""
        return (" Nothing is in doubt.",)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """Mark, line, reason; once it is settled the answer."""
        row = self._rows[index]
        here = "▌" if index == self.index else " "
        mark = ("✓ ", "good") if row.answer else ("! ", "warning") if row.kind == "unplaced" else ("? ", "warning")
        number = fit_right(str(row.line), self._digits)
        room = width - 4 - len(number)
        words = row.answer or (row.text if row.kind == "unplaced" else row.why)
        return (
            (here, "accent"),
            mark,
            (number, "muted"),
            (" ", "text"),
            (fit(words, room), "muted" if row.answer else "text"),
        )
