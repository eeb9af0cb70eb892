"""Which words of a text were taken out and put in, for readers: whole words, and unchanged lines cost nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from msgspec import Struct

from schemas.shortest_changes import Change, shortest_changes

PieceKind = Literal["same", "gone", "new"]

_SIGNS: Final = r"!-/:-@\[-`{-~¡-¿‐-⁞、-〿！-／：-＠［-｀｛-･"
_ONE_BY_ONE: Final = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Letters of scripts that put no space between words: Japanese and Chinese."""

_LETTERS: Final = rf"[^\s{_SIGNS}{_ONE_BY_ONE}]+"
# A time, a number, a host, a name with a hyphen is one word: 10:30, 1,450, db-2.example. Every branch takes at least
# one character and none can match in two ways, so that no text takes long.
_WORDS: Final = re.compile(rf"\n|[^\S\n]+|{_LETTERS}(?:[-.,:/@'’_]{_LETTERS})*|.", re.DOTALL)
_A_WORD: Final = re.compile(rf"[^\s{_SIGNS}]")

_SHORT_WORD: Final = 3
_MANY_WORDS: Final = 3


class Piece(Struct, frozen=True):
    """A stretch of text that is the same on both sides, is gone, or is new."""

    kind: PieceKind
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; what is gone stands before what replaced it.

    The pieces that are not new make up `before`, those that are not gone `after`. No piece is empty, and no two
    neighbours are of one kind. Texts that have little in common are told as a whole.
    """
    if before == after:
        return (Piece("same", before),) if before else ()
    return tuple(_joined(_by_lines(before.splitlines(keepends=True), after.splitlines(keepends=True))))


def _by_lines(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Lines first: a change of a few words in a long text then looks at a few lines only."""
    at = 0
    for change in shortest_changes(old, new):
        yield Piece("same", "".join(old[at : change.start]))
        yield from _by_words("".join(old[change.start : change.end]), "".join(new[change.new_start : change.new_end]))
        at = change.end
    yield Piece("same", "".join(old[at:]))


def _by_words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    at = 0
    for change in _without_crumbs(_changes(old, new), old, new):
        yield Piece("same", "".join(old[at : change.start]))
        yield Piece("gone", "".join(old[change.start : change.end]))
        yield Piece("new", "".join(new[change.new_start : change.new_end]))
        at = change.end
    yield Piece("same", "".join(old[at:]))


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    """The changes by the words alone; the space between two words that stayed is compared afterwards.

    Spaces are as common ground worth nothing, and text that is only broken elsewhere keeps all its words.
    """
    places, new_places = ([at for at, each in enumerate(those) if not each.isspace()] for those in (old, new))
    i = j = start = new_start = 0
    words, new_words = [old[at] for at in places], [new[at] for at in new_places]
    found = [_by_sentence(each, words, new_words) for each in shortest_changes(words, new_words)]
    for change in (*found, Change(len(places), len(places), len(new_places), len(new_places))):
        while i < change.start:  # words that stayed, each with what stands in front of it
            yield from _trimmed(start, places[i], new_start, new_places[j], old, new)
            start, new_start = places[i] + 1, new_places[j] + 1
            i, j = i + 1, j + 1
        i, j = change.end, change.new_end
    yield from _trimmed(start, len(old), new_start, len(new), old, new)


def _by_sentence(change: Change, words: list[str], new_words: list[str]) -> Change:
    """A sentence that came or went ends with its own full stop, and does not begin with that of the one before."""
    came, went = change.start == change.end, change.new_start == change.new_end
    if came == went or max(change.end - len(words), change.new_end - len(new_words)) >= 0:
        return change
    first = new_words[change.new_start] if came else words[change.start]
    if first != words[change.end] or _A_WORD.match(first):
        return change
    return Change(change.start + 1, change.end + 1, change.new_start + 1, change.new_end + 1)


def _trimmed(start: int, end: int, new_start: int, new_end: int, old: list[str], new: list[str]) -> Iterator[Change]:
    """What is different between two words that stayed, without what is the same at its ends."""
    while start < end and new_start < new_end and old[start] == new[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    if start < end or new_start < new_end:
        yield Change(start, end, new_start, new_end)


def _without_crumbs(changes: Iterable[Change], old: list[str], new: list[str]) -> list[Change]:
    """A space or comma between two changed words is no common ground: "old words" → "new text" is one change, not two.

    Nor is one short word between two changes of several words each.
    """
    for most_letters, least_words in ((0, 1), (_SHORT_WORD, _MANY_WORDS)):
        kept: list[Change] = []
        size = 0, 0
        for change in changes:
            own = _words(old[change.start : change.end]), _words(new[change.new_start : change.new_end])
            between = old[kept[-1].end : change.start] if kept else []
            if kept and min(max(size), max(own)) >= least_words and _is_crumb(between, most_letters):
                change = Change(kept[-1].start, change.end, kept.pop().new_start, change.new_end)
                # Added up and not counted anew: a long text may be one change that grew thousands of times.
                gone, came = size
                own = gone + _words(between) + own[0], came + _words(between) + own[1]
            kept.append(change)
            size = own
        changes = kept
    return list(changes)


def _is_crumb(between: list[str], most_letters: int) -> bool:
    """Whether what stands between two changes is no more than one word of so many letters."""
    words = [each for each in between if _A_WORD.match(each)]
    return "\n" not in between and len(words) <= 1 and all(len(word) <= most_letters for word in words)


def _words(pieces: Iterable[str]) -> int:
    """How many of the pieces are words, not spaces or signs."""
    return sum(1 for each in pieces if _A_WORD.match(each))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, and no empty ones; in a stretch of changes what is gone comes first."""
    same: list[str] = []
    gone: list[str] = []
    new: list[str] = []
    for piece in pieces:
        if not piece.text:
            continue
        if piece.kind == "same":
            if gone or new:
                yield from _told(same, gone, new)
                same, gone, new = [], [], []
            same.append(piece.text)
        else:
            (gone if piece.kind == "gone" else new).append(piece.text)
    yield from _told(same, gone, new)


def _told(same: list[str], gone: list[str], new: list[str]) -> Iterator[Piece]:
    kinds: tuple[tuple[PieceKind, list[str]], ...] = (("same", same), ("gone", gone), ("new", new))
    return (Piece(kind, "".join(texts)) for kind, texts in kinds if texts)
