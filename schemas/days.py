"""A day as it was read, and small questions about the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from schemas.month_names import MONTHS
from schemas.readings import NotATime

CalendarDay = date


class TwoDates(NotATime):
    """Figures that can be read as more than one date; `shown` are the figures, `found` the dates by their order."""

    def __init__(self, message: str, shown: str, found: dict[str, date]) -> None:
        super().__init__(message)
        self.shown = shown
        self.found = found


class Day(Struct, frozen=True):
    """A date as it was read, with what was assumed for it and the doubts there are.

    `last` is set where only the month or week is known: it is then any day from `date` to `last`.
    """

    date: date
    assumed: str = ""
    notes: tuple[str, ...] = ()
    last: CalendarDay | None = None


def short_date(day: date, *, year: bool = True) -> str:
    """`2 May 2024`, for messages."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def moved(day: date, days: int) -> date:
    """So many days on; the same day at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def full_year(year: str) -> int:
    """A year of two figures in full: up to 68 it is this century's, as in POSIX."""
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)


def valid(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def checked(shown: str, year: int, month: int, day: int) -> date:
    """The date.

    Raises:
        NotATime: there is none such; the message says which part is wrong.
    """
    found = valid(year, month, day)
    if found is not None:
        return found
    if not 1 <= month <= 12:
        raise NotATime(f"{shown}: there is no month {month}; write year-month-day, such as 2024-05-02")
    if year < 1:
        raise NotATime(f"{shown}: there is no year 0")
    raise NotATime(f"{shown}: {MONTHS[month - 1]} {year} has no day {day}")
