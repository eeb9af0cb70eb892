"""What comes of a document: an incident, a file of it beside what is there already, and a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from schemas.readers.imported import Imported, NotReadable
from schemas.readers.sources import read_source
from schemas.toml_file import dumps
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import EXIT_FILE, UserError, shown
from tui.workspace.import_files import Opened, Source
from tui.workspace.names import new_file_name


class Settled(Struct, frozen=True):
    """What was settled beforehand, for all documents (see `schemas.readers.sources.read_source`).

    `zone` counts where a document names none; `day` is the one on which the story begins; `columns` says which columns
    of a table hold which fields; `channel` is the one of a Slack export; `since` and `until` are the span of which the
    entries count.
    """

    zone: str = ""
    day: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    since: datetime | time | None = None
    until: datetime | time | None = None


NOTHING_SETTLED: Final = Settled()


class Outcome(Struct, frozen=True):
    """What came of one document: `output` is the file that was written, None where nothing was to be."""

    source: str
    output: Path | None
    imported: Imported

    def as_json(self) -> dict[str, Any]:
        """The report on it as plain data, in the shape that other programs may hold on to."""
        imported = self.imported
        return {
            "source": self.source,
            "output": shown(self.output) if self.output else None,
            "events": len(imported.incident.events),
            "actions": len(imported.incident.actions),
            "assumed": [{"about": each.about, "said": each.said, "line": each.line} for each in imported.assumptions],
            "unsure": [{"line": each.line, "text": each.text, "why": each.why} for each in imported.doubts],
            "unplaced": [{"line": line.number, "text": line.text} for line in imported.unplaced],
        }


def import_document(
    source: Source,
    folder: Path | None,
    settled: Settled = NOTHING_SETTLED,
    *,
    opened: Opened | None = None,
    disk: Disk = REAL_DISK,
) -> Outcome:
    """Read a document and, with a folder, write its incident into it under a name that is free there.

    `opened` keeps an archive open from one of its members to the next.

    Raises:
        UserError: it cannot be read, or is no report of an incident; or the file cannot be written.
    """
    data = _read(source, opened)
    try:
        imported = read_source(
            data, name=source.name, zone=settled.zone, date=settled.day, columns=settled.columns,
            channel=settled.channel, since=settled.since, until=settled.until,
        )  # fmt: skip
    except NotReadable as error:
        raise UserError(f"{source.name}: {error.title}", error.detail, error.hint, EXIT_FILE) from error
    if folder is None:
        return Outcome(source.name, None, imported)
    stem = Path(source.member or source.path.name).stem
    target = new_file_name(imported.incident.title or stem, _day_of(imported), folder)
    atomic_write(target, dumps(imported.incident).encode("utf-8"), new=True, disk=disk)
    return Outcome(source.name, target, imported)


def _read(source: Source, opened: Opened | None) -> bytes:
    if opened is not None:
        return opened.bytes_of(source)
    with Opened() as own:
        return own.bytes_of(source)


def _day_of(imported: Imported) -> date | None:
    for event in imported.incident.events:
        if isinstance(event.at, datetime):
            return event.at.date()
        if isinstance(event.at, date):
            return event.at
    return None
