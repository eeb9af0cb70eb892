"""Moving files out of sight and back, never over another file."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from tui.workspace.atomic_writing import FileExists, place
from tui.workspace.beside import keep_out_of_git
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.disk_errors import could_not_move
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.names import numbered

TRASH: Final = ".trash"
"""The folder beside the incidents that deleted ones go to."""


class Trashed(Struct, frozen=True):
    """A file that was moved to the trash: where it was, and where it is now."""

    was: Path
    now: Path


def move_to_trash(path: Path, trash_root: Path | None = None, *, disk: Disk = REAL_DISK) -> Path:
    """Move a file into a trash folder, by default `.trash` beside it; returns where it is now.

    It keeps its name, with a number if the trash has one of that name already. The trash keeps itself out of git.

    Raises:
        UserError: it cannot be moved; it is then still where it was.
    """
    root = path.parent / TRASH if trash_root is None else trash_root
    try:
        disk.make_folder(root)
        if stat.S_ISLNK(disk.lstat(root).st_mode):
            hint = "Remove the link, or make it a folder."
            raise UserError(f"{path} cannot be moved", f"{root} is a link to another folder.", hint, EXIT_FILE)
    except OSError as error:
        raise could_not_move(path, error) from error
    with suppress(OSError):
        keep_out_of_git(root, disk)
    return _move(path, root / path.name, disk)


def restore(trashed: Path, to: Path, *, disk: Disk = REAL_DISK) -> Path:
    """Move a file back from the trash; returns where it is now: `to`, with a number if that name is taken.

    Raises:
        UserError: it cannot be moved; it is then still in the trash.
    """
    try:
        disk.make_folder(to.parent)
    except OSError as error:
        raise could_not_move(trashed, error) from error
    return _move(trashed, to, disk)


def _move(path: Path, to: Path, disk: Disk) -> Path:
    try:
        known = _known(path, disk)
        if stat.S_ISDIR(known.st_mode):
            raise UserError(f"{path} is a folder", "Only files go to the trash.", "", EXIT_FILE)
        for target in numbered(to):
            try:
                _move_to(path, target, known, disk)
            except FileExists:
                continue
            for folder in {path.parent, target.parent}:
                with suppress(OSError):
                    disk.sync_folder(folder)
            return target
    except OSError as error:
        raise could_not_move(path, error) from error
    raise AssertionError("names with numbers do not end")


def _known(path: Path, disk: Disk) -> os.stat_result:
    try:
        return disk.lstat(path)
    except FileNotFoundError as error:
        hint = "Somebody may have moved it already; read the folder again."
        raise UserError(f"{path} cannot be moved", "There is no such file.", hint, EXIT_FILE) from error


def _move_to(path: Path, target: Path, known: os.stat_result, disk: Disk) -> None:
    try:
        place(path, target, disk)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(path, target, known, disk)
        try:
            disk.remove(path)
        except OSError:
            with suppress(OSError):
                disk.remove(target)
            raise


def _copy(path: Path, target: Path, known: os.stat_result, disk: Disk) -> None:
    """A copy on another file system, on the disk before the original goes. Of a link, what it leads to is copied."""
    data, known = disk.read(path, known.st_size + 1 if stat.S_ISREG(known.st_mode) else 1 << 26)
    try:
        file = disk.create(target, 0o600)
    except FileExistsError as error:
        raise FileExists(target) from error
    try:
        try:
            disk.write(file, data)
            disk.set_mode(file, disk.set_owner(file, known))
            disk.sync(file)
        finally:
            disk.close(file)
    except BaseException:
        with suppress(OSError):
            disk.remove(target)
        raise
