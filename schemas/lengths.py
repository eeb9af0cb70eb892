"""Lengths of time as people write them: `4 hours`, `2 and half hours`, `5h 09m`, `under 3 hours`, `+1h30m`.

`take_span` reads the short forms that count from somewhere (`15m`, `1h30m`, `1:30`); `take_length` and `lengths_in`
find what a text states, with its words for "about", "over" and "under"; `read_length` takes a whole text for a length;
`read_shift` reads a signed length.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from msgspec import Struct

from schemas.length_parts import take_amount, take_number, take_unit, vague
from schemas.length_words import FIRST_WORDS, LEADING, LETTERS, NUMBER_LIKE, TRAILING, UNITS
from schemas.patterns import late
from schemas.text import shorten


class NotALength(ValueError):
    """A text that cannot be read as a length of time; the message says what would be right."""


class Length(Struct, frozen=True):
    """A stated length in minutes: at least `minutes_low`, at most `minutes_high` (infinite for "over 2h")."""

    minutes_low: float
    minutes_high: float
    about: bool = False

    @property
    def minutes(self) -> float:
        """The one number that stands for the length: the bound that was stated, or the middle of two."""
        if self.minutes_low == self.minutes_high or math.isinf(self.minutes_high):
            return self.minutes_low
        return self.minutes_high if self.minutes_low == 0 else (self.minutes_low + self.minutes_high) / 2


class Span(Struct, frozen=True):
    """A length to count from somewhere: whole days by the calendar, the rest by the clock."""

    days: int
    rest: timedelta


_LONGEST: Final = 10_000 * 366 * 1440
"""No length reaches beyond the calendar; in minutes."""

_SPAN_PART = late(r"(\d{1,9}(?:\.\d{1,6})?)\s?([a-z]{1,7})(?![a-z])\s?", re.IGNORECASE)
_SPAN_CLOCK = late(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d))?(?![\d:])")
_SPAN_BARE = late(r"([0-5]\d)(?![\w:.])")
_BETWEEN = late(r"\s?(?:[-–—]|->|→)\s?|\s(?:to|or|and|a|à|y|e|et|o|ou|bis|und|oder)\s", re.IGNORECASE)
_TIGHT = late(r"[-–—]|\s(?:to|a|à|bis)\s", re.IGNORECASE)
_REMARK = late(r"\s?\(.*\)|,?\s(?:of|in|during|for|from)\s.*|,?\s(?:total|overall|altogether|long)", re.DOTALL)
_AND = late(r"\s(?:and|y|e|et|und)\s", re.IGNORECASE)
_JOINED = late(r".?\w|\d[.,:/]|.?[$€£#]")


def _unit_ends() -> str:
    """An expression for the units that end a length, with the character in front, which is no letter.

    It begins with that plain choice of characters and only then has an alternative for each first letter: searching a
    text for it takes a tenth of the time that one takes which looks around itself at every position.
    """
    parts = []
    for first in sorted({name[0] for name in UNITS}):
        tails = sorted((re.escape(name[1:]) for name in UNITS.keys() - LETTERS if name[0] == first), key=len)
        ways = [rf"(?i:{'|'.join(reversed(tails))})(?!\w)"] if tails else []
        ways += [r"(?<=\d.)(?!\w)"] if first in LETTERS else []
        ways += [r"(?<=\d.)(?=[0-5]\d\b)", r"(?<=\d\s.)(?!\w)"] if first == "h" else []
        parts.append(f"[{first}{first.upper()}](?:{'|'.join(ways)})")
    parts.append(r"[pP](?<!\w.)[tT]?(?=\d)")
    return rf"[\W\d_](?:{'|'.join(parts)})"


_ENDS = late(_unit_ends())
_LAST_WORD = late(r"[^\W\d_½¼¾]+\Z")
_COUPLE = late(r"\s*couple", re.IGNORECASE)
_ISO_LENGTH = late(r"[pP][tT\d]")
_TOKEN = late(r"[~≈±<>≤≥½¼¾]|[^\W½¼¾]+")
_SYMBOLS: Final = frozenset("~≈±<>≤≥½¼¾")
_FARTHEST: Final = 64
"""How far before its unit a length may begin."""
_MOST_WORDS: Final = 4
_EXAMPLES: Final = "write it as 1h 30m, 90 minutes or 2 hours"


def take_span(text: str, pos: int) -> tuple[Span, int] | None:
    """A length in short form (`15m`, `1h30m`, `1h30`, `2 days`, `1:30`) at a position, and where it ends.

    Raises:
        NotALength: it is longer than the calendar.
    """
    if (match := _SPAN_CLOCK.match(text, pos)) is not None:
        hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
        return _span(0, hours * 60 + minutes + seconds / 60), match.end()
    days, total, end, smallest = 0, 0.0, pos, math.inf
    while (match := _SPAN_PART.match(text, end)) is not None:
        unit = UNITS.get(match[2].lower())
        if unit is None or unit >= smallest:
            break
        if unit >= 1440 and "." not in match[1]:
            days += int(match[1]) * int(unit // 1440)
        else:
            total += float(match[1]) * unit
        end, smallest = match.end(), unit
        if unit == 60 and (bare := _SPAN_BARE.match(text, end)) is not None and text[end - 1].isalpha():
            total, end, smallest = total + int(bare[1]), bare.end(), 1
    if end == pos:
        return None
    return _span(days, total), pos + len(text[pos:end].rstrip())


def take_length(text: str, pos: int, *, whole: bool = False) -> tuple[Length, int] | None:
    """The longest length that stands at a position, with the words around it that say "about", "under" or "over".

    Returns the length and where it ends, or None if none stands there: `just under 3 hours`, `for about 2-3 hours`,
    `an hour and a half or so`, `5h 09m`, `at least 45 minutes`, `PT1H30M`. Begin at the first word that belongs to it;
    `lengths_in` finds those places. `whole` says that the text is meant as a length anyway: only then count `1:30`,
    `1h 30`, `5 m` and `a second`, which in a sentence are mostly something else. Never raises; takes time for the
    few words around the position, however long the text.
    """
    if pos and re.match(r"\w", text[pos : pos + 1]) and _JOINED.fullmatch(text[max(0, pos - 2) : pos]):
        return None
    about = under = over = between = False
    start = pos
    for _ in range(_MOST_WORDS):
        if (match := LEADING.match(text, start)) is None or match.end() == start:
            break
        about, between = about or bool(match["about"] or match["near"]), between or bool(match["between"])
        under, over, start = under or bool(match["under"]), over or bool(match["over"]), match.end()
    found = _range(text, start, whole=whole, between=between)
    if found is None:
        return None
    low, high, end = found
    for _ in range(2):
        if (match := TRAILING.match(text, end)) is None:
            break
        about, under, over = about or bool(match["about"]), under or bool(match["under"]), over or bool(match["over"])
        end = match.end()
    if high > _LONGEST:
        return None
    words = text[start:end]
    over, about = (
        over or ("+" in words and _more(text, start)),
        about or ("ouple" in words.lower() and vague(text, start)),
    )
    return Length(0 if under else low, math.inf if over else high, about), end


def may_hold_length(text: str) -> bool:
    """A quick look that never says no where `lengths_in` finds something."""
    return next(_unit_places(text), None) is not None


def lengths_in(text: str) -> Iterator[tuple[Length, int, int]]:
    """The lengths that a text states, in its order: what each comes to, where its words begin and where they end.

    Words such as "for" and "a total of", which say nothing of the length, are left out.
    """
    last = 0
    for unit, behind in _unit_places(text):
        if unit < last or not _may_end_a_number(text, unit):
            continue
        for start in _starts(text, max(last, unit - _FARTHEST), behind):
            match = LEADING.match(text, start)
            if match is not None and match["plain"]:
                continue
            found = take_length(text, start)
            if found is not None and found[1] > unit:
                yield found[0], start, found[1]
                last = found[1]
                break


def _unit_places(text: str) -> Iterator[tuple[int, int]]:
    """Where each unit begins, and where it ends, or the figure that follows the P of an ISO 8601 length."""
    # With a blank in front every unit has a character before it, so that a match begins where its unit does in `text`.
    for match in _ENDS.finditer(f" {text}"):
        start, end = match.span()
        yield start, end if text[start] in "pP" else end - 1


def _may_end_a_number(text: str, end: int) -> bool:
    """Whether what stands in front of a unit may be a number: not so in "any other day", "the second time"."""
    before = text[max(0, end - 24) : end].rstrip(" \t\n-")
    word = _LAST_WORD.search(before)
    return word is None or word[0].lower() in NUMBER_LIKE


def _starts(text: str, pos: int, end: int) -> Iterator[int]:
    """Where a length may begin in a stretch of a text: at a figure, at a sign, at a word that one begins with."""
    for token in _TOKEN.finditer(text, pos, end):
        word, start = token[0], token.start()
        if word in _SYMBOLS:
            yield start
        elif start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            continue  # the rest of a word that began before
        elif word[0].isdecimal() or _ISO_LENGTH.match(word) or _is_first(text, word.lower(), token.end()):
            yield start


def _is_first(text: str, word: str, end: int) -> bool:
    return word in FIRST_WORDS and (word != "the" or _COUPLE.match(text, end) is not None)


def read_length(text: str) -> Length:
    """What a stated length comes to.

    Raises:
        NotALength: the text states none, or one longer than the calendar.
    """
    if len(text) > 200:
        raise NotALength(f"that is too long to be a length of time; {_EXAMPLES}")
    words = re.sub(r"\s+", " ", text).strip().strip(".")
    words = words[1:-1].strip() if words.startswith("(") and words.endswith(")") else words
    found = take_length(words, 0, whole=True)
    if found is None or not _is_end(words, found[1]):
        raise NotALength(f"“{shorten(text, 40)}” is no length of time; {_EXAMPLES}")
    return found[0]


def read_shift(text: str) -> timedelta:
    """A signed length such as `+3h`, `-45m` or `1h30m`, to move times by. A day is 24 hours here.

    Raises:
        NotALength: the text is none.
    """
    words = text.strip()
    signed = words[:1] in ("+", "-", "−", "–")
    body = words[1:].strip() if signed else words
    found = take_span(body, 0)
    if found is None or found[1] != len(body):
        raise NotALength(f"“{shorten(text, 40)}” is no length to shift by; write it as +3h, -45m or +1h30m")
    length = timedelta(days=found[0].days) + found[0].rest
    return -length if signed and words[0] != "+" else length


def format_length(minutes: float) -> str:
    """A length in minutes as `read_length` reads it back: `4h 30m`, `45s`, `4.123 minutes`."""
    seconds = round(minutes * 60)
    if abs(minutes * 60 - seconds) > 1e-6:
        return f"{minutes:.6f}".rstrip("0").rstrip(".") + " minutes"
    hours, rest = divmod(seconds, 3600)
    parts = [f"{hours}h"] if hours else []
    parts += [f"{rest // 60:02d}m" if hours else f"{rest // 60}m"] if rest >= 60 else []
    parts += [f"{rest % 60}s"] if rest % 60 else []
    return " ".join(parts) or "0m"


def _range(text: str, pos: int, *, whole: bool, between: bool) -> tuple[float, float, int] | None:
    """Two amounts, or one twice, in minutes, and where they end."""
    first = take_number(text, pos)
    if first is not None and (joined := _BETWEEN.match(text, first[1])) is not None:
        second = take_number(text, joined.end())
        unit = take_unit(text, second[1], whole=whole) if second else None
        if second is not None and unit is not None and (between or not _AND.match(text, first[1])):
            ends = sorted((first[0] * unit[0], second[0] * unit[0]))
            return ends[0], ends[1], unit[1]
    one = take_amount(text, pos, whole=whole)
    if one is None:
        return None
    pattern = _BETWEEN if whole or between else _TIGHT
    if (joined := pattern.match(text, one[1])) is not None:
        other = take_amount(text, joined.end(), whole=whole)
        # "from 2 hours to 20 minutes" is how something became shorter.
        if other is not None and (whole or one[0] < other[0]):
            return min(one[0], other[0]), max(one[0], other[0]), other[1]
    return None if between and not whole else (one[0], one[0], one[1])


def _more(text: str, pos: int) -> bool:
    """Whether the number at a position is one of `3+ hours`."""
    number = take_number(text, pos)
    return number is not None and number[2]


def _is_end(words: str, end: int) -> bool:
    return end >= len(words) or _REMARK.fullmatch(words, end) is not None


def _span(days: int, minutes: float) -> Span:
    if days * 1440 + minutes > _LONGEST:
        raise NotALength(f"that is longer than the calendar; {_EXAMPLES}")
    return Span(days, timedelta(minutes=minutes))
