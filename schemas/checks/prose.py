"""What a text really says: Markdown without its code, links and comments, and whether anything was written at all.

Results are remembered by text, so that a keystroke in one section does not read the other ones again. Every expression
here takes time in proportion to the text, however hostile it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from schemas.patterns import late
from schemas.sections import BY_KEY

REMEMBERED: Final = 128
"""How many texts are remembered at a time: more than an incident has sections."""

LINES_REMEMBERED: Final = 2048
"""How many lines are remembered at a time: a keystroke in a long section is to cost one line, not all of them."""

_INLINE_CODE = late(r"`[^`\n]+`")
_LINK_TARGET = late(r"\]\([^)\n]{0,500}\)|\]\[[^\]\n]{0,200}\]")
_ADDRESS = late(r"\b[a-z][a-z0-9+.\-]{1,20}://[^\s<>]+", re.IGNORECASE)
_FENCE = late(r" {0,3}(`{3,}|~{3,})")
_EMPTY_WORDS = late(
    r"\b(?:TODO|TBD|TBA|FIXME|XXX+)\b|\bHH:MM\b|\[[ xX]?\]|^[ \t]{0,3}#{1,6}[^\n]*$|[\W_]", re.MULTILINE
)  # fmt: skip
_BEGUN = late(r"\s*(?!(?:TODO|TBD|TBA|FIXME|XXX+)\b|HH:MM\b)[^\W_]")
"""A text that begins with a word, and none of a template, says something; that settles nearly all of them."""


@lru_cache(maxsize=REMEMBERED)
def plain(markdown: str) -> str:
    """The words of a person: without code, quotations of other documents, link targets, addresses and comments."""
    text = uncommented(markdown)
    if "`" in text or "~~~" in text:
        text = _INLINE_CODE.sub(" ", _unfenced(text))
    if "](" in text or "][" in text:
        text = _LINK_TARGET.sub("](-)", text)
    if "://" in text:
        text = _ADDRESS.sub(" ", text)
    return text


def uncommented(text: str) -> str:
    """Text without HTML comments; one that is not closed is left as it is."""
    parts = []
    at = 0
    while (opened := text.find("<!--", at)) >= 0:
        closed = text.find("-->", opened + 4)
        if closed < 0:
            break
        parts.append(text[at:opened])
        at = closed + 3
    return "".join((*parts, text[at:])) if parts or at else text


def _unfenced(text: str) -> str:
    """Text without fenced code blocks; one that is not closed ends with the text."""
    kept = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if not fence:
            if mark:
                fence = mark[1]
            else:
                kept.append(line)
        elif mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return "\n".join(kept)


@lru_cache(maxsize=REMEMBERED)
def unwritten(body: str, key: str = "") -> bool:
    """Whether a text says nothing: blank, only headings, comments and placeholders, or the section's own prompt."""
    if not body.strip():
        return True
    if key in BY_KEY and " ".join(body.split()) == BY_KEY[key].prompt:
        return True
    return _BEGUN.match(body) is None and len(body) < 2000 and not _EMPTY_WORDS.sub("", uncommented(body))


@lru_cache(maxsize=REMEMBERED)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences and list items of a text."""
    return tuple(part for part in re.split(r"(?<=[.!?])\s+|\n", text) if part.strip())


_NUMBER = late(
    r"(?<![\w.\-/#:])\d[\d.,]*(?:%|\b)"
    r"|\b(?:all|every(?:one|body|thing)?|none|nobody|zero|entire|complete|completely|total|whole|half"
    r"|no (?:one|users?|customers?|data|requests?|orders?)"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?)\b",
    re.IGNORECASE,
)


def has_number(text: str) -> bool:
    """Whether a text gives a quantity, in figures or in words ("all", "half", "nobody").

    Figures that belong to a name (`PHP7`, `v2`, `#12`) do not count.
    """
    return _NUMBER.search(text) is not None
