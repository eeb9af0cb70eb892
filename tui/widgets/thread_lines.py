"""How a thread of comments is told: a mark that counts, one line, or all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Final

from schemas.comments import Thread
from schemas.incident import Comment
from schemas.review_questions import BY_ID
from schemas.text import first_line
from schemas.writers.times import moment_text
from tui.widgets.rows import Span, fit
from tui.widgets.wrapped import wrapped

MARK: Final = "“"
"""Stands before the number of open comments on a thing."""

OPEN: Final[Span] = ("○ open", "accent")
RESOLVED: Final[Span] = ("✓ resolved", "good")


def count_mark(threads: Sequence[Thread]) -> str:
    """`“2` for two open threads, `“` for resolved ones only, nothing for none."""
    still_open = sum(thread.open for thread in threads)
    return f"{MARK}{still_open}" if still_open else MARK if threads else ""


def counted(threads: Sequence[Thread]) -> str:
    """`2 open comments`, `1 open comment, 3 resolved`, `no comments`."""
    still_open = sum(thread.open for thread in threads)
    settled = len(threads) - still_open
    if not threads:
        return "no comments"
    if not still_open:
        return f"{settled} resolved comment{'s' if settled > 1 else ''}"
    first = f"{still_open} open comment{'s' if still_open > 1 else ''}"
    return f"{first}, {settled} resolved" if settled else first


def who(comment: Comment) -> str:
    """Who wrote a comment, as they sign."""
    return comment.author or "somebody"


def summary(threads: Sequence[Thread]) -> str:
    """What is being talked about at a place, in a line: `“2 ana: Was a second machine considered?`."""
    first = next((thread for thread in threads if thread.open), None)
    if first is None:
        return f"{MARK} {counted(threads)}" if threads else ""
    said = first_line(first.root.text) or first_line(first.root.quote)
    answer = f" · {who(first.last)} answered" if first.replies else ""
    return f"{count_mark(threads)} {who(first.root)}: {said}{answer}"


def header(thread: Thread, comment: Comment, zone: tzinfo | None) -> list[Span]:
    """The state of a thread, or that a comment answers, and who wrote it when."""
    state = [OPEN if thread.open else RESOLVED, ("  ", "text")] if comment is thread.root else [("  ↳ ", "muted")]
    spans: list[Span] = [*state, (who(comment), "strong")]
    if comment.at is not None:
        # Nobody needs the second in which a comment was sent.
        at = comment.at.replace(second=0, microsecond=0) if isinstance(comment.at, datetime) else comment.at
        spans.append((f"  {moment_text(at, zone)}", "muted"))
    if comment.edited is not None and comment.text:
        spans.append(("  edited", "muted"))
    return spans


def folded(thread: Thread, zone: tzinfo | None) -> list[Span]:
    """A resolved thread on one line."""
    answers = f"  {len(thread.replies)} answer{'s' if len(thread.replies) > 1 else ''}" if thread.replies else ""
    said = first_line(thread.root.text) or "(removed)"
    return [*header(thread, thread.root, zone), (answers, "muted"), (f"  {said}", "muted")]


def body(thread: Thread, comment: Comment, width: int, questions: bool = True) -> list[list[Span]]:
    """The lines of a comment: what it quotes, the question that it answers, and its words."""
    first = comment is thread.root
    indent = "  " if first else "    "
    room = width - len(indent)
    lines: list[tuple[str, str]] = []
    if first:
        lines += [(line, "warning") for line in _doubts(thread, room)]
        if comment.quote.strip():
            lines.append((fit(f"“{' '.join(comment.quote.split())}”", room).rstrip(), "muted"))
        if comment.question and questions:
            asked = BY_ID.get(comment.question)
            lines += [(line, "muted") for line in wrapped(f"to: {asked.text if asked else comment.question}", room)]
    said = comment.text.strip("\n")
    lines += [(line, "text") for line in wrapped(said, room)] if said else [("(removed)", "muted")]
    return [[(indent, "text"), line] for line in lines]


def _doubts(thread: Thread, room: int) -> list[str]:
    if thread.orphan:
        return wrapped(f"! what it was about is gone ({thread.place})", room)
    if thread.lost:
        return wrapped("! the quoted words are no longer there", room)
    return []
