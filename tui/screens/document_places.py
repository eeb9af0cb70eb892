"""Getting around: sections, panes, and closing what is open."""

from __future__ import annotations

from textual import on

from schemas.edits import section_text
from schemas.sections import BY_KEY
from tui.screens.document_search import SearchActions
from tui.widgets.findings_view import FindingsView
from tui.widgets.item_table import ItemTable
from tui.widgets.rows import Rows
from tui.widgets.section_list import SectionList
from tui.widgets.timeline_view import TimelineView
from tui.workspace.outline import LISTS, Spot, outline


class PlaceActions(SearchActions):
    """Moving through the document."""

    # Sections

    @on(SectionList.Moved)
    async def _section_moved(self, event: Rows.Moved) -> None:
        if isinstance(event.rows, SectionList):
            event.stop()
            await self.open_spot(Spot(event.rows.part_at(event.index)), focus=False)

    @on(Rows.Chosen)
    async def _row_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        rows = event.rows
        if isinstance(rows, SectionList):
            await self.open_spot(Spot(rows.part_at(event.index)))
            self.set_class(False, "-list")
        elif isinstance(rows, ItemTable) and rows.item_id:
            await self.open_spot(Spot(self.spot.part, rows.item_id))
        elif isinstance(rows, TimelineView) and rows.event_id:
            self.remove_class("-peek")
            await self.open_spot(Spot("events", rows.event_id))
        elif isinstance(rows, FindingsView) and rows.finding:
            await self.visit(rows.finding)

    async def action_next_section(self) -> None:
        """Open the part below."""
        await self._step_section(1)

    async def action_previous_section(self) -> None:
        """Open the part above."""
        await self._step_section(-1)

    async def _step_section(self, steps: int) -> None:
        keys = [row.key for row in outline(self.doc, ())]
        at = keys.index(self.spot.part) + steps if self.spot.part in keys else 0
        if 0 <= at < len(keys):
            in_list = self.focused_in(self.sections)
            await self.open_spot(Spot(keys[at]), focus=not in_list)

    # Panes

    def action_next_pane(self) -> None:
        """The next pane."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """The pane before."""
        self._step_pane(-1)

    def _step_pane(self, steps: int) -> None:
        panes = ["sections", "editor", "timeline", "findings"]
        if self.has_class("-timeline"):
            panes.remove("editor")
        here = next((name for name in panes if self.focused_in(self._pane(name))), "sections")
        self.go_to_pane(panes[(panes.index(here) + steps) % len(panes)])

    def _pane(self, name: str) -> Rows:
        return self.query_one(f"#{name}")  # type: ignore[return-value]

    def go_to_pane(self, name: str) -> None:
        """Put the focus into a pane, and show it where there is room for one only."""
        side = name in ("timeline", "findings")
        self.set_class(side and not self.has_class("-timeline"), "-peek")
        self.set_class(name == "sections", "-list")
        if name == "editor":
            self.focus_editor()
        else:
            self.set_focus(self._pane(name))

    def action_toggle_timeline(self) -> None:
        """To the timeline, or back to the editor."""
        if self.focused_in(self.timeline_view) and not self.has_class("-timeline"):
            self.go_to_pane("editor")
        else:
            self.go_to_pane("timeline")

    # Leaving

    async def close_item(self) -> bool:
        """Close an item's form; False if none is open."""
        if not self.spot.item:
            return False
        part, item = self.spot.part, self.spot.item
        await self.open_spot(Spot(part))
        if part in LISTS and part != "events":
            self.table.place_at(item)
        elif part == "events":
            self.timeline_view.place_at(item)
        return True

    def current_place(self) -> str:
        """The place of what is open, as edits and findings name it."""
        spot = self.spot
        if spot.item:
            return f"{spot.part}/{spot.item}"
        return f"sections/{spot.part}" if spot.part in BY_KEY else spot.part

    def current_text(self) -> str | None:
        """The text of the prose section that is open, or None."""
        return section_text(self.doc, self.spot.part) if self.prose.display else None
