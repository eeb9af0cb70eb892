"""The screen for drafting an incident: what the person wants on each part of it becomes an edit of the session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget

from schemas import edits
from schemas.field_values import FieldError
from schemas.incident import Incident
from schemas.neighbours import Neighbour
from schemas.policy import Problem
from schemas.toml_remarks import Remark
from tui.screens import item_forms
from tui.screens.base import MainScreen
from tui.screens.document_display import DisplayActions
from tui.screens.document_files import FileActions
from tui.screens.document_items import ItemActions
from tui.screens.document_places import PlaceActions
from tui.screens.document_remarks import DocumentRemarks
from tui.screens.history_actions import HistoryActions
from tui.screens.picker import Choice, Picker
from tui.widgets.bindings import bindings
from tui.widgets.field_row import FieldInput
from tui.widgets.form import Form
from tui.widgets.line import Lines
from tui.workspace import fingerprint, storage
from tui.workspace.commands import BY_ID, Command
from tui.workspace.history import Target
from tui.workspace.library_policy import policy_for
from tui.workspace.review_walk import Habits
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession

_MARKER = "<<<<<<<"
"""What git's conflict markers begin with; few files hold it, and only those are looked at more closely."""


class DocumentScreen(DocumentRemarks, DisplayActions, ItemActions, FileActions, HistoryActions, PlaceActions):
    """One incident, open for drafting. `folder` is where new files go."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("document")

    def __init__(
        self, session: DocumentSession, services: Services, folder: Path, *, over_library: bool,
        faults: tuple[Problem, ...] = (),
    ) -> None:  # fmt: skip
        """`faults` are those of the team's settings, to be told."""
        super().__init__(session, services)
        self.folder = folder
        self._over_library = over_library
        self._faults = faults
        self._habits = Habits()

    def on_screen_resume(self) -> None:
        """Tell what of the team's settings could not be used, once."""
        faults, self._faults = self._faults, ()
        self.tell_faults(faults)

    # Typing in forms

    def _field_typed(self, key: str, text: str) -> str:
        if self.session.read_only:
            return f"read-only: {self.session.read_only}"
        spot = self.spot
        context = self.reading_context()
        try:
            if spot.item:
                edit = item_forms.commit_item(spot.part, spot.item, key, text, context, self.as_stored)
                place = f"{spot.part}/{spot.item}/{key}"
            else:
                edit = item_forms.commit_overview(self.doc, key, text, context, self.new_id)
                place = key
        except FieldError as problem:
            return str(problem)
        row = self.form.row(key)
        self.session.execute(
            edit, label=f"editing {row.field.label.lower() if row else key}", merge_key=place, target=Target(place)
        )
        return ""

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
        from tui.widgets.field_row import FieldRow

        assert isinstance(row, FieldRow)
        field = row.field
        control = row.control
        if not isinstance(control, FieldInput):
            return
        now = [part.strip() for part in control.value.split(",") if part.strip()] if field.several else None
        choices = [Choice(value, value) for value in (field.choices() if field.choices else ())]
        picked = await self.app.push_screen_wait(Picker(field.label, choices, chosen=now, free=not field.several))
        if picked is not None:
            control.value = ", ".join(picked.split(",")) if field.several else picked
            control.cursor_position = len(control.value)

    def part_of_scope(self, scope: str) -> Widget | None:
        """The widget whose commands a scope's are, if it is on the screen."""
        parts: dict[str, Widget] = {
            "sections": self.sections,
            "timeline": self.timeline_view,
            "findings": self.findings_view,
            "table": self.table,
            "form": self.form,
            "threads": self.talk_panel,
        }
        part = parts.get(scope)
        if part is self.timeline_view or part is self.findings_view:
            self.go_to_pane(scope)
        return part if part is not None and part.display else None

    # Keys and room

    @on(Lines.Pressed)
    async def _hint_pressed(self, event: Lines.Pressed) -> None:
        command: Command = BY_ID[event.tag]
        await self.app.run_command(command)  # type: ignore[attr-defined]

    def on_descendant_focus(self) -> None:
        """Other keys matter in another pane; leaving a field ends its undo step."""
        self.session.seal()
        self._last_focus = self.focused
        self.query_one("#side").set_class(self.focused_in(self.timeline_view), "-on-event")
        self.sync_detail()
        self.sync_status()

    _last_focus: Widget | None = None

    def on_resize(self) -> None:
        """What fits depends on the width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        # A widget that is hidden for want of room loses the focus; it has it again as soon as it is back.
        if self.focused is None and self._last_focus is not None and self._last_focus.focusable:
            self.set_focus(self._last_focus, scroll_visible=False)
        self.sync_masthead()
        self.sync_story()
        self.sync_status()

    # Reviewing

    @work
    async def action_review(self) -> None:
        """Read what is written here as a reviewer does, and come back."""
        from tui.screens.review import ReviewScreen

        self.form.settle()
        self.session.seal()
        habits = self._habits
        screen = ReviewScreen(self.session, self.services, self.folder, habits, over=True, shared=True)
        screen.keeper = self.keeper
        await self.app.push_screen_wait(screen)
        self.sync()

    # Leaving

    async def action_back(self) -> None:
        """Close what is open: the quick entry, the panel, the item, and at last the document."""
        if self.entry.is_open:
            self.close_entry()
        elif self.focused_in(self.talk_panel):
            self.close_talk()
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


def open_document(
    path: Path | None,
    services: Services,
    *,
    folder: Path | None = None,
    over_library: bool,
    neighbours: Sequence[Neighbour] = (),
) -> MainScreen[str]:
    """A screen for a file, or for a new incident where there is none. `neighbours` are the incidents beside it.

    That of a file with git's conflict markers asks about the conflicts, and then puts the document over itself.

    Raises:
        UserError: the file cannot be read or is no incident.
    """
    here = folder or Path.cwd()
    agreed = policy_for(path or here)
    # Over a library they have been told already.
    faults = () if over_library else agreed.problems

    def document_of(
        incident: Incident, *, fingerprint: fingerprint.Fingerprint | None = None, remarks: tuple[Remark, ...] = (),
        read_only: str = "",
    ) -> DocumentScreen:  # fmt: skip
        session = DocumentSession(
            edits.with_ids(incident, services.rng), path=path, fingerprint=fingerprint, remarks=remarks,
            read_only=read_only, now=services.now, policy=agreed.policy, neighbours=neighbours,
        )  # fmt: skip
        place = path.parent if path else here
        return DocumentScreen(session, services, place, over_library=over_library, faults=faults)

    if path is None:
        return document_of(Incident())
    try:
        opened = storage.open_file(path)
    except storage.Conflicted:
        opened = None
    if opened is None or _MARKER in opened.loaded.lines.text:
        from tui.screens.conflict_file import conflicts_in

        conflicts = conflicts_in(path, services, document_of, over_library=over_library)
        if conflicts is not None:
            return conflicts
        opened = opened or storage.open_file(path)
    loaded, read_only = opened.loaded, "" if opened.writable else opened.why_not
    return document_of(
        loaded.incident, fingerprint=opened.fingerprint, remarks=loaded.remarks, read_only=read_only
    )  # fmt: skip
