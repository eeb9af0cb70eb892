"""What came of a look at one file."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct, field

from schemas.checks.registry import SEVERITY_ORDER
from schemas.neighbours import Neighbour
from tui.cli.reports import Checked, Located, Unread

NO_INCIDENT: Final = "null"
"""The line of a file that is no incident."""

_ALWAYS: Final = 1 << 62
"""An instant beyond the calendar."""


class Kept(Struct, frozen=True):
    """What a later run need not look for again: the `line` it is made of, and the instant `until` which it holds if the
    file stays as it is. `read_at`: when reading began, in nanoseconds since 1970."""

    line: str
    until: int
    read_at: int


class Looked(Struct, frozen=True):
    """What came of a look at one file; plain data, so that another process can have looked.

    `checked` are its findings so far, or why it could not be read; None if it is no incident and nobody said it was.
    `neighbour` is what the other incidents need to know of it, `short` what of it the rules that are yet to run may
    want and is short, `text` the mark of what the file holds (see `mark_of`), `places` are lines of places in it that
    they may name. `kept` is all that for a later run, if
    that is wanted and it can hold so long.
    """

    checked: Checked | Unread | None = None
    neighbour: Neighbour | None = None
    short: Mapping[str, Any] = field(default_factory=dict)
    text: int = 0
    places: Mapping[str, int] = field(default_factory=dict)
    kept: Kept | None = None


def no_incident(read_at: int) -> Kept:
    """What to keep of a file that is no incident, whenever somebody looks."""
    return Kept(NO_INCIDENT, _ALWAYS, read_at)


def mark_of(text: str) -> int:
    """What tells the text of a file from another one, in any process."""
    return zlib.crc32(text.encode())


def in_lines(found: Iterable[Located]) -> tuple[Located, ...]:
    """Findings in the order in which they are told."""
    return tuple(sorted(found, key=lambda each: (SEVERITY_ORDER[each.finding.severity], each.line)))
