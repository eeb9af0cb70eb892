"""A line of text for each of many files, kept from one run to the next in one private file.

It is read as a whole and put in place as a whole: two programs at once never see half of what the other one writes, and
the last one counts. That is no index to search in, and needs nothing of a database. Whatever is wrong with it, it is
begun anew; where it cannot be written it is gone without.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import UserError
from tui.workspace.private_folder import PrivateFolder

FORMAT: Final = 1
"""To be raised with every change of what stands in the file."""

MOST_BYTES: Final = 1 << 28
"""More than that is neither read nor written."""


class KeptLines:
    """The lines of one file, by name. Nothing raises.

    Names and lines are bytes without line breaks, names also without tabs.
    """

    def __init__(self, file: Path, made_by: str, *, disk: Disk = REAL_DISK) -> None:
        """Read what is there. `made_by` names the program: what another one made is not used."""
        self.file = file
        self._made_by = f"{FORMAT} {made_by}".encode()
        self._folder = PrivateFolder(file.parent, disk=disk)
        self.lines = self._read()

    def _read(self) -> dict[bytes, bytes]:
        try:
            data = self._folder.read(self.file, MOST_BYTES)
        except OSError:
            return {}
        head, _, body = data.partition(b"\n")
        if head != self._head(body):
            return {}
        found: dict[bytes, bytes] = {}
        for line in body.split(b"\n"):
            name, tab, rest = line.partition(b"\t")
            if tab:
                found[name] = rest
        return found

    def write(self) -> None:
        """Put the lines in the place of what is in the file."""
        body = b"\n".join([b"%b\t%b" % each for each in self.lines.items()])
        data = b"%b\n%b" % (self._head(body), body)
        if len(data) > MOST_BYTES:
            return
        with suppress(OSError, UserError):
            self._folder.make()
            self._folder.write(self.file, data, lasting=False)

    def note_used(self) -> None:
        """Leave a mark that the file was of use, for who removes those that are not."""
        with suppress(OSError):
            os.utime(self.file, follow_symlinks=False)

    def _head(self, body: bytes) -> bytes:
        return b"%b %08x" % (self._made_by, zlib.crc32(body))
