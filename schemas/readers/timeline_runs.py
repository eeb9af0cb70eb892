"""Several entries in one line: `10:00: alert fired. 10:05: paged. - 10:10: fixed`."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.timeline_pieces import stamp_of
from schemas.readers.timeline_stamp import Stamp

_MAY_BEGIN: Final = re.compile(
    r"(?:(?<=[\s(>|])|(?<=[.!?;])|(?<=\*\*)|(?<=__))"
    r"(?:\*\*|__|\[|\()?(?=\d{1,2}[:.]\d\d|\d{4}\s?(?:hrs?|h|UTC|GMT)\b|\d{1,2}\s?[ap]\.?m\b|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(r"(?:[.!?;:)\]\"”'`*_]|^|[-–—•·*|>])\s*$")
_HANGS: Final = re.compile(
    r"(?:[-–—/(,&+~<>=]|\b(?:at|from|to|till?|until|by|around|about|approx\.?|since|between|and|or|of|on|before"
    r"|after|a|as|um|bis|von|und"
    r"|las?|à|de|y|e|et|the|every|daily|is|was|until|than|only))\s*$",
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(r"[^\w\s]{0,3}(?:[^\W\da-z_]|\d)|[`@#\[(\"“]")
_BULLET_LEFT: Final = re.compile(r"\s+[-–—•·*|]\s*$")
_WINDOW: Final = 400


def run_in(text: str, first: Stamp) -> list[tuple[Stamp | None, str]]:
    """Words cut where more entries begin the way the first one did, each with its stamp (the first: None)."""
    if not any(char.isdigit() for char in text):
        return [(None, text)]
    found: list[tuple[Stamp | None, str]] = []
    stamp: Stamp | None = None
    start = 0
    for match in _MAY_BEGIN.finditer(text):
        at = match.start()
        if at < start:
            continue
        cut = _begins(text, at, first, start)
        if cut is None:
            continue
        found.append((stamp, _BULLET_LEFT.sub("", text[start:at]).strip()))
        stamp, start = cut
    found.append((stamp, text[start:].strip()))
    return found


def _begins(text: str, at: int, first: Stamp, since: int) -> tuple[Stamp, int] | None:
    """The stamp of the entry that begins at a place, and where its words begin; None if none does."""
    before = text[max(since, at - 24) : at]
    if _HANGS.search(before) and not _BULLET_LEFT.search(text[max(0, at - 6) : at]):
        return None
    window = text[at : at + _WINDOW]
    stamp = stamp_of(window)
    if stamp is None or stamp.says not in ("clock", "moment") or not stamp.sign or not window.endswith(stamp.rest):
        return None
    if _sort(stamp.sign) != _sort(first.sign):
        return None
    # A bare `14:05:` in mid-sentence is told by its colon only where the sentence before has ended.
    worded = any(char.isalpha() for char in stamp.words)
    ended = _ENDED.search(before) is not None
    if not ended and not (worded and stamp.sign == first.sign == ":"):
        return None
    if not (ended and worded) and not _BEGINS.match(stamp.rest):
        return None
    return stamp, at + len(window) - len(stamp.rest)


def _sort(sign: str) -> str:
    return "-" if sign in "-–—−=→" else sign
