"""Hours that count, such as those in which somebody is on support: `Mon-Fri 10:00-17:00 Europe/London`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, tzinfo

from schemas.moments import Duration, Interval


@dataclass(frozen=True, slots=True)
class WorkHours:
    """Weekly hours in a zone. `days` are 0 (Monday) to 6; `end` may be 24:00, given as midnight."""

    text: str
    days: frozenset[int]
    start: time
    end: time
    zone: tzinfo

    def between(self, start: Interval, end: Interval) -> Duration:
        """How much of the time from one moment to another lies within the hours, bounded as its ends are."""
        raise NotImplementedError


def read_hours(text: str) -> WorkHours:
    """Hours as they are written: days, a range of clock times, a zone.

    Raises:
        ValueError: they cannot be read; the message says what would be right.
    """
    raise NotImplementedError
