"""Contributing factors, from the lists of parts that are called so."""

from __future__ import annotations

import re
from typing import Any, Final

from schemas.readers.actions_found import joined, lines_below
from schemas.readers.actions_lists import siblings
from schemas.readers.actions_values import is_nothing
from schemas.readers.blocks import Block
from schemas.readers.found import Gathered, Item, Source
from schemas.readers.ground import Ground
from schemas.readers.parts import Document, Part
from schemas.readers.timeline_words import plain_words

_CALLED: Final = re.compile(
    r"\W*(?:\d{1,2}(?:\.\d{1,2})?[.)]?\s+)?(?:(?:the|other|main|additional|key)\s)?(?:contribut(?:ing"
    r"|ory)\s(?:factors?|conditions?|causes?)(?:\s(?:and|&|/)\s\w{3,20}|\sanalysis)?"
    r"|contributors?(?:\s?[/&]\s?enablers?)?|factores\s(?:contribuyentes|que\scontribuyeron)|fatores\scontribuintes"
    r"|facteurs\scontributifs"
    r"|facteurs\sayant\scontribué|beitragende\sfaktoren)\b[^.]{0,40}",
    re.IGNORECASE,
)
_KIND: Final = re.compile(r"\s*(?:kind|type|category):\s*(.{1,60})$", re.IGNORECASE)


def read_factors(document: Document, _: Ground) -> Gathered[Item]:
    """The contributing factors in the order of the document.

    Their lines leave the text only where the cause is told somewhere else too: no document shall lose its root cause.
    """
    items: list[Item] = []
    parts = [part for part in document.parts if part.heading is not None and _CALLED.fullmatch(part.title)]
    for part in parts:
        for block in part.blocks:
            for item in block.children if block.kind == "list" else ():
                items += [found for each in siblings(item) if (found := _factor(each)) is not None]
    elsewhere = any(part.key == "root_cause" and part not in parts and _has_words(part) for part in document.parts)
    used = frozenset(number for item in items for number in item.source.lines) if elsewhere else frozenset()
    return Gathered(tuple(items), used)


def _has_words(part: Part) -> bool:
    return any(line.text.strip() for line in part.body)


def _factor(item: Block) -> Item | None:
    text, links = plain_words(joined([line.text for line in item.texts]))
    fields: dict[str, Any] = {}
    lines = text.split("\n")
    if len(lines) > 1 and (kind := _KIND.match(lines[-1])) is not None:
        fields["kind"] = kind[1]
        text = "\n".join(lines[:-1])
    if not text or is_nothing(text):
        return None
    below = [plain_words(line)[0] if line == line.lstrip() else line for line in lines_below(item.children)]
    fields["text"] = "\n".join([text, *below])
    if links:
        fields["links"] = links
    return Item(fields, Source(tuple(item.numbers)))
