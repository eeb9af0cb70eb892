"""What the parts of an incident are called in sentences, and their values as a person reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from functools import cached_property
from typing import Any, Final

from schemas.incident import ITEM_LISTS, Event, Impact, Incident, Model
from schemas.sections import BY_KEY
from schemas.text import clean_prose, first_line, shorten
from schemas.time_changes import TIME_FIELDS, event_time
from schemas.writers.times import amount_text, minutes_text, moment_text

ITEM_WORDS: Final = {
    "other_sections": "section", "impacts": "impact", "factors": "contributing factor", "events": "event",
    "stated": "stated value", "actions": "action", "comments": "comment", "reviews": "verdict", "waivers": "waiver",
}  # fmt: skip
"""What one item of each list is called."""

PART_HEADINGS: Final = {
    "": "Incident", "sections": "Sections", "other_sections": "Sections", "impacts": "Impacts",
    "factors": "Contributing factors", "events": "Timeline", "stated": "Stated values", "actions": "Actions",
    "comments": "Comments", "reviews": "Verdicts", "waivers": "Waivers",
    "#": "Comments in the TOML",
}  # fmt: skip
"""The headings that differences are gathered under, by the list that they are in; empty for the rest, `#` for
what stands behind that sign in the file."""

_FIELD_WORDS: Final = {
    "at": "time", "latest": "latest time", "until": "end", "as_written": "time as written", "text": "words",
    "recorded": "time of writing down", "what": "words", "milestones": "milestone", "links": "link",
    "authors": "author", "services": "service", "tags": "tag", "on": "place", "due": "due date", "body": "words",
    "reply_to": "comment that it answers", "zone": "time zone", "minutes": "length", "value": "wording",
    "where": "place in the document", "after": "place", "quote": "quoted words", "content": "hash of what was signed",
    "by": "name", "edited": "time of the last edit",
}  # fmt: skip
_OWN_WORDS: Final = {("stated", "what"): "measure", ("stated", "at"): "time that is meant"}
PROSE: Final = frozenset({"title", "text", "body", "what", "summary", "reason", "quote"})
"""Fields whose changes are told word by word. (`what` of a stated value is a name, and is not.)"""

_IN_NAMES: Final = frozenset({("comments", "on"), ("reviews", "reviewer"), ("reviews", "verdict"), ("waivers", "rule")})
"""Fields of items that their names have already."""

_VERDICT_WORDS: Final = {
    "approve": "approval", "changes": "call for changes", "withdrawn": "withdrawal", "forced": "forced step",
    "": "request for a review",
}  # fmt: skip
_NAME_WIDTH: Final = 48
_SMALL_WIDTH: Final = 32
_NAMING: Final = ("text", "heading", "what")
_MAIN: Final = ("text", "body", "what", "summary", "reason")
AMOUNT_FIELDS: Final = frozenset({"amount", "unit", "total", "about"})
"""The fields of an impact that together say how much was affected."""


def field_word(field: str, name: str = "") -> str:
    """What a field of the items in a list (empty: of the incident) is called in a sentence: `due date`."""
    word = _OWN_WORDS.get((name, field)) or _FIELD_WORDS.get(field)
    return word or shorten(field.replace("_", " "), _SMALL_WIDTH)


def is_prose(name: str, field: str) -> bool:
    """Whether a field of the items in a list (empty: of the incident) holds words to be compared one by one."""
    return field in PROSE and (name, field) != ("stated", "what")


def main_words(name: str, item: Model) -> str:
    """What an item says, without its other fields."""
    if name == "stated":
        return str(item.__dict__["value"])
    return next((words for field in _MAIN if (words := str(item.__dict__.get(field) or ""))), "")


def item_name(name: str, item: Model) -> str:
    """An item of a list in words: `event “Paged the on-call”`, `comment by kim`, `waiver of T09`."""
    known, kind = item.__dict__, ITEM_WORDS[name]
    if name == "waivers":
        return f"{kind} of {known['rule']}" + (f" at {known['where']}" if known["where"] else "")
    if name == "reviews":
        kind = _VERDICT_WORDS.get(known["verdict"], f"{kind} ({known['verdict']})")
        return f"{kind} by {known['reviewer']}" if known["reviewer"] else kind
    width = _NAME_WIDTH
    if name == "comments":
        kind = "answer" if known["reply_to"] else kind
        kind, width = f"{kind} by {known['author']}" if known["author"] else kind, _SMALL_WIDTH
    fields = ("value", "what") if name == "stated" else _NAMING
    naming = (first_line(known.get(field) or "") for field in fields)
    words = next((line for line in naming if line), "")
    return f"{kind} “{shorten(words, width)}”" if words else f"{kind} {known['id']}".rstrip()


def section_name(key: str) -> str:
    """A canonical section in words: `section “Root cause”`."""
    return f"section “{BY_KEY[key].heading}”"


class PlaceNames:
    """What the places of an incident are called, for asking often."""

    def __init__(self, incident: Incident) -> None:
        self._incident = incident

    def of(self, place: str) -> str:
        """A place in words: `event “Paged the on-call”`, `section “Impact”`, `title`; itself if it is not there."""
        name, _, rest = place.partition("/")
        if not rest:
            return field_word(place) if place else "the whole"
        if name == "sections" and rest in BY_KEY:
            return section_name(rest)
        while rest:  # an id written by hand may hold a slash, so the longest one that fits is meant
            if item := self._items.get((name, rest)):
                return item_name(name, item)
            rest = rest.rpartition("/")[0]
        return place

    @cached_property
    def _items(self) -> dict[tuple[str, str], Model]:
        lists = ((name, getattr(self._incident, name)) for name in ITEM_LISTS)
        return {(name, item.__dict__.get("id", "")): item for name, items in lists for item in items}


def value_words(name: str, field: str, value: Any, zone: tzinfo | None) -> str:
    """A value as a reader knows it, empty for none; times on the clock of a zone."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date | time):
        return moment_text(value, zone)
    if isinstance(value, tuple):
        return ", ".join(each or "“”" for each in value)
    if (name, field) == ("stated", "minutes"):
        return minutes_text(value)
    return str(value)


def unknown_words(value: Any) -> str:
    """A value of a key that is not known here, on one line: text as it is, all else much as in the file."""
    if isinstance(value, str):
        return clean_prose(value)
    return clean_prose(json.dumps(value, ensure_ascii=False, default=_as_text))


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def item_lines(name: str, item: Model, zone: tzinfo | None) -> str:
    """All that an item says, a line for each field: `time: 2024-05-02 10:30`; what it says itself comes first."""
    lines = [words] if (words := main_words(name, item)) else []
    for field, value in _told_fields(name, item, zone):
        if value and value != words:
            lines.append(f"{field_word(field, name)}: {value}")
    for field, value in (item.model_extra or {}).items():
        lines.append(f"{field_word(field)}: {unknown_words(value)}")
    return "\n".join(lines)


def _told_fields(name: str, item: Model, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    left_out = {"id"}
    if isinstance(item, Event):
        yield "at", event_time(item, zone)
        left_out |= TIME_FIELDS
    elif isinstance(item, Impact):
        yield "amount", amount_text(item)
        left_out |= AMOUNT_FIELDS
    for field, info in type(item).model_fields.items():
        value = item.__dict__[field]
        if field not in left_out and value != info.default and (name, field) not in _IN_NAMES:
            yield field, value_words(name, field, value, zone)
