"""What saved files were before: each save and each verdict keeps a version, so that any of them can be had again.

They lie beside the journal (see `version_files`). The same content is on the disk once, however often it comes back.
They do not grow without end (see `version_limits`).
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.fingerprint import Fingerprint
from tui.workspace.private_folder import PrivateFolder
from tui.workspace.storage import MOST_BYTES, read_file
from tui.workspace.version_files import (
    BACKUP,
    OUTSIDE,
    SAVE,
    VERDICT,
    Kept,
    kept_in,
    named,
    note_path,
    number_at,
    place_of,
    places,
    read_bytes,
    shelf,
    write_version,
)
from tui.workspace.version_limits import forget

_EARLIER_STORE: Final = "versions"
_EARLIER_NAME: Final = re.compile(r"([0-9a-f]{64})-([0-9a-f]{12})\.toml")


def keep(
    path: Path, data: bytes, *, now: datetime, mark: str = SAVE, folder: Path | None = None, disk: Disk = REAL_DISK
) -> Kept:  # fmt: skip
    """Keep a version of a file, unless it is what was kept last. `now` is aware; `mark` says why (see `Kept`).

    Raises:
        UserError: it cannot be kept, for one because the disk is full; the versions kept before are as they were.
    """
    _take_over_earlier_store(folder, disk)
    place = place_of(path, folder, disk)
    digest = sha256(data).hexdigest()
    known = kept_in(place)
    if (same := _kept_already(known, digest, mark)) is not None:
        return same
    # The order is that of keeping, even if the clock was set back.
    number = max(number_at(now), known[0].number + 1 if known else 0)
    made = named(place, number, data, mark)
    try:
        shelf(folder, disk).make()
        place.make()
        twin = next((each for each in known if each.sha256 == digest), None)
        if twin is None or not _linked(twin, made, place):
            write_version(place, made, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            f"No earlier version of {path.name} could be kept",
            f"{place.path}: {reason}.",
            "Your file is not concerned. Free some space, or see who may write there.",
            EXIT_FILE,
        ) from error
    note_path(place, path)
    forget(place, now)
    return made


def versions(path: Path, *, folder: Path | None = None, disk: Disk = REAL_DISK) -> tuple[Kept, ...]:
    """The versions of a file that are kept, the newest first. Raises nothing."""
    _take_over_earlier_store(folder, disk)
    return tuple(kept_in(place_of(path, folder, disk)))


def versions_of_verdict(
    path: Path, digits: str, *, folder: Path | None = None, disk: Disk = REAL_DISK
) -> tuple[Kept, ...]:
    """What was kept of any file for a verdict on content whose hash begins with these digits, this file's first.

    Another file may be a clone of this one, or this one under its earlier name. Raises nothing.
    """
    _take_over_earlier_store(folder, disk)
    own = place_of(path, folder, disk).path
    found = [each for place in places(folder, disk) for each in kept_in(place) if each.verdict.startswith(digits)]
    return tuple(sorted((each for each in found if each.verdict), key=lambda each: each.file.parent != own))


def read(kept: Kept, *, disk: Disk = REAL_DISK) -> str:
    """The text of a version.

    Raises:
        UserError: it is gone, cannot be read, or is not what was kept; exit code 3.
    """
    return read_bytes(kept, disk=disk).decode("utf-8-sig", "replace")


class SaveHistory:
    """Keeps the versions of one session. Its methods never raise: what goes wrong is given back, to be told.

    That is limited to once: after a failure nothing is given until it worked again. They may be called from several
    threads; one waits for the other.
    """

    def __init__(
        self, *, now: Callable[[], datetime], folder: Path | None = None, disk: Disk = REAL_DISK
    ) -> None:  # fmt: skip
        self._now = now
        self._folder = folder
        self._disk = disk
        self._backed_up: set[Path] = set()
        self._told = False
        self._last: dict[Path, Kept] = {}
        self._one_at_a_time = threading.Lock()

    def before_save(self, path: Path) -> UserError | None:
        """Keep what is in a file before a save replaces it, unless it is what was kept last."""
        with self._one_at_a_time:
            target = Path(os.path.realpath(path))
            try:
                data, fingerprint = read_file(target, disk=self._disk)
            except UserError as error:
                # A file that is not there has no state to keep; of any other fault the save itself has to speak.
                return None if isinstance(error.__cause__, FileNotFoundError) else self._once(error)
            if self._is_last(target, fingerprint):
                return self._once(None)
            problem = self._keep(target, data, OUTSIDE if target in self._backed_up else BACKUP)
            if problem is None:
                self._backed_up.add(target)
            return self._once(problem)

    def after_save(self, path: Path, data: bytes) -> UserError | None:
        """Keep what was just saved."""
        with self._one_at_a_time:
            return self._once(self._keep(Path(os.path.realpath(path)), data, SAVE))

    def _is_last(self, target: Path, fingerprint: Fingerprint) -> bool:
        """Whether a file holds what this session has kept of it last, so that nobody need look what else was kept."""
        last = self._last.get(target)
        if last is None or target not in self._backed_up or last.sha256 != fingerprint.sha256:
            return False
        try:
            self._disk.lstat(last.file)
        except OSError:
            return False
        return True

    def _keep(self, target: Path, data: bytes, mark: str) -> UserError | None:
        self._last.pop(target, None)
        try:
            kept = keep(target, data, now=self._now(), mark=mark, folder=self._folder, disk=self._disk)
        except UserError as error:
            return error
        self._last[target] = kept
        return None

    def _once(self, problem: UserError | None) -> UserError | None:
        told, self._told = self._told, problem is not None
        return None if told else problem


def _kept_already(known: list[Kept], digest: str, mark: str) -> Kept | None:
    """The version that makes another one needless: what was kept last.

    What is found in a file may also be older than the verdicts that were given since, before anything was saved.
    """
    for each in known:
        if each.sha256 == digest and (each.mark == mark or not mark.startswith(VERDICT)):
            return each
        if mark not in (BACKUP, OUTSIDE) or not each.verdict:
            break
    return None


def _linked(twin: Kept, made: Kept, place: PrivateFolder) -> bool:
    """Whether a second name could be given to a version that is still what it was."""
    try:
        read_bytes(twin, disk=place.disk)
        place.disk.link(twin.file, made.file)
    except (OSError, UserError):
        return False
    place.sync()
    return True


def _take_over_earlier_store(folder: Path | None, disk: Disk) -> None:
    """Move what an earlier store kept of verdicts into this one; what cannot be moved stays there."""
    here = shelf(folder, disk)
    earlier = PrivateFolder(here.path.parent / _EARLIER_STORE, disk=disk)
    for file, known in earlier.files(".toml"):
        if (name := _EARLIER_NAME.fullmatch(file.name)) is None:
            continue
        place = PrivateFolder(here.path / name[2], disk=disk)
        with suppress(OSError, UserError, OverflowError):
            data = earlier.read(file, MOST_BYTES)
            here.make()
            place.make()
            write_version(place, named(place, max(0, known.st_mtime_ns // 1000), data, f"{VERDICT}{name[1]}"), data)
            earlier.remove(file)
            earlier.path.rmdir()
