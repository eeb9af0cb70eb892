"""Importing a document from the library: choosing it, looking at what was made of it, opening that as a draft."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from schemas.incident import Incident
from tui.screens.base import MainScreen, Result
from tui.screens.dialogs import Message
from tui.workspace.errors import EXIT_FILE, UserError, shown
from tui.workspace.pasted import Pasted

if TYPE_CHECKING:
    from tui.workspace.import_files import Source
    from tui.workspace.services import Services


class ImportActions(MainScreen[Result]):
    """A screen from which documents can be imported. `folder` is where new incidents go."""

    folder: Path
    services: Services
    _looked_in: Path | None = None
    """The folder of the document that was imported last."""

    @work(exclusive=True, group="importing")
    async def action_import(self) -> None:
        """Choose a document, look at what is made of it, and open that as an unsaved draft.

        Whoever leaves one step is back at the one before: a pasted text is in its window again.
        """
        chosen: Path | Pasted | None = None
        while (chosen := await self._choose(chosen)) is not None:
            try:
                source = chosen if isinstance(chosen, Pasted) else await self._document_of(chosen)
                channel = await self._channel(source) if source is not None else None
            except UserError as error:
                await self.app.push_screen_wait(Message.of(error))
                continue
            if source is None or channel is None:
                continue
            if (incident := await self._look_at(source, channel)) is not None:
                await self._open(incident, source)
                return

    async def _choose(self, before: Path | Pasted | None) -> Path | Pasted | None:
        """The file or the text that the person chose; `before` is what was chosen the time before."""
        from tui.screens.import_paste import ImportPaste
        from tui.screens.import_picker import PASTE, ImportPicker

        pasting = isinstance(before, Pasted)
        while True:
            if pasting:
                text = before.text if isinstance(before, Pasted) else ""
                pasted = await self.app.push_screen_wait(ImportPaste(text))
                if pasted is not None:
                    return pasted
            at = before if isinstance(before, Path) else None
            picked = await self.app.push_screen_wait(ImportPicker(self._looked_in or self.folder, at=at))
            if isinstance(picked, Path):
                self._looked_in = picked.parent
            if isinstance(picked, Path | Pasted) or picked != PASTE:
                return picked if isinstance(picked, Path | Pasted) else None
            pasting, before = True, None

    async def _document_of(self, path: Path) -> Source | None:
        """The document that a file is or holds; None where the person chose none of several."""
        from tui.screens.picker import Choice, Picker
        from tui.workspace.import_reading import documents_in

        found = documents_in(path)
        if not found:
            raise UserError(
                f"{shown(path)} holds no document", "There is no text in it that could be read.",
                "Name a file of text, such as Markdown, or an archive that holds one.", EXIT_FILE,
            )  # fmt: skip
        if len(found) == 1:
            return found[0]
        choices = [
            Choice(str(number), each.name.rpartition("/")[2], detail=each.name) for number, each in enumerate(found)
        ]
        chosen = await self.app.push_screen_wait(Picker(f"{len(found)} documents in {shown(Path(path.name))}", choices))
        return found[int(chosen)] if chosen is not None else None

    async def _channel(self, source: Source | Pasted) -> str | None:
        """The channel of a Slack export that is to be read; empty for anything else, None where nothing was chosen."""
        from tui.screens.picker import Choice, Picker
        from tui.workspace.import_reading import channels_in

        channels = [] if isinstance(source, Pasted) or source.member else channels_in(source.path)
        if len(channels) < 2:
            return "".join(channels)
        return await self.app.push_screen_wait(
            Picker("Channel of the incident", [Choice(c, f"#{c}") for c in channels])
        )

    async def _look_at(self, source: Source | Pasted, channel: str) -> Incident | None:
        """What the person accepted of what was made of a document."""
        from tui.screens.import_screen import ImportScreen
        from tui.workspace.import_keeping import keep_draft
        from tui.workspace.import_reading import is_large, name_of, reader_of, size_of

        return await self.app.push_screen_wait(
            ImportScreen(
                name_of(source), reader_of(source, channel=channel), large=is_large(source), size=size_of(source),
                keep=partial(keep_draft, services=self.services, folder=self.folder),
            )
        )  # fmt: skip

    async def _open(self, incident: Incident, source: Source | Pasted) -> None:
        """Open it as a new document. It is in no file yet: it is that document's first change."""
        from tui.screens.document import DocumentScreen, open_document
        from tui.workspace.import_reading import name_of

        document = open_document(None, self.services, folder=self.folder, over_library=True)
        assert isinstance(document, DocumentScreen)
        await self.app.push_screen(document)
        document.session.execute(lambda _: incident, label=f"importing {name_of(source)}")
        document.session.seal()
        document.say("Imported, not saved yet", "good")
