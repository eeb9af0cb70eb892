"""The incidents that a command line names: files, and all those in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tui.cli import console
from tui.workspace.errors import shown


def incident_files(paths: Iterable[Path]) -> list[Path]:
    """The files that are named and those in the folders that are, each once, in the order given.

    Raises:
        UserError: a folder cannot be listed.
    """
    from tui.workspace.library import scan

    found: dict[Path, Path] = {}
    for path in paths:
        inside = scan(path) if path.is_dir() else [path]
        if not inside:
            console.say(f"note: there are no incidents in {shown(path)}")
        for each in inside:
            found.setdefault(each.resolve(), each)
    return list(found.values())
