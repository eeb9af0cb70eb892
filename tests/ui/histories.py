"""An incident with a past, for tests of the screen with earlier versions."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from schemas import edits, toml_file
from schemas.incident import Incident
from schemas.sign_off import content_hash
from schemas.verdicts import give_verdict
from tests.ui.remarks import TALKED
from tests.ui.screens import seen, written
from tui.screens.history import HistoryScreen
from tui.workspace.version_files import BACKUP, OUTSIDE, SAVE, VERDICT
from tui.workspace.versions_kept import keep

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
"""What the clock of the tests says."""

BROKEN = 'title = "Half a merge\n<<<<<<< HEAD\n'
FIRST = TALKED.model_copy(update={"comments": ()})


def past() -> list[tuple[timedelta, str, str]]:
    """How long ago, why, and what: a backup, a save, an approval, a broken file, and the last save."""
    second = edits.update_item(FIRST, "actions", "xxxx", owner="ana")
    approved = give_verdict(second, review_id="rvwaaa", reviewer="ana", at=NOW - timedelta(days=1), verdict="approve")
    last = edits.set_section(approved, "summary", "The export hung for an hour.")
    signed = VERDICT + content_hash(approved).rpartition(":")[2]
    return [
        (timedelta(days=40), BACKUP, toml_file.dumps(FIRST)),
        (timedelta(days=2), SAVE, toml_file.dumps(second)),
        (timedelta(days=1), signed, toml_file.dumps(approved)),
        (timedelta(hours=3), OUTSIDE, BROKEN),
        (timedelta(minutes=12), SAVE, toml_file.dumps(last)),
    ]


def with_past(folder: Path) -> Path:
    """A file that was saved a few times."""
    path = folder / "incident.toml"
    for ago, mark, text in past():
        keep(path, text.encode(), now=NOW - ago, mark=mark)
        path.write_text(text, encoding="utf-8")
    return path


def version(number: int) -> Incident:
    """What was kept, counted from the first."""
    return toml_file.loads(past()[number][2])


def plain(folder: Path) -> Path:
    """A file that was never saved by the program."""
    return written(folder, FIRST)


async def settled(pilot: Pilot[int]) -> HistoryScreen:
    """The screen, when git was asked and everything that can be seen was compared."""
    async with asyncio.timeout(30):
        while not isinstance(pilot.app.screen, HistoryScreen) or not pilot.app.screen.query("#versions"):
            await pilot.pause()
        await pilot.pause()
        while any(each.group in ("git", "looking", "deciding") for each in pilot.app.workers if not each.is_finished):
            await pilot.pause()
        await pilot.pause()
    return pilot.app.screen


def rows(pilot: Pilot[int]) -> list[str]:
    """The lines of the screen, without what the side shows."""
    return [line.split("│")[0].rstrip() for line in seen(pilot).splitlines()]
