"""The screen for drafting an incident: what the person wants on each part of it becomes an edit of the session."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget

from schemas import edits
from schemas.fields import FieldError
from schemas.incident import Incident, OtherSection
from tui.screens import item_forms
from tui.screens.dialogs import Ask
from tui.screens.document_events import EventActions
from tui.screens.document_files import FileActions
from tui.screens.document_places import PlaceActions
from tui.screens.picker import Choice, Picker
from tui.widgets.bindings import bindings
from tui.widgets.form import FieldInput, Form
from tui.widgets.item_table import ItemTable
from tui.widgets.line import Lines
from tui.widgets.section_list import SectionList
from tui.workspace import storage
from tui.workspace.commands import BY_ID, Command
from tui.workspace.history import Target
from tui.workspace.outline import LISTS, Spot
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession


class DocumentScreen(EventActions, FileActions, PlaceActions):
    """One incident, open for drafting. `folder` is where new files go."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("document")

    def __init__(self, session: DocumentSession, services: Services, folder: Path, *, over_library: bool) -> None:
        super().__init__(session, services)
        self.folder = folder
        self._over_library = over_library

    # Typing in forms

    def _field_typed(self, key: str, text: str) -> str:
        if self.session.read_only:
            return f"read-only: {self.session.read_only}"
        spot = self.spot
        context = self.reading_context()
        try:
            if spot.item:
                edit = item_forms.commit_item(spot.part, spot.item, key, text, context)
                place = f"{spot.part}/{spot.item}/{key}"
            else:
                edit = item_forms.commit_overview(self.doc, key, text, context, self._new_id)
                place = key
        except FieldError as problem:
            return str(problem)
        row = self.form.row(key)
        self.session.execute(
            edit, label=f"editing {row.field.label.lower() if row else key}", merge_key=place, target=Target(place)
        )
        return ""

    def _new_id(self) -> str:
        return edits.new_id(self.doc, self.services.rng)

    @on(Form.Entered)
    def _field_entered(self, event: Form.Entered) -> None:
        self.session.seal()
        told, self.told_field = self.told_field, None
        if told is not None and event.field.key in (told, f"stated/{told}"):
            return
        self.query_one("#prompt").update(event.field.help)  # type: ignore[attr-defined]

    @on(Form.ChoicesWanted)
    def _choices_wanted(self, event: Form.ChoicesWanted) -> None:
        event.stop()
        self.choose_value(event.row)

    @work
    async def choose_value(self, row: object) -> None:
        """Choose a field's value from those it knows."""
        from tui.widgets.form import FieldRow

        assert isinstance(row, FieldRow)
        field = row.field
        control = row.control
        if not isinstance(control, FieldInput):
            return
        now = [part.strip() for part in control.value.split(",") if part.strip()] if field.several else None
        choices = [Choice(value, value) for value in field.choices]
        picked = await self.app.push_screen_wait(Picker(field.label, choices, chosen=now, free=not field.several))
        if picked is not None:
            control.value = ", ".join(picked.split(",")) if field.several else picked
            control.cursor_position = len(control.value)

    # Items and sections of one's own

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
        item = item_forms.new_item(name, self._new_id())
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
        section = OtherSection(id=self._new_id(), heading=heading.strip(), after=after)
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

    def part_of_scope(self, scope: str) -> Widget | None:
        """The widget whose commands a scope's are, if it is on the screen."""
        parts: dict[str, Widget] = {
            "sections": self.sections,
            "timeline": self.timeline_view,
            "findings": self.findings_view,
            "table": self.table,
            "form": self.form,
        }
        part = parts.get(scope)
        if part is self.timeline_view or part is self.findings_view:
            self.go_to_pane(scope)
        return part if part is not None and part.display else None

    # The bottom line

    def _hinted(self) -> list[Command]:
        scope = ""
        for name, widget in (("timeline", self.timeline_view), ("table", self.table), ("findings", self.findings_view)):
            if self.focused_in(widget):
                scope = name
        ids = [
            "app.help",
            "document.save",
            "document.add-event",
            "document.next-finding",
            "document.timeline",
            "app.palette",
        ]
        local = {"timeline": ["timeline.edit"], "table": ["table.edit", "table.add"], "findings": ["findings.open"]}
        wanted = ["app.help", *local.get(scope, []), *ids[1:]][:6]
        return [BY_ID[name] for name in wanted]

    @on(Lines.Pressed)
    async def _hint_pressed(self, event: Lines.Pressed) -> None:
        command: Command = BY_ID[event.tag]
        await self.app.run_command(command)  # type: ignore[attr-defined]

    def on_descendant_focus(self) -> None:
        """Other keys matter in another pane; leaving a field ends its undo step."""
        self.session.seal()
        self._last_focus = self.focused
        self.sync_status()

    _last_focus: Widget | None = None

    def on_resize(self) -> None:
        """What fits depends on the width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        # A widget that is hidden for want of room loses the focus; it has it again as soon as it is back.
        if self.focused is None and self._last_focus is not None and self._last_focus.focusable:
            self.set_focus(self._last_focus, scroll_visible=False)
        self._sync_masthead()
        self._sync_story()
        self.sync_status()

    # Leaving

    async def action_back(self) -> None:
        """Close what is open: the quick entry, the panel, the item, and at last the document."""
        if self.entry.is_open:
            self.close_entry()
        elif self.has_class("-peek"):
            self.go_to_pane("editor")
        elif await self.close_item():
            pass
        elif not self.focused_in(self.sections):
            self.go_to_pane("sections")
        else:
            self.leave()

    @work
    async def leave(self) -> None:
        """Back to the library, or out of the program where there is none; asks if something is not saved."""
        if not self._over_library:
            self.say("^Q leaves the program")
        elif await self.may_leave():
            self.dismiss("")


def _heading_needed(text: str) -> str:
    return "" if text.strip() else "a heading is needed"


def open_document(
    path: Path | None, services: Services, *, folder: Path | None = None, over_library: bool
) -> DocumentScreen:
    """A screen for a file, or for a new incident where there is none.

    Raises:
        UserError: the file cannot be read or is no incident.
    """
    if path is None:
        session = DocumentSession(Incident(), now=services.now)
        return DocumentScreen(session, services, folder or Path.cwd(), over_library=over_library)
    opened = storage.open_file(path)
    session = DocumentSession(
        edits.with_ids(opened.loaded.incident, services.rng),
        path=path,
        fingerprint=opened.fingerprint,
        remarks=opened.loaded.remarks,
        read_only="" if opened.writable else opened.why_not,
        now=services.now,
    )
    return DocumentScreen(session, services, path.parent, over_library=over_library)
