"""Where the screen is written to: a terminal that may go away at any moment."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import TextIO


class Outlet:
    """Stands before a stream; once that fails, everything goes nowhere. `gone` is then called once, from any thread.

    Textual writes in a thread of its own and waits for it: without this the first failed write would end that thread,
    and the program would wait for ever.
    """

    def __init__(self, stream: TextIO, gone: Callable[[], None]) -> None:
        self._stream = stream
        self._gone = gone
        self.lost = False

    def write(self, text: str) -> int:
        """Write a text, or nothing if there is no terminal any more."""
        if not self.lost:
            try:
                self._stream.write(text)
            except (OSError, ValueError):
                self._lose()
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        if not self.lost:
            try:
                self._stream.flush()
            except (OSError, ValueError):
                self._lose()

    def fileno(self) -> int:
        """The file descriptor of the terminal."""
        return self._stream.fileno()

    def isatty(self) -> bool:
        """Whether there is a terminal still."""
        return not self.lost and os.isatty(self.fileno())

    def _lose(self) -> None:
        self.lost = True
        with contextlib.suppress(OSError, ValueError):
            # What Python still holds back would fail again at its own end, and change the exit code.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        self._gone()
