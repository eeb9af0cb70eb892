"""A story told in sentences: each one that names a time is an event, with the sentences that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from schemas.prose_times import Spot, may_hold_time, ranges_in, times_in

_END: Final = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”)\]*_]))\s+(?=[\"“(\[*_`]{0,3}[A-ZÀ-Þ0-9])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:approx|ca|e\.g|i\.e|etc|vs|no|dr|mr|ms|st|inc|est|min|hrs?)|\b[A-Z])\.$", re.IGNORECASE
)
_HALF: Final = re.compile(r"\b[ap]\.\s?m\.$", re.IGNORECASE)
_HABIT: Final = re.compile(
    r"\b(?:every|each|daily|nightly|weekly|hourly|monthly|cron(?:job)?s?|scheduled (?:daily|nightly|weekly|to run"
    r"|for every)|usually|always|normally"
    r"|runs? at|working hours|business hours|support hours|office hours|todos los días|cada|diari[oa]s?"
    r"|todos os dias|tous les jours|täglich|jede[nrs]?)\b",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(
    r"\b(?:will|shall|is scheduled for|are scheduled for|planned for|follow-up meeting)\b", re.IGNORECASE
)
_JOINT: Final = re.compile(
    r"(?:[,;]\s+(?:and\s+)?|\s+and\s+)(?:(?:then|finally|later|again|soon)[,\s]+){0,2}(?:(?:at|by|around|about"
    r"|approximately|from|on|~)\s*){0,3}(?:[A-Z][a-z]+\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:at\s)?)?$",
    re.IGNORECASE,
)
_MOST: Final = 40


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; what ends in `a.m.` or `approx.` may go on."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        before = text[max(start, match.start() - 12) : match.start()]
        if _ABBREVIATED.search(before) and not _HALF.search(before):
            continue
        if _HALF.search(before) and re.match(r"[A-Z]{2,4}\b", text[match.end() :]):
            continue
        found.append(text[start : match.start()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def times_told(sentence: str) -> list[tuple[Spot, str]]:
    """The times at which a sentence says that something happened, with their words; a range is one of them.

    Habits ("daily at 02:00") and plans are none.
    """
    if not may_hold_time(sentence) or _HABIT.search(sentence) or _TO_COME.search(sentence):
        return []
    spots = times_in(sentence, _MOST)
    ends = {first.start: second for first, second in ranges_in(sentence, spots)}
    seconds = {second.start for second in ends.values()}
    told = []
    for spot in spots:
        if spot.start in seconds:
            continue
        end = ends[spot.start].end if spot.start in ends else spot.end
        told.append((spot, sentence[spot.start : end].strip()))
    return told


def clauses(sentence: str) -> Iterator[tuple[str, str]]:
    """A sentence as one part for each time that begins a clause of its own: its words, and the time in them or none."""
    told = times_told(sentence)
    if not told:
        yield sentence, ""
        return
    start, words = 0, told[0][1]
    for spot, other in told[1:]:
        joint = _JOINT.search(sentence, start, spot.start)
        if joint is None:
            continue
        yield sentence[start : joint.start()].strip(" ,;"), words
        start = joint.start() + len(re.match(r"[,;\s]*", sentence[joint.start() :]).group())  # type: ignore[union-attr]
        words = other
    yield sentence[start:].strip(), words


def tells_range(sentence: str) -> bool:
    """Whether a sentence says from when to when something lasted, and no more: a claim rather than an event."""
    spots = times_in(sentence, _MOST) if may_hold_time(sentence) else []
    return any(True for _ in ranges_in(sentence, spots))
