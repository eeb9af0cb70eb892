"""The folder of the locks beside the files that they are for: it keeps itself out of git, and goes with the last."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from tui.workspace.beside import NOTE, keep_out_of_git
from tui.workspace.disk import REAL_DISK, Disk

LOCKS: Final = ".postmortem-locks"
"""The folder of the locks, beside the files that they are for."""


def lock_path(path: Path, *, disk: Disk = REAL_DISK) -> Path:
    """Where the lock of a file is: beside what links lead to, so that everybody means the same file. Raises OSError."""
    target = disk.resolve(path)
    name = target.name
    if len(os.fsencode(name)) > 200:
        name = sha256(os.fsencode(name)).hexdigest()
    return target.parent / LOCKS / f"{name}.lock"


def make_folder(folder: Path, disk: Disk) -> None:
    """Make the folder where it is not there. Raises OSError, also where it is a link."""
    above = disk.stat(folder.parent)
    if not os.path.lexists(folder):
        disk.make_folder(folder)
        # Whoever may make files beside the incident may make locks for it.
        folder.chmod(stat.S_IMODE(above.st_mode))
    if folder.is_symlink():
        raise OSError(0, f"{folder.name} is a link")
    keep_out_of_git(folder, disk)


def tidy(folder: Path, disk: Disk) -> None:
    """Remove the folder if no lock is left in it."""
    with suppress(OSError):
        if any(each.name != NOTE for each in folder.iterdir()):
            return
        disk.remove(folder / NOTE)
        try:
            folder.rmdir()
        except OSError:
            make_folder(folder, disk)
