"""The amounts that lengths are made of, where they stand in a text: `5h 09m`, `two and a half hours`, `PT1H30M`."""

from __future__ import annotations

import math
import re
from typing import Final

from schemas.length_words import (
    AND_HALF_BEFORE,
    AND_HALF_BEHIND,
    FRACTION,
    HALVES,
    LETTERS,
    NUMBER,
    NUMBER_WORDS,
    STRESSED,
    UNITS,
)
from schemas.patterns import late

Taken = tuple[float, int]
"""A number, or an amount in minutes, and where it ends."""

_UNIT = late(r"([^\W\d_]{1,9})(?!\w)")
_UNIT_GLUED = late(r"([^\W\d_]{1,9})(?=\d|\b)")
_GAP = late(rf"\s{{1,3}}(?:(?:{'|'.join(sorted(STRESSED))})\s{{1,2}})?|-(?=[a-z])", re.IGNORECASE)
"""Between a number and its unit, where `two whole hours` has a word."""
_JOIN = late(
    r"\s{0,3}(?:,|&|\+|\b(?:and|y|e|et|und)\b|(?:(?<=hr)|(?<=hrs)|(?<=min)|(?<=h))\.(?=\s{0,2}\d))?\s{0,3}(?:\band\s)?",
    re.IGNORECASE,
)
_BARE_MINUTES = late(r"([0-5]\d)(?![\w:/%]|[.,]\d)")
_SPACED_MINUTES = late(r"\s([0-5]\d)(?!\s?[\w:/%]|[.,]\d)")
_CLOCK = late(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d))?(?![\d:]|\.\d)")
_CLOCK_UNIT = late(r"\s?(?:hours?|hrs?|h|heures?|horas?|Stunden|\(?hh?:mm(?::ss)?\)?)(?!\w)", re.IGNORECASE)
_ISO = late(
    r"P(?=[\dT])(?:(\d{1,9})W)?(?:(\d{1,9}(?:[.,]\d{1,6})?)D)?"
    r"(?:T(?=\d)(?:(\d{1,9}(?:[.,]\d{1,6})?)H)?(?:(\d{1,9}(?:[.,]\d{1,6})?)M)?(?:(\d{1,9}(?:[.,]\d{1,6})?)S)?)?(?!\w)"
)
_ISO_UNITS: Final = (10080, 1440, 60, 1, 1 / 60)
_FRACTION_PROBES: Final = ("half", "halb", "media", "meia", "demi", "quarter", "½", "¼", "¾", "/", "couple")
_FRACTION_WITHIN: Final = 20
"""Characters from its beginning within which a fraction has one of these."""

_NOT_A_UNIT: Final = frozenset({"second"})
"""Units that are an ordinal behind `a`: "a second server"."""


def take_amount(text: str, pos: int, *, whole: bool) -> Taken | None:
    """The minutes of the amount that stands at a position, and where it ends, or None if none does.

    `whole` says that the text is meant as a length anyway, so that `1:30` and `1h 30` count.
    """
    for rule in (_iso, _clock if whole else _clock_with_unit):
        if (found := rule(text, pos)) is not None:
            return found
    return _sum(text, pos, whole)


def take_number(text: str, pos: int) -> tuple[float, int, bool] | None:
    """The number at a position, where it ends, and whether a `+` says that it was more."""
    match = NUMBER.match(text, pos)
    if match is None:
        return None
    if match["figures"]:
        number = figure(match["figures"]) + HALVES.get(match["glyph"] or "", 0.0)
        number += int(match["part"]) / int(match["of"]) if match["part"] else 0
        return number, match.end(), bool(match["plus"])
    words = re.split(r"[\s-]", match.group().lower())
    if match["hundred"]:
        return NUMBER_WORDS[words[0]] * 100 + sum(NUMBER_WORDS.get(word, 0) for word in words[2:]), match.end(), False
    return sum(NUMBER_WORDS[word] for word in words), match.end(), False


def take_unit(text: str, pos: int, *, whole: bool, after: float = math.inf) -> tuple[float, int] | None:
    """The minutes of the unit behind a number and where it ends; `after` is the unit before it.

    A letter alone is often something else (`5 m`, `2D`), so it counts only close behind its figures or behind a
    larger unit, unless the text is a length anyway.
    """
    gap = _GAP.match(text, pos)
    start = gap.end() if gap else pos
    match = _UNIT.match(text, start) or _UNIT_GLUED.match(text, start)
    if match is None:
        return None
    name = match[1].lower()
    unit = UNITS.get(name)
    if unit is None:
        return None
    if name in LETTERS and not whole:
        apart = gap is not None and name != "h" and math.isinf(after)
        if apart or match[1] != name or text[match.end() : match.end() + 1] in ("/", "²", "³"):
            return None
    return unit, match.end()


def vague(text: str, pos: int) -> bool:
    """Whether the number at a position is one that nobody has counted: `a couple of`."""
    match = _part_of_one(text, pos)
    return match is not None and match["couple"] is not None


def _part_of_one(text: str, pos: int) -> re.Match[str] | None:
    """The fraction at a position. Most numbers are whole, so that is looked at first."""
    near = text[pos : pos + _FRACTION_WITHIN].lower()
    return FRACTION.match(text, pos) if any(word in near for word in _FRACTION_PROBES) else None


def figure(number: str) -> float:
    """A number in figures: `1,415` has a comma for thousands, `2,5` one for the decimals."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", number):
        return float(number.replace(",", ""))
    return float(number.replace(",", "."))


def _sum(text: str, pos: int, whole: bool) -> Taken | None:
    """`5h 09m`: parts whose units become smaller."""
    total, end, smallest = 0.0, pos, math.inf
    start = pos
    while (part := _part(text, start, whole, smallest)) is not None:
        amount, unit, stop = part
        total, end, smallest = total + amount, stop, unit
        if unit == 60:
            bare = _BARE_MINUTES.match(text, end) or (_SPACED_MINUTES.match(text, end) if whole else None)
            if bare is not None and text[end - 1] in "hH":
                return total + int(bare[1]), bare.end()
        joined = _JOIN.match(text, end)
        start = joined.end() if joined else end
    return (total, end) if end > pos else None


def _part(text: str, pos: int, whole: bool, after: float) -> tuple[float, float, int] | None:
    """One number with its unit: the minutes, the unit, and where it ends."""
    fraction = _fraction(text, pos, whole)
    if fraction is not None and fraction[1] < after:
        return fraction
    number = take_number(text, pos)
    if number is None:
        alone = take_unit(text, pos, whole=True)
        half = AND_HALF_BEHIND.match(text, alone[1]) if alone and math.isinf(after) else None
        return (1.5 * alone[0], alone[0], half.end()) if alone and half else None
    amount, end, _ = number
    ordinal = text[pos:end].lower() in ("a", "one")
    if (half := AND_HALF_BEFORE.match(text, end)) is not None:
        unit = take_unit(text, half.end(), whole=True)
        if unit is not None and unit[0] < after:
            return (amount + 0.5) * unit[0], unit[0], unit[1]
    unit = take_unit(text, end, whole=whole, after=after)
    if unit is None or unit[0] >= after:
        return None
    size, stop = unit
    if not whole and ordinal and text[end:stop].strip().lower() in _NOT_A_UNIT:
        return None
    if not whole and text[pos:end].isalpha() and text[end:stop].strip().lower() in LETTERS:
        return None
    if (half := AND_HALF_BEHIND.match(text, stop)) is not None:
        return (amount + 0.5) * size, size, half.end()
    return amount * size, size, stop


def _fraction(text: str, pos: int, whole: bool) -> tuple[float, float, int] | None:
    match = _part_of_one(text, pos)
    unit = take_unit(text, match.end(), whole=whole) if match else None
    if match is None or unit is None or text[match.end() : unit[1]] in LETTERS:
        return None
    if match["couple"]:
        share = 2.0
    elif match["sesqui"]:
        share = 1.5
    elif match["part"]:
        share = int(match["part"]) / int(match["of"])
    else:
        share = HALVES.get(match["glyph"] or "", 0.25 if match["quarter"] else 0.75 if match["quarters"] else 0.5)
    return share * unit[0], unit[0], unit[1]


def _iso(text: str, pos: int) -> Taken | None:
    """ISO 8601: `PT1H30M`, `P2DT3H`, `P1W`."""
    match = _ISO.match(text, pos) if text.startswith("P", pos) else None
    if match is None or not any(match.groups()):
        return None
    return sum(figure(part) * unit for part, unit in zip(match.groups(), _ISO_UNITS, strict=True) if part), match.end()


def _clock(text: str, pos: int) -> Taken | None:
    match = _CLOCK.match(text, pos)
    if match is None:
        return None
    unit = _CLOCK_UNIT.match(text, match.end())
    return int(match[1]) * 60 + int(match[2]) + int(match[3] or 0) / 60, unit.end() if unit else match.end()


def _clock_with_unit(text: str, pos: int) -> Taken | None:
    found = _clock(text, pos)
    return found if found is not None and not text[found[1] - 1].isdigit() else None
