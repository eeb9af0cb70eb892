"""Work that was left unsaved, and the app that finds it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from textual.pilot import Pilot

from schemas.edits import Edit
from schemas.incident import Event, Incident, Sections
from schemas.toml_file import dumps, loads
from tests.ui.screens import app_for, seen
from tests.workspace.journals import NOW, die, services
from tui.app import PostmortemApp
from tui.screens.recovery import RecoveryScreen
from tui.workspace.journal import Journal
from tui.workspace.recovery import Recovery, abandoned
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession
from tui.workspace.state_folders import journal_folder
from tui.workspace.storage import open_file

BEFORE = Incident(
    title="Checkout down",
    zone="UTC",
    severity="SEV2",
    sections=Sections(summary="It broke in the night.", root_cause="A full disk."),
    events=(Event(id="aaaa", text="Alert"), Event(id="bbbb", text="Over")),
)


def summary(words: str) -> Edit:
    """An edit of the summary."""
    return lambda doc: doc.model_copy(update={"sections": doc.sections.model_copy(update={"summary": words})})


def field(name: str, value: str) -> Edit:
    """An edit of a field of the incident."""
    return lambda doc: doc.changed(**{name: value})


def killed(path: Path | None, *changes: Edit, begun_in: Path | None = None, at: datetime = NOW) -> Journal:
    """A process had the file open (None: a new incident), made changes, and was killed."""
    if path is None:
        session = DocumentSession(Incident(), now=lambda: NOW)
    else:
        opened = open_file(path)
        session = DocumentSession(
            opened.loaded.incident, path=path, fingerprint=opened.fingerprint, remarks=opened.loaded.remarks,
            now=lambda: NOW,
        )  # fmt: skip
    clock = services(now=lambda: at)
    journal = Journal.start(session, clock, folder=journal_folder(), threaded=False, begun_in=begun_in)
    for change in changes:
        session.execute(change, label="typing")
    assert journal.write()
    die(journal)
    return journal


def by_another(path: Path, change: Edit) -> None:
    """Another program changes the file."""
    path.write_text(dumps(change(loads(path.read_text()))))


def left() -> tuple[Recovery, ...]:
    """What would be offered at the next start."""
    return abandoned(now=NOW)


def recovering(path: Path) -> PostmortemApp:
    """The app on a file or folder, looking after what is typed."""
    return app_for(path, Services.fake(keeps=True))


async def until(pilot: Pilot[int], true: Callable[[], object], limit: float = 10.0) -> None:
    """Wait until something is true."""
    end = time.monotonic() + limit
    while not true():
        assert time.monotonic() < end, f"not in {limit} s\n{seen(pilot)}"
        await pilot.pause(0.01)
    await pilot.pause()


async def offered(pilot: Pilot[int]) -> RecoveryScreen:
    """Wait for the screen, with the state of every file and the changes of the selected one on it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, RecoveryScreen))
    screen = pilot.app.screen
    assert isinstance(screen, RecoveryScreen)
    await until(pilot, lambda: screen.look_of(screen.recovery) and len(screen._states) >= len(screen.found))
    return screen
