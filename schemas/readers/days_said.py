"""The day on which a document's story begins, as its header, title, summary and timeline heading tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from schemas.dates import take_date
from schemas.month_names import MONTH
from schemas.readings import Context, NotATime

_MAY_BE: Final = re.compile(
    rf"(?<![\w.:/-])(?=\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th|er|\.)?[\s/-](?:of\s|de\s)?(?:{MONTH})|(?:{MONTH})\.?\s?\d"
    r"|\d{4}年|\d{1,2},\s?\d{1,2},\s?\d{4})",
    re.IGNORECASE,
)

_TO: Final = r"(?:\s?[-–]\s?|\s(?:to|and|bis|al?)\s)"
_TWO_AFTER: Final = re.compile(
    rf"((?:{MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?)({_TO}\d{{1,2}}(?:st|nd|rd|th)?)(,?\s\d{{4}})", re.IGNORECASE
)
_TWO_BEFORE: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)?{_TO}\d{{1,2}}((?:st|nd|rd|th|\.)?\s(?:{MONTH})[\s,.]{{1,3}}\d{{4}})",
    re.IGNORECASE,
)


class SaidDay(Struct, frozen=True):
    """A date in the document: the day, its words, its line, and how much it speaks for being the incident's."""

    day: date
    words: str
    line: int
    weight: int


def days_in(text: str, context: Context) -> Iterator[tuple[date, str]]:
    """The dates in a text with their words; what can mean two dates or none is left out."""
    # Of two days of one month the first counts: `March 3–4, 2023` is read as `March 3, 2023`.
    text = (
        _TWO_AFTER.sub(r"\1\3", _TWO_BEFORE.sub(r"\1\2", text)) if "-" in text or "–" in text or "to" in text else text
    )
    end = 0
    for match in _MAY_BE.finditer(text):
        if match.start() < end:
            continue
        try:
            found = take_date(text, match.start(), context, whole=True)
        except NotATime:
            continue
        if found is not None:
            end = found[1]
            if found[0].last is None:
                yield found[0].date, text[match.start() : end].strip()


def most_likely(said: Iterable[SaidDay]) -> SaidDay | None:
    """The day that most speaks for: the sum of the weights counts, then the first that is named."""
    sums: dict[date, int] = {}
    first: dict[date, SaidDay] = {}
    for each in said:
        sums[each.day] = sums.get(each.day, 0) + each.weight
        first.setdefault(each.day, each)
    if not sums:
        return None
    most = max(sums.values())
    return next(first[day] for day in first if sums[day] == most)
