"""What is done with the file of a selected incident without opening it: it goes to the trash, or is exported."""

from __future__ import annotations

import os
from pathlib import Path

from textual import work
from textual.worker import Worker

from tui.screens.dialogs import Confirm, Message
from tui.screens.library_opening import LibraryOpening
from tui.workspace import export, storage
from tui.workspace.commands import BY_ID, key_text
from tui.workspace.errors import UserError
from tui.workspace.trash import TRASH, Trashed, move_to_trash, restore


class LibraryFiles(LibraryOpening):
    """A list of the incidents of a library, with the files that they are in.

    `trashed` are the files that went to the trash since the start, which can be brought back, the last one first.
    """

    trashed: list[Trashed]

    def offer(self, command: str, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line, and the command that is wanted most after it."""
        raise NotImplementedError

    def select(self, path: Path) -> None:
        """Go to the row of a file, as soon as the list has it."""
        raise NotImplementedError

    def read_folder(self) -> Worker[None]:
        """Look at what is in the folder now."""
        raise NotImplementedError

    @work
    async def action_delete(self) -> None:
        """Move the selected file to the trash, after asking."""
        row = self.row
        if row is None:
            return
        key = key_text(BY_ID["library.undo"].keys[0])
        answer = await self.app.push_screen_wait(
            Confirm(
                "Move to the trash?",
                f"{row.title or row.name}\n{row.name} goes to the folder {TRASH} of this library.\n"
                f"{key} brings it back.",
                [("c", "Keep it", "keep"), ("d", "Move it to the trash", "delete")],
            )
        )
        if answer != "delete":
            return
        try:
            gone = move_to_trash(row.path, self.folder / TRASH, disk=self.services.disk)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        self.trashed.append(Trashed(row.path, gone))
        # What was done stands first: of a long name a narrow screen shows only the beginning.
        self.offer("library.undo", f"In {gone.parent.name}/: {gone.name}")
        self.read_folder()

    @work
    async def action_undo(self) -> None:
        """Bring back the file that went to the trash last, under another name if its own is taken by now."""
        if not self.trashed:
            self.say("Nothing went to the trash since the start")
            return
        last = self.trashed.pop()
        try:
            back = restore(last.now, last.was, disk=self.services.disk)
        except UserError as error:
            if os.path.lexists(last.now):
                self.trashed.append(last)
            await self.app.push_screen_wait(Message.of(error))
            return
        taken = back != last.was
        said = f"Name taken: back as {back.name}" if taken else f"Back: {back.name}"
        if self.trashed:
            self.offer("library.undo", said, "warning" if taken else "muted")
        else:
            self.say(said, "warning" if taken else "muted")
        self.select(back)
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
