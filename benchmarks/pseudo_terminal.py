"""A program in a real pseudo-terminal: what it sends, when, and what then stands on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Final, Self

import pyte

NAMED_KEYS: Final = {
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~", "ctrl+home": "\x1b[1;5H", "ctrl+end": "\x1b[1;5F",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
}  # fmt: skip

QUERIES: Final = (b"\x1b[?2026$p", b"\x1b[>1u", b"\x1b[<u", b"\x1b[>0q", b"\x1b[?2048$p")
"""What Textual asks a terminal, in sequences that pyte would show as text."""


def bytes_of(key: str) -> bytes:
    """What a terminal sends for a key, by the name that Textual gives it."""
    if key in NAMED_KEYS:
        return NAMED_KEYS[key].encode()
    if key.startswith("ctrl+") and len(key) == 6:
        return bytes([ord(key[5].upper()) & 0x1F])
    if key.startswith("alt+"):
        return b"\x1b" + bytes_of(key.removeprefix("alt+"))
    return key.encode()


class PseudoTerminal:
    """A running program. Times are those of `perf_counter`, in seconds; the program is ended on leaving.

    What it keeps for itself (settings, journals) goes to `home`, so that nobody's own is touched.
    """

    def __init__(self, command: Sequence[str], columns: int, rows: int, home: Path) -> None:
        self.columns, self.rows = columns, rows
        self.received: list[tuple[float, bytes]] = []
        self.begin = perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(columns), LINES=str(rows))
            os.environ.update({f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "STATE", "DATA")})
            for name in ("NO_COLOR", "TEXTUAL_ANIMATIONS"):
                os.environ.pop(name, None)
            os.execvp(command[0], list(command))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    def send(self, data: bytes) -> None:
        os.write(self._fd, data)

    def read(self, seconds: float) -> bool:
        """Take in what comes next within some seconds; False if nothing came."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # the program has ended
            return False
        if data:
            self.received.append((perf_counter(), data))
        return bool(data)

    def settle(self, still: float, limit: float = 20.0) -> None:
        """Take in all that comes until nothing has come for a while."""
        end = perf_counter() + limit
        while perf_counter() < end and self.read(still):
            pass

    def screen(self) -> str:
        """What stands on the screen now."""
        screen = pyte.Screen(self.columns, self.rows)
        _feed(pyte.ByteStream(screen), b"".join(data for _, data in self.received))
        return "\n".join(screen.display)

    def seconds_until(self, reached: Callable[[str], bool]) -> float | None:
        """How long after its start the program first had such a screen; None if it never had."""
        screen = pyte.Screen(self.columns, self.rows)
        stream = pyte.ByteStream(screen)
        for at, data in self.received:
            _feed(stream, data)
            if reached("\n".join(screen.display)):
                return at - self.begin
        return None


def _feed(stream: pyte.ByteStream, data: bytes) -> None:
    for query in QUERIES:
        data = data.replace(query, b"")
    stream.feed(data)
