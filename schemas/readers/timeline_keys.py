"""Stamps of milestones and nothing told (`First detected: 2023-09-18 13:42`) beside a timeline that tells the story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from schemas.incident import MILESTONES
from schemas.milestone_words import milestones_said
from schemas.readers.found import Item, Source

_FEW_WORDS: Final = 5
_MOST: Final = 10
_NAMES: Final = {
    "repaired": "recovered", "repair": "recovered", "fixed": "resolved", "restored": "recovered",
    "start": "impact-start", "started": "impact-start", "begin": "impact-start", "end": "recovered",
    "ended": "recovered",
    "detected": "detected",
    "declared": "declared", "resolved": "resolved", "mitigated": "mitigated", "closed": "closed",
    "acknowledged": "acknowledged", "recovered": "recovered", "detection": "detected", "resolution": "resolved",
}  # fmt: skip


def are_keys(items: Sequence[Item]) -> bool:
    """Whether all that some items tell is the name of a milestone each."""
    return 0 < len(items) <= _MOST and all(
        "at" in item.fields and len(str(item.fields["text"]).split()) <= _FEW_WORDS and _name(str(item.fields["text"]))
        for item in items
    )


def _name(text: str) -> str:
    said = milestones_said(text)
    if said:
        return said[0]
    words = text.casefold().replace(":", " ").split()
    return next((_NAMES[word] for word in words if word in _NAMES), "")


def with_keys(items: Sequence[Item], keys: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The items with the milestones that stamps of the same minute name, and the stamps that no item stands for."""
    found = list(items)
    by_minute: dict[object, int] = {}
    for i, item in enumerate(found):
        by_minute.setdefault(_minute(item), i)
    left: list[Item] = []
    for key in keys:
        name = _name(str(key.fields["text"]))
        at = by_minute.get(_minute(key))
        if at is None:
            left.append(replace(key, fields={**key.fields, "milestones": (name,)}))
            continue
        item = found[at]
        names = {*item.fields.get("milestones", ()), name}
        source = Source(key.source.lines, "sure", "named so in the document")
        found[at] = replace(
            item,
            fields={**item.fields, "milestones": tuple(each for each in MILESTONES if each in names)},
            parts={**item.parts, "milestones": source},
        )
    return found, left


def _minute(item: Item) -> object:
    at = item.fields.get("at")
    return at.replace(second=0, microsecond=0) if isinstance(at, datetime) else at
