"""What earlier runs of `check` have found in files that stayed as they are, so that they need not be looked at again.

All that a look depends on is held against what it was then: size and dates of the file, what was agreed on and which
rules are wanted, this program with its rules and time zones, and the days on which findings turn. What compares files
with each other is always done anew. Nothing here fails: what is not known is looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from schemas.moments import instant
from tui.cli.checking import Checking
from tui.cli.looked import Looked
from tui.workspace.kept_lines import KeptLines
from tui.workspace.library_place import memory_file, tidy_memories
from tui.workspace.library_walk import Stamp, is_settled, stamp_of
from tui.workspace.program import program

Looks = Callable[[Sequence[Path]], Iterator[tuple[Path, Looked]]]


class _Library(Struct):
    """What is known of one library: the folder that its files are named by, the lines, and the names of files that
    were met in this run. `changed`: whether there is more to keep than was read."""

    root: str
    known: KeptLines
    met: set[bytes]
    changed: bool = False


class Earlier:
    """What is known of the files that a run is to check."""

    def __init__(self, run: Checking, now: datetime, named: Collection[Path], place: Path) -> None:
        """`named` are the files and folders that are to be checked, `place` is the folder of all that is known.

        Files for which nothing was agreed on belong together if they are found in one folder that is named, or are
        named themselves.
        """
        self._run = run
        self._now = instant(now, None)
        self._named = named
        self._around = Path(os.path.commonpath([each.parent.absolute() for each in named]))
        self._place = place
        self._made_by = program(("tui/cli",))
        self._libraries: dict[tuple[str, str], _Library] = {}
        self._folders: dict[Path, tuple[_Library, bytes]] = {}

    def looks(self, files: Sequence[Path], look: Looks) -> Iterator[tuple[Path, Looked]]:
        """Each file with what came of a look at it, now or earlier, in the order of the files; `look` looks at some."""
        stamps = [_stamp(path) for path in files]
        known = [self._known(path, stamp) for path, stamp in zip(files, stamps, strict=True)]
        fresh = look([path for path, looked in zip(files, known, strict=True) if looked is None])
        for path, stamp, earlier in zip(files, stamps, known, strict=True):
            if earlier is not None:
                yield path, earlier
            else:
                _, looked = next(fresh)
                self._keep(path, stamp, looked)
                yield path, looked
        self._write()

    def _known(self, path: Path, stamp: Stamp | None) -> Looked | None:
        library, name = self._at(path)
        library.met.add(name)
        line = library.known.lines.get(name)
        if line is None or stamp is None:
            return None
        then, _, rest = line.partition(b"\t")
        seen, _, held = then.rpartition(b"|")
        if seen != _written(stamp):
            return None
        with suppress(ValueError, TypeError, KeyError):
            since, until = held.split()
            if int(since) <= self._now < int(until):
                return self._run.again(path, rest.decode())
        return None

    def _keep(self, path: Path, stamp: Stamp | None, looked: Looked) -> None:
        library, name = self._at(path)
        lines, kept = library.known.lines, looked.kept
        holds = kept is not None and kept.until > self._now and not set(name) & set(b"\n\t")
        if kept is not None and stamp is not None and holds and is_settled(stamp, kept.read_at):
            lines[name] = b"%b|%d %d\t%b" % (_written(stamp), self._now, kept.until, kept.line.encode())
            library.changed = True
        elif lines.pop(name, None) is not None:
            library.changed = True

    def _write(self) -> None:
        """Keep what was found, and forget the files that are gone."""
        for library in self._libraries.values():
            lines = library.known.lines
            for name in [each for each in lines if each not in library.met]:
                if not os.path.exists(os.path.join(os.fsencode(library.root), name)):  # noqa: PTH110, PTH118
                    del lines[name]
                    library.changed = True
            if library.changed:
                library.known.write()
            else:
                library.known.note_used()
        if any(library.changed for library in self._libraries.values()):
            tidy_memories(wanted=True, place=self._place)

    def _at(self, path: Path) -> tuple[_Library, bytes]:
        """The library of a file, and its name there."""
        found = self._folders.get(path.parent)
        if found is None:
            found = self._folders[path.parent] = self._opened(path.parent)
        library, within = found
        return library, within + os.fsencode(path.name)

    def _opened(self, folder: Path) -> tuple[_Library, bytes]:
        root, agreed = self._run.agreement(folder)
        root = root or next((each for each in (folder, *folder.parents) if each in self._named), self._around)
        real, own = os.path.realpath(root), os.path.realpath(folder)
        library = self._libraries.get((real, agreed))
        if library is None:
            lines = KeptLines(memory_file(Path(real), agreed, self._place), self._made_by)
            library = self._libraries[real, agreed] = _Library(real, lines, set())
        within = os.path.relpath(own, real) if Path(own).is_relative_to(real) else own
        return library, b"" if within == "." else os.fsencode(f"{within}/")


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(os.stat(path))  # noqa: PTH116 (a third of the time, for thousands of files)
    except OSError:
        return None


def _written(stamp: Stamp) -> bytes:
    return b"%d %d %d %d" % stamp
