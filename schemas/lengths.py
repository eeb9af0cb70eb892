"""Lengths of time as people write them: `4 hours`, `2 and half hours`, `5h 09m`, `under 3 hours`, `+1h30m`.

`take_span` reads the short forms that count from somewhere (`15m`, `1h30m`, `1:30`); `read_length` reads what a
document states, with its words for "about", "over" and "under"; `read_shift` reads a signed length.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from schemas.text import shorten


class NotALength(ValueError):
    """A text that cannot be read as a length of time; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Length:
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


@dataclass(frozen=True, slots=True)
class Span:
    """A length to count from somewhere: whole days by the calendar, the rest by the clock."""

    days: int
    rest: timedelta


_UNITS: Final[dict[str, float]] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "segundo", "segundos", "seconde", "secondes"), 1 / 60),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuto", "minutos", "minuten"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "hora", "horas", "heure", "heures", "stunde", "stunden"), 60),
    **dict.fromkeys(("d", "day", "days", "día", "días", "dia", "dias", "jour", "jours", "tag", "tage", "tagen"), 1440),
    **dict.fromkeys(("w", "wk", "week", "weeks", "semana", "semanas", "semaine", "semaines", "woche", "wochen"), 10080),
}
_NUMBER_WORDS: Final[dict[str, int]] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "ninety": 90,
}  # fmt: skip

_LONGEST: Final = 10_000 * 366 * 1440
"""No length reaches beyond the calendar; in minutes."""

_SPAN_PART = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s?([a-z]{1,7})(?![a-z])\s?", re.IGNORECASE)
_SPAN_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d))?(?![\d:])")
_SPAN_BARE = re.compile(r"([0-5]\d)(?![\w:.])")
_FIGURE: Final = r"\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{1,12}(?:[.,]\d{1,6})?(?!\d)"
_UNIT: Final = r"[a-zíäöü]{1,9}"
_WORD_NUMBER = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})\b(?=[\s-])")
_TENS = re.compile(r"\b(twenty|thirty|forty|fifty)[\s-](one|two|three|four|five|six|seven|eight|nine)\b")
_HOURS_BARE = re.compile(r"(\d)\s?h\s?([0-5]\d)(?!\s?\w)")
_HALVES = (
    re.compile(rf"({_FIGURE})\s?and\s(?:1\s)?half\s(?:1\s)?({_UNIT})\b"),  # two and a half hours
    re.compile(rf"({_FIGURE})\s({_UNIT})\s(?:and\s)?1\shalf\b"),  # an hour and a half
)
_HALF_ALONE = re.compile(r"^(?:1\s)?half\s(?:1\s)?(?=[a-z])")
_PART = re.compile(rf"({_FIGURE})\s?-?({_UNIT})(?![a-zíäöü])\.?")
_JOIN = re.compile(r"\s?(?:,|&|\b(?:and|y|e|et|und)\b)?\s?(?:\band\s)?")
_RANGE = re.compile(rf"({_FIGURE})\s?(?:-|–|—|to|or)\s?({_FIGURE})\s?({_UNIT})\b")
_REMARK = re.compile(r"\s?\(.*\)|,?\s(?:of|in|during|for)\s.*|,?\s(?:total|overall|altogether)")
_LEADING = re.compile(
    r"(?:(?P<about>~|≈|±|about|around|approximately|approx\.?|circa|ca\.?|c\.|roughly|nearly|almost|some"
    r"|unos|unas|cerca de|environ|etwa|ungefähr)"
    r"|(?P<under>under|less than|fewer than|within|up to|at most|no more than|<=?|≤)"
    r"|(?P<over>over|more than|at least|longer than|>=?|≥)"
    r"|(?:for|a total of|in total|total of|total|lasted|lasting|took|just|only|exactly|a [a-z]{3,12}(?= \d)))"
    r"(?:\s+|(?=\d)|(?<=[~≈<>=≤≥])\s*)"
)  # fmt: skip
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
        unit = _UNITS.get(match[2].lower())
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


def read_length(text: str) -> Length:
    """What a stated length comes to.

    Raises:
        NotALength: the text states none, or one longer than the calendar.
    """
    if len(text) > 200:
        raise NotALength(f"that is too long to be a length of time; {_EXAMPLES}")
    words = re.sub(r"\s+", " ", text).strip().strip(".").lower()
    words = words[1:-1].strip() if words.startswith("(") and words.endswith(")") else words
    about = under = over = False
    while (match := _LEADING.match(words)) is not None and match.end() > 0:
        about, under, over = about or bool(match["about"]), under or bool(match["under"]), over or bool(match["over"])
        words = words[match.end() :]
    low, high = _amount(words, text)
    if low > _LONGEST or high > _LONGEST:
        raise NotALength(f"“{shorten(text, 40)}” is longer than the calendar; {_EXAMPLES}")
    if under:
        low = 0
    if over:
        high = math.inf
    return Length(low, high, about)


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


def _amount(words: str, shown: str) -> tuple[float, float]:
    if (clock := _SPAN_CLOCK.match(words)) is not None and _is_end(words, clock.end()):
        minutes = int(clock[1]) * 60 + int(clock[2]) + int(clock[3] or 0) / 60
        return minutes, minutes
    words = _in_figures(words)
    if (match := _RANGE.match(words)) is not None and match[3] in _UNITS and _is_end(words, match.end()):
        ends = sorted(_figure(match[part]) * _UNITS[match[3]] for part in (1, 2))
        return ends[0], ends[1]
    first = _sum(words)
    if first is not None and (dash := re.compile(r"\s?[–—-]\s?").match(words, first[1])) is not None:
        second = _sum(words[dash.end() :])
        if second is not None and _is_end(words, dash.end() + second[1]):
            return min(first[0], second[0]), max(first[0], second[0])
    if first is None or not _is_end(words, first[1]):
        raise NotALength(f"“{shorten(shown, 40)}” is no length of time; {_EXAMPLES}")
    return first[0], first[0]


def _in_figures(words: str) -> str:
    """Number words and halves as figures: `an hour and a half` gives `1.5 hour`."""
    words = _HOURS_BARE.sub(r"\1h \2m", words.replace("½", ".5"))
    words = _TENS.sub(lambda match: str(_NUMBER_WORDS[match[1]] + _NUMBER_WORDS[match[2]]), words)
    words = _WORD_NUMBER.sub(lambda match: str(_NUMBER_WORDS[match[1]]), words)
    for halves in _HALVES:
        words = halves.sub(lambda match: f"{_figure(match[1]) + 0.5} {match[2]}", words)
    return re.sub(r"^\.5", "0.5", _HALF_ALONE.sub("0.5 ", words))


def _sum(words: str) -> tuple[float, int] | None:
    """The minutes of `5h 09m` and the like at the start of a text, and where they end."""
    total, end, smallest = 0.0, 0, math.inf
    start = 0
    while (match := _PART.match(words, start)) is not None:
        unit = _UNITS.get(match[2])
        if unit is None or unit >= smallest:
            break
        total, end, smallest = total + _figure(match[1]) * unit, match.end(), unit
        joined = _JOIN.match(words, end)
        start = joined.end() if joined else end
    return (total, end) if end else None


def _is_end(words: str, end: int) -> bool:
    return end >= len(words) or _REMARK.fullmatch(words, end) is not None


def _figure(number: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", number):
        return float(number.replace(",", ""))
    return float(number.replace(",", "."))


def _span(days: int, minutes: float) -> Span:
    if days * 1440 + minutes > _LONGEST:
        raise NotALength(f"that is longer than the calendar; {_EXAMPLES}")
    return Span(days, timedelta(minutes=minutes))
