"""A timeline in which no entry begins with a time: labelled sentences, items, lines, or a story in prose.

Each step is an event; its time is one that it names, or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from schemas.readers.blocks import Block, Line
from schemas.readers.timeline_code import is_timeline, read_code
from schemas.readers.timeline_ends import take_end, take_labelled
from schemas.readers.timeline_lists import items_in
from schemas.readers.timeline_pieces import DayLine, Entry, Pieces, is_day, is_placeholder, is_wrapped, joined, labelled
from schemas.readers.timeline_sentences import clauses, sentences, times_told

_ENDED: Final = re.compile(r"[.!?:;…][*_`\"”)\]]{0,3}\s*$")
_MARKUP_ONLY: Final = re.compile(r"\s*(?:!?\[[^\]]{0,200}\]\([^)]{0,600}\)\s*)+")
_NOTE: Final = re.compile(
    r"\W*(?:note|nb|n\.b\.|disclaimer)\b|.{0,40}\ball (?:the )?(?:times?|timestamps?|events)\b"
    r"|.{0,20}\btimes (?:are|in)\b|.{0,40}\bunless otherwise noted\b",
    re.IGNORECASE,
)
_QUESTION_WORDS: Final = 12


def read_steps(blocks: Sequence[Block], lines: Sequence[Line]) -> Pieces:
    """The steps of a part as entries."""
    pieces = Pieces(lines)
    label: Block | None = None
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if block.kind == "heading":
            day = is_day(block.text)
            if day is not None:
                pieces.add(DayLine(day, block.first, tuple(block.numbers)), "day")
            label = block if day is None else None
        elif block.kind == "list":
            _read_items(block, label, pieces)
            label = None
        elif block.kind == "paragraph":
            following = blocks[at] if at < len(blocks) else None
            if label is None and _asks(block, following):
                label = block
                continue
            _read_paragraph(block, label, pieces)
            label = None
        elif block.kind == "code" and is_timeline(block):
            read_code(block, pieces)
        elif block.kind in ("code", "quote") and pieces.open is not None:
            pieces.waiting.append(block)
    pieces.waiting.clear()
    return pieces


def _asks(block: Block, following: Block | None) -> bool:
    """Whether a line is the question or title that the paragraph or list below it answers."""
    if len(block.texts) != 1 or following is None or following.kind not in ("paragraph", "list"):
        return False
    text = block.texts[0].text.strip()
    if _ENDED.search(text) and not text.endswith((":", "?")):
        return False
    if following.kind == "paragraph" and not _ENDED.search(following.texts[-1].text):
        return text.endswith((":", "?")) and len(following.text) > len(text)
    return len(text.split()) <= _QUESTION_WORDS and not any(char.isdigit() for char in text)


def _read_items(block: Block, label: Block | None, pieces: Pieces) -> None:
    for item in items_in(block):
        text = joined(line.text for line in item.texts)
        if is_placeholder(text):
            continue
        if item.children and not any(char.isalpha() for char in text):
            continue
        _step(text, [line.number for line in item.texts], label, pieces)
        entry = pieces.open
        if entry is not None:
            for child in item.children:
                pieces.detail(entry, child)


def _read_paragraph(block: Block, label: Block | None, pieces: Pieces) -> None:
    texts = [line for line in block.texts if line.text.strip()]
    if not texts or _MARKUP_ONLY.fullmatch(block.text) or (label is None and _NOTE.match(block.text)):
        return
    if len(texts) > 1 and _one_a_line(texts):
        for line in texts:
            if (day := is_day(line.text)) is not None:
                pieces.add(DayLine(day, line.number, (line.number,)), "line")
            elif not is_placeholder(line.text):
                _step(line.text, [line.number], label, pieces)
                label = None
        return
    text = joined(line.text for line in texts)
    numbers = [line.number for line in texts]
    if (day := is_day(text)) is not None:
        pieces.add(DayLine(day, numbers[0], tuple(numbers)), "line")
    elif label is not None or labelled(text) is not None or take_end(text) is not None:
        _step(text, numbers, label, pieces)
    elif any(times_told(sentence) for sentence in sentences(text)):
        _tell(text, numbers, pieces)


def _one_a_line(texts: Sequence[Line]) -> bool:
    """Whether each line of a paragraph is a step by itself, and not the next stretch of a wrapped one."""
    starts = sum(1 for line in texts if line.text.lstrip('*_`"“([ ')[:1].isupper() or labelled(line.text))
    if starts < len(texts):
        return False
    if all(labelled(line.text) for line in texts):
        return True
    return not is_wrapped([line.text for line in texts]) or all(_ENDED.search(line.text) for line in texts[:-1])


def _step(text: str, numbers: list[int], label: Block | None, pieces: Pieces) -> None:
    """One step: with its time if it ends with one or names one."""
    if label is not None:
        numbers = [*label.numbers, *numbers]
    name = label.text.strip().rstrip(":：") if label is not None else ""
    ended = take_end(text) or take_labelled(text)
    if ended is not None:
        pieces.add(Entry(ended, [ended.rest], numbers, label=name), "step")
        return
    parts = [part for sentence in sentences(text) for part in clauses(sentence)]
    timed = [part for part in parts if part[1]]
    if len(timed) > 1:
        _add_told(parts, numbers, name, pieces)
        return
    pieces.add(Entry(None, [text], numbers, inner=timed[0][1] if timed else "", label=name), "step")


def _tell(text: str, numbers: list[int], pieces: Pieces) -> None:
    """A paragraph of prose as events."""
    _add_told([part for sentence in sentences(text) for part in clauses(sentence)], numbers, "", pieces)


def _add_told(parts: Sequence[tuple[str, str]], numbers: list[int], label: str, pieces: Pieces) -> None:
    """An entry for each part with a time; what has none goes on telling the one before it."""
    begun = False
    for words, inner in parts:
        entry = pieces.open
        if inner or not begun or entry is None:
            pieces.add(Entry(None, [words], list(numbers), inner=inner, label="" if begun else label), "step")
        else:
            entry.texts[-1] = f"{entry.texts[-1]} {words}"
        begun = True
