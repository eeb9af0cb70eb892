"""The conflicts of a merge, one a line: what each is about and how it is decided; below them what was merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct
from rich.cells import cell_len
from textual.binding import Binding, BindingType

from tui.widgets.rows import Rows, Span, fit, fit_right

_WIDEST_SIDE: Final = 12


class ConflictRow(Struct, frozen=True):
    """A conflict: what it is about, which part of it, its words, and how it was decided (empty: not)."""

    thing: str
    field: str
    said: str
    decided: str


class ConflictList(Rows, inherit_bindings=False):
    """The list. All keys but those that move its cursor are left to the screen: pages are those of the versions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor(-1)", show=False),
        Binding("down,j", "cursor(1)", show=False),
        Binding("home,g", "edge(-1)", show=False),
        Binding("end,G", "edge(1)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[ConflictRow, ...] = ()
        self._merged = ""

    def show(self, rows: Sequence[ConflictRow], merged: str) -> None:
        """Show conflicts, and in a last line what was merged without a question (empty: no such line)."""
        rows = tuple(rows)
        changed = [at for at, (old, new) in enumerate(zip(self._rows, rows, strict=False)) if old != new]
        if merged != self._merged:
            changed.append(len(rows) + 1)
        same_size = len(rows) == len(self._rows) and bool(merged) == bool(self._merged)
        self._rows, self._merged = rows, merged
        if not same_size:
            self.rows_changed(self._count_of())
            return
        for at in changed:
            self.refresh_line(at)

    @property
    def at_merged(self) -> bool:
        """Whether the cursor is on the line of what was merged."""
        return bool(self._merged) and self.index >= len(self._rows)

    def selectable(self, index: int) -> bool:
        """Every conflict, and the line of what was merged."""
        return 0 <= index < len(self._rows) or (bool(self._merged) and index == self._count_of() - 1)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """One line: a glyph, the place, and at the right how it was decided."""
        here = "▌" if index == self.index else " "
        if index >= len(self._rows):
            if index < self._count_of() - 1:
                return ()
            return [(here, "accent"), ("✓ ", "good"), (fit(self._merged, width - 4), "muted")]
        row = self._rows[index]
        side = min(_WIDEST_SIDE, max(0, width // 3), cell_len(row.decided))
        room = width - 4 - (side + 2 if side else 0)
        spans: list[Span] = [(here, "accent"), ("✓ ", "good") if row.decided else ("? ", "warning")]
        spans += _place_spans(row, room)
        if side:
            spans += [("  ", "text"), (fit_right(fit(row.decided, side).rstrip(), side), "good")]
        return spans

    def _count_of(self) -> int:
        return len(self._rows) + (2 if self._merged and self._rows else 1 if self._merged else 0)


def _place_spans(row: ConflictRow, room: int) -> list[Span]:
    """The place in exactly so many cells: what it is about gives way before the field does."""
    field = f" · {row.field}" if row.field else ""
    if cell_len(field) > room // 2:
        field = fit(field, room // 2).rstrip()
    thing = row.thing
    if cell_len(thing) + cell_len(field) > room:
        return [(fit(thing, room - cell_len(field)), "text"), (field, "muted")]
    rest = room - cell_len(thing) - cell_len(field)
    said = f"  {row.said}" if row.said and rest > 8 else ""
    return [(thing, "text"), (field, "muted"), (fit(said, rest), "muted")]
