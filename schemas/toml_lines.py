"""The line of one thing in a TOML text, without going through all of it.

Looking for a header and then for a key takes a tenth of the time that `schemas.toml_layout` needs to tell all lines
apart. It is done only in texts in which such a search cannot be led astray; of any other nothing is said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from schemas.patterns import late
from schemas.toml_layout import Path

MOST: Final = 1 << 16
"""In a text with more characters than this the search would take longer than it saves."""

_BLOCK: Final = '"""'
_OPENS: Final = late(r"\n[A-Za-z0-9_\-]+ = ")
_PLAIN_HEADER: Final = late(r"\n\[\[?([a-z_]+)\]\]?(?=\n|\Z)")
_INDENTED: Final = late(r"\n[ \t]+(?:\[|[a-z_]+[ \t]*=)")
_ODD_START: Final = late(r"\n[ \t\"']")
_DOTTED: Final = late(r"\.[^\n=]*=")
_DOTTED_KEY: Final = late(r"\n[a-z_]+[ \t]*")
_BRACED: Final = late(r"=[ \t]*\{")

Segment = tuple[int, int]
"""From where to where something goes in a text."""


class QuickLines:
    """Looks for single lines in one text, which must be valid TOML with `\\n` for line breaks."""

    def __init__(self, text: str) -> None:
        self._text = f"\n{text}"  # so that every line has a break in front, which is quick to find
        self._blocks: list[Segment] = []
        self._segments: dict[str, list[Segment]] | None = None
        if len(text) > MOST or "'''" in text:
            return
        blocks = _blocks(self._text)
        if blocks is not None and all(_lies_in(blocks, odd) for odd in _odd_places(self._text)):
            self._blocks = blocks
            self._segments = _segments(self._text, blocks)

    def line(self, path: Path) -> int | None:
        """The line, from 1, of a key or table, or of the nearest thing around it that stands in the text.

        `path` is `("title",)`, `("sections", "impact")`, `("events", 3)` or `("events", 3, "at")`. None where only a
        look at the whole text can tell.
        """
        if self._segments is None:
            return None
        name, *rest = path
        tables = self._segments.get(str(name))
        if tables is None:
            return self._key_line(self._segments[""][0], str(name), 1)
        index = rest.pop(0) if rest and isinstance(rest[0], int) else 0
        if not isinstance(index, int) or index >= len(tables):
            return None
        header = self._line_at(tables[index][0])
        return self._key_line(tables[index], str(rest[0]), header) if rest else header

    def _key_line(self, segment: Segment, key: str, otherwise: int) -> int | None:
        found = [match.start() for match in _key(key).finditer(self._text, *segment)]
        outside = [at for at in found if not _lies_in(self._blocks, at)]
        if len(outside) > 1:
            return None
        return self._line_at(outside[0]) if outside else otherwise

    def _line_at(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1


@lru_cache(maxsize=128)
def _key(name: str) -> re.Pattern[str]:
    return re.compile(rf"\n{re.escape(name)}[ \t]*=")


def _blocks(text: str) -> list[Segment] | None:
    """Where the texts of several lines are; None if their quotes stand anywhere but behind a key and at its end."""
    found = []
    at = text.find(_BLOCK)
    while at >= 0:
        end = text.find(_BLOCK, at + 3)
        if end < 0 or not _OPENS.fullmatch(text, text.rfind("\n", 0, at), at):
            return None
        found.append((at, end))
        at = text.find(_BLOCK, end + 3)
    return found


def _odd_places(text: str) -> Iterator[int]:
    """Where keys and headers are indented, keys are in quotes or have dots, and tables stand on one line.

    Looked for by what is rare in each of them: one pattern for all would stop at every line.
    """
    if _ODD_START.search(text):
        yield from (match.start() for match in _INDENTED.finditer(text))
        for quote in ('\n"', "\n'"):
            at = text.find(quote)
            while at >= 0:
                yield at
                at = text.find(quote, at + 1)
    for match in _DOTTED.finditer(text):
        line = text.rfind("\n", 0, match.start())
        if _DOTTED_KEY.fullmatch(text, line, match.start()):
            yield line
    if "{" in text:
        yield from (match.start() for match in _BRACED.finditer(text))


def _lies_in(blocks: list[Segment], at: int) -> bool:
    number = bisect_right(blocks, (at, at)) - 1
    return number >= 0 and at < blocks[number][1]


def _segments(text: str, blocks: list[Segment]) -> dict[str, list[Segment]] | None:
    """Where each table is, by its name; `""` is what stands before the first header. None where that is not sure."""
    headers = list(_PLAIN_HEADER.finditer(text))
    # The end of a text is where its quotes are; a bracket right behind the line break in front of them is none of it.
    if inside := sum([text.count("\n[", start, end) for start, end in blocks]):
        headers = [header for header in headers if not _lies_in(blocks, header.start())]
    if len(headers) + inside != text.count("\n["):
        return None
    starts = [header.start() for header in headers]
    ends = [*starts, len(text)]
    found: dict[str, list[Segment]] = {"": [(0, ends[0])]}
    for header, start, end in zip(headers, starts, ends[1:], strict=True):
        found.setdefault(header[1], []).append((start, end))
    return found
