"""Who is editing a file: a lock that says so to everybody who opens it, and that no dead process can hold.

The lock is a small file in the folder `.postmortem-locks` beside the incident. It stands there, and not in this
person's state folder, because another user of the machine, and another machine that has the folder, must see it. The
folder keeps itself out of git with a `.gitignore` of its own, and goes with the last lock in it.

That only one process has a lock is left to the operating system (`tui.workspace.exclusion`), which frees it when the
process ends. What stands in the file says whose it is. Where the system has no locks, or does not share them between
machines as some network folders do, that is what counts: a process of this machine is asked after, one of another
machine is taken for alive as long as it has renewed its lock within the last ten minutes. The lock is advice: nothing
but this program heeds it, and saving over a changed file is guarded apart from it.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from schemas.version import VERSION
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.exclusion import try_lock
from tui.workspace.lock_folder import lock_path, make_folder, tidy
from tui.workspace.processes import Process, is_alive, this_process

STALE_SECONDS: Final = 600
"""Where a process cannot be asked after, a lock that was not renewed for so long has none any more."""

RENEW_SECONDS: Final = 60
"""How often to call `FileLock.refresh`."""

_TRIES: Final = 8


class Holder(Struct, frozen=True):
    """Who has a lock, as far as the lock says. `since` is when the file was opened."""

    process: Process | None
    since: datetime | None

    def said(self) -> str:
        """The holder in words, such as `ana on web1 (process 4711)`."""
        if self.process is None:
            return "somebody"
        return f"{self.process.user} on {self.process.host} (process {self.process.pid})"


class Acquired(Struct, frozen=True):
    """The lock is ours. `taken_from` is the dead process whose lock was in the way, if one was."""

    lock: FileLock
    taken_from: Holder | None = None


class Held(Struct, frozen=True):
    """Somebody else has the lock. `certain`: the system says so; otherwise it is judged by what the lock says.

    `ours`: it is this very process that has it, by another session.
    """

    by: Holder
    certain: bool
    ours: bool = False


class Unlocked(Struct, frozen=True):
    """No lock could be made; `why` says so in a sentence. The file can be edited, but nobody is told."""

    why: str


class FileLock:
    """A lock that is ours until `release` or the end of the process."""

    def __init__(self, path: Path, file: int, process: Process, since: datetime, disk: Disk) -> None:
        self.path = path
        self._file: int | None = file
        self._process = process
        self._since = since
        self._disk = disk

    def refresh(self) -> bool:
        """Say that we are still here, about every minute; False if the lock was taken away, by a clean-up of the folder
        or by somebody who took us for dead. A lock that was only removed is made again. Raises nothing.
        """
        if self._file is None:
            return False
        try:
            if _same(self._file, self.path):
                os.utime(self._file)
                return True
            if os.path.lexists(self.path):
                return False
            new = _made(self.path, self._process, self._since, self._disk)
        except OSError:
            return False
        if new is not None:
            os.close(self._file)
            self._file = new
        return new is not None

    def release(self) -> None:
        """Give the file free. Raises nothing; may be called again."""
        if self._file is None:
            return
        file, self._file = self._file, None
        with suppress(OSError):
            # As long as the file is locked nobody else puts another one in its place.
            if _same(file, self.path):
                self._disk.remove(self.path)
        with suppress(OSError):
            os.close(file)
        tidy(self.path.parent, self._disk)


def acquire(
    path: Path,
    *,
    now: Callable[[], datetime],
    process: Process | None = None,
    disk: Disk = REAL_DISK,
    locked: Callable[[int], bool | None] = try_lock,
) -> Acquired | Held | Unlocked:
    """Try to get the lock of a file, without waiting. Raises nothing.

    `locked` takes the lock of an open file, as `tui.workspace.exclusion.try_lock` does.
    """
    me = process or this_process()
    try:
        place = lock_path(path, disk=disk)
        taken_from: Holder | None = None
        busy: Held | None = None
        for _ in range(_TRIES):
            file = _made(place, me, now(), disk, locked)
            if file is not None:
                return Acquired(FileLock(place, file, me, now(), disk), taken_from)
            found = _look(place, me, disk, locked)
            if isinstance(found, Holder):
                taken_from = found
            elif isinstance(found, Held):
                busy = found
                # If not, somebody else is just taking over the lock of a dead process.
                if found.by.process is None or is_alive(found.by.process, me) is not False:
                    break
    except OSError as error:
        return Unlocked(f"No lock could be made: {(error.strerror or str(error)).lower()}.")
    return busy or Unlocked("No lock could be made: the folder of the locks changes all the time.")


def _made(
    place: Path, me: Process, since: datetime, disk: Disk, locked: Callable[[int], bool | None] = try_lock
) -> int | None:
    """A new lock, held; None if there is one already, or somebody was quicker."""
    make_folder(place.parent, disk)
    try:
        file = disk.create(place, 0o644)
    except (FileExistsError, FileNotFoundError):
        return None
    try:
        held = locked(file)
        if held is not False:
            data = {"since": since.isoformat(), "app": VERSION, **me.as_data()}
            disk.write(file, json.dumps(data).encode("ascii") + b"\n")
            if _same(file, place):
                return file
    except BaseException:
        with suppress(OSError):
            disk.remove(place)
        os.close(file)
        raise
    os.close(file)
    return None


def _look(place: Path, me: Process, disk: Disk, locked: Callable[[int], bool | None]) -> Held | Holder | None:
    """Held; or by a dead process, whose lock is removed then; None if it is gone already."""
    try:
        file = _opened(place)
    except FileNotFoundError:
        return None
    try:
        known = os.fstat(file)
        if not stat.S_ISREG(known.st_mode):
            raise OSError(0, f"{place.name} is no file")
        held = locked(file)
        holder = _holder(os.pread(file, 4096, 0))
        if held is False:
            return Held(holder, certain=True, ours=holder.process == me)
        if not _same(file, place):
            return None
        if _lives(holder, me, held, _age(place, known, disk)):
            return Held(holder, certain=False, ours=holder.process == me)
        disk.remove(place)
        return holder
    finally:
        os.close(file)


def _opened(place: Path) -> int:
    flags = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
    try:
        return os.open(place, os.O_RDWR | flags)
    except PermissionError:
        # Another user's. On most systems it can be locked all the same.
        return os.open(place, os.O_RDONLY | flags)


def _lives(holder: Holder, me: Process, held: bool | None, age: float) -> bool:
    """Whether the holder of a lock that the system does not refuse us is to be taken for alive."""
    process = holder.process
    if held is True:
        # The system knows the processes of this machine, by whatever name it goes. Only those of another one may be
        # unknown to it, in a network folder.
        away = process is not None and process.host != me.host and process.boot != me.boot
        return away and age < STALE_SECONDS
    alive = None if process is None else is_alive(process, me)
    return age < STALE_SECONDS if alive is None else alive


def _age(place: Path, known: os.stat_result, disk: Disk) -> float:
    """Seconds since the lock was renewed, by the clock of the file system: those of two machines may differ."""
    probe = place.parent / f".{secrets.token_hex(6)}.tmp"
    try:
        file = disk.create(probe, 0o600)
    except OSError:
        return float("inf")
    try:
        return max(0.0, os.fstat(file).st_mtime - known.st_mtime)
    finally:
        os.close(file)
        with suppress(OSError):
            disk.remove(probe)


def _holder(data: bytes) -> Holder:
    """What a lock says, after who knows what happened to it."""
    try:
        known: Any = json.loads(data)
        since = datetime.fromisoformat(known["since"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return Holder(None, None)
    return Holder(Process.from_data(known), since if since.tzinfo else since.replace(tzinfo=UTC))


def _same(file: int, place: Path) -> bool:
    """Whether an open file is the one that everybody else finds at the place."""
    try:
        there = place.lstat()
    except FileNotFoundError:
        return False
    here = os.fstat(file)
    return (here.st_ino, here.st_dev) == (there.st_ino, there.st_dev)
