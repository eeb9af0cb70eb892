"""Where sentences stand in a Markdown text: its paragraphs, list items and table rows, each with its offset.

Code, quotations, comments, HTML tags, link targets and addresses are blanked out, a space for a character, so that
every position in a block is a position in the text. Everything here takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from schemas.patterns import late

LONGEST: Final = 2_000
"""A block of more characters is cut; no sentence is so long."""

_FENCE = late(r"[ \t]{0,8}(`{3,}|~{3,})")
_QUOTE = late(r"[ \t]{0,3}>")
_HEADING = late(r"[ \t]{0,3}#{1,6}[ \t]+(\S[^\n]*)")
_ITEM = late(r"[ \t]*(?:[-*+•=]|\d{1,3}[.)])[ \t]+|[ \t]*[-•](?=[A-Z])")
_ROW = late(r"[ \t]*\|")
_RULE = late(r"[ \t]*(?:\|?[ \t]*:?-{2,}+:?[ \t]*+){1,20}\|?[ \t]*|[ \t]*[*_=]{3,}[ \t]*")
_LABEL = late(r"[ \t]*[*_]{0,3}[^\W\d_][^\n:.!?|]{0,48}[*_]{0,3}[ \t]?:")
_ENTRY = late(
    r"[\s*_~\[(`-]{0,8}(?:\d{4}-\d{1,2}-\d{1,2}[T ,\s]{0,3})?"
    r"(?:\d{1,2}[:.]\d{2}|\d{1,2}\s?[ap]m\b|\d{4}\s?h(?:rs|ours)?\b)"
    r"(?!\s{0,3}(?:[A-Za-z.]{1,6}\s?)?(?:-|–|—|to\b)\s{0,3}\d{1,2}(?:[:.]\d\d|\s?[ap]m))",
    re.IGNORECASE,
)
_LENGTH = late(
    r"\b(?:hours?|minutes?|days?|weeks?|horas?|minutos?|días?|dias?|heures?|jours?|stunden?|tage?)\b", re.IGNORECASE
)
_TIMES_AS_CODE = late(
    r"(?=[^`\n]*\d\d?(?::\d\d|\s?[AaPp][Mm]))(?:[\s\d:.,/()+–—-]|[AaPp]\.?[Mm]\b\.?|[A-Z]{2,5}\b|to\b|and\b|st\b|nd\b|rd\b|th\b"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b){1,60}"
)
"""Code that is nothing but times: somebody liked the look of it."""

_INLINE = (
    late(rf"`(?!{_TIMES_AS_CODE.pattern}`)[^`\n]{{1,500}}`"),
    late(r"(?<=\])\([^)\n]{0,500}\)|(?<=\])\[[^\]\n]{0,200}\]"),
    late(r"<[A-Za-z/!][^<>\n]{0,300}>"),
    late(r"\b[a-z][a-z0-9+.\-]{1,20}://[^\s<>|)\]]{1,2000}", re.IGNORECASE),
)


class Block(Struct, frozen=True):
    """A stretch of a text whose words belong together. Line breaks within it are spaces.

    `label` is the heading, or the line that was only a label, directly above. An `entry` begins with a time of day, as
    the entries of a timeline do.
    """

    text: str
    offset: int
    label: str = ""
    entry: bool = False
    row: bool = False


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text, in its order."""
    label = ""
    held: list[str] = []
    begun = 0
    row = False

    def flush() -> Iterator[Block]:
        nonlocal label
        if not held:
            return
        words = " ".join(held)
        held.clear()
        if not row and _only_label(words):
            label = words.strip(" \t*_:#-•")
            return
        if words.strip(" \t|"):
            yield Block(words, begun, label, not row and _is_entry(words), row)
            label = label if label and _LABEL.match(_unmarked(words)) else ""

    for line, offset in _lines(text):
        # A line that begins with a letter and has no colon is no heading, rule, row, item, label or entry: most are so.
        wordy = line[:1].isalpha() and ":" not in line
        if not wordy and (heading := _HEADING.match(line)) is not None:
            yield from flush()
            label = heading[1].strip(" \t#*_:")[:80]
            continue
        if not line.strip(" \t\\") or (not wordy and _RULE.fullmatch(line)):
            yield from flush()
            continue
        is_row = not wordy and _ROW.match(line) is not None
        fresh = row or (not wordy and (is_row or _ITEM.match(line) or _LABEL.match(line) or _ENTRY.match(line)))
        if held and (fresh or sum(map(len, held)) + len(line) > LONGEST):
            yield from flush()
        for cut in range(0, len(line), LONGEST):
            if cut:
                yield from flush()
            if not held:
                begun, row = offset + cut, is_row
            held.append(line[cut : cut + LONGEST])
    yield from flush()


def as_label(row: str) -> str:
    """A table row of two cells as a label and its value; other rows say nothing by themselves."""
    inner = row.rstrip()
    cells = [cell for cell in inner.strip("| \t").split("|") if cell.strip()]
    if len(cells) != 2:
        return ""
    first = inner.index("|") if inner.lstrip().startswith("|") else -1
    bar = inner.index("|", first + 1)
    # One character for one, so that the offsets stay.
    return f"{inner[:bar].replace('|', ' ')}:{inner[bar + 1 :].replace('|', ' ')}"


def masked(text: str) -> str:
    """The text with spaces for what is no sentence of its author: inline code, tags, link targets, addresses."""
    if "`" in text or "<" in text or "]" in text or "://" in text:
        text = _uncommented(text)
        for pattern in _INLINE:
            text = pattern.sub(_blank, text)
    return text


def _uncommented(text: str) -> str:
    """Text with spaces for HTML comments; one that is not closed is left as it is."""
    parts = []
    at = 0
    while (opened := text.find("<!--", at)) >= 0 and (closed := text.find("-->", opened + 4)) >= 0:
        parts += [text[at:opened], re.sub(r"[^\n]", " ", text[opened : closed + 3])]
        at = closed + 3
    return "".join((*parts, text[at:]))


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Lines outside of fences and quotations, masked, with their offsets; a skipped one counts as blank."""
    fence = ""
    offset = 0
    for line in masked(text).split("\n"):
        mark = None if line[:1].isalpha() else _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            yield "", offset
        elif mark:
            fence = mark[1]
            yield "", offset
        else:
            yield "" if ">" in line and _QUOTE.match(line) else line, offset
        offset += len(line) + 1


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _is_entry(words: str) -> bool:
    return not words[:1].isalpha() and _ENTRY.match(words) is not None


def _unmarked(words: str) -> str:
    item = None if words[:1].isalpha() else _ITEM.match(words)
    return words[item.end() :] if item else words


def _only_label(words: str) -> bool:
    """Whether a block is nothing but the label of what follows: `**Duration:**`, `Duration of the outage`."""
    bare = _unmarked(words).strip(" \t*_")
    if len(bare) > 60 or any(char.isdigit() for char in bare):
        return False
    return bare.endswith(":") or (len(bare.split()) <= 5 and bare[-1:] not in ".!?" and not _LENGTH.search(bare))
