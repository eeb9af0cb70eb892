"""What keeps the words of one open document safe: its journal, its lock, a watch on its file, its earlier versions.

The screen tells what happens to it; nothing here knows a screen. Nothing raises: what goes wrong is given back or told.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.incident import Incident
from tui.workspace.errors import UserError
from tui.workspace.journal import Journal
from tui.workspace.left_overs import remove_left_overs
from tui.workspace.library_place import tidy_indexes, tidy_memories
from tui.workspace.locks import Acquired, FileLock, Held, Holder, Unlocked, acquire
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession
from tui.workspace.version_limits import tidy
from tui.workspace.versions_kept import SaveHistory
from tui.workspace.watching import Look, Same, Watch

if TYPE_CHECKING:
    from tui.workspace.recovery import Recovery

Told = Callable[[UserError | None], None]


class Keeper:
    """Keeps one session safe from `start` to `close`. For the thread of the session, but for `look`, `lock` and
    what is done `before_save` and `after_save`, one after the other."""

    def __init__(self, session: DocumentSession, services: Services, *, begun_in: Path | None = None) -> None:
        self._session = session
        self._services = services
        self._begun_in = begun_in
        self._journal: Journal | None = None
        self._history = SaveHistory(now=services.now, disk=services.disk)
        self._lock: FileLock | None = None
        self._watch: Watch | None = None
        self._not_wanted: Incident | None = None
        self._closed = False
        self.paused = False
        """Whether nothing is to be taken in from the file for the moment."""
        self.held: Held | None = None
        """Who else has the file open, if somebody has."""
        self.unlocked = ""
        """Why nobody can be told that the file is open here; empty if they are, or if it was not tried yet."""

    def start(self, told: Told | None = None) -> None:
        """Follow the session with a journal and its file with a watch.

        `told` hears once that the journal cannot be written, and None when it can be again, in a thread of its own.
        """
        self._journal = Journal.start(self._session, self._services, told=told, begun_in=self._begun_in)
        self._watch_file()

    def lock(self) -> Held | Holder | None:
        """Try to get the lock of the file. `Held` if another one has it, the `Holder` it was taken from if that one is
        dead, else None. May wait for a disk.
        """
        path = self._session.path
        if path is None or self._closed or self._lock is not None:
            return None
        found = acquire(path, now=self._services.now, disk=self._services.disk)
        if isinstance(found, Held):
            self.held = found
            return found
        self.held = None
        if isinstance(found, Unlocked):
            self.unlocked = found.why
            return None
        assert isinstance(found, Acquired)
        self._lock, self.unlocked = found.lock, ""
        if self._closed:
            self._release()
        return found.taken_from

    @property
    def locked(self) -> bool:
        """Whether others are told that the file is open here."""
        return self._lock is not None

    def renew_lock(self) -> bool:
        """Say that we are still here; False if the lock was lost."""
        if self._lock is None or self._lock.refresh():
            return True
        self._lock = None
        return False

    def look(self) -> Look:
        """What happened to the file since the last look. May wait for a disk."""
        watch = self._watch
        found = watch.look() if watch is not None else Same()
        # The session may have saved or gone over to another file while the disk was asked.
        return found if watch is self._watch else Same()

    def adopt(self, recovery: Recovery) -> None:
        """The words of a recovery are in the session now; its journal goes when they are on the disk again."""
        if self._journal is not None:
            self._journal.adopt(recovery)

    def before_save(self, path: Path) -> UserError | None:
        """Keep what is in the file before it is replaced for the first time; what to tell if that failed."""
        return self._history.before_save(path)

    def keep_version(self, path: Path, data: bytes) -> UserError | None:
        """Keep what was just saved; what to tell if that failed. Waits for a disk, and may do so in another thread: the
        words are in their file by now.
        """
        return self._history.after_save(path, data)

    def file_taken_over(self) -> None:
        """The session stands on another state of the file, or on another file, than before; so it does after a save,
        and then the journal is not needed any more."""
        path = self._session.path
        if self._watch is None or path is None or path != self._watch.path:
            self._release()
        self._watch_file()
        if self._journal is not None:
            self._journal.note_saved()

    def flush(self) -> bool:
        """Write at once what is not on the disk yet; whether all of it is there then."""
        return self._journal.flush() if self._journal is not None else False

    def let_go(self) -> None:
        """The person does not want what is unsaved now; what is typed after this is wanted again."""
        self._not_wanted = self._session.doc

    def close(self) -> None:
        """End: what is unsaved stays in the journal unless the person let it go, and the file is free for others."""
        if self._closed:
            return
        self._closed = True
        self._watch = None
        wanted = self._session.dirty and self._session.doc is not self._not_wanted
        if self._journal is not None:
            self._journal.close(clean=not wanted)
        self._release()

    def _watch_file(self) -> None:
        path, fingerprint = self._session.path, self._session.fingerprint
        self._watch = Watch(path, fingerprint, disk=self._services.disk) if path and fingerprint else None

    def _release(self) -> None:
        lock, self._lock = self._lock, None
        self.held = None
        if lock is not None:
            lock.release()


def tidy_up(folder: Path, services: Services) -> None:
    """Remove what killed processes left in a folder, earlier versions that are too many or too old, and indexes of
    libraries and memories of checks that nobody uses or wants.

    For once at the start of the program, in a thread.
    """
    remove_left_overs(folder, disk=services.disk)
    tidy(now=services.now(), disk=services.disk)
    tidy_indexes(wanted=services.indexes)
    tidy_memories(wanted=services.indexes)
