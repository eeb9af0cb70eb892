"""Sessions that are followed, and what is left when their process ends at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from schemas import edits, toml_file
from schemas.incident import Incident, Sections
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.journal import Journal
from tui.workspace.recovery import Recovery, abandoned
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession
from tui.workspace.storage import open_file

NOW: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)


def services(disk: Disk = REAL_DISK, now: Callable[[], datetime] = lambda: NOW) -> Services:
    return replace(Services.fake(disk=disk), now=now)


def session_of(path: Path | None = None, title: str = "Old") -> DocumentSession:
    """A session on a new incident, or on one that is in the file (which is made)."""
    incident = Incident(title=title, sections=Sections(summary="What happened that night. " * 40))
    if path is None:
        return DocumentSession(incident, now=lambda: NOW)
    path.write_text(toml_file.dumps(incident), encoding="utf-8")
    opened = open_file(path)
    return DocumentSession(opened.loaded.incident, path=path, fingerprint=opened.fingerprint, now=lambda: NOW)


def follow(session: DocumentSession, folder: Path, disk: Disk = REAL_DISK, **more: Any) -> Journal:
    """A journal that writes when it is told to."""
    return Journal.start(session, services(disk), folder=folder, threaded=False, **more)


def title(session: DocumentSession, text: str) -> None:
    session.execute(lambda doc: edits.set_field(doc, "title", text), label="typing", merge_key="title")


def die(journal: Journal) -> None:
    """What the system does for a process that is killed: its files are closed, and nothing else happens."""
    file = journal._file
    if file._file is not None:
        os.close(file._file)
        file._file = None


def left(folder: Path) -> tuple[Recovery, ...]:
    return abandoned(folder, now=NOW)
