"""Opening an incident of a folder: to edit it, to review it, to look at its earlier versions, or a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from tui.screens.dialogs import Message
from tui.screens.document import open_document
from tui.screens.history_actions import HistoryActions
from tui.screens.import_actions import ImportActions
from tui.workspace.errors import UserError
from tui.workspace.review_walk import Habits

if TYPE_CHECKING:
    from tui.workspace.library import Library
    from tui.workspace.rows import Row


class LibraryOpening(ImportActions[None]):
    """A list of the incidents of a library. `start` is what they are opened for: to edit them, or with "review" to
    review them; `habits` are what one review leaves to the next."""

    library: Library
    start: str
    habits: Habits

    @property
    def row(self) -> Row | None:
        """The selected incident."""
        raise NotImplementedError

    @work
    async def action_open(self) -> None:
        """Open the selected incident."""
        row = self.row
        if row is None:
            return
        if self.start == "review":
            await self.review_path(row.path)
        else:
            await self.open_path(row.path)

    @work
    async def action_review(self) -> None:
        """Review the selected incident."""
        if (row := self.row) is not None:
            await self.review_path(row.path)

    async def review_path(self, path: Path) -> None:
        """Open a file for review."""
        from tui.screens.review import open_review

        try:
            screen = open_review(path, self.services, self.habits, over_library=True)
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

        row = self.row
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
