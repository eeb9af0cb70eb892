"""The clock that lengths are counted from, where the document says it: `times relative to T = 14:00 UTC`."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.parts import Document, Part

_ZERO: Final = re.compile(
    r"(?<![\w+-])[TtH](?:\s?[+-]?\s?0{1,2}(?:m|min)?)?\s{0,2}(?:=|:|\bis\b|\bwas\b|\bat\b|\bon\b)\s{0,2}"
    r"((?:\d{4}-\d\d-\d\d[T ])?\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:[A-Z]{1,5}\b|[+-]\d\d:?\d\d))?)"
)
_MOST: Final = 2_000
"""So many lines are looked at: it is said in the heading, above the entries or in the introduction."""


def zero_said(document: Document, part: Part) -> str:
    """The words for the time of `T`, or nothing: those of the timeline's heading, then of its lines, then of all."""
    for text in (part.title, *(line.text for line in (*part.body[:_MOST], *document.lines[:_MOST]))):
        if "T" in text or "t" in text or "H" in text:
            found = _ZERO.search(text)
            if found is not None:
                return found[1]
    return ""
