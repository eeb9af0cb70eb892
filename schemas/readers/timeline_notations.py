"""The notations of times that only timelines have, beside those of `schemas.when`: `16:39:32-38`, `T+15`, `9h05`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from msgspec.structs import replace

from schemas.moments import When
from schemas.month_names import MONTH
from schemas.readings import Context, NotATime, Reading
from schemas.story_time import at_offset
from schemas.when import read_time, take_time
from schemas.zones import ABBREVIATIONS

NEUTRAL: Final = Context(
    undated=True, after=datetime(2024, 1, 1), origin=datetime(2024, 1, 1), today=date(2024, 1, 1), day_first=True
)
"""A context in which every notation can be read, for finding out where it ends."""

SINCE: Final = re.compile(r"[TtH]\s?(?:[+\-−]\s?|(?=0\b)|=\s?)(?=\d)")
"""What a length since the start begins with."""

_SECONDS: Final = re.compile(r"(\d{1,2}:\d\d:)(\d\d)\s?[-–]\s?(\d\d)(?![\d:.])")
_MINUTES: Final = re.compile(r"(\d{1,2}:)(\d\d)\s?[-–](\d\d)(?![\d:.]|\s?[ap]\.?m|/)", re.IGNORECASE)
_BARE_SINCE: Final = re.compile(
    r"([TtH])\s?([+\-−=])\s?(\d{1,4})(?!\d|[:.]\d|\s?(?:s|m|h|d|se[ck]|min|hour|hr|day)[a-z]{0,5}\b)"
)
_MARGIN: Final = re.compile(r"\s?\((?:±|\+/-)\s?(\d{1,4}(?:\.\d{1,2})?\s?(?:s|min|m|h|d))\)")
_DAYS: Final = re.compile(
    rf"({MONTH})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?\s?(?:[-–—]|to\s)\s?(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:.]\d|\s?[ap]\.?m\b)"
    r"(,?\s?(?:19|20)\d\d(?![\d:]))?",
    re.IGNORECASE,
)
_DAYS_OF: Final = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?\s?(?:[-–—]|to\s)\s?(\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s)?({MONTH})\b\.?"
    r"(,?\s?(?:19|20)\d\d(?![\d:]))?",
    re.IGNORECASE,
)
_DATE: Final = (
    rf"(?:(?:{MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{MONTH})(?:,?\s\d{{4}})?"
    r"|\d{4}-\d\d-\d\d)"
)
_DATE_ABOUT: Final = re.compile(
    rf"({_DATE}),?\s(?:at\s)?(?:approximately|approx\.?|about|around|roughly|circa|ca\.)\s(?=\d{{1,2}}(?:[:.]\d\d|\s?[ap]\.?m\b))",
    re.IGNORECASE,
)
_DATE_FROM: Final = re.compile(
    rf"({_DATE}),?\s(?:from|between)\s(\d{{1,2}}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?)\s(?:to|and|until|till)\s(?=\d{{1,2}}[:.]\d\d)",
    re.IGNORECASE,
)
_UNDERLINE: Final = re.compile(r"_(?=\W|_|$)")
_HOURS: Final = re.compile(r"\s?(?:Uhr|hrs|heures|horas)\b\.?", re.IGNORECASE)
_ABOUT: Final = re.compile(
    r"(?:gegen|etwa|ungefähr|rund|kurz (?:vor|nach)|vers|environ|hacia(?: las?)?|sobre las?"
    r"|aproximadamente(?: a las)?|por volta d[ae]s"
    r"|shortly (?:after|before)|just (?:after|before)|approximately at|early|late)\s+(?=\d)",
    re.IGNORECASE,
)
_HOUR_H: Final = re.compile(r"(\d)\s?h\s?([0-5]\d)(?=\s*[:\-–—|,]|\s|$)")
_LOOKED_AT: Final = 160


def read_start(words: str, context: Context) -> tuple[Reading | None, int]:
    """The time at the start of a text by the notations of `schemas.when` and those that only timelines have.

    Raises:
        NotATime: it is written as a time but cannot be read as one.
    """
    looked = _UNDERLINE.sub(" ", words[:_LOOKED_AT]) if "_" in words[:_LOOKED_AT] else words[:_LOOKED_AT]
    tail = ""
    spelled = _spelled_out(looked)
    try:
        reading, rest = take_time(spelled, context)
    except NotATime as problem:
        if "is used in" not in str(problem) or (settled := _without_zone(spelled)) is None:
            raise
        reading, rest = take_time(settled, context)
        reading, tail = reading if reading is None else _local(reading, context), str(problem)
    if reading is None:
        return None, 0
    end = len(looked) - len(rest)
    if end <= 0 or not looked.endswith(rest):
        return None, 0
    if (hours := _HOURS.match(looked, end)) is not None:
        end = hours.end()
    if (margin := _MARGIN.match(looked, end)) is not None:
        end, reading = margin.end(), replace(reading, margin=margin[1].replace(" ", "").replace("min", "m"))
    if spelled != looked and _HOUR_H.match(looked) is None and _ABOUT.match(looked) is None:
        reading = replace(reading, as_written=looked[:end].strip())
    if tail:
        reading = replace(reading, notes=(*reading.notes, tail), as_written=looked[:end].strip())
    return reading, end


def read_whole(words: str, context: Context) -> Reading | None:
    """The time that some words begin with, or that all of them are.

    Raises:
        NotATime: they are written as a time but cannot be read as one.
    """
    reading, _ = read_start(words, context)
    return reading if reading is not None else read_time(words, context)


def _spelled_out(words: str) -> str:
    """Short forms of ranges and lengths in full: `16:39:32-38` is `16:39:32-16:39:38`, `T+15` is `T+15m`."""
    if (seconds := _SECONDS.match(words)) is not None:
        return f"{seconds[1]}{seconds[2]}-{seconds[1]}{seconds[3]}{words[seconds.end() :]}"
    if (minutes := _MINUTES.match(words)) is not None and minutes[2] < minutes[3] < "60":
        return f"{minutes[1]}{minutes[2]}-{minutes[1]}{minutes[3]}{words[minutes.end() :]}"
    if (days := _DAYS.match(words)) is not None and int(days[2]) < int(days[3]) <= 31:
        year = days[4] or ""
        return f"{days[1]} {days[2]}{year} - {days[1]} {days[3]}{year}{words[days.end() :]}"
    if (days := _DAYS_OF.match(words)) is not None and int(days[1]) < int(days[2]) <= 31:
        year = days[4] or ""
        return f"{days[1]} {days[3]}{year} - {days[2]} {days[3]}{year}{words[days.end() :]}"
    if (dated := _DATE_ABOUT.match(words)) is not None:
        return f"~{dated[1]} {words[dated.end() :]}"
    if (dated := _DATE_FROM.match(words)) is not None:
        return f"{dated[1]} {dated[2]} - {words[dated.end() :]}"
    if (about := _ABOUT.match(words)) is not None:
        return f"~{words[about.end() :]}"
    if (hour := _HOUR_H.match(words)) is not None:
        return f"0{hour[1]}h{hour[2]}{words[hour.end() :]}"
    if (bare := _BARE_SINCE.match(words)) is not None:
        sign = "+" if bare[2] == "=" else bare[2]
        return f"T{sign}{bare[3]}m{words[bare.end() :]}"
    if (since := SINCE.match(words)) is not None and words[0] != "T":
        return f"T{words[1:].replace('=', '+', 1) if '=' in since.group() else words[1:]}"
    return words


def _local(reading: Reading, context: Context) -> Reading:
    """A reading that took UTC for a zone nobody can know: the wall clock is all that is left of it."""

    def wall(at: When | None) -> When | None:
        if not isinstance(at, datetime) or at.tzinfo is None:
            return at
        bare = at.replace(tzinfo=None)
        return at_offset(bare, context.zone)[0]

    return replace(reading, at=wall(reading.at), until=wall(reading.until), latest=wall(reading.latest), zone="")


def _without_zone(words: str) -> str | None:
    """The text with UTC for the first abbreviation that several places use."""
    for found in re.finditer(r"\b[A-Z]{2,5}\b", words[:60]):
        known = ABBREVIATIONS.get(found.group())
        if known is not None and known.ambiguous:
            return f"{words[: found.start()]}UTC{words[found.end() :]}"
    return None
