"""How findings name things: events and items by their first words, times by the incident's wall clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from schemas.entries import Entry
from schemas.incident import Action, Event, Factor, Impact
from schemas.moments import When, wall_clock
from schemas.text import first_line, shorten
from schemas.timeline import Timeline

NAME_WIDTH: Final = 40
"""How many characters of an item's text are quoted."""

AT_MOST: Final = 5
"""How many findings of one rule name their items one by one; more are told in one."""


def quoted(words: str, width: int = NAME_WIDTH) -> str:
    """The first line of a text in quotation marks, shortened."""
    return f'"{shorten(first_line(words), width)}"'


def named(item: Event | Action | Impact | Factor) -> str:
    """An item by its own words, or by its id if it has none."""
    words = item.what if isinstance(item, Impact) else item.text
    return quoted(words) if words.strip() else f"the {type(item).__name__.lower()} {item.id}".rstrip()


def when(entry: Entry) -> str:
    """The time of an event on the incident's wall clock: `2024-05-02 09:00`, `about …`, a day, or a clock."""
    if entry.start is None or entry.wall is None:
        return "no time"
    if entry.precision == "day":
        return entry.wall.date().isoformat()
    shown = clock(entry.wall, dated=entry.dated)
    return f"about {shown}" if entry.precision == "about" else shown


def instant_text(at: int, timeline: Timeline, *, dated: bool = True) -> str:
    """An instant (microseconds) on the incident's wall clock."""
    return clock(wall_clock(at, timeline.zone), dated=dated)


def milestone_time(timeline: Timeline, milestone: str) -> str:
    """When a milestone was reached, on the incident's wall clock: an end lies at the end of an event that lasted."""
    entry = timeline.milestones[milestone]
    known = timeline.reached.get(milestone, entry.start)
    if known is None or known is entry.start:
        return when(entry)
    return instant_text(known.nominal, timeline, dated=entry.dated)


def moment_text(at: When) -> str:
    """A time as the file has it: the day, the clock, or both; an offset is kept."""
    if isinstance(at, datetime):
        offset = f"{at:%z}" if at.tzinfo else ""
        return clock(at.replace(tzinfo=None)) + (f" {offset[:3]}:{offset[3:]}" if offset else "")
    if isinstance(at, time):
        return at.isoformat(timespec="seconds" if at.second else "minutes")
    return at.isoformat()


def clock(wall: datetime, *, dated: bool = True) -> str:
    """A wall clock to the minute, or to the second where there is one."""
    precise = "seconds" if wall.second else "minutes"
    return wall.isoformat(" ", precise) if dated else wall.time().isoformat(precise)


def offset_name(offset: timedelta) -> str:
    """An offset from UTC as a zone may be called in a file: `UTC+05:30`, or `UTC`."""
    minutes = round(offset.total_seconds() / 60)
    sign = "+" if minutes > 0 else "-"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else "UTC"


def listed(words: Sequence[str], limit: int = 3) -> str:
    """`a`, `a and b`, `a, b and c`, `a, b, c and 4 more`."""
    shown = list(words[:limit])
    if len(words) > limit:
        shown.append(f"{len(words) - limit} more")
    return " and ".join(shown) if len(shown) < 3 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def choices(words: Iterable[str]) -> str:
    """What may be written: `a, b or c`."""
    known = list(words)
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} or {known[-1]}"


def counted(number: int, thing: str, things: str = "") -> str:
    """`1 event`, `2 events`."""
    return f"{number} {thing}" if number == 1 else f"{number} {things or thing + 's'}"


def place(*parts: str) -> str:
    """A place in the file, such as `events/k7q2/at`; parts that are empty are left out."""
    return "/".join(part for part in parts if part)


def same_word(written: str, known: Iterable[str]) -> str | None:
    """The known word that differs from what is written only in capitals, spaces, hyphens or underscores, if any."""
    folded = _folded(written)
    return next((word for word in known if _folded(word) == folded), None) if folded else None


def _folded(word: str) -> str:
    return re.sub(r"[\s_\-]+", "", word).casefold()
