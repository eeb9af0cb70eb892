"""What a process that ended before its time left behind: unsaved words, with what is needed to decide about them."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Final

from schemas.text import clean_prose
from tui.workspace import journal_format
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import UserError
from tui.workspace.exclusion import try_lock
from tui.workspace.fingerprint import Fingerprint
from tui.workspace.journal_file import ENDING
from tui.workspace.private_folder import PrivateFolder
from tui.workspace.processes import Process, is_alive
from tui.workspace.state_folders import journal_folder
from tui.workspace.storage import MOST_BYTES, read_file

LARGEST: Final = 3 * MOST_BYTES
"""A larger file, in bytes, is none of ours: a journal is begun anew long before."""

KEPT_SECONDS: Final = 90 * 86_400
ALWAYS_KEPT: Final = 20
MOST_KEPT: Final = 200
"""Journals go when they are older than ninety days; but the newest twenty stay however old they are (the clock of a
machine may be wrong), and of all others only the newest two hundred do."""

ASIDE: Final = "discarded"
ASIDE_SECONDS: Final = 14 * 86_400
MOST_ASIDE: Final = 20
"""What was discarded goes to this folder within the folder of the journals; of it the newest twenty stay a fortnight.
"""

_WORDS: Final = re.compile(rb"^%%% (?!opened )", re.MULTILINE)


class FileState(Enum):
    """What became of the file since the words were written that were not saved to it."""

    NEVER_SAVED = "it was never saved"
    SAME_AS_OPENED = "the file is as it was"
    SAVED = "the file says the same"
    CHANGED = "the file was changed since"
    GONE = "the file is gone"
    UNREADABLE = "the file cannot be read"


@dataclass(slots=True)
class Recovery:
    """Unsaved words of a process that is no more.

    `text` is the TOML of the incident, `path` its file, absolute, or None if it was never saved; `at` is when the last
    change was made and `began` when the first one was that is not saved; `changes` counts them. `damaged`: the last
    changes may be missing. If nothing could be trusted `text` is empty and `remains` is what can be read of the
    journal at all. `opened` is the file as it was opened, empty if that is not known, and `begun_in` the folder that an
    incident without a file was begun for.
    """

    journal: Path
    text: str
    path: Path | None
    title: str
    at: datetime
    began: datetime
    changes: int
    process: Process | None
    fingerprint: Fingerprint | None
    damaged: bool
    remains: str = ""
    opened: str = ""
    begun_in: Path | None = None
    _file: int | None = field(default=None, repr=False, compare=False)

    def differs(self, *, disk: Disk = REAL_DISK) -> FileState:
        """What became of the file. Reads it; raises nothing."""
        if self.path is None:
            return FileState.NEVER_SAVED
        try:
            _, known = read_file(self.path, disk=disk)
        except UserError as error:
            return FileState.GONE if isinstance(error.__cause__, FileNotFoundError) else FileState.UNREADABLE
        if self.text and known.sha256 == sha256(self.text.encode("utf-8", "replace")).hexdigest():
            return FileState.SAVED
        same = self.fingerprint is not None and known.same_content(self.fingerprint)
        return FileState.SAME_AS_OPENED if same else FileState.CHANGED

    def take(self) -> bool:
        """Make sure that no other process offers these words too, until this one ends or lets go of them.

        False if another one has them already, or they are gone.
        """
        if self._file is None:
            self._file = _open_if_left(self.journal)
        return self._file is not None

    def leave(self) -> None:
        """Let go of the words; they are offered again."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @property
    def discarded(self) -> bool:
        """Whether a person did not want the words any more (see `put_aside`)."""
        return self.journal.parent.name == ASIDE

    def put_aside(self, now: datetime, *, hold: bool = False, disk: Disk = REAL_DISK) -> bool:
        """Discard the words in a way that can be undone; False if another process has them, or they cannot be moved.

        With `hold` they are held on to, so that nobody brings them back until this process ends or lets go of them.
        """
        if self.discarded:
            return True
        return self._move(PrivateFolder(self.journal.parent / ASIDE, disk=disk), now.timestamp(), hold, disk)

    def bring_back(self, *, disk: Disk = REAL_DISK) -> bool:
        """Undo `put_aside`; False if the words are gone or another process has them."""
        return self._move(PrivateFolder(self.journal.parent.parent, disk=disk), None, False, disk)

    def _move(self, place: PrivateFolder, stamp: float | None, hold: bool, disk: Disk) -> bool:
        if not self.take():
            return False
        target = place.path / self.journal.name
        try:
            place.make()
            if stamp is not None:
                # How long it stays counts from now on.
                os.utime(self.journal, (stamp, stamp), follow_symlinks=False)
            disk.replace(self.journal, target)
        except (OSError, UserError):
            return False
        finally:
            if not hold:
                self.leave()
        self.journal = target
        place.sync()
        return True

    def discard(self, *, disk: Disk = REAL_DISK) -> bool:
        """Remove the words for good; False if another process has them or they cannot be removed."""
        if not self.take():
            return False
        try:
            disk.remove(self.journal)
        except OSError:
            return False
        finally:
            self.leave()
        if self.discarded:
            with suppress(OSError):
                self.journal.parent.rmdir()
        return True


def abandoned(
    folder: Path | None = None, *, disk: Disk = REAL_DISK, now: datetime | None = None
) -> tuple[Recovery, ...]:
    """What processes that are no more left behind, the newest first.

    Words that were saved after all are removed on the way, and what is too old or too much by the limits above. Raises
    nothing; a folder or file that cannot be read has nothing to offer.
    """
    place = PrivateFolder(folder or journal_folder(), disk=disk)
    now = now or datetime.now(UTC)
    place.sweep(now.timestamp())
    found = _without_twins(_found(place, disk))
    return tuple(each for number, each in enumerate(found) if not _expired(each, number, now, place))


def discarded(
    folder: Path | None = None, *, disk: Disk = REAL_DISK, now: datetime | None = None
) -> tuple[Recovery, ...]:
    """What was discarded and can be brought back, the newest first; removes what was longer ago. Raises nothing."""
    place = PrivateFolder((folder or journal_folder()) / ASIDE, disk=disk)
    now = now or datetime.now(UTC)
    for number, (path, known) in enumerate(sorted(place.files(ENDING), key=lambda each: -each[1].st_mtime)):
        if number >= MOST_ASIDE or now.timestamp() - known.st_mtime > ASIDE_SECONDS:
            place.remove(path)
    return tuple(_found(place, disk))


def concerns(recovery: Recovery, opened: Path) -> bool:
    """Whether words have to do with what is opened: that file; in a folder every file, and what was never saved."""
    here = os.path.realpath(opened)
    if not opened.is_dir():
        return recovery.path is not None and os.path.realpath(recovery.path) == here
    return recovery.path is None or Path(os.path.realpath(recovery.path)).is_relative_to(here)


def _without_twins(found: list[Recovery]) -> list[Recovery]:
    """Without those that say the same of the same file as a newer one: their words were taken over before."""
    kept: list[Recovery] = []
    seen: set[tuple[Path | None, str, str]] = set()
    for each in found:
        same = (each.path, each.text, each.fingerprint.sha256 if each.fingerprint else "")
        if not (each.text and same in seen and each.discard()):
            seen.add(same)
            kept.append(each)
    return kept


def _found(place: PrivateFolder, disk: Disk) -> list[Recovery]:
    """What is in a folder, the newest first, without what is in its file by now."""
    found: list[Recovery] = []
    for path, known in place.files(ENDING):
        file = _open_if_left(path)
        if file is None:
            continue
        try:
            recovery = _read(place, path, _instant(known.st_mtime))
        finally:
            os.close(file)
        if recovery is not None and recovery.text and recovery.differs(disk=disk) is FileState.SAVED:
            place.remove(path)
        elif recovery is not None:
            found.append(recovery)
    return sorted(found, key=lambda each: (each.at, each.journal), reverse=True)


def _expired(recovery: Recovery, number: int, now: datetime, place: PrivateFolder) -> bool:
    old = (now - recovery.at).total_seconds() > KEPT_SECONDS
    if number < ALWAYS_KEPT or (number < MOST_KEPT and not old):
        return False
    return recovery.discard(disk=place.disk)


def _open_if_left(path: Path) -> int | None:
    """The journal, locked, if no living process writes it; else None."""
    try:
        file = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        held = try_lock(file)
        here, there = os.fstat(file), path.lstat()
        left = held is not False and (here.st_ino, here.st_dev) == (there.st_ino, there.st_dev)
        if left and held is None:
            left = not _writer_lives(path, file)
    except OSError:
        left = False
    if left:
        return file
    os.close(file)
    return None


def _writer_lives(path: Path, file: int) -> bool:
    """On a file system without locks: whether the process that the journal names still runs, as far as is known."""
    data = os.pread(file, LARGEST, 0)
    about = journal_format.read(path.stem, data).about
    return about is not None and about.process is not None and is_alive(about.process) is True


def _instant(seconds: float) -> datetime:
    """The time of a file, which may be anything."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _read(place: PrivateFolder, path: Path, changed: datetime) -> Recovery | None:
    try:
        data = place.read(path, LARGEST)
    except OSError:
        return None
    story = journal_format.read(path.stem, data)
    about = story.about
    if story.text is None or about is None or story.at is None:
        # The file as it was opened stands before the words, and is not what was lost.
        start = _WORDS.search(data)
        remains = clean_prose(data[start.start() if start else 0 :].decode("utf-8", "replace"))
        return Recovery(path, "", None, "", changed, changed, 0, None, None, damaged=True, remains=remains)
    text = story.text.decode("utf-8", "replace")
    return Recovery(
        path, text, about.path, about.title, story.at, about.began, story.changes, about.process, about.fingerprint,
        story.damaged, opened=(story.opened or b"").decode("utf-8", "replace"), begun_in=about.begun_in,
    )  # fmt: skip
