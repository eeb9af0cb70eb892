"""Writes to a terminal with as few bytes as may be: short ways from place to place and from look to look."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tui.terminal.looks import between, erasable, for_blank

Place = tuple[int, int]
"""A column and a row, both from 0."""

_BLANKS: Final = re.compile(" {6,}")
"""Blanks of which that many are shorter erased than written."""
_FEW: Final = 3
"""So many steps to the left are sent as backspaces."""


_FILLING: Final = frozenset(
    {
        "alacritty", "contour", "foot", "gnome", "iterm2", "kitty", "konsole", "linux", "mintty", "mlterm", "ms",
        "putty", "rio", "rxvt", "st", "stterm", "tmux", "vte", "wezterm", "xterm",
    }
)  # fmt: skip
"""What the names in TERM begin with, before the first `-`, of terminals that fill what they erase."""


class Stretch(NamedTuple):
    """Cells of one row that look the same, each a character of its own. Blanks alone are of any look with their
    background."""

    x: int
    y: int
    text: str
    code: str


class Pen:
    """Knows in what look the terminal writes next, and where. `width` is that of its rows.

    `fills`: what the terminal erases takes the colour of the background that is on (see `fills_erased`).
    """

    def __init__(self, *, fills: bool = False) -> None:
        self.width = 0
        self._fills = fills
        self._look: str | None = None
        self._place: Place | None = None
        self._said: list[str] = []

    def said(self) -> str:
        """What was to be sent since it was asked for last."""
        said = "".join(self._said)
        self._said.clear()
        return said

    def move(self, x: int, y: int) -> None:
        """Go to a cell."""
        if self._place != (x, y):
            self._said.append(_way(self._place, (x, y)))
            self._place = (x, y)

    def write(self, char: str, code: str) -> None:
        """Write one cell, or nothing for the second half of a wide one."""
        self._take(for_blank(self._look or "", code) if char == " " else code)
        self._said.append(char)
        if self._place is not None:
            self._place = (self._place[0] + 1, self._place[1])

    def lose_place(self) -> None:
        """The terminal may be elsewhere than it was sent."""
        self._place = None

    def draw(self, stretches: Sequence[Stretch]) -> None:
        """Write stretches, row by row or look by look, whichever is shorter."""
        look, place = self._look, self._place
        drawn = []
        for order in (stretches, _by_look(stretches, look or "")):
            self._look, self._place = look, place
            drawn.append((self._drawn(order), self._look, self._place))
        said, self._look, self._place = min(drawn, key=lambda each: len(each[0]))
        self._said.append(said)

    def _drawn(self, stretches: Sequence[Stretch]) -> str:
        before, self._said = self._said, []
        for stretch in stretches:
            self._draw(stretch)
        drawn, self._said = "".join(self._said), before
        return drawn

    def _draw(self, stretch: Stretch) -> None:
        x, y, text, code = stretch
        self.move(x, y)
        self._take(_needed(self._look or "", stretch))
        at, end = 0, len(text)
        if self._fills and erasable(code):
            for found in _BLANKS.finditer(text):
                count = found.end() - found.start()
                self._said.append(text[at : found.start()])
                at = found.end()
                if at < end:
                    self._said.append(f"\x1b[{count}X\x1b[{count}C" if count > 10 else found[0])
                    continue
                self._said.append("\x1b[K" if x + end == self.width else f"\x1b[{count}X")
                self._place = (x + found.start(), y)
                return
        self._said.append(text[at:])
        # At its edge a terminal waits to wrap.
        self._place = (x + end, y) if x + end < self.width else None

    def _take(self, code: str) -> None:
        if self._look is None:
            self._said.append("\x1b[m")
            self._look = ""
        if code != self._look:
            self._said.append(between(self._look, code))
            self._look = code


def _by_look(stretches: Sequence[Stretch], on: str) -> Sequence[Stretch]:
    """All stretches of a look after each other, the look that is the nearest to the one before next."""
    looks: dict[str, list[Stretch]] = {}
    for stretch in stretches:
        looks.setdefault(stretch.code, []).append(stretch)
    if len(looks) == len(stretches):
        return stretches
    ordered: list[Stretch] = []
    while looks:
        then = {code: _needed(on, group[0]) for code, group in looks.items()}
        code = min(then, key=lambda each: len(between(on, then[each])))
        on = then[code]
        ordered += looks.pop(code)
    return ordered


def _needed(on: str, stretch: Stretch) -> str:
    """The codes to write a stretch in, where some are on."""
    return for_blank(on, stretch.code) if stretch.text.isspace() else stretch.code


def fills_erased(environ: Mapping[str, str]) -> bool:
    """Whether a terminal fills what it erases with the colour of the background that is on.

    Those do that have `bce` in their description, which is nearly all. GNU screen does not; tmux, which may go by the
    same name, does.
    """
    family = environ.get("TERM", "").partition("-")[0]
    return family in _FILLING or (family == "screen" and "TMUX" in environ)


@lru_cache(4096)
def _way(start: Place | None, end: Place) -> str:
    """The shortest sequence that takes the cursor from one cell to another; from anywhere if the first is not known."""
    x, y = end
    straight = "\x1b[H" if end == (0, 0) else f"\x1b[{y + 1}H" if x == 0 else f"\x1b[{y + 1};{x + 1}H"
    if start is None:
        return straight
    right, down = x - start[0], y - start[1]
    rows = "" if not down else f"\x1b[{_count(abs(down))}{'B' if down > 0 else 'A'}"
    if not right:
        columns = ""
    elif right > 0:
        columns = f"\x1b[{_count(right)}C"
    elif x == 0:
        columns = "\r"
    else:
        columns = "\b" * -right if -right <= _FEW else f"\x1b[{_count(-right)}D"
    if right and len(absolute := f"\x1b[{x + 1}G") < len(columns):
        columns = absolute
    return min(straight, rows + columns, key=len)


def _count(number: int) -> str:
    return "" if number == 1 else str(number)
