"""The parts of a document: what stands under one heading, and what that heading means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct

from schemas.readers.blocks import Block, Line


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under a heading, without the parts below it that mean something else.

    `key` is a canonical section (`schemas.sections`), or `timeline`, `actions`, `people`, `contents` (a table of
    contents), `preamble` (before the first heading), or empty for a heading that nobody knows. `also` is a second
    meaning of a combined heading ("Root cause and resolution"). `heading` is the heading's block, None for a preamble;
    its text may hold data (dates, zones, remarks): `note` is what stands behind or in brackets besides the name.
    `blocks` holds sub-headings that mean nothing by themselves (a date, a time, "Short term") as heading blocks.
    `above` is the part it is nested in. `index` is its place in the document. `body` are its lines as they would be
    kept in a section: without the heading, tags turned into Markdown, no deeper indented than the first.
    """

    index: int
    key: str
    heading: Block | None
    blocks: tuple[Block, ...]
    first: int
    last: int
    level: int = 0
    also: tuple[str, ...] = ()
    note: str = ""
    above: Part | None = field(default=None, repr=False)
    body: tuple[Line, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        """The words of the heading, empty for a preamble."""
        return self.heading.text if self.heading else ""


class Document(Struct, frozen=True):
    """A document that was taken apart: its lines as they stand, all its blocks, and its parts in order.

    `lines[n - 1]` is line n, as it stands. `title` is the title's words, as a line; None without one.
    """

    name: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]
    title: Line | None = None

    def of(self, *keys: str) -> Iterator[Part]:
        """The parts with one of these meanings, in order."""
        return (part for part in self.parts if part.key in keys or any(key in part.also for key in keys))
