"""What a reviewer has signed: a hash of the content, so that a later change can be told.

The hash covers what a reader of the document is told. It leaves out what may change after a review without making
another document of it: comments, reviews, waivers, the status, how far an action has come and where it is tracked, and
the version of the format. How the file is laid out does not matter, nor do comments in the TOML, ids, or the place of
an event in the file, as long as its place in time stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from typing import Any, Final

from schemas import timeline
from schemas.entries import zone_of
from schemas.incident import ITEM_LISTS, Event, Incident, Model

CONTENT: Final = tuple(
    name for name in Incident.model_fields if name not in ("format", "status", "comments", "reviews", "waivers")
)
"""The fields of an incident that are signed. Keys at the top of a file that are not known are none of them."""

_OF_ACTIONS: Final = frozenset({"status", "link"})
"""Fields of an action that go on to change while the work is done, and are meant to."""

_EMPTY: Final[tuple[object, ...]] = ("", [], {})

_SCHEME: Final = "sha256:"
_SHOWN: Final = 12


def content_hash(incident: Incident) -> str:
    """The hash of what an incident tells, such as `sha256:9f2c…`: 64 hexadecimal digits behind the name of the method.

    Equal for incidents that are written alike; it changes when any word, number, time or person of the document does.
    Ids, comments, reviews, waivers, the status of the document and of its actions, and links to trackers do not
    change it. `now` and the machine have no part in it either.
    """
    zone, _ = zone_of(incident)
    told = {name: getattr(incident, name) for name in sorted(CONTENT)}
    told["events"] = _in_order(told["events"], zone)
    parts = (f'"{name}":{text}' for name, value in told.items() if (text := _value_text(name, value)))
    return _SCHEME + hashlib.sha256(f"{{{','.join(parts)}}}".encode()).hexdigest()


def still_signed(signed: str, incident: Incident) -> bool:
    """Whether the content is what was signed."""
    return signs(signed, content_hash(incident))


def signs(signed: str, content: str) -> bool:
    """Whether the words in a review are this hash. Twelve digits or more will do; case does not matter."""
    wanted = signed.strip().casefold().removeprefix(_SCHEME)
    return len(wanted) >= _SHOWN and content.removeprefix(_SCHEME).startswith(wanted)


def is_hash(signed: str) -> bool:
    """Whether the words in a review's `content` are a hash as `content_hash` makes it, whole or shortened."""
    digits = signed.strip().casefold().removeprefix(_SCHEME)
    return _SHOWN <= len(digits) <= 64 and all(digit in "0123456789abcdef" for digit in digits)


_ordered: list[tuple[tuple[Event, ...], tzinfo | None, tuple[Event, ...]]] = []
"""The events that were put in order last: most edits are of something else."""


def _in_order(events: tuple[Event, ...], zone: tzinfo | None) -> tuple[Event, ...]:
    for known, at, found in _ordered:
        if known is events and at == zone:
            return found
    found = timeline.order(events, zone)
    _ordered[:] = [(events, zone, found)]
    return found


def _value_text(name: str, value: Any) -> str:
    """The canonical JSON of a field, empty where it says nothing."""
    if name in ITEM_LISTS:
        return f"[{','.join([_item_text(name, item) for item in value])}]" if value else ""
    content = _canonical(value)
    return "" if content is None or content is False or content in _EMPTY else _json(content)


_texts: dict[int, tuple[Model, str]] = {}
"""Texts of items by the identity of what they say. The object is held too, so that its number stays its own."""

_MOST_TEXTS: Final = 50_000


def _item_text(name: str, item: Model) -> str:
    """The canonical JSON of an item, kept until there are many: of thousands, one at a time is changed."""
    known = _texts.get(id(item))
    if known is None:
        fields = _fields(item)
        if name == "actions":
            fields = {field: value for field, value in fields.items() if field not in _OF_ACTIONS}
        if len(_texts) >= _MOST_TEXTS:
            _texts.clear()
        known = _texts[id(item)] = item, _json(fields)
    return known[1]


def _json(content: Any) -> str:
    import json  # late: most incidents are checked without anything of a review

    return json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _fields(model: Model) -> dict[str, Any]:
    """What a model holds, without its ids and what is empty: a field that a later version adds changes no hash."""
    known = {name: getattr(model, name) for name in type(model).model_fields if name != "id"}
    found = {name: _canonical(value) for name, value in (*known.items(), *(model.model_extra or {}).items())}
    return _without_nothing(found)


def _without_nothing(found: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in found.items() if value is not None and value is not False and value not in _EMPTY
    }


def _canonical(value: Any) -> Any:
    """A value in the form in which it is hashed: what JSON can hold, with whole numbers written in one way."""
    if isinstance(value, Model):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(name): _canonical(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(inner) for inner in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    return value
