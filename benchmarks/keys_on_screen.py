"""What a key costs the processor in the whole program, without a terminal."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from unittest.mock import patch

from benchmarks.growth import cpu_seconds, homes
from tui.app import PostmortemApp
from tui.screens.document import DocumentScreen
from tui.workspace.outline import Spot
from tui.workspace.services import Services


def cpu_a_key(
    path: Path,
    reach: Sequence[str],
    key: str,
    *,
    at: Spot | None = None,
    times: int = 15,
    size: tuple[int, int] = (80, 24),
) -> float:
    """Milliseconds of processor time until all that follows from a key is done, in a file at the place to which `at`
    and then some keys lead: the median of several."""

    async def measured() -> float:
        app = PostmortemApp(path, Services.fake())
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            if at is not None and isinstance(app.screen, DocumentScreen):
                await app.screen.open_spot(at)
            await pilot.press(*reach)
            await pilot.pause(0.5)
            taken = []
            for _ in range(times + 2):
                begin = cpu_seconds()
                await pilot.press(key)
                # Findings and other slow things follow in a pause.
                await pilot.pause(0.3)
                taken.append(cpu_seconds() - begin)
            return median(taken[2:]) * 1000

    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, homes(home)):
        return asyncio.run(measured())
