"""A folder of incidents: a list to filter and sort, and what is in the selected one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from schemas import timeline
from schemas.policy import Problem
from tui.screens.dialogs import Confirm, Message
from tui.screens.document import open_document
from tui.screens.history_actions import HistoryActions
from tui.screens.import_actions import ImportActions
from tui.widgets.bindings import bindings
from tui.widgets.library_table import COLUMNS, LibraryTable
from tui.widgets.line import Lines
from tui.widgets.own_keys import OwnKeys
from tui.widgets.rows import Rows, Span
from tui.widgets.timeline_view import TimelineView
from tui.workspace import export, storage
from tui.workspace.commands import BY_ID, key_text
from tui.workspace.errors import UserError
from tui.workspace.library import Library, matches, move_to_trash, sort_rows
from tui.workspace.review_walk import Habits
from tui.workspace.services import Services

CHUNK: Final = 25
"""Files that are read fully between two looks at the keyboard."""


_HINTED: Final = (
    "app.help", "library.open", "library.new", "library.import", "library.filter", "library.sort", "app.palette",
)  # fmt: skip
_ROOM_FOR_ALL: Final = 110
"""Columns from which on the bottom line has room for all of these, and for what just happened."""

_CONFLICT: Final = "Git left both versions of a merge in this file: {} shows them side by side"


class _FilterLine(OwnKeys, Input):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,down", "screen.leave_filter", show=False),
    ]


class LibraryScreen(ImportActions[None]):
    """The incidents of a folder."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    CSS_PATH = "../styles/library.tcss"
    AUTO_FOCUS = "#rows"
    scope = "library"
    BINDINGS: ClassVar[list[BindingType]] = bindings("library")

    def __init__(self, folder: Path, services: Services, *, start: str = "") -> None:
        """`start` is what incidents are opened for: to edit them, or with "review" to review them."""
        super().__init__()
        self._start = start
        self._habits = Habits()
        self.folder = folder
        self.services = services
        self.library = Library(folder, now=services.now)
        self._query = ""
        self._sort = "date"
        self._reverse = True
        self._said = ("", "muted")
        self._faults: tuple[Problem, ...] = ()

    def compose(self) -> ComposeResult:
        """The list over the preview."""
        yield Lines(height=1, id="head")
        line = _FilterLine(placeholder="words, status:draft, sev:1, zone:none, is:broken, has:errors", id="filter")
        line.cursor_blink = False
        yield line
        with Vertical(id="body"):
            yield LibraryTable(id="rows")
            with Vertical(id="preview"):
                yield Lines(height=1, id="preview-head")
                yield TimelineView(id="preview-events")
        yield Lines(height=1, id="foot")

    @property
    def table(self) -> LibraryTable:
        """The list."""
        return self.query_one("#rows", LibraryTable)

    def on_mount(self) -> None:
        """List the folder at once; the rest of each file is read while the list is already there."""
        self.query_one("#preview-events", TimelineView).can_focus = False
        self.read_folder()

    def on_screen_resume(self) -> None:
        """Somebody may have written a file meanwhile."""
        if self.is_mounted:
            self.read_folder()

    @work(exclusive=True, group="reading")
    async def read_folder(self) -> None:
        """Read what is new or changed, the visible part of the list first."""
        try:
            await asyncio.to_thread(self.library.refresh)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        self.show_rows()
        self._tell_agreement()
        visible = self.table.visible_paths()
        chunks = self.library.fill(CHUNK, first=visible)
        while await asyncio.to_thread(next, chunks, None) is not None:
            self.show_rows()

    def _tell_agreement(self) -> None:
        """What is wrong with the team's settings, when it is new."""
        folders = dict.fromkeys([self.folder, *(row.path.parent for row in self.library.rows)])
        faults = tuple(dict.fromkeys(fault for folder in folders for fault in self.library.policy_of(folder).problems))
        if faults != self._faults:
            self._faults = faults
            self.tell_faults(faults)

    def show_rows(self) -> None:
        """Filter, sort and show."""
        rows = sort_rows([row for row in self.library.rows if matches(row, self._query)], self._sort, self._reverse)
        self.set_class(not self.library.rows, "-empty")
        self.table.show(tuple(rows), self._sort, self._reverse, bool(self.library.rows))
        count = f"{len(rows)} of {len(self.library.rows)}" if self._query else f"{len(rows)}"
        right: list[Span] = [
            (f"filter: {self._query}  " if self._query else "", "accent"),
            (f"{count} incidents ", "muted"),
        ]
        self.query_one("#head", Lines).show_line(0, [(f"{_folder_name(self.folder)}", "strong")], right)
        self.show_preview()
        self.sync_status()

    def show_preview(self) -> None:
        """The selected incident's timeline, or why it cannot be read."""
        head = self.query_one("#preview-head", Lines)
        events = self.query_one("#preview-events", TimelineView)
        row = self.table.row
        if row is None:
            head.show_line(0, [])
            return
        if row.conflict:
            head.show_line(0, [("⇄ ", "warning"), (_CONFLICT.format(key_text(BY_ID["library.open"].keys[0])), "text")])
            events.display = False
            return
        if row.problem:
            head.show_line(0, [("✗ ", "error"), (row.problem, "error")])
            events.display = False
            return
        incident = self.library.incident(row.path)
        events.display = incident is not None
        head.show_line(0, [(row.title or row.name, "strong")], [(f"{row.name} ", "muted")])
        if incident is not None:
            events.show(timeline.build(incident))
            events.show_start()

    @on(Rows.Moved, "#rows")
    def _row_moved(self) -> None:
        self.show_preview()

    @on(Rows.Chosen, "#rows")
    def _row_chosen(self) -> None:
        self.action_open()

    @work
    async def action_open(self) -> None:
        """Open the selected incident."""
        row = self.table.row
        if row is None:
            return
        if self._start == "review":
            await self.review_path(row.path)
        else:
            await self.open_path(row.path)

    @work
    async def action_review(self) -> None:
        """Review the selected incident."""
        if self.table.row is not None:
            await self.review_path(self.table.row.path)

    async def review_path(self, path: Path) -> None:
        """Open a file for review."""
        from tui.screens.review import open_review

        try:
            screen = open_review(path, self.services, self._habits, over_library=True)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        await self.app.push_screen_wait(screen)

    async def open_path(self, path: Path | None) -> None:
        """Open a file, or a new incident."""
        try:
            beside = self.library.neighbours(path) if path else ()
            screen = open_document(path, self.services, folder=self.folder, over_library=True, neighbours=beside)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        await self.app.push_screen_wait(screen)

    @work
    async def action_history(self) -> None:
        """Look at earlier versions of the selected file; one that is restored is opened as a change of it."""
        from tui.screens.history import HistoryScreen

        row = self.table.row
        if row is None:
            return
        wanted = await self.app.push_screen_wait(HistoryScreen(row.path, self.services))
        if wanted is None:
            return
        try:
            beside = self.library.neighbours(row.path)
            screen = open_document(row.path, self.services, folder=self.folder, over_library=True, neighbours=beside)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        await self.app.push_screen(screen)
        if isinstance(screen, HistoryActions):
            screen.bring_back(wanted)

    @work
    async def action_new(self) -> None:
        """A new, empty incident."""
        await self.open_path(None)

    def action_filter(self) -> None:
        """Type to filter."""
        self.add_class("-filter")
        self.set_focus(self.query_one("#filter", Input))

    def action_leave_filter(self) -> None:
        """Back to the list; an empty filter goes away."""
        if not self._query:
            self.remove_class("-filter")
        self.set_focus(self.table)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as the person types."""
        event.stop()
        self._query = event.value.strip()
        self.show_rows()

    def action_sort(self) -> None:
        """Sort by the next column."""
        names = [column.name for column in COLUMNS]
        self._sort = names[(names.index(self._sort) + 1) % len(names)]
        self._reverse = self._sort in ("date", "length", "actions", "findings")
        self.show_rows()

    def action_reverse(self) -> None:
        """Turn the order around."""
        self._reverse = not self._reverse
        self.show_rows()

    @on(LibraryTable.SortWanted)
    def _sort_wanted(self, event: LibraryTable.SortWanted) -> None:
        if event.column == self._sort:
            self._reverse = not self._reverse
        else:
            self._sort, self._reverse = event.column, event.column in ("date", "length", "actions", "findings")
        self.show_rows()

    @work
    async def action_delete(self) -> None:
        """Move the selected file to the trash, after asking."""
        row = self.table.row
        if row is None:
            return
        answer = await self.app.push_screen_wait(
            Confirm(
                "Move to the trash?",
                f"{row.title or row.name}\n{row.name} goes to the folder .trash beside it.",
                [("c", "Keep it", "keep"), ("d", "Move it to the trash", "delete")],
            )
        )
        if answer != "delete":
            return
        try:
            gone = move_to_trash(row.path, self.folder / ".trash")
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        self.say(f"{row.name} is in {gone.parent.name}/{gone.name}")
        self.read_folder()

    def action_refresh(self) -> None:
        """Read the folder again."""
        self.say("")
        self.read_folder()

    @work
    async def action_export(self) -> None:
        """Write the selected incident as Markdown beside its file."""
        row = self.table.row
        if row is None:
            return
        try:
            opened = storage.open_file(row.path)
            target = row.path.with_suffix(".md")
            if target.exists():
                answer = await self.app.push_screen_wait(
                    Confirm(
                        "There is such a file", target.name, [("c", "Leave it", "keep"), ("o", "Overwrite it", "over")]
                    )
                )
                if answer != "over":
                    return
            export.export_markdown(opened.loaded.incident, target, disk=self.services.disk)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        self.say(f"Exported {target.name}")

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line."""
        self._said = (text, role)
        self.sync_status()

    def sync_status(self) -> None:
        """The bottom line: what just happened, and the keys."""
        keys: list[Span] = []
        tags: list[str] = []
        for name in _HINTED:
            if name == "library.import" and self.size.width < _ROOM_FOR_ALL:
                continue
            command = BY_ID[name]
            keys += [(key_text(command.keys[0]), "accent"), (f" {command.hint}  ", "muted")]
            tags += [name, name]
        self.query_one("#foot", Lines).show_line(0, [self._said], keys, tags)

    @on(Lines.Pressed)
    async def _hint_pressed(self, event: Lines.Pressed) -> None:
        await self.app.run_command(BY_ID[event.tag])  # type: ignore[attr-defined]


def _folder_name(folder: Path) -> str:
    resolved = folder.resolve()
    return f"{resolved.name or resolved}/"
