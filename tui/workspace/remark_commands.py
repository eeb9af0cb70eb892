"""The commands around a review: comments, verdicts, the status and what changed; part of `tui.workspace.commands`."""

from __future__ import annotations

from typing import Final, NamedTuple


class Row(NamedTuple):
    """What makes a command: see `tui.workspace.commands.Command`. The keys stand with spaces between them."""

    scope: str
    name: str
    title: str
    help: str
    keys: str
    action: str = ""
    hint: str = ""
    opens: bool = False


REMARK_ROWS: Final[tuple[Row, ...]] = (
    Row(
        "document", "comment", "Comment here", "Write a comment on this place; selected words are quoted.",
        "alt+a", opens=True,
    ),
    Row("document", "answer", "Answer the comment", "Answer the comment at this place.", "alt+shift+a", opens=True),
    Row("document", "resolve", "Resolve the comment", "Settle the comment at this place, or open it again.", "alt+d"),
    Row("document", "next-comment", "Next comment", "Go to the next open comment.", "alt+j"),
    Row("document", "previous-comment", "Previous comment", "Go to the open comment before.", "alt+k"),
    Row(
        "document", "beside", "Comments beside the text", "Show the comments of this place below, or put them away.",
        "alt+i",
    ),
    Row(
        "document", "comments", "All comments",
        "Every comment, also those whose place is gone: read, answer, settle.", "alt+shift+i", opens=True,
    ),
    Row(
        "document", "changes", "What changed", "Since my verdict, an approval, the last save, or a revision of git.",
        "alt+u", opens=True,
    ),
    Row("document", "stage", "Status", "Take the next step, see what stops it, or go back.", "alt+shift+s", opens=True),
    Row("document", "verdict", "Verdict", "Approve, ask for changes, or take a verdict back.", "alt+p", opens=True),
    Row(
        "document", "questions", "Questions of a review", "Walk the script of questions and answer them as comments.",
        "alt+q", opens=True,
    ),
    Row("threads", "go", "Go to the place", "Show what the comment is about.", "enter", "choose", "go there"),
    Row("threads", "reply", "Answer", "Answer in this thread.", "r a", "want('reply')", "answer", opens=True),
    Row(
        "threads", "comment", "New comment", "Begin another thread on the same place.", "c n",
        "want('comment')", opens=True,
    ),
    Row(
        "threads", "resolve", "Resolve or reopen", "Settle the thread, or open it again.", "x", "want('resolve')",
        "resolve",
    ),
    Row("threads", "edit", "Change the words", "Edit a comment of your own.", "e", "want('edit')", opens=True),
    Row("threads", "delete", "Delete", "Delete a comment of your own; can be undone.", "delete d", "want('delete')"),
    Row("threads", "next", "Next thread", "One thread down.", "]", "thread(1)"),
    Row("threads", "previous", "Previous thread", "One thread up.", "[", "thread(-1)"),
    Row("threads", "fold", "Unfold or fold", "Show a resolved thread in full, or on one line.", "z right", "fold"),
    Row("threads", "filter", "Open or all", "Show the open threads only, or all of them.", "f", "want('filter')"),
)  # fmt: skip
