"""Until when findings hold if nobody edits anything: days pass, and with them deadlines.

What was found can be kept that long, and need not be looked for again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Final

from schemas.checks.process import ended
from schemas.checks.registry import Facts
from schemas.checks.stages import reached
from schemas.moments import DAY, HOUR, instant, interval
from schemas.neighbours import finished

RULES_WITH_A_CLOCK: Final = frozenset({"A08", "P01", "T03"})
"""The rules that are known here: all that read `now`."""

NEVER: Final = 1 << 62
"""An instant beyond the calendar."""

_EASTERNMOST, _WESTERNMOST = 14 * HOUR, 12 * HOUR


def holds_until(facts: Facts) -> int:
    """The instant (see `schemas.moments.instant`) until which all rules would find as much as they do at `facts.now`,
    in whichever time zone somebody then looks.

    It may be earlier than the findings really turn, and is `facts.now` where they may turn at any moment; `NEVER` where
    nothing will turn.
    """
    now = instant(facts.now, None)
    until = NEVER
    for begin, end in _turns(facts):
        if now < begin:
            until = min(until, begin)
        elif now <= end:
            return now
    return until


def _turns(facts: Facts) -> Iterator[tuple[int, int]]:
    """From when to when, depending on where somebody looks, what is found becomes another."""
    for action in facts.incident.actions:
        if action.due is not None and not finished(action):
            # Overdue when the day has passed: first in the east, last in the west.
            midnight = _midnight(action.due) + DAY
            yield midnight - _EASTERNMOST, midnight + _WESTERNMOST
    over, days = ended(facts.timeline), facts.policy.deadline(facts.incident.severity)
    if over is not None and days is not None and not reached(facts.incident.status, "in-review"):
        yield over + (days + 1) * DAY, over + (days + 1) * DAY
    # Until then it lies ahead, of the whole story or of a part of it.
    yield 0, _last_told(facts)


def _last_told(facts: Facts) -> int:
    """The end of the last time that is told; 0 where none is."""
    last = 0
    for entry in facts.timeline.timed:
        if entry.dated:
            start, end = entry.start, entry.end
            if start and start.latest > last:
                last = start.latest
            if end and end.latest > last:
                last = end.latest
    for stated in facts.incident.stated:
        if stated.at is not None and not isinstance(stated.at, time):
            last = max(last, interval(stated.at, zone=facts.timeline.zone).latest)
    return last


def _midnight(day: date) -> int:
    return instant(datetime.combine(day, time(), UTC), None)
