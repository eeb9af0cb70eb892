"""What a document is made of once its marks are understood: lines, and blocks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

Kind = Literal[
    "heading", "paragraph", "list", "item", "table", "row", "code", "quote", "front-matter", "comment", "rule"
]


class Line(Struct, frozen=True):
    """One line of the document, or the part of one that belongs to a block. `number` counts from 1."""

    number: int
    text: str


class Block(Struct, frozen=True):
    """A stretch of whole lines that belong together.

    `texts` are the block's own words line by line, without the marks that made it a block (`#`, `-`, `|`, `>`, tags);
    inline markup such as bold and links stays. An `item`, `list`, `table` or `quote` has blocks inside: `children`.

    heading: `level` 1–6; `mark` says how it was written (see `schemas.readers.headings`).
    item: `number` is what it is numbered with, or empty; `checked` what its checkbox says, None without one.
    table: its children are rows; `head` is the header row or None. row: `cells` are its cells, stripped.
    code: `mark` is the language. front-matter: `mark` is `yaml` or `toml`. `first` and `last` are line numbers.
    """

    kind: Kind
    first: int
    last: int
    texts: tuple[Line, ...] = ()
    children: tuple[Block, ...] = ()
    level: int = 0
    mark: str = ""
    number: str = ""
    checked: bool | None = None
    cells: tuple[str, ...] = ()
    head: Block | None = None

    @property
    def text(self) -> str:
        """The block's own words, its lines joined by line breaks."""
        return "\n".join(line.text for line in self.texts)

    @property
    def numbers(self) -> range:
        """The numbers of all its lines, those of the blocks inside among them."""
        return range(self.first, self.last + 1)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """All blocks, those inside of others behind the one that they are in."""
    waiting = list(blocks)[::-1]
    while waiting:
        block = waiting.pop()
        yield block
        waiting.extend(reversed(block.children))
