"""Noticing that files of an open library change: by colleagues, by git, by another program.

Asking for ten thousand files each time would be work for nothing. So some are asked for each time, in turn.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Final

from tui.workspace.library_walk import Stamp, stamp_of

SECONDS: Final = 0.001
"""For so long files are asked for, each time: a library of ten thousand is gone through in a quarter of a minute or
so, and idling stays idling, even where each question goes over a network."""

_BETWEEN_LOOKS_AT_THE_CLOCK: Final = 16


class Rounds:
    """Goes round a library. `folders` says of each folder when names came into it or went, last (`listed_at`)."""

    def __init__(self, folder: Path) -> None:
        self.folders: Mapping[str, int] = {}
        self._folder = os.fspath(folder)
        self._turns: Iterator[str] = iter(())

    def look(self, stamps: Mapping[str, Stamp], seconds: float = SECONDS) -> list[str] | None:
        """The next file that does not have its stamp any more, if there is one; None if a folder is another one than it
        was."""
        end = monotonic() + seconds
        for number, (is_folder, name) in enumerate(self._next(stamps)):
            if is_folder:
                if self.listed_at(name) != self.folders.get(name):
                    return None
            elif self._is_changed(name, stamps.get(name)):
                return [name]
            if number % _BETWEEN_LOOKS_AT_THE_CLOCK == 0 and monotonic() > end:
                break
        return []

    def _next(self, stamps: Mapping[str, Stamp]) -> Iterator[tuple[bool, str]]:
        """All folders, and then each file once, beginning where the last look ended."""
        yield from ((True, name) for name in self.folders)
        for _ in range(len(stamps)):
            if (name := next(self._turns, None)) is None:
                self._turns = iter(list(stamps))
                name = next(self._turns, "")
            yield False, name

    def _is_changed(self, name: str, known: Stamp | None) -> bool:
        try:
            return known is not None and stamp_of(os.stat(f"{self._folder}/{name}")) != known  # noqa: PTH116
        except OSError:
            return False  # its folder tells that a file is gone; a link that leads nowhere is as it was

    def listed_at(self, folder: str) -> int:
        """When names came into a folder or went, last, in nanoseconds since 1970; 0 if it cannot be asked."""
        try:
            return os.stat(f"{self._folder}/{folder}").st_mtime_ns  # noqa: PTH116
        except OSError:
            return 0
