"""Names for what was read from a document that stay the same when the document is read again in another way.

Ids of items are drawn anew with each reading. Where an item stands in the document is what does not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from schemas.readers.imported import Imported

LISTS: Final = ("events", "actions", "impacts", "factors", "stated", "other_sections")
"""The lists of an incident that a document fills."""


def item_of(path: str) -> str:
    """The path of the thing that a path is about: `events/k7q2` of `events/k7q2/at`; of a field, the field."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in (*LISTS, "sections", "unplaced") else parts[0]


def field_of(path: str) -> str:
    """The field within the item that a path is about, empty if it is about the whole."""
    return path.removeprefix(item_of(path)).removeprefix("/")


def addresses(imported: Imported) -> Mapping[str, str]:
    """The address of each item by its path: `events@12#0` is the first event whose source begins in line 12."""
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for name in LISTS:
        for item in getattr(imported.incident, name):
            path = f"{name}/{item.id}"
            source = imported.provenance.get(path)
            line = source.lines[0] if source is not None and source.lines else 0
            number = taken.get(start := f"{name}@{line}", 0)
            taken[start] = number + 1
            found[path] = f"{start}#{number}"
    return found


def address(path: str, known: Mapping[str, str]) -> str:
    """The address of any path: that of its item and the field; sections and the incident's own fields are their own."""
    item = item_of(path)
    own = known.get(item, item)
    field = field_of(path)
    return f"{own}/{field}" if field else own
