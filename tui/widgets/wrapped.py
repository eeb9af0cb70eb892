"""Text broken into lines of so many cells, between words where that can be: for lists that are drawn line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells

from tui.widgets.rows import Span

_WORDS = re.compile(r"\n|[^\S\n]+|\S+")


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, at least one; its own line breaks stay."""
    return ["".join(part for part, _ in line) for line in wrapped_spans([(text, "")], width)]


def wrapped_spans(spans: Sequence[Span], width: int) -> list[list[Span]]:
    """Spans broken into lines of at most `width` cells; what stands together without a space stays together."""
    width = max(2, width)
    lines: list[list[Span]] = [[]]
    used = 0
    for word in _words(spans):
        size = sum(cell_len(text) for text, _ in word)
        first = word[0][0]
        if first == "\n":
            lines.append([])
            used = 0
        elif first.isspace():
            # A space at the end of a full line is the break; at the start of a line of the text's own it is kept.
            if used + size <= width and (used or not lines[-1]):
                lines[-1] += word
                used += size
        else:
            if used and used + size > width:
                lines.append([])
                used = 0
            for text, role in word:
                for piece in _pieces(text, width, used):
                    if used + cell_len(piece) > width:
                        lines.append([])
                        used = 0
                    lines[-1].append((piece, role))
                    used += cell_len(piece)
    return lines


def _pieces(text: str, width: int, used: int) -> list[str]:
    """A word that is longer than a line in pieces that are not."""
    return [text] if cell_len(text) <= width - used or cell_len(text) <= width else chop_cells(text, width)


def _words(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Words and the spaces between them; a word may have several roles."""
    word: list[Span] = []
    for text, role in spans:
        for match in _WORDS.finditer(text.expandtabs(4)):
            if match[0].isspace():
                if word:
                    yield word
                    word = []
                yield [(match[0], role)]
            else:
                word.append((match[0], role))
    if word:
        yield word
