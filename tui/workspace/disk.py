"""The calls to the file system that reading and saving are made of, so that a test can let any one of them fail."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Final, Protocol


class Disk(Protocol):
    """What storage needs of a file system. Every method may raise `OSError`; open files are descriptors."""

    def resolve(self, path: Path) -> Path:
        """The absolute path with all symbolic links followed, as far as they lead."""

    def stat(self, path: Path) -> os.stat_result:
        """What is known of the thing at the path, links followed."""

    def lstat(self, path: Path) -> os.stat_result:
        """What is known of the path itself, even if it is a link that leads nowhere."""

    def may_write(self, path: Path) -> bool:
        """Whether this person may write to the file, or make files in the folder."""

    def read(self, path: Path, limit: int) -> tuple[bytes, os.stat_result]:
        """At most `limit` bytes of the file, and what is known of it; never waits for a pipe or a device."""

    def create(self, path: Path, mode: int) -> int:
        """A new empty file, open for writing; `FileExistsError` if there is anything at the path."""

    def write(self, file: int, data: bytes) -> None:
        """Write all of the data."""

    def set_owner(self, file: int, like: os.stat_result) -> int:
        """Give the file owner and group of another one where that is allowed; the mode that is safe to give it then."""

    def set_mode(self, file: int, mode: int) -> None:
        """Set the permission bits."""

    def sync(self, file: int) -> os.stat_result:
        """Wait until the content is on the disk; what is then known of the file."""

    def close(self, file: int) -> None:
        """Close the descriptor, whatever is raised."""

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another one, in one step."""

    def link(self, source: Path, target: Path) -> None:
        """A second name for a file; `FileExistsError` if the name is taken."""

    def remove(self, path: Path) -> None:
        """Remove a file or link."""

    def make_folder(self, path: Path, mode: int = 0o777) -> None:
        """Make a folder and those above it that are missing, all with this mode."""

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk."""


class RealDisk:
    """The file system of this machine."""

    def resolve(self, path: Path) -> Path:
        """See `Disk`. A circle of links is left to the calls that follow, which say so."""
        return Path(os.path.realpath(path))

    def stat(self, path: Path) -> os.stat_result:
        """See `Disk`."""
        return path.stat()

    def lstat(self, path: Path) -> os.stat_result:
        """See `Disk`."""
        return path.lstat()

    def may_write(self, path: Path) -> bool:
        """See `Disk`."""
        return os.access(path, os.W_OK)

    def read(self, path: Path, limit: int) -> tuple[bytes, os.stat_result]:
        """See `Disk`."""
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            known = os.fstat(file)
            if stat.S_ISDIR(known.st_mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            pieces, left = [], limit
            while left > 0 and (piece := os.read(file, min(left, max(known.st_size + 1, 1 << 16)))):
                pieces.append(piece)
                left -= len(piece)
            return b"".join(pieces), os.fstat(file)
        finally:
            os.close(file)

    def create(self, path: Path, mode: int) -> int:
        """See `Disk`."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, mode)

    def write(self, file: int, data: bytes) -> None:
        """See `Disk`."""
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]

    def set_owner(self, file: int, like: os.stat_result) -> int:
        """See `Disk`. Where the group cannot be kept, its bits are lowered to those of everybody else."""
        mode = stat.S_IMODE(like.st_mode)
        own = os.fstat(file)
        if own.st_uid != like.st_uid:
            with suppress(PermissionError):
                os.fchown(file, like.st_uid, -1)
        if own.st_gid != like.st_gid:
            try:
                os.fchown(file, -1, like.st_gid)
            except PermissionError:
                return mode & (0o707 | (mode & 0o007) << 3)
        return mode

    def set_mode(self, file: int, mode: int) -> None:
        """See `Disk`."""
        os.fchmod(file, mode)

    def sync(self, file: int) -> os.stat_result:
        """See `Disk`."""
        os.fsync(file)
        return os.fstat(file)

    def close(self, file: int) -> None:
        """See `Disk`."""
        os.close(file)

    def replace(self, source: Path, target: Path) -> None:
        """See `Disk`."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """See `Disk`."""
        target.hardlink_to(source)

    def remove(self, path: Path) -> None:
        """See `Disk`."""
        path.unlink()

    def make_folder(self, path: Path, mode: int = 0o777) -> None:
        """See `Disk`."""
        # `parents=True` makes those above with the usual mode, and others might put another folder in this one's place.
        for folder in reversed([path, *takewhile(lambda each: not each.is_dir(), path.parents)]):
            folder.mkdir(mode, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """See `Disk`."""
        folder = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


REAL_DISK: Final[Disk] = RealDisk()
"""The disk that is used where no other one is given."""
