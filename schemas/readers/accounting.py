"""The proof that nothing was lost: every word of the document is looked for in the incident, line by line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from schemas.incident import Incident
from schemas.month_names import MONTHS
from schemas.readers.actions_words import FIELD_WORDS
from schemas.readers.blocks import Line
from schemas.readers.html_marks import TAGS
from schemas.spelled_zones import without_spelled
from schemas.zones import ABBREVIATIONS, zone_names

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_ADDRESS: Final = re.compile(rf"https?://\S+|{TAGS}|&[a-z]{{1,8}};", re.IGNORECASE)
_URL: Final = re.compile(r"https?://[^\s<>()\[\]\"'`|]+")
_PLACE: Final = re.compile(r"\b[A-Z]\w{1,20}/[A-Z][\w-]{1,30}(?:/[A-Z]\w{1,30})?")
_TIME_WORDS: Final = (
    "all time times timezone timezones zone local approx approximate approximately approximations utc gmt date dates"
    " relative unless otherwise noted stated are was were the this use using clock hora horas heure heures uhr zeit"
    " zeiten alle todas los las les toutes monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri"
    " sat sun tues weds thur thurs"
)
_OF_TIMES: Final = (
    {*_TIME_WORDS.split()}
    | {name for month in MONTHS for name in (month.lower(), month[:3].lower())}
    | {label.lower() for label in ABBREVIATIONS}
)
"""Words of lines that only tell how times are to be read, which is kept in the times themselves."""
_FIELD_WORDS: Final = """
owner owners assignee assigned assignees responsible team who due deadline date target eta priority prio type kind
category status state done completed complete finished open todo progress planned wip closed dropped cancelled
canceled pending high medium low critical urgent mitigate mitigation prevent prevention preventive preventative detect
detection process investigate investigation repair measure measures improvement improvements other ticket link issue
jira action actions item items task tasks event events description detail details
number until before hasta avant antes what when happened hrs notes note comment comments source phase step elapsed delta
since duration by actor author
system impact stage milestone summary remarks remark timestamp day hour minutes responsable estado prioridad fecha
responsável prioridade statut priorité échéance verantwortlich priorität fällig frist
"""
_FIELDS: Final = FIELD_WORDS | {*_FIELD_WORDS.split()}
"""Names and values of fields: of a line that became an item these may stand in its fields in other words."""


def unplaced(
    lines: Iterable[Line], incident: Incident, exempt: frozenset[int], items: frozenset[int] = frozenset()
) -> tuple[Line, ...]:
    """The lines with a word that is nowhere in the incident, each word counting as often as it stands.

    `exempt` are lines that are structure: headings that became keys, conflict markers, rules. `items` are lines that
    became items: of these, words that name fields are not missed.
    """
    have: Counter[str] = Counter()
    addresses: set[str] = set()
    for text in _strings(incident.model_dump()):
        have.update(_WORD.findall(text.lower()))
        addresses.update(_addresses(text))
    lost = []
    for line in lines:
        if line.number in exempt:
            continue
        # Nor does the name of a column use up a word that stands elsewhere.
        own = Counter(word for word in _words(line) if line.number not in items or word not in _FIELDS)
        known = all(address in addresses for address in _addresses(line.text))
        if known and all(have[word] >= count for word, count in own.items()):
            have.subtract(own)
        else:
            lost.append(line)  # it is kept whole elsewhere, and leaves its words to the lines behind it
    return tuple(lost)


def _addresses(text: str) -> list[str]:
    """The addresses in a text, without the punctuation behind them."""
    return [address.rstrip(".,;:!?*_~\\") for address in _URL.findall(text)] if "://" in text else []


def only_of_times(line: Line) -> bool:
    """Whether a line has no words but those that say how times are to be read: `(all times are UTC)`, `3 May 2024`."""
    return not _words(line) or not _words(Line(line.number, without_spelled(line.text)))


def only_of_fields(line: Line) -> bool:
    """Whether a line has no words but names of fields and those of times, as the names of a table's columns have."""
    return all(word in _FIELDS for word in _words(line))


def _words(line: Line) -> list[str]:
    text = _ADDRESS.sub(" ", line.text)
    if "/" in text:
        text = _PLACE.sub(lambda found: " " if found.group() in _places() else found.group(), text)
    return [word for word in _WORD.findall(text.lower()) if word not in _OF_TIMES]


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(zone_names())


def _strings(value: Any) -> Iterator[str]:
    """All texts in plain data."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list | tuple):
            waiting.extend(each)
