"""What the screens read: a document from a file or from the clipboard, and whether a pasted block is more than entries.

The one place of the screens that knows which readers there are.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import BadZipFile, ZipFile

from msgspec.structs import replace

from schemas.readers.blocks import Line
from schemas.readers.chat_blocks import hear_blocks
from schemas.readers.chat_lines import hear_lines
from schemas.readers.decoding import lines_of
from schemas.readers.found import Assumption
from schemas.readers.imported import Imported
from schemas.readers.log_lines import hear_log
from schemas.readers.slack_export import is_slack_export
from schemas.readers.sources import read_source
from schemas.text import clean_line
from tui.workspace.errors import shown
from tui.workspace.import_files import Source, bytes_of, sources_of
from tui.workspace.import_paths import size_text
from tui.workspace.import_session import Read, Told
from tui.workspace.pasted import Pasted

LARGE: Final = 300_000
"""So many bytes are not read between two keys."""

_DAY: Final = re.compile(r"/\d{4}-\d\d-\d\d\.json$")
_OF_AN_INCIDENT: Final = re.compile(r"(?i)\binc(?:ident)?s?\b|\bsev\d?\b|outage|war-?room|postmortem")
_BEGINNING: Final = 20_000
"""So many characters tell a chat from a list of entries."""


def reader_of(source: Source | Pasted, *, zone: str = "", day: date | None = None, channel: str = "") -> Read:
    """What reads a document, as often as it is asked to; the file is read once.

    `zone` and `day` count where neither the document nor the person says which; `channel` is the one of a Slack export
    that is read. Reading raises `NotReadable`, and
    `UserError` where the file cannot be read.
    """
    held: list[bytes | str] = [source.text] if isinstance(source, Pasted) else []

    def read(told: Told) -> Imported:
        if not held:
            assert isinstance(source, Source)
            held.append(bytes_of(source))
        keywords = told.keywords()
        keywords |= {"zone": told.zone or zone, "channel": channel}
        imported = read_source(held[0], name=name_of(source), **keywords)
        if day is None or told.date is not None or any(isinstance(each.at, date) for each in imported.incident.events):
            return imported
        dated = read_source(held[0], name=name_of(source), **{**keywords, "date": day})
        said = f"no day is named; it begins on {day.day} {day:%B %Y}, as the incident does"
        return replace(dated, assumptions=(*dated.assumptions, Assumption("date", said)))

    return read


def name_of(source: Source | Pasted) -> str:
    """What a document is called on screen: its own name, without the folders that it is in."""
    if isinstance(source, Pasted):
        return "pasted text"
    return clean_line(PurePosixPath(source.member).name) if source.member else shown(Path(source.path.name))


def is_large(source: Source | Pasted) -> bool:
    """Whether reading it takes long enough to be noticed."""
    if isinstance(source, Pasted):
        return len(source.text) > LARGE
    try:
        return bool(source.member) or source.path.stat().st_size > LARGE
    except OSError:
        return False


def size_of(source: Source | Pasted) -> str:
    """How large a document is, for the person who waits for it: `5.0 MB`. Empty where that is not known."""
    if isinstance(source, Pasted):
        return size_text(len(source.text.encode()))
    try:
        return "" if source.member else size_text(source.path.stat().st_size)
    except OSError:
        return ""


def documents_in(path: Path) -> list[Source]:
    """The documents of a file that a person named: one, or those of an archive or a folder.

    Raises:
        UserError: it cannot be read.
    """
    return [Source(path)] if channels_in(path) else sources_of([path])


def channels_in(path: Path) -> list[str]:
    """The channels of a Slack export, those first that sound like an incident; none if a file is something else."""
    if path.suffix.lower() != ".zip":
        return []
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, BadZipFile, NotImplementedError):
        return []
    if not is_slack_export(names):
        return []
    days = [PurePosixPath(name) for name in names if _DAY.search(name)]
    channels = {day.parent.name for day in days if day.parent.name}
    return sorted(channels, key=lambda name: (_OF_AN_INCIDENT.search(name) is None, name))


def is_conversation(text: str) -> bool:
    """Whether a pasted block is a chat or a log, of which single lines make no entries. The beginning tells."""
    lines: tuple[Line, ...] = lines_of(text[:_BEGINNING])
    return any(hear(lines) is not None for hear in (hear_log, hear_lines, hear_blocks))
