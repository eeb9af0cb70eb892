"""A list of rows drawn line by line: only what is visible costs anything, and a moved cursor repaints two lines.

Rows are spans of text with a role (see `tui.widgets.roles`), so that colours come from the theme and meanings stay the
same everywhere. Text is never parsed: what a person wrote is drawn as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import ClassVar, Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.content_size import set_content_size
from tui.widgets.roles import MARKS, ROLES, Paint, painted

Span = tuple[str, str]
"""Some text and its role."""


_A_STEP: Final = 3
"""Rows by which a step may leave the window: headings are stepped over."""


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells: padded, or cut with an ellipsis."""
    if width <= 0:
        return ""
    if cell_len(text) > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
    return set_cell_size(text, width)


def fit_right(text: str, width: int) -> str:
    """The text at the right edge of `width` cells, cut with an ellipsis if it is longer."""
    missing = width - cell_len(text)
    return " " * missing + text if missing >= 0 else fit(text, width)


class Rows(ScrollView, can_focus=True):
    """The base of every list: a cursor, keys and mouse to move it, and rows drawn by the subclass."""

    roles: ClassVar[Mapping[str, Paint]] = {**ROLES, **MARKS}
    DEFAULT_CSS = """
    Rows {
        background: $background;
        color: $foreground;
        scrollbar-size: 1 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $panel-lighten-1;
        overflow-x: hidden;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor(-1)", show=False),
        Binding("down,j", "cursor(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,g", "edge(-1)", show=False),
        Binding("end,G", "edge(1)", show=False),
    ]

    class Moved(Message):
        """The cursor of a list is on another row."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    class Chosen(Message):
        """A row was chosen, by Enter or by a click on the row that has the cursor."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.index = 0
        self._count = 0

    # What a subclass gives

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """The spans of one row, for a line of `width` cells."""
        raise NotImplementedError

    def selectable(self, index: int) -> bool:
        """Whether the cursor may stand on a row; headings say no."""
        return 0 <= index < self._count

    def empty_text(self) -> Sequence[str]:
        """What is shown when there are no rows."""
        return ()

    # What others call

    @property
    def row_count(self) -> int:
        """How many rows there are, headings included."""
        return self._count

    def rows_changed(self, count: int, index: int | None = None) -> None:
        """There are other rows now; the cursor goes to `index`, or stays as near as it can."""
        resized = count != self._count
        self._count = count
        wanted = self.index if index is None else index
        self.index = self._nearest(min(max(wanted, 0), max(0, count - 1)), 1)
        if resized:
            # No width: it would be another one when there is room, and all be laid out again.
            set_content_size(self, Size(0, count))
        self.refresh(layout=resized and bool(self.styles.is_auto_height))
        if index is not None and self.is_mounted:
            self.show_cursor_row()

    def move_to(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on a row and show it."""
        index = self._nearest(min(max(index, 0), max(0, self._count - 1)), 1 if index >= self.index else -1)
        if not self.selectable(index):
            return
        before, self.index = self.index, index
        if before != index:
            self.refresh_line(before)
            self.refresh_line(index)
            if tell:
                self.post_message(self.Moved(self, index))
        self.show_cursor_row()

    def show_cursor_row(self) -> None:
        """Scroll so that the cursor's row is visible, with its heading if it is the first below one.

        A step over the edge scrolls by half a screenful: each scrolled line is a whole screenful to be sent.
        """
        if not self.size:
            return  # a list that is not laid out yet does so when it is
        top = self.index - 1 if self.index and not self.selectable(self.index - 1) else self.index
        height, first = self.size.height, self.scroll_offset.y
        below, above = self.index - (first + height - 1), first - top
        if height > 3 and (0 < below <= _A_STEP or 0 < above <= _A_STEP):
            half = height // 2
            to = first + max(half, below) if below > 0 else first - max(half, above)
            self.scroll_to(y=max(0, to), animate=False, force=True, immediate=True)
            return
        self.scroll_to_region(
            Region(0, top, 1, self.index - top + 1), animate=False, force=True, immediate=True
        )  # fmt: skip

    # Drawing

    def role(self, name: str) -> Style:
        """The style of a role or a mark."""
        return painted(self.app, self.roles[name])

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        base = self.rich_style
        if index >= self._count:
            lines = self.empty_text() if not self._count else ()
            if y < len(lines):
                return Strip([Segment(fit(lines[y], width), base + self.role("muted"))], width)
            return Strip.blank(width, base)
        if index == self.index and self.selectable(index):
            base = base + self.role("cursor" if self.has_focus else "place")
        segments = [
            Segment(text, base + self.role(role)) for text, role in self.row_spans(index, width) if text
        ]  # fmt: skip
        return Strip(segments).adjust_cell_length(width, base)

    # Keys and mouse

    def action_cursor(self, steps: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self._nearest(self.index + steps, steps))

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        self.move_to(self.index + pages * max(1, self.size.height - 1))

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        self.move_to(0 if direction < 0 else self._count - 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.selectable(self.index):
            self.post_message(self.Chosen(self, self.index))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked row; a second click chooses it."""
        index = event.y + self.scroll_offset.y
        if self.selectable(index):
            event.stop()
            if index == self.index and event.chain > 1:
                self.action_choose()
            else:
                self.move_to(index)

    def on_focus(self) -> None:
        """Show the cursor as the place where keys go."""
        self.refresh_line(self.index)

    def on_blur(self) -> None:
        """Show the cursor as a place only."""
        self.refresh_line(self.index)

    def on_resize(self) -> None:
        """Keep the cursor's row in view."""
        set_content_size(self, Size(0, self._count))
        if self._count:
            self.show_cursor_row()

    def _nearest(self, index: int, direction: int) -> int:
        step = 1 if direction >= 0 else -1
        ahead = range(index, self._count if step > 0 else -1, step)
        behind = range(index, -1 if step > 0 else self._count, -step)
        return next((at for at in chain(ahead, behind) if self.selectable(at)), index)
