"""Doing something one after the other, where who is done with what matters may rest until the next one comes."""

from __future__ import annotations

import asyncio
from types import TracebackType


class Turns:
    """`async with turns:` waits until nobody else is inside."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._wanted = asyncio.Event()
        self._waiting = 0

    async def __aenter__(self) -> None:
        """Wait for the turn."""
        self._waiting += 1
        self._wanted.set()
        try:
            await self._lock.acquire()
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._wanted.clear()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        """The next one may go on."""
        self._lock.release()

    def locked(self) -> bool:
        """Whether somebody is inside."""
        return self._lock.locked()

    async def rest(self, seconds: float) -> bool:
        """Wait inside for so long; False, and at once, if somebody waits for the turn."""
        try:
            async with asyncio.timeout(seconds):
                await self._wanted.wait()
        except TimeoutError:
            return True
        return False
