"""The list of the versions of a file: under days, each with its time, age, what it is, size and number of changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from tui.widgets.rows import Rows, Span, fit, fit_right
from tui.workspace.version_changes import ALONE, BROKEN

_CLOCK: Final = 5
_AGE: Final = 7
_SIZE: Final = 8
_CHANGES: Final = 10
_SHORT_CHANGES: Final = 5
_FROM_WITH_SIZE: Final = 46
_FROM_WITH_WORDS: Final = 70
"""Cells from which on there is room for the size, and for the word behind the number of changes."""


class VersionRow(Struct, frozen=True):
    """One version in words. `changes` is how many there are, `BROKEN`, `ALONE`, or None where it is not known yet.

    `day` is the heading that it stands under.
    """

    key: str
    day: str
    clock: str
    age: str
    what: Span
    size: str = ""
    changes: int | None = None


class VersionList(Rows):
    """Versions one below the other; headings are days."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[VersionRow | str] = []

    def show(self, rows: Sequence[VersionRow], key: str = "") -> None:
        """Show these, with the cursor on the one with this key, or where it was."""
        wanted = key or self.key
        lines: list[VersionRow | str] = []
        day = ""
        for row in rows:
            if row.day != day:
                day = row.day
                lines.append(day)
            lines.append(row)
        old, self._lines = self._lines, lines
        at = next(
            (i for i, line in enumerate(lines) if isinstance(line, VersionRow) and line.key == wanted), self.index
        )
        if len(old) == len(lines) and at == self.index:
            for number, (one, other) in enumerate(zip(old, lines, strict=True)):
                if one != other:
                    self.refresh_line(number)
        else:
            self.rows_changed(len(lines), at)

    def show_start(self) -> None:
        """Show as much as fits from the beginning to the cursor."""
        self.scroll_to(0, 0, animate=False, immediate=True)
        self.show_cursor_row()

    @property
    def key(self) -> str:
        """The key of the version under the cursor; empty if there is none."""
        row = self._lines[self.index] if 0 <= self.index < len(self._lines) else ""
        return row.key if isinstance(row, VersionRow) else ""

    @property
    def visible_keys(self) -> list[str]:
        """The keys of the versions that can be seen."""
        first = self.scroll_offset.y
        seen = self._lines[first : first + self.size.height]
        return [line.key for line in seen if isinstance(line, VersionRow)]

    def selectable(self, index: int) -> bool:
        """Not the headings."""
        return 0 <= index < len(self._lines) and isinstance(self._lines[index], VersionRow)

    def empty_text(self) -> Sequence[str]:
        """How versions come to be."""
        return (" Nothing is kept yet.", " Each save keeps a version.")

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """A day, or a version with the columns that there is room for."""
        row = self._lines[index]
        if isinstance(row, str):
            return ((fit(f" {row}", width), "strong"),)
        here = "▌ " if index == self.index else "  "
        with_size, with_words = width >= _FROM_WITH_SIZE and bool(row.size), width >= _FROM_WITH_WORDS
        room = width - 2 - _CLOCK - _AGE - 2 - (_SIZE + 1 if with_size else 0)
        room -= 1 + (_CHANGES if with_words else _SHORT_CHANGES)
        return [
            (here, "accent"),
            (row.clock, "text"),
            (fit_right(row.age, _AGE) + "  ", "muted"),
            (fit(row.what[0], room), row.what[1]),
            *([(" " + fit_right(row.size, _SIZE), "muted")] if with_size else []),
            self._changes(row.changes, with_words),
            (" ", "text"),
        ]

    def _changes(self, count: int | None, with_words: bool) -> Span:
        width = _CHANGES if with_words else _SHORT_CHANGES
        if count is None or count == ALONE:
            return (fit_right("" if count is None else "–", width), "muted")
        if count == BROKEN:
            return (fit_right("✗ broken" if with_words else "✗", width), "error")
        if not with_words:
            return (fit_right(f"~{count}" if count else "same", width), "text" if count else "muted")
        words = f"{count} change{'' if count == 1 else 's'}" if count else "the same"
        return (fit_right(words, width), "text" if count else "muted")
