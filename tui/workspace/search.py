"""Words anywhere in an incident."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.edits import section_order, section_text
from schemas.incident import Incident
from schemas.sections import BY_KEY
from schemas.text import shorten


@dataclass(frozen=True, slots=True)
class Match:
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

    def look(where: str, text: str) -> None:
        if pattern.search(text):
            matches.append(Match(where, None, shorten(text, 60)))

    for name in ("title", "owner", "severity", "status", "zone"):
        look(name, getattr(incident, name))
    for name in ("authors", "services", "tags"):
        look(name, ", ".join(getattr(incident, name)))
    headings = {section.id: section.heading for section in incident.other_sections}
    for key in section_order(incident):
        where = f"sections/{key}" if key in BY_KEY else f"other_sections/{key}"
        if key in headings:
            look(f"{where}/heading", headings[key])
        text = section_text(incident, key)
        for found in pattern.finditer(text):
            around = text[max(0, found.start() - 20) : found.end() + 30]
            matches.append(Match(where, found.start(), shorten(around, 60)))
    for name, fields in (
        ("impacts", ("what", "unit")),
        ("events", ("text", "actor", "as_written")),
        ("factors", ("text", "kind")),
        ("actions", ("text", "owner", "link")),
        ("stated", ("value", "where")),
    ):
        for item in getattr(incident, name):
            for field in fields:
                look(f"{name}/{item.id}/{field}", getattr(item, field))
    return tuple(matches)
