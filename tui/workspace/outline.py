"""The parts of a document as a person walks through them: names, states, and what is wrong in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct

from schemas.checks import Finding
from schemas.incident import Incident
from schemas.section_order import section_order
from schemas.sections import BY_KEY

Part = Literal["overview", "prose", "items", "timeline"]

LISTS: Final[dict[str, str]] = {
    "impacts": "Impact figures",
    "events": "Timeline",
    "factors": "Contributing factors",
    "actions": "Actions",
    "stated": "Stated values",
}
"""Lists of items that have a place of their own, with their headings."""

_BEHIND: Final = {"impact": "impacts", "response": "events", "root_cause": "factors", "resolution": "actions"}
"""Which list follows which section."""


class OutlineRow(Struct, frozen=True):
    """One part: its key, what kind of part it is, its heading, whether anything is there, and its findings."""

    key: str
    part: Part
    heading: str
    written: bool
    count: int | None
    errors: int
    warnings: int
    own: bool = False


class Spot(Struct, frozen=True):
    """A place in the document: the part, and where it applies the item and the field in it."""

    part: str
    item: str | None = None
    field: str | None = None


def spot_of(where: str) -> Spot:
    """The spot that a place such as `events/k7q2/at`, `sections/impact` or `zone` means."""
    head, _, rest = where.partition("/")
    item, _, field = rest.partition("/")
    if head == "sections":
        return Spot(item or "summary")
    if head == "other_sections":
        return Spot(item, None, field or None)
    if head in LISTS:
        return Spot(head, item or None, field or None)
    return Spot("overview", None, head or None)


class PartCounts:
    """How many errors and warnings there are in each part, and how many findings of each severity (`of`); those that
    are waived do not count.

    Made once for the findings of a document, however often its outline is asked for.
    """

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.errors: dict[str, int] = {}
        self.warnings: dict[str, int] = {}
        self.of: Counter[str] = Counter()
        for finding in findings:
            if finding.waived:
                continue
            self.of[finding.severity] += 1
            if finding.severity != "info":
                counts = self.errors if finding.severity == "error" else self.warnings
                key = spot_of(finding.where).part
                counts[key] = counts.get(key, 0) + 1


def outline(incident: Incident, findings: Iterable[Finding] | PartCounts) -> tuple[OutlineRow, ...]:
    """Every part of the document in reading order; findings that are waived or only informative do not count."""
    counts = findings if isinstance(findings, PartCounts) else PartCounts(findings)
    errors, warnings = counts.errors, counts.warnings

    def row(
        key: str, part: Part, heading: str, written: bool, count: int | None = None, own: bool = False
    ) -> OutlineRow:
        return OutlineRow(key, part, heading, written, count, errors.get(key, 0), warnings.get(key, 0), own)

    rows = [row("overview", "overview", "Overview", bool(incident.title))]
    others = {section.id: section for section in incident.other_sections}
    for key in section_order(incident):
        if key in others:
            rows.append(
                row(key, "prose", others[key].heading or "(no heading)", bool(others[key].body.strip()), own=True)
            )
            continue
        rows.append(row(key, "prose", BY_KEY[key].heading, bool(incident.sections.get(key).strip())))
        if name := _BEHIND.get(key):
            count = len(getattr(incident, name))
            rows.append(row(name, "timeline" if name == "events" else "items", LISTS[name], count > 0, count))
    rows.append(row("stated", "items", LISTS["stated"], bool(incident.stated), len(incident.stated)))
    return tuple(rows)
