"""The commands of the screen with unsaved work; part of `tui.workspace.commands`."""

from __future__ import annotations

from typing import Final

from tui.workspace.remark_commands import Row

RECOVERY_ROWS: Final[tuple[Row, ...]] = (
    Row(
        "recovery", "take", "Take it back", "Open it with these words, as one change that can be undone.",
        "enter t", hint="take",
    ),
    Row(
        "recovery", "both", "Open both", "The file as it is, and over it the words as a document of their own.",
        "b", hint="open both",
    ),
    Row(
        "recovery", "discard", "Discard", "Put the words away, after asking; they stay for a fortnight.",
        "d delete", hint="discard",
    ),
    Row("recovery", "bring-back", "Bring back", "Undo the discarding.", "u ctrl+z", hint="bring back"),
    Row(
        "recovery", "write", "Save the text to a file", "As it is, without opening it.", "s f2", hint="save text",
    ),
    Row("recovery", "other-part", "Other part", "From the list to the changes, and back.", "tab"),
    Row("recovery", "page-down", "Page down", "Read on in the changes.", "pagedown space", "page(1)"),
    Row("recovery", "page-up", "Page up", "Back in the changes.", "pageup", "page(-1)"),
    Row("recovery", "later", "Later", "Leave the rest; it is offered again.", "escape", hint="later"),
)  # fmt: skip
"""What can be done with words that were left behind."""
