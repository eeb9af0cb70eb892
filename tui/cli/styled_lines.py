"""Lines with colours for a terminal, broken between words; without colours the same lines as plain text."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, Literal, TextIO

from tui.cli import console

Style = Literal["", "bold", "dim", "gone", "new"]
Styled = tuple[Style, str]
"""Some text of a line and how it is to look. Nothing is said by the look alone."""

WIDEST: Final = 120
"""Longer lines are hard to read, however wide the terminal is."""

_CODES: Final[dict[Style, str]] = {"": "", "bold": "1", "dim": "2", "gone": "31", "new": "32"}
_PARTS: Final = re.compile(r" +|[^ ]+")
_TAB: Final = "    "
_NARROWEST: Final = 10


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width_of(stream: TextIO) -> int | None:
    """How wide lines may be that go to a stream; None where nobody reads them on a terminal."""
    return min(shutil.get_terminal_size().columns, WIDEST) if _is_read(stream) else None


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to a stream, be it by way of the pager that git has opened."""
    return console.wants_colour(stream) or (
        _in_pager() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    )


def _is_read(stream: TextIO) -> bool:
    return console.is_terminal(stream) or _in_pager()


def _in_pager() -> bool:
    return os.environ.get("GIT_PAGER_IN_USE", "") in ("1", "true")


def written(line: Sequence[Styled], colour: bool) -> str:
    """A line as it is printed."""
    if not colour:
        return "".join(text for _, text in line)
    runs = ((style, "".join(text for _, text in those)) for style, those in groupby(line, key=lambda each: each[0]))
    return "".join(f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style and text else text for style, text in runs)


def split_lines(segments: Iterable[Styled]) -> Iterator[list[Styled]]:
    """The lines of a text in which several pieces may each go over several lines."""
    line: list[Styled] = []
    for style, text in segments:
        first, *rest = text.replace("\t", _TAB).split("\n")
        line.append((style, first))
        for more in rest:
            yield line
            line = [(style, more)]
    yield line


def wrapped(line: Sequence[Styled], width: int | None, indent: str, more_indent: str) -> Iterator[list[Styled]]:
    """One line, indented, as several that fit the width, broken between words where that is possible."""
    if width is None:
        yield [("", indent), *line]
        return
    room = max(width - cells(more_indent), _NARROWEST)
    left = max(width - cells(indent), _NARROWEST)
    current: list[Styled] = [("", indent)]
    for word in _words(line, room):
        taken = sum(cells(text) for _, text in word)
        if taken > left and len(current) > 1:
            while len(current) > 1 and _is_space(current[-1][1]):
                current.pop()
            yield current
            current, left = [("", more_indent)], room
            if _is_space(word[0][1]):
                continue
        current += word
        left -= taken
    yield current


def _is_space(text: str) -> bool:
    return not text.strip(" ")


def _words(line: Sequence[Styled], room: int) -> Iterator[list[Styled]]:
    """What is not to be broken: words of one look or several, and the spaces between them; none wider than a line."""
    word: list[Styled] = []
    for style, text in line:
        for part in _PARTS.findall(text):
            if word and (_is_space(part) or sum(cells(each) for _, each in word) + cells(part) > room):
                yield word
                word = []
            *whole, part = _cut(part, room)
            yield from ([(style, piece)] for piece in whole)
            if _is_space(part):
                yield [(style, part)]
            else:
                word.append((style, part))
    if word:
        yield word


def _cut(part: str, room: int) -> Iterator[str]:
    """Pieces of a word, each as long as a line; the last one may be shorter."""
    start = taken = 0
    if not part.isascii() or len(part) > room:
        for at, char in enumerate(part):
            needed = cells(char)
            if taken + needed > room and at > start:
                yield part[start:at]
                start, taken = at, 0
            taken += needed
    yield part[start:]
