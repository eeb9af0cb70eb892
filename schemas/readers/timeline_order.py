"""Day or month first, where every date of a story can be read both ways: by which the story is the shorter one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from schemas.days import full_year
from schemas.figure_dates import orders

_FIGURES: Final = re.compile(r"(?<![\w./:])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/]|\2\d|:\d)")
_SHORT: Final = 45
"""Days: no longer does a story last that is told to the minute …"""
_TIMES_LONGER: Final = 4
"""… if read the other way it lasts so many times longer."""


def likelier(texts: Iterable[str]) -> bool | None:
    """Whether the day comes first in the dates in figures of some texts; None where both readings are as likely."""
    day_first: set[date] = set()
    month_first: set[date] = set()
    for text in texts:
        for match in _FIGURES.finditer(text) if any(sign in text for sign in "/.-") else ():
            found = orders(int(match[1]), int(match[3]), full_year(match[4]))
            if len(found) < 2:
                return None
            day_first.add(found["day first"])
            month_first.add(found["month first"])
    if len(day_first) < 2:
        return None
    one, other = (max(days) - min(days) for days in (day_first, month_first))
    if one.days <= _SHORT and one.days * _TIMES_LONGER < other.days:
        return True
    if other.days <= _SHORT and other.days * _TIMES_LONGER < one.days:
        return False
    return None
