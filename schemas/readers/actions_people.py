"""The people whom a document names as its own, and their names beside the words of an action."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.actions_put import Tags
from schemas.readers.actions_values import is_person
from schemas.readers.blocks import walk
from schemas.readers.header_fields import facts_of
from schemas.readers.heading_names import PEOPLE
from schemas.readers.parts import Document
from schemas.readers.timeline_words import plain_words

_BETWEEN: Final = re.compile(r"\s*(?:[,;/&|:]|\(|\)|\s[–—-]\s|\band\b|\by\b|\bund\b|\bet\b|\be\b)\s*")
_BEFORE: Final = re.compile(r"\s*([^\W\d_][\w.'’-]{0,24}(?:\s[^\W\d_][\w.'’-]{0,24}){0,3})\s?(?::|\s[–—-])\s+(?=\S)")
_BEHIND: Final = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]]\s*\.?\s*$")
_MOST: Final = 400
_SHORTEST: Final = 2


def people_named(document: Document) -> frozenset[str]:
    """Names of people in small letters, in full and the first one alone: authors, owners, those who took part."""
    told = [fact.value for fact in facts_of(document) if fact.key in ("authors", "owner")]
    for part in document.of(PEOPLE):
        told += [line.text for block in walk(part.blocks) if block.kind != "heading" for line in block.texts][:_MOST]
    names: set[str] = set()
    for words in told:
        for piece in _BETWEEN.split(plain_words(words)[0][:_MOST]):
            name = piece.strip(" .@")
            if len(name) > _SHORTEST and is_person(name):
                names |= {name.casefold(), name.split()[0].casefold()}
    return frozenset(names)


def take_known(text: str, tags: Tags, people: frozenset[str]) -> str:
    """Take the name of somebody known in front of an action's words, or in brackets behind them, as its owner."""
    if tags.owner or not people:
        return text
    if (before := _BEFORE.match(text)) is not None and before[1].casefold() in people:
        tags.owner = before[1]
        return text[before.end() :]
    start = max(0, len(text) - _MOST)
    if (behind := _BEHIND.search(text, start)) is not None and text[: behind.start()].strip():
        names = [name.strip().casefold() for name in _BETWEEN.split(behind[1])]
        if all(name in people for name in names):
            tags.owner = behind[1].strip()
            return text[: behind.start()]
    return text
