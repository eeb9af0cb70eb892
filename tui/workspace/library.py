"""A folder of incidents: which files it has, and a row for each that follows the files as they change."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.disk_errors import could_not_read
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.filters import COLUMNS, matches, sort_rows
from tui.workspace.library_policy import LoadedPolicy, Policies
from tui.workspace.names import may_be_incident, new_file_name
from tui.workspace.rows import Row, full_row, quick_row
from tui.workspace.storage import open_file
from tui.workspace.trash import TRASH, move_to_trash, restore

if TYPE_CHECKING:
    from schemas.incident import Incident
    from schemas.neighbours import Neighbour

__all__ = [
    "COLUMNS",
    "TRASH",
    "Changes",
    "Library",
    "Row",
    "candidates",
    "full_row",
    "matches",
    "move_to_trash",
    "new_file_name",
    "quick_row",
    "restore",
    "scan",
    "sort_rows",
]

CHUNK: Final = 25
"""How many files are read fully between two looks at the keyboard."""

_KEPT_INCIDENTS: Final = 32
_NOT_ENTERED: Final = frozenset({"node_modules", "site-packages", "__pycache__"})

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became different between two looks at a folder."""

    added: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def candidates(folder: Path) -> Iterator[Path]:
    """The TOML files in a folder and those below it that may be incidents by their names, real folders first.

    Hidden files and folders (the trash is one), well-known other files and what cannot be listed are left out. Links
    to folders are followed, each folder once.

    Raises:
        UserError: the folder itself cannot be listed.
    """
    for path, _ in _walk(folder):
        yield path


def scan(folder: Path, *, disk: Disk = REAL_DISK) -> list[Path]:
    """The incidents in a folder and those below it, by path: the candidates in which a key of an incident occurs.

    Raises:
        UserError: the folder itself cannot be listed.
    """
    return sorted(path for path in candidates(folder) if quick_row(path, disk=disk) is not None)


class Library:
    """The rows of a folder. `refresh` follows the files; `fill` completes the rows bit by bit.

    May be read in one thread while another one refreshes or fills.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime], disk: Disk = REAL_DISK) -> None:
        self.folder = folder
        self._now = now
        self._disk = disk
        self._lock = threading.Lock()
        self._stamps: dict[Path, Stamp] = {}
        self._rows: dict[Path, Row] = {}
        self._incidents: dict[Path, tuple[Stamp | None, Incident]] = {}
        self._policies = Policies(disk=disk)
        self._agreed: dict[Path, tuple[Path, Stamp] | None] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they are known now, by path."""
        with self._lock:
            return tuple(self._rows[path] for path in sorted(self._rows))

    def row(self, path: Path) -> Row | None:
        """The row of one file."""
        return self._rows.get(path)

    @property
    def complete(self) -> bool:
        """Whether there is nothing left to fill."""
        with self._lock:
            return all(row.complete for row in self._rows.values())

    def refresh(self) -> Changes:
        """Look which files came, went or changed since the last look; those get a quick row, the others keep theirs.

        Where a `postmortem.toml` changed, so did every file that it holds for.

        Raises:
            UserError: the folder cannot be listed.
        """
        found = {path: _stamp(info) for path, info in _walk(self.folder)}
        policies = Policies(disk=self._disk)
        agreed = {folder: self._agreement(policies, folder) for folder in {path.parent for path in found}}
        fresh = {
            path: quick_row(path, self._name(path), disk=self._disk)
            for path, stamp in found.items()
            if self._stamps.get(path) != stamp or self._agreed.get(path.parent) != agreed[path.parent]
        }
        with self._lock:
            before = self._rows
            rows = {path: row for path, row in before.items() if path in found and path not in fresh}
            rows.update({path: row for path, row in fresh.items() if row is not None})
            self._rows, self._stamps = rows, found
            self._policies, self._agreed = policies, agreed
        return Changes(
            added=tuple(sorted(rows.keys() - before.keys())),
            changed=tuple(sorted(path for path in fresh if path in rows and path in before)),
            removed=tuple(sorted(before.keys() - rows.keys())),
        )

    def fill(self, chunk: int = CHUNK, first: Iterable[Path] = ()) -> Iterator[tuple[Row, ...]]:
        """Complete the rows that are not, in chunks; those of the paths in `first` before the others."""
        with self._lock:
            waiting = {path for path, row in self._rows.items() if not row.complete}
        order = [path for path in dict.fromkeys(first) if path in waiting]
        order += sorted(waiting - set(order))
        for start in range(0, len(order), chunk):
            done = (self._complete(path) for path in order[start : start + chunk])
            yield tuple(row for row in done if row is not None)

    def neighbours(self, path: Path) -> tuple[Neighbour, ...]:
        """What is known by now of the incidents beside one, for the checks that look across incidents."""
        from schemas.neighbours import Index, others

        rows = self.rows
        own = next((row.record for row in rows if row.path == path), None)
        if own is None:
            return tuple(row.record for row in rows if row.record is not None)
        rest = (row.record for row in rows if row.record is not None and row.path != path)
        return others(Index((own, *rest)), 0)

    def incident(self, path: Path) -> Incident | None:
        """What a file of the library holds, read now or a little earlier; None if it cannot be read."""
        stamp = self._stamps.get(path)
        with self._lock:
            kept = self._incidents.pop(path, None)
        if kept is None or kept[0] != stamp:
            try:
                kept = (stamp, open_file(path, disk=self._disk).loaded.incident)
            except UserError:
                return None
        with self._lock:
            self._incidents[path] = kept
            while len(self._incidents) > _KEPT_INCIDENTS:
                del self._incidents[next(iter(self._incidents))]
        return kept[1]

    def policy_of(self, path: Path) -> LoadedPolicy:
        """What the team has agreed on for a file of the library, or for a folder, as it was at the last look."""
        return self._policies.of(path)

    def _agreement(self, policies: Policies, folder: Path) -> tuple[Path, Stamp] | None:
        """The `postmortem.toml` that holds for a folder, and what it is now."""
        if (file := policies.file_of(folder)) is None:
            return None
        try:
            return file, _stamp(self._disk.stat(file))
        except OSError:
            return file, (0, 0, 0)

    def _complete(self, path: Path) -> Row | None:
        """Read one file fully; None if it is gone or was changed while it was read."""
        stamp = self._stamps.get(path)
        agreed = self._agreed.get(path.parent)
        policy = self._policies.of(path).policy
        row = full_row(path, self._now(), self._name(path), policy=policy, disk=self._disk)
        with self._lock:
            outdated = self._stamps.get(path) != stamp or self._agreed.get(path.parent) != agreed
            if path not in self._rows or outdated:
                return None
            self._rows[path] = row
            return row

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else path.name


def _stamp(info: os.stat_result) -> Stamp:
    return info.st_mtime_ns, info.st_size, info.st_ino


def _walk(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Candidates with what is known of each."""
    try:
        own = folder.resolve()
        entries = _listed(folder)
        # A link to a folder around this one would lead here again.
        seen = {_identity(each.stat()) for each in (own, *own.parents)}
    except (OSError, RuntimeError) as error:
        raise _cannot_list(folder, error) from error
    waiting: list[tuple[Path, Any]] = [(folder, entries)]
    linked: list[Path] = []
    while waiting or linked:
        if waiting:
            here, entries = waiting.pop()
        else:
            # Links come last, so that a file is found under its own name rather than under a link's.
            here = linked.pop(0)
            try:
                identity = _identity(here.stat())
                entries = _listed(here) if identity not in seen else []
            except OSError:
                continue
            seen.add(identity)
        below: list[tuple[Path, Any]] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = here / entry.name
            try:
                if entry.is_dir():
                    if entry.name in _NOT_ENTERED:
                        continue
                    if entry.is_symlink():
                        linked.append(path)
                    elif (identity := _identity(entry.stat())) not in seen:
                        seen.add(identity)
                        below.append((path, _listed(path)))
                elif _is_candidate(entry):
                    yield path, entry.stat(follow_symlinks=entry.is_file())
            except OSError:
                continue
        waiting.extend(reversed(below))


def _is_candidate(entry: os.DirEntry[str]) -> bool:
    if not may_be_incident(entry.name):
        return False
    # A link that leads nowhere is worth a word; a pipe or device is not a file at all.
    return entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))  # noqa: PTH110


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _identity(info: os.stat_result) -> tuple[int, int]:
    return info.st_dev, info.st_ino


def _cannot_list(folder: Path, error: Exception) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError(f"{folder} cannot be read", "There is no such folder.", "See if the name is right.", EXIT_FILE)
    if isinstance(error, NotADirectoryError):
        return UserError(f"{folder} is no folder", "It is a file.", "Name the folder that it is in.", EXIT_FILE)
    if isinstance(error, OSError):
        return could_not_read(folder, error)
    return UserError(f"{folder} cannot be read", "The links in its path lead in a circle.", "Mend the link.", EXIT_FILE)
