"""Paragraphs whose lines are one text that was wrapped, and the sentences in them with their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from schemas.readers.actions_sentences import is_label_line, sentences
from schemas.readers.actions_verbs import begins_as_deed
from schemas.readers.blocks import Line

_END: Final = re.compile(r"[.!?:;。！？][\"')\]*_”’]{0,3}$")
_WRAPPED: Final = 55
_NARROW: Final = 40
_FEW: Final = 2


def is_wrapped(texts: Sequence[Line]) -> bool:
    """Whether the lines of a paragraph are one text that was wrapped."""
    if len(texts) < _FEW:
        return False
    goes_over = 0
    for line, following in pairwise(texts):
        open_end = not _END.search(line.text) and not is_label_line(following.text)
        first = following.text.lstrip("*_`\"'([")[:1]
        open_end = open_end and bool(first)
        over = len(line.text) >= _WRAPPED and (first.islower() or not first.isalpha())
        over = over or (first.islower() and len(line.text) >= _NARROW and not begins_as_deed(following.text))
        if open_end and (over or line.text.rstrip().endswith(",")):
            goes_over += 1
    return goes_over > 0 and goes_over * 3 >= len(texts) - 1


def placed_sentences(texts: Sequence[Line]) -> list[tuple[str, list[int]]]:
    """The sentences of a paragraph with the numbers of the lines that they stand on."""
    placed: list[tuple[str, list[int]]] = []
    ends: list[tuple[int, int]] = []
    size = 0
    for line in texts:
        size += len(line.text.strip()) + 1
        ends.append((size, line.number))
    whole = " ".join(line.text.strip() for line in texts)
    position = row = 0
    for sentence in sentences(whole):
        start = whole.find(sentence[:40], position)
        start = position if start < 0 else start
        end = start + len(sentence)
        while row < len(ends) - 1 and ends[row][0] <= start:
            row += 1
        own = [ends[row][1]]
        reach = row
        while ends[reach][0] < end and reach < len(ends) - 1:
            reach += 1
            own.append(ends[reach][1])
        placed.append((sentence, own))
        position = end
    return placed
