"""The zone of a document's times: what it says of all of them, else what stands behind most of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.readers.blocks import Line
from schemas.zone_words import ZoneWord, take_zone

_CLOCK: Final = re.compile(
    r"(?:(?<![\w:.])|(?<=\dT))(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?\s?m\b\.?)?|\d{1,2}\s?[ap]\.?\s?m\b\.?|\d{4}\s?(?:hrs?|hours|h)\b|\d{4}(?=\s[A-Z]))"
    r"[\s*_`\"”)]{0,4}",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"\ball\s(?:the\s)?times(?=\s(?-i:[A-Z]))|\b(?:(?:all|the)?\s?(?:times?|timestamps?|clocks?|hours|hor[aá]s?|horários|heures|zeiten|uhrzeiten)\b[^.:;\n]{0,40}?"
    r"\b(?:in|are|is|en|em|sont|son|são|as|approximate and|utc)\b|time\s?zone|zona horaria"
    r"|fuso hor[aá]rio|fuseau horaire|zeitzone|\btz)"
    r"[\s:*_`=(]{0,8}(?:is\s|the\s|in\s|en\s|em\s|are\s|local\s)?",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"(?:\b(?:time|times|hora|heure|zeit|uhrzeit|date|timeline|chronology)\b[^()\[\]|\n]{0,40})([(\[])", re.IGNORECASE
)
_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")
_PLACE: Final = re.compile(
    r"\b(?:hora(?:\slocal)?|horário|heure|ortszeit|zeit)\s(?:de|do|da|d'|in|von)\s?(?P<behind>[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ]\w+)?)"
    r"|\b(?P<front>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?:local\s)?time\b"
)
_OPEN_END: Final = re.compile(r"\btimes?\b[^.:;\n]{0,40}\b(?:in|are|is)\s*$", re.IGNORECASE)
_STAMP: Final = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"
    r"|^\s*(?:Date|Sent|Received): [A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d"
)
"""A date as servers and mail programs write it (RFC 9110, RFC 5322): no word of the author."""
_OF_ALL: Final = re.compile(r"\b(?:times?|zone|hora|horas|heures?|zeiten|uhrzeit|all|local)\b", re.IGNORECASE)
_WHEN: Final = re.compile(
    r"(?:\d{4}|\d{1,2}[./-]\d{1,2}|\b(?:when|happened|began|started|ended|occurred|day|window|cuándo|quando|quand|wann)"
    r"\b[^()\[\]]{0,40})\W{0,4}$",
    re.IGNORECASE,
)
"""What stands in front of a bracket with a zone where that is the zone of a day: `6 May 2024 (PDT)`."""
_DATED: Final = re.compile(r"\d{4}|\d[./-]\d")
_SHORT: Final = 80
_MAY_BE: Final = re.compile(r"[A-Z]{2,4}\b|[+\-−]\d|\btime\b|[A-Z][a-z]+/[A-Z]|\bhora\b|\bheure|zeit\b", re.IGNORECASE)


class SaidZone(Struct, frozen=True):
    """A zone that a document names: its words, the name it can have in a file, the line, and how often it is named.

    `others` are further zones named in the document, `places` the places its letters may mean.
    """

    written: str
    name: str
    line: int
    for_all: bool
    others: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def zone_said(lines: Iterable[Line], preferred: str = "") -> SaidZone | None:
    """The zone of the document's times, or None where it names none.

    `preferred` is the name of a zone to take where letters can mean several places.
    """
    counted: Counter[str] = Counter()
    words: dict[str, tuple[ZoneWord, int]] = {}
    said: dict[str, int] = {}
    wrapped: Line | None = None
    for line in lines:
        text = line.text
        if wrapped is not None and line.number == wrapped.number + 1:
            text = f"{wrapped.text.rstrip()} {text.strip()}"
        wrapped = line if _OPEN_END.search(line.text) else None
        if not _MAY_BE.search(text) or _STAMP.search(text):
            continue
        for pattern in (_SAID, _NAMED):
            for match in pattern.finditer(text):
                at = match.start(1) if pattern is _NAMED else match.end()
                if (found := _zone_at(text, at)) is not None:
                    words.setdefault(_label(found), (found, line.number))
                    said.setdefault(_label(found), line.number)
        if len(text) <= _SHORT or text.lstrip().startswith("#"):
            for found in _in_brackets(text):
                words.setdefault(_label(found), (found, line.number))
                said.setdefault(_label(found), line.number)
        for found in _of_days(text):
            counted[_label(found)] += 1
            words.setdefault(_label(found), (found, line.number))
        for match in _CLOCK.finditer(text):
            attached = text[match.start() - 1 : match.start()] == "T"
            found = _zone_at(text, match.end(), attached=attached) or _zone_at(
                text, len(match.group().rstrip(' *_`"”)')) + match.start()
            )
            if found is not None:
                counted[_label(found)] += 1
                words.setdefault(_label(found), (found, line.number))
    if not words:
        return None
    best = next(iter(said), None) or counted.most_common(1)[0][0]
    word, number = words[best]
    places = word.abbreviation.zones if word.abbreviation else ()
    name = word.name or (preferred if preferred in places else places[0] if places else "")
    others = tuple(label for label in words if label != best)
    return SaidZone(word.written, name, number, best in said, others, places)


def only_zone(words: str) -> bool:
    """Whether some words are the name of a zone and no more: `UTC`, `BRT`, `UTC+2`."""
    found = take_zone(words, 0, whole=False)
    return found is not None and found[1] == len(words)


def _of_days(text: str) -> Iterator[ZoneWord]:
    """The zones in brackets behind a date, or behind words that ask when: `### 2024-06-15 (UTC)`."""
    for bracket in _BRACKET.finditer(text):
        front = text[max(0, bracket.start() - 60) : bracket.start()]
        if only_zone(bracket[1].strip()) and _WHEN.search(front) and (found := _zone_at(text, bracket.start())):
            yield found


def _in_brackets(text: str) -> Iterator[ZoneWord]:
    """The zones in the brackets of a heading or a short line, as in `(all times UTC)`, `(hora de Madrid)`."""
    for bracket in _BRACKET.finditer(text):
        inner = bracket[1].strip(" *_")
        if (named := _PLACE.search(inner)) is not None and (name := _zone_of_city(named["behind"] or named["front"])):
            yield ZoneWord(inner, zones.resolve(name), name)
            return
        day, _, last = inner.rpartition(",")
        if _DATED.search(day) and only_zone(last.strip()) and (found := _zone_at(last.strip(), 0)) is not None:
            yield found
            return
        if not _OF_ALL.search(inner):
            continue
        for word in re.finditer(r"(?<![\w/+-])(?=[A-Z+\-])", inner):
            if (found := _zone_at(inner, word.start())) is not None:
                yield found
                return


@lru_cache(maxsize=256)
def _zone_of_city(city: str) -> str:
    """The IANA name that ends in a city's, or nothing."""
    ending = "/" + city.strip().replace(" ", "_").casefold()
    return next((name for name in zones.zone_names() if name.casefold().endswith(ending)), "")


def _label(word: ZoneWord) -> str:
    return word.abbreviation.label if word.abbreviation else word.name


def _zone_at(text: str, at: int, *, attached: bool = False) -> ZoneWord | None:
    found = take_zone(text, at, whole=False, attached=attached)
    if found is None or (found[0].name and zones.resolve(found[0].name) is None):
        return None
    return found[0]
