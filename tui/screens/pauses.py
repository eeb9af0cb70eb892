"""What follows from an edit and need not be seen with it: done once nobody has typed for a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


class AfterPause:
    """Does something in a part of the screen when `begin` was not called again for some seconds; see `Services.pause`.

    No timer of Textual's, which would be a task of its own for every key.
    """

    def __init__(self, part: MessagePump, seconds: float, what: Callable[[], None]) -> None:
        self._part = part
        self._seconds = seconds
        self._what = what
        self._due: asyncio.TimerHandle | None = None
        self.pending = False
        """Whether it has still to be done."""

    def begin(self) -> None:
        """Wait from now on; for the thread of the screen."""
        self.drop()
        self.pending = True
        if self._seconds > 0:
            self._due = asyncio.get_running_loop().call_later(self._seconds, self._part.call_later, self.now)
        else:
            self._part.call_later(self.now)

    def now(self) -> None:
        """Do it, if it has still to be done."""
        if self.pending:
            self.drop()
            self._what()

    def drop(self) -> None:
        """It need not be done any more."""
        self.pending = False
        if self._due is not None:
            self._due.cancel()
            self._due = None
