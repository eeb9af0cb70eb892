"""Temporary files that a process left beside an incident because it was killed in the middle of a save."""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.workspace.disk import REAL_DISK, Disk

_NAME: Final = re.compile(r"\.postmortem-[0-9a-f]{12}\.tmp")

_OLD_SECONDS: Final = 86_400
"""No save takes so long."""


def remove_left_overs(folder: Path, *, now: float | None = None, disk: Disk = REAL_DISK) -> None:
    """Remove what killed processes left in a folder, a day after that. The file that was to be saved is not touched:
    it was whole all the time. Raises nothing; `now` is in seconds since 1970.
    """
    now = time.time() if now is None else now
    with suppress(OSError):
        names = [name for name in os.listdir(folder) if _NAME.fullmatch(name)]  # noqa: PTH208
        for name in names:
            with suppress(OSError):
                known = disk.lstat(folder / name)
                if stat.S_ISREG(known.st_mode) and now - known.st_mtime > _OLD_SECONDS:
                    disk.remove(folder / name)
