"""Where unsaved words and earlier versions are kept: folders of this person's own, outside of any repository."""

from __future__ import annotations

from pathlib import Path

from tui.workspace.paths import state_dir


def journal_folder() -> Path:
    """The folder of what was typed and not yet saved."""
    return state_dir() / "journal"


def history_folder() -> Path:
    """The folder of what saved files were before."""
    return state_dir() / "history"


def crash_folder() -> Path:
    """The folder of reports about faults of the program."""
    return state_dir() / "crashes"
