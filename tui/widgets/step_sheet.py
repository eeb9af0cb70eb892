"""Lines of coloured text that scroll and repaint only the cells that changed: what a reader steps through.

A line is a sequence of spans, drawn as it is: text is never parsed. A step in a review changes a few words on the
screen, and over a slow line a few words are all that is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import ClassVar, Final

from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.content_size import set_content_size
from tui.widgets.roles import ROLES, Paint, painted
from tui.widgets.rows import Span, fit

SheetLine = Sequence[Span]
"""One line: its spans from the left."""

READING_ROLES: Final[Mapping[str, Paint]] = {
    **ROLES,
    "em": Paint("foreground", attributes="italic"),
    "code": Paint("success"),
    "quoted": Paint("foreground", attributes="underline"),
    "place": Paint("foreground", "panel"),
}
_APART: Final = 12
"""Unchanged cells between two changed stretches from which on it is cheaper to send the two apart."""

Cell = tuple[str, str]


class Sheet(ScrollView, can_focus=False):
    """Shows lines. It takes no keys: the screen that it is on scrolls it."""

    roles: ClassVar[Mapping[str, Paint]] = READING_ROLES
    DEFAULT_CSS = """
    Sheet {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        scrollbar-size: 1 1;
        scrollbar-gutter: stable;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $panel-lighten-1;
    }
    """

    class Resized(Message):
        """There is more or less room than there was."""

        def __init__(self, sheet: Sheet) -> None:
            super().__init__()
            self.sheet = sheet

        @property
        def control(self) -> Sheet:
            """The sheet."""
            return self.sheet

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[SheetLine] = []

    @property
    def room(self) -> int:
        """How many cells a line may have."""
        return max(1, self.scrollable_content_region.width)

    def show(self, lines: Sequence[SheetLine], *, top: bool = False) -> None:
        """Show other lines; with `top` from the first one on, else from where the reader is."""
        before, self._lines = self._lines, list(lines)
        # As tall as the window at least: then no step changes the layout as long as everything fits.
        size = Size(self.size.width, max(len(self._lines), self.size.height))
        if size != self.virtual_size:
            set_content_size(self, size)
        if top and self.scroll_offset.y:
            self.scroll_to(0, 0, animate=False, force=True, immediate=True)
            self.refresh()
            return
        offset = self.scroll_offset.y
        regions = [
            Region(x, y - offset, width, 1)
            for y, (old, new) in enumerate(zip_longest(before, self._lines, fillvalue=()))
            if offset <= y < offset + self.size.height and old != new
            for x, width in changed_cells(old, new)
        ]
        if regions:
            self.refresh(*regions)

    @property
    def lines(self) -> Sequence[SheetLine]:
        """What is shown, or would be by scrolling."""
        return self._lines

    def scroll_lines(self, lines: int) -> bool:
        """Scroll down by lines (up where negative); False where there is no more."""
        before = self.scroll_offset.y
        self.scroll_to(y=before + lines, animate=False, force=True, immediate=True)
        return self.scroll_offset.y != before

    def scroll_pages(self, pages: int) -> bool:
        """Scroll by what fits, with one line kept in sight."""
        return self.scroll_lines(pages * max(1, self.size.height - 1))

    def show_line(self, line: int, margin: int = 2) -> None:
        """Scroll so that a line is in sight, if it is not."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= line < top + height - 1:
            self.scroll_to(y=max(0, line - margin), animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """The window is another one: tell, so that lines can be broken elsewhere."""
        set_content_size(self, Size(self.size.width, max(len(self._lines), self.size.height)))
        self.post_message(self.Resized(self))

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        width, base = self.scrollable_content_region.width, self.rich_style
        index = y + self.scroll_offset.y
        if index >= len(self._lines):
            return Strip.blank(width, base)
        segments = [Segment(text, base + self._role(role)) for text, role in joined(self._lines[index])]
        return Strip(segments).adjust_cell_length(width, base)

    def _role(self, name: str) -> Style:
        return painted(self.app, self.roles[name])


def changed_cells(old: SheetLine, new: SheetLine) -> Iterator[tuple[int, int]]:
    """Where two lines differ: the first cell and the number of cells of each stretch."""
    start = end = -1
    for at, (one, other) in enumerate(zip_longest(_cells(old), _cells(new), fillvalue=(" ", ""))):
        if one == other or (one[0] == other[0] == " " and {one[1], other[1]} <= _PLAIN):
            continue
        if start >= 0 and at - end > _APART:
            yield start, end - start
            start = at
        elif start < 0:
            start = at
        end = at + 1
    if start >= 0:
        yield start, end - start


_PLAIN: Final = frozenset(("", *READING_ROLES)) - {"place", "quoted"}
"""Roles in which a space looks the same."""


def _cells(line: SheetLine) -> list[Cell]:
    """The cells of a line; wide characters have two, marks that combine belong to the cell before."""
    cells: list[Cell] = []
    for text, role in line:
        if text.isascii():
            cells += [(char, role) for char in text]
            continue
        for char in text:
            size = get_character_cell_size(char)
            if size:
                cells.append((char, role))
                cells += [(f"{char}…", role)] * (size - 1)
            elif cells:
                cells[-1] = (cells[-1][0] + char, cells[-1][1])
    return cells


def joined(line: SheetLine) -> list[Span]:
    """The same line in as few spans as it can be said in: each costs forty bytes of colours on its way.

    Spaces take the role of what stands before them, the first ones that of what follows, where that looks the same.
    """
    spans: list[Span] = []
    for text, role in line:
        if not text:
            continue
        last = spans[-1][1] if spans else ""
        if last == role or (last in _PLAIN and role in _PLAIN and text.isspace() and spans):
            spans[-1] = (spans[-1][0] + text, last)
        elif spans and role in _PLAIN and last in _PLAIN and spans[-1][0].isspace() and cell_len(text[0]):
            # What begins with a combining mark goes on with the space's cell, and the space is no longer blank.
            spans[-1] = (spans[-1][0] + text, role)
        else:
            spans.append((text, role))
    return spans


def line_width(line: SheetLine) -> int:
    """How many cells a line takes."""
    return sum(cell_len(text) for text, _ in line)


def two_sided(left: SheetLine, right: SheetLine, width: int) -> list[Span]:
    """A line with something at either end; the left gives way where both do not fit."""
    room = max(0, width - line_width(right) - (2 if right else 0))
    spans: list[Span] = []
    used = 0
    for text, role in left:
        size = cell_len(text)
        if used + size > room:
            spans.append((fit(text, room - used), role))
            used = room
            break
        spans.append((text, role))
        used += size
    if right:
        spans.append((" " * max(0, width - used - line_width(right)), "text"))
        spans += right
    return spans
