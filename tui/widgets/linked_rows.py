"""A list whose rows may take several lines each, and in which some rows are marked as belonging to a row elsewhere.

However many rows there are, only those on view are drawn. For each width it is counted once how many lines each row
takes; that costs about as much as reading the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.widgets.content_size import set_content_size
from tui.widgets.rows import Rows, Span, fit
from tui.widgets.wrapped import wrapped

_KEPT: Final = 512
"""Rows of which the lines are remembered."""


def broken(text: str, width: int) -> list[str]:
    """A text of one line in pieces of at most `width` cells, between words where that can be."""
    width = max(4, width)
    if "\t" in text:
        text = text.expandtabs(4)
    size = len(text)
    if size <= width // 2 or (size <= width and cell_len(text) <= width):
        return [text]
    if not text.isascii() and cell_len(text) != size:
        return wrapped(text, width)
    pieces: list[str] = []
    start = 0
    while size - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1)
        if cut <= start:
            pieces.append(text[start : start + width])
            start += width
        else:
            pieces.append(text[start:cut])
            start = cut + 1
    pieces.append(text[start:])
    return pieces


class LinkedRows(Rows):
    """The list. A subclass gives the number of lines of each row, and the lines of one."""

    DEFAULT_CSS = "LinkedRows { scrollbar-gutter: stable; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._starts: list[int] = [0]
        self._counted_for = -1
        self._linked: frozenset[int] = frozenset()
        self._follows = False
        self._drawn: LRUCache[tuple[int, int, bool, bool], Sequence[Sequence[Span]]] = LRUCache(_KEPT)

    # What a subclass gives

    def heights(self, width: int) -> Iterable[int]:
        """How many lines each row takes at a width, in order."""
        raise NotImplementedError

    def row_lines(self, index: int, width: int, *, here: bool, linked: bool) -> Sequence[Sequence[Span]]:
        """The lines of one row: as many as `heights` says. `here` is where the cursor is."""
        raise NotImplementedError

    # What others call

    def rows_changed(self, count: int, index: int | None = None) -> None:
        """There are other rows now; the cursor goes to `index`, or stays as near as it can."""
        self._count = count
        self._linked = frozenset()
        wanted = self.index if index is None else index
        self.index = self._nearest(min(max(wanted, 0), max(0, count - 1)), 1)
        self._count_lines()
        self.refresh()
        if index is not None and self.is_mounted:
            self.show_cursor_row()

    def redraw(self) -> None:
        """The same rows say something else."""
        self._drawn.clear()
        self.refresh()

    def lead(self) -> None:
        """What is looked at is looked at here: no rows are marked, and the cursor is seen wherever it is."""
        before, self._linked, self._follows = self._linked, frozenset(), False
        self._refresh_rows(before | {self.index})

    def link(self, rows: Collection[int]) -> None:
        """Mark rows as belonging to what is looked at elsewhere, show the first and put the cursor there.

        Where there are none the cursor is not seen either, unless keys go here: it would look like one of them.
        """
        before, self._linked, self._follows = self._linked, frozenset(rows), True
        first = min((row for row in self._linked if self.selectable(row)), default=None)
        old = self.index
        if first is not None and self.index not in self._linked:
            self.index = first
        self._refresh_rows((before ^ self._linked) | {old, self.index})
        if first is not None:
            self._reveal(min(self._linked), self.index)

    def move_to(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on a row and show it."""
        index = self._nearest(min(max(index, 0), max(0, self._count - 1)), 1 if index >= self.index else -1)
        if not self.selectable(index):
            return
        before, self.index = self.index, index
        if before != index:
            self._refresh_rows({before, index})
            if tell:
                self.post_message(self.Moved(self, index))
        self.show_cursor_row()

    def show_cursor_row(self) -> None:
        """Scroll so that the cursor's row is visible, its first lines if it is taller than the window."""
        if not self._count:
            return
        top = self.index
        while top and not self.selectable(top - 1) and self.index - top < 3:
            top -= 1  # Its heading, too.
        self._reveal(top, self.index, middle=False)

    def row_at(self, line: int) -> int:
        """The row that a line of the list belongs to."""
        return min(max(0, bisect_right(self._starts, line) - 1), max(0, self._count - 1))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        base = self.rich_style
        if line >= self._starts[-1]:
            said = self.empty_text() if not self._count else ()
            if y < len(said):
                return Strip([Segment(fit(said[y], width), base + self.role("muted"))], width)
            return Strip.blank(width, base)
        index = self.row_at(line)
        linked = index in self._linked
        here = index == self.index and self.selectable(index) and self._seen
        key = (index, width, linked, here)
        lines = self._drawn.get(key)
        if lines is None:
            lines = self._drawn[key] = self.row_lines(index, width, here=here, linked=linked)
        if here:
            base = base + self.role("cursor" if self.has_focus else "place")
        elif linked:
            base = base + self.role("linked")
        at = line - self._starts[index]
        segments = [
            Segment(text, base + self.role(role)) for text, role in (lines[at] if at < len(lines) else ()) if text
        ]
        return Strip(segments).adjust_cell_length(width, base)

    # Keys and mouse

    def action_cursor(self, steps: int) -> None:
        """Move the cursor by rows; through a row that is taller than the window by lines."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        start, end = self._starts[self.index], self._starts[self.index + 1] if self._count else 0
        if steps > 0 and start <= top + height - 1 and end > top + height and end - start > height:
            self.scroll_to(y=top + 1, animate=False, force=True, immediate=True)
        elif steps < 0 and start < top < end and end - start > height:
            self.scroll_to(y=top - 1, animate=False, force=True, immediate=True)
        else:
            super().action_cursor(steps)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        if not self._count:
            return
        page = max(1, self.size.height - 1)
        line = self._starts[self.index] + pages * page
        index = self.row_at(max(0, line))
        if index == self.index:
            self.scroll_to(y=self.scroll_offset.y + pages * page, animate=False, force=True, immediate=True)
        else:
            self.move_to(index)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked row; a second click chooses it."""
        event.prevent_default()
        line = event.y + self.scroll_offset.y
        index = self.row_at(line)
        if line < self._starts[-1] and self.selectable(index):
            event.stop()
            if index == self.index and event.chain > 1:
                self.action_choose()
            else:
                self.move_to(index)

    def on_focus(self) -> None:
        """Show the cursor as the place where keys go."""
        self._refresh_rows({self.index})

    def on_blur(self) -> None:
        """Show the cursor as a place only."""
        self._refresh_rows({self.index})

    def _on_resize(self, event: events.Resize) -> None:
        # Rows take other numbers of lines at another width. What every list does then takes a row for a line.
        event.prevent_default()
        if self.scrollable_content_region.width != self._counted_for:
            self._count_lines()
            self.refresh()
        if self._count:
            self.show_cursor_row()

    # Within

    @property
    def _seen(self) -> bool:
        """Whether the cursor is to be seen."""
        return not self._follows or self.has_focus or self.index in self._linked

    def _count_lines(self) -> None:
        width = self.scrollable_content_region.width
        self._counted_for = width
        self._drawn.clear()
        self._starts = list(accumulate(self.heights(width) if width > 0 else [1] * self._count, initial=0))
        set_content_size(self, Size(0, self._starts[-1]))

    def _refresh_rows(self, rows: Iterable[int]) -> None:
        """Draw rows anew, those of them that are on view."""
        top, height, width = self.scroll_offset.y, self.size.height, self.size.width
        first, last = self.row_at(top), self.row_at(top + height)
        regions = [
            Region(0, self._starts[row] - top, width, self._starts[row + 1] - self._starts[row])
            for row in rows
            if first <= row <= last and row < self._count
        ]
        if regions:
            self.refresh(*regions)

    def _reveal(self, first: int, last: int, *, middle: bool = True) -> None:
        """Scroll so that rows are in sight, if they are not: into the middle if they are far away."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        start, end = self._starts[min(first, self._count - 1)], self._starts[min(last, self._count - 1) + 1]
        if (start >= top and end <= top + height) or (end - start > height and start <= top < end):
            return
        if middle:
            to = start - max(0, (height - (end - start)) // 3)
        elif start < top or end - start >= height:
            to = start
        else:
            to = end - height
        self.scroll_to(y=max(0, to), animate=False, force=True, immediate=True)
