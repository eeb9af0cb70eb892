"""The program in a real pseudo-terminal: keys go in as bytes, the screen comes out as a terminal would show it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r", "esc": "\x1b", "tab": "\t", "down": "\x1b[B", "up": "\x1b[A", "home": "\x1b[H", "end": "\x1b[F",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "f8": "\x1b[19~",
    "f9": "\x1b[20~", "f11": "\x1b[23~", "f12": "\x1b[24~",
    **{f"ctrl+{letter}": chr(ord(letter) & 0x1F) for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{f"alt+{letter}": f"\x1b{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"},
    # Not O: that begins the sequence of a function key.
    **{f"alt+shift+{letter}": f"\x1b{letter.upper()}" for letter in "abcdefghijklmnpqrstuvwxyz"},
}  # fmt: skip
# Questions to the terminal that pyte would print instead of understanding.
_QUESTIONS = (b"\x1b[?2026$p", b"\x1b[?2048$p", b"\x1b[>0q", b"\x1b[>1u", b"\x1b[<u", b"\x1b[c")


class Terminal:
    """A program in a terminal of its own. Use as a context manager: at the end the program is ended."""

    def __init__(
        self,
        *arguments: str,
        cwd: Path,
        size: tuple[int, int] = (120, 40),
        environ: Mapping[str, str | None] | None = None,
        program: Sequence[str] = ("-m", "tui"),
        before: Callable[[], object] | None = None,
    ) -> None:
        """`program` is what Python runs. A variable of `environ` that is None is not set. `before` is called in the new
        process, just before the program takes its place.
        """
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status: int | None = None
        wanted: dict[str, str | None] = {**os.environ, "COLUMNS": None, "LINES": None}
        wanted |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", **(environ or {})}
        env = {name: value for name, value in wanted.items() if value is not None}
        # The width has to be right before the program looks: it asks once, at its start.
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.chdir(cwd)
            if before is not None:
                before()
            os.execvpe(sys.executable, [sys.executable, *program, *arguments], env)
        self._modes = termios.tcgetattr(self.fd)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.status is None:
            for number in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.kill(self.pid, number)
                except ProcessLookupError:
                    break
                if self._ended(3):
                    break
        self.close()

    def close(self) -> None:
        """Take the terminal away, as a lost connection does."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def read(self, seconds: float) -> bool:
        """Take what the program sends within some time; False if nothing came."""
        if self.fd < 0:
            time.sleep(seconds)
            return False
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.raw += data
        for question in _QUESTIONS:
            data = data.replace(question, b"")
        self._stream.feed(data)
        return bool(data)

    def expect(self, text: str, limit: float = 20.0) -> None:
        """Wait until the screen shows a text."""
        end = time.monotonic() + limit
        while text not in self.text:
            if time.monotonic() > end:
                raise AssertionError(f"not on the screen: {text!r}\n{self.text}")
            self.read(0.1)

    def until(self, true: Callable[[], object], limit: float = 20.0) -> None:
        """Wait until something is true of the world outside of the screen."""
        end = time.monotonic() + limit
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"it did not come true\n{self.text}")
            self.read(0.05)

    def settle(self, quiet: float = 0.3, limit: float = 10.0) -> None:
        """Wait until nothing more comes."""
        end = time.monotonic() + limit
        while self.read(quiet) and time.monotonic() < end:
            pass

    def press(self, *keys: str) -> None:
        """Press keys by name, or type text."""
        for key in keys:
            os.write(self.fd, KEYS.get(key, key).encode())
            # An escape that is followed at once by a letter is Alt and that letter.
            self.settle(0.15 if key == "esc" else 0.02)

    def write(self, data: bytes) -> None:
        """Send bytes as they are; reads meanwhile, since a program that cannot write does not read either."""
        at = 0
        while at < len(data):
            _, ready, _ = select.select([], [self.fd], [], 0.05)
            if ready:
                at += os.write(self.fd, data[at : at + 1024])
            self.read(0)

    @property
    def given_back(self) -> bool:
        """Whether the terminal is as it was before the program: its own screen, cursor, keys, mouse and line modes."""
        last = {}
        for code, letter in re.findall(rb"\x1b\[\?(\d+)([hl])", self.raw):
            last[int(code)] = letter
        on = {code for code, letter in last.items() if letter == b"h"}
        pushed = self.raw.count(b"\x1b[>") - self.raw.count(b"\x1b[<u")
        # The cursor and line wrapping are on by nature.
        return not on - {25, 7} and {25, 7} <= on | ({25, 7} - last.keys()) and pushed <= 0 and self._as_before

    @property
    def _as_before(self) -> bool:
        return termios.tcgetattr(self.fd)[:4] == self._modes[:4]

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        os.kill(self.pid, signal.SIGWINCH)

    def exit_code(self, limit: float = 20.0) -> int:
        """Wait for the end; the exit code, or minus the signal's number."""
        assert self._ended(limit), f"still running\n{self.text}"
        assert self.status is not None
        return os.waitstatus_to_exitcode(self.status)

    def _ended(self, limit: float) -> bool:
        end = time.monotonic() + limit
        while time.monotonic() < end:
            self.read(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = status
                while self.read(0.05):
                    pass
                return True
        return False
