"""Entries that are rows of a table: the time in one column or split over several, the year or zone in the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from schemas.incident import KINDS, MILESTONES
from schemas.readers.blocks import Block
from schemas.readers.timeline_columns import (
    MOSTLY,
    NO_YEAR,
    SAMPLE,
    TIME_NAME,
    YEAR,
    Columns,
    columns_of,
    whole_stamp,
    with_head,
)
from schemas.readers.timeline_lines import add_entries
from schemas.readers.timeline_pieces import DayLine, Entry, Pieces, entry_stamp, is_day, is_placeholder
from schemas.readers.timeline_stamp import Stamp, take_stamp

_AS_WRITTEN: Final = re.compile(r"(?:^|\n)as written: ([^\n]*)")
_OWN_ZONE: Final = re.compile(r"(?:^|\n)zone: ([^\n]*)")
_RECORDED: Final = re.compile(r"(?:^|\n)recorded ([^\n]*)")
_SAMPLE_TEXT: Final = re.compile(
    r"\W*(?:(?:a|short|brief|next|another|first|last|the)\s){0,3}(?:event|entry|description|details?|text|step|update"
    r"|what happened|action(?: taken)?)s?(?:\s(?:description|text|details?|here|\d+))?\W*",
    re.IGNORECASE,
)
"""What a row says that was left over from a template."""
_BREAK: Final = re.compile(r"\s*<br\s?/?>\s*", re.IGNORECASE)


def holds_entries(block: Block) -> bool:
    """Whether a table has a column of times, or rows that begin with one."""
    columns = columns_of(block)
    return columns.clock >= 0 or columns.day >= 0 or _rows_begin_with_times(block)


def read_table(block: Block, pieces: Pieces) -> None:
    """The entries of a table; one without times is a detail of the entry before it."""
    block = with_head(block)
    columns = columns_of(block)
    if _lies_down(block):
        _read_lying(block, pieces)
        return
    if columns.clock < 0 and columns.day < 0:
        if _rows_begin_with_times(block):
            for row in block.children:
                _read_line(row, pieces)
        elif pieces.open is not None:
            pieces.waiting.append(block)
        return
    pieces.zone = columns.zone or pieces.zone
    before = len(pieces.found)
    left = set()
    carried = ""
    for row in block.children:
        cells = [_BREAK.sub("\n", cell) for cell in row.cells]
        day = cells[columns.day].strip() if 0 <= columns.day < len(cells) else ""
        carried = day or carried
        if not _read_row(row, cells, carried, columns, pieces):
            left.add(row.first)
    if len(pieces.found) > before:
        rows = {row.first for row in block.children}
        pieces.used.update(number for number in block.numbers if number not in rows)


def _lies_down(block: Block) -> bool:
    """Whether a table has one row, with a time below each name of a milestone."""
    if block.head is None or len(block.children) != 1 or len(block.children[0].cells) < 2:
        return False
    row = block.children[0]
    stamps = [whole_stamp(cell) for cell in row.cells]
    names = [cell for cell in block.head.cells if TIME_NAME.fullmatch(cell) is None]
    return all(stamp is not None and stamp.timed for stamp in stamps) and len(names) >= len(stamps) - 1


def _read_lying(block: Block, pieces: Pieces) -> None:
    row = block.children[0]
    for name, cell in zip(block.head.cells if block.head else (), row.cells, strict=False):
        pieces.add(Entry(whole_stamp(cell), [name], [row.first]), "row")
    pieces.used.update(number for number in block.numbers if number != row.first)


def _rows_begin_with_times(block: Block) -> bool:
    rows = block.children[:SAMPLE]
    begin = sum(1 for row in rows if row.cells and entry_stamp(row.cells[0]) is not None)
    return bool(begin) and begin >= MOSTLY * len(rows)


def _read_line(row: Block, pieces: Pieces) -> None:
    """A row without columns of its own: `| 14:05 | text`, `14:05 - text |`."""
    stamp = entry_stamp(row.cells[0]) if row.cells else None
    more = " | ".join(cell for cell in row.cells[1:] if cell)
    if stamp is not None:
        whole = f"{stamp.rest} | {more}" if stamp.rest and more else stamp.rest or more
        add_entries(replace(stamp, rest=whole), row.texts[:1], pieces, "row")
    elif any(row.cells):
        pieces.add(Entry(None, [" | ".join(filter(None, row.cells))], [row.first]), "row")


def _read_row(row: Block, cells: Sequence[str], carried: str, columns: Columns, pieces: Pieces) -> bool:
    """One row; False if nothing was made of it."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) == 1 and (day := is_day(filled[0])) is not None and columns.clock >= 0:
        pieces.add(DayLine(day, row.first, (row.first,)), "row")
        return True
    stamp = _stamp(cells, carried, columns)
    text = _text(cells, columns)
    if is_placeholder(text) or (stamp is None and len(filled) == 1):
        return stamp is None and not filled
    if stamp is not None and stamp.says == "blank":
        if not columns.filled or _SAMPLE_TEXT.fullmatch(text):
            return False
        stamp = replace(stamp, says="unknown") if any(map(str.isdigit, stamp.words)) else None
    entry = Entry(stamp, [text], [row.first])
    clock = cells[columns.clock].strip() if 0 <= columns.clock < len(cells) else ""
    if stamp is None and any(map(str.isdigit, clock)):
        entry.as_written = clock
    if stamp is not None and stamp.rest:
        entry.texts.append(stamp.rest)
        entry.stamp = replace(stamp, rest="")
    if 0 <= columns.until < len(cells):
        entry.until = cells[columns.until].strip()
    if 0 <= columns.who < len(cells):
        entry.actor = cells[columns.who].strip()
    _marks(entry, cells, columns)
    pieces.add(entry, "row")
    return True


def _stamp(cells: Sequence[str], carried: str, columns: Columns) -> Stamp | None:
    """The time of a row: its cells for day and clock together."""
    clock = cells[columns.clock].strip() if 0 <= columns.clock < len(cells) else ""
    stamp = whole_stamp(clock) if clock else None
    if stamp is None and clock:
        stamp = entry_stamp(clock)
    if stamp is not None and stamp.says in ("moment", "length", "unknown", "blank", "unreadable"):
        return stamp
    day = _with_year(carried.strip("*_` "), columns.year)
    if not day and 0 <= columns.weekday < len(cells) and cells[columns.weekday].strip() and stamp is not None:
        day = cells[columns.weekday].strip()
    if not day:
        return stamp
    if stamp is None:
        own = 0 <= columns.day < len(cells) and cells[columns.day].strip()
        return take_stamp(day) if own else None
    both = take_stamp(f"{day} {stamp.words}")
    return replace(both, rest=stamp.rest) if both is not None and both.says == "moment" else stamp


def _with_year(day: str, year: str) -> str:
    if not day or not year or YEAR.search(day):
        return day
    figures = NO_YEAR.fullmatch(day)
    return f"{figures[1]}{figures[2]}{figures[3]}{figures[2]}{year}" if figures else f"{day} {year}"


def _text(cells: Sequence[str], columns: Columns) -> str:
    """What a row tells: its first column of words, and the others with their names."""
    parts: list[str] = []
    for i in columns.texts:
        cell = cells[i].strip() if i < len(cells) else ""
        if cell and not parts:
            parts.append(cell)
        elif cell:
            name = columns.heads[i].strip("*_` :")
            parts.append(f"{name}: {cell}" if name else cell)
    return "\n".join(parts)


def _marks(entry: Entry, cells: Sequence[str], columns: Columns) -> None:
    """Milestones, kind and notes, where columns have them; what is not known stays as words."""
    if 0 <= columns.milestone < len(cells):
        words = [word.strip("*_` ") for word in cells[columns.milestone].split(",")]
        entry.milestones = tuple(name for word in words if (name := word.lower().replace(" ", "-")) in MILESTONES)
        if other := [word for word in words if word and word.lower().replace(" ", "-") not in MILESTONES]:
            entry.texts.append(f"{columns.heads[columns.milestone]}: {', '.join(other)}")
    if 0 <= columns.kind < len(cells) and (cell := cells[columns.kind].strip("*_` ")):
        if cell.lower().replace(" ", "-") in KINDS:
            entry.kind = cell.lower().replace(" ", "-")
        else:
            entry.texts.append(f"{columns.heads[columns.kind]}: {cell}")
    if 0 <= columns.notes < len(cells) and (notes := cells[columns.notes].strip()):
        for pattern, name in ((_AS_WRITTEN, "as_written"), (_OWN_ZONE, "zone"), (_RECORDED, "recorded")):
            if (match := pattern.search(notes)) is not None:
                setattr(entry, name, match[1].strip())
                notes = (notes[: match.start()] + notes[match.end() :]).strip()
        if notes:
            entry.texts.append(f"{columns.heads[columns.notes] or 'Notes'}: {notes}")
