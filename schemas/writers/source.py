"""What a document is written from: one incident, as one audience may see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from schemas import metrics, timeline
from schemas.incident import ITEM_LISTS, Event, Impact, Incident, Model
from schemas.profiles import PROFILES, Profile
from schemas.sections import BY_KEY
from schemas.text import first_line, shorten
from schemas.timeline import Timeline
from schemas.writers import escape
from schemas.writers.styles import Style
from schemas.writers.times import moment_text

Audience = Literal["internal", "external"]

Remarks = Literal["none", "resolved", "all"]
"""Which comments a document shows, none, those of resolved threads, or open ones too; with any also the verdicts."""

_ITEM_NAMES: Final = {
    "events": "event", "impacts": "impact", "factors": "factor", "actions": "action", "stated": "stated value",
    "comments": "comment", "reviews": "review", "other_sections": "section",
}  # fmt: skip
_PLACE_WIDTH: Final = 60
_ADDRESS: Final = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)


class Source(Struct, frozen=True, dict=True):
    """One incident with what follows from it. `incident` holds only what the audience may see."""

    incident: Incident
    timeline: Timeline
    measurements: tuple[metrics.Measurement, ...]
    style: Style
    audience: Audience = "internal"
    remarks: Remarks = "none"

    @property
    def internal(self) -> bool:
        """Whether the readers belong to the house."""
        return self.audience == "internal"

    def moment(self, moment: datetime | date | time | None) -> str:
        """A moment in the incident's zone, as text."""
        return "" if moment is None else moment_text(moment, self.timeline.zone)

    @cached_property
    def _names(self) -> dict[str, str]:
        return _named(self.incident)

    def place(self, where: str) -> str:
        """A place such as `events/k7q2/at` in words; one that is not there any more as it is written."""
        if not where:
            return "everywhere"
        kind, _, rest = where.partition("/")
        item_id, _, field = rest.partition("/")
        name = self._names.get(item_id if kind in ("sections", "other_sections") else f"{kind}/{item_id}")
        if not name:
            return where
        return f"{name}: {field}" if field else name


def source(
    incident: Incident,
    *,
    style: Style,
    profile: Profile = PROFILES["default"],
    audience: Audience = "internal",
    remarks: Remarks | bool = "none",
) -> Source:
    """Everything that the parts of a document read.

    The timeline is built from all events, because clocks without a date take theirs from the event before; what the
    audience may not see is taken out then, so that the metrics are those of the events that are shown.

    Raises:
        ValueError: there is no such audience.
    """
    if audience not in ("internal", "external"):
        raise ValueError(f"no audience is called {audience!r}; there are internal and external")
    line = timeline.build(incident)
    if audience == "external":
        line = replace(line, entries=tuple(entry for entry in line.entries if _public(entry.event)))
        shown = {name: tuple(filter(_public, getattr(incident, name))) for name in ("events", "impacts")}
        incident = incident.model_copy(update=shown)
    if isinstance(remarks, bool):
        remarks = "all" if remarks else "none"
    return Source(incident, line, metrics.measure(line, profile), style, audience, remarks)


def places(incident: Incident) -> dict[str, str]:
    """The places of an incident by the words that documents have for them, as `Source.place` writes them: the first
    of those that are called the same."""
    found: dict[str, str] = {}
    others = {section.id for section in incident.other_sections}
    for place, words in _named(incident).items():
        kind = "" if "/" in place else "other_sections/" if place in others else "sections/"
        found.setdefault(words, f"{kind}{place}")
    return found


def _named(incident: Incident) -> dict[str, str]:
    names = {key: section.heading for key, section in BY_KEY.items()}
    for section in incident.other_sections:
        names[section.id] = section.heading
    for kind in ITEM_LISTS:
        for item in getattr(incident, kind):
            if kind not in ("other_sections", "waivers") and (words := _words(item)):
                names[f"{kind}/{item.id}"] = f"{_ITEM_NAMES[kind]} “{shorten(words, _PLACE_WIDTH)}”"
    return names


def link_text(link: str) -> str:
    """A link as it stands under the words it belongs to; one that is no address is called what it is."""
    return link if _ADDRESS.match(link) else f"Link: {link}"


def extras(item: Model) -> list[str]:
    """Fields that this program does not know, as lines `name: value`."""
    return [f"{name}: {value_text(value)}" for name, value in (item.model_extra or {}).items()]


def value_text(value: Any) -> str:
    """Any value that TOML can hold, as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat().replace("T", " ")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {value_text(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return ", ".join(value_text(inner) for inner in value)
    return str(value)


def cell_lines(*lines: str) -> str:
    """Plain texts as one cell, each beginning a line; empty ones are left out."""
    return escape.cell("\n".join(filter(None, map(str.strip, lines))))


def _public(item: Event | Impact) -> bool:
    return item.audience.strip().casefold() != "internal"


def _words(item: Any) -> str:
    for name in ("text", "what", "summary"):
        # Without unknown keys, which may have these names too and hold anything.
        if words := first_line(item.__dict__.get(name, "")):
            return words
    return ""
