"""Items of lists, and sections of one's own: adding, renaming, moving, removing."""

from __future__ import annotations

from textual import on, work

from schemas import edits
from schemas.incident import OtherSection
from tui.screens import item_forms
from tui.screens.dialogs import Ask
from tui.screens.document_events import EventActions
from tui.widgets.item_table import ItemTable
from tui.widgets.section_list import SectionList
from tui.workspace.history import Target
from tui.workspace.outline import LISTS, Spot


class ItemActions(EventActions):
    """Actions on rows of tables and on sections."""

    async def action_add(self) -> None:
        """Add what belongs where the person is."""
        part = self.spot.part
        if not self.may_change():
            return
        if part == "events" or self.focused_in(self.timeline_view):
            self.action_add_event()
        elif part in LISTS:
            await self.add_item(part)
        else:
            self.action_add_section()

    async def add_item(self, name: str) -> None:
        """Add an empty item to a list and open its form."""
        item = item_forms.new_item(name, self.new_id())
        after = self.table.item_id if self.table.display else None
        self.session.seal()
        self.session.execute(
            lambda doc: edits.add_item(doc, name, item, after=after),
            label="a new row",
            target=Target(f"{name}/{item.id}"),
        )
        await self.open_spot(Spot(name, item.id))

    @on(ItemTable.Wanted)
    async def _item_wanted(self, event: ItemTable.Wanted) -> None:
        name, item_id = self.spot.part, event.item_id
        if not self.may_change():
            return
        if event.what == "add":
            await self.add_item(name)
        elif item_id and event.what == "delete":
            self.session.seal()
            self.session.execute(
                lambda doc: edits.remove_items(doc, name, {item_id}),
                label="deleting a row",
                target=Target(f"{name}/{item_id}"),
            )
            self.say("Deleted · ^Z brings it back")
        elif item_id:
            self.session.execute(
                lambda doc: edits.move_item(doc, name, item_id, event.steps),
                label="moving a row",
                target=Target(f"{name}/{item_id}"),
            )

    def action_add_section(self) -> None:
        """Ask for a heading and add a section behind the open one."""
        if self.may_change():
            ask = Ask("A section of your own", detail="Heading:", check=_heading_needed)
            self.app.push_screen(ask, self._add_section)

    async def _add_section(self, heading: str | None) -> None:
        if heading is None:
            return
        after = self.spot.part if self.prose.display else "supporting"
        section = OtherSection(id=self.new_id(), heading=heading.strip(), after=after)
        self.session.seal()
        self.session.execute(
            lambda doc: edits.add_item(doc, "other_sections", section),
            label=f"adding {section.heading}",
            target=Target(f"other_sections/{section.id}"),
        )
        await self.open_spot(Spot(section.id))

    @work
    async def action_rename_section(self) -> None:
        """Change the heading of the open section, if it is one of the person's own."""
        key = self.spot.part
        own = next((section for section in self.doc.other_sections if section.id == key), None)
        if own is None:
            self.say("Only sections of your own have a heading that can be changed")
            return
        if not self.may_change():
            return
        heading = await self.app.push_screen_wait(
            Ask(
                "Rename the section",
                value=own.heading,
                check=_heading_needed,
            )
        )
        if heading is not None:
            self.session.seal()
            self.session.execute(
                lambda doc: edits.rename_section(doc, key, heading.strip()),
                label="renaming a section",
                target=Target(f"other_sections/{key}"),
            )

    @on(SectionList.Wanted)
    async def _section_wanted(self, event: SectionList.Wanted) -> None:
        key = event.key
        own = any(section.id == key for section in self.doc.other_sections)
        if not self.may_change():
            return
        if not own:
            self.say("The sections of the format stay where they are; your own can be moved and removed")
        elif event.what == "delete":
            self.session.seal()
            self.session.execute(
                lambda doc: edits.remove_items(doc, "other_sections", {key}),
                label="removing a section",
                target=Target(f"other_sections/{key}"),
            )
            self.say("Removed · ^Z brings it back")
        else:
            self.session.execute(
                lambda doc: edits.move_section(doc, key, event.steps),
                label="moving a section",
                target=Target(f"other_sections/{key}"),
            )


def _heading_needed(text: str) -> str:
    return "" if text.strip() else "a heading is needed"
