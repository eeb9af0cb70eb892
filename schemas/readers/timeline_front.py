"""A timeline in a document's front matter: the list under `timeline:` or `key_events:`."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.blocks import Block, Line
from schemas.readers.heading_names import TIMELINE
from schemas.readers.parts import Part
from schemas.readers.section_names import meaning_of
from schemas.readers.timeline_ends import take_end
from schemas.readers.timeline_pieces import entry_stamp

_KEY: Final = re.compile(r"(\s*)(?:-\s+)?[\"']?([\w -]{1,40}?)[\"']?\s?[:=]\s*[\[|>]?\s*$")
_ITEM: Final = re.compile(r"(\s*)-\s+(.*)$")
_PAIR: Final = re.compile(r"\s*(?:-\s+)?[\"']?(\w[\w -]{0,20})[\"']?\s?[:=]\s+(.*)$")
_WHEN: Final = frozenset({"time", "at", "when", "date", "timestamp", "start"})
_WHAT: Final = frozenset({"event", "text", "description", "what", "entry", "message", "title", "summary", "note"})


def front_blocks(part: Part) -> tuple[Block, ...]:
    """The entries of a timeline in the front matter, as a list; empty where there is none."""
    for block in part.blocks:
        if block.kind == "front-matter" and (items := _items(block)):
            above = [line.number for line in block.texts if line.number < items[0].first and line.text.strip()]
            return (Block("list", above[-1] if above else items[0].first, items[-1].last, children=tuple(items)),)
    return ()


def _items(block: Block) -> list[Block]:
    found: list[Block] = []
    inside = False
    margin = 0
    for line in block.texts:
        key = _KEY.match(line.text)
        indent = len(line.text) - len(line.text.lstrip())
        if key is not None and (not inside or indent <= margin) and not line.text.lstrip().startswith("-"):
            meaning = meaning_of(key[2].replace("_", " ").replace("-", " "), strict=True)
            inside, margin = meaning is not None and meaning.key == TIMELINE, indent
        elif inside and line.text.strip():
            if indent <= margin and not line.text.lstrip().startswith("-"):
                inside = False
            else:
                _add(line, found)
    return [item for item in found if item.texts]


def _add(line: Line, found: list[Block]) -> None:
    """A line of the list: an item, or one more field of the item before."""
    item = _ITEM.match(line.text)
    pair = _PAIR.match(line.text)
    words = _unquoted(item[2] if item else line.text.strip())
    if pair is not None and pair[1].lower() in _WHEN | _WHAT and entry_stamp(words) is None:
        words = _unquoted(pair[2])
        if item is None and found and pair[1].lower() in _WHEN and found[-1].texts:
            words = f"{words} - {found[-1].text}"
            found[-1] = Block("item", found[-1].first, line.number, (Line(found[-1].first, words),))
            return
        if item is None and found and found[-1].texts:
            last = found[-1]
            sep = " - " if take_end(last.text) is None and " - " not in last.text else " "
            text = f"{last.text}{sep}{words}"
            found[-1] = Block("item", last.first, line.number, (Line(last.first, text), Line(line.number, "")))
            return
    if item is not None or not found:
        found.append(Block("item", line.number, line.number, (Line(line.number, words),)))
    else:
        last = found[-1]
        found[-1] = Block("item", last.first, line.number, (*last.texts, Line(line.number, words)))


def _unquoted(words: str) -> str:
    words = words.strip().rstrip(",")
    if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'":
        return words[1:-1]
    if words[:1] in "\"'" and words.count(words[0]) == 2:
        return words.replace(words[0], "")
    return words
