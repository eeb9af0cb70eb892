"""Opening a file in which git left both versions of a merge: the conflicts first, then the document that came of them.

Nothing is written on the way. The document is open as a change that no file has yet; saving it writes a clean file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from textual import work
from textual.app import ComposeResult

from schemas.incident import Incident
from schemas.toml_remarks import Remark
from tui.screens.base import MainScreen
from tui.screens.conflict import ConflictScreen, Resolved
from tui.screens.dialogs import Confirm, Message
from tui.widgets.line import Lines
from tui.workspace.changed_underneath import with_known_ids
from tui.workspace.conflicted_file import ConflictedFile, conflicted, read_conflicted_file
from tui.workspace.errors import UserError, shown

if TYPE_CHECKING:
    from tui.screens.document import DocumentScreen
    from tui.workspace.fingerprint import Fingerprint
    from tui.workspace.services import Services

Remarks = tuple[Remark, ...]


class DocumentOf(Protocol):
    """Makes the screen of a document, from what its file is taken to hold."""

    def __call__(
        self, incident: Incident, *, fingerprint: Fingerprint | None, remarks: Remarks, read_only: str
    ) -> DocumentScreen:
        """The screen. `remarks` are the TOML comments; `read_only` says why the file cannot be saved, or nothing."""


_TAKE: Final = "take "


def conflicts_in(
    path: Path, services: Services, document_of: DocumentOf, *, over_library: bool
) -> ConflictedFileScreen | None:
    """The screen for a file with conflict markers; None if it has none.

    Raises:
        UserError: it cannot be read, or its markers belong to no set.
    """
    file = read_conflicted_file(path)
    if file is None:
        return None
    return ConflictedFileScreen(file, services, document_of, over_library=over_library)


class ConflictedFileScreen(MainScreen[str]):
    """Stands under the conflicts and under the document; shows only what the file is called."""

    DEFAULT_CSS = "ConflictedFileScreen { background: $background; }"
    AUTO_FOCUS = None

    def __init__(
        self, file: ConflictedFile, services: Services, document_of: DocumentOf, *, over_library: bool
    ) -> None:
        super().__init__()
        self._file = file
        self._services = services
        self._document_of = document_of
        self._over_library = over_library

    def compose(self) -> ComposeResult:
        """Two lines."""
        yield Lines(height=2)

    def on_mount(self) -> None:
        """Say what it is, and ask."""
        head = self.query_one(Lines)
        head.show_line(0, [(shown(Path(self._file.path.name)), "strong")])
        head.show_line(1, [("Git left both versions of a merge in it", "muted")])
        self.resolve_file()

    @work
    async def resolve_file(self) -> None:
        """Ask until there is one version of the file, or the person leaves; then open that."""
        while True:
            file = self._file
            resolved = await (self._ask_broken() if file.merge is None else self._ask_conflicts())
            if resolved is not None:
                break
            if self._file is file:
                self._leave()
                return
        begin = file.ours.incident if file.ours is not None else resolved.incident
        document = self._document_of(
            begin, fingerprint=file.fingerprint, remarks=resolved.remarks, read_only=file.read_only
        )
        session = document.session
        session.mark_in_conflict()
        await self.app.push_screen(document, self._document_closed)
        merged = with_known_ids(resolved.incident, (session.doc,), self._services.rng)
        session.execute(lambda _: merged, label="merging both versions")
        session.seal()
        due = f"Read-only: {file.read_only}" if file.read_only else "Merged, not saved yet · ^S writes a clean file"
        document.say(due, "warning")

    async def _ask_conflicts(self) -> Resolved | None:
        file = self._file
        assert file.merge is not None
        places = "1 place" if file.count == 1 else f"{file.count} places"
        explain = f"{shown(Path(file.path.name))} · git left both versions in it, in {places}"
        labels = (file.labels[0] or "ours", file.labels[1] or "theirs")
        screen = ConflictScreen(file.merge, labels=labels, explain=explain, now=self._services.now)
        return await self.app.push_screen_wait(screen)

    async def _ask_broken(self) -> Resolved | None:
        """A version cannot be read: take the other one, or mend the file in an editor."""
        file = self._file
        assert file.broken is not None
        readable = file.broken.readable
        takes = [
            (str(number), f"Open the version `{name}` as it is", f"{_TAKE}{number}")
            for number, (name, _) in enumerate(readable, 1)
        ]
        answer = await self.app.push_screen_wait(
            Confirm(
                "One version cannot be read" if readable else "Neither version can be read",
                f"{file.broken.where}\n\n{file.broken.hint}\n\nThe file stays as it is until you save.",
                [("e", "Mend it in $EDITOR", "edit"), *takes, ("c", "Leave it", "leave")],
            )
        )
        if answer is not None and answer.startswith(_TAKE):
            _, loaded = readable[int(answer.removeprefix(_TAKE)) - 1]
            return Resolved(loaded.incident, loaded.remarks)
        return await self._edited() if answer == "edit" else None

    async def _edited(self) -> Resolved | None:
        """What a person made of the whole file in an editor: an incident, or a conflict that is better than before."""
        from schemas.toml_file import TomlError, parse

        file = self._file
        text = file.text
        while True:
            try:
                with self.app.suspend():
                    written = self._services.editor(text, file.path.name)
                if written is None or written == file.text:
                    return None
                text = written
                better = conflicted(file.path, text, file.fingerprint, disk=self._services.disk)
                if better is not None:
                    self._file = better
                    return None
                loaded = parse(text, str(file.path))
                return Resolved(loaded.incident, loaded.remarks)
            except UserError as error:
                if text == file.text:
                    await self.app.push_screen_wait(Message.of(error))
                    return None
                title, detail, hint = error.title, error.detail, error.hint
            except TomlError as error:
                title, detail, hint = f"line {error.line} cannot be read yet", error.detail, error.hint
            finally:
                self.app.refresh(layout=True)
            answer = await self.app.push_screen_wait(
                Confirm(
                    title, f"{detail}\n\n{hint}",
                    [("e", "Go on in $EDITOR", "edit"), ("d", "Discard what you wrote there", "leave")],
                )
            )  # fmt: skip
            if answer == "leave":
                return None

    def _document_closed(self, result: str | None) -> None:
        self.dismiss(result or "")

    def _leave(self) -> None:
        if self._over_library:
            self.dismiss("")
        else:
            self.app.exit(0)
