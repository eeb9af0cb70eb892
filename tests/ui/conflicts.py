"""The screen that asks about conflicts, over a document as it comes up in the app."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from schemas.incident import Incident
from schemas.merge import Merged
from schemas.merge_file import MergedFile
from tests.ui.screens import app_for, written
from tests.workspace.conflicts import base, loaded, ours, theirs
from tui.screens.conflict import ConflictScreen, Resolved
from tui.workspace.services import Services

LABELS = ("yours", "the file")


def merged_file() -> MergedFile:
    """Five conflicts of every common kind."""
    from schemas.merge_file import merge_files

    return merge_files(loaded(base()), loaded(ours()), loaded(theirs()))


def conflicts(pilot: Pilot[Any]) -> ConflictScreen:
    """The screen, which may be under a dialog."""
    return next(each for each in reversed(pilot.app.screen_stack) if isinstance(each, ConflictScreen))


def asked(
    tmp_path: Path,
    scenario: Callable[[Pilot[int], list[Resolved | None]], Awaitable[None]],
    merge: MergedFile | Merged | None = None,
    size: tuple[int, int] = (120, 40),
) -> list[Resolved | None]:
    """Let a person choose, and give what the screen gave."""
    results: list[Resolved | None] = []
    app = app_for(written(tmp_path, Incident(title="T")), Services.fake())

    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            screen = ConflictScreen(
                merge or merged_file(), labels=LABELS, title="Search is down",
                explain="incident.toml was changed by somebody else", now=app.services.now,
            )  # fmt: skip
            await app.push_screen(screen, results.append)
            await app.workers.wait_for_complete()
            await pilot.pause()
            await scenario(pilot, results)

    asyncio.run(go())
    return results
