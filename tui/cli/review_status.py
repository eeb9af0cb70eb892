"""Where the review of an incident stands, as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from schemas.comments import Thread, threads
from schemas.gates import Obstacle
from schemas.incident import Comment, Incident, Review
from schemas.text import clean_line, first_line, shorten
from schemas.verdicts import Standing, standing
from tui.cli.console import json_text
from tui.workspace.errors import shown

_WIDTH: Final = 100

_SAID: Final = {
    "approved": "approved this very content",
    "own": "approved it, and wrote or owns it",
    "outdated": "approved an older content",
    "unbound": "approved, without saying which content",
    "changes": "asks for changes",
    "asked": "was asked and has not answered",
    "forced": "took a step in spite of what stood in its way",
}
"""What each part of the standing means, for people."""


class State(Struct, frozen=True):
    """All there is to say of one file. `to` is the next step, empty after the last; `obstacles` what is in its way."""

    path: Path
    incident: Incident
    to: str
    obstacles: tuple[Obstacle, ...]


def as_json(state: State) -> str:
    """One object: `file`, `title`, `status`, `content`, `threads`, `reviews`, `passed`, `next` and `obstacles`."""
    now = standing(state.incident)
    return json_text(
        {
            "file": str(state.path),
            "title": state.incident.title,
            "status": state.incident.status,
            "content": now.content,
            "threads": [_thread(thread) for thread in threads(state.incident)],
            "reviews": {name: [_review(review) for review in getattr(now, name)] for name in _SAID},
            "passed": now.passed,
            "next": state.to or None,
            "obstacles": [
                {"kind": each.kind, "where": each.where, "message": each.message, "hint": each.hint}
                for each in state.obstacles
            ],
        }
    )


def _thread(thread: Thread) -> dict[str, Any]:
    return {
        "id": thread.id,
        "on": thread.place,
        "gone": thread.orphan,
        "open": thread.open,
        "question": thread.root.question,
        "quote": thread.root.quote,
        "quote_at": list(thread.quote_at) if thread.quote_at else None,
        "comments": [_comment(comment) for comment in thread.comments],
    }


def _comment(comment: Comment) -> dict[str, Any]:
    at = comment.at.isoformat() if comment.at is not None else None
    return {"id": comment.id, "author": comment.author, "at": at, "text": comment.text}


def _review(review: Review) -> dict[str, Any]:
    at = review.at.isoformat() if review.at is not None else None
    return {"id": review.id, "reviewer": review.reviewer, "at": at, "summary": review.summary}


def as_text(state: State) -> str:
    """A few lines: what the document is, its threads, who said what, and what stands in the way of the next step."""
    return "".join(f"{clean_line(line).rstrip()}\n" for line in _lines(state))


def _lines(state: State) -> Iterator[str]:
    incident, now = state.incident, standing(state.incident)
    yield f"{incident.title or shown(state.path)}  ({incident.status})"
    found = threads(incident)
    waiting = sum(thread.open for thread in found)
    yield f"{_counted(len(found), 'comment thread')}, {waiting} open"
    for thread in found:
        if thread.open:
            yield f"  {_opening(thread)}"
    yield from _verdicts(now)
    if state.to:
        words = f"in the way of {state.to}"
        yield f"{_counted(len(state.obstacles), 'thing')} {words}" if state.obstacles else f"nothing {words}"
        for each in state.obstacles:
            yield f"  {each.where}: {each.message}"
            if each.hint:
                yield f"    {each.hint}"


def _verdicts(now: Standing) -> Iterator[str]:
    said = [(review, words) for name, words in _SAID.items() for review in getattr(now, name)]
    yield "verdicts:" if said else "no verdicts"
    for review, words in said:
        summary = f": {shorten(first_line(review.summary), _WIDTH)}" if review.summary.strip() else ""
        yield f"  {review.reviewer or 'somebody'} {words}{summary}"


def _opening(thread: Thread) -> str:
    """A thread in one line: its place, who began it, what it says, and how many answers it has."""
    gone = " (gone)" if thread.orphan else ""
    words = shorten(first_line(thread.root.text) or first_line(thread.root.quote), _WIDTH)
    answers = f"  [{_counted(len(thread.replies), 'answer')}]" if thread.replies else ""
    return f"{thread.place or 'the whole'}{gone}: {thread.root.author or 'somebody'}: {words}{answers}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
