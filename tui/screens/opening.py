"""The first frame: what the head of the file tells, while everything else is still being read.

Importing the models and reading a file takes longer than painting. So the title is shown at once, and what is typed
meanwhile waits for the screen that follows.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from tui.screens.base import MainScreen
from tui.widgets.key_hints import DOCUMENT, key_hints
from tui.widgets.line import Lines
from tui.workspace.errors import UserError
from tui.workspace.rows import quick_row

if TYPE_CHECKING:
    from tui.app import PostmortemApp
    from tui.workspace.services import Services


def first_screen(path: Path, services: Services, start: str = "") -> MainScreen[Any]:
    """The library of a folder, or the document of a file; with `start="review"` a review of it.

    Raises:
        UserError: the file cannot be read or is no incident.
    """
    if os.path.isdir(path):  # noqa: PTH112 (never raises)
        from tui.screens.library import LibraryScreen

        return LibraryScreen(path, services, start=start)
    if start == "review":
        from tui.screens.review import open_review
        from tui.workspace.review_walk import Habits

        return open_review(path, services, Habits(), over_library=False)
    from tui.screens.document import open_document

    return open_document(path, services, over_library=False)


class OpeningScreen(MainScreen[None]):
    """Shows what is known already where the screen that follows will have it, and stays below that one."""

    DEFAULT_CSS = """
    OpeningScreen { background: $background; }
    OpeningScreen > #foot { dock: bottom; background: $surface; }
    """
    AUTO_FOCUS = None
    app: PostmortemApp

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """The head and the foot of what comes."""
        yield Lines(height=2, id="head")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        """What is known without reading the file, and then the rest behind the first frame."""
        head = self.query_one("#head", Lines)
        row = quick_row(self._path) if os.path.isfile(self._path) else None  # noqa: PTH113 (never raises)
        if row is not None:
            place = row.zone.rpartition("/")[2].replace("_", " ") or "no zone"
            facts = " · ".join(filter(None, [row.status, row.severity or "no severity", place]))
            head.show_line(0, [(row.title or "Untitled incident", "strong")], [(f"{facts} ", "muted")])
            if not self.app.start:
                keys, _ = key_hints(("app.help", *DOCUMENT), self.app.size.width - 3)
                self.query_one("#foot", Lines).show_line(0, (), keys)
        else:
            head.show_line(0, [(f"{self._path.resolve().name}/", "strong")])
        head.show_line(1, [("Reading …", "muted")])
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        self.run_worker(self._open(), exit_on_error=True)

    def _first_screen(self) -> MainScreen[Any]:
        return first_screen(self._path, self.app.services, self.app.start)

    async def _open(self) -> None:
        try:
            screen = await asyncio.to_thread(self._first_screen)
        except UserError as error:
            self.app.refuse(error)
            return
        # On top of this one: Textual cannot take an app's default screen off its stack.
        await self.app.push_screen(screen)
        await self.app.say_first()
