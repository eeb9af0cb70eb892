"""The Markdown of our own documents read back: the inverse of `schemas.writers.escape` and `schemas.writers.tables`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from schemas.readers.blocks import Line

_ACTIVE: Final = re.compile(
    r"\\(?P<char>[!-/:-@\[-`{-~])|<br>(?P<br>)|<(?P<url>(?:https?|ftp)://[^\s<>]*)>"
    r"|\[(?P<label>(?:[^\]\\]|\\.)*)\]\(<(?P<target>(?:[^>\\\n]|\\.)*)>\)",
    re.IGNORECASE,
)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_BAR: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"\s*:?-+:?\s*")


class Row(Struct, frozen=True):
    """One row of a table: the line it stands on, and its cells by the heading of their column, as they are written."""

    line: int
    cells: dict[str, str]

    def plain(self, name: str) -> str:
        """The words of one cell, line breaks in it as such; empty where there is no such column."""
        return plain(self.cells.get(name, ""))


def plain(escaped: str) -> str:
    """The characters that escaped Markdown shows, `<br>` as a line break."""
    return _ACTIVE.sub(_shown, escaped)


def _shown(match: re.Match[str]) -> str:
    if match["char"] is not None:
        return match["char"]
    if match["br"] is not None:
        return "\n"
    return match["url"] if match["url"] is not None else _ESCAPED.sub(r"\1", match["target"])


def listed(cell: str) -> tuple[str, ...]:
    """The texts of a cell that has several behind one another: `a, b`; an escaped comma is one of a text."""
    found = [""]
    at = 0
    while at < len(cell):
        if cell[at] == "\\" and at + 1 < len(cell):
            found[-1] += cell[at : at + 2]
            at += 2
        elif cell.startswith(", ", at):
            found.append("")
            at += 2
        else:
            found[-1] += cell[at]
            at += 1
    return tuple(words for each in found if (words := plain(each)))


def cells(line: str) -> list[str] | None:
    """The cells of a line of a table, all but the bars still escaped; None if it is no such line."""
    text = line.strip()
    if not text.startswith("|") or len(text) < 2 or not text.endswith("|") or text.endswith("\\|"):
        return None
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(text[1:-1])]


def table_at(lines: Sequence[Line], at: int, first: str, second: str | None = None) -> tuple[list[Row], int] | None:
    """The rows of the table that begins at `lines[at]`, and where it ends; None without one whose first columns have
    these headings."""
    if at + 1 >= len(lines):
        return None
    head = cells(lines[at].text)
    rule = cells(lines[at + 1].text)
    if not head or head[0] != first or (second is not None and head[1:2] != [second]) or len(set(head)) < len(head):
        return None
    if rule is None or len(rule) != len(head) or not all(map(_RULE.fullmatch, rule)):
        return None
    rows: list[Row] = []
    at += 2
    while at < len(lines) and (found := cells(lines[at].text)) is not None:
        if len(found) != len(head):
            return None
        rows.append(Row(lines[at].number, dict(zip(head, found, strict=True))))
        at += 1
    return rows, at
