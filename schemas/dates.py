"""Dates as people write them: `2024-05-02`, `May 3`, `10th of April, 2024`, `2 de mayo`, `06/May/2022`, `Thu`, `today`.

One notation a rule; those in figures alone live in `schemas.figure_dates`. What a date leaves out (its year, its week)
is taken from the context and said in `assumed`.
"""

from __future__ import annotations

import re
from typing import Final

from schemas.days import Day, checked, full_year, moved, short_date
from schemas.figure_dates import clock_follows, known_day, nearest_year, take_figures
from schemas.month_names import (
    DOUBTFUL,
    DOUBTFUL_SMALL,
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    month_number,
    plain,
    weekday_number,
)
from schemas.patterns import late
from schemas.readings import Context, NotATime

__all__ = ["MONTHS", "WEEKDAYS", "Day", "named_days", "short_date", "take_date"]

# A year is not a clock (`2100hrs`).
_YEAR: Final = r"((?:19|20|21)\d{2})(?!\d|\s?(?:hrs?|hours|h)\b|\.\d)"

_LEAD = late(r"(?:le|el|em|am|den|the|on)\s{1,3}", re.IGNORECASE)
_MONTH_DAY = late(
    rf"({MONTH})\.?\s{{0,3}}(\d{{1,2}})(?:st|nd|rd|th)?(?![a-z\d]|[:.]\d|%|\s?[ap]\.?m\b)"
    rf"(?:\s{{0,3}},?\s{{0,3}}{_YEAR}|\s{{0,2}}(?:,\s{{0,2}}['’]?|\s['’])(\d{{2}})(?=,?\s{{1,2}}\d{{1,2}}[:.]\d\d))?",
    re.IGNORECASE,
)
_DAY_MONTH = late(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|[ºª°]|\.(?=\s))?(?:\s{{1,3}}(?:(?:of|de|do)\s{{1,3}})?|[-/.])?({MONTH})(?![^\W\d_])\.?"
    rf"(?:[\s,/.\-]{{1,4}}(?:(?:del?|of)\s{{1,3}})?{_YEAR}|[-/](\d{{2}})(?![\d:]))?",
    re.IGNORECASE,
)
_MONTH_YEAR = late(rf"({MONTH})\.?,?\s{{1,3}}(?:(?:del?|of)\s{{1,3}})?{_YEAR}", re.IGNORECASE)
_WEEKDAY_FIRST = late(rf"({WEEKDAY})[.,]{{0,2}}\s{{0,3}}(?:(?:le|el|den|the)\s{{1,3}})?", re.IGNORECASE)
_NAMES: Final = {
    "today": 0, "hoy": 0, "hoje": 0, "aujourd'hui": 0, "aujourd’hui": 0, "heute": 0,
    "yesterday": -1, "ayer": -1, "ontem": -1, "hier": -1, "gestern": -1,
    "tomorrow": 1, "amanhã": 1, "demain": 1, "morgen": 1,
}  # fmt: skip
_NAMED_DAY = late(rf"({'|'.join(_NAMES)}|(next|last|this)\s({WEEKDAY}))(?!\w)", re.IGNORECASE)
_NAMED_DATE = late(
    rf"(?<![\w./-])(?:\d{{4}}-\d{{2}}-\d{{2}}(?![\d-])|(?:{MONTH})\.?\s?\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,2}}(?:19|20|21)\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s(?:(?:of|de)\s)?(?:{MONTH})\.?,?\s{{1,2}}(?:del?\s)?(?:19|20|21)\d{{2}})(?!\d)",
    re.IGNORECASE,
)


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
        return take_figures(text, pos, context, whole=whole) or _day_month(text, pos, context, whole, ahead)
    if whole and (lead := _LEAD.match(text, pos)) is not None and text[lead.end() : lead.end() + 1].isdigit():
        return take_date(text, lead.end(), context, whole=whole, ahead=ahead)
    if (match := _NAMED_DAY.match(text, pos)) is not None:
        if not whole and not clock_follows(text, match.end()):
            return None
        return _named(match, context), match.end()
    if (match := _WEEKDAY_FIRST.match(text, pos)) is not None:
        return _with_weekday(match, context, whole, ahead)
    return _month_day(text, pos, context, whole, ahead)


def named_days(text: str) -> tuple[Day, ...]:
    """The dates with a year that a text names in a way that can be read in one way only, such as `2 May 2024`."""
    found = []
    nothing = Context()
    for match in _NAMED_DATE.finditer(text):
        try:
            dated = take_date(match.group(), 0, nothing, whole=True)
        except NotATime:
            continue
        if dated is not None and dated[0].last is None:
            found.append(dated[0])
    return tuple(found)


def _day_month(text: str, pos: int, context: Context, whole: bool, ahead: bool) -> tuple[Day, int] | None:
    match = _DAY_MONTH.match(text, pos)
    if match is None:
        return None
    year = match[3] or match[4] or ""
    return _named_month(match, match[2], match[1], year, context, whole, ahead)


def _month_day(text: str, pos: int, context: Context, whole: bool, ahead: bool) -> tuple[Day, int] | None:
    match = _MONTH_DAY.match(text, pos)
    if match is not None:
        return _named_month(match, match[1], match[2], match[3] or match[4] or "", context, whole, ahead)
    if whole and (alone := _MONTH_YEAR.match(text, pos)) is not None:
        first = checked(alone.group(), int(alone[2]), month_number(alone[1]), 1)
        following = moved(first.replace(day=28), 4).replace(day=1)
        return Day(first, notes=("the day is not known",), last=moved(following, -1)), alone.end()
    return None


def _named_month(
    match: re.Match[str], name: str, day: str, year: str, context: Context, whole: bool, ahead: bool
) -> tuple[Day, int] | None:
    # "may 3 servers be down", "3 may be enough" and "Set 3 flags" are no dates.
    doubtful = plain(name) in DOUBTFUL or (name[0].islower() and plain(name) in DOUBTFUL_SMALL)
    if doubtful and not year and not whole and not clock_follows(match.string, match.end()):
        return None
    shown, month = match.group().strip(), month_number(name)
    if year:
        full = full_year(year)
        return Day(checked(shown, full, month, int(day)), f"the year {full}" if len(year) == 2 else ""), match.end()
    return nearest_year(month, int(day), None, context, ahead=ahead, shown=shown), match.end()


def _with_weekday(match: re.Match[str], context: Context, whole: bool, ahead: bool) -> tuple[Day, int] | None:
    """A weekday in front of a date, which it has to fit, or in front of a clock."""
    text, weekday = match.string, weekday_number(match[1])
    if (found := take_figures(text, match.end(), context, whole=whole)) is not None:
        return _fitting(found[0], weekday), found[1]
    for pattern, name, number, year in ((_DAY_MONTH, 2, 1, 3), (_MONTH_DAY, 1, 2, 3)):
        if (dated := pattern.match(text, match.end())) is not None:
            shown, month, day = dated.group().strip(), month_number(dated[name]), int(dated[number])
            if written := dated[year] or dated[year + 1]:
                return _fitting(Day(checked(shown, full_year(written), month, day)), weekday), dated.end()
            return _fitting(nearest_year(month, day, weekday, context, ahead=ahead, shown=shown), weekday), dated.end()
    if not whole and not clock_follows(text, match.end()):
        return None
    return _nearest_weekday(weekday, context, ahead), match.start() + len(match.group().rstrip())


def _fitting(day: Day, weekday: int) -> Day:
    if day.date.weekday() == weekday or day.last is not None:
        return day
    note = f"{short_date(day.date)} was a {WEEKDAYS[day.date.weekday()]}, not a {WEEKDAYS[weekday]}"
    return Day(day.date, day.assumed, (*day.notes, note))


def _named(match: re.Match[str], context: Context) -> Day:
    today = context.today
    if today is None:
        raise NotATime(f"it is not known what day “{match.group()}” is; write the date, such as 2024-05-02")
    word = match[1].lower()
    if match[2]:
        ahead = (weekday_number(match[3]) - today.weekday()) % 7
        step = {"next": ahead or 7, "this": ahead, "last": (ahead or 7) - 7}[match[2].lower()]
        step = step if step or match[2].lower() != "last" else -7
    else:
        step = _NAMES[word]
    day = moved(today, step)
    return Day(day, f"{word} was {WEEKDAYS[day.weekday()][:3]} {short_date(day)}" if step <= 0 else "")


def _nearest_weekday(weekday: int, context: Context, ahead: bool) -> Day:
    base = known_day(context, ahead=ahead)
    name = WEEKDAYS[weekday]
    if base is None:
        raise NotATime(f"it is not known which {name}; write the date, such as 2024-05-02")
    forward = (weekday - base.weekday()) % 7
    if ahead:
        return Day(moved(base, forward or 7))
    if context.after is not None and not context.undated:
        day = moved(base, forward)
        if context.today is None or day <= moved(context.today, 1):
            return Day(day, f"{short_date(day)}, the {name} that follows")
    day = moved(base, forward - 7 if forward else 0)
    return Day(day, f"{short_date(day)}, the last {name}")
