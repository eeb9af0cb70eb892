"""The journal: every change of a session is on the disk within a second, whatever becomes of the process.

A thread does the writing, so that no key waits for a disk. It is handed the newest document, which never changes, and
writes that; what came before it and was not written yet is part of it. While nothing is typed the thread sleeps. A
journal that cannot be written is tried again and again, and said once; writing goes on meanwhile.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from schemas.incident import Incident
from schemas.text import first_line
from schemas.toml_file import Remark
from schemas.version import VERSION
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.fingerprint import Fingerprint
from tui.workspace.journal_file import JournalFile
from tui.workspace.journal_format import About
from tui.workspace.processes import this_process
from tui.workspace.recovery import Recovery
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession
from tui.workspace.state_folders import journal_folder
from tui.workspace.unhurried_text import text_of

DELAY: Final = 0.4
"""Seconds between the first change that is not written yet and its writing; what is typed meanwhile goes along."""

FIRST_RETRY: Final = 1.0
LAST_RETRY: Final = 15.0
"""Seconds until the next try after a failed one; the pause doubles up to the longer one."""

Pause = Callable[[threading.Event, float], object]
"""Waits for an event, at most so many seconds: `threading.Event.wait`, or what a test puts in its place."""


class _Pending(Struct, frozen=True):
    """What has to be on the disk: a document, and what it belongs to."""

    doc: Incident
    saved: Incident
    in_file: Incident
    remarks: tuple[Remark, ...]
    path: Path | None
    fingerprint: Fingerprint | None
    at: datetime
    changes: int
    after_save: bool
    adopted: tuple[Recovery, ...]
    nowhere_else: bool


class Journal:
    """Follows one session. Make it with `start`."""

    def __init__(
        self,
        session: DocumentSession,
        services: Services,
        folder: Path,
        told: Callable[[UserError | None], None] | None,
        replaces: Recovery | None,
        begun_in: Path | None,
        pause: Pause,
    ) -> None:
        self._session = session
        self._now = services.now
        self._file = JournalFile(folder, disk=services.disk)
        self._told = told
        self._adopted = [replaces] if replaces is not None else []
        self._taken_over: list[Recovery] = []
        self._begun_in = begun_in
        self._pause = pause
        self._noted, self._noted_alone = session.doc, False
        self._changes = 0
        self._pending: _Pending | None = None
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._writing = threading.RLock()
        self._inside = False
        self._thread: threading.Thread | None = None
        self._end_observing = session.observe(lambda *_: self.note_change())
        self.trouble: UserError | None = None
        self._retry = FIRST_RETRY

    @property
    def path(self) -> Path:
        """Where the journal is, while there is anything in it."""
        return self._file.path

    @classmethod
    def start(
        cls,
        session: DocumentSession,
        services: Services,
        *,
        folder: Path | None = None,
        told: Callable[[UserError | None], None] | None = None,
        replaces: Recovery | None = None,
        begun_in: Path | None = None,
        threaded: bool = True,
        pause: Pause = threading.Event.wait,
    ) -> Journal:
        """Follow a session from now on.

        `told` is called once when the journal cannot be written, and with None when it can be again; mind that this
        happens in the thread of the journal. `replaces` is the recovery that the session goes on with: it is put aside
        when there is something newer on the disk, and not before (see also `adopt`). `begun_in` is where an incident
        that has no file yet would be saved. Without `threaded` nothing is written by itself; `write` does it.
        """
        journal = cls(session, services, folder or journal_folder(), told, replaces, begun_in, pause)
        if session.dirty:
            journal._note(after_save=False)
        if threaded:
            journal._thread = threading.Thread(target=journal._follow, name="journal", daemon=True)
            journal._thread.start()
        return journal

    def note_change(self) -> None:
        """The document may have changed. Takes a few microseconds; for the thread that owns the session."""
        if self._session.doc is not self._noted or self._nowhere_else() is not self._noted_alone:
            self._note(after_save=False)

    def note_saved(self) -> None:
        """The session was saved: what is on the disk is needed no more, or belongs to another file from now on."""
        self._note(after_save=True)

    def adopt(self, recovery: Recovery) -> None:
        """The words of a recovery are in the session by now, so it is put aside when these are on the disk, not before.

        A save removes it for good. Until then it can be brought back, should the words be undone and forgotten. For the
        thread that owns the session, right after the edit.
        """
        self._adopted.append(recovery)
        self._note(after_save=False)

    def _note(self, *, after_save: bool) -> None:
        session = self._session
        self._noted, self._noted_alone = session.doc, self._nowhere_else()
        self._changes += 1
        self._pending = _Pending(
            session.doc, session.saved, session.in_file, session.remarks, session.path, session.fingerprint,
            self._now(), self._changes, after_save, tuple(self._adopted), self._nowhere_else(),
        )  # fmt: skip
        self._wake.set()

    def _nowhere_else(self) -> bool:
        """Whether no file holds the document even if nothing was changed in it."""
        return self._session.gone or self._session.in_conflict

    def write(self) -> bool:
        """Write what is not written yet; whether everything is on the disk then. Raises nothing."""
        with self._writing:
            if self._inside:
                # A signal came in the middle of writing, in the same thread.
                return False
            self._inside = True
            try:
                return self._written()
            finally:
                self._inside = False

    def flush(self, wait: float = 5.0) -> bool:
        """Write at once, for signals, crashes, and before another program gets the terminal; whether all is written.

        Waits at most so many seconds for a disk that the thread is waiting for. Raises nothing.
        """
        if not self._writing.acquire(timeout=wait):
            return False
        try:
            return self.write() and self._pending is None
        finally:
            self._writing.release()

    def close(self, *, clean: bool = True, wait: float = 5.0) -> bool:
        """End following. `clean`: everything is saved, or not wanted, and nothing is left. Otherwise what is unsaved is
        written and stays, to be found at the next start. Whether that went well; raises nothing.
        """
        with suppress(ValueError):
            self._end_observing()
        self._ended.set()
        self._wake.set()
        if not self._writing.acquire(timeout=wait):
            return False
        try:
            done = self._cleared() if clean else self.write()
            if clean and done and self._changes:
                self._put_aside(tuple(self._adopted))
            for recovery in (*self._adopted, *self._taken_over):
                recovery.leave()
            self._pending = None
            self._file.let_go()
        finally:
            self._writing.release()
        if self._thread is not None:
            self._thread.join(wait)
        return done

    def _follow(self) -> None:
        while True:
            self._wake.wait()
            if not self._ended.is_set():
                self._pause(self._ended, DELAY)
            if self._ended.is_set():
                return
            self._wake.clear()
            if not self.write():
                self._pause(self._ended, self._retry)
                self._retry = min(2 * self._retry, LAST_RETRY)
                self._wake.set()

    def _written(self) -> bool:
        pending = self._pending
        if pending is None:
            return True
        try:
            if not pending.nowhere_else and (pending.doc is pending.saved or pending.doc == pending.saved):
                if not self._cleared():
                    return False
                if pending.after_save:
                    self._put_aside(pending.adopted)
                    while self._taken_over:
                        self._taken_over.pop().discard(disk=self._file.disk)
            else:
                self._put(pending)
                self._put_aside(pending.adopted)
        except Exception as error:  # whatever it is, it must not end the thread, and is told
            self._failed(error)
            return False
        if self._pending is pending:
            self._pending = None
        self._worked()
        return True

    def _put(self, pending: _Pending) -> None:
        at_once = threading.current_thread() is not self._thread
        text = text_of(pending.doc, pending.remarks, at_once=at_once)
        opened = None if pending.path is None else lambda: text_of(pending.in_file, pending.remarks, at_once=at_once)
        self._file.put(text, self._about_of(pending), pending.at, pending.changes, opened)

    def _about_of(self, pending: _Pending) -> About:
        path = None if pending.path is None else Path(os.path.abspath(pending.path))  # noqa: PTH100 (keeps links)
        # The title at the beginning names the incident; a new block for each letter of it would be a waste.
        known = self._file.about if self._file.about is not None and self._file.about.path == path else None
        title = known.title if known and known.title else first_line(pending.doc.title)
        began = known.began if known else pending.at
        begun_in = None if self._begun_in is None else Path(os.path.abspath(self._begun_in))  # noqa: PTH100
        return About(path, pending.fingerprint, title, this_process(), began, VERSION, begun_in)

    def _cleared(self) -> bool:
        """Remove the journal: there is nothing that is not saved."""
        try:
            self._file.clear()
        except OSError as error:
            self._failed(error)
            return False
        return True

    def _put_aside(self, recoveries: tuple[Recovery, ...]) -> None:
        """Put away recoveries whose words are elsewhere now. Those that were adopted since wait for the next time."""
        for recovery in recoveries:
            if recovery in self._adopted and recovery.put_aside(self._now(), hold=True, disk=self._file.disk):
                self._adopted.remove(recovery)
                self._taken_over.append(recovery)

    def _failed(self, error: Exception) -> None:
        if self.trouble is not None:
            return
        if isinstance(error, UserError):
            reason = error.title
        else:
            reason = f"{self._file.path.parent}: {getattr(error, 'strerror', None) or error or type(error).__name__}"
        self.trouble = UserError(
            "Unsaved words cannot be kept safe at the moment",
            f"{reason}. You can go on writing; it is tried again and again.",
            "Save often until this is over (free some space, or see who may write there).",
            EXIT_FILE,
        )
        if self._told:
            self._told(self.trouble)

    def _worked(self) -> None:
        self._retry = FIRST_RETRY
        if self.trouble is not None:
            self.trouble = None
            if self._told:
                self._told(None)
