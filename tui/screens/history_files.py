"""What is done with an earlier version: it is restored, saved as a file of its own, or copied."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from textual import work

from schemas.incident import Incident
from tui.screens.base import MainScreen
from tui.screens.dialogs import Ask, Confirm, Message
from tui.workspace import storage
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.errors import UserError
from tui.workspace.file_versions import Content, Contents, Version
from tui.workspace.names import typed_path, wrong_file_name
from tui.workspace.version_words import name_of
from tui.workspace.versions_kept import SaveHistory

if TYPE_CHECKING:
    from schemas.toml_remarks import Remark
    from tui.workspace.services import Services
    from tui.workspace.session import DocumentSession


class Restored(Struct, frozen=True):
    """The version that a person wants back; `name` is what it is called: `Tue 3 Mar 14:05`."""

    incident: Incident
    remarks: tuple[Remark, ...]
    name: str


class HistoryFiles(MainScreen[Restored | None]):
    """A screen with a version of the file at `path` selected; `session` is the open document, if there is one."""

    path: Path
    services: Services
    session: DocumentSession | None
    contents: Contents

    @property
    def version(self) -> Version:
        """The one under the cursor."""
        raise NotImplementedError

    def read_kept(self) -> None:
        """There are other versions than before."""
        raise NotImplementedError

    def document(self) -> Content | None:
        """What is open now, without its text; None where nothing is open and the file counts."""
        session = self.session
        return Content(b"", session.doc, session.remarks) if session is not None else None

    async def _content(self) -> Content:
        version, session = self.version, self.session
        if version.kind == "now" and session is not None:
            return Content(session.text().encode("utf-8"), session.doc, session.remarks)
        return await asyncio.to_thread(self.contents.of, version)

    @work(exclusive=True, group="deciding")
    async def action_restore(self) -> None:
        """Give back the selected version; nothing is asked, as it can be undone."""
        version = self.version
        if version.kind == "now":
            self.say("This is what there is now: choose an earlier one")
            return
        content = await self._content()
        if content.incident is None:
            self.say("It is no incident that can be read: s saves its text", "warning")
        elif self.session is not None and self.session.read_only:
            why = f"The document is read-only: {self.session.read_only}.\nThe version can be a file of its own."
            await self._or_else("Nothing can be restored here", why, content)
        elif self.session is None and (why := await asyncio.to_thread(self._why_not_opened)):
            name = self.path.name
            why = f"{why}\n\nThe version can take its place; what is there now is kept as a version, too."
            await self._or_else(f"{name} cannot be opened", why, content, ("w", f"Write it to {name}", "write"))
        else:
            name = name_of(version, self.services.now(), self.services.zone)
            self.dismiss(Restored(content.incident, content.remarks, name))

    def _why_not_opened(self) -> str:
        try:
            storage.open_file(self.path, disk=self.services.disk)
        except UserError as error:
            return f"{error.title}. {error.detail}".strip()
        return ""

    async def _or_else(self, title: str, why: str, content: Content, *more: tuple[str, str, str]) -> None:
        """Offer what can be done with a version that cannot be restored as a change of the document."""
        answers = [("s", "Save it as another file", "save-as"), *more, ("c", "Cancel", "cancel")]
        answer = await self.app.push_screen_wait(Confirm(title, why, answers))
        if answer == "save-as":
            await self._save_as(content)
        elif answer == "write":
            await self._put_in_place(content)

    async def _put_in_place(self, content: Content) -> None:
        """Write a version to the file itself, which holds nothing that could be opened."""
        history = SaveHistory(now=self.services.now, disk=self.services.disk)
        try:
            if (trouble := history.before_save(self.path)) is not None:
                raise trouble
            atomic_write(self.path, content.data, disk=self.services.disk)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            self.say(f"Not restored: {error.title}", "error")
            return
        history.after_save(self.path, content.data)
        self.read_kept()
        self.say(f"Restored {self.path.name}; what was there is kept", "good")

    @work(exclusive=True, group="deciding")
    async def action_save_as(self) -> None:
        """Write the selected version to a file of its own."""
        await self._save_as(await self._content())

    async def _save_as(self, content: Content) -> None:
        if not content.data:
            self.say(content.problem or "There is nothing in it", "warning")
            return
        at = self.version.at.astimezone(self.services.zone)
        # What is no incident shall not look like one.
        ending = ".toml" if content.incident is not None else ".txt"
        name = await self.app.push_screen_wait(
            Ask("Save the version", detail="File name:", value=f"{self.path.stem}-{at:%Y-%m-%d-%H%M}{ending}",
                hint="Your file is not touched · Enter saves · Esc leaves", check=self._wrong_name)
        )  # fmt: skip
        if name is not None:
            await self._write(self._target(name), content.data)

    async def _write(self, target: Path, data: bytes) -> None:
        new = True
        if os.path.exists(target):  # noqa: PTH110 (never raises)
            answer = await self.app.push_screen_wait(
                Confirm("There is such a file", str(target), [("c", "Leave it", "keep"), ("o", "Overwrite it", "over")])
            )
            if answer != "over":
                self.say("Not saved")
                return
            new = False
        try:
            atomic_write(target, data, new=new, disk=self.services.disk)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            self.say(f"Not saved: {error.title}", "error")
            return
        self.say(f"Saved {target.name}", "good")

    def _target(self, name: str) -> Path:
        return typed_path(name, self.path.parent)

    def _wrong_name(self, name: str) -> str:
        if wrong := wrong_file_name(name):
            return wrong
        own = self._target(name).resolve() == self.path.resolve()
        return "that is the file itself: restore the version to have it there" if own else ""

    @work(exclusive=True, group="deciding")
    async def action_copy(self) -> None:
        """Put the text of the version's file on the clipboard."""
        text = (await self._content()).text
        try:
            self.services.clipboard(text, self.app.copy_to_clipboard)
        except UserError as error:
            self.say(f"{error.title}: s saves it to a file", "error")
            return
        self.say(f"Sent the version to the terminal's clipboard ({len(text):,} characters), if it takes such")
