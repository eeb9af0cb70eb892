"""Where the indexes of libraries are kept."""

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

UNUSED_DAYS: Final = 30
"""After so many days an index is removed that nobody has used; its library may be gone."""


def index_folder() -> Path:
    """The folder of all indexes."""
    return cache_dir() / "library"


def index_file(folder: Path, place: Path | None = None) -> Path:
    """The index of a library; `place` is the folder of all indexes if it is another one.

    Each machine has its own: SQLite's way of letting several processes write at once does not reach over a network.
    """
    named = b"\0".join((os.fsencode(os.path.realpath(folder)), os.uname().nodename.encode()))
    return (place or index_folder()) / f"{hashlib.sha256(named).hexdigest()[:32]}{ENDING}"


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
