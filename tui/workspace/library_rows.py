"""The rows of a library: read in this run, or still lying in its index until somebody looks at them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import shown
from tui.workspace.index import Entry, Index, MemoryIndex
from tui.workspace.library_entries import entry_of, no_incident, record_from, row_from
from tui.workspace.library_walk import Stamp, folder_of
from tui.workspace.listing import Listed, Listing
from tui.workspace.program import program
from tui.workspace.rows import Reading, Row, quick_row

if TYPE_CHECKING:
    from schemas.neighbours import Neighbour

AT_ONCE: Final = 250
"""How many rows are taken out of the index between two looks at the keyboard."""

SEARCHES_KEPT: Final = 8


class LibraryRows:
    """Rows by the names of their files within the folder. For any thread.

    `unread` are the names of the files that have not been read fully, or of which the index has lost what was read.
    """

    def __init__(self, folder: Path, *, disk: Disk = REAL_DISK, index: Path | None = None) -> None:
        """`index` is the file of the index; without one everything is kept in memory."""
        self.folder = folder
        self.unread: set[str] = set()
        self.version = 0
        self._disk = disk
        self._index_file = index
        self._index: Index | None = None
        # What the index cannot hold, see `_has_plain_name`.
        self._unnamed = MemoryIndex()
        self._lost = 0
        self._lock = threading.RLock()
        self._rows: dict[str, Row] = {}
        self._stored: set[str] = set()
        self._searched: dict[str, frozenset[str]] = {}
        self._searched_in = 0
        self._listing = Listing(self.row)

    def __len__(self) -> int:
        return len(self._listing)

    def __contains__(self, name: str) -> bool:
        return name in self._rows or name in self._stored

    @property
    def names(self) -> set[str]:
        """The names of all rows."""
        with self._lock:
            return self._listing.names

    @property
    def opened(self) -> bool:
        """Whether the index was asked already."""
        return self._index is not None

    def open(self, found: Mapping[str, Stamp], agreed: Mapping[str, str], now: Callable[[], int]) -> dict[str, Stamp]:
        """Ask the index, for once, which of the files that were found it knows as they are now.

        `agreed` says what holds for the files of a folder, `now` which instant it is. Gives the stamps of the files
        that need not be looked at.
        """
        with self._lock:
            self._index = index = self._made_index()
            if self._index_file is None:
                return {}
            names: list[str] = []
            by_all = set(agreed.values())
            for by in by_all:
                names += [
                    name
                    for name, mtime, size, changed in index.known(now(), by)
                    if (stamp := found.get(name)) is not None
                    and stamp[0] == mtime and stamp[1] == size and stamp[2] == changed
                    and (len(by_all) == 1 or agreed[folder_of(name)] == by)
                ]  # fmt: skip
            self._stored.update(names)
            if len(by_all) == 1:
                self._listing.begin(names)
            else:
                for name in names:
                    self._listing.put(name)
            others = [
                name
                for name, mtime, size, changed in index.others()
                if name in found and found[name][:3] == (mtime, size, changed)
            ]
            if len(names) + len(others) == len(found):
                known = dict(found)
            else:
                known = {name: found[name] for name in (*names, *others)}
            if len(known) < index.count():
                index.forget(index.names() - found.keys())
            self.version += 1
            return known

    def _made_index(self) -> Index:
        if self._index_file is not None:
            try:
                from tui.workspace.library_index import LibraryIndex
            except ImportError:  # a Python that was built without SQLite
                return MemoryIndex()
            index = LibraryIndex(self._index_file, program())
            if index.usable:
                return index
        return MemoryIndex()

    @property
    def _kept(self) -> Index:
        if self._index is None:
            self._index = self._made_index()
        return self._index

    # Changes

    def remove(self, names: Collection[str]) -> None:
        """These files are gone."""
        with self._lock:
            for name in names:
                self._drop(name)
            self.version += 1
        self._kept.forget(name for name in names if _has_plain_name(name))
        self._unnamed.forget(names)

    def put_quick(self, rows: Mapping[str, Row | None], stamps: Mapping[str, Stamp], read_at: int) -> None:
        """What a quick look at new or changed files found, and when it began, in nanoseconds since 1970."""
        with self._lock:
            for name, row in rows.items():
                self._drop(name)
                if row is not None:
                    self._rows[name] = row
                    self.unread.add(name)
                    self._listing.put(name)
            self.version += 1
        self._unnamed.forget(rows)
        others = [name for name, row in rows.items() if row is None and _has_plain_name(name)]
        if others:
            self._kept.put([no_incident(name, stamps[name], read_at) for name in others])

    def put_read(self, readings: Iterable[tuple[str, Stamp, Reading]], now: int, agreed: Callable[[str], str]) -> None:
        """What came of reading files fully at the instant `now`, each with its name and stamp."""
        readings = tuple(readings)
        with self._lock:
            for name, _, reading in readings:
                self.unread.discard(name)
                self._stored.discard(name)
                self._rows[name] = reading.row
                self._listing.put(name)
            self.version += 1
        entries = [entry_of(name, stamp, reading, now, agreed(name)) for name, stamp, reading in readings]
        plain = [entry for entry in entries if _has_plain_name(entry.known.name)]
        if len(plain) < len(entries):
            self._unnamed.put([entry for entry in entries if not _has_plain_name(entry.known.name)])
        self._keep(plain)

    def _keep(self, entries: Sequence[Entry]) -> None:
        if entries and not self._kept.put(entries):
            with self._lock:
                self.unread.update(entry.known.name for entry in entries if entry.known.name in self)
            self.heed_losses()

    def heed_losses(self) -> bool:
        """Whether the index was lost since somebody asked last. Then everything has to be read again; the rows stay."""
        with self._lock:
            if not self._kept.usable:
                self._index, self._lost = MemoryIndex(), 0
            elif self._kept.lost == self._lost:
                return False
            else:
                self._lost = self._kept.lost
            self.unread |= self._listing.names
            self.version += 1
            return True

    def _drop(self, name: str) -> None:
        self._rows.pop(name, None)
        self._stored.discard(name)
        self.unread.discard(name)
        self._listing.drop(name)

    # What is asked

    def row(self, name: str) -> Row:
        """The row of a name. What was listed a moment ago may be gone by now, and has an empty one."""
        with self._lock:
            if name in self._stored:
                self._take([name])
            row = self._rows.get(name)
        return Row(self.folder / name, shown(Path(name))) if row is None else row

    def all(self) -> list[Row]:
        """All rows, in no order."""
        with self._lock:
            self._take(list(self._stored))
            return list(self._rows.values())

    def take_some(self) -> bool:
        """Get some rows ready for filters and other orders; False if there was nothing left to do."""
        with self._lock:
            some = [name for name, _ in zip(self._stored, range(AT_ONCE), strict=False)]
            self._take(some)
            self._listing.prepare(some)
        return bool(some)

    def _take(self, names: Sequence[str]) -> None:
        for name, mtime, size, text in self._kept.rows(names):
            try:
                self._rows[name] = row_from(text, self.folder / name, shown(Path(name)), mtime, size)
            except (ValueError, TypeError):
                continue
            self._stored.discard(name)
        for name in names:
            if name in self._stored:
                # The index was damaged, or another process has just taken it out.
                self._stored.discard(name)
                path = self.folder / name
                self._rows[name] = quick_row(path, name, disk=self._disk) or Row(path, shown(Path(name)))
                self.unread.add(name)

    def listed(self, query: str, column: str, reverse: bool) -> Listed:
        """See `Library.listed`."""
        with self._lock:
            if query or column != "date":
                self._take(list(self._stored))
            names = self._listing.ordered(column, reverse)
            if query:
                names = self._listing.fitting(query, names, self._with_words)
            return Listed(names, self.row, self.folder, self.version)

    def _with_words(self, text: str) -> frozenset[str]:
        from tui.workspace.library_words import is_long_enough, words_in

        words = words_in(text)
        if not is_long_enough(words):
            return frozenset()
        # While somebody types only the last word of a query changes.
        if self._searched_in != self.version:
            self._searched.clear()
            self._searched_in = self.version
        if (found := self._searched.get(words)) is None:
            while len(self._searched) >= SEARCHES_KEPT:
                del self._searched[next(iter(self._searched))]
            found = self._searched[words] = self._kept.search(words) | self._unnamed.search(words)
        return found

    def records(self) -> list[tuple[str, Neighbour]]:
        """What incidents need to know of each other, by file name, in the order of the names."""
        known = sorted([*self._kept.records(), *self._unnamed.records()])
        return [(name, record_from(text, shown(Path(name)))) for name, text in known]

    def close(self) -> None:
        """End the use of the index."""
        if self._index is not None:
            self._index.close()


def _has_plain_name(name: str) -> bool:
    """Whether the index can hold a name: one whose bytes are no text cannot be written as one."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
