"""Files of SQLite in a folder of this person: made private, opened, seen through, thrown away."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.workspace.library_place import files_of
from tui.workspace.private_folder import PrivateFolder

_BUSY_SECONDS: Final = 2.0


def connected(file: Path) -> sqlite3.Connection:
    """A connection to a file, which is made where there is none; commits are done as told.

    Raises:
        OSError, UserError: the file or its folder cannot be made.
        sqlite3.Error: it is no such file, or another program holds it.
    """
    PrivateFolder(file.parent).make()
    # SQLite gives its other files the mode of this one.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
    os.utime(file)  # says when it was used last
    db = sqlite3.connect(file, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -16384")
    except BaseException:
        db.close()
        raise
    return db


def has_full_text(db: sqlite3.Connection) -> bool:
    """Whether this SQLite has FTS5."""
    try:
        db.execute("SELECT fts5_source_id()")
    except sqlite3.OperationalError as error:
        if is_busy(error):
            raise
        return False
    return True


def is_busy(error: BaseException) -> bool:
    """Whether somebody else holds the file, which is no damage."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def remove(file: Path) -> None:
    """Remove a file with those that SQLite keeps beside it, as far as that can be done."""
    for path in files_of(file):
        with suppress(OSError):
            path.unlink()
