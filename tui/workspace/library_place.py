"""Where the indexes of libraries are kept, and what checking has remembered of them."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.workspace.paths import cache_dir
from tui.workspace.private_folder import PrivateFolder

ENDING: Final = ".sqlite"

MEMORY_ENDING: Final = ".lines"

MOST_REMEMBERED: Final = 1 << 29
"""Bytes that all memories of checks may take; who asks for ever other rules has one for each."""

UNUSED_DAYS: Final = 30
"""After so many days an index is removed that nobody has used; its library may be gone."""


def index_folder() -> Path:
    """The folder of all indexes."""
    return cache_dir() / "library"


def memory_folder() -> Path | None:
    """The folder of what checking has remembered; None where this person has no place for it."""
    folder = cache_dir() / "check"
    return folder if folder.is_absolute() else None


def index_file(folder: Path, place: Path | None = None) -> Path:
    """The index of a library; `place` is the folder of all indexes if it is another one.

    Each machine has its own: SQLite's way of letting several processes write at once does not reach over a network.
    """
    return (place or index_folder()) / f"{_number(folder)}{ENDING}"


def memory_file(folder: Path, agreed: str, place: Path) -> Path:
    """What checking has remembered of the files of a library, looked at by what was `agreed`; `place` is the folder of
    all that was remembered."""
    return place / f"{_number(folder, agreed)}{MEMORY_ENDING}"


def _number(folder: Path, *more: str) -> str:
    named = (os.fsencode(os.path.realpath(folder)), os.uname().nodename.encode(), *(each.encode() for each in more))
    return hashlib.sha256(b"\0".join(named)).hexdigest()[:32]


def files_of(index: Path) -> tuple[Path, ...]:
    """The files that SQLite makes of an index."""
    return tuple(index.with_name(index.name + ending) for ending in ("", "-wal", "-shm"))


def tidy_indexes(*, wanted: bool, place: Path | None = None, now: float | None = None) -> None:
    """Remove the indexes that nobody has used for long; all of them where none are `wanted`.

    `place` is the folder of all indexes if it is another one, `now` is in seconds since 1970. Raises nothing.
    """
    now = time.time() if now is None else now
    for index, known in PrivateFolder(place or index_folder()).files(ENDING):
        if not wanted or now - known.st_mtime > UNUSED_DAYS * 86_400:
            for file in files_of(index):
                with suppress(OSError):
                    file.unlink()


def tidy_memories(*, wanted: bool, place: Path | None = None, now: float | None = None) -> None:
    """Remove what checking has remembered and nobody has used for long, or of which there is too much; all of it where
    it is not `wanted`. See `tidy_indexes`. Raises nothing."""
    now = time.time() if now is None else now
    if (place := place or memory_folder()) is None:
        return
    folder = PrivateFolder(place)
    left = MOST_REMEMBERED
    for file, known in sorted(folder.files(MEMORY_ENDING), key=lambda each: -each[1].st_mtime):
        left -= known.st_size
        if not wanted or left < 0 or now - known.st_mtime > UNUSED_DAYS * 86_400:
            folder.remove(file)
    folder.sweep(now)
