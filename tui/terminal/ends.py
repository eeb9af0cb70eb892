"""The ends that come from outside: signals, and a terminal that is gone.

Each ends in order if the program still can: words are written, the screen is taken down, the exit code says why. If it
cannot, because something blocks, a thread on the side does the least that is needed and ends the process.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from msgspec import Struct, field

from tui.workspace.errors import EXIT_SIGNAL

GRACE: Final = {signal.SIGTERM: 5.0, signal.SIGHUP: 1.2}
"""Seconds for an end in order. Nobody waits behind SIGTERM; behind SIGHUP the machine may be going down."""
CRASH_GRACE: Final = 5.0
_LAST_WORDS: Final = 0.4
_LAST_BYTES: Final = 0.2
"""Seconds for writing words, and for the terminal, when the end is not in order any more: 2 for all behind a SIGHUP."""

Handler = Callable[[int, FrameType | None], Any] | int | None


class Ends(Struct):
    """What to do at an end. All are called without an exception getting out.

    `leave(exit code)` and `interrupted()` may be called at any moment in the main thread and only ask for something;
    `keep()` writes what is unwritten, `restore()` gives the terminal back, `tell()` says what is to be said: from
    another thread.
    """

    leave: Callable[[int], None]
    interrupted: Callable[[], None]
    keep: Callable[[], object]
    restore: Callable[[], None]
    tell: Callable[[], None]
    asked: signal.Signals | None = None
    """The signal that the program ends because of."""
    _before: dict[signal.Signals, Handler] = field(default_factory=dict)
    _now: threading.Event = field(default_factory=threading.Event)
    _over: bool = False
    _side: threading.Thread | None = None

    def install(self) -> None:
        """Listen to signals; only in the main thread. A hang-up that was to be ignored (nohup) still is."""
        for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            before = signal.getsignal(each)
            if each is signal.SIGHUP and before == signal.SIG_IGN:
                continue
            self._before[each] = before
            signal.signal(each, self._signalled)

    def remove(self) -> None:
        """The end is reached: leave the signals to whoever had them before. A signal still ends the process in time."""
        for each, before in self._before.items():
            signal.signal(each, before if before is not None else signal.SIG_DFL)
        self._before.clear()
        if self.asked is None:
            self._over = True
            self._now.set()

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT:
            # As Ctrl+C, which has long meant "copy" to most people: it never throws anything away.
            self.interrupted()
        elif number == signal.SIGTERM and self.asked is signal.SIGTERM:
            self._now.set()
        else:
            self.end(signal.Signals(number))

    def end(self, why: signal.Signals) -> None:
        """End as this signal asks for, whoever noticed the reason."""
        if self.asked is not None:
            return
        self.asked = why
        self.at_the_latest(GRACE.get(why, CRASH_GRACE), EXIT_SIGNAL + why)
        self.leave(EXIT_SIGNAL + why)

    def at_the_latest(self, seconds: float, code: int) -> None:
        """End the process with an exit code if it is still there then."""
        if self._side is None:
            self._side = threading.Thread(target=self._watch, args=(seconds, code), name="the end", daemon=True)
            self._side.start()

    def _watch(self, seconds: float, code: int) -> None:
        self._now.wait(seconds)
        if self._over:
            return
        for step, most in ((self.keep, _LAST_WORDS), (self.restore, _LAST_BYTES), (self.tell, _LAST_BYTES)):
            # Each may hang on what the program hangs on.
            part = threading.Thread(target=_quietly, args=(step,), name="the end", daemon=True)
            part.start()
            part.join(most)
        os._exit(code)


def _quietly(step: Callable[[], object]) -> None:
    with contextlib.suppress(BaseException):
        step()
