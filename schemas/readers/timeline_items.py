"""Entries with their times as items: text, kind, who acted, links, where it stands, and how sure it all is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from schemas.checks.milestone_marks import said_by_events
from schemas.incident import MILESTONES, Event, Incident
from schemas.readers.found import Item, Source
from schemas.readers.ground import Ground
from schemas.readers.timeline_kinds import kind_said
from schemas.readers.timeline_pieces import labelled
from schemas.readers.timeline_placed import Placed
from schemas.readers.timeline_words import plain_words
from schemas.readings import NotATime
from schemas.timeline import build
from schemas.when import read_time

_MENTION: Final = re.compile(r"[-–—:\s]{0,3}@([^\W_][\w.-]{0,60})(?=[\s,:]|$)")
_LABELS: Final = {
    "detect": "issue detected", "issue detect": "issue detected", "first detect": "issue detected",
    "resol": "issue resolved", "issue resol": "issue resolved", "incident resol": "issue resolved",
    "recovery": "service recovered", "recovered": "service recovered", "mitigated": "mitigated",
    "declared": "incident declared", "acknowledged": "acknowledged",
}  # fmt: skip
"""What labels such as “Detection:” say of a timed entry."""

_FEW_WORDS: Final = 3
_EMPTY_LABEL: Final = re.compile(r"(?:events?|description|what happened|details?)\s?:\s+(?=\S)", re.IGNORECASE)
_TOLD_BY_WORDS: Final = "inferred from its words"


def items_of(placed: Iterable[Placed], ground: Ground) -> list[Item]:
    """The items of a timeline in its order; entries of which nothing is left are none."""
    found = []
    for each in placed:
        item = _item(each, ground)
        if item is not None:
            found.append(item)
    return found


def _item(placed: Placed, ground: Ground) -> Item | None:
    entry = placed.entry
    text, links = _text(entry.texts)
    text = _EMPTY_LABEL.sub("", text, count=1) if _EMPTY_LABEL.match(text) else text
    if entry.label:
        text = f"{entry.label}: {text}" if text else entry.label
    if not text and not placed.changes:
        return None
    fields: dict[str, Any] = {"text": text, **placed.changes}
    lines = tuple(sorted(set(entry.lines)))
    parts: dict[str, Source] = {}
    if placed.sure != "sure" or placed.why:
        parts["at"] = Source(lines[:1], placed.sure, placed.why)
    if entry.until and "until" not in fields and "at" in fields:
        _set(fields, "until", entry.until, ground, fields["at"])
    if entry.recorded:
        _set(fields, "recorded", entry.recorded, ground, None)
    if entry.as_written:
        fields["as_written"] = entry.as_written
    if entry.zone:
        fields["zone"] = entry.zone
    if entry.milestones:
        fields["milestones"] = entry.milestones
    if all_links := tuple(dict.fromkeys((*entry.links, *links))):
        fields["links"] = all_links
    actor = entry.actor.strip("*_` ") or _actor(text)
    if actor:
        fields["actor"] = plain_words(actor)[0].removeprefix("@").replace("\n", " ")
    if entry.kind:
        fields["kind"] = entry.kind
    elif kind := kind_said(text):
        fields["kind"] = kind
        parts["kind"] = Source(lines, "likely", _TOLD_BY_WORDS)
    return Item(fields, Source(lines, placed.sure, placed.why), parts, tuple(placed.doubts))


def _text(texts: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    found = [plain_words(text) for text in texts]
    links = tuple(link for _, more in found for link in more)
    told = (words.rstrip("\\ \n") if words.endswith("\\") else words for words, _ in found)
    return "\n".join(words for words in told if words), links


def _actor(text: str) -> str:
    found = _MENTION.match(text)
    return found[1].rstrip(".-") if found else ""


def _set(fields: dict[str, Any], name: str, words: str, ground: Ground, after: object) -> None:
    """A second time of an entry, from a column of its own; words that are none stay in the text."""
    wall = after.replace(tzinfo=None) if isinstance(after, datetime) else None
    try:
        at = read_time(words.strip("*_` "), ground.context(after=wall)).at
    except NotATime:
        at = None
    if at is None:
        fields["text"] = f"{fields['text']}\n{name}: {words}".strip()
    else:
        fields[name] = at


def with_milestones(items: Sequence[Item], ground: Ground) -> list[Item]:
    """The items with the milestones that their words say were reached; none is added where the document marks them."""
    if any(item.fields.get("milestones") for item in items):
        return list(items)
    events = tuple(Event(id=str(i), **{**item.fields, "text": _hinted(item)}) for i, item in enumerate(items))
    story = build(Incident(zone=ground.zone_name, events=events))
    names: dict[int, list[str]] = {}
    for name, entry in said_by_events(story, MILESTONES).items():
        names.setdefault(int(entry.event.id), []).append(name)
    return [_marked(item, names.get(i)) for i, item in enumerate(items)]


def _hinted(item: Item) -> str:
    """The text of an item, with what its label says of it in words of a sentence."""
    text = str(item.fields.get("text", ""))
    label = labelled(text) if "at" in item.fields else None
    name = label[0] if label is not None else text if len(text.split()) <= _FEW_WORDS else ""
    said = next((said for word, said in _LABELS.items() if name.casefold().startswith(word)), "") if name else ""
    return f"{said}. {text}" if said else text


def _marked(item: Item, names: list[str] | None) -> Item:
    if not names:
        return item
    ordered = tuple(name for name in MILESTONES if name in names)
    source = Source(item.source.lines, "likely", _TOLD_BY_WORDS)
    return replace(item, fields={**item.fields, "milestones": ordered}, parts={**item.parts, "milestones": source})


def without_repeats(parts: Iterable[Sequence[Item]]) -> list[Item]:
    """The items of all parts, each told once; the lines of what an earlier part told in the same words stay there.

    What one part tells twice is two items: its author wrote both.
    """
    kept: dict[tuple[object, ...], int] = {}
    found: list[Item] = []
    for items in parts:
        before = dict(kept)
        for item in items:
            words = " ".join(re.findall(r"\w+", str(item.fields.get("text", "")).casefold()))
            key = (str(item.fields.get("at")), words)
            at = before.get(key)
            if at is None or not words or item.fields.get("at") is None or _same_line(found[at], item):
                kept[key] = len(found)
                found.append(item)
    return found


def _same_line(one: Item, other: Item) -> bool:
    return not set(one.source.lines).isdisjoint(other.source.lines)
