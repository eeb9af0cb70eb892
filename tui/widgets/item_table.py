"""Impacts, factors, actions and stated values as rows under column headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from textual.binding import BindingType
from textual.message import Message

from schemas.text import first_line
from tui.widgets.bindings import bindings
from tui.widgets.rows import Rows, Span, fit, fit_right


class Column(Struct, frozen=True):
    """A column: heading, width (0: what is left), alignment, and the least table width that shows it."""

    heading: str
    width: int
    right: bool = False
    from_width: int = 0


class TableRow(Struct, frozen=True):
    """An item's id and the texts of its cells; `flag` is a role where something is wrong with it."""

    id: str
    cells: tuple[str, ...]
    flag: str = ""
    done: bool = False


class ItemTable(Rows):
    """A table with a cursor. The first row is the heading."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("table")

    class Wanted(Message):
        """`add`, `delete` or `move` is wanted of a row."""

        def __init__(self, what: str, item_id: str | None, steps: int = 0) -> None:
            super().__init__()
            self.what = what
            self.item_id = item_id
            self.steps = steps

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[TableRow, ...] = ()
        self._empty: tuple[str, ...] = ()
        self._talk: Mapping[str, str] = {}

    def mark_talk(self, marks: Mapping[str, str]) -> None:
        """Show how many comments are open on items, by their ids."""
        if marks != self._talk:
            self._talk = dict(marks)
            self.refresh()

    def show(self, columns: tuple[Column, ...], rows: tuple[TableRow, ...], empty: tuple[str, ...]) -> None:
        """Show rows under columns; the cursor stays on the same item."""
        if (columns, rows, empty) == (self._columns, self._rows, self._empty):
            return
        here = self.item_id
        self._columns, self._rows, self._empty = columns, rows, empty
        at = next((i for i, row in enumerate(rows) if row.id == here), max(0, self.index - 1))
        self.rows_changed(len(rows) + 1 if rows else 0, at + 1 if rows else 0)

    @property
    def item_id(self) -> str | None:
        """The id of the item under the cursor."""
        return self._rows[self.index - 1].id if 0 < self.index <= len(self._rows) else None

    def place_at(self, item_id: str) -> None:
        """Put the cursor on an item."""
        at = next((i for i, row in enumerate(self._rows) if row.id == item_id), None)
        if at is not None:
            self.move_to(at + 1, tell=False)

    def selectable(self, index: int) -> bool:
        """Everything but the heading."""
        return 0 < index <= len(self._rows)

    def empty_text(self) -> Sequence[str]:
        """How to begin."""
        return self._empty

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """The heading or an item."""
        shown = [(at, column) for at, column in enumerate(self._columns) if width >= column.from_width]
        fixed = sum(column.width + 1 for _, column in shown if column.width)
        flexible = [column for _, column in shown if not column.width]
        rest = max(8, (width - 2 - fixed - len(flexible)) // max(1, len(flexible)))
        spans: list[Span] = []
        row = self._rows[index - 1] if index else None
        flag = row.flag if row else ""
        spans.append(({"error": "✗ ", "warning": "! "}.get(flag, "  "), flag or "text"))
        talk = self._talk.get(row.id, "") if row else ""
        for at, column in shown:
            size = column.width or rest
            if talk and not column.width:
                size -= len(talk) + 1
            text = column.heading if row is None else first_line(row.cells[at])
            role = "muted" if row is None or row.done or column.width else "text"
            spans.append(((fit_right if column.right else fit)(text, size), role))
            if talk and not column.width:
                spans.append((f" {talk}", "accent"))
                talk = ""
            spans.append((" ", "text"))
        return spans

    def action_add(self) -> None:
        """A new row."""
        self.post_message(self.Wanted("add", self.item_id))

    def action_remove_item(self) -> None:
        """Delete the row."""
        if self.item_id:
            self.post_message(self.Wanted("delete", self.item_id))

    def action_move_item(self, steps: int) -> None:
        """Move the row."""
        if self.item_id:
            self.post_message(self.Wanted("move", self.item_id, steps))
