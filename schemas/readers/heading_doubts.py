"""Lines that pass for headings and are none, and headings that hardly pass for any."""

from __future__ import annotations

import string
from typing import Final

from schemas.readers.headings import LEVELS, Head
from schemas.readers.section_names import meaning_of

_LEAST_NAME: Final = 6
"""So many letters of a name must be left if one is missing."""


def beheaded(text: str) -> Head | None:
    """The known name that a document begins with where its first letter was lost: `ssue Summary`."""
    words = text.strip().rstrip(":").strip()
    if not words[:1].islower() or len(words) < _LEAST_NAME:
        return None
    for letter in string.ascii_lowercase:
        meaning = meaning_of(letter + words, strict=True)
        if meaning is not None and meaning.exact and meaning.key:
            return Head("plain", LEVELS["plain"], words, meaning)
    return None


def goes_on(before: str, line: str) -> bool:
    """Whether a line is the end of a sentence that was wrapped: `recurrence and improve response times:`."""
    words = before.split()
    wrapped = len(words) > 5 and words[-1][-1] not in ".!?:;)*_`|>" and not before.lstrip().startswith(("-", "*", "#"))
    return wrapped and line.lstrip()[:1].islower()
