"""Noticing that an open file changed underneath: by git, by an editor, by a second copy of this program.

Ask every `INTERVAL` seconds. While nothing happened that costs one question to the file system and no byte on the
screen; the content is read only when size, dates, permissions or inode say that something did.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.disk_errors import could_not_read, not_a_file
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.fingerprint import Fingerprint
from tui.workspace.storage import read_file

if TYPE_CHECKING:
    from schemas.toml_file import Loaded

INTERVAL: Final = 0.9
"""Seconds between two looks. A change that has to be looked at twice is known within two seconds all the same."""

_MOST_NAMES: Final = 2_000
"""In a larger folder a file that was renamed is not looked for."""


class Same(Struct, frozen=True):
    """Nothing new since the last look."""


class Touched(Struct, frozen=True):
    """The content is what was expected, but the file was written, replaced or changed in its permissions.

    `back`: it had been another one meanwhile. `replaced`: another file took its place. `mode`: its permission bits
    before and now, if they changed. `fingerprint` is to be expected from now on.
    """

    fingerprint: Fingerprint
    back: bool = False
    replaced: bool = False
    mode: tuple[int, int] | None = None


class Changed(Struct, frozen=True):
    """The content is another one. `loaded` is the incident in it; if there is none, `problem` says what is wrong."""

    data: bytes
    fingerprint: Fingerprint
    loaded: Loaded | None
    problem: UserError | None
    replaced: bool


class Gone(Struct, frozen=True):
    """There is no file any more. `moved_to` is where it seems to be now; `folder`: its folder is gone too."""

    moved_to: Path | None
    folder: bool


class Unreadable(Struct, frozen=True):
    """There is something, but it cannot be read."""

    error: UserError


Look = Same | Touched | Changed | Gone | Unreadable

_Stamp = tuple[int, int, int, int, int]


class Watch:
    """Watches one file. What happened is told once; `last` is what was told last."""

    def __init__(self, path: Path, fingerprint: Fingerprint, *, disk: Disk = REAL_DISK) -> None:
        self.path = path
        self._disk = disk
        self.expect(fingerprint)

    def expect(self, fingerprint: Fingerprint) -> None:
        """From now on this is what should be there: after a save of our own, or when a change was taken over."""
        self.fingerprint = fingerprint
        self.last: Look = Same()
        self._seen: _Stamp | str | None = None
        self._mode: int | None = None
        self._unsettled: _Stamp | None = None

    def look(self) -> Look:
        """What happened since the last look. Raises nothing."""
        found = self._look()
        if not isinstance(found, Same):
            self.last = found
        return found

    def _look(self) -> Look:
        try:
            known = self._disk.stat(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return Same() if self._known("gone") else self._gone()
        except OSError as error:
            return Same() if self._known(f"fault {error.errno}") else Unreadable(could_not_read(self.path, error))
        stamp = (known.st_size, known.st_mtime_ns, known.st_ino, known.st_ctime_ns, stat.S_IMODE(known.st_mode))
        if self._seen is None and stamp[:3] == self._expected():
            # The first look after opening or saving: this is how it is when nothing happened.
            self._seen, self._mode = stamp, stamp[4]
            return Same()
        if stamp == self._seen:
            return Same()
        if not stat.S_ISREG(known.st_mode):
            self._seen = stamp
            return Unreadable(not_a_file(self.path, known.st_mode))
        return self._examined(stamp)

    def _expected(self) -> tuple[int, int, int]:
        return self.fingerprint.size, self.fingerprint.mtime_ns, self.fingerprint.inode

    def _known(self, state: str) -> bool:
        known, self._seen = self._seen == state, state
        return known

    def _examined(self, stamp: _Stamp) -> Look:
        """The stamp is new: see whether the content is."""
        try:
            data, fingerprint = read_file(self.path, disk=self._disk)
        except UserError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return Same()  # it went in this moment; the next look says so
            self._seen = stamp
            return Unreadable(error)
        mode, self._mode = self._mode, stamp[4]
        replaced = fingerprint.inode != self.fingerprint.inode
        if fingerprint.same_content(self.fingerprint):
            back = isinstance(self.last, Changed | Gone | Unreadable)
            self._seen, self.fingerprint = stamp, fingerprint
            modes = (mode, stamp[4]) if mode is not None and mode != stamp[4] else None
            return Touched(fingerprint, back, replaced, modes)
        loaded, problem = _parsed(self.path, data)
        if (problem is not None or not data) and self._unsettled != stamp:
            # It may be half written. If it is the same at the next look, it is meant so.
            self._unsettled, self._mode = stamp, mode
            return Same()
        self._seen = stamp
        if isinstance(self.last, Changed) and fingerprint.same_content(self.last.fingerprint):
            return Same()  # what was told already, written once more
        return Changed(data, fingerprint, loaded, problem, replaced)

    def _gone(self) -> Gone:
        folder = self.path.parent
        if not folder.is_dir():
            return Gone(None, folder=True)
        return Gone(self._moved(folder), folder=False)

    def _moved(self, folder: Path) -> Path | None:
        """The file of the same inode and content in the same folder, if there is one."""
        names: list[str] = []
        with suppress(OSError):
            names = sorted(os.listdir(folder))  # noqa: PTH208
        for name in names if len(names) <= _MOST_NAMES else ():
            with suppress(OSError, UserError):
                known = self._disk.lstat(folder / name)
                if known.st_ino != self.fingerprint.inode or not stat.S_ISREG(known.st_mode):
                    continue
                if read_file(folder / name, disk=self._disk)[1].same_content(self.fingerprint):
                    return folder / name
        return None


def _parsed(path: Path, data: bytes) -> tuple[Loaded | None, UserError | None]:
    from schemas.toml_file import TomlError, parse_bytes

    try:
        return parse_bytes(data, str(path)), None
    except TomlError as error:
        place = f"{error.file}:{error.line}:{error.column}"
        return None, UserError(f"{place}: {error.title}", error.detail, error.hint, EXIT_FILE)
