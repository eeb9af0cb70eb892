"""The words of an incident, as a library is searched for them.

A text fits what somebody typed if words of it begin so, one after the other: `poo` and `connection poo` find "The
connection pool was full"; `ool` does not. Writing that has no spaces between words is taken letter by letter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tui.workspace.filters import plain

if TYPE_CHECKING:
    from schemas.incident import Incident

BOUNDARY: Final = "|"
"""Stands between the texts of an incident, so that no phrase reaches from one into the next. No word of a query."""

LEAST: Final = 3
"""Shorter words in Latin letters fit nearly every incident, and are looked for in the rows alone."""

_ASCII_WORD: Final = re.compile(r"[a-z0-9_]+")
_SPACELESS: Final = "\u1100-\u11ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD: Final = re.compile(rf"[^\W{_SPACELESS}]+|[{_SPACELESS}]")


def words_in(text: str) -> str:
    """The words of a text without accents and capitals, a space between any two."""
    text = plain(text)
    return " ".join((_ASCII_WORD if text.isascii() else _WORD).findall(text))


def words_of(incident: Incident) -> str:
    """The words of everything that a search in the incident itself would look at."""
    from tui.workspace.search import texts

    # Taken apart in one go: a hundred small texts cost several times as much.
    whole = plain(BOUNDARY.join(text for _, text, _ in texts(incident) if text))
    return " ".join((_ASCII_PART if whole.isascii() else _PART).findall(whole))


def is_long_enough(words: str) -> bool:
    """Whether words of a query are looked for in texts."""
    return len(words) >= LEAST or (bool(words) and not words.isascii())


_ASCII_PART: Final = re.compile(rf"\{BOUNDARY}|{_ASCII_WORD.pattern}")
_PART: Final = re.compile(rf"\{BOUNDARY}|{_WORD.pattern}")
