"""Only the cells that differ from what the terminal shows are sent.

Textual sends whole regions again, of which nearly every cell is there already; over a slow line that is the difference
between a program that can be used and one that cannot. What was sent is remembered cell by cell.

This leans on the shape of Textual's updates (`LayoutUpdate`, `ChopsUpdate`), which are no public names; all of that is
in `pieces_of`, and what it does not know is sent as Textual would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size, split_graphemes
from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

_GAP: Final = 4
"""So many cells that are right already are sent again rather than skipped: a move costs as much."""
_UNKNOWN: Final = "?"
"""Stands for the codes of a cell that nothing is known about; it has no text either."""
_SEEN_ON_BLANKS: Final = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})
"""Attributes that make a blank look different: lines, blinking, swapped colours, frames."""
_LINK: Final = "\0"
"""Stands between the codes of a cell and the link that it belongs to."""


class Piece(NamedTuple):
    """A strip and the cell where it begins."""

    x: int
    y: int
    strip: Strip


class _Look(NamedTuple):
    """What a style asks of a terminal: attributes, colours as codes of SGR (ECMA-48, 8.3.117), and a link."""

    attributes: str
    foreground: str
    background: str
    link: str


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
    """What the terminal shows, as far as it is known: its cells, its colours at the moment, and where its cursor is."""

    def __init__(self) -> None:
        self._width = 0
        self._rows: list[_Row] = []
        self._pen = _Pen()

    def forget(self) -> None:
        """Nothing is known any more: the terminal was resized, or another program wrote to it."""
        self._rows = []
        self._pen = _Pen()

    def changes(self, pieces: Iterable[Piece], size: tuple[int, int], color_system: ColorSystem) -> str:
        """What has to be sent so that the terminal shows these pieces, too; empty if it does so already.

        `size` is columns and rows of the terminal. Leaves its colours and its cursor where they are needed last.
        """
        width, height = size
        if width != self._width or height != len(self._rows):
            self._width = width
            self._rows = [_Row(width) for _ in range(height)]
        changed: set[int] = set()
        for x, y, strip in pieces:
            if 0 <= x < width and 0 <= y < height and self._rows[y].take(x, strip, color_system):
                changed.add(y)
        for y in sorted(changed):
            self._rows[y].send(y, self._pen)
        return self._pen.said()

    def cursor(self, x: int, y: int) -> str:
        """What has to be sent so that the cursor stands on a cell."""
        self._pen.move(x, y)
        return self._pen.said()


class _Pen:
    """Writes to the terminal with as few bytes as may be."""

    def __init__(self) -> None:
        self._look: str | None = None
        self._place: tuple[int, int] | None = None
        self._said: list[str] = []

    def said(self) -> str:
        """What was to be sent since it was asked for last."""
        said = "".join(self._said)
        self._said.clear()
        return said

    def move(self, x: int, y: int) -> None:
        """Go to a cell."""
        if self._place != (x, y):
            same_row = self._place is not None and self._place[1] == y
            self._said.append(f"\x1b[{x + 1}G" if same_row else f"\x1b[{y + 1};{x + 1}H")
            self._place = (x, y)

    def write(self, char: str, code: str) -> None:
        """Write one cell, or nothing for the second half of a wide one."""
        if self._look is None:
            self._said.append("\x1b[m")
            self._look = ""
        if char == " ":
            code = _for_blank(self._look, code)
        if code != self._look:
            self._said.append(_between(self._look, code))
            self._look = code
        self._said.append(char)
        if self._place is not None:
            self._place = (self._place[0] + 1, self._place[1])

    def lose_place(self) -> None:
        """The terminal may be elsewhere than it was sent."""
        self._place = None


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

    def send(self, y: int, pen: _Pen) -> None:
        """Write what differs."""
        runs = sorted(run for run in self._runs if run[0] < self._from)
        if self._from < self._width:
            runs.append((self._from, self._width))
        for start, end in _joined(runs):
            for x in range(start, end):
                if self._codes[x] != _UNKNOWN:
                    if self._chars[x]:
                        pen.move(x, y)
                    pen.write(self._chars[x], self._codes[x])
        if self._wide or (runs and runs[-1][1] == self._width):
            # At its edge a terminal waits to wrap; and on how wide some characters are terminals disagree.
            pen.lose_place()
        self._runs = []
        self._from = self._width


def _runs(cells: list[int]) -> list[tuple[int, int]]:
    """Cells, in order, as stretches from a first to behind a last one."""
    found: list[tuple[int, int]] = []
    for cell in cells:
        if found and cell - found[-1][1] <= _GAP:
            found[-1] = (found[-1][0], cell + 1)
        else:
            found.append((cell, cell + 1))
    return found


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that overlap or are near each other made one."""
    found: list[tuple[int, int]] = []
    for start, end in runs:
        if found and start - found[-1][1] <= _GAP:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
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
        if " " in text and (blank := _blank(code)) != code:
            codes += [blank if char == " " else code for char in chars[len(codes) :]]
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
    return f"{code}{_LINK}id={style._link_id};{style._link}" if style._link else code


@lru_cache(4096)
def _blank(code: str) -> str:
    """The codes of a blank that looks the same: without the colour of a letter, unless there is a line or a swap."""
    look = _look(code)
    if look.link or not _SEEN_ON_BLANKS.isdisjoint(look.attributes.split(";")):
        return code
    return look.background


@lru_cache(4096)
def _for_blank(look: str, code: str) -> str:
    """The codes to write a blank in: those that are on, with no more changed than shows."""
    on, (*letter, background, link) = _look(look), _look(code)
    if link or any(letter):
        return code
    if on.link or not _SEEN_ON_BLANKS.isdisjoint(on.attributes.split(";")):
        return code
    return ";".join(filter(None, (on.attributes, on.foreground, background)))


@lru_cache(4096)
def _between(old: str, new: str) -> str:
    """The sequence that takes a terminal from one look to another."""
    was, wanted = _look(old), _look(new)
    link = f"\x1b]8;{wanted.link or ';'}\x1b\\" if was.link != wanted.link else ""
    if not (wanted.attributes or wanted.foreground or wanted.background):
        return f"\x1b[m{link}" if was[:3] != wanted[:3] else link
    parts = []
    if was.attributes != wanted.attributes:
        if was.attributes:
            parts.append("0")
            was = _Look("", "", "", "")
        parts.append(wanted.attributes)
    if was.foreground != wanted.foreground:
        parts.append(wanted.foreground or "39")
    if was.background != wanted.background:
        parts.append(wanted.background or "49")
    said = ";".join(filter(None, parts))
    return f"\x1b[{said}m{link}" if said else link


@lru_cache(4096)
def _look(code: str) -> _Look:
    codes, _, link = code.partition(_LINK)
    numbers = codes.split(";") if codes else []
    attributes: list[str] = []
    foreground = background = ""
    while numbers:
        first = numbers.pop(0)
        if first in ("38", "48"):
            length = 4 if numbers[0] == "2" else 2
            colour = ";".join([first, *numbers[:length]])
            del numbers[:length]
            if first == "38":
                foreground = colour
            else:
                background = colour
        elif 30 <= int(first) <= 39 or 90 <= int(first) <= 97:
            foreground = first
        elif 40 <= int(first) <= 49 or 100 <= int(first) <= 107:
            background = first
        else:
            attributes.append(first)
    return _Look(";".join(attributes), foreground, background, link)
