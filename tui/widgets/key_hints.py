"""The keys that matter now, for the right end of a bottom line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui.widgets.rows import Span
from tui.workspace.commands import BY_ID, key_text

DOCUMENT: Final = ("document.save", "document.add-event", "document.next-finding", "document.timeline", "app.palette")
"""What is hinted at wherever a document is open, behind the help."""
MOST: Final = 6


def key_hints(ids: Sequence[str], room: int, *, most: int = MOST) -> tuple[list[Span], list[str]]:
    """As many commands as fit into `room` cells, `most` at most, each with its first key.

    Gives the spans, and for each the command that it is of.
    """
    spans: list[Span] = []
    tags: list[str] = []
    for command in [BY_ID[each] for each in ids][:most]:
        name, word = key_text(command.keys[0]), f" {command.hint}  "
        room -= len(name) + len(word)
        if room < 0:
            break
        spans += [(name, "accent"), (word, "muted")]
        tags += [command.id, command.id]
    return spans, tags
