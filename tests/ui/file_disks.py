"""Disks that take their time."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from tui.workspace.disk import RealDisk


class SlowToAnswer(RealDisk):
    """Puts an incident in its place, and says so only once it `answers`; at most some seconds later."""

    def __init__(self) -> None:
        self.answers = threading.Event()
        self._wrote = threading.Event()

    async def wrote(self) -> None:
        """Wait until the incident is in its place."""
        while not self._wrote.is_set():
            await asyncio.sleep(0.01)

    def replace(self, source: Path, target: Path) -> None:
        """Move a file over another."""
        super().replace(source, target)
        if target.suffix == ".toml":
            self._wrote.set()
            self.answers.wait(10)
