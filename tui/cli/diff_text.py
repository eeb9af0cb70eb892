"""What is different between two incidents, for people: gathered by part of the incident, changed words marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from schemas.difference import Difference
from schemas.item_words import ITEM_WORDS
from schemas.word_changes import Piece
from tui.cli.styled_lines import Style, Styled, split_lines, wrapped, written

_MARKS: Final = {"gone": ("[-", "-]"), "new": ("{+", "+}")}
_CONTEXT: Final = 10
"""So many words that stayed are shown on either side of a change."""

_ELLIPSIS: Final = "…"
_INDENT: Final = "  "
_DEEPER: Final = "      "


def as_text(found: Sequence[Difference], *, width: int | None = None, colour: bool = False) -> str:
    """The differences as lines, empty if there are none. Without a width no line is broken."""
    lines: list[Sequence[Styled]] = []
    for part, those in groupby(found, key=lambda each: each.part):
        lines += [[("", "")]] if lines else []
        lines.append([("bold", part)])
        for each in those:
            lines += _told(each, width)
    return "".join(f"{written(line, colour).rstrip()}\n" for line in lines)


def counted(remarks: Iterable[Difference]) -> str:
    """Remarks in few words: `2 comments added, 1 comment resolved, 1 verdict added`; empty if there are none."""
    counts = Counter((each.where.partition("/")[0], _done(each)) for each in remarks)
    return ", ".join(
        f"{count} {ITEM_WORDS[name]}{'s' if count > 1 else ''} {done}" for (name, done), count in counts.items()
    )


def _done(each: Difference) -> str:
    if each.key == "resolved":
        return "resolved" if each.after == "yes" else "reopened"
    return "put in another order" if each.kind == "moved" else each.kind


def _told(each: Difference, width: int | None) -> Iterator[Sequence[Styled]]:
    style: Style = "new" if each.kind == "added" else "gone" if each.kind == "removed" else ""
    yield from wrapped([(style, each.sentence)], width, _INDENT, _INDENT * 2)
    if each.kind in ("added", "removed"):
        mark = "+ " if each.kind == "added" else "- "
        for (_, text), *_ in split_lines([(style, _details(each))]):
            if text.strip():
                yield from wrapped([(style, text)], width, f"{_DEEPER}{mark}", f"{_DEEPER}  ")
    elif each.prose and not each.only_spacing:
        for line in split_lines(marked(each.words)):
            if any(text.strip() for _, text in line):
                yield from wrapped(line, width, _DEEPER, _DEEPER)


def _details(each: Difference) -> str:
    """All that came or went, without the first line where the sentence has it already."""
    said = each.after if each.kind == "added" else each.before
    first, _, rest = said.partition("\n")
    return rest if f"“{first.strip()}”" in each.sentence else said


def marked(pieces: Sequence[Piece]) -> Iterator[Styled]:
    """Pieces of text with marks about what is gone and new, and only some words of what stayed in between."""
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        if piece.kind == "same":
            yield "", _shortened(piece.text, opening=at == 0, closing=at == last)
        elif not piece.text.isspace():
            # Line breaks at the ends stand outside of the marks, or these would have lines of their own.
            text = piece.text.strip("\n")
            start, end = piece.text.partition(text)[::2]
            before, after = _MARKS[piece.kind]
            yield from (("", start), (piece.kind, f"{before}{text}{after}"), ("", end))
        elif piece.kind == "new" or at == last or pieces[at + 1].kind != "new":
            yield "", piece.text if piece.kind == "new" else " "


def _shortened(text: str, *, opening: bool, closing: bool) -> str:
    """The words of unchanged text that stand nearest to the changes around it, none from lines further away."""
    head = "" if opening else _head(text.partition("\n")[0])
    tail = "" if closing else _tail(text.rpartition("\n")[2])
    if opening or closing:
        return head or tail
    if "\n" in text:
        return f"{head}\n{tail}"
    return text if len(text.split()) <= 2 * _CONTEXT else f"{head}{tail.removeprefix(_ELLIPSIS)}"


def _head(line: str) -> str:
    words = line.split(" ")
    return line if len(words) <= _CONTEXT + 1 else " ".join(words[: _CONTEXT + 1]).rstrip() + f" {_ELLIPSIS}"


def _tail(line: str) -> str:
    words = line.split(" ")
    return line if len(words) <= _CONTEXT + 1 else f"{_ELLIPSIS} " + " ".join(words[-_CONTEXT - 1 :]).lstrip()
