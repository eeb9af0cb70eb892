"""Where the lines of a text are wrapped, found anew only as far as an edit moves it.

Textual wraps the whole paragraph again for every letter, and takes it apart to find one line of it. Here a letter costs
what follows it up to the first line that begins with the same word as before, however long the paragraph is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Final

from textual._cells import cell_len, cell_width_to_column_index
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import expand_tabs_inline
from textual.geometry import Offset

_SIMPLE: Final = re.compile(
    "[ -~\xa0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u22ff]*"
)
"""Characters that take one cell each, whatever stands beside them."""


class ProseWrapping(WrappedDocument):
    """A text wrapped to a width. `changed` are the first and the last visual line that the last edit changed, where it
    left their number as it was; None where everything may have changed.
    """

    changed: tuple[int, int] | None = None

    @property
    def width(self) -> int:
        """How many cells a visual line may have; 0 where nothing is wrapped."""
        return self._width

    @property
    def height(self) -> int:
        """How many visual lines there are."""
        return len(self._offset_to_line_info)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap the whole text to a width; 0 for no wrapping."""
        self._width = width
        self._tab_width = tab_width or self._tab_width
        self.changed = None
        lines = self.document.lines
        if width < 2 or any("\t" in line for line in lines):
            super().wrap(width, tab_width)
            return
        self._wrap_offsets = [offsets_of(line, width) if len(line) > width // 2 else [] for line in lines]
        self._tab_width_cache = [[0] if line else [] for line in lines]
        self._offset_to_line_info = []
        self._line_index_to_offsets = []
        for index, offsets in enumerate(self._wrap_offsets):
            at = len(self._offset_to_line_info)
            self._line_index_to_offsets.append(list(range(at, at + len(offsets) + 1)))
            self._offset_to_line_info += [(index, section) for section in range(len(offsets) + 1)]

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap again what an edit changed: from `start` on, up to what was `old_end` and is `new_end` now."""
        self.changed = None
        top, bottom, end = start[0], old_end[0], new_end[0]
        lines = self.document.lines[top : end + 1]
        # To delete the last line is to delete up to the line behind it, which is not there.
        beyond = bottom >= len(self._line_index_to_offsets)
        if self._width < 2 or bottom < top or beyond or any("\t" in line for line in lines):
            super().wrap_range(start, old_end, new_end)
            return
        old = self._wrap_offsets[top]
        if top == bottom == end and _SIMPLE.fullmatch(lines[0]):
            made, first, last = wrapped_again(lines[0], self._width, old, start[1], old_end[1], new_end[1])
            wrapped = [made]
            if len(made) == len(old):
                y = self._line_index_to_offsets[top][0]
                self.changed = (y + first, y + last)
        else:
            wrapped = [offsets_of(line, self._width) for line in lines]
        self._tab_width_cache[top : bottom + 1] = [[0] if line else [] for line in lines]
        self._wrap_offsets[top : bottom + 1] = wrapped
        if self.changed is None:
            self._number_again(top, bottom, wrapped)

    def _number_again(self, top: int, bottom: int, wrapped: list[list[int]]) -> None:
        """Lines from `top` to what was `bottom` are broken in these places now: number the visual lines."""
        first, behind = self._line_index_to_offsets[top][0], self._line_index_to_offsets[bottom][-1] + 1
        numbers: list[list[int]] = []
        info: list[tuple[int, int]] = []
        for row, offsets in enumerate(wrapped, top):
            at = first + len(info)
            numbers.append(list(range(at, at + len(offsets) + 1)))
            info += [(row, section) for section in range(len(offsets) + 1)]
        self._offset_to_line_info[first:behind] = info
        self._line_index_to_offsets[top : bottom + 1] = numbers
        more, down = len(wrapped) - (bottom + 1 - top), first + len(info) - behind
        if more:
            place = first + len(info)
            self._offset_to_line_info[place:] = [(row + more, part) for row, part in self._offset_to_line_info[place:]]
        if down:
            row = top + len(wrapped)
            below = self._line_index_to_offsets[row:]
            self._line_index_to_offsets[row:] = [[y + down for y in each] for each in below]

    def section(self, row: int, number: int) -> tuple[int, int]:
        """Where a visual line of a line begins, and where it ends."""
        offsets = self._wrap_offsets[row]
        start = offsets[number - 1] if number else 0
        return start, offsets[number] if number < len(offsets) else len(self.document.get_line(row))

    def place_of(self, y: int) -> tuple[int, int] | None:
        """The line that a visual line belongs to, and its number in it; None below the text."""
        return self._offset_to_line_info[y] if 0 <= y < len(self._offset_to_line_info) else None

    def get_sections(self, line_index: int) -> list[str]:
        """The visual lines of a line."""
        line = self.document.get_line(line_index)
        offsets = self._wrap_offsets[line_index]
        return [line[start:end] for start, end in zip([0, *offsets], [*offsets, len(line)], strict=True)]

    def location_to_offset(self, location: Location) -> Offset:
        """Where a place of the text is seen: its cell and its visual line."""
        row, column = location
        number = bisect_right(self.get_offsets(row), column)
        start, _ = self.section(row, number)
        before = self.document.get_line(row)[start:column]
        return Offset(cell_len(expand_tabs_inline(before, self._tab_width)), self._line_index_to_offsets[row][number])

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """The column of a line at a cell of one of its visual lines; `y_offset` may count from the last one."""
        count = len(self._wrap_offsets[line_index]) + 1
        start, end = self.section(line_index, y_offset % count)
        piece = self.document.get_line(line_index)[start:end]
        column = start + cell_width_to_column_index(piece, x_offset, self._tab_width)
        return min(column, end - 1) if y_offset not in (count - 1, -1) else column


def offsets_of(line: str, width: int) -> list[int]:
    """Where a line without tabs is broken: as Textual does it, behind white space where that can be."""
    if not _SIMPLE.fullmatch(line):
        return _textual_offsets(line, width)
    return [found.end() for found in _section(width).finditer(line)][:-1]


def wrapped_again(
    line: str, width: int, offsets: list[int], start: int, old_end: int, new_end: int
) -> tuple[list[int], int, int]:
    """Where a simple line is broken after the characters from `start` to `old_end` were replaced by those up to
    `new_end`, given where it was before; and the first and the last section that look different.
    """
    moved = new_end - old_end
    begin = _begin(line, offsets, start)
    new = offsets[:begin]
    at = new[-1] if new else 0
    for found in _section(width).finditer(line, at):
        at = found.end()
        if at >= len(line):
            break
        new.append(at)
        if at >= new_end:
            known = bisect_left(offsets, at - moved)
            if known < len(offsets) and offsets[known] == at - moved:
                last = len(new) - 1
                new += [each + moved for each in offsets[known + 1 :]] if moved else offsets[known + 1 :]
                break
    else:
        at = len(line)
    if at >= len(line):
        last = len(new)
    differ = (number for number, (a, b) in enumerate(zip(offsets, new, strict=False)) if a != b)
    return new, min(bisect_right(new, start), next(differ, len(new))), last


def _begin(line: str, offsets: list[int], start: int) -> int:
    """How many breaks of a line an edit behind its first `start` characters leaves as they are.

    A break stays if what decided on it is not touched: the word behind it, which did not fit, or of a word that is
    longer than a line the one character that did not.
    """
    before = bisect_left(offsets, start)
    head = line[:start].rstrip()
    word = len(head) - len(head.rsplit(None, 1)[-1]) if head else 0
    # The last break before the edit, unless the word that is edited begins there: it may go up a line now.
    return before if before and offsets[before - 1] != word else max(0, before - 1)


@lru_cache(8)
def _section(width: int) -> re.Pattern[str]:
    """One visual line: as much as fits and ends with white space, or with the text; else as much as fits."""
    return re.compile(rf".{{1,{width}}}(?:(?<=\s)(?=\S)|$)|.{{{width}}}", re.DOTALL)


def _textual_offsets(line: str, width: int) -> list[int]:
    from textual._wrap import compute_wrap_offsets

    return compute_wrap_offsets(line, width, 4)
