"""Folders of the program's own beside the incidents: git leaves them alone."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.workspace.disk import Disk

NOTE: Final = ".gitignore"
"""The file by which a folder keeps itself out of git."""


def keep_out_of_git(folder: Path, disk: Disk) -> None:
    """Put the note into a folder that has none; what somebody has put there stays. Raises OSError."""
    with suppress(FileExistsError):
        note = disk.create(folder / NOTE, 0o644)
        try:
            disk.write(note, b"*\n")
        finally:
            disk.close(note)
