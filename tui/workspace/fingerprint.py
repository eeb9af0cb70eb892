"""What a file was when it was read or written, to tell whether it is still the same."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from msgspec import Struct

from tui.workspace.disk import REAL_DISK, Disk


class Fingerprint(Struct, frozen=True):
    """What a file was when it was read or written: size in bytes, time in nanoseconds, inode, SHA-256 in hex."""

    size: int
    mtime_ns: int
    inode: int
    sha256: str

    @classmethod
    def of(cls, data: bytes, known: os.stat_result) -> Fingerprint:
        """The fingerprint of some content and the file that holds it."""
        return cls(len(data), known.st_mtime_ns, known.st_ino, hashlib.sha256(data).hexdigest())

    def same_content(self, other: Fingerprint) -> bool:
        """Whether both files hold the same bytes, whenever they were written."""
        return (self.size, self.sha256) == (other.size, other.sha256)


def has_changed(path: Path, expect: Fingerprint, *, disk: Disk = REAL_DISK) -> bool:
    """Whether a file is no longer what it was. Cheap while nothing happened to it; raises nothing."""
    try:
        known = disk.stat(path)
    except OSError:
        return True
    if (known.st_size, known.st_mtime_ns, known.st_ino) == (expect.size, expect.mtime_ns, expect.inode):
        return False
    try:
        return not holds(path, expect, disk)
    except OSError:
        return True


def holds(path: Path, expect: Fingerprint, disk: Disk) -> bool:
    """Whether a file holds what it did, whenever it was written; raises `OSError` where it cannot be read."""
    known = disk.stat(path)
    if known.st_size != expect.size or not stat.S_ISREG(known.st_mode):
        return False
    data, known = disk.read(path, expect.size + 1)
    return Fingerprint.of(data, known).same_content(expect)
