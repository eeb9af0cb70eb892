"""Keeping what was made of a document when the program ends before it was accepted."""

from __future__ import annotations

from pathlib import Path

from schemas import edits
from schemas.incident import Incident
from tui.workspace.journal import Journal
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession


def keep_draft(incident: Incident, services: Services, folder: Path) -> bool:
    """Put an incident that is in no file where the next start finds it, as one that was begun in a folder.

    Waits for the disk; True if it is there. For the end of the program: nothing takes it away again.
    """
    if not services.keeps:
        return False
    session = DocumentSession(edits.with_ids(Incident(), services.rng), now=services.now)
    session.execute(lambda _: incident, label="importing")
    return Journal.start(session, services, begun_in=folder, threaded=False).flush()
