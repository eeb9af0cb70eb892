"""Where commands put what they make: a folder that may have to be made first, and files that must stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli import console
from tui.workspace.errors import UserError, shown

if TYPE_CHECKING:
    from tui.workspace.disk import Disk


def make_folder(folder: Path, disk: Disk) -> None:
    """Make a folder, and those above it, unless it is there; says so on stderr.

    Raises:
        UserError: it cannot be made.
    """
    from tui.workspace.disk_errors import could_not_save

    if folder.is_dir():
        return
    try:
        disk.make_folder(folder)
    except OSError as error:
        raise could_not_save(folder, error) from error
    console.say(f"made the folder {shown(folder)}")


def must_not_be_lost(target: Path, sources: Sequence[Path], *, force: bool) -> None:
    """Make sure that an export takes the place of no incident.

    Raises:
        UserError: the target is one of the incidents that are exported, or, without `force`, called like one.
    """
    if target.exists() and any(source.exists() and target.samefile(source) for source in sources):
        raise UserError(f"{shown(target)} is the incident itself", "It would be lost.", "Name another file.")
    if target.suffix == ".toml" and not force:
        hint = "Name a file that ends in .md; --force writes it all the same."
        raise UserError(f"{shown(target)} is called like an incident", "The export is Markdown.", hint)
