"""How the versions of files lie on the disk: a folder for each file, named after its path, and a file for each version.

The name of a version says when it was kept, its size, its hash, and why it was kept. Its content is compressed.
"""

from __future__ import annotations

import os
import re
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

from msgspec import Struct

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.disk_errors import could_not_read
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.private_folder import PrivateFolder
from tui.workspace.state_folders import history_folder
from tui.workspace.storage import MOST_BYTES

SAVE: Final = "save"
"""The mark of a version that this program saved."""

BACKUP: Final = "backup"
"""What was in the file before this program saved it for the first time in a session."""

OUTSIDE: Final = "outside"
"""What was in the file before a later save: somebody else wrote it meanwhile."""

VERDICT: Final = "verdict-"
"""Before the 64 digits of a content hash: what a verdict was given on (see `schemas.sign_off`)."""

_ENDING: Final = ".toml.gz"
_NAME: Final = re.compile(r"(\d{20})-(\d{1,9})-([0-9a-f]{64})(?:-(backup|outside|verdict-[0-9a-f]{64}))?\.toml\.gz")
_PATH: Final = "path"
_PLACE: Final = re.compile(r"[0-9a-f]{12}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Kept(Struct, frozen=True):
    """One version: when it was kept, its size in bytes and SHA-256, the file it is in, and why it was kept.

    `mark` is `SAVE`, `BACKUP`, `OUTSIDE`, or `VERDICT` with the digits of the content's hash.
    """

    at: datetime
    size: int
    sha256: str
    file: Path
    mark: str = SAVE

    @property
    def verdict(self) -> str:
        """The digits of the hash that a verdict was given on; empty if it was not kept for one."""
        return self.mark.removeprefix(VERDICT) if self.mark.startswith(VERDICT) else ""

    @property
    def number(self) -> int:
        """What versions of one file are ordered by: microseconds since 1970."""
        return int(self.file.name[:20])


def shelf(folder: Path | None, disk: Disk) -> PrivateFolder:
    """The folder that the folders of all files are in."""
    return PrivateFolder(folder or history_folder(), disk=disk)


def place_digits(path: Path) -> str:
    """What the folder of a file's versions is called; links lead to the same one."""
    return sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:12]


def place_of(path: Path, folder: Path | None = None, disk: Disk = REAL_DISK) -> PrivateFolder:
    """The folder of the versions of a file."""
    return PrivateFolder((folder or history_folder()) / place_digits(path), disk=disk)


def places(folder: Path | None = None, disk: Disk = REAL_DISK) -> list[PrivateFolder]:
    """The folders of all files that have versions."""
    above = folder or history_folder()
    try:
        names = sorted(os.listdir(above))  # noqa: PTH208
    except OSError:
        return []
    return [PrivateFolder(above / name, disk=disk) for name in names if _PLACE.fullmatch(name)]


def kept_in(place: PrivateFolder) -> list[Kept]:
    """The versions in a folder, the newest first."""
    found: list[Kept] = []
    for file, _ in place.files(_ENDING):
        if name := _NAME.fullmatch(file.name):
            with suppress(OverflowError):
                at = _EPOCH + timedelta(microseconds=int(name[1]))
                found.append(Kept(at, int(name[2]), name[3], file, name[4] or SAVE))
    return found[::-1]


def named(place: PrivateFolder, number: int, data: bytes, mark: str) -> Kept:
    """The version that some content will be, kept at a number of microseconds since 1970.

    Raises:
        OverflowError: no calendar has such a time.
    """
    digest = sha256(data).hexdigest()
    why = "" if mark == SAVE else f"-{mark}"
    file = place.path / f"{number:020d}-{len(data)}-{digest}{why}{_ENDING}"
    return Kept(_EPOCH + timedelta(microseconds=number), len(data), digest, file, mark)


def number_at(moment: datetime) -> int:
    """Microseconds from 1970 to a moment, which is aware."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def write_version(place: PrivateFolder, kept: Kept, data: bytes) -> None:
    """Put the content of a version into its file. Raises OSError."""
    # Late, here and below: at a start, and in most sessions until the first save, nothing is packed.
    import gzip

    place.write(kept.file, gzip.compress(data, 6, mtime=0))


def read_bytes(kept: Kept, *, disk: Disk = REAL_DISK) -> bytes:
    """What a version holds, byte for byte.

    Raises:
        UserError: it is gone, cannot be read, or is not what was kept; exit code 3.
    """
    import gzip

    try:
        packed = PrivateFolder(kept.file.parent, disk=disk).read(kept.file, MOST_BYTES + 1024)
        with gzip.GzipFile(fileobj=BytesIO(packed)) as stream:
            data = stream.read(min(kept.size, MOST_BYTES) + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        data = b""
    except OSError as error:
        raise could_not_read(kept.file, error) from error
    if len(data) != kept.size or sha256(data).hexdigest() != kept.sha256:
        raise UserError(f"{kept.file} is spoiled", "It is not what was kept.", "Take another version.", EXIT_FILE)
    return data


def note_path(place: PrivateFolder, path: Path) -> None:
    """Write down whose versions these are, so that it can be told later whether that file is still there."""
    target = place.path / _PATH
    with suppress(OSError):
        try:
            place.disk.lstat(target)
        except FileNotFoundError:
            place.write(target, os.fsencode(os.path.realpath(path)))


def noted_path(place: PrivateFolder) -> Path | None:
    """The file whose versions are in a folder; None if that is not known."""
    try:
        data = place.read(place.path / _PATH, 1 << 16)
    except OSError:
        return None
    return Path(os.fsdecode(data)) if data and b"\0" not in data else None


def remove_place(place: PrivateFolder) -> None:
    """Remove the folder of a file that has no versions any more; what else lies in it stays, with it."""
    if not place.files(_ENDING):
        place.remove(place.path / _PATH)
        with suppress(OSError):
            place.path.rmdir()
