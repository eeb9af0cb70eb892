"""Saving, exporting, copying, the external editor, and leaving."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual import work

from schemas import edits
from schemas.sections import BY_KEY
from tui.screens.dialogs import Ask, Confirm, Message
from tui.screens.document_view import DocumentView
from tui.workspace import export, storage
from tui.workspace.errors import UserError
from tui.workspace.history import Target
from tui.workspace.library import new_file_name


class FileActions(DocumentView):
    """Actions on the file."""

    folder: Path

    @work
    async def action_save(self) -> None:
        """Write the document to its file."""
        await self.save()

    async def save(self) -> bool:
        """Write the document; asks for a name where it has none. False if it was not written."""
        self.form.settle()
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
        suggested = session.path or new_file_name(self.doc.title, self._day(), self.folder)
        name = await self.app.push_screen_wait(
            Ask("Save as", detail="File name (.toml):", value=str(_shown(suggested, self.folder)), check=_wrong_name)
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

    def _day(self) -> date:
        timed = self.session.timeline.timed
        dated = next((entry.wall.date() for entry in timed if entry.wall and entry.dated), None)
        return dated or self.services.now().date()

    @work
    async def action_export(self) -> None:
        """Write the document as Markdown."""
        path = (self.session.path or new_file_name(self.doc.title, self._day(), self.folder)).with_suffix(".md")
        name = await self.app.push_screen_wait(
            Ask(
                "Export to Markdown", detail="File name (.md):", value=str(_shown(path, self.folder)), check=_wrong_name
            )
        )
        if name is None:
            return
        target = (self.folder / Path(name).expanduser()).with_suffix(".md")
        try:
            export.export_markdown(self.doc, target, disk=self.services.disk)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        self.say(f"Exported {target.name}", "good")

    def action_copy_markdown(self) -> None:
        """The whole Markdown to the clipboard."""
        from schemas.writers.markdown import to_markdown

        self._copy(to_markdown(self.doc), "the whole document")

    def action_copy_section(self) -> None:
        """The Markdown of the open section to the clipboard."""
        from schemas.writers.markdown import section_markdown

        if self.prose.display:
            self._copy(section_markdown(self.doc, self.spot.part), "this section")
        else:
            self.action_copy_markdown()

    def _copy(self, text: str, what: str) -> None:
        try:
            self.services.clipboard(text, self.app.copy_to_clipboard)
        except UserError as error:
            self.say(f"{error.title}. {error.hint}", "error")
            return
        self.say(f"Sent {what} to the terminal's clipboard ({len(text):,} characters), if it takes such")

    @work
    async def action_external_editor(self) -> None:
        """Open the text in the person's own editor and take back what comes of it."""
        session, key = self.session, self.spot.part
        if not self.prose.display:
            self.say("Open a text first: $EDITOR edits one section")
            return
        if session.read_only:
            self.say(f"Read-only: {session.read_only}", "warning")
            return
        before = edits.section_text(self.doc, key)
        try:
            with self.app.suspend():
                after = self.services.editor(before, f"{key}.md")
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        finally:
            self.app.refresh(layout=True)
        if after is None or after == before:
            self.say("Nothing changed in the editor")
            return
        place = f"sections/{key}" if key in BY_KEY else f"other_sections/{key}"
        session.seal()
        session.execute(
            lambda doc: edits.set_section(doc, key, after), label="editing outside", target=Target(place, 0)
        )
        session.seal()
        self.say("Taken back from the editor · ^Z undoes it", "good")

    def action_undo(self) -> None:
        """Take back the last change."""
        self.form.settle()
        step = self.session.undo()
        self.say(f"Undone: {step.label}" if step else "Nothing to undo")

    def action_redo(self) -> None:
        """Do again what was undone."""
        step = self.session.redo()
        self.say(f"Done again: {step.label}" if step else "Nothing to do again")

    async def may_leave(self) -> bool:
        """Whether the document can be closed: it is saved, or the person says so."""
        self.form.settle()
        if not self.session.dirty:
            return True
        title = self.doc.title or "this incident"
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


def _shown(path: Path, folder: Path) -> Path:
    return path.relative_to(folder) if path.is_relative_to(folder) else path


def _wrong_name(name: str) -> str:
    if not name.strip():
        return "a file name is needed"
    if "\0" in name or name.strip().endswith(("/", "\\")):
        return "that is no file name"
    return ""
