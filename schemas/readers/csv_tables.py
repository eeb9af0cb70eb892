"""Tables of events as CSV: commas, semicolons, tabs or pipes, with a line of names or without, quoted line breaks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import Final

from schemas.readers.blocks import Line
from schemas.readers.imported import NotReadable
from schemas.readers.source_columns import is_logging, rank, roles_of
from schemas.readers.source_records import Asked, Heard
from schemas.readers.source_rows import Row, entries_of, epoch_time

_DELIMITERS: Final = (",", ";", "\t", "|")
_DATED: Final = re.compile(
    r"\s*(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}\.? [A-Za-z]{3,9}\.?,? \d{4})"
    r"[T ,]{0,2}\d{1,2}:\d\d.{0,24}"
)
_SEPARATOR: Final = re.compile(r"sep=(.)", re.IGNORECASE)
_RULE: Final = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_SAMPLE: Final = 60
_LONGEST_NAME: Final = 60
_LEAST: Final = 3


def hear_csv(lines: Sequence[Line], asked: Asked) -> Heard | None:
    """What a table says; None if the lines are none.

    Raises:
        NotReadable: it is a table that is broken, or has not the columns that were asked for.
    """
    start = next((place for place, line in enumerate(lines) if line.text.strip()), len(lines))
    forced = ""
    if start < len(lines) and (said := _SEPARATOR.fullmatch(lines[start].text.strip())) is not None:
        forced = said[1]
        start += 1
    body = lines[start:]
    if len(body) < 2 or body[0].text.lstrip().startswith(("|", "#")) or _RULE.fullmatch(body[1].text):
        return None
    sample = list(body[: _SAMPLE * 3])
    for delimiter in (forced,) if forced else _DELIMITERS:
        names = _names(body[0].text, delimiter, asked)
        if names and _rows_fit(sample, delimiter, names):
            return _with_names(lines, start, delimiter, names, asked)
    if asked.columns:
        # Somebody says that this is a table: which columns it has, if not those, is told by the names that it has.
        for delimiter in (forced,) if forced else _DELIMITERS:
            names = _cells(body[0].text, delimiter)
            if names and _rows_fit(sample, delimiter, names):
                return _with_names(lines, start, delimiter, names, asked)
    for delimiter in (forced,) if forced else _DELIMITERS:
        if (columns := _without_names(sample, delimiter)) is not None:
            return _heard(lines, start, delimiter, columns, asked, first=start)
    return None


def _names(head: str, delimiter: str, asked: Asked) -> list[str]:
    """The names in the first line, if they are names of columns: one for the time and one for the text at least."""
    names = _cells(head, delimiter)
    wanted = {each.strip().casefold() for each in asked.columns.values()}
    if wanted and wanted <= {name.casefold() for name in names}:
        return names
    timed = [name for name in names if rank(name, "time") is not None]
    told = [name for name in names if rank(name, "text") is not None and name not in timed[:1]]
    return names if timed and told else []


def _cells(head: str, delimiter: str) -> list[str]:
    """What stands in the first line, if it can be names of columns."""
    if delimiter not in head:
        return []
    try:
        cells = next(csv.reader([head], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return [] if len(names) < 2 or any(len(name) > _LONGEST_NAME for name in names) else names


def _rows_fit(sample: Sequence[Line], delimiter: str, names: Sequence[str]) -> bool:
    """Whether what stands below the names has as many columns."""
    try:
        rows = [row for row in csv.reader((f"{line.text}\n" for line in sample[1:]), delimiter=delimiter) if row]
    except csv.Error:
        return True  # it is told where it is broken
    if len(sample) > len(rows) * 3 and len(rows) > 1:
        rows = rows[:-1]
    fitting = sum(1 for row in rows if 1 < len(row) <= len(names) + 1)
    return bool(rows) and fitting * 10 >= len(rows) * 7


def _without_names(sample: Sequence[Line], delimiter: str) -> list[str] | None:
    """Names for the columns of a table that has none: all rows are of one length, and one column holds dates."""
    if sum(1 for line in sample[:_LEAST] if delimiter in line.text) < _LEAST:
        return None
    try:
        rows = [row for row in csv.reader((f"{line.text}\n" for line in sample[:_SAMPLE]), delimiter=delimiter) if row]
    except csv.Error:
        return None
    width = len(rows[0]) if rows else 0
    if len(rows) < _LEAST or width < 2 or any(len(row) != width for row in rows[:-1]):
        return None
    times = [
        place for place in range(min(width, 4)) if all(_is_time(row[place]) for row in rows[:-1] if len(row) == width)
    ]
    if not times:
        return None
    lengths = {
        place: sum(len(row[place]) for row in rows if len(row) == width) for place in range(width) if place not in times
    }
    if not lengths:
        return None
    text = max(lengths, key=lambda place: (lengths[place], -place))
    names = [f"Column {place + 1}" for place in range(width)]
    names[times[0]], names[text] = "time", "text"
    others = [place for place in lengths if place != text]
    if len(others) == 1 and all(0 < len(row[others[0]].split()) <= 4 for row in rows if len(row) == width):
        names[others[0]] = "who"
    return names


def _is_time(cell: str) -> bool:
    return _DATED.fullmatch(cell) is not None or epoch_time(cell) is not None


def _with_names(lines: Sequence[Line], start: int, delimiter: str, names: list[str], asked: Asked) -> Heard:
    unique: list[str] = []
    for place, name in enumerate(names):
        own = name or f"Column {place + 1}"
        unique.append(own if own not in unique else f"{own} ({place + 1})")
    return _heard(lines, start + 1, delimiter, unique, asked, first=start)


def _heard(
    lines: Sequence[Line], start: int, delimiter: str, names: list[str], asked: Asked, *, first: int
) -> Heard:  # fmt: skip
    """The rows below `start` as entries; `first` is the line of the names, or the same."""
    rows = []
    for numbers, cells in _rows(lines[start:], delimiter):
        if any(cell.strip() for cell in cells):
            more = [f"Column {place + 1}" for place in range(len(names), len(cells))]
            rows.append(Row(numbers, dict(zip([*names, *more], cells, strict=False))))
    if not rows:
        raise NotReadable("the table has no rows", f"Line {first + 1} names its columns.", "Export it again.")
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    roles = roles_of(columns, asked.columns)
    heard = Heard("a table", infers=not is_logging(columns), accounted=True)
    entries_of(rows, roles, heard, asked)
    return heard


def _rows(lines: Sequence[Line], delimiter: str) -> Iterator[tuple[tuple[int, ...], list[str]]]:
    """Each row with the numbers of its lines.

    Raises:
        NotReadable: a quotation mark is never closed, or a cell is longer than any cell.
    """
    for strict in (True, False):
        found, begun = [], 0
        reader = csv.reader((f"{line.text}\n" for line in lines), delimiter=delimiter, strict=strict)
        try:
            for row in reader:
                found.append((tuple(line.number for line in lines[begun : reader.line_num]), row))
                begun = reader.line_num
        except csv.Error as error:
            # A quotation mark in the middle of a cell is taken for one; a cell that never ends cannot be read.
            if strict and "end of data" not in str(error) and "field limit" not in str(error):
                continue
            number = lines[min(begun, len(lines) - 1)].number
            raise NotReadable(
                "the table is broken", f"Line {number}: the quotation mark that opens there is not closed.",
                "Close it, or double the quotation marks inside of a cell.",
            ) from error  # fmt: skip
        yield from found
        return
