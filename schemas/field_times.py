"""Times and days that are typed into a field, and the value of the model that each means.

As in `schemas.field_values`, but what a text leaves open is taken from the context.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from schemas.dates import take_date
from schemas.field_values import FieldError
from schemas.lengths import NotALength, take_span
from schemas.moments import When
from schemas.patterns import late
from schemas.readings import Context, NotATime, Reading
from schemas.text import shorten
from schemas.when_text import format_when

_AHEAD = late(r"(?:\+|in\s)\s?(.+)", re.IGNORECASE)
_BY = late(r"(?:by|on|until|before)\s+", re.IGNORECASE)


def due(text: str, context: Context) -> date:
    """A day, also as `July 31, 2023`, `31.07.2023`, `+14d`, `tomorrow` or `next friday`."""
    words = text.strip()
    if len(words) > 60:
        raise FieldError("write the day as 2024-05-31")
    words = _BY.sub("", words, count=1) if _BY.match(words) else words
    try:
        if (ahead := _AHEAD.fullmatch(words)) is not None:
            return _ahead(ahead[1], context)
        found = take_date(words, 0, context, whole=True, ahead=True)
        if found is not None and not words[found[1] :].strip(" ."):
            if found[0].notes:
                raise FieldError(f"{found[0].notes[0]}; write the day as 2024-05-31")
            return found[0].date
    except (NotALength, NotATime) as problem:
        raise FieldError(str(problem)) from None
    try:
        at = _read(words, context).at
    except NotATime:
        raise FieldError(_no_day(words)) from None
    if isinstance(at, datetime):
        raise FieldError(f"a due date is a day without a clock; write {at.date().isoformat()}")
    if isinstance(at, date):
        return at
    raise FieldError(_no_day(words))


def _ahead(length: str, context: Context) -> date:
    span = take_span(length, 0)
    if span is None or span[1] != len(length) or span[0].rest:
        raise FieldError("a due date is a number of days or weeks ahead; write +14d or +2w")
    if context.today is None:
        raise FieldError("it is not known what day is today; write the day as 2024-05-31")
    if context.today.toordinal() + span[0].days > date.max.toordinal():
        raise FieldError("that is beyond the year 9999; write the day as 2024-05-31")
    return date.fromordinal(context.today.toordinal() + span[0].days)


def _no_day(words: str) -> str:
    return f"“{shorten(words, 30)}” is no day; write it as 2024-05-31, July 31, 2024, +14d or next friday"


def reading(text: str, context: Context) -> Reading:
    """A time with all that belongs to it."""
    try:
        return _read(text, context)
    except NotATime as problem:
        raise FieldError(str(problem)) from None


def _read(text: str, context: Context) -> Reading:
    from schemas.when import read_time  # late: what stands in a field is shown long before any of it is typed anew

    return read_time(text, context)


def moment(text: str, context: Context) -> When | None:
    """A time alone."""
    found = reading(text, context)
    if found.until is not None or found.latest is not None:
        raise FieldError("write one time here; the end goes into “until”, or into “latest” if it lies between two")
    if found.about or found.margin:
        raise FieldError("write the time alone here; “about” and “margin” have fields of their own")
    return found.at


def end(text: str, context: Context) -> When | None:
    """The other end of an event, which comes after its start."""
    return moment(text, replace(context, after=context.own or context.after, own=None))


def moment_text(value: When | None, context: Context) -> str:
    """A time as `moment` reads it, in the context's zone."""
    return "" if value is None else format_when(value, zone=context.zone)


def stated_start(text: str, context: Context) -> dict[str, Any]:
    """What a stated start reads as: the fields `at` and `about`. A clock is one of the day on which it all began."""
    return _stated(text, replace(context, own=context.origin or context.own))


def stated_end(text: str, context: Context) -> dict[str, Any]:
    """What a stated end reads as: the fields `at` and `about`. A clock is the first such after the beginning."""
    return _stated(text, replace(context, own=None, after=context.origin or context.after))


def _stated(text: str, context: Context) -> dict[str, Any]:
    found = reading(text, context)
    return {"at": found.at, "about": found.about or bool(found.margin) or found.latest is not None}
