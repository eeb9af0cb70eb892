"""The commands of the screen that asks about conflicts; part of `tui.workspace.commands`."""

from __future__ import annotations

from typing import Final

from tui.workspace.remark_commands import Row

CONFLICT_ROWS: Final[tuple[Row, ...]] = (
    Row(
        "conflict", "first", "Take the first version", "The one at the left, or above.",
        "1 o left", "take('ours')", "take",
    ),
    Row(
        "conflict", "second", "Take the second version", "The one at the right, or below.",
        "2 t right", "take('theirs')",
    ),
    Row(
        "conflict", "both", "Take both", "One after the other, where both can stand.", "3 b", "take('both')",
    ),
    Row(
        "conflict", "base", "As it was before", "Take neither: what both versions came from, where that is known.",
        "4 x", "take('base')",
    ),
    Row("conflict", "own", "Write it yourself", "Words or a value of your own instead.", "5 e", opens=True),
    Row(
        "conflict", "reopen", "Decide again later", "Leave this one undecided again.", "backspace delete",
    ),
    Row("conflict", "next", "Next undecided", "The next one that is not decided.", "n f8", "open(1)", "next"),
    Row("conflict", "previous", "Undecided before", "The one before that is not decided.", "p f7", "open(-1)"),
    Row(
        "conflict", "first-rest", "First version for all the rest", "For every conflict that is not decided yet.",
        "O", "take_rest('ours')",
    ),
    Row(
        "conflict", "second-rest", "Second version for all the rest", "For every conflict that is not decided yet.",
        "T", "take_rest('theirs')",
    ),
    Row("conflict", "before", "What was there before", "Show what both versions came from, or not.", "v"),
    Row(
        "conflict", "merged", "What was merged", "The changes of both sides that are in without a question.",
        "m", hint="merged",
    ),
    Row("conflict", "undo", "Undo", "Take back the last choice.", "u ctrl+z alt+z", hint="undo"),
    Row("conflict", "redo", "Redo", "Do again what was undone.", "ctrl+y alt+y"),
    Row("conflict", "up", "Scroll up", "A line of what does not fit.", "shift+up [", "scroll(-1)"),
    Row("conflict", "down", "Scroll down", "A line of what does not fit.", "shift+down ]", "scroll(1)"),
    Row("conflict", "page-up", "A page up", "Of the two versions.", "pageup", "page(-1)"),
    Row("conflict", "page-down", "A page down", "Of the two versions.", "pagedown space", "page(1)"),
    Row(
        "conflict", "go-on", "Go on", "To the next undecided one; when all are decided, accept.", "enter",
    ),
    Row(
        "conflict", "accept", "Accept", "Take over what was chosen; asks about what is not decided.",
        "ctrl+s f2", hint="accept",
    ),
    Row("conflict", "back", "Leave", "Change nothing; asks if anything was decided.", "escape"),
)  # fmt: skip
