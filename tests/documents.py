"""What users read, taken apart for tests: code blocks, tables and links of the Markdown files."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
README: Final = ROOT / "README.md"
DOCS: Final = ROOT / "docs"

_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"\]\(\s*([^)\s]+)\s*\)")
_HEADING: Final = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language and what is in it."""

    language: str
    text: str


@dataclass(frozen=True)
class Command:
    """A command as it is shown behind a `$`, its words, and what is shown to come of it."""

    words: tuple[str, ...]
    output: str


def pages() -> list[Path]:
    """All Markdown files that users and contributors read."""
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md"))]


def read(page: Path) -> str:
    """The text of a page."""
    return page.read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """What is in the fenced blocks of a language."""
    return [found[2] for found in _FENCE.finditer(text) if found[1] == language]


def all_blocks(text: str) -> list[Block]:
    """All fenced blocks, in order."""
    return [Block(found[1], found[2]) for found in _FENCE.finditer(text)]


def without_blocks(text: str) -> str:
    """The text around the fenced blocks."""
    return _FENCE.sub("", text)


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    plain = re.sub(r"^```.*?^```$", lambda found: re.sub("^#", " ", found[0], flags=re.M), text, flags=re.M | re.S)
    found = next(each for each in _HEADING.finditer(plain) if each[2] == heading)
    level = len(found[1])
    ends = (each.start() for each in _HEADING.finditer(plain, found.end()) if len(each[1]) <= level)
    return text[found.end() : next(ends, len(text))]


def rows(text: str) -> list[list[str]]:
    """The rows of all tables in a text without their headings, cell by cell."""
    lines = [line for line in without_blocks(text).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = {index for index, row in enumerate(cells) if all(re.fullmatch(":?-+:?", cell) for cell in row)}
    return [row for index, row in enumerate(cells) if index not in rules and index + 1 not in rules]


def code(text: str) -> list[str]:
    """What is set as code in a text."""
    return re.findall(r"`([^`\n]+)`", text)


def links(text: str) -> list[str]:
    """Where the links and pictures of a page lead."""
    return _LINK.findall(without_blocks(text))


def anchors(text: str) -> set[str]:
    """The names by which GitHub finds the headings of a page."""
    names = (found[2].strip().lower() for found in _HEADING.finditer(without_blocks(text)))
    return {re.sub(r"[^\w\- ]", "", name).replace(" ", "-") for name in names}


def commands(block: str) -> Iterator[Command]:
    """The commands of a console block. A line that ends with a backslash goes on in the next."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        count = next(index for index, line in enumerate(lines) if not line.endswith("\\\n")) + 1
        words = shlex.split("".join(lines[:count]).replace("\\\n", " "))
        yield Command(tuple(words), "".join(lines[count:]))


def paragraphs(text: str) -> list[str]:
    """Paragraphs and points of lists, each as one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\n|\n(?=- )", without_blocks(text))]


def names(pages: list[Path]) -> list[str]:
    """Short names of pages."""
    return [str(page.relative_to(ROOT)) for page in pages]
