"""Writing times as people type them: `schemas.when` reads them back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo

from schemas.moments import When
from schemas.story_time import at_offset


def format_when(value: When | None, *, seconds: bool = False, zone: tzinfo | None = None) -> str:
    """A time as `read_time` reads it back: `2024-05-02 09:00 +03:00`, `2024-05-02 09:00`, `2024-05-02`, `09:00`, `?`.

    Seconds are shown where there are any, or always. With a `zone`, the offset is left out where the zone's own wall
    clock says the same.
    """
    if value is None:
        return "?"
    if isinstance(value, time):
        return _clock_text(value, seconds)
    if not isinstance(value, datetime):
        return value.isoformat()
    offset = value.utcoffset()
    if offset is None:
        return f"{value.date().isoformat()} {_clock_text(value.time(), seconds)}"
    if abs(offset) > timedelta(hours=14) or offset % timedelta(minutes=1):
        try:
            value, offset = value.astimezone(UTC), timedelta()
        except OverflowError:
            value, offset = value.replace(tzinfo=UTC), timedelta()
    text = f"{value.date().isoformat()} {_clock_text(value.time(), seconds)}"
    if zone is not None and at_offset(value.replace(tzinfo=None), zone) == (value, ()):
        return text
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{text} {'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def _clock_text(value: time, seconds: bool) -> str:
    if value.microsecond:
        return value.strftime("%H:%M:%S.") + f"{value.microsecond:06d}"
    return value.strftime("%H:%M:%S" if seconds or value.second else "%H:%M")
