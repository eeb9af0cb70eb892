"""Reading files, and with a plain word when that fails; how they are written is in `atomic_writing`."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.disk_errors import could_not_read, not_a_file
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.fingerprint import Fingerprint

if TYPE_CHECKING:
    from schemas.toml_file import Loaded

MOST_BYTES: Final = 64 * 1024 * 1024
"""A larger file is no incident that somebody wrote; it is not read."""


class OpenedFile(Struct, frozen=True):
    """A file that was read. Where it is not `writable`, `why_not` says so in a sentence."""

    path: Path
    loaded: Loaded
    fingerprint: Fingerprint
    writable: bool
    why_not: str


class Conflicted(UserError):
    """The file holds both versions of a merge between git's conflict markers, and so cannot be read as it stands."""


def read_file(path: Path, *, limit: int = MOST_BYTES, disk: Disk = REAL_DISK) -> tuple[bytes, Fingerprint]:
    """The content of a regular file and its fingerprint.

    Raises:
        UserError: it is missing, a folder, a pipe or device, unreadable, or larger than `limit` bytes; exit code 3.
    """
    data, known = _content(path, limit, disk)
    return data, Fingerprint.of(data, known)


def _content(path: Path, limit: int, disk: Disk) -> tuple[bytes, os.stat_result]:
    try:
        known = disk.stat(path)
        if not stat.S_ISREG(known.st_mode):
            raise not_a_file(path, known.st_mode)
        data, known = (b"", known) if known.st_size > limit else disk.read(path, limit + 1)
    except FileNotFoundError as error:
        raise _missing(path, disk) from error
    except OSError as error:
        raise could_not_read(path, error) from error
    if known.st_size > limit or len(data) > limit:
        size = max(known.st_size, len(data)) / 1e6
        raise UserError(
            f"{path} is too large",
            f"It has {size:,.0f} MB; files up to {limit / 1e6:,.0f} MB are opened.",
            "See whether it is an incident at all.",
            EXIT_FILE,
        )
    return data, known


def load_file(path: Path, *, disk: Disk = REAL_DISK) -> Loaded:
    """Read an incident only to look at it.

    Raises:
        UserError: it cannot be read, or what it holds is no incident; exit code 3. Where there is a fault in the text,
            the cause is a `TomlError`.
    """
    return _parsed(path, _content(path, MOST_BYTES, disk)[0])


def open_file(path: Path, *, disk: Disk = REAL_DISK) -> OpenedFile:
    """Read an incident.

    Raises:
        UserError: it cannot be read, or what it holds is no incident; exit code 3. The file is left as it is.
    """
    data, fingerprint = read_file(path, disk=disk)
    loaded = _parsed(path, data)
    try:
        why_not = why_not_writable(path, loaded, disk)
    except OSError as error:
        raise could_not_read(path, error) from error
    return OpenedFile(path, loaded, fingerprint, not why_not, why_not)


def _parsed(path: Path, data: bytes) -> Loaded:
    from schemas.toml_file import TomlError, parse_bytes

    try:
        return parse_bytes(data, str(path))
    except TomlError as error:
        from tui.workspace.conflict_fault import real_fault

        in_conflict, fault = real_fault(path, data, error)
        kind = Conflicted if in_conflict else UserError
        title = f"{fault.file}:{fault.line}:{fault.column}: {fault.title}"
        raise kind(title, fault.detail, fault.hint, EXIT_FILE) from fault


def why_not_writable(path: Path, loaded: Loaded, disk: Disk) -> str:
    """Why a file that was read cannot be saved, in a sentence; empty where it can.

    Raises:
        OSError: the system does not tell.
    """
    if loaded.newer:
        return "it was written by a newer version of this program"
    if not disk.may_write(path):
        return "the file is write-protected"
    if not disk.may_write(disk.resolve(path).parent):
        return "its folder is write-protected"
    return ""


def _missing(path: Path, disk: Disk) -> UserError:
    with suppress(OSError):
        disk.lstat(path)
        return UserError(f"{path} cannot be read", "It is a link to a file that is not there.", "", EXIT_FILE)
    if not path.parent.is_dir():
        return UserError(
            f"{path} cannot be read", f"There is no folder {path.parent}.", "See if the name is right.", EXIT_FILE
        )
    from difflib import get_close_matches

    with suppress(OSError):
        names = [each.name for each in path.parent.iterdir() if each.suffix == path.suffix]
        if near := get_close_matches(path.name, names, 1):
            return UserError(
                f"{path} cannot be read",
                "There is no such file.",
                f"Did you mean {path.with_name(near[0])}?",
                EXIT_FILE,
            )
    return UserError(f"{path} cannot be read", "There is no such file.", "See if the name is right.", EXIT_FILE)
