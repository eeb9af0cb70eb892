"""What a reviewer has signed: a hash of the content, so that a later change can be told.

The hash covers what a reader of the document is told. It leaves out what may change after a review without making
another document of it: comments, reviews, waivers, the status, how far an action has come and where it is tracked, and
the version of the format. How the file is laid out does not matter, nor do comments in the TOML, ids, or the place of
an event in the file, as long as its place in time stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from schemas import timeline
from schemas.incident import Incident, Model

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
    zone, _ = timeline.zone_of(incident)
    told = {name: getattr(incident, name) for name in CONTENT}
    told["events"] = timeline.order(told["events"], zone)
    content = _without_nothing({name: _canonical(value) for name, value in told.items()})
    for action in content.get("actions", ()):
        for name in _OF_ACTIONS:
            action.pop(name, None)
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return _SCHEME + hashlib.sha256(text.encode()).hexdigest()


def still_signed(signed: str, incident: Incident) -> bool:
    """Whether the content is what was signed. Twelve digits of a hash or more will do; case does not matter."""
    wanted = signed.strip().casefold().removeprefix(_SCHEME)
    return len(wanted) >= _SHOWN and content_hash(incident).removeprefix(_SCHEME).startswith(wanted)


def is_hash(signed: str) -> bool:
    """Whether the words in a review's `content` are a hash as `content_hash` makes it, whole or shortened."""
    digits = signed.strip().casefold().removeprefix(_SCHEME)
    return _SHOWN <= len(digits) <= 64 and all(digit in "0123456789abcdef" for digit in digits)


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
