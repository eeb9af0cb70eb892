"""Our own Markdown documents: how they are known, and the blocks that they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from schemas.readers.blocks import Line
from schemas.readers.export_text import Row, plain, table_at

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

UNTITLED: Final = "Untitled incident"
"""What stands for a title that an incident does not have."""


class Stretch(Struct, frozen=True):
    """What stands under one heading of the second level, without blank lines at its ends."""

    heading: Line
    title: str
    body: tuple[Line, ...]


class Export(Struct, frozen=True):
    """A document in our standard style: its title, the rows of its overview, and the stretches below them."""

    title: Line
    facts: tuple[Row, ...]
    stretches: tuple[Stretch, ...]


def export_of(lines: Sequence[Line]) -> Export | None:
    """The document as one of our own, known by its title and the overview that follows at once; None if it is not."""
    told = [at for at, line in enumerate(lines[:12]) if line.text.strip()]
    if len(told) < 3 or not lines[told[0]].text.startswith("# "):
        return None
    found = table_at(lines, told[1], "Overview", "")
    if found is None:
        return None
    facts, end = found
    marks = _headings(lines)
    first = marks[0] if marks else len(lines)
    if first < end or any(line.text.strip() for line in lines[end:first]):
        return None
    stretches = []
    for at, after in zip(marks, [*marks, len(lines)][1:], strict=True):
        title = plain(lines[at].text[3:].strip())
        stretches.append(Stretch(lines[at], title, trimmed(lines[at + 1 : after])))
    return Export(lines[told[0]], tuple(facts), tuple(stretches))


def trimmed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without blank ones at both ends."""
    start, end = 0, len(lines)
    while start < end and not lines[start].text.strip():
        start += 1
    while end > start and not lines[end - 1].text.strip():
        end -= 1
    return tuple(lines[start:end])


def _headings(lines: Sequence[Line]) -> list[int]:
    """The places of lines that are headings of the second level and stand in nothing else, code or comment."""
    tokens = _parser().parse("\n".join(line.text for line in lines))
    return [
        token.map[0]
        for token in tokens
        if token.type == "heading_open"
        and token.tag == "h2"
        and token.level == 0
        and token.map
        and lines[token.map[0]].text.startswith("## ")
    ]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["block"])
    return parser
