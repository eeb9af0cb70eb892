"""What the day of an entry is in a chat or a log: the order of day and month, the year, `Today`, and midnight.

Nobody guesses silently: a year that nothing settles leaves the clock alone, with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct, field

from schemas.days import full_year, moved, valid
from schemas.month_names import MONTH, WEEKDAY, month_number, plain, weekday_number

_FIGURES: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_WEEKDAY: Final = re.compile(rf"({WEEKDAY})\.?,?(?=\s|$)\s*", re.IGNORECASE)
_MONTH: Final = re.compile(rf"(?<![^\W\d_])({MONTH})(?![^\W\d_])", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_RELATIVE: Final = {
    "today": 0, "hoy": 0, "hoje": 0, "heute": 0, "aujourd'hui": 0, "aujourd’hui": 0,
    "yesterday": -1, "ayer": -1, "ontem": -1, "gestern": -1, "hier": -1,
}  # fmt: skip
_NEAR: Final = 200
"""Days: the date of a message is not further from one that has its year."""


class SaidDay(Struct, frozen=True):
    """What the words of a date say.

    One of: the `date`; `figures` (first, second, year or None), whose order is open; `month` and `day` without a year;
    `ago`, the days before today; nothing but a `weekday`, which may stand beside the others.
    """

    date: date | None = None
    figures: tuple[int, int, int | None] | None = None
    dotted: bool = False
    month: int = 0
    day: int = 0
    ago: int | None = None
    weekday: int | None = None


class Calendar(Struct):
    """How the dates of a source are read: the order of day and month with what settles it, and where the year is from.

    `near` is a day that the story is about, None where nothing tells; `why_year` says where that comes from. `today`
    is the day on which the source was written down.
    """

    day_first: bool = True
    why_order: str = ""
    settled: bool = True
    near: date | None = None
    why_year: str = ""
    today: date | None = None
    known: dict[str, date | None] = field(default_factory=dict)

    def day_of(self, words: str) -> date | None:
        """The date that the words of a stamp mean, None where that is not known."""
        if words not in self.known:
            self.known[words] = self._day_of(said_day(words))
        return self.known[words]

    def _day_of(self, said: SaidDay | None) -> date | None:
        if said is None:
            return None
        if said.date is not None:
            return said.date
        if said.figures is not None:
            return self._figures(*said.figures)
        if said.month:
            return self._nearest(said.month, said.day, said.weekday)
        if said.ago is not None:
            return moved(self.today, said.ago) if self.today is not None else None
        if said.weekday is None or self.today is None:
            return None
        return moved(self.today, -((self.today.weekday() - said.weekday) % 7))

    def _figures(self, first: int, second: int, year: int | None) -> date | None:
        for day, month in ((first, second), (second, first)) if self.day_first else ((second, first), (first, second)):
            found = valid(year, month, day) if year is not None else self._nearest(month, day, None)
            if found is not None:
                return found
        return None

    def _nearest(self, month: int, day: int, weekday: int | None) -> date | None:
        near = self.near
        if near is None:
            return None
        years = [valid(near.year + step, month, day) for step in (0, -1, 1)]
        found = [each for each in years if each is not None]
        if weekday is not None and (fitting := [each for each in found if each.weekday() == weekday]):
            found = fitting
        return min(found, key=lambda each: abs(each - near), default=None)


def said_day(words: str) -> SaidDay | None:
    """What the words of a date say; None where they are none."""
    words = words.strip(" ,.")
    if (found := _YEAR_FIRST.fullmatch(words.split(" ")[-1])) is not None:
        whole = valid(int(found[1]), int(found[2]), int(found[3]))
        return SaidDay(date=whole) if whole is not None else None
    if (found := _FIGURES.fullmatch(words)) is not None:
        year = full_year(found[4]) if found[4] else None
        return SaidDay(figures=(int(found[1]), int(found[3]), year), dotted=found[2] == ".")
    if words.lower() in _RELATIVE:
        return SaidDay(ago=_RELATIVE[words.lower()])
    weekday = None
    if (named := _WEEKDAY.match(words)) is not None:
        rest = words[named.end() :]
        if not rest or any(char.isdigit() for char in rest):
            weekday, words = weekday_number(named[1]), rest
    if not words:
        return SaidDay(weekday=weekday)
    month, day, year_found = _MONTH.search(words), _DAY.search(words), _YEAR.search(words)
    if month is None or day is None:
        return None
    number = month_number(plain(month[1]))
    if year_found is None:
        return SaidDay(month=number, day=int(day[1]), weekday=weekday) if valid(2000, number, int(day[1])) else None
    whole = valid(int(year_found[1]), number, int(day[1]))
    return SaidDay(date=whole, weekday=weekday) if whole is not None else None


class Order(Struct, frozen=True):
    """Whether the day comes first in dates in figures, why, and whether that is more than a habit."""

    day_first: bool
    why: str
    settled: bool


def order_of(days: Sequence[str], asked: bool | None, halves: bool) -> Order | None:
    """How dates in figures are written, from all of them in their order; None where there are none.

    `halves` says that the clocks have am and pm, which is a habit of those who write the month first.
    """
    figures = [(words, said) for words in dict.fromkeys(days) if (said := said_day(words)) is not None and said.figures]
    if not figures:
        return None
    if asked is not None:
        return Order(asked, "as asked", True)
    for words, said in figures:
        first, second, _ = said.figures or (0, 0, None)
        if first > 12 >= second:
            return Order(True, f"as in {words}", True)
        if second > 12 >= first:
            return Order(False, f"as in {words}", True)
    if (shorter := _shorter([said.figures for _, said in figures if said.figures])) is not None:
        return Order(shorter, "as the story would take months otherwise", True)
    if figures[0][1].dotted:
        return Order(True, "as dates with dots are", True)
    same = all(said.figures is not None and said.figures[0] == said.figures[1] for _, said in figures)
    return Order(not halves, "as clocks with am and pm go with the month first" if halves else "by habit", same)


def _shorter(figures: Iterable[tuple[int, int, int | None]]) -> bool | None:
    """The order by which the days lie close to one another, where the other one scatters them over months."""
    spans: list[int] = []
    given = list(figures)
    for day_first in (True, False):
        days = [
            found
            for first, second, year in given
            if (found := valid(year or 2000, *((second, first) if day_first else (first, second)))) is not None
        ]
        if len(days) < len(given):
            return None
        spans.append((max(days) - min(days)).days)
    if len(set(given)) < 2:
        return None
    one, other = spans
    if one <= 45 and one * 4 < other:
        return True
    return False if other <= 45 and other * 4 < one else None


def years_by_weekday(said: SaidDay, around: int) -> tuple[date, ...]:
    """The dates within six years of one on which a day and month fall on the weekday that is written beside them."""
    if said.weekday is None or not said.month:
        return ()
    found = (valid(year, said.month, said.day) for year in range(around - 6, around + 7))
    return tuple(each for each in found if each is not None and each.weekday() == said.weekday)


def is_near(one: date, other: date) -> bool:
    """Whether two days may belong to the same story."""
    return abs(one - other) <= timedelta(days=_NEAR)
