"""The text of an incident as pages to read one after the other: the overview, what is written, the lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from msgspec import Struct

from schemas.checks import Finding
from schemas.incident import Incident
from tui.workspace.outline import LISTS, OutlineRow, outline

_TIMELINE: Final = "events"


class Page(Struct, frozen=True):
    """One page: its row in the outline, and the place that a comment on it hangs on."""

    row: OutlineRow
    place: str

    @property
    def key(self) -> str:
        """The key of the section or list."""
        return self.row.key


def pages(incident: Incident, findings: Iterable[Finding], remarked: Collection[str]) -> tuple[Page, ...]:
    """The pages in reading order.

    A section without words is a page only where somebody (`remarked`, by place) or a rule has something to say of it.
    The timeline is no page: it is stepped through.
    """
    found = []
    for row in outline(incident, findings):
        place = page_place(row)
        talked = place in remarked or row.errors or row.warnings
        if row.key != _TIMELINE and (row.written or talked or row.key == "overview"):
            found.append(Page(row, place))
    return tuple(found)


def page_place(row: OutlineRow) -> str:
    """The place that a part of the outline is to remarks; empty for the whole."""
    if row.part == "overview":
        return ""
    if row.key in LISTS:
        return row.key
    return f"other_sections/{row.key}" if row.own else f"sections/{row.key}"


def page_of(found: Iterable[Page], place: str) -> Page | None:
    """The page that a place is on; the overview for a field of its own."""
    name, _, rest = place.partition("/")
    item = rest.partition("/")[0]
    overview = None
    for page in found:
        if page.key == "overview":
            overview = page
        if page.place and (page.place == f"{name}/{item}" or page.place == name):
            return page
    return None if name in ("sections", "other_sections", *LISTS) else overview
