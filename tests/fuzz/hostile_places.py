"""Things in a folder that are called like incidents and are none, made by code."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MOST_SECONDS: Final = 20.0


def _socket(path: Path) -> None:
    # A path to a socket may have only about a hundred letters; relative to its folder it is short.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _circle(path: Path) -> None:
    path.symlink_to(path.with_name("other-circle"))
    path.with_name("other-circle").symlink_to(path)


def _link_to_fifo(path: Path) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def _link_through_file(path: Path) -> None:
    path.with_name("file").touch()
    path.symlink_to("file/x.toml")


def sparse(path: Path, size: int) -> None:
    """A file of so many bytes that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)


THINGS: Final[dict[str, Callable[[Path], None]]] = {
    "fifo": os.mkfifo,
    "link to a fifo": _link_to_fifo,
    "socket": _socket,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
    "folder": Path.mkdir,
    "link to a folder": lambda path: path.symlink_to("."),
    "circle": lambda path: path.symlink_to(path.name),
    "circle of two": _circle,
    "dangling link": lambda path: path.symlink_to("nowhere.toml"),
    "link through a file": _link_through_file,
    "memory of the process": lambda path: path.symlink_to("/proc/self/mem"),
    "100 MB": lambda path: sparse(path, 100_000_000),
    "8 TB": lambda path: sparse(path, 8 << 40),
    "long link": lambda path: path.symlink_to("x" * 300),
}  # fmt: skip
"""Each makes one at a path."""

NAMES: Final = (
    "a\nb.toml", "\x1b[2J\x1b]52;c;aGk=\x07.toml", "\x9b31m.toml", "\u202ecod.toml", "x" * 250 + ".toml",
    "é" * 120 + ".toml", ".toml", " .toml", "-x.toml", "--force.toml", "a\\b.toml", "~.toml", "$(id).toml", "*.toml",
    "con.toml", "a\tb.toml", os.fsdecode(b"\xff\xfe\x80.toml"), "\u2028.toml", "[b].toml", "%s%n.toml", "{0}.toml",
    "a:b.toml", "' \".toml",
)  # fmt: skip
"""Names that a file system takes and a terminal, a shell or a template would not."""


@contextmanager
def in_time(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """What waits for a pipe that nobody writes to is called back, and the test fails."""

    def late(*_: object) -> None:
        raise AssertionError(f"nothing came of it in {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
