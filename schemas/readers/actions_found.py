"""An action as it was found: its words, what was written beside them in places of their own, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from schemas.readers.actions_groups import NO_GROUP, Group
from schemas.readers.blocks import Block, Line
from schemas.readers.found import Doubt, Sure
from schemas.readings import Context

_SPLIT: Final = re.compile(r"[.!?:;)]\W{0,3}$")


class Found(Struct):
    """An action before its words are looked into.

    `texts` are its own words, Markdown, a line each; `details` lines that belong below. `beside` are fields in places
    of their own: key, name as written, words. `whole` says that nothing of its lines is missing in it.
    """

    texts: list[str]
    lines: list[int]
    group: Group = NO_GROUP
    details: list[str] = field(default_factory=list)
    beside: list[tuple[str, str, str]] = field(default_factory=list)
    checked: bool | None = None
    sure: Sure = "sure"
    why: str = ""
    whole: bool = True
    doubts: tuple[Doubt, ...] = ()


class Gathering(Struct):
    """What comes of a part while it is read. `references` are the targets of links by name, with their lines.

    `people` are the names of people whom the document names, in small letters.
    """

    context: Context
    references: Mapping[str, tuple[str, int]]
    found: list[Found] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    people: frozenset[str] = frozenset()

    def add(self, found: Found) -> Found:
        """One more action."""
        self.found.append(found)
        return found


def joined(texts: Sequence[str]) -> str:
    """Lines of an item or a paragraph as text: a line that begins anew stays one, wrapped words become one line."""
    made: list[str] = []
    for bare in filter(None, map(str.strip, texts)):
        if made:
            begins = bare[0].isupper() or not bare[0].isalnum()
            made.append("\n" if begins and _SPLIT.search(made[-1][-8:]) else " ")
        made.append(bare)
    return "".join(made)


def lines_below(blocks: Sequence[Block], indent: str = "") -> list[str]:
    """What stands below an action as lines of its text: nested items with a dash, the rest as it is."""
    made: list[str] = []
    waiting = [(block, indent) for block in reversed(blocks)]
    while waiting:
        block, at = waiting.pop()
        if block.kind == "item":
            mark = "" if block.checked is None else "[x] " if block.checked else "[ ] "
            own = joined([line.text for line in block.texts]).replace("\n", f"\n{at}  ")
            made += [f"{at}- {mark}{own}"]
            waiting += [(child, f"{at}  ") for child in reversed(block.children)]
        elif block.kind == "row":
            made.append(f"{at}{' | '.join(block.cells)}")
        elif block.kind == "code":
            made += [f"{at}{line.text}" for line in block.texts]
        else:
            if block.texts:
                made += [at + line for line in joined([line.text for line in block.texts]).split("\n")]
            heads = (block.head,) if block.head is not None else ()
            waiting += [(child, at) for child in reversed((*heads, *block.children))]
    return made


def numbers_of(lines: Sequence[Line]) -> list[int]:
    """The numbers of lines."""
    return [line.number for line in lines]
