"""Exporting, copying, and the external editor; saving and leaving are every document's (see `saving`)."""

from __future__ import annotations

import os
from pathlib import Path

from textual import work

from schemas import edits
from schemas.sections import BY_KEY
from tui.screens.dialogs import Ask, Confirm, Message
from tui.screens.document_view import DocumentView
from tui.screens.saving import Saving, shown_name
from tui.workspace.errors import UserError
from tui.workspace.history import Target
from tui.workspace.names import new_file_name, typed_path, wrong_file_name


class FileActions(DocumentView, Saving):
    """Actions on the file."""

    def settle(self) -> None:
        """Take in the field that is being typed in."""
        self.form.settle()

    @work
    async def action_export(self) -> None:
        """Write the document as Markdown."""
        from tui.workspace import export

        named = self.session.path or new_file_name(self.doc.title, self.day_of_incident(), self.folder)
        path = named.with_suffix(".md")
        name = await self.app.push_screen_wait(
            Ask(
                "Export to Markdown",
                detail="File name (.md):",
                value=str(shown_name(path, self.folder)),
                check=wrong_file_name,
            )
        )
        if name is None:
            return
        target = typed_path(name, self.folder, ".md")
        there = os.path.exists(target)  # noqa: PTH110 (never raises)
        if there and not await self._may_overwrite(target):
            return
        try:
            export.export_markdown(self.doc, target, disk=self.services.disk)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        self.say(f"Exported {target.name}", "good")

    async def _may_overwrite(self, path: Path) -> bool:
        answers = [("o", "Overwrite it", "over"), ("c", "Leave it as it is", "keep")]
        return await self.app.push_screen_wait(Confirm("There is such a file", str(path), answers)) == "over"

    def action_copy_markdown(self) -> None:
        """The whole Markdown to the clipboard."""
        from schemas.writers.markdown import to_markdown

        self.copy_out(to_markdown(self.doc), "the whole document")

    def action_copy_section(self) -> None:
        """The Markdown of the open section to the clipboard."""
        from schemas.writers.markdown import section_markdown

        if self.prose.display:
            self.copy_out(section_markdown(self.doc, self.spot.part), "this section")
        else:
            self.action_copy_markdown()

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
        # Nothing of this program runs while the editor does, and the line may drop meanwhile.
        self.keep_all()
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
