"""A program in a real pseudo-terminal: what it sends, when, and what then stands on its screen.

The terminal may be far away: behind a slow line everything comes and goes as late as it would there.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import clock_gettime, perf_counter
from types import TracebackType
from typing import Final, Self

import pyte

from benchmarks.answers import Answers
from benchmarks.line import Line

NAMED_KEYS: Final = {
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~", "ctrl+home": "\x1b[1;5H", "ctrl+end": "\x1b[1;5F",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
    "ctrl+pageup": "\x1b[5;5~", "ctrl+pagedown": "\x1b[6;5~",
}  # fmt: skip

_CPU_OF_ALL_THREADS: Final = 2
"""The clock that is meant, beside the number of the process: see `clock_getcpuclockid(3)` and the kernel's headers."""

_NOT_SHOWN: Final = re.compile(
    rb"\x1b\[[<>=?][0-9;]*[$ %]?[a-gi-km-z]|\x1b\[[0-9;]*%m|\x1bP.*?\x1b\\|\x1b\][^\x1b\x07]*(?:\x07|\x1b\\)", re.DOTALL
)
"""Questions and settings that pyte would show as text."""

_CUT: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|P[^\x1b]*\x1b?|\][^\x1b\x07]*\x1b?)?\Z", re.DOTALL)
"""What may go on in what comes next."""


def bytes_of(key: str) -> bytes:
    """What a terminal sends for a key, by the name that Textual gives it."""
    if key in NAMED_KEYS:
        return NAMED_KEYS[key].encode()
    if key.startswith("ctrl+") and len(key) == 6:
        return bytes([ord(key[5].upper()) & 0x1F])
    if key.startswith("alt+"):
        return b"\x1b" + bytes_of(key.removeprefix("alt+"))
    return key.encode()


class Screen(pyte.Screen):
    """A screen that is given bytes, and lets pass what programs only ask it."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self._stream = pyte.ByteStream(self)
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Show what was sent."""
        data = _NOT_SHOWN.sub(b"", self._rest + data)
        cut = _CUT.search(data)
        self._rest = cut.group() if cut else b""
        self._stream.feed(data[: len(data) - len(self._rest)])

    @property
    def text(self) -> str:
        """What stands on it, line by line."""
        return "\n".join(self.display)

    def select_graphic_rendition(self, *attributes: int, private: bool = False) -> None:
        if not private:
            super().select_graphic_rendition(*attributes)


class PseudoTerminal:
    """A running program. Times are those of `perf_counter`, in seconds; the program is ended on leaving.

    What it keeps for itself (settings, journals) goes to `home`, so that nobody's own is touched. `received` is what
    the terminal got, and when. With `bandwidth` (bits a second, each way) and `round_trip` (seconds) it is at the other
    end of a slow line; where it `answers`, it does so from there.
    """

    def __init__(
        self, command: Sequence[str], columns: int, rows: int, home: Path, *, bandwidth: float = 0.0,
        round_trip: float = 0.0, answers: bool = False, environment: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.columns, self.rows = columns, rows
        self.received: list[tuple[float, bytes]] = []
        self.spent: list[float] = []
        """Seconds of processor time of the program when each of `received` had come."""
        self._screen = Screen(columns, rows)
        self._fed = 0
        self._lines = (Line(bandwidth, round_trip / 2), Line(bandwidth, round_trip / 2)) if bandwidth else None
        self._answers = Answers(columns, rows) if answers else None
        self.begin = perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(columns), LINES=str(rows))
            os.environ.update({f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "STATE", "DATA")})
            os.environ.update(environment or {})
            for name in ("NO_COLOR", "TEXTUAL_ANIMATIONS"):
                os.environ.pop(name, None)
            os.execvp(command[0], list(command))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def send(self, data: bytes) -> None:
        """Press keys; over a slow line they reach the program later, while something is read or waited for."""
        if self._lines is None:
            os.write(self._fd, data)
        else:
            self._lines[0].put(data, perf_counter())

    def read(self, seconds: float) -> bool:
        """Take in what the terminal gets next within some seconds; False if nothing came."""
        end, before = perf_counter() + seconds, len(self.received)
        while True:
            self._carry()
            if len(self.received) > before:
                return True
            left = end - perf_counter()
            if left < 0 or not self._take(left):
                return len(self.received) > before

    def wait(self, seconds: float) -> None:
        """Take in all that comes within some seconds."""
        end = perf_counter() + seconds
        while (left := end - perf_counter()) > 0 and self.read(left):
            pass

    def wait_for(self, text: str, limit: float = 20.0) -> bool:
        """Take in all that comes until a text stands on the screen; False if it does not within some seconds."""
        end = perf_counter() + limit
        while text not in self.screen_at(perf_counter()).text:
            if perf_counter() > end:
                return False
            self.read(0.2)
        return True

    def settle(self, still: float, limit: float = 20.0) -> None:
        """Take in all that comes until nothing has come for a while."""
        end = perf_counter() + limit
        while perf_counter() < end and self.read(still):
            pass

    def _take(self, seconds: float) -> bool:
        """Wait for the program or for the line; False if the time is over or the program has ended."""
        now = perf_counter()
        arrivals = [line.next_arrival for line in self._lines or ()]
        pause = min([seconds, *(max(at - now, 0.0) for at in arrivals if at is not None)])
        ready, _, _ = select.select([self._fd], [], [], pause)
        if not ready:
            return pause < seconds
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # the program has ended
            return False
        if self._lines is not None:
            self._lines[1].put(data, perf_counter())
        elif data:
            self._receive(perf_counter(), data)
        return bool(data)

    def _carry(self) -> None:
        """Bring to both ends what the line has carried so far."""
        if self._lines is None:
            return
        to_program, to_terminal = self._lines
        for at, data in to_terminal.arrived(perf_counter()):
            self._receive(at, data)
        for _, data in to_program.arrived(perf_counter()):
            os.write(self._fd, data)

    def _receive(self, at: float, data: bytes) -> None:
        self.received.append((at, data))
        self.spent.append(self.cpu())
        if self._answers is not None and (answer := self._answers.to(data)):
            self.send(answer)

    def cpu(self) -> float:
        """Seconds of processor time that the program has used so far, all of its threads together (Linux only)."""
        return clock_gettime((~self.pid << 3) | _CPU_OF_ALL_THREADS)

    def spent_at(self, at: float) -> float:
        """Seconds of processor time that the program had used when the terminal got what it got at a moment."""
        return next((cpu for (then, _), cpu in zip(self.received, self.spent, strict=True) if then >= at), 0.0)

    def screen_at(self, at: float) -> Screen:
        """The screen as it was at a moment, which must not be before the one that was asked for last."""
        while self._fed < len(self.received) and self.received[self._fed][0] <= at:
            self._screen.feed(self.received[self._fed][1])
            self._fed += 1
        return self._screen

    def screen(self) -> str:
        """What stands on the screen now."""
        screen = Screen(self.columns, self.rows)
        screen.feed(b"".join(data for _, data in self.received))
        return screen.text

    def seconds_until(self, reached: Callable[[str], bool]) -> float | None:
        """How long after its start the program first had such a screen; None if it never had."""
        screen = Screen(self.columns, self.rows)
        for at, data in self.received:
            screen.feed(data)
            if reached(screen.text):
                return at - self.begin
        return None
