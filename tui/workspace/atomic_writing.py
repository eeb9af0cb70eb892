"""Writing files: in one step, never over somebody else's change, and with a plain word when it fails."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.disk_errors import could_not_save, not_a_file
from tui.workspace.errors import EXIT_CHANGED, EXIT_FILE, UserError
from tui.workspace.fingerprint import Fingerprint, holds

_TEMPORARY: Final = ".postmortem-{}.tmp"


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


class FileExists(UserError):
    """There is already something where a new file was to be made."""

    def __init__(self, path: Path) -> None:
        detail = "A new file never takes the place of another one. Nothing was written."
        super().__init__(f"{path} is already there", detail, "Choose another name.", EXIT_FILE)


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
        same = holds(target, expect, disk)
    except FileNotFoundError as error:
        raise FileChanged(path, gone=True) from error
    if not same:
        raise FileChanged(path)


def _known(path: Path, disk: Disk, *, follow: bool = True) -> os.stat_result | None:
    try:
        return disk.stat(path) if follow else disk.lstat(path)
    except FileNotFoundError:
        return None
