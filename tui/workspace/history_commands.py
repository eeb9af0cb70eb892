"""The commands of the screen with earlier versions; part of `tui.workspace.commands`."""

from __future__ import annotations

from typing import Final

from tui.workspace.remark_commands import Row

HISTORY_ROWS: Final[tuple[Row, ...]] = (
    Row(
        "history", "restore", "Restore the version", "It becomes the document, as one change that can be undone.",
        "r ctrl+r", hint="restore",
    ),
    Row(
        "history", "compare", "Compare with now", "What the version changed, or what changed since then until now.",
        "n", hint="to now", action="switch",
    ),
    Row("history", "save-as", "Save the version", "Write it to a file of its own, as it was.", "s f12", hint="save as"),
    Row("history", "copy", "Copy the version", "Put the text of its file on the clipboard.", "c alt+c"),
    Row("history", "other-part", "Other part", "From the list to the changes, and back.", "tab enter"),
    Row("history", "page-down", "Page down", "Read on in the changes.", "space", "page(1)"),
    Row("history", "page-up", "Page up", "Back in the changes.", "b backspace", "page(-1)"),
    Row("history", "back", "Back", "Leave everything as it is.", "escape", hint="back"),
)  # fmt: skip
"""What can be done with earlier versions."""
