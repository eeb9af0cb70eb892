"""Dates in figures alone: `2024-05-02`, `2024-W18-4`, `2024-123`, `20240502`, `10/04/2024`, `5-26-21`, `4/5`.

Where figures can be read as two different dates, the evidence in the context decides and is named; without any, both
readings are named and neither is taken.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from schemas.days import Day, TwoDates, checked, full_year, moved, short_date, valid
from schemas.patterns import late
from schemas.readings import Context, NotATime

_ISO = late(r"(\d{4})([-/.‐‑])(\d{1,2})\2(\d{1,2})(?!\d)")
_ISO_UNKNOWN = late(r"(\d{4})([-/.])(\d{1,2})\2(?:\?{1,2}|[xX]{2}|_{2})(?![\w?])")
_MONTH_ALONE = late(r"(\d{4})-(\d{2})(?![\d\w:/.-])")
_WEEK = late(r"(\d{4})(-?)[Ww](\d{2})(?:\2([1-7]))?(?=[Tt]\d|[^\w-]|$)")
_ORDINAL = late(r"(\d{4})-(\d{3})(?=[Tt]\d|[^\w-]|$)")
_ORDINAL_PACKED = late(r"(\d{4})(\d{3})(?=[Tt]\d|\s*$)")
_COMPACT = late(r"(\d{4})(\d{2})(\d{2})(?=[Tt]\d|\s*$)")
_LONG_YEAR = late(r"\d{5,9}-\d{1,2}-\d{1,2}(?!\d)")
_NUMERIC = late(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?![\d:]|\2\d)")
_NUMERIC_SHORT = late(r"(\d{1,2})/(\d{1,2})(?![\d/])")
_CHINESE = late(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_SPACED = late(r"(\d{1,2}),\s{0,2}(\d{1,2}),\s{0,2}(\d{4})(?!\d)")
_CLOCK_FOLLOWS = late(
    r"[\s,]{0,4}(?:(?:at|às|as|à|a\slas|um)\b|@|[-–—|·:])?\s{0,3}"
    r"(?:\d{1,2}(?:[:.]\d\d|\s?[ap]\.?\s?m|\s?h(?:\d\d)?\b|\sUhr\b)|\d{4}\s?h|noon\b|midnight\b)",
    re.IGNORECASE,
)
_NEAR: Final = 3
"""So many days from a day that the document names, a reading is borne out by it …"""
_FAR: Final = 10
"""… if the other reading is so many days from all of them."""


def clock_follows(text: str, pos: int) -> bool:
    """Whether a clock stands at a position, with nothing but separators between."""
    return _CLOCK_FOLLOWS.match(text, pos) is not None


def take_figures(text: str, pos: int, context: Context, *, whole: bool) -> tuple[Day, int] | None:
    """The date in figures that stands at a position and where it ends, or None if none does.

    Raises:
        NotATime: there is no such date, or more than one.
    """
    if (match := _ISO.match(text, pos)) is not None:
        return Day(checked(match.group(), int(match[1]), int(match[3]), int(match[4]))), match.end()
    if (match := _ISO_UNKNOWN.match(text, pos)) is not None:
        return _some_day(match.group(), int(match[1]), int(match[3])), match.end()
    if (match := _CHINESE.match(text, pos)) is not None:
        return Day(checked(match.group(), int(match[1]), int(match[2]), int(match[3]))), match.end()
    if (found := _by_week(text, pos, whole) or _by_number(text, pos, whole)) is not None:
        return found
    if (match := _COMPACT.match(text, pos)) is not None and (whole or text[match.end() :][:1] in ("T", "t")):
        return Day(checked(match.group(), int(match[1]), int(match[2]), int(match[3]))), match.end()
    if (match := _LONG_YEAR.match(text, pos)) is not None:
        raise NotATime(f"the year of {match.group()} has too many figures; write it as 2024-05-02")
    if whole and (match := _MONTH_ALONE.match(text, pos)) is not None and 1 <= int(match[2]) <= 12:
        return _some_day(match.group(), int(match[1]), int(match[2])), match.end()
    return _in_any_order(text, pos, context, whole)


def _in_any_order(text: str, pos: int, context: Context, whole: bool) -> tuple[Day, int] | None:
    if (match := _SPACED.match(text, pos)) is not None and (whole or clock_follows(text, match.end())):
        return _numeric(match.group(), (match[1], match[2], match[3]), "", context), match.end()
    if (match := _NUMERIC.match(text, pos)) is not None:
        # `1.2.10 released` is a version, `10.2.2024` and `5/26/21` are dates.
        clear = len(match[4]) == 4 or match[2] == "/"
        if whole or clear or clock_follows(text, match.end()):
            return _numeric(match.group(), (match[1], match[3], match[4]), match[2], context), match.end()
        return None
    if (match := _NUMERIC_SHORT.match(text, pos)) is not None and (whole or clock_follows(text, match.end())):
        return _numeric_short(match, context), match.end()
    return None


def orders(first: int, second: int, year: int) -> dict[str, date]:
    """The dates that three figures can be, by the order of the first two: `day first`, `month first`."""
    found = {}
    for order, figures in (("day first", (year, second, first)), ("month first", (year, first, second))):
        if (day := valid(*figures)) is not None:
            found[order] = day
    return found


def _numeric(shown: str, figures: tuple[str, str, str], sign: str, context: Context) -> Day:
    """Three figures in the order of the house: whatever reading is possible, if only one is."""
    first, second, short = int(figures[0]), int(figures[1]), len(figures[2]) == 2
    year = full_year(figures[2])
    found = orders(first, second, year)
    if short and (day := valid(full_year(figures[0]), second, int(figures[2]))) is not None:
        found["year first"] = day
    assumed = f"the year {year}" if short else ""
    ahead = context.today is not None and year > context.today.year + 1
    if short and sign == "." and ahead and first < 24 and second < 60 and int(figures[2]) < 60:
        clock = f"{first:02d}:{second:02d}:{figures[2]}"
        day = min(found.values(), default=None)
        raise NotATime(f"{shown} can be a clock or a date; write {clock}{f' or {day}' if day else ''}")
    if len(set(found.values())) > 1:
        settled = _settled(found, sign, context)
        if settled is not None:
            order, why = settled
            said = "" if order == "year first" else assumed
            return Day(found[order], ", ".join(filter(None, (f"{order}, {why}", said))))
    return Day(_only(shown, found, context), assumed)


def _settled(found: dict[str, date], sign: str, context: Context) -> tuple[str, str] | None:
    """The order that the evidence speaks for, and the evidence in words."""
    wanted = "" if context.day_first is None else "day first" if context.day_first else "month first"
    if wanted in found and not context.order_is_weak:
        return wanted, context.day_first_why or "as elsewhere"
    if (near := _near(found, context)) is not None:
        return near
    if wanted in found:
        return wanted, context.day_first_why or "as elsewhere"
    return ("day first", "as dates with dots are") if sign == "." and "day first" in found else None


def _near(found: dict[str, date], context: Context) -> tuple[str, str] | None:
    """The one reading that lies close to a day which the document names, where the others lie far from them all."""
    known = list(context.days)
    if not context.undated:
        known += [wall.date() for wall in (context.own, context.after) if wall is not None]
    if not known:
        return None
    gaps = {order: min((abs((day - other).days), other) for other in known) for order, day in found.items()}
    close = [order for order, (gap, _) in gaps.items() if gap <= _NEAR]
    if len(close) == 1 and all(gap > _FAR for order, (gap, _) in gaps.items() if order != close[0]):
        gap, other = gaps[close[0]]
        return close[0], f"as {short_date(other)} is named" if gap == 0 else f"as it lies next to {short_date(other)}"
    return None


def _numeric_short(match: re.Match[str], context: Context) -> Day:
    first, second = int(match[1]), int(match[2])
    base = known_day(context)
    if base is None:
        raise NotATime(f"{match.group()} has no year; write it as 2024-05-02")
    named = {"day first": (second, first), "month first": (first, second)}
    found = {
        order: nearest_year(month, day, None, context, ahead=False, shown=match.group())
        for order, (month, day) in named.items()
        if valid(2024, month, day) is not None
    }
    dates = {order: day.date for order, day in found.items()}
    settled = _settled(dates, "", context) if len(set(dates.values())) > 1 else None
    if settled is not None:
        order, why = settled
        return Day(dates[order], f"{order}, {why}, {found[order].assumed}")
    only = _only(match.group(), dates, context)
    return next(day for day in found.values() if day.date == only)


def _only(shown: str, dates: dict[str, date], context: Context) -> date:
    found = sorted(set(dates.values()))
    if not found:
        raise NotATime(f"there is no day {shown}; write it as 2024-05-02")
    if len(found) > 1:
        meanings = " or ".join(map(short_date, found))
        why = f" ({context.day_first_why})" if context.day_first is None and context.day_first_why else ""
        advice = " or ".join(day.isoformat() for day in found)
        raise TwoDates(f"{shown} can be {meanings}{why}; write {advice}", shown, dates)
    return found[0]


def _by_week(text: str, pos: int, whole: bool) -> tuple[Day, int] | None:
    """ISO 8601's weeks: `2024-W18-4`, `2024W184`, and `2024-W18` for any day of it."""
    match = _WEEK.match(text, pos)
    if match is None:
        return None
    year, week, day = int(match[1]), int(match[3]), match[4]
    if not whole and not day and not clock_follows(text, match.end()):
        return None
    try:
        first = date.fromisocalendar(year, week, int(day or 1))
        last = None if day else date.fromisocalendar(year, week, 7)
    except (ValueError, OverflowError):
        raise NotATime(f"there is no {match.group()}; write it as 2024-05-02") from None
    return Day(first, notes=("the day is not known",) if last else (), last=last), match.end()


def _by_number(text: str, pos: int, whole: bool) -> tuple[Day, int] | None:
    """ISO 8601's days of a year: `2024-123`."""
    match = _ORDINAL.match(text, pos) or (_ORDINAL_PACKED.match(text, pos) if whole else None)
    if match is None:
        return None
    year, number = int(match[1]), int(match[2])
    first = checked(match.group(), year, 1, 1)
    if not whole and text[match.end() : match.end() + 1] not in ("T", "t") and not clock_follows(text, match.end()):
        return None
    if not 1 <= number <= (366 if _days(year, 2) == 29 else 365):
        raise NotATime(f"{match.group()}: the year {year} has no day {number}")
    return Day(first + timedelta(days=number - 1)), match.end()


def _days(year: int, month: int) -> int:
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def _some_day(shown: str, year: int, month: int) -> Day:
    """Any day of a month."""
    first = checked(shown, year, month, 1)
    return Day(first, notes=("the day is not known",), last=first.replace(day=_days(year, month)))


def nearest_year(month: int, day: int, weekday: int | None, context: Context, *, ahead: bool, shown: str) -> Day:
    """A day and month in the year that lies nearest; not in the future, or with `ahead` not in the past.

    Raises:
        NotATime: no year is known, or the month has no such day.
    """
    base = known_day(context, ahead=ahead)
    if base is None:
        raise NotATime(f"{shown} has no year; write it as 2024-05-02")
    years = range(max(1, base.year - 8), min(9999, base.year + 8) + 1)
    possible = [found for year in years if (found := valid(year, month, day)) is not None]
    if not possible:
        raise NotATime(f"there is no day {shown}; write it as 2024-05-02")
    if ahead:
        return Day(next((found for found in possible if found >= base), possible[-1]))
    if context.today is not None:
        last = max(moved(context.today, 1), base)
        possible = [found for found in possible if found <= last] or possible[:1]
    close = [found for found in possible if abs(found.year - base.year) <= 1]
    fitting = [found for found in close if found.weekday() == weekday] if weekday is not None else []
    best = min(fitting or close or possible, key=lambda found: abs(found - base))
    return Day(best, f"the year {best.year}")


def known_day(context: Context, *, ahead: bool = False) -> date | None:
    """The day from which missing parts are taken: the event's own, the one before, or today."""
    known = context.own or context.after
    return context.today if known is None or context.undated or ahead else known.date()
