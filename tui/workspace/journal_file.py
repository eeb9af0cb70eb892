"""The file of a journal: begun with the whole text in one step, then followed by what changes.

While its process lives the file is locked; so others know that it is in use, however that process ends.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from tui.workspace import journal_format
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.exclusion import try_lock
from tui.workspace.journal_format import About
from tui.workspace.private_folder import PrivateFolder

ENDING: Final = ".journal"

WHOLE_EVERY: Final = 60
"""After so many changes the whole text is written again, so that no fault on the disk costs more than a minute."""

SPARE_BYTES: Final = 1 << 20
"""A journal longer than twice its text and this many bytes is begun anew."""


class JournalFile:
    """One journal in a private folder. Nothing is there until the first `put`."""

    def __init__(self, folder: Path, *, disk: Disk = REAL_DISK) -> None:
        self.disk = disk
        self._folder = PrivateFolder(folder, disk=disk)
        # Chance and not a name: no two processes ever write the same file, and no text can know what seals it.
        self._key = secrets.token_hex(8)
        self.path: Final = folder / f"{self._key}{ENDING}"
        self.about: About | None = None
        self._file: int | None = None
        # Whether what is in the file is known: after a failure it is begun anew.
        self._sound = False
        self._text = b""
        self._sum = ""
        self._size = 0
        self._since_whole = 0

    def put(
        self, text: bytes, about: About, at: datetime, changes: int, opened: Callable[[], bytes] | None = None
    ) -> None:  # fmt: skip
        """Bring a text to the disk. What was put before stays there until this is.

        `opened` gives the file before any change; it is only asked where a file of the journal begins.

        Raises:
            OSError, UserError: it cannot be written.
        """
        if not (self._sound and about == self.about and self._in_place()):
            self._begin(text, about, at, changes, opened)
            return
        if text == self._text:
            return
        now = journal_format.checksum(text)
        block = b""
        if self._since_whole < WHOLE_EVERY:
            block = journal_format.change(self._key, self._text, text, self._sum, now, at, changes)
        whole = not block or len(block) > len(text)
        if whole:
            block = journal_format.whole(self._key, text, about, at, changes)
        if self._size + len(block) > 2 * len(text) + SPARE_BYTES:
            self._begin(text, about, at, changes, opened)
            return
        assert self._file is not None
        self._sound = False
        self.disk.write(self._file, block)
        self.disk.sync(self._file)
        self._sound = True
        self._text, self._sum = text, now
        self._size += len(block)
        self._since_whole = 0 if whole else self._since_whole + 1

    def clear(self) -> None:
        """Remove the file. Raises OSError if it stays."""
        self.about = None
        if self._file is None:
            return
        with suppress(FileNotFoundError):
            self.disk.remove(self.path)
        self.let_go()

    def let_go(self) -> None:
        """Close the file and leave it: others may find it now."""
        if self._file is not None:
            file, self._file = self._file, None
            with suppress(OSError):
                self.disk.close(file)
        self._sound = False

    def _begin(
        self, text: bytes, about: About, at: datetime, changes: int, opened: Callable[[], bytes] | None
    ) -> None:  # fmt: skip
        """Write the file anew. The old one stays, and stays locked, until the new one has its place."""
        self._folder.make()
        before = b"" if opened is None else journal_format.opened(self._key, opened())
        block = journal_format.whole(self._key, text, about, at, changes)
        # What is only needed for merging does not count for how long the file may get.
        size = len(block)
        block = journal_format.HEADING + before + block
        temporary, file = self._folder.create()
        try:
            try_lock(file)
            self.disk.write(file, block)
            self.disk.sync(file)
            self.disk.replace(temporary, self.path)
        except BaseException:
            self._folder.remove(temporary)
            with suppress(OSError):
                self.disk.close(file)
            raise
        self._folder.sync()
        self.let_go()
        self._file = file
        self.about, self._text, self._sum = about, text, journal_format.checksum(text)
        self._size, self._since_whole, self._sound = size, 0, True

    def _in_place(self) -> bool:
        """Whether the file that is being written is still the one that will be found."""
        if self._file is None:
            return False
        try:
            known = self.disk.lstat(self.path)
        except OSError:
            return False
        own = os.fstat(self._file)
        return (known.st_ino, known.st_dev) == (own.st_ino, own.st_dev)
