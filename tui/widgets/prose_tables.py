"""Tables as lines: columns as wide as their words need and the screen has room for; else a cell a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui.widgets.rows import Span
from tui.widgets.wrapped import wrapped_spans

Cells = Sequence[Sequence[Span]]
_LEAST: Final = 6
_BETWEEN: Final = " │ "


def table_lines(rows: Sequence[Cells], width: int) -> list[list[Span]]:
    """The lines of a table whose first row is its heading, for so many cells."""
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return []
    widths = _widths(rows, columns, width - len(_BETWEEN) * (columns - 1))
    if widths is None:
        return _as_list(rows, width)
    lines: list[list[Span]] = []
    for number, row in enumerate(rows):
        lines += _row_lines(row, widths)
        if not number:
            lines.append([("─┼─".join("─" * size for size in widths), "muted")])
    return lines


def _widths(rows: Sequence[Cells], columns: int, room: int) -> list[int] | None:
    """How wide each column is, the widest ones cut first; None where not even the least fits."""
    if room < _LEAST * columns:
        return None
    wanted = [max((_size(row[at]) for row in rows if at < len(row)), default=1) or 1 for at in range(columns)]
    if sum(wanted) <= room:
        return wanted
    low, high = _LEAST, max(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(min(size, middle) for size in wanted) <= room else (low, middle - 1)
    return [min(size, low) for size in wanted]


def _row_lines(row: Cells, widths: Sequence[int]) -> list[list[Span]]:
    cells: list[list[list[Span]]] = [
        wrapped_spans(row[at], size) if at < len(row) else [[]] for at, size in enumerate(widths)
    ]
    lines = []
    for number in range(max(map(len, cells))):
        spans: list[Span] = []
        for at, size in enumerate(widths):
            piece = cells[at][number] if number < len(cells[at]) else []
            spans += [((_BETWEEN if at else ""), "muted"), *piece, (" " * (size - _size(piece)), "text")]
        lines.append(spans)
    return lines


def _as_list(rows: Sequence[Cells], width: int) -> list[list[Span]]:
    heads, *others = rows
    lines: list[list[Span]] = []
    for row in others or [heads]:
        for at, cell in enumerate(row):
            head = [("".join(text for text, _ in heads[at]) + ": ", "muted")] if at < len(heads) and others else []
            lines += wrapped_spans([*head, *cell], width)
        lines.append([])
    return lines[:-1]


def _size(spans: Sequence[Span]) -> int:
    from rich.cells import cell_len

    return sum(cell_len(text) for text, _ in spans)
