"""What came of reading a document."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from schemas.incident import Incident
from schemas.readers.blocks import Line
from schemas.readers.found import Assumption, Doubt, Source


class NotReadable(ValueError):
    """A document of which no incident can be made: what is wrong with it, in detail, and what to do about it."""

    def __init__(self, title: str, detail: str = "", hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint


class Imported(Struct, frozen=True):
    """An incident and where everything in it comes from.

    `provenance` has a source for each path: `title`, `zone`, `sections/summary`, `other_sections/k7q2`,
    `events/k7q2`, `events/k7q2/at` (where it differs from the event's), `actions/…`, `impacts/…`, `stated/…`.
    `assumptions` hold for the whole document; `doubts` are what a person should look at, by line; `unplaced` are the
    lines that found no place and are kept under "Unplaced text". `lines` are the document's lines as they stand.
    """

    incident: Incident
    provenance: Mapping[str, Source]
    assumptions: tuple[Assumption, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unplaced: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
