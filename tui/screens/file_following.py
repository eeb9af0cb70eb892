"""What an open document does about its file: keeps a journal, says that it is open here, notices what others write."""

from __future__ import annotations

import asyncio
import contextlib
from itertools import count
from pathlib import Path
from typing import Final

from tui.screens.file_changes import FileChanges
from tui.workspace.errors import UserError
from tui.workspace.keeping import Keeper
from tui.workspace.locks import RENEW_SECONDS, Held, Holder
from tui.workspace.watching import INTERVAL, Same

_LOCK_EVERY: Final = 3
"""Looks between two tries to get a lock that somebody else has."""

_RENEW_EVERY: Final = int(RENEW_SECONDS / INTERVAL)


class FileFollowing(FileChanges):
    """A screen that shows a document of a file. `shared`: another screen below holds the same one, and looks after it.

    What is unsaved is in the journal within a second, from before the first key until the screen is left.
    """

    folder: Path
    shared = False

    _anyway = False

    async def on_mount(self) -> None:
        """Begin to keep what is typed; everything that may wait for a disk comes behind the first frame."""
        if self.shared or self.keeper is not None or not self.services.keeps:
            return
        self.keeper = Keeper(self.session, self.services, begun_in=self.folder)
        loop = asyncio.get_running_loop()

        def told(problem: UserError | None) -> None:
            # From the thread of the journal, which must not wait for the screen: the screen may be waiting for it.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._journal_told, problem)

        self.keeper.start(told)
        self.call_after_refresh(self._follow)

    def on_unmount(self) -> None:
        """What is unsaved stays in the journal; the file is free for others."""
        if self.keeper is not None and not self.shared:
            self.keeper.close()

    def keep_all(self, *, at_once: bool = False) -> bool | None:
        """See to it that every word is on the disk; see `MainScreen.keep_all`."""
        try:
            if not at_once and self.is_mounted:
                self.settle()
        except Exception:  # the program is ending because something failed: what the document holds is kept
            self.file_mark = "program fails"
        if not self.session.dirty:
            return None
        return self.keeper.flush() if self.keeper is not None else False

    # Following

    def _follow(self) -> None:
        self.run_worker(self._following(), group="file", exclusive=True)

    async def _following(self) -> None:
        await self.ask_for_lock()
        for number in count(1):
            await asyncio.sleep(INTERVAL)
            await self.look_at_file()
            if number % _RENEW_EVERY == 0:
                await self._renew_lock()
            if number % _LOCK_EVERY == 0 and not self._anyway:
                await self.ask_for_lock()

    async def look_at_file(self) -> None:
        """See whether somebody else did something to the file, and do what is to be done about it."""
        keeper = self.keeper
        if keeper is None or keeper.paused or self.session.being_written:
            return
        found = await asyncio.to_thread(keeper.look)
        # What it saw may be what is being written here.
        if not isinstance(found, Same) and not self.session.being_written:
            self.file_news(found)

    async def ask_for_lock(self) -> None:
        """Say that the file is open here; where somebody else has said so, the document is for reading."""
        keeper, session = self.keeper, self.session
        waiting = keeper is not None and keeper.held is not None
        if keeper is None or keeper.locked or session.path is None or (session.read_only and not waiting):
            return
        before = keeper.held
        found = await asyncio.to_thread(keeper.lock)
        if isinstance(found, Held):
            if before is None:
                self._locked_out(found)
        elif before is not None:
            session.set_read_only("")
            self.say(f"{before.by.said()} has closed the file: you can edit it now", "good")
        elif isinstance(found, Holder):
            self.say(f"The lock of {found.said()}, which has ended, was taken over")

    async def _renew_lock(self) -> None:
        keeper = self.keeper
        if keeper is not None and keeper.locked and not await asyncio.to_thread(keeper.renew_lock):
            await self.ask_for_lock()

    def _locked_out(self, held: Held) -> None:
        since = held.by.since
        when = f" since {since.astimezone(self.services.zone):%H:%M}" if since else ""
        who = "another window of yours" if held.ours else held.by.said()
        seems = "" if held.certain else " (it seems)"
        self.session.set_read_only(f"open elsewhere, by {who}{when}{seems}")
        self.say(f"Open elsewhere, by {who}{when}{seems}: you can read along", "warning")

    def action_edit_anyway(self) -> None:
        """Edit although somebody else has the file open: what both write is merged when it is saved."""
        keeper = self.keeper
        if keeper is None or keeper.held is None or not self.session.read_only:
            self.say("Nobody else has this file open")
            return
        self._anyway = True
        self.session.set_read_only("")
        self.say("Two of you edit it now: what both write is merged with each save", "warning")

    def _journal_told(self, problem: UserError | None) -> None:
        self.file_mark = "words not kept" if problem is not None else ""
        if problem is not None:
            self.say(f"{problem.title}: {problem.detail}", "error")
            self.notify(f"{problem.detail}\n{problem.hint}", title=problem.title, severity="warning", markup=False)
        else:
            self.say("Unsaved words are kept safe again", "good")
        self.sync()
