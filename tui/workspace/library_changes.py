"""What a look at the folder of a library tells: which files became different, and how far it is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct


class Changes(Struct, frozen=True):
    """What became different between two looks at a folder: files by their names within it."""

    folder: Path
    names_added: tuple[str, ...] = ()
    names_changed: tuple[str, ...] = ()
    names_removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names_added or self.names_changed or self.names_removed)

    @property
    def added(self) -> tuple[Path, ...]:
        """The paths of the files that are new, in order."""
        return self._paths(self.names_added)

    @property
    def changed(self) -> tuple[Path, ...]:
        """The paths of the files that were there and are others now, in order."""
        return self._paths(self.names_changed)

    @property
    def removed(self) -> tuple[Path, ...]:
        """The paths of the files that are gone, or are no incidents any more, in order."""
        return self._paths(self.names_removed)

    def _paths(self, names: Iterable[str]) -> tuple[Path, ...]:
        return tuple(sorted(self.folder / name for name in names))


class Progress(Struct, frozen=True):
    """How far a library is read: so many files of those that have to be."""

    done: int
    of: int
