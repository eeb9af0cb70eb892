"""The end of a story that its timeline leaves out: a sentence of the resolution that says when all was well again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from schemas.milestone_words import milestones_said
from schemas.readers.blocks import walk
from schemas.readers.found import Doubt, Item
from schemas.readers.ground import Ground
from schemas.readers.parts import Document, Part
from schemas.readers.timeline_items import items_of, with_milestones
from schemas.readers.timeline_pieces import Entry
from schemas.readers.timeline_prose import entries_in
from schemas.readers.timeline_story import tell

_ENDS: Final = frozenset({"recovered", "resolved", "closed"})


def with_outcome(document: Document, items: Sequence[Item], ground: Ground) -> list[Item]:
    """The items of a timeline, and behind them its end as the resolution tells it, if no item of theirs says so.

    The sentence stays in its section too, and there is a doubt about the event.
    """
    walls = [wall for item in items if (wall := _wall(item)) is not None]
    if not walls or any(_ENDS & {*_said(item)} for item in items):
        return list(items)
    for part, entry in _told(document):
        for item in items_of(tell([entry], ground, start=max(walls).date()).placed, ground):
            wall = _wall(item)
            if wall is not None and wall > max(walls):
                why = f"the timeline does not tell this; it stands under “{part.title}”, and is taken for an event"
                doubt = Doubt(entry.head, str(item.fields["text"]), why)
                source = replace(item.source, sure="likely", why=why)
                ended = replace(item, source=source, doubts=(*item.doubts, doubt))
                return [*items, *with_milestones([ended], ground)]
    return list(items)


def _said(item: Item) -> tuple[str, ...]:
    marked: tuple[str, ...] = item.fields.get("milestones", ())
    return marked or milestones_said(str(item.fields.get("text", "")), str(item.fields.get("kind", "")))


def _told(document: Document) -> Iterator[tuple[Part, Entry]]:
    """The sentences about the resolution that name a time and say that all was well again."""
    for part in document.of("resolution"):
        for block in walk(part.blocks):
            if block.kind in ("paragraph", "item"):
                for entry in entries_in(block):
                    if _ENDS & {*milestones_said(" ".join(entry.texts))}:
                        yield part, entry


def _wall(item: Item) -> datetime | None:
    at = item.fields.get("at")
    return at.replace(tzinfo=None) if isinstance(at, datetime) else None
