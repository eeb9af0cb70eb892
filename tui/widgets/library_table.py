"""The incidents of a folder as rows under column headings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from msgspec import Struct
from textual import events
from textual.binding import BindingType
from textual.message import Message

from tui.widgets.rows import Rows, Span, fit, fit_right
from tui.workspace.listing import Listed
from tui.workspace.rows import Row


class LibraryColumn(Struct, frozen=True):
    """A column: its name, heading, width (0: what is left), and the least table width that shows it."""

    name: str
    heading: str
    width: int
    from_width: int = 0
    right: bool = False


COLUMNS: Final = (
    LibraryColumn("date", "date", 10),
    LibraryColumn("severity", "sev", 5),
    LibraryColumn("title", "title", 0),
    LibraryColumn("status", "status", 9, 92),
    LibraryColumn("length", "length", 9, 58, right=True),
    LibraryColumn("actions", "act", 5, 76, right=True),
    LibraryColumn("findings", "find", 7),
)


class LibraryTable(Rows):
    """The list; its first row is the heading, which sorts when it is clicked."""

    BINDINGS: ClassVar[list[BindingType]] = []

    class SortWanted(Message):
        """A column's heading was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._shown: object = None
        self._more_to_come = False
        self._sort = ("date", True)
        self._any: bool | None = None
        self._query = ""

    def show(
        self, rows: Listed, sort: str, reverse: bool, any_files: bool, *, query: str = "", more_to_come: bool = False
    ) -> None:
        """Show rows; the cursor stays on the same file, or at the top while there is `more_to_come` above it.

        Where its file is gone it stays at its place; with another `query` it begins at the top then.
        """
        shown = (rows.version, rows.names, sort, reverse, any_files, more_to_come)
        if shown == self._shown:
            return
        here = self.row.path if self.row and not (more_to_come and self.index == 1) else None
        self._shown, self._more_to_come = shown, more_to_come
        self._rows, self._sort, self._any = rows, (sort, reverse), any_files
        at = rows.place_of(here) if here else None
        if at is None:
            at = min(self.index, len(rows)) - 1 if here and query == self._query else 0
        self._query = query
        self.rows_changed(len(rows) + 1 if rows else 0, at + 1 if rows else 0)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.index - 1] if 0 < self.index <= len(self._rows) else None

    def go_to(self, path: Path) -> bool:
        """Put the cursor on the row of a file; False if it is not in the list."""
        at = self._rows.place_of(path) if isinstance(self._rows, Listed) else None
        if at is None:
            return False
        self.move_to(at + 1)
        return True

    def visible_paths(self) -> list[Path]:
        """The files whose rows can be seen now."""
        top = self.scroll_offset.y
        return [row.path for row in self._rows[max(0, top - 1) : top + self.size.height]]

    def selectable(self, index: int) -> bool:
        """Everything but the heading."""
        return 0 < index <= len(self._rows)

    def empty_text(self) -> Sequence[str]:
        """How to begin, that nothing fits the filter, or, where the first frame has it, that nothing is known yet."""
        if self._any is None:
            return (" Reading …",)
        if self._any:
            return ("", f"  Nothing {'that was read so far ' if self._more_to_come else ''}fits the filter.")
        return (
            "",
            "  No incidents in this folder yet.",
            "",
            "  n            starts a new one",
            "  i            imports a document, or a chat or notes that you paste",
            "  postmortem new --title \"What happened\"     does it from the shell",
            "  F1           shows every key",
        )  # fmt: skip

    def columns(self, width: int) -> list[tuple[LibraryColumn, int]]:
        """The columns that fit, each with its width."""
        shown = [column for column in COLUMNS if width >= column.from_width]
        rest = width - 3 - sum(column.width + 2 for column in shown if column.width)
        return [(column, column.width or max(8, rest)) for column in shown]

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """The heading or a file."""
        row = self._rows[index - 1] if index else None
        spans: list[Span] = [("▌" if row and index == self.index else " ", "accent"), (" ", "text")]
        if row is not None and row.conflict:
            room = max(0, width - 2)
            name = fit(f"⇄ {row.title or row.name}", min(34, room))
            told = "git conflict · Enter chooses between the versions" + (f" · {row.name}" if row.title else "")
            return (*spans, (name, "warning"), ("  ", "text"), (fit(told, room - len(name) - 2), "muted"))
        if row is not None and row.problem:
            return (
                *spans,
                (fit(f"✗ {row.name}", 30), "error"),
                ("  ", "text"),
                (fit(row.problem, width - 34), "muted"),
            )
        for column, size in self.columns(width):
            if row is None:
                arrow = ("↓" if self._sort[1] else "↑") if column.name == self._sort[0] else ""
                spans.append(((fit_right if column.right else fit)(column.heading + arrow, size), "muted"))
            elif column.name == "findings":
                errors, warnings = f"✗{row.errors}" if row.errors else "", f"!{row.warnings}" if row.warnings else ""
                spans += [(fit(errors, 4), "error"), (fit(warnings, size - 4), "warning")]
            else:
                text = _cell(row, column.name)
                role = "text" if column.name in ("title", "severity") else "muted"
                spans.append(((fit_right if column.right else fit)(text, size), role))
            spans.append(("  ", "text"))
        return spans

    def on_click(self, event: events.Click) -> None:
        """A click on the heading sorts; elsewhere it selects."""
        if event.y + self.scroll_offset.y == 0 and self._rows:
            at = 2
            for column, size in self.columns(self.size.width):
                if at <= event.x < at + size:
                    event.stop()
                    self.post_message(self.SortWanted(column.name))
                at += size + 2
            return
        super().on_click(event)


def _cell(row: Row, name: str) -> str:
    match name:
        case "date":
            return row.date.isoformat() if row.date else "—"
        case "severity":
            return row.severity or "—"
        case "title":
            return row.title or f"({row.name})"
        case "status":
            return row.status
        case "length":
            return row.length_text
        case _:
            return f"{row.open_actions}/{row.actions}" if row.actions else ""
