"""Where quoted words are now: word for word, or where most of them still stand after the text was edited."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from math import ceil
from typing import Final

from schemas.shortest_changes import shortest_changes

Span = tuple[int, int]
"""From which character to which, the second one not included."""

_WORD: Final = re.compile(r"\w+")
_NO_SPACE: Final = re.compile(r"\S+")
_ENOUGH: Final = 0.6
"""The share of the quoted words that has to be left, in their order, to know the place again."""

_MOST_WORDS: Final = 400
"""Of a longer quotation only the beginning is looked for where it does not stand word for word."""

_MOST_PAIRS: Final = 20_000
"""How many pairs of a word of the text and the same word of the quotation may be looked at. Prose has far fewer; what
says the same words again and again is compared in another way, whose time is bounded."""

_TRIED: Final = 5
"""How many places are looked at more closely."""


@lru_cache(maxsize=512)
def find_quote(body: str, quote: str) -> Span | None:
    """Where quoted words stand in a text; the first place of several, and the nearest one where they were edited.

    Line breaks and runs of spaces do not matter. None where too little is left of the words, or nothing is quoted.
    """
    if (exact := _exact(body, quote.strip())) is not None or not quote.strip():
        return exact
    return _nearest(body, [word[0].casefold() for word in _WORD.finditer(quote)][:_MOST_WORDS])


def quoted_first(body: str, remark: str) -> tuple[str, str]:
    """The words of a text that a remark begins by quoting, and what it goes on to say.

    Quoted are the first lines that begin with `>`, as in mail and Markdown, if those words stand in the text, or
    nearly; they are given as they stand there. Otherwise there is no quotation, and the remark is all there is.
    """
    lines = remark.strip().split("\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith(">")), len(lines))
    said = "\n".join(lines[count:]).strip()
    span = find_quote(body, "\n".join(line.removeprefix(">").strip() for line in lines[:count])) if said else None
    return (body[span[0] : span[1]], said) if span else ("", remark)


def stands(body: str, quote: str) -> bool:
    """Whether quoted words stand in a text word for word, but for line breaks and runs of spaces."""
    return _exact(body, quote.strip()) is not None


def _exact(body: str, wanted: str) -> Span | None:
    if not wanted:
        return None
    if (at := body.find(wanted)) >= 0:
        return at, at + len(wanted)
    # As if each run of spaces were one, and not by a regular expression, which would take long for a long quotation.
    words = list(_NO_SPACE.finditer(body))
    wanted = " ".join(wanted.split())
    at = " ".join(word[0] for word in words).find(wanted)
    if at < 0:
        return None
    starts = list(accumulate((len(word[0]) + 1 for word in words), initial=0))

    def place(squeezed: int) -> int:
        number = bisect_right(starts, squeezed) - 1
        return words[number].start() + squeezed - starts[number]

    return place(at), place(at + len(wanted) - 1) + 1


def _nearest(body: str, wanted: list[str]) -> Span | None:
    spans = [word.span() for word in _WORD.finditer(body)]
    words = [body[start:end].casefold() for start, end in spans]
    best: tuple[float, int, int] | None = None
    for start in _candidates(words, wanted):
        low = max(0, start - len(wanted) // 2)
        stretch = words[low : start + len(wanted) + len(wanted) // 2 + 1]
        blocks = list(_shared(stretch, wanted))
        share = sum(end - start for start, end in blocks) / len(wanted)
        if share >= _ENOUGH and (best is None or share > best[0]):
            best = share, low + blocks[0][0], low + blocks[-1][1] - 1
    return (spans[best[1]][0], spans[best[2]][1]) if best else None


def _shared(stretch: Sequence[str], wanted: Sequence[str]) -> Iterator[Span]:
    """Which words of a stretch are wanted ones, in their order."""
    counts = Counter(stretch)
    if sum(counts[word] for word in wanted) <= _MOST_PAIRS:
        from difflib import SequenceMatcher  # late: most quotes are there to the letter

        # Begins with the longest run of words, which is how a reader would look for them.
        matcher = SequenceMatcher(None, stretch, wanted, autojunk=False)
        yield from ((block.a, block.a + block.size) for block in matcher.get_matching_blocks() if block.size)
        return
    at = 0
    for change in shortest_changes(stretch, wanted):
        if change.start > at:
            yield at, change.start
        at = change.end
    if at < len(stretch):
        yield at, len(stretch)


def _candidates(words: Sequence[str], wanted: Sequence[str]) -> Iterator[int]:
    """The words at which a stretch as long as the quotation has most of its words, whatever their order."""
    if not wanted or not words:
        return
    size = len(wanted)
    missing = Counter(wanted)
    shared, scores = 0, list[int]()
    for at, word in enumerate(words):
        missing[word] -= 1
        shared += missing[word] >= 0
        if at >= size:
            gone = words[at - size]
            missing[gone] += 1
            shared -= missing[gone] > 0
        scores.append(shared)
    least = ceil(_ENOUGH * size)
    likely = sorted((at for at, score in enumerate(scores) if score >= least), key=lambda at: (-scores[at], at))
    taken: list[int] = []
    for at in likely:
        if len(taken) == _TRIED:
            return
        if not _near(taken, at, size):
            taken.insert(bisect_right(taken, at), at)
            yield max(0, at - size + 1)


def _near(taken: Sequence[int], at: int, size: int) -> bool:
    """Whether a place is as good as one that was looked at."""
    return any(abs(other - at) <= size // 4 for other in taken)
