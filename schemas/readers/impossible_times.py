"""Dates and clocks that there are not: 30 February, 25:10. They stay words, and a person is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec.structs import replace

from schemas.readers.found import Doubt, Gathered, Item
from schemas.readers.parts import Document

_YEAR_FIRST: Final = re.compile(r"(?<![\w./-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\w/-])")
_YEAR_LAST: Final = re.compile(r"(?<![\w./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?![\w/-])")
_CLOCK: Final = re.compile(r"\W*(?:\d[\d./-]*[ T,]+)?((\d{1,2}):(\d\d)(?::\d\d)?)(?![\w:/-])")
_BEFORE_WORDS: Final = 40
"""Characters at the beginning of an entry in which its time stands."""


def with_impossible(found: Gathered[Item], document: Document, field: str) -> Gathered[Item]:
    """The same items, with a doubt for each that has no `field` (`at`, `due`) but words that would be one."""
    return replace(found, items=tuple(_doubted(item, document, field) for item in found.items))


def _doubted(item: Item, document: Document, field: str) -> Item:
    text = str(item.fields.get("text", ""))
    if item.fields.get(field) is not None or not item.source.lines:
        return item
    said = next(_impossible(text if field == "due" else text[:_BEFORE_WORDS], clocks=field == "at"), None)
    if said is None:
        return item
    line = next((each for each in item.source.lines if said in document.lines[each - 1].text), item.source.lines[0])
    why = f"{said} is no {'date' if field == 'due' else 'time'} that there is; it is kept as words"
    return replace(item, doubts=(*item.doubts, Doubt(line, document.lines[line - 1].text.strip(), why, field)))


def _impossible(text: str, *, clocks: bool) -> Iterator[str]:
    for found in _YEAR_FIRST.finditer(text):
        if not (_is_day(found[1], found[3], found[4])):
            yield found.group()
    for found in _YEAR_LAST.finditer(text):
        if not (_is_day(found[4], found[3], found[1]) or _is_day(found[4], found[1], found[3])):
            yield found.group()
    clock = _CLOCK.match(text) if clocks else None
    if clock and ((int(clock[2]), int(clock[3])) > (24, 0) or int(clock[3]) > 59):
        yield clock[1]


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
