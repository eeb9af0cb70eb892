"""An incident as a Markdown document, complete and readable on GitHub."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from schemas.incident import Incident, OtherSection
from schemas.profiles import PROFILES, Profile
from schemas.section_order import section_order
from schemas.sections import BY_KEY
from schemas.writers import escape, parts
from schemas.writers.prose import embedded
from schemas.writers.source import Audience, Remarks, Source, source
from schemas.writers.styles import STYLES
from schemas.writers.timeline_table import timeline

__all__ = ["STYLES", "section_markdown", "to_markdown"]

_PARTS: Final[dict[str, Callable[[Source], str]]] = {
    "facts": parts.facts,
    "metrics": parts.metrics,
    "impacts": parts.impacts,
    "factors": parts.factors,
    "timeline": timeline,
    "actions": parts.actions,
    "stated": parts.stated,
    "waivers": parts.waivers,
    "other_fields": parts.other_fields,
    "comments": parts.comments,
    "reviews": parts.reviews,
}

_LISTS: Final = {"events": "timeline", "overview": "facts"}
"""Other names of parts: those that the file and the screen use."""


def to_markdown(
    incident: Incident,
    *,
    style: str = "standard",
    profile: Profile = PROFILES["default"],
    audience: Audience = "internal",
    remarks: Remarks | bool = "none",
) -> str:
    """The whole incident as Markdown (CommonMark with GitHub's tables), ended by one line break.

    Sections with nothing in them are left out; `remarks` adds comments and reviews (True: all of them). With
    `audience="external"` the document has no events and impacts marked internal (and no metric that rests on one), no
    stated times, waivers, remarks and unknown fields, no notes about the record, and names no people: no owner,
    authors, owners of actions and no column of who acted. The prose of the sections stays as it is.

    Raises:
        KeyError: there is no such style.
        ValueError: there is no such audience.
    """
    chosen = STYLES[style]
    origin = source(incident, style=chosen, profile=profile, audience=audience, remarks=remarks)
    title = escape.heading(incident.title) or "Untitled incident"
    found = [f"# {title}"]
    others = _others(incident)
    for block in chosen.blocks:
        if anchored := [key for key in block.parts if key in BY_KEY]:
            found += _other_sections(others.pop("", []))
        body = _body(origin, block.parts)
        if body:
            found += [f"## {escape.heading(block.heading)}", body] if block.heading else [body]
        for key in anchored:
            found += _other_sections(others.pop(key, []))
    return "\n\n".join(found) + "\n"


def section_markdown(incident: Incident, key: str) -> str:
    """One section with its heading as it stands in the standard document, for copying; ended by one line break.

    `key` is that of a canonical section, the id of another one, or the name of a part or list: `timeline` or `events`,
    `actions`, `impacts`, `factors`, `overview` …  An empty section is its heading alone.

    Raises:
        KeyError: there is no such section.
    """
    for section in incident.other_sections:
        if section.id == key:
            return "\n\n".join(filter(None, (_heading(section.heading), embedded(section.body)))) + "\n"
    chosen = STYLES["standard"]
    name = _LISTS.get(key, key)
    block = next((block for block in chosen.blocks if name in block.parts), None)
    if block is None:
        raise KeyError(key)
    heading = f"## {escape.heading(block.heading)}" if block.heading else ""
    body = _body(source(incident, style=chosen, remarks="all"), block.parts)
    return "\n\n".join(filter(None, (heading, body))) + "\n"


def _body(origin: Source, names: tuple[str, ...]) -> str:
    rendered = (
        _PARTS[name](origin) if name in _PARTS else embedded(origin.incident.sections.get(name)) for name in names
    )
    return "\n\n".join(text for text in rendered if text)


def _others(incident: Incident) -> dict[str, list[OtherSection]]:
    """The other sections by the canonical one they are read after; those of the front under the empty text."""
    found: dict[str, list[OtherSection]] = {}
    left = list(incident.other_sections)
    anchor = ""
    for key in section_order(incident):
        if key in BY_KEY:
            anchor = key
        elif section := next((section for section in left if section.id == key), None):
            left.remove(section)
            found.setdefault(anchor, []).append(section)
    # An id that a canonical section has too is a fault of the file, no reason to lose a text.
    found.setdefault(anchor, []).extend(left)
    return found


def _other_sections(sections: list[OtherSection]) -> list[str]:
    found = []
    for section in sections:
        if body := embedded(section.body):
            found += [_heading(section.heading), body]
    return found


def _heading(heading: str) -> str:
    return f"## {escape.heading(heading) or 'Untitled section'}"
