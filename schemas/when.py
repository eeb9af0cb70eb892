"""Reading times that people type.

`read_time` takes a whole text for a time, `take_time` the time that a line begins with. The notations live in
`schemas.clocks`, `schemas.dates`, `schemas.epoch`, `schemas.zone_words` and `schemas.lengths`, a rule each;
`schemas.phrases` puts them together; `schemas.when_text` writes what is read here.
Nothing is guessed silently: what a text leaves open is taken from the context and said in the reading, and what can
mean two things is refused with both.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from schemas.clocks import Clock
from schemas.dates import Day
from schemas.month_names import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from schemas.patterns import late
from schemas.phrases import reading_from, take_phrase
from schemas.readings import Context, NotATime, Reading
from schemas.story_time import Point, place
from schemas.text import shorten
from schemas.zone_words import ZoneWord, take_zone

__all__ = ["Context", "NotATime", "Reading", "read_time", "take_time"]

_LONGEST: Final = 120
"""No time takes more characters; what is longer is looked at no further."""

_BEFORE: Final = (
    "about around approx circa ca c roughly est at on from between às à a as um von ab desde de vers entre zwischen now"
    " just right noon midday midnight mediod meio meia midi mittag medianoche minuit mitternacht today yesterday"
    " tomorrow next last this hoy ayer hoje ontem aujourd hier heute gestern le el em am hh yyyy xx __"
)
_MAY_BEGIN = late(rf"[\d~≈?+\[<@]|T[+\-−0\s]|(?:{'|'.join(_BEFORE.split())})|(?:{MONTH})|(?:{WEEKDAY})", re.IGNORECASE)
_UNKNOWN = late(r"(?:\?{1,4}(?::\?{1,2})?)(?=[\s|:–—-]|$)")
_UNKNOWN_WORDS = frozenset({"unknown", "not known", "n/a", "na", "tbd", "tbc", "none", "-", "–", "—"})
_PLACEHOLDER = late(
    r"[\[<{(]?(?:HH?:MM(?::SS)?|YYYY-MM-DD(?:[ T]HH:MM(?::SS)?)?|XX:XX|__?:__?"
    r"|(?<=[\[<{])(?:time|date|timestamp|date/time))(?![\w:])[\]>})]?",
    re.IGNORECASE,
)


def read_time(text: str, context: Context) -> Reading:
    """The time that a text is.

    `?` and its like are a reading without a time.

    Raises:
        NotATime: the text is none, or can mean two; the message says what to write instead.
    """
    words = text.strip()
    if _PLACEHOLDER.fullmatch(words) and not _UNKNOWN.fullmatch(words):
        raise NotATime(f"{shorten(words, 20)} is still the template's; write the time, or ? if it is not known")
    if _UNKNOWN.fullmatch(words) or words.lower() in _UNKNOWN_WORDS:
        return Reading(None)
    if not words or len(words) > _LONGEST:
        raise NotATime("write a time, such as 14:05 or 2024-05-02 14:05, or ? if it is not known")
    if words[0] + words[-1] in ("[]", "()"):
        return read_time(words[1:-1], context)
    found = take_phrase(words, 0, context, whole=True)
    if found is None and (behind := _zone_behind(words)):
        return replace(read_time(behind, context), as_written=words)
    if found is not None and not words[found[1] :].strip(" .:,"):
        return found[0]
    if (point := _by_dateutil(words)) is not None:
        return reading_from([place(point, context)], words)
    raise NotATime(_what_is_wrong(words, found[1] if found else 0))


def take_time(line: str, context: Context) -> tuple[Reading | None, str]:
    """The time that a line begins with, and the rest of the line; (None, the line) where it begins with none.

    Raises:
        NotATime: the line clearly begins with a time that cannot be read, or that can mean two.
    """
    words = line.lstrip()
    if not _MAY_BEGIN.match(words):
        return None, line
    if (unknown := _UNKNOWN.match(words)) is not None:
        return Reading(None), words[unknown.end() :]
    if (found := _PLACEHOLDER.match(words)) is not None:
        raise NotATime(f"{found.group()} is still the template's; write the time, or ? if it is not known")
    reading = take_phrase(words, 0, context, whole=False)
    if reading is None or re.match(r"[^\W_一-\uffff]|[_%@]", words[reading[1] :]):
        return None, line
    return reading[0], words[reading[1] :]


def _by_dateutil(text: str) -> Point | None:
    """A date in words whose order no rule here knows, such as `Thu May  2 09:00:00 UTC 2024`; None if not surely one.

    dateutil fills gaps and takes numeric dates the American way, so it is asked only about a text that has a month's
    name and a year in four figures, nothing else in letters, and that it reads the same whatever it is to assume.
    """
    words, zone = _without_zone(text)
    names = {name.lower() for name in re.findall(r"[^\W\d_]+", words)}
    months = {form for month in MONTHS for form in (month.lower(), month[:3].lower())}
    allowed = months | {form for day in WEEKDAYS for form in (day.lower(), day[:3].lower())} | {
        "sept", "am", "pm", "st", "nd", "rd", "th", "of", "at", "on", "t"}  # fmt: skip
    figures = re.findall(r"\d+", words)
    if len(names & (months | {"sept"})) != 1 or not names <= allowed or max(map(len, figures), default=9) > 6:
        return None
    if [len(figure) for figure in figures].count(4) != 1 or not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", words):
        return None
    from dateutil import parser

    found = []
    for default in (datetime(2001, 2, 3, 4, 5, 6), datetime(2012, 11, 22, 17, 48, 53)):
        try:
            found.append(parser.parse(words, default=default, ignoretz=True, dayfirst=True))
        except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
            return None
    one, other = found
    if one.date() != other.date():
        return None
    day = Day(one.date())
    if one.time() != other.time() and (one.hour, one.minute) != (other.hour, other.minute):
        return Point(day, None, zone)
    seconds = ":" in words and one.second == other.second
    clock = Clock(one.hour, one.minute, one.second if seconds else 0, one.microsecond, to_the_second=seconds)
    return Point(day, clock, zone)


def _without_zone(text: str) -> tuple[str, ZoneWord | None]:
    kept, zone = [], None
    for word in text.split():
        found = take_zone(f" {word}", 0, whole=False) if zone is None else None
        if found is not None and found[1] == len(word) + 1:
            zone = found[0]
        else:
            kept.append(word)
    return " ".join(kept), zone


def _zone_behind(text: str) -> str:
    """The text with the zone that it begins with put behind its time; empty where it does not begin with one."""
    found = take_zone(f" {text}", 0, whole=False)
    if found is None or not text[found[1] - 1 :].strip(" :,-"):
        return ""
    rest = text[found[1] - 1 :].strip(" :,-")
    return f"{rest} {text[: found[1] - 1].strip()}" if rest[0].isdigit() else ""


def _what_is_wrong(text: str, end: int) -> str:
    rest = text[end:].strip(" .:,")
    if re.fullmatch(r"\d{4}", text):
        return f"{text} can be a year or a clock; write {text[:2]}:{text[2:]} or {text}hrs"
    if re.fullmatch(r"\d{1,2}", text):
        return f"{text} can be many things; write {text}:00"
    if end and re.fullmatch(r"\(?[A-Za-z]{2,5}\)?|\w+/\w+", rest):
        return f"{shorten(rest, 30)} is no time zone; write a name such as Africa/Nairobi or an offset such as +03:00"
    if end:
        return f"“{shorten(rest, 30)}” does not belong to a time; write it as 14:05, 2024-05-02 14:05 or 14:05-14:20"
    return f"“{shorten(text, 30)}” is no time; write it as 14:05, 2:05 pm, 2024-05-02 14:05 or +15m"
