"""Opening and saving files: atomically, never over somebody else's change, and with a plain word when it fails."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.disk_errors import could_not_read, could_not_save, not_a_file
from tui.workspace.errors import EXIT_CHANGED, EXIT_FILE, UserError

if TYPE_CHECKING:
    from schemas.toml_file import Loaded

MOST_BYTES: Final = 64 * 1024 * 1024
"""A larger file is no incident that somebody wrote; it is not read."""

_TEMPORARY: Final = ".postmortem-{}.tmp"


@dataclass(frozen=True, slots=True)
class Fingerprint:
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


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was read. Where it is not `writable`, `why_not` says so in a sentence."""

    path: Path
    loaded: Loaded
    fingerprint: Fingerprint
    writable: bool
    why_not: str


class FileChanged(UserError):
    """The file on disk is not the one that was opened. `gone`: it is not there any more."""

    def __init__(self, path: Path, *, gone: bool = False) -> None:
        self.gone = gone
        if gone:
            title, detail = f"{path.name} is gone", "It was removed or renamed since it was opened."
        else:
            title, detail = f"{path.name} was changed", "Another program wrote to it since it was opened."
        hint = "Save under another name, or look at what is there before you overwrite it."
        super().__init__(title, f"{detail} Nothing was written.", hint, EXIT_CHANGED)


class Conflicted(UserError):
    """The file holds both versions of a merge between git's conflict markers, and so cannot be read as it stands."""


class FileExists(UserError):
    """There is already something where a new file was to be made."""

    def __init__(self, path: Path) -> None:
        detail = "A new file never takes the place of another one. Nothing was written."
        super().__init__(f"{path} is already there", detail, "Choose another name.", EXIT_FILE)


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


def has_changed(path: Path, expect: Fingerprint, *, disk: Disk = REAL_DISK) -> bool:
    """Whether a file is no longer what it was. Cheap while nothing happened to it; raises nothing."""
    try:
        known = disk.stat(path)
    except OSError:
        return True
    if (known.st_size, known.st_mtime_ns, known.st_ino) == (expect.size, expect.mtime_ns, expect.inode):
        return False
    try:
        return not _holds(path, expect, disk)
    except OSError:
        return True


def atomic_write(
    path: Path, data: bytes, *, expect: Fingerprint | None = None, new: bool = False, disk: Disk = REAL_DISK
) -> Fingerprint:
    """Give a file new content in one step: whatever happens, the disk holds the whole old or the whole new content.

    The content goes to a temporary file in the same folder first, which then takes the file's place. A symbolic link
    stays and what it leads to is replaced; permission bits stay, and owner and group where that is allowed (other hard
    links to the file keep the old content). A new file gets the permissions that are usual for this person.

    `expect` is what must be on disk for the file to be replaced; its content counts, not its dates. `new` makes a file
    that must not be there yet.

    Raises:
        FileChanged: the file is not what was expected.
        FileExists: with `new`, there is already something.
        UserError: the disk is full, the folder is gone, this person may not write there …; exit code 3.
    """
    try:
        target = disk.resolve(path.parent) / path.name if new else disk.resolve(path)
        old = _known(target, disk, follow=not new)
        if new and old is not None:
            raise FileExists(path)
        if old is not None and not stat.S_ISREG(old.st_mode):
            raise not_a_file(path, old.st_mode)
        if old is not None and not disk.may_write(target):
            raise UserError(
                f"{path} cannot be saved", "The file is write-protected.", "Save under another name.", EXIT_FILE
            )
        if expect is not None:
            _must_hold(target, path, expect, disk)
        return _replaced(target, path, data, old, expect, new, disk)
    except OSError as error:
        raise could_not_save(path, error) from error


def _replaced(
    target: Path, path: Path, data: bytes, old: os.stat_result | None, expect: Fingerprint | None, new: bool, disk: Disk
) -> Fingerprint:
    # Nobody else may read the new content of a private file, not even for a moment.
    temporary, file = _create(target.parent, 0o600 if old else 0o666, disk)
    try:
        try:
            disk.write(file, data)
            if old is not None:
                disk.set_mode(file, disk.set_owner(file, old))
            known = disk.sync(file)
        finally:
            disk.close(file)
        if expect is not None:
            _must_hold(target, path, expect, disk)
        if new:
            _place_new(temporary, target, path, disk)
        else:
            disk.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            disk.remove(temporary)
        raise
    # The file is in its place, whole. A folder that cannot be synced only leaves open when the disk will know.
    with suppress(OSError):
        disk.sync_folder(target.parent)
    return Fingerprint.of(data, known)


def _create(folder: Path, mode: int, disk: Disk) -> tuple[Path, int]:
    for _ in range(100):
        temporary = folder / _TEMPORARY.format(secrets.token_hex(6))
        with suppress(FileExistsError):
            return temporary, disk.create(temporary, mode)
    raise FileExistsError(f"no free name for a temporary file in {folder}")


def _place_new(temporary: Path, target: Path, path: Path, disk: Disk) -> None:
    """Give the temporary file its name, which nobody may have taken meanwhile."""
    try:
        disk.link(temporary, target)
    except FileExistsError as error:
        raise FileExists(path) from error
    except OSError:
        # This file system has no hard links: take the name with an empty file, then replace that.
        place(temporary, target, disk)
        return
    with suppress(OSError):
        disk.remove(temporary)


def place(source: Path, target: Path, disk: Disk) -> None:
    """Move a file within a file system to a name that must be free.

    Raises:
        FileExists: the name is taken.
        OSError: it cannot be moved, for one because the target is on another file system.
    """
    try:
        reserved = disk.create(target, 0o600)
    except FileExistsError as error:
        raise FileExists(target) from error
    try:
        disk.close(reserved)
        disk.replace(source, target)
    except BaseException:
        with suppress(OSError):
            disk.remove(target)
        raise


def _must_hold(target: Path, path: Path, expect: Fingerprint, disk: Disk) -> None:
    try:
        same = _holds(target, expect, disk)
    except FileNotFoundError as error:
        raise FileChanged(path, gone=True) from error
    if not same:
        raise FileChanged(path)


def _holds(path: Path, expect: Fingerprint, disk: Disk) -> bool:
    known = disk.stat(path)
    if known.st_size != expect.size or not stat.S_ISREG(known.st_mode):
        return False
    data, known = disk.read(path, expect.size + 1)
    return Fingerprint.of(data, known).same_content(expect)


def _known(path: Path, disk: Disk, *, follow: bool = True) -> os.stat_result | None:
    try:
        return disk.stat(path) if follow else disk.lstat(path)
    except FileNotFoundError:
        return None


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
