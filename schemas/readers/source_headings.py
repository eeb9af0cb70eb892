"""Whether a text has the headings of a postmortem, so that it is a document and no chat or log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from schemas.readers.blocks import Line
from schemas.readers.section_names import meaning_of

_MARKED: Final = re.compile(
    r"\s{0,3}(?:#{1,6}\s+|\d{1,2}[.)]\s+(?=\*\*))?(?:\*\*|__)?\s?([^*#_|`]{2,70}?)\s?:?\s?(?:\*\*|__)?:?\s?#{0,6}"
)
_UNDER: Final = re.compile(r"\s{0,3}(?:={3,}|-{3,})")
_FRONT: Final = re.compile(r"[\w -]{1,40}:(?:\s|$)")
_MOST_PLAIN: Final = 4_000


def is_report(lines: Sequence[Line]) -> bool:
    """Whether known section names stand in it as headings: one that is marked as such, or two plain ones."""
    if len(lines) > 2 and lines[0].text.strip() in ("---", "+++") and _FRONT.match(lines[1].text):
        return True
    fenced, plain, seen = False, set[str](), 0
    for i, line in enumerate(lines):
        text = line.text.strip()
        if text.startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or not 3 < len(text) <= 80:
            continue
        under = i + 1 < len(lines) and text[0].isalnum() and _UNDER.fullmatch(lines[i + 1].text) is not None
        if text[0] == "#" or text.startswith(("**", "__")) or under:
            found = _MARKED.fullmatch(text)
            if found is not None and meaning_of(found[1], strict=True) is not None:
                return True
        elif text[0].isupper() and len(text) <= 34 and seen < _MOST_PLAIN and not any(map(str.isdigit, text)):
            seen += 1
            words = text.rstrip(" :")
            if words.count(" ") < 4 and (meaning := meaning_of(words, strict=True)) is not None:
                plain.add(meaning.key)
                if len(plain) > 1:
                    return True
    return False
