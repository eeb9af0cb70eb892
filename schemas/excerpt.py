"""Some fields of an incident as a short text, and back: for what is kept of many incidents and needed of few.

The text is JSON, for this program alone. Keys that a hand has added to an item are not told from ours by what reads it,
so of these only plain values come back as they were.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Final

from schemas.incident import Incident
from schemas.moments import When

_MOMENTS: Final = {
    "events": ("at", "latest", "until", "recorded"),
    "stated": ("at",),
    "actions": ("due",),
    "comments": ("at", "edited"),
    "reviews": ("at",),
    "waivers": ("at",),
}
"""The keys of items that hold days and times, for which JSON has no word."""


def excerpt_text(incident: Incident, names: Collection[str]) -> str:
    """The fields of these names as one line of text; those that are empty take no room in it.

    Raises:
        ValueError: a key that a hand has added holds something for which JSON has no word.
    """
    text: str = incident.model_dump_json(include=set(names), exclude_defaults=True)
    return text


class Excerpt(Mapping[str, Any]):
    """The fields of an incident that a text was made of. It is read when one is asked for that is not empty.

    Asking for a field raises ValueError if the text is none that `excerpt_text` has made.
    """

    def __init__(self, text: str, names: Collection[str]) -> None:
        self._text = text
        self._names = names

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        if f'"{name}":' not in self._text:
            return Incident.model_fields[name].get_default(call_default_factory=True)
        return getattr(self._incident, name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @cached_property
    def _incident(self) -> Incident:
        data = json.loads(self._text)
        for name, keys in _MOMENTS.items():
            for item in data.get(name, ()):
                for key in keys:
                    if key in item:
                        item[key] = _moment(item[key])
        return Incident.model_validate(data)


def _moment(text: str) -> When:
    if "T" in text:
        return datetime.fromisoformat(text)
    return time.fromisoformat(text) if ":" in text else date.fromisoformat(text)
