"""Entries that are lines: `10:00 AM - text`, one a line, wrapped, with labels between them, or run together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from schemas.readers.blocks import Block, Line
from schemas.readers.timeline_pieces import (
    DayLine,
    Entry,
    Pieces,
    entry_stamp,
    is_day,
    is_placeholder,
    is_wrapped,
    labelled,
    stamp_of,
)
from schemas.readers.timeline_runs import run_in
from schemas.readers.timeline_stamp import Stamp

_HANGS: Final = re.compile(
    r"(?:[,(&/+]|\b(?:at|from|to|till?|until|by|around|about|since|between|and|or|of|on|in|before|after|the|a|as"
    r"|for|with))\s*$",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r"\s*<br\s?/?>\s*|(?<=\S)\s{2,}(?=\S)", re.IGNORECASE)
_DASH: Final = re.compile(r":|\\?[-–—](?=\s)")
"""What stands between a time and its text, where the text begins on the next line."""

_SENTENCE_END: Final = re.compile(r"[.!?:;)\]\"”`*_…]\s*$")
_COLUMNS: Final = re.compile(
    r"\W*(?:date|time|day|when|timestamp|hora|heure|uhrzeit|zeit)\b[^.!?]{0,30}?(?:(?:\t|\s{2,}|\||/|,|-|&"
    r"|and)\s*(?:event|description|details?"
    r"|action|what|who|notes?|time|status|activity|update|happened|taken|by|owner"
    r"|impact)s?\b\W*){0,6}(?:\([^()]{1,30}\))?\W*",
    re.IGNORECASE,
)


def broken(texts: Sequence[Line]) -> tuple[Line, ...]:
    """Lines, cut where a line break of HTML stands in front of the next entry: the wrapping paid it no heed."""
    cut: list[Line] = []
    for line in texts:
        begun = 0
        for match in _BREAK.finditer(line.text):
            stamp = entry_stamp(line.text[match.end() :]) if match.end() < len(line.text) else None
            if stamp is not None and stamp.timed and stamp.sign:
                cut.append(Line(line.number, line.text[begun : match.start()]))
                begun = match.end()
        cut.append(Line(line.number, line.text[begun:]) if begun else line)
    return tuple(cut)


def read_lines(block: Block, pieces: Pieces) -> None:
    """The entries of a paragraph. Words before the first one stay where they are."""
    texts = broken(block.texts)
    first: Stamp | None = None
    wrapped = is_wrapped([line.text for line in texts])
    for at, line in enumerate(texts):
        stamp = begins(texts, at, first)
        if stamp is not None:
            add_entries(stamp, [line], pieces, "line")
            first = first or stamp
        elif (day := is_day(line.text)) is not None and (len(texts) == 1 or _stands_apart(texts, at)):
            pieces.add(DayLine(day, line.number, (line.number,)), "line")
        elif first is not None and (entry := pieces.open) is not None:
            _continue(entry, texts, at, pieces, wrapped)
        elif (blank := stamp_of(line.text)) is not None and blank.says == "blank":
            continue
        elif _COLUMNS.fullmatch(line.text) and _names_columns(texts, at):
            pieces.used.add(line.number)


def _names_columns(texts: Sequence[Line], at: int) -> bool:
    """Whether a line of names (`Time  Event`) stands above entries, or by itself."""
    if len(texts) == 1:
        return len(texts[at].text.split()) <= 6
    return any(entry_stamp(other.text) for other in texts[at + 1 : at + 4])


def add_entries(stamp: Stamp, lines: Sequence[Line], pieces: Pieces, by: str) -> None:
    """An entry whose first line begins with a stamp, and those that are run together with it."""
    numbers = [line.number for line in lines]
    if is_placeholder(stamp.rest) and stamp.rest:
        return
    cut = run_in(stamp.rest, stamp)
    pieces.add(Entry(stamp, [cut[0][1]], numbers, links=stamp.links), by)
    for other, text in cut[1:]:
        pieces.add(Entry(other, [text], list(numbers), links=other.links if other else ()), by)


def begins(texts: Sequence[Line], at: int, first: Stamp | None) -> Stamp | None:
    """The stamp of a line that begins an entry; a time at the start of a wrapped line does not."""
    line = texts[at]
    stamp = entry_stamp(line.text)
    if stamp is None and first is not None:
        stamp = stamp_of(line.text)
        stamp = stamp if stamp is not None and stamp.timed else None
    if stamp is None or at == 0:
        return stamp
    before = texts[at - 1].text
    if _HANGS.search(before):
        return None
    if (
        stamp.says != "moment"
        and first is not None
        and bool(first.sign) != bool(stamp.sign)
        and not _SENTENCE_END.search(before)
    ):
        return None
    return stamp


def _stands_apart(texts: Sequence[Line], at: int) -> bool:
    """Whether a line with a day is followed by an entry, or begins its paragraph."""
    following = texts[at + 1].text if at + 1 < len(texts) else ""
    return at == 0 or not following or entry_stamp(following) is not None


def goes_on(texts: Sequence[Line], pieces: Pieces) -> bool:
    """Read lines that do not begin with a time but hold the next entries of a run; False if they hold none."""
    entry = pieces.open
    if entry is None or entry.stamp is None or not entry.stamp.sign:
        return False
    stamp = entry.stamp
    if not any(len(run_in(line.text, stamp)) > 1 for line in texts):
        return False
    pieces.settle()
    for at in range(len(texts)):
        if pieces.open is not None:
            _continue(pieces.open, texts, at, pieces, wrapped=False)
    return True


def _continue(entry: Entry, texts: Sequence[Line], at: int, pieces: Pieces, wrapped: bool) -> None:
    """A line without a time: an entry of its own where a label says so, else more of the entry above."""
    line = texts[at]
    label = labelled(line.text)
    if at and label is not None and label[1] and _SENTENCE_END.search(texts[at - 1].text):
        pieces.add(Entry(None, [line.text], [line.number]), "line")
        return
    if entry.stamp is not None and entry.stamp.sign:
        cut = run_in(line.text, entry.stamp)
        if len(cut) > 1:
            _append(entry, cut[0][1], line.number, wrapped)
            for other, text in cut[1:]:
                pieces.add(Entry(other, [text], [line.number]), "line")
            return
    _append(entry, line.text, line.number, wrapped)


def _append(entry: Entry, text: str, number: int, wrapped: bool) -> None:
    """More of an entry: lines that were broken on purpose stay lines."""
    text = text.strip() if entry.texts and entry.texts[-1] else _undashed(text.strip())
    last = entry.texts[-1] if entry.texts else ""
    if text and last:
        kept = not wrapped and (_SENTENCE_END.search(last) is not None or not text[:1].islower())
        entry.texts[-1] = f"{last}\n{text}" if kept else f"{last} {text}"
    elif text:
        entry.texts[-1:] = [text]
    entry.lines.append(number)


def _undashed(text: str) -> str:
    """The text of an entry whose time stands alone on the line above."""
    match = _DASH.match(text)
    return text[match.end() :].lstrip() if match else text
