"""Saving what is open, undoing, copying, and leaving: for every screen that shows a document."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from textual import work

from tui.screens.dialogs import Ask, Confirm
from tui.screens.file_changes import came_in
from tui.screens.file_following import FileFollowing
from tui.workspace import storage
from tui.workspace.atomic_writing import FileChanged, atomic_write
from tui.workspace.behind import behind
from tui.workspace.errors import UserError
from tui.workspace.names import new_file_name, typed_path, wrong_file_name

if TYPE_CHECKING:
    from schemas.differences import Differences


T = TypeVar("T")

_LONG: Final = 1 << 18
"""Bytes of a file from which on it is written behind the screen. A shorter one is there before the next key."""

_PAUSES_OF_REST: Final = 2
"""Pauses (see `Services`) without a change before the version of a long file is kept."""

_MOST_RESTS: Final = 20
"""How often at most that is waited for, where somebody types on and on."""


class Saving(FileFollowing):
    """What can be done with the file of a session. `folder` is where new files go, `suggested` a name for the first."""

    suggested: Path | None = None

    @work
    async def action_save(self) -> None:
        """Write the document to its file."""
        await self.save()

    async def save(self) -> bool:
        """Write the document; asks for a name where it has none. False if it was not written."""
        async with self.session.saving:
            return await self._save()

    async def _save(self) -> bool:
        self.settle()
        session = self.session
        if session.path is None or session.read_only:
            return await self._save_as()
        if not session.dirty and session.fingerprint is not None:
            self.say(f"Nothing to save: {session.path.name} is up to date")
            return True
        return await self._write(session.path, overwrite=False)

    async def _write(
        self, path: Path, *, overwrite: bool, new: bool = False, united: Differences | None = None
    ) -> bool:  # fmt: skip
        """Write the document to a file; `united` is what came in from there just now."""
        session, keeper = self.session, self.keeper
        session.seal()
        written, data = session.doc, session.text().encode("utf-8")
        expect = None if overwrite or new else session.fingerprint
        # Keys are taken while a long file is written; what they change is not saved then.
        aside = behind if len(data) > _LONG else _at_once
        session.being_written = True
        try:
            trouble = await aside(partial(keeper.before_save, path)) if keeper else None
            fingerprint = await aside(
                partial(atomic_write, path, data, expect=expect, new=new, disk=self.services.disk)
            )
        except FileChanged as changed:
            return await (self._gone(path, changed) if changed.gone else self._unite_and_write(path, changed))
        except UserError as error:
            return await self._failed(error)
        finally:
            session.being_written = False
        resolved = session.in_conflict
        session.mark_saved(path, fingerprint, written)
        if keeper is not None:
            keeper.file_taken_over()
        self.file_mark = ""
        self.sync_file()
        self._say_saved(path, united, trouble, resolved=resolved)
        if keeper is not None:
            # The words are in their file; that this version can be had again later is nothing to wait for.
            if aside is behind:
                await self._rest()
            later = await asyncio.to_thread(keeper.keep_version, path, data)
            if later is not None and trouble is None:
                self._say_saved(path, united, later, resolved=resolved)
        return True

    async def _rest(self) -> None:
        """Wait until nobody has typed for a moment, or until another save or the end of the session waits for this one.

        To pack a long file takes a processor for longer than a key.
        """
        for _ in range(_MOST_RESTS):
            before = self.session.doc
            if not await self.session.saving.rest(_PAUSES_OF_REST * self.services.pause) or self.session.doc is before:
                return

    def _say_saved(
        self, path: Path, united: Differences | None, trouble: UserError | None, *, resolved: bool = False
    ) -> None:  # fmt: skip
        said = f"Saved {path.name}"
        if resolved:
            said += f" · conflict resolved: git add {path.name}"
        if united is not None:
            said += f" · {came_in(united).lower()} from the file: Alt+O shows"
        if trouble is not None:
            self.say(f"{said} · {trouble.title}: {trouble.detail}", "warning")
        else:
            self.say(said, "good")

    async def _failed(self, error: UserError) -> bool:
        answer = await self.app.push_screen_wait(
            Confirm(
                error.title,
                f"{error.detail}\n{error.hint}\n\nYour text is still here.",
                [("s", "Save as another file", "save-as"), ("c", "Go on writing", "cancel")],
            )
        )
        if answer == "save-as":
            return await self._save_as()
        self.say(f"Not saved: {error.title}", "error")
        return False

    async def _unite_and_write(self, path: Path, changed: UserError) -> bool:
        """Take in what somebody else wrote meanwhile, asking where both changed the same, and write the whole."""
        session = self.session
        try:
            opened = storage.open_file(path, disk=self.services.disk)
        except UserError as error:
            return await self._ask_before_overwriting(path, changed, error)
        if (conflict := self.unite(opened.loaded, opened.fingerprint, tell=False)) is not None:
            if not await self.settle_conflict(conflict, opened.fingerprint):
                self.say("Not saved: the file and you changed the same", "warning")
                return False
            return await self._write(path, overwrite=False)
        if not session.dirty:
            self.say(f"Nothing to save: {path.name} already says so", "good")
            return True
        return await self._write(path, overwrite=False, united=self.came_in_last)

    async def _ask_before_overwriting(self, path: Path, changed: UserError, unreadable: UserError) -> bool:
        answer = await self.app.push_screen_wait(
            Confirm(
                changed.title,
                f"What is there now is no incident that can be merged:\n{unreadable.title}. {unreadable.detail}\n\n"
                "Nothing was written. Your text is still here.",
                [
                    ("s", "Save as another file", "save-as"),
                    ("o", "Overwrite what is there now", "overwrite"),
                    ("c", "Cancel", "cancel"),
                ],
            )
        )
        return await self._answered(path, answer)

    async def _gone(self, path: Path, gone: UserError) -> bool:
        answer = await self.app.push_screen_wait(
            Confirm(
                gone.title,
                f"{gone.detail}\n\nYour text is still here.",
                [
                    ("w", f"Write {path.name} again", "again"),
                    ("s", "Save as another file", "save-as"),
                    ("c", "Cancel", "cancel"),
                ],
            )
        )
        return await self._answered(path, answer)

    async def _answered(self, path: Path, answer: str | None) -> bool:
        if answer == "save-as":
            return await self._save_as()
        if answer == "overwrite":
            return await self._write(path, overwrite=True)
        if answer == "again":
            return await self._write(path, overwrite=False, new=True)
        self.say("Not saved", "warning")
        return False

    @work
    async def action_save_as(self) -> None:
        """Write the document to another file."""
        await self.save_as()

    async def save_as(self) -> bool:
        """Ask for a name and write the document there."""
        async with self.session.saving:
            return await self._save_as()

    async def _save_as(self) -> bool:
        session = self.session
        suggested = session.path or self.suggested
        suggested = suggested or new_file_name(session.doc.title, self.day_of_incident(), self.folder)
        name = await self.app.push_screen_wait(
            Ask(
                "Save as",
                detail="File name (.toml):",
                value=str(shown_name(suggested, self.folder)),
                check=wrong_file_name,
            )
        )
        if name is None:
            self.say("Not saved", "warning")
            return False
        path = typed_path(name, self.folder, ".toml")
        if path != session.path and os.path.exists(path):  # noqa: PTH110 (never raises)
            answer = await self.app.push_screen_wait(
                Confirm(
                    "There is such a file",
                    str(path),
                    [("c", "Choose another name", "again"), ("o", "Overwrite it", "overwrite")],
                )
            )
            if answer != "overwrite":
                return await self._save_as() if answer == "again" else False
            return await self._write(path, overwrite=True)
        return await self._write(path, overwrite=path == session.path, new=path != session.path)

    def day_of_incident(self) -> date:
        """The day on which it began, today where that is not known."""
        timed = self.session.timeline.timed
        dated = next((entry.wall.date() for entry in timed if entry.wall and entry.dated), None)
        return dated or self.services.now().date()

    def copy_out(self, text: str, what: str) -> None:
        """Put a text on the terminal's clipboard, and say so."""
        try:
            self.services.clipboard(text, self.app.copy_to_clipboard)
        except UserError as error:
            self.say(f"{error.title}. {error.hint}", "error")
            return
        self.say(f"Sent {what} to the terminal's clipboard ({len(text):,} characters), if it takes such")

    def action_undo(self) -> None:
        """Take back the last change."""
        if self.session.read_only and not self.session.dirty:
            self.say(f"Read-only: {self.session.read_only}", "warning")
            return
        self.settle()
        step = self.session.undo()
        self.say(f"Undone: {step.label}" if step else "Nothing to undo")

    def action_redo(self) -> None:
        """Do again what was undone."""
        step = self.session.redo()
        self.say(f"Done again: {step.label}" if step else "Nothing to do again")

    async def may_leave(self) -> bool:
        """Whether the document can be closed: it is saved, or the person says so."""
        self.settle()
        async with self.session.saving:
            if not self.session.dirty:
                return True
        title = self.session.doc.title or "this incident"
        answer = await self.app.push_screen_wait(
            Confirm(
                "Not saved yet",
                f"{title} has changes that are in no file.",
                [("s", "Save and leave", "save"), ("d", "Discard the changes", "discard"), ("c", "Stay here", "stay")],
            )
        )
        if answer == "save":
            return await self.save()
        if answer == "discard" and self.keeper is not None:
            self.keeper.let_go()
        return answer == "discard"


async def _at_once(work: Callable[[], T]) -> T:
    """What some work gives, done here and now."""
    return work()


def shown_name(path: Path, folder: Path) -> Path:
    """A path as it is suggested: short where it is in the folder."""
    return path.relative_to(folder) if path.is_relative_to(folder) else path
