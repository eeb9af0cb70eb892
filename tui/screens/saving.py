"""Saving what is open, undoing, copying, and leaving: for every screen that shows a document."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from tui.screens.base import MainScreen
from tui.screens.dialogs import Ask, Confirm, Message
from tui.workspace import storage
from tui.workspace.errors import UserError
from tui.workspace.library import new_file_name
from tui.workspace.session import DocumentSession

if TYPE_CHECKING:
    from tui.workspace.services import Services


class Saving(MainScreen[str]):
    """What can be done with the file of a session. `folder` is where new files go."""

    session: DocumentSession
    services: Services
    folder: Path

    def settle(self) -> None:
        """Take in what is still being typed."""

    def sync(self) -> None:
        """Show the document as it stands."""
        raise NotImplementedError

    @work
    async def action_save(self) -> None:
        """Write the document to its file."""
        await self.save()

    async def save(self) -> bool:
        """Write the document; asks for a name where it has none. False if it was not written."""
        self.settle()
        session = self.session
        if session.path is None or session.read_only:
            return await self.save_as()
        if not session.dirty and session.fingerprint is not None:
            self.say(f"Nothing to save: {session.path.name} is up to date")
            return True
        return await self._write(session.path, overwrite=False)

    async def _write(self, path: Path, *, overwrite: bool, new: bool = False) -> bool:
        session = self.session
        session.seal()
        expect = None if overwrite or new else session.fingerprint
        try:
            fingerprint = storage.atomic_write(
                path, session.text().encode("utf-8"), expect=expect, new=new, disk=self.services.disk
            )  # fmt: skip
        except storage.FileChanged as changed:
            return await self._changed_underneath(path, changed)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            self.say(f"Not saved: {error.title}", "error")
            return False
        session.mark_saved(path, fingerprint)
        self.sync()
        self.say(f"Saved {path.name}", "good")
        return True

    async def _changed_underneath(self, path: Path, changed: UserError) -> bool:
        answer = await self.app.push_screen_wait(
            Confirm(
                changed.title,
                f"{changed.detail}\n\nNothing was written. Your text is still here.",
                [
                    ("s", "Save as another file", "save-as"),
                    ("o", "Overwrite what is there now", "overwrite"),
                    ("c", "Cancel", "cancel"),
                ],
            )
        )
        if answer == "save-as":
            return await self.save_as()
        if answer == "overwrite":
            return await self._write(path, overwrite=True)
        self.say("Not saved", "warning")
        return False

    @work
    async def action_save_as(self) -> None:
        """Write the document to another file."""
        await self.save_as()

    async def save_as(self) -> bool:
        """Ask for a name and write the document there."""
        session = self.session
        suggested = session.path or new_file_name(self.session.doc.title, self.day_of_incident(), self.folder)
        name = await self.app.push_screen_wait(
            Ask("Save as", detail="File name (.toml):", value=str(shown_name(suggested, self.folder)), check=wrong_name)
        )
        if name is None:
            self.say("Not saved", "warning")
            return False
        path = (self.folder / Path(name).expanduser()).with_suffix(".toml")
        if path.exists() and path != session.path:
            answer = await self.app.push_screen_wait(
                Confirm(
                    "There is such a file",
                    str(path),
                    [("c", "Choose another name", "again"), ("o", "Overwrite it", "overwrite")],
                )
            )
            if answer != "overwrite":
                return await self.save_as() if answer == "again" else False
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
        return answer == "discard"


def shown_name(path: Path, folder: Path) -> Path:
    """A path as it is suggested: short where it is in the folder."""
    return path.relative_to(folder) if path.is_relative_to(folder) else path


def wrong_name(name: str) -> str:
    """Why a name cannot be that of a file; empty where it can."""
    if not name.strip():
        return "a file name is needed"
    if "\0" in name or name.strip().endswith(("/", "\\")):
        return "that is no file name"
    return ""
