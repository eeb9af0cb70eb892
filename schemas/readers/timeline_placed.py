"""Entries with their times, and the day on which they begin by the dates that come late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct, field

from schemas.readers.found import Assumption, Doubt, Sure
from schemas.readers.timeline_habits import counted_back
from schemas.readers.timeline_pieces import Entry


class Placed(Struct):
    """An entry with its time: the fields it sets, how sure they are and why, and what a person should look at."""

    entry: Entry
    changes: dict[str, Any] = field(default_factory=dict)
    sure: Sure = "sure"
    why: str = ""
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def at(self) -> datetime | date | time | None:
        """When it happened, None where that is not known."""
        value: datetime | date | time | None = self.changes.get("at")
        return value


class Told(Struct):
    """A whole timeline with its times."""

    placed: list[Placed]
    assumptions: list[Assumption]


def day_before(placed: Sequence[Placed], first: date) -> date | None:
    """The day on which a story begins whose first dated entry would come before the clocks above it; else None."""
    above: list[time] = []
    for each in placed:
        stamp, at = each.entry.stamp, each.at
        if not isinstance(at, datetime):
            continue
        if stamp is None or stamp.says == "clock":
            above.append(at.time())
        elif stamp.says != "moment" or not above or at.date() != first:
            return None
        else:
            day = counted_back([*above, at.replace(tzinfo=None)])
            return day if day < first else None
    return None
