"""What was left behind, in words: when, how much, where it belongs, and what taking it back will do."""

from __future__ import annotations

import os
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from tui.workspace.errors import shown
from tui.workspace.recovered import Look
from tui.workspace.recovery import FileState, Recovery
from tui.workspace.time_ago import time_ago

Said = tuple[str, str]
"""A word or sentence, and the role that it has on screen."""

_STATES: Final[dict[FileState, Said]] = {
    FileState.NEVER_SAVED: ("  never saved", "muted"),
    FileState.SAME_AS_OPENED: ("  file unchanged", "muted"),
    FileState.SAVED: ("  file says so too", "muted"),
    FileState.CHANGED: ("! file changed", "warning"),
    FileState.GONE: ("! file gone", "warning"),
    FileState.UNREADABLE: ("✗ file unreadable", "error"),
}

_CLOCK: Final = "%Y-%m-%d %H:%M"


def title_of(recovery: Recovery) -> str:
    """The title of the incident as far as it is known."""
    if recovery.title:
        return recovery.title
    return "Untitled incident" if recovery.text else "Pieces of an incident"


def state_of(recovery: Recovery, state: FileState | None) -> Said:
    """One or two words on the file, or on the journal if that is what matters more."""
    if recovery.discarded:
        return "  discarded", "muted"
    if not recovery.text:
        return "✗ damaged", "error"
    if state is None:
        return "", "muted"
    return _STATES[state]


def file_of(recovery: Recovery, folder: Path) -> str:
    """The name of the file, short where it is in the folder."""
    if recovery.path is None:
        return ""
    return short_path(recovery.path, folder)


def short_path(path: Path, folder: Path) -> str:
    """A path as people write it: from the folder on, or from their home."""
    here = Path(os.path.realpath(folder))
    if path.is_relative_to(here):
        return shown(path.relative_to(here)) if path != here else "this folder"
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (never raises)
    return shown(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else shown(path)


def count_of(recovery: Recovery) -> str:
    """`37 changes`, empty where that is not known."""
    if not recovery.changes:
        return ""
    return f"{recovery.changes:,} change{'' if recovery.changes == 1 else 's'}"


def when_of(recovery: Recovery, now: datetime, zone: tzinfo | None) -> str:
    """`last change 2026-03-04 11:48, 12 min ago; first 11:02`."""
    last, first = (each.astimezone(zone or now.tzinfo) for each in (recovery.at, recovery.began))
    said = f"last change {last.strftime(_CLOCK)}, {time_ago(recovery.at, now)}"
    if first.strftime(_CLOCK) == last.strftime(_CLOCK):
        return said
    return f"{said}; the first {first.strftime('%H:%M' if first.date() == last.date() else _CLOCK)}"


def place_of(recovery: Recovery, folder: Path) -> str:
    """Where the words belong."""
    if recovery.path is not None:
        return short_path(recovery.path, folder)
    if not recovery.text:
        return shown(recovery.journal)
    if recovery.begun_in is None:
        return "never saved to any file"
    return f"never saved; begun in {short_path(recovery.begun_in, folder)}"


def outlook(recovery: Recovery, look: Look) -> Said:
    """What there is to know before it is taken back, in a sentence or two."""
    if not recovery.text:
        if look.words is None:
            return "The journal is damaged. What remains is shown below; s saves it to a file.", "error"
        return "The journal is damaged. This is what could be read; it opens as a new incident.", "error"
    said, role = _of_file(look)
    if recovery.damaged:
        return f"The end of the journal is damaged: the last changes may be missing. {said}", "warning"
    return said, role


def _of_file(look: Look) -> Said:
    if look.words is None:
        return "The text is no incident that this version can read; s saves it to a file.", "error"
    if look.state is FileState.NEVER_SAVED:
        return "Taken back, it opens as a new incident that is not saved yet.", "text"
    if look.state is FileState.GONE:
        return "The file is gone. Taken back, it opens as a new incident; saving it makes the file again.", "warning"
    if look.file is None:
        return f"The file cannot be read: {look.problem}. Taken back, it opens as a new incident.", "warning"
    if look.changes is not None and not look.changes.all:
        return "The file says all of this by now.", "text"
    if look.state is FileState.CHANGED and look.conflicts:
        places = "one place was changed" if look.conflicts == 1 else f"{look.conflicts} places were changed"
        return f"The file was changed since, and {places} in both: you will be asked.", "warning"
    if look.state is FileState.CHANGED:
        return "The file was changed since. Both fit together, nothing in it is lost.", "warning"
    return "The file is as it was. Taken back, it opens with these changes, not saved yet.", "text"


def heading_of(look: Look) -> str:
    """What the list of changes is a list of."""
    if look.state is FileState.NEVER_SAVED or look.pieces:
        return "What was written"
    if look.file is not None and not look.conflicts:
        return "What taking it back changes in the file"
    return "What was typed and not saved"
