"""Entries that are items of a list, numbered or not, nested under a day or a label, with details below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from schemas.readers.blocks import Block, Line
from schemas.readers.timeline_ends import take_end, take_labelled
from schemas.readers.timeline_lines import add_entries, begins, goes_on, read_lines
from schemas.readers.timeline_pieces import (
    DayLine,
    Entry,
    Pieces,
    entry_stamp,
    is_day,
    is_placeholder,
    joined,
    labelled,
    stamp_of,
)
from schemas.readers.timeline_stamp import Stamp

_ITEM: Final = re.compile(r"\s*(?:[-*+•]|[=–—](?=\s+\d))\s+(?=\S)")


def read_list(block: Block, pieces: Pieces) -> None:
    """The entries of a list. Where no item begins with a time, it is a detail of the entry before it."""
    items = items_in(block)
    if not any(begins_with_time(item) or has_entries(item) for item in items):
        if goes_on([line for item in items for line in item.texts], pieces):
            return
        if pieces.open is not None:
            pieces.waiting.append(block)
        return
    for item in items:
        _read_item(item, pieces)


def items_in(block: Block) -> tuple[Block, ...]:
    """The items of a list, those apart that were written so far to the right that Markdown takes them for one."""
    if not any(_ITEM.match(line.text) for item in block.children for line in item.texts[1:]):
        return block.children
    found: list[Block] = []
    for item in block.children:
        texts: list[Line] = []
        for line in item.texts:
            if (sign := _ITEM.match(line.text)) is not None and texts:
                found.append(replace(item, texts=tuple(texts), children=(), last=texts[-1].number))
                texts = [Line(line.number, line.text[sign.end() :])]
            else:
                texts.append(line)
        first = texts[0].number if texts else item.first
        found.append(replace(item, first=first, texts=tuple(texts)))
    return tuple(found)


def begins_with_time(item: Block) -> bool:
    """Whether an item begins with a time of day, or a day and words."""
    return bool(item.texts) and (entry_stamp(item.texts[0].text) is not None)


def has_entries(item: Block) -> bool:
    """Whether what stands inside of an item that is none itself holds entries: lists, or paragraphs with times."""
    return any(
        _has_lines(child)
        if child.kind == "paragraph"
        else any(begins_with_time(inner) or has_entries(inner) for inner in child.children if child.kind == "list")
        for child in item.children
    )


def _has_lines(block: Block) -> bool:
    """Whether a paragraph begins with a time of day that is no range of a sentence."""
    stamp = entry_stamp(block.texts[0].text) if block.texts else None
    return stamp is not None and stamp.says in ("clock", "moment")


def item_texts(item: Block) -> Iterator[str]:
    """The lines of an item itself."""
    return (line.text for line in item.texts)


def _read_item(item: Block, pieces: Pieces) -> None:
    first = item.texts[0] if item.texts else None
    if first is None:
        _children(item, pieces)
        return
    stamp = entry_stamp(first.text)
    if stamp is not None and stamp.says == "day" and has_entries(item):
        # A day with a title above its own list.
        pieces.add(DayLine(stamp, first.number), "item")
        pieces.add(Entry(None, [stamp.rest], [first.number]), "item")
        _children(item, pieces)
    elif stamp is not None:
        _read_stamped(item, stamp, pieces)
    elif (day := is_day(first.text)) is not None:
        pieces.add(DayLine(day, first.number, (first.number,)), "item")
        _children(item, pieces)
    elif (field := _field_with_time(item)) is not None:
        _read_fields(item, field, pieces)
    elif has_entries(item):
        before = len(pieces.found)
        _children(item, pieces)
        _name(item, pieces, before)
    elif (blank := stamp_of(first.text)) is None or blank.says != "blank":
        read_untimed(item, pieces)
    elif blank.rest and not is_placeholder(blank.rest) and pieces.timed:
        pieces.add(Entry(None, [joined([blank.rest, *list(item_texts(item))[1:]])], [first.number]), "item")


def _name(item: Block, pieces: Pieces, at: int) -> None:
    """Give the words of an item to the first entry found below it, from piece `at`, if that says nothing but a time."""
    first = pieces.found[at] if at < len(pieces.found) else None
    if isinstance(first, Entry) and not any(text.strip() for text in first.texts):
        first.texts = [joined(item_texts(item)).rstrip(":： ")]
        first.lines[:0] = [line.number for line in item.texts]


def _field_with_time(item: Block) -> Block | None:
    """The one field below an item that holds its time: `Detection` over `Time: 10:00` and `Method: alert`."""
    fields = [field for child in item.children if child.kind == "list" for field in child.children]
    timed = [field for field in fields if begins_with_time(field)]
    if len(timed) != 1 or len(fields) < 2 or not timed[0].texts:
        return None
    stamp = entry_stamp(timed[0].texts[0].text)
    return timed[0] if stamp is not None and not stamp.rest and labelled(timed[0].texts[0].text) else None


def _read_fields(item: Block, field: Block, pieces: Pieces) -> None:
    """An item with fields of its own as one entry."""
    stamp = entry_stamp(field.texts[0].text)
    pieces.add(Entry(stamp, [joined(item_texts(item))], [line.number for line in item.texts]), "item")
    entry = pieces.open
    if entry is None:
        return
    for child in item.children:
        for other in child.children if child.kind == "list" else (child,):
            if other is field:
                entry.lines.extend(field.numbers)
            else:
                pieces.detail(entry, other)


def _children(item: Block, pieces: Pieces) -> None:
    for child in item.children:
        if child.kind == "list":
            read_list(child, pieces)
        elif child.kind == "paragraph" and _has_lines(child):
            read_lines(child, pieces)
        elif pieces.open is not None:
            pieces.waiting.append(child)


def _read_stamped(item: Block, stamp: Stamp, pieces: Pieces) -> None:
    """An item with a time, its wrapped lines, and its details; a wrapped line may be an entry whose sign was lost."""
    own: list[Line] = [item.texts[0]]
    rests: list[tuple[Stamp, list[Line]]] = [(stamp, own)]
    for at in range(1, len(item.texts)):
        other = begins(item.texts, at, stamp)
        if other is not None and other.says in ("clock", "moment") and other.sign and stamp.sign:
            own = [item.texts[at]]
            rests.append((other, own))
        else:
            own.append(item.texts[at])
    for each, lines in rests:
        whole = replace(each, rest=joined([each.rest, *(line.text for line in lines[1:])]))
        add_entries(whole, lines, pieces, "item")
    beside = [child for child in item.children if child.kind == "list" and _stands_beside(child, item, pieces)]
    if (entry := pieces.open) is not None:
        for child in item.children:
            if child not in beside:
                pieces.detail(entry, child)
    for child in beside:
        read_list(child, pieces)


def _stands_beside(child: Block, item: Block, pieces: Pieces) -> bool:
    """Whether the list in an item is no deeper than it: its sign is one that Markdown does not know (`=`, `–`)."""
    return _margin(child.first, pieces) <= _margin(item.first, pieces) and any(map(begins_with_time, child.children))


def _margin(number: int, pieces: Pieces) -> int:
    text = pieces.lines[number - 1].text if 0 < number <= len(pieces.lines) else ""
    return len(text) - len(text.lstrip())


def read_untimed(item: Block, pieces: Pieces) -> None:
    """An item without a time in front: its time may stand behind its words, or nowhere."""
    text = joined(item_texts(item))
    if is_placeholder(text):
        return
    begun = stamp_of(text)
    ended = begun if begun is not None and begun.timed and begun.rest else take_end(text) or take_labelled(text)
    numbers = [line.number for line in item.texts]
    if ended is not None:
        pieces.add(Entry(ended, [ended.rest], numbers), "item")
    else:
        pieces.add(Entry(None, [text], numbers), "item")
    entry = pieces.open
    if entry is not None:
        for child in item.children:
            pieces.detail(entry, child)
