"""A folder of incidents: which files it has, and a row for each that follows the files as they change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Final

from schemas.moments import instant
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.library_agreements import Agreements
from tui.workspace.library_changes import Changes, Progress
from tui.workspace.library_incidents import KeptIncidents
from tui.workspace.library_policy import LoadedPolicy
from tui.workspace.library_rounds import Rounds
from tui.workspace.library_rows import LibraryRows
from tui.workspace.library_walk import Stamp, candidates, stamp_of, walk
from tui.workspace.library_workers import read_by_workers, workers_for
from tui.workspace.listing import Listed
from tui.workspace.rows import Reading, Row, quick_row, read_row

if TYPE_CHECKING:
    from schemas.incident import Incident
    from schemas.neighbours import Index, Neighbour

CHUNK: Final = 25
"""How many files are read fully between two looks at the keyboard."""

_QUICK: Final = 100
"""How many files are looked at quickly meanwhile."""

_TRIES: Final = 3
"""So often a library is filled at a time whose index is lost again and again."""


def scan(folder: Path, *, disk: Disk = REAL_DISK) -> list[Path]:
    """The incidents in a folder and those below it, by path: the candidates in which a key of an incident occurs.

    Raises:
        UserError: the folder itself cannot be listed.
    """
    return sorted(path for path in candidates(folder) if quick_row(path, disk=disk) is not None)


class Library:
    """The rows of a folder. `refresh` follows the files; `fill` completes the rows bit by bit; `follow` does both.

    May be read in one thread while another one refreshes or fills.
    """

    def __init__(
        self, folder: Path, *, now: Callable[[], datetime], disk: Disk = REAL_DISK, index: Path | None = None
    ) -> None:
        """`index` is the file of an index of the library that is used and kept up; see `library_index`."""
        self.folder = folder
        self._now = now
        self._disk = disk
        self._lock = threading.RLock()
        self._read = LibraryRows(folder, disk=disk, index=index)
        self._stamps: dict[str, Stamp] = {}
        self._incidents = KeptIncidents(disk=disk)
        self._agreed = Agreements(folder, disk=disk)
        self._rounds = Rounds(folder)
        self._beside: tuple[int, list[str], Index] | None = None

    def __len__(self) -> int:
        return len(self._read)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they are known now, by path."""
        return tuple(sorted(self._read.all(), key=lambda row: row.path))

    def row(self, path: Path) -> Row | None:
        """The row of one file."""
        name = self._within(path)
        return self._read.row(name) if name in self._read else None

    def listed(self, query: str = "", column: str = "date", reverse: bool = True) -> Listed:
        """The rows that fit a query, in the order of a column; see `filters`.

        Words of the query also fit where they occur in the text of an incident; see `library_words`.

        Raises:
            KeyError: there is no such column.
        """
        return self._read.listed(query, column, reverse)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folder, and those below it that hold files which may be incidents."""
        return (self.folder, *(self.folder / name for name in self._agreed.by_folder if name))

    @property
    def complete(self) -> bool:
        """Whether there is nothing left to fill."""
        return not self._read.unread

    # Following the files

    def follow(self, first: Callable[[], Iterable[Path]] = tuple) -> Iterator[Progress]:
        """Refresh and fill, with a pause after every piece of work in which the rows can be shown.

        `first` gives the files that are read before the others. The first pause comes when everything that was known
        before can be shown.

        Raises:
            UserError: the folder cannot be listed.
        """
        for _ in self._refreshed([]):
            yield Progress(0, len(self._read.unread))
        while self._read.take_some():
            yield Progress(0, len(self._read.unread))
        self._read.heed_losses()
        # That the index is damaged may be found out only while files are compared or kept.
        for _ in range(_TRIES):
            of, done = len(self._read.unread), 0
            for rows in self.fill(first=first()):
                done += len(rows)
                yield Progress(done, of)
            self._who_is_beside()
            self._read.heed_losses()
            if self.complete:
                break

    def refresh(self) -> Changes:
        """Look which files came, went or changed since the last look; those get a quick row, the others keep theirs.

        Where a `postmortem.toml` changed, so did every file that it holds for.

        Raises:
            UserError: the folder cannot be listed.
        """
        changes: list[Changes] = []
        for _ in self._refreshed(changes):
            pass
        return changes[-1]

    def _refreshed(self, changes: list[Changes]) -> Iterator[None]:
        """Refresh with pauses; at the end there is one more in `changes`."""
        agreed = Agreements(self.folder, disk=self._disk)
        found: dict[str, Stamp] = {}
        others: list[str] = []
        folders = {}
        for folder, files in walk(self.folder):
            folders[folder] = self._rounds.listed_at(folder)
            if files:
                agreed.look_for(folder)
                found.update(files)
                if self._agreed.by_folder.get(folder) != agreed.by_folder[folder]:
                    others += files
        before = self._read.names
        with self._lock:
            self._agreed = agreed
            self._rounds.folders = folders
            if not self._read.opened:
                self._stamps = self._read.open(found, agreed.by_folder, self._instant)
            else:
                self._read.heed_losses()
                for name in others:
                    self._stamps.pop(name, None)
            stamps = self._stamps
            fresh = [name for name, stamp in found.items() if stamps.get(name) != stamp]
            gone = [name for name in stamps if name not in found]
            for name in gone:
                del stamps[name]
        gone += before - found.keys()
        if gone:
            self._read.remove(gone)
        for start in range(0, len(fresh), _QUICK):
            yield
            self._look({name: found[name] for name in fresh[start : start + _QUICK]})
        after = self._read.names
        again = tuple(name for name in fresh if name in before and name in after)
        changes.append(Changes(self.folder, tuple(after - before), again, tuple(before - after)))
        yield

    def _look(self, stamps: dict[str, Stamp]) -> None:
        """Look quickly at files that are new or changed."""
        read_at = time_ns()
        rows = {name: quick_row(self.folder / name, name, disk=self._disk) for name in stamps}
        with self._lock:
            self._stamps.update(stamps)
            self._read.put_quick(rows, stamps, read_at)

    def glance(self) -> Changes | None:
        """Look at some of the files again, in turn, and renew the rows of those that were changed.

        None if a folder or a `postmortem.toml` is not as it was, or the index was lost: then there is more to do, see
        `follow`.
        """
        if self._read.heed_losses() or not self._agreed.still_hold():
            return None
        changed = self._rounds.look(self._stamps)
        if changed is None:
            return None
        self._renew(changed)
        return Changes(self.folder, names_changed=tuple(changed))

    def _renew(self, names: Sequence[str]) -> None:
        """Read some files anew that are where they were."""
        stamps = {}
        for name in names:
            with suppress(OSError):
                stamps[name] = stamp_of((self.folder / name).stat())
        if stamps:
            self._look(stamps)
            for _ in self._filled(list(stamps), len(stamps)):
                pass

    # Filling

    def fill(self, chunk: int = CHUNK, first: Iterable[Path] = ()) -> Iterator[tuple[Row, ...]]:
        """Complete the rows that are not, in chunks; those of the paths in `first` before the others."""
        waiting = set(self._read.unread)
        order = [name for name in dict.fromkeys(map(self._within, first)) if name in waiting]
        order += sorted(waiting - set(order), key=lambda name: name.split("/"))
        yield from self._filled(order, chunk)

    def _filled(self, order: list[str], chunk: int) -> Iterator[tuple[Row, ...]]:
        """Read files fully, in chunks."""
        chunks = [order[start : start + chunk] for start in range(0, len(order), chunk)]
        workers = workers_for(len(order)) if self._disk is REAL_DISK else 0
        done = 0
        if workers:
            now, stamps, agreed = self._now(), dict(self._stamps), self._agreed
            with suppress(OSError, EOFError):  # what is left is read here
                for names, readings in read_by_workers(self.folder, chunks, now, workers):
                    done += 1
                    yield self._take(names, stamps, agreed, now, readings)
        for names in chunks[done:]:
            now, agreed = self._now(), self._agreed
            stamps = {name: self._stamps[name] for name in names if name in self._stamps}
            yield self._take(names, stamps, agreed, now, [self._read_here(name, now) for name in names])

    def _read_here(self, name: str, now: datetime) -> Reading:
        path = self.folder / name
        return read_row(path, now, name, policy=self._agreed.policies.of(path).policy, disk=self._disk)

    def _take(
        self, names: Sequence[str], stamps: dict[str, Stamp], agreed: Agreements, now: datetime,
        readings: Sequence[Reading],
    ) -> tuple[Row, ...]:  # fmt: skip
        """Show what was read, except of files that are gone or were changed meanwhile. `stamps` and what was `agreed`
        on are as they were before."""
        taken: list[tuple[str, Stamp, Reading]] = []
        with self._lock:
            for name, reading in zip(names, readings, strict=True):
                stamp = self._stamps.get(name)
                as_before = stamp == stamps.get(name) and self._agreed.of(name) == agreed.of(name)
                if stamp is not None and as_before and name in self._read.unread:
                    taken.append((name, stamp, reading))
            if taken:
                self._read.put_read(taken, instant(now, None), self._agreed.of)
        return tuple(reading.row for _, _, reading in taken)

    # What is asked for single files

    def neighbours(self, path: Path) -> Sequence[Neighbour]:
        """What is known by now of the incidents beside one, for the checks that look across incidents."""
        from schemas.neighbours import others

        names, index = self._who_is_beside()
        own = self._within(path)
        return others(index, names.index(own)) if own in names else index.records

    def _who_is_beside(self) -> tuple[list[str], Index]:
        from schemas.neighbours import Index

        version, beside = self._read.version, self._beside
        if beside is None or beside[0] != version:
            known = self._read.records()
            beside = version, [name for name, _ in known], Index(tuple(record for _, record in known))
            self._beside = beside
        return beside[1:]

    def incident(self, path: Path) -> Incident | None:
        """What a file of the library holds, read now or a little earlier; None if it cannot be read."""
        return self._incidents.of(path, self._stamps.get(self._within(path)))

    def policy_of(self, path: Path) -> LoadedPolicy:
        """What the team has agreed on for a file of the library, or for a folder, as it was at the last look."""
        return self._agreed.policies.of(path)

    def close(self) -> None:
        """End the use of the index."""
        self._read.close()

    def _instant(self) -> int:
        return instant(self._now(), None)

    def _within(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else path.name
