"""The incidents that a command line names: files, and all those in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tui.cli import console
from tui.workspace.errors import shown


def incident_files(paths: Sequence[Path]) -> list[Path]:
    """The files that are named and the incidents in the folders that are, each once, in the order given.

    Raises:
        UserError: a folder cannot be listed.
    """

    def listed(folder: Path) -> Iterable[Path]:
        from tui.workspace.library import scan

        return scan(folder)

    files = _files(paths, listed)
    note_empty(paths, files)
    return files


def toml_files(paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and those in the folders that are which may be incidents by their names.

    For who reads them all anyway and sees then which of them are incidents.

    Raises:
        UserError: a folder cannot be listed.
    """

    def listed(folder: Path) -> Iterable[Path]:
        from tui.workspace.library_walk import candidates

        return sorted(candidates(folder))

    return _files(paths, listed)


def note_empty(paths: Sequence[Path], incidents: Sequence[Path]) -> None:
    """Say which of the folders that are named have no incidents."""
    for path in paths:
        if path.is_dir() and not any(each.is_relative_to(path) for each in incidents):
            console.say(f"note: there are no incidents in {shown(path)}")


def _files(paths: Iterable[Path], listed: Callable[[Path], Iterable[Path]]) -> list[Path]:
    found: dict[tuple[int, int] | Path, Path] = {}
    for path in paths:
        for each in listed(path) if path.is_dir() else [path]:
            found.setdefault(_identity(each), each)
    return list(found.values())


def _identity(path: Path) -> tuple[int, int] | Path:
    try:
        known = os.stat(path)  # noqa: PTH116 (a third of the time, for thousands of files)
    except OSError:
        return path
    return known.st_dev, known.st_ino
