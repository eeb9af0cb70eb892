"""Only the cells that differ from what the terminal shows are sent.

Textual sends whole regions again, of which nearly every cell is there already; over a slow line that is the difference
between a program that can be used and one that cannot. What was sent is remembered cell by cell.

This leans on the shape of Textual's updates (`LayoutUpdate`, `ChopsUpdate`), which are no public names; all of that is
in `pieces_of`, and what it does not know is sent as Textual would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size, split_graphemes
from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from tui.terminal.looks import LINK, blank, for_blank
from tui.terminal.pen import Pen, Stretch

_GAP: Final = 4
"""So many cells that are right already are sent again rather than skipped: a move costs as much."""
_UNKNOWN: Final = "?"
"""Stands for the codes of a cell that nothing is known about; it has no text either."""


class Piece(NamedTuple):
    """A strip and the cell where it begins."""

    x: int
    y: int
    strip: Strip


def pieces_of(update: LayoutUpdate | ChopsUpdate) -> Iterator[Piece]:
    """What an update of Textual would write, and where."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield Piece(x, y, strip)
                x += strip.cell_length
        return
    for y, first, last in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and x <= last and end > first:
                yield Piece(x, y, chop if end <= last else chop.crop(0, last - x))


class SentScreen:
    """What the terminal shows, as far as it is known: its cells, its colours at the moment, and where its cursor is.

    `fills`: what the terminal erases takes the colour of the background that is on (see `fills_erased`).
    """

    def __init__(self, *, fills: bool = False) -> None:
        self._width = 0
        self._rows: list[_Row] = []
        self._fills = fills
        self._pen = Pen(fills=fills)

    def forget(self) -> None:
        """Nothing is known any more: the terminal was resized, or another program wrote to it."""
        self._rows = []
        self._pen = Pen(fills=self._fills)

    def changes(self, pieces: Iterable[Piece], size: tuple[int, int], color_system: ColorSystem) -> str:
        """What has to be sent so that the terminal shows these pieces, too; empty if it does so already.

        `size` is columns and rows of the terminal. Leaves its colours and its cursor where they are needed last.
        """
        width, height = size
        if width != self._width or height != len(self._rows):
            self._width = width
            self._rows = [_Row(width) for _ in range(height)]
            self._pen.width = width
        changed: set[int] = set()
        for x, y, strip in pieces:
            if 0 <= x < width and 0 <= y < height and self._rows[y].take(x, strip, color_system):
                changed.add(y)
        in_order = sorted(changed)
        self._pen.draw([each for y in in_order for each in self._rows[y].stretches(y)])
        for y in in_order:
            self._rows[y].send(y, self._pen)
        return self._pen.said()

    def cursor(self, x: int, y: int) -> str:
        """What has to be sent so that the cursor stands on a cell."""
        self._pen.move(x, y)
        return self._pen.said()


class _Row:
    """One line of the terminal."""

    __slots__ = ("_chars", "_codes", "_from", "_runs", "_strips", "_wide", "_width")

    def __init__(self, width: int) -> None:
        self._width = width
        self._chars = [""] * width
        self._codes = [_UNKNOWN] * width
        self._strips: dict[int, Strip] = {}
        self._runs: list[tuple[int, int]] = []
        self._wide = False
        self._from = width

    def take(self, x: int, strip: Strip, color_system: ColorSystem) -> bool:
        """Take a strip in; whether anything has to be sent."""
        known = self._strips.get(x)
        if known is strip:
            return False
        chars, codes, simple = _cells(strip, color_system)
        end = min(x + len(chars), self._width)
        if x + len(chars) > end:
            del chars[end - x :], codes[end - x :]
        self._strips = {at: each for at, each in self._strips.items() if at + each.cell_length <= x or at >= end}
        self._strips[x] = strip
        old_chars, old_codes = self._chars[x:end], self._codes[x:end]
        if old_chars == chars and old_codes == codes:
            return False
        self._break_up(x)
        self._break_up(end)
        self._chars[x:end] = chars
        self._codes[x:end] = codes
        if not simple or (self._wide and any(len(each) != 1 for each in old_chars)):
            # Terminals disagree on how wide some characters are: what stands right of them is put in its place again.
            self._wide = self._wide or not simple
            self._from = min(self._from, x)
        else:
            pairs = zip(old_chars, chars, old_codes, codes, strict=True)
            differ = [at for at, (a, b, c, d) in enumerate(pairs, x) if a != b or c != d]
            self._runs += _runs(differ)
        return True

    def _break_up(self, x: int) -> None:
        """Forget a wide character of which only one half will be written over."""
        if x < self._width and not self._chars[x] and self._codes[x] != _UNKNOWN:
            first = next(at for at in range(x, -1, -1) if self._chars[at] or not at)
            last = next((at for at in range(x, self._width) if self._chars[at]), self._width)
            for at in range(first, last):
                self._chars[at], self._codes[at] = "", _UNKNOWN
            self._strips = {
                at: each for at, each in self._strips.items() if at + each.cell_length <= first or at >= last
            }

    def stretches(self, y: int) -> list[Stretch]:
        """What differs, as far as each character is as wide as its cell; `send` has the rest."""
        if self._wide or self._from < self._width:
            return []
        runs, self._runs = self._joined(), []
        return [each for start, end in runs for each in self._stretches(start, end, y)]

    def _stretches(self, start: int, end: int, y: int) -> Iterator[Stretch]:
        first, code = start, ""
        for x in range(start, end):
            needed = self._codes[x]
            if x == first:
                code = needed
            elif self._chars[x] == " " and for_blank(code, needed) == code:
                continue
            elif needed != code:
                # Blanks alone are of the look of what follows, where that looks the same.
                if not (for_blank(needed, code) == needed and "".join(self._chars[first:x]).isspace()):
                    yield Stretch(first, y, "".join(self._chars[first:x]), code)
                    first = x
                code = needed
        yield Stretch(first, y, "".join(self._chars[first:end]), code)

    def send(self, y: int, pen: Pen) -> None:
        """Write what differs, cell by cell."""
        runs = [(start, min(end, self._from)) for start, end in self._joined() if start < self._from]
        if self._from < self._width:
            runs.append((self._from, self._width))
        for start, end in runs:
            for x in range(start, end):
                if self._codes[x] != _UNKNOWN:
                    if self._chars[x]:
                        pen.move(x, y)
                    pen.write(self._chars[x], self._codes[x])
        if runs:
            # On how wide some characters are terminals disagree.
            pen.lose_place()
        self._runs = []
        self._from = self._width

    def _joined(self) -> list[tuple[int, int]]:
        """The runs of cells that differ, in order. What is between two that are near each other and takes no other look
        is made part of them."""
        found: list[tuple[int, int]] = []
        for start, end in sorted(self._runs):
            if found and start - found[-1][1] <= _GAP and self._is_like(found[-1][1], start):
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found

    def _is_like(self, start: int, end: int) -> bool:
        """Whether the cells look like the one before them or the one behind them."""
        around = (self._codes[start - 1], self._codes[end])
        for char, code in zip(self._chars[start:end], self._codes[start:end], strict=True):
            if not (code in around or (char == " " and any(for_blank(each, code) == each for each in around))):
                return False
        return _UNKNOWN not in self._codes[start:end]


def _runs(cells: list[int]) -> list[tuple[int, int]]:
    """Cells, in order, as stretches from a first to behind a last one."""
    found: list[tuple[int, int]] = []
    for cell in cells:
        if found and cell == found[-1][1]:
            found[-1] = (found[-1][0], cell + 1)
        else:
            found.append((cell, cell + 1))
    return found


def _cells(strip: Strip, color_system: ColorSystem) -> tuple[list[str], list[str], bool]:
    """The text and the codes of each cell, and whether each holds one character that is as wide.

    The cell behind a wide character has no text; a mark that takes no room stands with the character before it.
    """
    chars: list[str] = []
    codes: list[str] = []
    simple = True
    for text, style, _ in strip:
        code = _code(style, color_system)
        if text.isascii() or all(map(_is_one_cell, text)):
            chars += text
        else:
            simple = False
            for start, end, size in split_graphemes(text)[0]:
                if size:
                    chars += [text[start:end], *[""] * (size - 1)]
                elif chars:
                    base = next(at for at in range(len(chars) - 1, -1, -1) if chars[at] or not at)
                    chars[base] += text[start:end]
        if " " in text and (bare := blank(code)) != code:
            codes += [bare if char == " " else code for char in chars[len(codes) :]]
        else:
            codes += [code] * (len(chars) - len(codes))
    return chars, codes, simple


def _is_one_cell(char: str) -> bool:
    return get_character_cell_size(char) == 1


def _code(style: Style | None, color_system: ColorSystem) -> str:
    if style is None:
        return ""
    code = style._ansi
    if code is None:
        code = Strip.render_ansi(style, color_system)
    return f"{code}{LINK}id={style._link_id};{style._link}" if style._link else code
