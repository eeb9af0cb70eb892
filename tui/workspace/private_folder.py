"""A folder for what nobody else may read: unsaved words and earlier versions. Links in it are never followed."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import EXIT_FILE, UserError

_TEMPORARY: Final = ".tmp"
_LEFT_OVER: Final = 86_400
"""Seconds after which a temporary file has no writer any more."""


class PrivateFolder:
    """A folder with mode 0700 whose files have mode 0600. It is made when something is first written."""

    def __init__(self, path: Path, *, disk: Disk = REAL_DISK) -> None:
        self.path = path
        self.disk = disk

    def make(self) -> None:
        """See to it that the folder is there and private.

        Raises:
            UserError: it is a link or no folder, or belongs to somebody else.
            OSError: it cannot be made.
        """
        try:
            known = self.disk.lstat(self.path)
        except FileNotFoundError:
            self.disk.make_folder(self.path.parent, 0o700)
            self.disk.make_folder(self.path, 0o700)
            for above in (self.path.parent, self.path.parent.parent):
                with suppress(OSError):
                    self.disk.sync_folder(above)
            known = self.disk.lstat(self.path)
        if not stat.S_ISDIR(known.st_mode) or known.st_uid != os.geteuid():
            what = "is a link" if stat.S_ISLNK(known.st_mode) else "is not a folder of your own"
            hint = "Move it away, or set XDG_STATE_HOME to another folder."
            raise UserError(f"{self.path} {what}", "Nothing private is written there.", hint, EXIT_FILE)
        if known.st_mode & 0o077:
            folder = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                os.fchmod(folder, 0o700)
            finally:
                os.close(folder)

    def files(self, ending: str) -> list[tuple[Path, os.stat_result]]:
        """The regular files of this person whose names end so, by name; none if the folder cannot be read."""
        found: list[tuple[Path, os.stat_result]] = []
        try:
            if stat.S_ISLNK(self.disk.lstat(self.path).st_mode):
                return []
            names = sorted(each for each in os.listdir(self.path) if each.endswith(ending))  # noqa: PTH208
        except OSError:
            return []
        for name in names:
            with suppress(OSError):
                known = self.disk.lstat(self.path / name)
                if stat.S_ISREG(known.st_mode) and known.st_uid == os.geteuid():
                    found.append((self.path / name, known))
        return found

    def read(self, path: Path, limit: int) -> bytes:
        """The content of a file in the folder.

        Raises:
            OSError: it cannot be read, is no regular file of this person, or has more than `limit` bytes.
        """
        known = self.disk.lstat(path)
        if not stat.S_ISREG(known.st_mode) or known.st_uid != os.geteuid():
            raise OSError(errno.ELOOP, "It is a link, or no file of your own", str(path))
        if known.st_size > limit:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        data, opened = self.disk.read(path, limit + 1)
        if (opened.st_ino, opened.st_dev) != (known.st_ino, known.st_dev):
            raise OSError(errno.ESTALE, "It was exchanged while it was read", str(path))
        if len(data) > limit:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return data

    def create(self) -> tuple[Path, int]:
        """A new temporary file, open for writing. Raises OSError."""
        path = self.path / f".{secrets.token_hex(8)}{_TEMPORARY}"
        return path, self.disk.create(path, 0o600)

    def write(self, path: Path, data: bytes, *, lasting: bool = True) -> None:
        """Give a file in the folder its content in one step, on the disk when this returns.

        What need not be `lasting` may be lost, or be anything, when the machine loses its power soon after.

        Raises:
            OSError: it cannot be written; what was there is then as it was.
        """
        temporary, file = self.create()
        try:
            try:
                self.disk.write(file, data)
                if lasting:
                    self.disk.sync(file)
            finally:
                self.disk.close(file)
            self.disk.replace(temporary, path)
        except BaseException:
            self.remove(temporary)
            raise
        if lasting:
            self.sync()

    def sync(self) -> None:
        """Wait until the names in the folder are on the disk; where that is impossible it is left to the system."""
        with suppress(OSError):
            self.disk.sync_folder(self.path)

    def remove(self, path: Path) -> None:
        """Remove a file in the folder, if that is possible."""
        with suppress(OSError):
            self.disk.remove(path)

    def sweep(self, now: float | None = None) -> None:
        """Remove temporary files that a process left when it was killed. `now` is in seconds since 1970."""
        now = time.time() if now is None else now
        for path, known in self.files(_TEMPORARY):
            if now - known.st_mtime > _LEFT_OVER:
                self.remove(path)
