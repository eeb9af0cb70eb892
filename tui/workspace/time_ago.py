"""How long ago something was, for people: one number and its unit, and the day where that says more."""

from __future__ import annotations

from datetime import datetime
from typing import Final

_UNITS: Final = ((60, "s"), (60, "min"), (24, "h"), (0, "day"))


def time_ago(at: datetime, now: datetime) -> str:
    """`just now`, `12 min ago`, `3 h ago`, `2 days ago`. Both are aware; what is ahead of a clock is `just now`."""
    left = (now - at).total_seconds()
    if left < 60:
        return "just now"
    for size, unit in _UNITS:
        if not size or left < size:
            count = int(left)
            return f"{count} {unit}{'s' if unit == 'day' and count > 1 else ''} ago"
        left /= size
    raise AssertionError("the last unit has no end")
