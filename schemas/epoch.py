"""Times counted from 1970, as logs have them: `1714629600`, `1714629600123`, `[1714629600.123]`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from schemas.patterns import late
from schemas.readings import Context

_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NEAR: Final = timedelta(days=400)
_FROM, _TO = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_STAMP = late(r"(\[)?(?:@)?(\d{9,10})(?:[.,](\d{1,9})|(\d{3}|\d{6}|\d{9}))?(?(1)\])(?![\w]|[.,:/-]\d)")


def take_epoch(text: str, pos: int, context: Context, *, whole: bool) -> tuple[datetime, int] | None:
    """The instant that a count of seconds, milliseconds, micro- or nanoseconds since 1970 is, and where it ends.

    Not every long number is a time. It counts where the text is meant as one (`whole`), or where a line begins with it
    and it has a fraction, stands in brackets, or lies about a year or less from what is known of the incident.
    """
    match = _STAMP.match(text, pos)
    if match is None:
        return None
    moment = _START + timedelta(seconds=int(match[2]), microseconds=int((match[3] or match[4] or "").ljust(6, "0")[:6]))
    if not _FROM <= moment < _TO:
        return None
    if not (whole or match[1] or match[3]) and not _is_near(moment.date(), context):
        return None
    return moment, match.end()


def _is_near(day: date, context: Context) -> bool:
    known = [wall.date() for wall in (context.own, context.after) if wall is not None and not context.undated]
    known += [context.today] if context.today is not None else []
    return any(abs(day - other) <= _NEAR for other in known)
