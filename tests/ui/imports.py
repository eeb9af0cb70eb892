"""The screen that shows a document beside what was made of it, as it comes up in the app, and a report to read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from textual.pilot import Pilot

from schemas.incident import Incident
from schemas.readers.document import read_document
from tests.ui.screens import app_for, written
from tests.workspace.imports import reader
from tui.screens.import_screen import ImportScreen
from tui.workspace.import_session import Read
from tui.workspace.services import Services

REPORT: Final = """\
# Search slow after a reindex

**Date:** 04/05/2024
**Severity:** SEV2
**Authors:** Ana Lima, Bo Chen

## Summary

Search answered in eight seconds and more for two hours. Customers of the shop could not find anything. The reindex \
job had been started with the wrong number of shards, and nobody saw it.

## Timeline (all times CST)

- 09:00 Reindex of the catalogue is started
- 09:20 Alert: p99 of search above 5 s
- 09:31 Bo takes the incident
- 09:25 First customer calls
- 10:40 Job is stopped, latency falls
- 11:02 Everything is back to normal; resolved

## Root cause

The job took its number of shards from a default of 2018.

## Action items

- [ ] Take the default out (Bo, due 2024-05-20)
- [x] Add an alert for the number of shards - Ana
"""
Results = list[Incident | None]


def read_report(text: str = REPORT, name: str = "notes.md") -> Read:
    """What reads a report by the program's own readers."""
    return lambda told: read_document(text, name=name, **told.keywords())


def importing(pilot: Pilot[Any]) -> ImportScreen:
    """The screen, which may be under a dialog."""
    return next(each for each in reversed(pilot.app.screen_stack) if isinstance(each, ImportScreen))


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until everything was read."""
    await pilot.pause()
    for worker in [each for each in pilot.app.workers if each.group == "reading"]:
        await worker.wait()
    await pilot.pause()


def reviewed(
    tmp_path: Path,
    scenario: Callable[[Pilot[int], Results], Awaitable[None]],
    *,
    read: Read | None = None,
    size: tuple[int, int] = (120, 40),
    large: bool = False,
    only_events: bool = False,
    waits: bool = True,
    document_size: str = "",
) -> Results:
    """Let a person look at a document, and give what the screen gave; `waits` until it was read."""
    results: Results = []
    app = app_for(written(tmp_path, Incident(title="T")), Services.fake())

    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            screen = ImportScreen(
                "notes.md", read or reader(), large=large, size=document_size, only_events=only_events
            )
            await app.push_screen(screen, results.append)
            if waits:
                await settled(pilot)
            else:
                await pilot.pause(0.2)
            await scenario(pilot, results)

    asyncio.run(go())
    return results
