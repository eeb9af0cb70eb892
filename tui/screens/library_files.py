"""What is done with the file of a selected incident without opening it: it goes to the trash, or is exported."""

from __future__ import annotations

from textual import work
from textual.worker import Worker

from tui.screens.dialogs import Confirm, Message
from tui.screens.library_opening import LibraryOpening
from tui.workspace import export, storage
from tui.workspace.errors import UserError
from tui.workspace.trash import TRASH, move_to_trash


class LibraryFiles(LibraryOpening):
    """A list of the incidents of a library, with the files that they are in."""

    def read_folder(self) -> Worker[None]:
        """Look at what is in the folder now."""
        raise NotImplementedError

    @work
    async def action_delete(self) -> None:
        """Move the selected file to the trash, after asking."""
        row = self.row
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
            gone = move_to_trash(row.path, self.folder / TRASH)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        # What was done stands first: of a long name a narrow screen shows only the beginning.
        self.say(f"In {gone.parent.name}/: {gone.name}")
        self.read_folder()

    @work
    async def action_export(self) -> None:
        """Write the selected incident as Markdown beside its file."""
        row = self.row
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
