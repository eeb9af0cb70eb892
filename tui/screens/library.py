"""A folder of incidents: a list to filter and sort, and what is in the selected one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Input

from schemas.policy import Problem
from tui.screens.dialogs import Message
from tui.screens.library_files import LibraryFiles
from tui.widgets.bindings import bindings
from tui.widgets.filter_line import FilterLine
from tui.widgets.key_hints import key_hints
from tui.widgets.library_preview import LibraryPreview
from tui.widgets.library_table import COLUMNS, LibraryTable
from tui.widgets.line import Lines
from tui.widgets.rows import Rows, Span
from tui.workspace.commands import BY_ID
from tui.workspace.errors import UserError
from tui.workspace.library import Library
from tui.workspace.library_changes import Progress
from tui.workspace.library_place import index_file
from tui.workspace.review_walk import Habits
from tui.workspace.rows import Row
from tui.workspace.services import Services
from tui.workspace.watching import INTERVAL

SHOWN_EVERY: Final = 0.25
"""Seconds between two pictures of a list that is still being read."""

_RESTS: Final = 0.18
"""Seconds after which the cursor has come to rest: then there is time for the preview."""

_HINTED: Final = (
    "app.help", "library.open", "library.new", "library.import", "library.filter", "library.sort", "app.palette",
)  # fmt: skip
_ROOM_FOR_ALL: Final = 110
"""Columns from which on the bottom line has room for all of these, and for what just happened."""

_UNLIMITED: Final = 1000

_SAID_AT_MOST: Final = 34
"""Columns of what just happened for which keys give way, where it is a warning or one of them is offered for it."""


class LibraryScreen(LibraryFiles):
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
        self.start = start
        self.habits = Habits()
        self.folder = folder
        self.services = services
        self.library = Library(folder, now=services.now, index=index_file(folder) if services.indexes else None)
        self._query = ""
        self._sort = "date"
        self._reverse = True
        self.trashed = []
        self._said = ("", "muted")
        self._offered = ""
        self._wanted: Path | None = None
        self._faults: tuple[Problem, ...] = ()
        self._progress: Progress | None = None
        self._reading = 0
        self._was_away = False
        self._preview_later: Timer | None = None
        self._moved_at = 0.0

    def compose(self) -> ComposeResult:
        """The list over the preview."""
        yield Lines(height=1, id="head")
        line = FilterLine(placeholder="words, status:draft, sev:1, zone:none, is:broken, has:errors", id="filter")
        line.cursor_blink = False
        yield line
        with Vertical(id="body"):
            yield LibraryTable(id="rows")
            yield LibraryPreview(id="preview")
        yield Lines(height=1, id="foot")

    @property
    def table(self) -> LibraryTable:
        """The list."""
        return self.query_one("#rows", LibraryTable)

    @property
    def row(self) -> Row | None:
        """The selected incident."""
        return self.table.row

    def on_mount(self) -> None:
        """List the folder at once; the rest of each file is read while the list is already there."""
        self._show_head()
        self.read_folder()
        self.set_interval(INTERVAL, self._glance)

    def on_screen_suspend(self) -> None:
        """Something else is shown."""
        self._was_away = True

    def on_screen_resume(self) -> None:
        """Somebody may have written a file meanwhile. At the start the folder is being read already."""
        if self._was_away:
            self.read_folder()

    @work(group="glancing")
    async def _glance(self) -> None:
        """Notice what others do to the files, while nothing else is going on."""
        if self._reading or not self.is_current:
            return
        self._reading += 1
        try:
            changes = await asyncio.to_thread(self.library.glance)
        finally:
            self._reading -= 1
        if changes is None:
            self.read_folder()
        elif changes:
            self.show_rows()

    @work(exclusive=True, group="reading")
    async def read_folder(self) -> None:
        """Read what is new or changed, the visible part of the list first."""
        steps = self.library.follow(self.table.visible_paths)
        told, shown_at = False, 0.0
        self._reading += 1
        try:
            while (step := await asyncio.to_thread(next, steps, None)) is not None:
                if not told:
                    self._tell_agreement()
                    told = True
                self._progress = step if step.done < step.of else None
                # An empty list may only be one of which nothing is known yet.
                if len(self.library) and monotonic() - shown_at >= SHOWN_EVERY:
                    self.show_rows()
                    shown_at = monotonic()
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        finally:
            self._reading -= 1
        self._progress = None
        self.show_rows()
        self._wanted = None

    def _tell_agreement(self) -> None:
        """What is wrong with the team's settings, when it is new."""
        folders = self.library.folders
        faults = tuple(dict.fromkeys(fault for folder in folders for fault in self.library.policy_of(folder).problems))
        if faults != self._faults:
            self._faults = faults
            self.tell_faults(faults)

    def show_rows(self, *, typing: bool = False) -> None:
        """Filter, sort and show; the preview may wait while somebody is `typing`."""
        rows = self.library.listed(self._query, self._sort, self._reverse)
        number = len(self.library)
        self.set_class(not number, "-empty")
        reading = self._progress
        self.table.show(
            rows, self._sort, self._reverse, bool(number), query=self._query, more_to_come=reading is not None
        )
        if self._wanted is not None and self.table.go_to(self._wanted):
            self._wanted = None
        count = f"{len(rows):,} of {number:,}" if self._query else f"{number:,}"
        right: list[Span] = [
            (f"reading {reading.done:,} of {reading.of:,}  " if reading else "", "accent"),
            (f"filter: {self._query}  " if self._query else "", "accent"),
            (f"{count} incidents ", "muted"),
        ]
        self._show_head(right)
        if typing:
            self._preview_when_at_rest()
        else:
            self.show_preview()
        self.sync_status()

    def _show_head(self, right: Sequence[Span] = ()) -> None:
        self.query_one("#head", Lines).show_line(0, [(f"{self.folder.resolve().name}/", "strong")], right)

    def on_resize(self) -> None:
        """There may be room for the preview now."""
        self.call_after_refresh(self.show_preview)

    def _preview_when_at_rest(self) -> None:
        """Show the preview at once, but not of each row that is passed: on a slow line that is most of what is sent."""
        if self._preview_later is not None:
            self._preview_later.stop()
        moved_at, self._moved_at = self._moved_at, monotonic()
        if self._moved_at - moved_at >= _RESTS:
            self.show_preview()
        else:
            self._preview_later = self.set_timer(_RESTS, self.show_preview)

    def show_preview(self) -> None:
        """The selected incident's timeline, or why it cannot be read."""
        if not (self.has_class("-empty") or self.has_class("-short")):
            row = self.table.row
            incident = self.library.incident(row.path) if row is not None and not row.problem else None
            self.query_one("#preview", LibraryPreview).show(row, incident)

    @on(Rows.Moved, "#rows")
    def _row_moved(self) -> None:
        self._preview_when_at_rest()

    @on(Rows.Chosen, "#rows")
    def _row_chosen(self) -> None:
        self.action_open()

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
        self.show_rows(typing=True)

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

    def action_refresh(self) -> None:
        """Read the folder again."""
        self.say("")
        self.read_folder()

    def select(self, path: Path) -> None:
        """Go to the row of a file, as soon as the list has it."""
        self._wanted = path

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line."""
        self.offer("", text, role)

    def offer(self, command: str, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line, and the command that is wanted most after it."""
        self._said, self._offered = (text, role), command
        self.sync_status()

    def sync_status(self) -> None:
        """The bottom line: what just happened, and the keys."""
        hinted = [name for name in _HINTED if name != "library.import" or self.size.width >= _ROOM_FOR_ALL]
        if self._offered:
            hinted.insert(0, self._offered)
        first = self._offered or self._said[1] == "warning"
        room = self.size.width - min(cell_len(self._said[0]), _SAID_AT_MOST) - 4 if first else _UNLIMITED
        keys, tags = key_hints(hinted, room, most=len(hinted))
        self.query_one("#foot", Lines).show_line(0, [self._said], keys, tags)

    @on(Lines.Pressed)
    async def _hint_pressed(self, event: Lines.Pressed) -> None:
        await self.app.run_command(BY_ID[event.tag])  # type: ignore[attr-defined]
