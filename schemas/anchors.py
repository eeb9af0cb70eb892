"""What a remark hangs on: the thing in the incident that its place means, and the words that stand there.

A place is empty (the whole), a field at the top (`title`), a list (`events`), an item (`events/k7q2`) or a section
(`sections/summary`, `other_sections/m3x9`); what lies deeper (`events/k7q2/text`) belongs to the thing it is in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from schemas.incident import ITEM_LISTS, Incident
from schemas.pieces import pieces_of
from schemas.sections import SECTION_KEYS

WHOLE: Final = ""
"""The place of the whole document."""

THINGS: Final = ("other_sections", "impacts", "factors", "events", "stated", "actions")
"""The lists whose items are talked about, in the order of the file."""

_WORDS: Final = {
    "other_sections": "body", "impacts": "what", "factors": "text", "events": "text", "stated": "value",
    "actions": "text",
}  # fmt: skip
"""The field of an item that holds its words."""


class Anchors:
    """The places of one incident. Items are looked through when the first place among them is asked for."""

    def __init__(self, incident: Incident) -> None:
        self._incident = incident
        self._items: dict[str, Mapping[str, Any]] = {}

    def items(self, name: str) -> Mapping[str, Any]:
        """The items of a list by id; of two with one id the first, and none that has no id."""
        if name not in self._items:
            found: dict[str, Any] = {}
            for known in reversed(pieces_of(getattr(self._incident, name)).gathered(_by_id)):
                found.update(known)
            self._items[name] = found
        return self._items[name]

    def thing(self, on: str) -> str | None:
        """The place of the thing that a place means; None where it is gone, or never was."""
        name, _, rest = on.partition("/")
        if name in THINGS and rest:
            item_id = self._item_id(name, rest)
            return None if item_id is None else f"{name}/{item_id}"
        if name == "sections" and rest:
            key = rest.partition("/")[0]
            if key in SECTION_KEYS or key in (self._incident.sections.model_extra or {}):
                return f"sections/{key}"
            item_id = self._item_id("other_sections", rest)
            return None if item_id is None else f"other_sections/{item_id}"
        if not on or name in Incident.model_fields or name in (self._incident.model_extra or {}):
            return name
        return None

    def text(self, place: str) -> str:
        """The words that stand at the place of a thing; empty where there are none."""
        name, _, rest = place.partition("/")
        if name in THINGS and rest in self.items(name):
            words: str = getattr(self.items(name)[rest], _WORDS[name])
            return words
        if name == "sections":
            return self._incident.sections.get(rest) if rest in SECTION_KEYS else ""
        value = getattr(self._incident, name, "") if name in Incident.model_fields and not rest else ""
        return value if isinstance(value, str) else ""

    def _item_id(self, name: str, rest: str) -> str | None:
        """The id that a place begins with: the longest one that fits, since one written by hand may hold a slash."""
        steps = rest.split("/")
        known = self.items(name)
        return next((found for n in range(len(steps), 0, -1) if (found := "/".join(steps[:n])) in known), None)


def _by_id(items: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [{item.id: item for item in reversed(items) if item.id}]


def is_list(place: str) -> bool:
    """Whether a place is that of a whole list of items."""
    return place in ITEM_LISTS


def place_of(incident: Incident, on: str) -> str | None:
    """The place of the thing that a place means; None where it is gone (see `Anchors`, which is for many at once)."""
    return Anchors(incident).thing(on)


def text_at(incident: Incident, place: str) -> str:
    """The words at the place of a thing, in which a quotation is looked for; empty where there are none."""
    return Anchors(incident).text(place)
