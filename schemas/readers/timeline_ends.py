"""A time behind the words of an entry: `Alert fired (14:05)`, `Rolled back – 14:20 UTC`, `Detected: June 9`."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from schemas.readers.timeline_pieces import entry_stamp, labelled, stamp_of
from schemas.readers.timeline_stamp import Stamp

_BRACKET: Final = re.compile(
    r"\s*[*_]{0,3}[(\[]\s*([^()\[\]]{2,60}(?:\([A-Za-z/+: 0-9]{1,12}\))?)\s*[)\]][*_]{0,3}\s*[.;]?\s*$"
)
_SIGN: Final = re.compile(r"(?:\s+[-–—|@]+>?\s+|\s*[:：][*_]{0,3}\s+|\s*\t\s*|,\s+|\s+→\s+)(?=[^\s])")
_AT: Final = re.compile(r"\s+(?:at|on|@|às|um|à|a las|el|le)\s+(?=\S)|\s+(?=\d{4}-\d{1,2}-\d)", re.IGNORECASE)
_NOTED: Final = re.compile(
    r"([*_]{0,3})([^\W\d_][^:()\[\]\n]{1,60}?)\s?[(\[]([^()\[\]\n]{3,60})[)\]]\s?(?:[:：]\s?\1|\1\s?[:：]|\1\s[–—-])\s+(?=\S)"
)
_ENDS_IN_DAY: Final = re.compile(
    r"\b(?:(?:19|20)\d\d|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]{2,8}|[A-Z][a-z]{2,6}day)$"
)
_FARTHEST: Final = 70


def take_end(text: str) -> Stamp | None:
    """The stamp at the end of a text, with the words in front of it as its `rest`; None if none stands there.

    Behind a bracket or separator any time counts; without one (`Resolved 2023-09-20 19:18`) few words may stand before.
    """
    if not any(char.isdigit() for char in text[-_FARTHEST:]):
        return None
    bracket = _BRACKET.search(text, max(0, len(text) - _FARTHEST - 10))
    if bracket is not None and bracket.start():
        found = _whole(bracket[1])
        if found is not None:
            return replace(found, rest=text[: bracket.start()].strip(), sign=")")
    start = max(0, len(text) - _FARTHEST)
    for sign in _SIGN.finditer(text, start):
        found = _whole(text[sign.end() :])
        if found is not None and sign.group().startswith(",") and _ENDS_IN_DAY.search(text, start, sign.start()):
            break  # a sentence that names day and time: neither may be cut off from the other
        if found is not None and text[: sign.start()].strip():
            return replace(found, rest=_closed(text[: sign.start()].strip()), sign=sign.group().strip()[:1] or " ")
    if len(text) <= 100:
        for joint in _AT.finditer(text, start):
            before = text[: joint.start()].strip()
            found = _whole(text[joint.end() :])
            if found is not None and 0 < len(before.split()) <= 4:
                return replace(found, rest=before, sign="@")
    return None


def take_labelled(text: str) -> Stamp | None:
    """The stamp behind a label in front: `Detected: 10:00 UTC - the alert fired`, `Detection (10:00): the alert fired`.

    The label stays in its `rest`.
    """
    if (noted := _NOTED.match(text)) is not None and (found := _whole(noted[3])) is not None:
        return replace(found, rest=f"{noted[2].strip()}: {text[noted.end() :]}", sign=":")
    label = labelled(text)
    found = entry_stamp(label[1]) if label is not None else None
    if label is None or found is None or not found.timed or not found.rest:
        return None
    return replace(found, rest=f"{label[0]}: {found.rest}")


def _closed(words: str) -> str:
    """The words in front of a time, without a mark that is closed behind it: `**Detected: 10:00**`."""
    for mark in ("***", "**", "__", "*", "_"):
        if words.startswith(mark) and words.count(mark) == 1:
            return words.removeprefix(mark).lstrip()
    return words


def _whole(text: str) -> Stamp | None:
    """The stamp that a text is from end to end."""
    words = text.strip().rstrip(".;")
    found = stamp_of(words)
    if found is None or not found.timed or found.says == "length" or found.rest.strip(" *_)]"):
        return None
    return found if found.says != "unknown" or ":" in found.words else None
