"""Dates as people write them: `2024-05-02`, `May 3`, `10th of April, 2024`, `06/May/2022`, `10/04/2024`, `Thu`.

One notation a rule. What a date leaves out (its year, its week) is taken from the context and said in `assumed`;
where figures can be read as two different dates, both are named and neither is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from schemas.readings import Context, NotATime

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTH: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY: Final = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
# A year is not a clock (`2100hrs`).
_YEAR: Final = r"((?:19|20|21)\d{2})(?!\d|\s?(?:hrs?|hours|h)\b|\.\d)"

_ISO = re.compile(r"(\d{4})([-/.‐‑])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=T\d|\s*$)")
_LONG_YEAR = re.compile(r"\d{5,9}-\d{1,2}-\d{1,2}(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?![\d:]|\2\d)")
_NUMERIC_SHORT = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/])")
_MONTH_DAY = re.compile(
    rf"({_MONTH})\.?\s{{0,3}}(\d{{1,2}})(?:st|nd|rd|th)?(?![a-z\d]|[:.]\d|%|\s?[ap]\.?m\b)"
    rf"(?:\s{{0,3}},?\s{{0,3}}{_YEAR})?",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s{{1,3}}(?:of\s{{1,3}})?|[-/.])?({_MONTH})\b\.?"
    rf"(?:[\s,/.\-]{{1,4}}{_YEAR}|[-/](\d{{2}})(?![\d:]))?",
    re.IGNORECASE,
)
_WEEKDAY_FIRST = re.compile(rf"({_WEEKDAY})\b\.?,?\s{{0,3}}", re.IGNORECASE)
_NAMED_DAY = re.compile(rf"(today|yesterday|tomorrow|(next|last|this)\s({_WEEKDAY}))\b", re.IGNORECASE)
_CLOCK_FOLLOWS = re.compile(
    r"[\s,]{0,4}(?:at\b|@|[-–—|·:])?\s{0,3}(?:\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m)|\d{4}\s?h|noon\b|midnight\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as it was read, with what was assumed for it and the doubts there are."""

    date: date
    assumed: str = ""
    notes: tuple[str, ...] = ()


def take_date(text: str, pos: int, context: Context, *, whole: bool, ahead: bool = False) -> tuple[Day, int] | None:
    """The date that stands at a position and where it ends, or None if none does.

    `whole` says that the text is meant as a time anyway; without it, words and figures that often mean something else
    (`Sat`, `3/4`, `may 3`) count only with a clock behind them. `ahead` looks for missing parts in the future, as
    for a due date, and not in the past.

    Raises:
        NotATime: it is written as a date, but there is no such date, or more than one.
    """
    head = text[pos : pos + 1]
    if not head.isalnum():
        return None
    if head.isdigit():
        return _figures(text, pos, context, whole) or _day_month(text, pos, context, whole, ahead)
    if (match := _NAMED_DAY.match(text, pos)) is not None:
        if not whole and not _CLOCK_FOLLOWS.match(text, match.end()):
            return None
        return _named(match, context), match.end()
    if (match := _WEEKDAY_FIRST.match(text, pos)) is not None:
        return _with_weekday(match, context, whole, ahead)
    return _month_day(text, pos, context, whole, ahead)


def short_date(day: date, *, year: bool = True) -> str:
    """`2 May 2024`, for messages."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def month_number(name: str) -> int:
    """1 to 12 for an English month name or the start of one.

    Raises:
        ValueError: there is no such month.
    """
    return 1 + [month[:3].lower() for month in MONTHS].index(name[:3].lower())


def _figures(text: str, pos: int, context: Context, whole: bool) -> tuple[Day, int] | None:
    if (match := _ISO.match(text, pos)) is not None:
        return Day(_date(match.group(), int(match[1]), int(match[3]), int(match[4]))), match.end()
    if (match := _COMPACT.match(text, pos)) is not None and (whole or text[match.end() : match.end() + 1] == "T"):
        return Day(_date(match.group(), int(match[1]), int(match[2]), int(match[3]))), match.end()
    if (match := _LONG_YEAR.match(text, pos)) is not None:
        raise NotATime(f"the year of {match.group()} has too many figures; write it as 2024-05-02")
    if (match := _NUMERIC.match(text, pos)) is not None:
        # `1.2.10 released` is a version, `10.2.2024` and `5/26/21` are dates.
        clear = len(match[4]) == 4 or match[2] == "/"
        if whole or clear or _CLOCK_FOLLOWS.match(text, match.end()):
            return _numeric(match, context), match.end()
        return None
    if (match := _NUMERIC_SHORT.match(text, pos)) is not None and (whole or _CLOCK_FOLLOWS.match(text, match.end())):
        return _numeric_short(match, context), match.end()
    return None


def _numeric(match: re.Match[str], context: Context) -> Day:
    """Three figures in the order of the house: whatever reading is possible, if only one is."""
    first, second, short = int(match[1]), int(match[3]), len(match[4]) == 2
    year = _full_year(match[4])
    found: dict[str, date] = {}
    for order, figures in (("day first", (year, second, first)), ("month first", (year, first, second))):
        if (day := _valid(*figures)) is not None:
            found[order] = day
    if short and (day := _valid(_full_year(match[1]), second, int(match[4]))) is not None:
        found["year first"] = day
    assumed = f"the year {year}" if short else ""
    if context.day_first is not None:
        wanted = "day first" if context.day_first else "month first"
        if wanted in found:
            return Day(found[wanted], ", ".join(filter(None, (f"{wanted}, as elsewhere", assumed))))
    if match[2] == "." and "day first" in found:
        return Day(found["day first"], ", ".join(filter(None, ("day first, as dates with dots are", assumed))))
    return Day(_only(match.group(), found.values()), assumed)


def _numeric_short(match: re.Match[str], context: Context) -> Day:
    first, second = int(match[1]), int(match[2])
    orders = [(second, first), (first, second)]
    if context.day_first is not None and _valid(2024, *orders[not context.day_first]):
        orders = [orders[not context.day_first]]
    possible = {order for order in orders if _valid(2024, *order)}
    days = [_nearest_year(month, day, None, context, False, match.group()) for month, day in sorted(possible)]
    _only(match.group(), [day.date for day in days])
    return days[0]


def _only(shown: str, days: Iterable[date]) -> date:
    found = sorted(set(days))
    if not found:
        raise NotATime(f"there is no day {shown}; write it as 2024-05-02")
    if len(found) > 1:
        meanings = " or ".join(short_date(day) for day in found)
        raise NotATime(f"{shown} can be {meanings}; write {' or '.join(day.isoformat() for day in found)}")
    return found[0]


def _day_month(text: str, pos: int, context: Context, whole: bool, ahead: bool) -> tuple[Day, int] | None:
    match = _DAY_MONTH.match(text, pos)
    if match is None:
        return None
    year = match[3] or match[4] or ""
    return _named_month(match, match[2], match[1], year, context, whole, ahead)


def _month_day(text: str, pos: int, context: Context, whole: bool, ahead: bool) -> tuple[Day, int] | None:
    match = _MONTH_DAY.match(text, pos)
    return _named_month(match, match[1], match[2], match[3] or "", context, whole, ahead) if match else None


def _named_month(
    match: re.Match[str], name: str, day: str, year: str, context: Context, whole: bool, ahead: bool
) -> tuple[Day, int] | None:
    # "may 3 servers be down" and "3 may be enough" are no dates.
    doubtful = name[0].islower() and name.lower() in ("may", "mar", "march") and not year
    if doubtful and not whole and not _CLOCK_FOLLOWS.match(match.string, match.end()):
        return None
    shown, month = match.group().strip(), month_number(name)
    if year:
        full = _full_year(year)
        return Day(_date(shown, full, month, int(day)), f"the year {full}" if len(year) == 2 else ""), match.end()
    return _nearest_year(month, int(day), None, context, ahead, shown), match.end()


def _with_weekday(match: re.Match[str], context: Context, whole: bool, ahead: bool) -> tuple[Day, int] | None:
    """A weekday in front of a date, which it has to fit, or in front of a clock."""
    text, weekday = match.string, _weekday(match[1])
    if (found := _figures(text, match.end(), context, whole)) is not None:
        return _fitting(found[0], weekday), found[1]
    for pattern, name, number, year in ((_DAY_MONTH, 2, 1, 3), (_MONTH_DAY, 1, 2, 3)):
        if (dated := pattern.match(text, match.end())) is not None:
            shown, month, day = dated.group().strip(), month_number(dated[name]), int(dated[number])
            if dated[year]:
                return _fitting(Day(_date(shown, int(dated[year]), month, day)), weekday), dated.end()
            return _fitting(_nearest_year(month, day, weekday, context, ahead, shown), weekday), dated.end()
    if not whole and not _CLOCK_FOLLOWS.match(text, match.end()):
        return None
    return _nearest_weekday(weekday, context, ahead), match.start() + len(match.group().rstrip())


def _fitting(day: Day, weekday: int) -> Day:
    if day.date.weekday() == weekday:
        return day
    note = f"{short_date(day.date)} was a {WEEKDAYS[day.date.weekday()]}, not a {WEEKDAYS[weekday]}"
    return Day(day.date, day.assumed, (*day.notes, note))


def _named(match: re.Match[str], context: Context) -> Day:
    today = context.today
    if today is None:
        raise NotATime(f"it is not known what day “{match.group()}” is; write the date, such as 2024-05-02")
    word = match[1].lower()
    if match[2]:
        ahead = (_weekday(match[3]) - today.weekday()) % 7
        step = {"next": ahead or 7, "this": ahead, "last": (ahead or 7) - 7}[match[2].lower()]
        step = step if step or match[2].lower() != "last" else -7
    else:
        step = {"today": 0, "yesterday": -1, "tomorrow": 1}[word]
    day = _moved(today, step)
    return Day(day, f"{word} was {WEEKDAYS[day.weekday()][:3]} {short_date(day)}" if step <= 0 else "")


def _nearest_weekday(weekday: int, context: Context, ahead: bool) -> Day:
    base = _base(context, ahead)
    name = WEEKDAYS[weekday]
    if base is None:
        raise NotATime(f"it is not known which {name}; write the date, such as 2024-05-02")
    forward = (weekday - base.weekday()) % 7
    if ahead:
        return Day(_moved(base, forward or 7))
    if context.after is not None and not context.undated:
        day = _moved(base, forward)
        if context.today is None or day <= _moved(context.today, 1):
            return Day(day, f"{short_date(day)}, the {name} that follows")
    day = _moved(base, forward - 7 if forward else 0)
    return Day(day, f"{short_date(day)}, the last {name}")


def _nearest_year(month: int, day: int, weekday: int | None, context: Context, ahead: bool, shown: str) -> Day:
    """A day and month in the year that lies nearest; not in the future, or with `ahead` not in the past."""
    base = _base(context, ahead)
    if base is None:
        raise NotATime(f"{shown} has no year; write it as 2024-05-02")
    years = range(max(1, base.year - 8), min(9999, base.year + 8) + 1)
    possible = [found for year in years if (found := _valid(year, month, day)) is not None]
    if not possible:
        raise NotATime(f"there is no day {shown}; write it as 2024-05-02")
    if ahead:
        return Day(next((found for found in possible if found >= base), possible[-1]))
    if context.today is not None:
        last = max(_moved(context.today, 1), base)
        possible = [found for found in possible if found <= last] or possible[:1]
    close = [found for found in possible if abs(found.year - base.year) <= 1]
    fitting = [found for found in close if found.weekday() == weekday] if weekday is not None else []
    best = min(fitting or close or possible, key=lambda found: abs(found - base))
    return Day(best, f"the year {best.year}")


def _base(context: Context, ahead: bool) -> date | None:
    known = context.own or context.after
    return context.today if known is None or context.undated or ahead else known.date()


def _weekday(name: str) -> int:
    return [day[:3].lower() for day in WEEKDAYS].index(name[:3].lower())


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _full_year(year: str) -> int:
    # Two figures are this century's up to 68, as in POSIX.
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date(shown: str, year: int, month: int, day: int) -> date:
    found = _valid(year, month, day)
    if found is not None:
        return found
    if not 1 <= month <= 12:
        raise NotATime(f"{shown}: there is no month {month}; write year-month-day, such as 2024-05-02")
    if year < 1:
        raise NotATime(f"{shown}: there is no year 0")
    raise NotATime(f"{shown}: {MONTHS[month - 1]} {year} has no day {day}")
