"""The time that a message speaks of, where that is earlier than the time at which it was written.

Careful: most times in a chat are plans, numbers and quotations. What counts is a time at the very beginning ("14:02
errors began") or one behind a word for the past ("started at 14:02"), not long before the message, in its first line.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Final

from msgspec import Struct

from schemas.moments import When
from schemas.readings import Context, NotATime
from schemas.when import take_time

_CLOCK: Final = r"~?\d{1,2}(?::\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\s?[ap]\.?m\b\.?)"
_LEADS: Final = re.compile(rf"[\[(]?(?:(?:at|around|about|since|circa)\s)?(?={_CLOCK}(?![\w:%]))", re.IGNORECASE)
_PAST: Final = re.compile(
    r"\b(?:(?:start(?:ed|ing)?|began|begun|beginning|happened|occurred|fired|paged|failed|failing|deployed|merged"
    r"|released|rolled|crashed|restarted|stopped|dropped|spiked|went|broke|noticed|reported|seen|saw|down|was|were"
    rf")\b(?:\s[^\s.?!,;]{{1,20}}){{0,4}}?\s(?:at|around|about|from|~)|since)\s?(?={_CLOCK}(?![\w:%]))",
    re.IGNORECASE,
)
_AHEAD: Final = re.compile(
    r"\b(?:will|would|should|eta|by|until|till|let's|lets|going to|gonna|plan\w*|schedul\w*|meeting|call|sync|tomorrow"
    r"|next|if|when|maybe|expect\w*|update at|again at|yesterday|last (?:week|night|month))\b|\?",
    re.IGNORECASE,
)
_LOOKED_AT: Final = 200
_BEFORE: Final = timedelta(hours=12)
_INSIDE: Final = timedelta(hours=6)
_AFTER: Final = timedelta(minutes=1)


class Told(Struct, frozen=True):
    """The time that a message speaks of: `leads` says that the message begins with it."""

    at: When
    words: str
    about: bool
    leads: bool


def told_time(text: str, written: When, context: Context) -> Told | None:
    """The time that a message speaks of, or None where that is the time at which it was written.

    `written` is when the message was; `context` has the zone of the chat.
    """
    first = text.split("\n", 1)[0][:_LOOKED_AT]
    if not any(char.isdigit() for char in first):
        return None
    lead = _LEADS.match(first)
    if lead is not None:
        found = _at(first, lead.end(), written, context, _BEFORE, leads=True)
        if found is not None and not _AHEAD.match(first[lead.end() + len(found.words) :].lstrip(" -–—:,")):
            return found
        return None
    past = _PAST.search(first)
    if past is None or _AHEAD.search(first):
        return None
    return _at(first, past.end(), written, context, _INSIDE, leads=False)


def _at(first: str, place: int, written: When, context: Context, most: timedelta, *, leads: bool) -> Told | None:
    """The clock at a place of a message, if it lies before the message and not too long."""
    wall = written.replace(tzinfo=None) if isinstance(written, datetime) else None
    try:
        reading, rest = take_time(first[place:], Context(zone=context.zone, zone_name=context.zone_name, undated=True))
    except NotATime:
        return None
    if reading is None or not isinstance(reading.at, time) or reading.zone or reading.until or reading.latest:
        return None
    words = first[place : len(first) - len(rest)].strip()
    if leads and not rest.strip(" -–—:,.)]"):
        return None  # nothing but a time: it says nothing of itself
    if wall is None:
        if not isinstance(written, time):
            return None
        earlier = datetime.combine(datetime.min.date().replace(year=4), written) + timedelta(days=1)
        at: When = reading.at
        gap = (earlier - datetime.combine(earlier.date(), reading.at)) % timedelta(days=1)
    else:
        there = datetime.combine(wall.date(), reading.at)
        if there > wall + _AFTER:
            there -= timedelta(days=1)
        gap = wall - there
        aware = isinstance(written, datetime) and written.tzinfo is not None
        at = there.replace(tzinfo=written.tzinfo) if aware and isinstance(written, datetime) else there
    if gap > most:
        return None
    return Told(at, words, reading.about, leads)
