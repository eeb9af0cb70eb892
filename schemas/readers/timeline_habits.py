"""How a timeline as a whole writes its times: with am and pm, counted from the start, day or month first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from schemas.days import moved
from schemas.lengths import take_span
from schemas.moments import passes_midnight
from schemas.readers.timeline_order import likelier
from schemas.readers.timeline_pieces import Entry, Piece

_BARE_CLOCK: Final = re.compile(
    r"(?<![\d.:/-])(\d{1,2}):(\d{2})(?![:\d]|\s?[ap]\.?\s?m\b|\s?[-–—]\s?\d)", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"(?<![\d.:/-])(\d{1,2}):(\d{2})(?![\d:]*\s?[ap]\.?\s?m\b)(?!:)", re.IGNORECASE)
_HALF: Final = re.compile(r"\d\s?[ap]\.?\s?m\b", re.IGNORECASE)


def _stamped(pieces: Sequence[Piece]) -> list[str]:
    """The words of all stamps with figures."""
    words = [piece.stamp.words for piece in pieces if piece.stamp is not None]
    return words + [piece.inner for piece in pieces if isinstance(piece, Entry) and piece.inner]


def writes_halves(pieces: Sequence[Piece]) -> bool:
    """Whether a timeline writes am and pm, and no clock that needs none."""
    words = _stamped(pieces)
    clocks = [match for each in words if (match := _CLOCK.search(each)) is not None]
    return any(_HALF.search(each) for each in words) and all(
        match[1][0] != "0" and int(match[1]) <= 12 for match in clocks
    )


def order_of(pieces: Sequence[Piece]) -> bool | None:
    """Whether the day comes first in dates in figures, where the story would be much longer otherwise."""
    return likelier(_stamped(pieces))


def counts_from_start(pieces: Sequence[Piece]) -> bool:
    """Whether lengths such as `+15m` count from the start: they never grow smaller, and there are several."""
    spans = []
    for piece in pieces:
        if isinstance(piece, Entry) and piece.stamp is not None and piece.stamp.says == "length":
            words = piece.stamp.words.lstrip("~ ")
            if words.startswith("+") and (span := take_span(words, 1 + (words[1:2] == " "))) is not None:
                spans.append(timedelta(days=span[0].days) + span[0].rest)
    return len(spans) >= 3 and all(one < other for one, other in pairwise(spans))


def mixed(moments: Iterable[datetime | date | time | None]) -> bool:
    """Whether some have a day and others are clocks only."""
    return len({isinstance(at, time) for at in moments if at is not None}) == 2


def counted_back(moments: Iterable[datetime | date | time | None]) -> date:
    """The day of the first clock, counted back from the first date by the midnights between.

    Raises:
        ValueError: there is no date.
    """
    clocks: list[time] = []
    for at in moments:
        if isinstance(at, time):
            clocks.append(at)
        elif at is not None:
            if isinstance(at, datetime):
                clocks.append(at.time())
            nights = sum(1 for one, other in pairwise(clocks) if passes_midnight(one, other))
            return moved(at.date() if isinstance(at, datetime) else at, -nights)
    raise ValueError("no entry has a date")


def with_half(words: str, before: time | None) -> str:
    """The words of a clock with am or pm, where it was left out: the one that comes next after another clock."""
    match = _BARE_CLOCK.search(words) if before is not None else None
    if match is None or before is None or not 1 <= int(match[1]) <= 12:
        return words
    hour = int(match[1]) % 12
    passed = before.hour * 60 + before.minute
    late = hour * 60 + int(match[2]) < passed <= (hour + 12) * 60 + int(match[2])
    return f"{words[: match.end()]} {'pm' if late else 'am'}{words[match.end() :]}"
