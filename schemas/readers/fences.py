"""Which lines of a document are code, front matter or comments, also where somebody forgot to close a fence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from schemas.readers.section_names import meaning_of

LineKind = Literal["", "code", "fence", "stray", "front", "comment"]
"""Of a line: a plain one, code, the fence around it, a fence that belongs to nothing, front matter, a comment."""

_FENCE: Final = re.compile(r"[ \t]*(?:[-*+][ \t]+|>[ \t]*)?(`{3,}|~{3,})[ \t]*([^`]*)$")
_ATX: Final = re.compile(r"[ \t]{0,3}#{1,4}[ \t]*(\S.{0,100})$")
_MOST_FRONT: Final = 200
_FRONT_LINE: Final = re.compile(r"\s*(?:[\w\"' -]{1,60}\s?[:=]|-\s|#|[\]\[{}]|$)")


def kinds_of(lines: Sequence[str]) -> list[LineKind]:
    """What each line is."""
    kinds: list[LineKind] = [""] * len(lines)
    start = _front_matter(lines, kinds)
    _fences(lines, kinds, start)
    _comments(lines, kinds, start)
    return kinds


def _front_matter(lines: Sequence[str], kinds: list[LineKind]) -> int:
    """Mark the front matter; gives the index of the first line behind it."""
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if first >= len(lines) or lines[first].strip() not in ("---", "+++"):
        return 0
    sign = lines[first].strip()
    for i in range(first + 1, min(len(lines), first + _MOST_FRONT)):
        if lines[i].strip() == sign:
            kinds[first : i + 1] = ["front"] * (i + 1 - first)
            return i + 1
        if not _FRONT_LINE.match(lines[i]) and not lines[i].startswith(" "):
            return 0
    return 0


def _fences(lines: Sequence[str], kinds: list[LineKind], start: int) -> None:
    marks = [
        (i, found[1], found[2].strip())
        for i in range(start, len(lines))
        if ("```" in lines[i] or "~~~" in lines[i]) and (found := _FENCE.match(lines[i])) is not None
    ]
    at = 0
    while at < len(marks):
        i, sign, info = marks[at]
        if not info and _underlines(lines, i, sign):
            at += 1
            continue
        following = at + 1
        while following < len(marks) and not marks[following][1].startswith(sign[0] * 3):
            following += 1
        if following >= len(marks) or marks[following][2] or _holds_headings(lines, i, marks[following][0]):
            kinds[i] = "stray"
            at += 1
            continue
        end = marks[following][0]
        kinds[i] = kinds[end] = "fence"
        kinds[i + 1 : end] = ["code"] * (end - i - 1)
        at = following + 1


def _underlines(lines: Sequence[str], i: int, sign: str) -> bool:
    """Whether `~~~~~~` stands below a heading of its length, as reStructuredText has it, and begins no code."""
    above = lines[i - 1].strip() if i else ""
    free = i < 2 or not lines[i - 2].strip() or lines[i - 2].strip() == sign
    return sign[0] == "~" and bool(above) and free and abs(len(above) - len(sign)) <= 1


def _holds_headings(lines: Sequence[str], start: int, end: int) -> bool:
    """Whether what looks like code is a part of the document: it has headings that only a postmortem has."""
    found = 0
    for i in range(start + 1, end):
        if (head := _ATX.match(lines[i])) is not None and lines[i].lstrip().startswith("##"):
            meaning = meaning_of(head[1], strict=True)
            found += meaning is not None and bool(meaning.key)
    return found >= 1


def _comments(lines: Sequence[str], kinds: list[LineKind], start: int) -> None:
    i = start
    while i < len(lines):
        if kinds[i] or not lines[i].lstrip().startswith("<!--"):
            i += 1
            continue
        closed = next((j for j in range(i, len(lines)) if "-->" in lines[j]), None)
        if closed is None:
            return
        last = closed if not lines[closed].split("-->", 1)[1].strip() else closed - 1
        for j in range(i, last + 1):
            kinds[j] = kinds[j] or "comment"
        i = closed + 1
