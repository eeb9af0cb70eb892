"""The list of what was left unsaved: which incident, its file, when, how much, and what became of the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct
from textual.binding import Binding, BindingType

from tui.widgets.rows import Rows, Span, fit, fit_right

_STATE: Final = 17
_WHEN: Final = 12
_COUNT: Final = 13
_FROM_WITH_FILE: Final = 96
_FROM_WITH_COUNT: Final = 64
"""Cells from which on there is room for the file, and for how much was typed."""


class LeftRow(Struct, frozen=True):
    """One line of the list, in words; `state` comes with its role. `away`: it was discarded."""

    title: str
    file: str
    when: str
    count: str
    state: Span
    away: bool = False


class LeftList(Rows):
    """Left work, one a line. Pages are those of the changes below, so their keys are left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,space", "screen.page(1)", show=False),
        Binding("pageup", "screen.page(-1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[LeftRow, ...] = ()

    def show(self, rows: Sequence[LeftRow], at: int | None = None) -> None:
        """Show these, with the cursor at a line or where it was."""
        self._shown = tuple(rows)
        self.rows_changed(len(self._shown), at)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """The columns that there is room for."""
        row = self._shown[index]
        here = "▌ " if index == self.index else "  "
        with_file, with_count = width >= _FROM_WITH_FILE, width >= _FROM_WITH_COUNT
        room = width - 2 - _STATE - 1 - _WHEN - 2 - (_COUNT if with_count else 0)
        file = room // 3 if with_file else 0
        quiet = "muted" if row.away else "text"
        return [
            (here, "accent"),
            (fit(row.title, room - file), "muted" if row.away else "strong"),
            *([(" " + fit(row.file, file - 1), "muted")] if file else []),
            (" " + fit_right(row.when, _WHEN), quiet),
            *([(fit_right(row.count, _COUNT), quiet)] if with_count else []),
            ("  ", "text"),
            (fit(row.state[0], _STATE), row.state[1]),
        ]
