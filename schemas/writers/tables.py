"""Tables in GitHub's Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

Row = Mapping[str, str]
"""The cells of one row by the name of their column, escaped already; missing ones are empty."""


class Column(Struct, frozen=True):
    """A column: the name by which rows hold its cells, what stands above it, and whether it stays when it is empty."""

    name: str
    heading: str
    always: bool = False


def used(columns: Sequence[Column], rows: Iterable[Row]) -> tuple[Column, ...]:
    """The columns that have something in them, and those that always stay."""
    filled: set[str] = set()
    for row in rows:
        filled.update(name for name, cell in row.items() if cell)
    return tuple(column for column in columns if column.always or column.name in filled)


def table(columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """A table without a line break at its end; empty text without rows."""
    names = [column.name for column in columns]
    body = ["| " + " | ".join([row.get(name, "") for name in names]) + " |" for row in rows]
    if not body:
        return ""
    head = "| " + " | ".join(column.heading for column in columns) + " |"
    return "\n".join((head, "| " + " | ".join("---" for _ in names) + " |", *body))
