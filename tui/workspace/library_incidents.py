"""The incidents of a library that were looked at last, so that going up and down a list reads no file twice."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import UserError
from tui.workspace.library_walk import Stamp
from tui.workspace.storage import open_file

if TYPE_CHECKING:
    from schemas.incident import Incident

_MOST: Final = 32


class KeptIncidents:
    """Gives what files hold, read now or a little earlier. May be asked from several threads."""

    def __init__(self, *, disk: Disk = REAL_DISK) -> None:
        self._disk = disk
        self._lock = threading.Lock()
        self._kept: dict[Path, tuple[Stamp | None, Incident]] = {}

    def of(self, path: Path, stamp: Stamp | None) -> Incident | None:
        """What a file holds that is known by this stamp; None if it cannot be read."""
        with self._lock:
            kept = self._kept.pop(path, None)
        if kept is None or kept[0] != stamp:
            try:
                kept = (stamp, open_file(path, disk=self._disk).loaded.incident)
            except UserError:
                return None
        with self._lock:
            self._kept[path] = kept
            while len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
        return kept[1]
