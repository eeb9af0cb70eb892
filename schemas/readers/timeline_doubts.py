"""What a person should look at about the times of a timeline, with the ways to settle it."""

from __future__ import annotations

from datetime import datetime, timedelta

from schemas.days import TwoDates, short_date
from schemas.readers.found import Choice, Doubt


def either_day(words: str, two: TwoDates, day_first: bool, line: int) -> Doubt:
    """A date in figures that can be two days, of which the first choice was taken."""
    taken, left = ("day first", "month first") if day_first else ("month first", "day first")
    choices = [
        Choice(f"{short_date(two.found[name])} ({name}) everywhere", "reread", "day_first", name == "day first")
        for name in (taken, left)
        if name in two.found
    ]
    return Doubt(line, words, f"{two.shown} can be two days", "at", tuple(choices))


def earlier_than_above(words: str, at: datetime, line: int) -> Doubt:
    """A clock that goes back by a little, read on the day of the entry above it."""
    choices = [Choice(f"{short_date(at.date())}, as written", "set", "at", at)]
    try:
        later = at + timedelta(days=1)
        choices.append(Choice(f"the next day, {short_date(later.date())}", "set", "at", later))
    except OverflowError:
        pass
    choices.append(Choice("not an event", "drop"))
    return Doubt(line, words, "it is earlier than the entry above", "at", tuple(choices))
