"""Rows and records of a library as text, for the index, and back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.workspace.filters import SORT_KEYS
from tui.workspace.index import Entry, Known
from tui.workspace.library_walk import Stamp, is_settled
from tui.workspace.rows import Reading, Row

if TYPE_CHECKING:
    from schemas.neighbours import Neighbour

_ALWAYS: Final = 1 << 62
"""An instant beyond the calendar."""


def entry_of(name: str, stamp: Stamp, reading: Reading, now: int, agreed: str) -> Entry:
    """What to keep of a file that was read at the instant `now` by what was `agreed` on, when it had this stamp."""
    row, record = reading.row, reading.record
    same = (row.mtime_ns, row.size) == stamp[:2] and is_settled(stamp, reading.read_at)
    day, place = SORT_KEYS["date"](row), SORT_KEYS["name"](row)
    known = Known(name, *stamp[:3], now, reading.until if same else now, agreed, day, place)
    return Entry(known, row_text(row), _record_text(record) if record else "", reading.words)


def no_incident(name: str, stamp: Stamp, read_at: int) -> Entry:
    """What to keep of a file that is no incident, whenever and by whatever somebody looks."""
    return Entry(Known(name, *stamp[:3], 0, _ALWAYS if is_settled(stamp, read_at) else 0, "", None, None))


def row_text(row: Row) -> str:
    """A row as text, without what follows from the file's name and what the file system knows of it."""
    values = (
        row.title, row.date.isoformat() if row.date else None, row.severity, row.status, row.zone, row.services,
        row.length_text, row.length_pair, row.length_minutes, row.open_actions, row.actions, row.errors, row.warnings,
        row.problem, row.conflict,
    )  # fmt: skip
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def row_from(text: str, path: Path, name: str, mtime: int, size: int) -> Row:
    """The row that was made a text.

    Raises:
        ValueError: it is no such text.
    """
    title, day, severity, status, zone, services, length, pair, minutes, *numbers, problem, conflict = json.loads(text)
    open_actions, actions, errors, warnings = numbers
    return Row(
        path, name, title, date.fromisoformat(day) if day else None, severity, status, zone, tuple(services), length,
        pair, minutes, open_actions, actions, errors, warnings, problem, size, mtime, True, conflict,
    )  # fmt: skip


def _record_text(record: Neighbour) -> str:
    """All of a record but the name, which is the file's."""
    return json.dumps([record.title, record.lengths, record.people, record.actions], ensure_ascii=False)


def record_from(text: str, name: str) -> Neighbour:
    """The record that was made a text.

    Raises:
        ValueError: it is no such text.
    """
    from schemas.neighbours import Neighbour

    title, lengths, people, actions = json.loads(text)
    return Neighbour(name, title, tuple(map(tuple, lengths)), tuple(people), tuple(actions))
