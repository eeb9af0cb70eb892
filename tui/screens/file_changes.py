"""What somebody else did to the file of an open document: taken in, merged, or asked about; nothing is overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from schemas.text import first_line
from tui.screens.base import MainScreen
from tui.workspace.errors import UserError
from tui.workspace.keeping import Keeper
from tui.workspace.session import DocumentSession
from tui.workspace.watching import Changed, Gone, Look, Touched, Unreadable

if TYPE_CHECKING:
    from schemas.differences import Differences
    from schemas.toml_file import Loaded
    from tui.workspace.changed_underneath import InConflict, MergedClean, TakeTheirs
    from tui.workspace.changed_underneath import Same as NothingNew
    from tui.workspace.fingerprint import Fingerprint
    from tui.workspace.services import Services


class FileChanges(MainScreen[str]):
    """A screen that shows a document of a file, which others may write, too."""

    session: DocumentSession
    services: Services
    keeper: Keeper | None = None
    came_in_last: Differences | None = None
    """What somebody else's changes brought here, the last time that there were any."""

    def settle(self) -> None:
        """Take in what is still being typed."""

    def sync(self) -> None:
        """Show the document as it stands."""
        raise NotImplementedError

    def sync_file(self) -> None:
        """Show what is the matter with the file; nothing else has changed."""
        self.sync()

    async def show_place(self, place: str) -> None:
        """Go to a place such as `events/k7q2` or `sections/summary`."""
        raise NotImplementedError

    @property
    def settling(self) -> bool:
        """Whether the person is being asked about the file: until that is answered nothing comes in from it."""
        return self.keeper is not None and self.keeper.paused

    @settling.setter
    def settling(self, value: bool) -> None:
        if self.keeper is not None:
            self.keeper.paused = value

    def file_news(self, found: Look) -> None:
        """Do what is to be done about what happened to the file, and say it."""
        match found:
            case Changed(loaded=None, problem=problem):
                why = problem.title if problem else ""
                self._unsettled("file unreadable")
                self.say(f"The file holds no incident now; yours is kept here. {first_line(why)}", "warning")
            case Changed(loaded=loaded, fingerprint=fingerprint):
                assert loaded is not None
                if (conflict := self.unite(loaded, fingerprint)) is not None:
                    number = len(conflict.merge.merged.conflicts)
                    places = "the same place" if number == 1 else f"{number} same places"
                    self._unsettled("file changed")
                    self.say(f"Somebody changed {places} in the file: Alt+O settles it, and so does saving", "warning")
            case Gone(moved_to=Path() as moved):
                self._moved(moved)
            case Gone(folder=folder):
                self.session.mark_gone()
                what = "The folder is gone, and the file with it" if folder else "The file is gone"
                self.say(f"{what}: what you see here is all there is. Saving writes it again", "warning")
            case Touched():
                self._touched(found)
            case Unreadable(error=error):
                self._unsettled("file unreadable")
                self.say(f"{error.title}: yours is kept here", "warning")

    def _unsettled(self, mark: str) -> None:
        self.file_mark = mark
        self.sync()

    def _moved(self, path: Path) -> None:
        session = self.session
        assert session.fingerprint is not None
        session.mark_there(path, session.fingerprint)
        self._taken_over()
        self.say(f"The file was renamed: it is {path.name} now, and so is this", "warning")

    def _touched(self, found: Touched) -> None:
        session = self.session
        assert session.path is not None
        was_gone = session.gone
        session.mark_there(session.path, found.fingerprint)
        if found.mode is not None:
            writable = self.services.disk.may_write(session.path)
            protected = "the file is write-protected"
            if not writable and not session.read_only:
                session.set_read_only(protected)
            elif writable and session.read_only == protected:
                session.set_read_only("")
        if found.back or was_gone:
            self._taken_over()
            self.say("The file is back as it was", "good")

    def _taken_over(self) -> None:
        self.file_mark = ""
        if self.keeper is not None:
            self.keeper.file_taken_over()
        self.sync()

    def unite(self, loaded: Loaded, fingerprint: Fingerprint, *, tell: bool = True) -> InConflict | None:
        """Take in what the file holds now; if that stands against what is here, give it back and take nothing."""
        from tui.workspace import changed_underneath as compared

        session = self.session
        session.seal()
        found = compared.compare(session.in_file, session.doc, session.remarks, loaded, rng=self.services.rng)
        if isinstance(found, compared.InConflict):
            return found
        self._take_in(found, fingerprint, tell=tell)
        return None

    def _take_in(self, found: NothingNew | TakeTheirs | MergedClean, fingerprint: Fingerprint, *, tell: bool) -> None:
        from tui.workspace.changed_underneath import Same as NothingNew

        session = self.session
        new = session.doc if isinstance(found, NothingNew) else found.incident
        session.take_in(
            new, in_file=found.theirs, fingerprint=fingerprint, remarks=found.remarks, label="changes from the file"
        )
        self._taken_over()
        if not isinstance(found, NothingNew):
            self.came_in_last = found.changes
            if tell:
                self.say(f"{came_in(found.changes)} from the file: Alt+O shows, ^Z takes back", "good")

    async def settle_conflict(self, conflict: InConflict, fingerprint: Fingerprint) -> bool:
        """Ask about each place that both changed; False if the person leaves that for later."""
        from tui.screens.conflict import ConflictScreen

        session = self.session
        assert session.path is not None
        screen = ConflictScreen(
            conflict.merge,
            labels=("yours", "the file"),
            title=session.doc.title or session.path.name,
            explain=f"{session.path.name} was changed by somebody else in the same places as here.",
        )
        self.settling = True
        try:
            resolved = await self.app.push_screen_wait(screen)
        finally:
            self.settling = False
        if resolved is None:
            return False
        session.take_in(
            resolved.incident, in_file=conflict.theirs, fingerprint=fingerprint, remarks=resolved.remarks,
            label="settling with the file",
        )  # fmt: skip
        self._taken_over()
        return True

    @work
    async def action_file_changes(self) -> None:
        """Settle what the file says otherwise, or show what came in from it last."""
        from tui.screens.changes_screen import ChangesScreen
        from tui.workspace import storage

        session = self.session
        self.settle()
        if session.path is not None and self.file_mark == "file changed":
            try:
                opened = storage.open_file(session.path, disk=self.services.disk)
            except UserError as error:
                self.say(error.title, "error")
                return
            conflict = self.unite(opened.loaded, opened.fingerprint)
            if conflict is not None and await self.settle_conflict(conflict, opened.fingerprint):
                self.say("Settled · ^S writes it", "good")
        elif self.came_in_last is None:
            self.say("Nobody else has changed the file since it was opened here")
        elif place := await self.app.push_screen_wait(ChangesScreen(self.came_in_last, since="the file was changed")):
            await self.show_place(place)


def came_in(changes: Differences) -> str:
    """How many changes came in, in words."""
    number = len(changes.all)
    return "A change came in" if number == 1 else f"{number} changes came in"
