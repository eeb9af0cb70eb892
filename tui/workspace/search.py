"""Words anywhere in an incident."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from schemas.edits import section_text
from schemas.incident import Incident
from schemas.section_order import section_order
from schemas.sections import BY_KEY
from schemas.text import shorten


class Match(Struct, frozen=True):
    """A place with the words: `where` as findings name it, the offset in a section's text, and the words around."""

    where: str
    offset: int | None
    excerpt: str


def search(incident: Incident, query: str) -> tuple[Match, ...]:
    """Every place that contains the query, whatever its capitals, in reading order."""
    if not query.strip():
        return ()
    pattern = re.compile(re.escape(query), re.IGNORECASE)
    matches: list[Match] = []
    for where, text, is_prose in texts(incident):
        if not is_prose:
            if pattern.search(text):
                matches.append(Match(where, None, shorten(text, 60)))
            continue
        for found in pattern.finditer(text):
            around = text[max(0, found.start() - 20) : found.end() + 30]
            matches.append(Match(where, found.start(), shorten(around, 60)))
    return tuple(matches)


def texts(incident: Incident) -> Iterator[tuple[str, str, bool]]:
    """Everything that is searched, in reading order: where it is, the text, and whether it is that of a section."""
    for name in ("title", "owner", "severity", "status", "zone"):
        yield name, getattr(incident, name), False
    for name in ("authors", "services", "tags"):
        yield name, ", ".join(getattr(incident, name)), False
    headings = {section.id: section.heading for section in incident.other_sections}
    for key in section_order(incident):
        where = f"sections/{key}" if key in BY_KEY else f"other_sections/{key}"
        if key in headings:
            yield f"{where}/heading", headings[key], False
        yield where, section_text(incident, key), True
    for name, fields in (
        ("impacts", ("what", "unit")),
        ("events", ("text", "actor", "as_written")),
        ("factors", ("text", "kind")),
        ("actions", ("text", "owner", "link")),
        ("stated", ("value", "where")),
    ):
        for item in getattr(incident, name):
            for field in fields:
                yield f"{name}/{item.id}/{field}", getattr(item, field), False
