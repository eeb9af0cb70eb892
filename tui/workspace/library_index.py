"""What was read of the files of a library, kept so that they need not be read again while they stay as they are.

An SQLite file for each library, in the cache folder of this person. It may be removed at any time, and is never
believed over a file that is opened: a row is only shown from it while the file has the same size and dates. One file
for each library, so that a search sees no other one, two libraries never wait for each other, and damage costs one.

Where it cannot be written it is gone without: see `tui.workspace.index.MemoryIndex`.
"""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from tui.workspace.errors import UserError
from tui.workspace.index import Entry, KnownFile
from tui.workspace.sqlite_file import connected, has_full_text, is_busy, remove

FORMAT: Final = 1
"""To be raised with every change of the tables, or of what stands in them."""

_TABLES: Final = (
    "CREATE TABLE about (made_by TEXT)",
    "CREATE TABLE files (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, mtime INTEGER, size INTEGER,"
    " changed INTEGER, since INTEGER, until INTEGER, agreed TEXT, day TEXT, place TEXT)",
    # Has all that is asked when a library is opened, in the order in which it is shown then.
    "CREATE INDEX in_order ON files (day DESC, place, name, mtime, size, changed, since, until, agreed)",
    "CREATE TABLE rows (id INTEGER PRIMARY KEY, row TEXT, proof INTEGER)",
    "CREATE TABLE records (id INTEGER PRIMARY KEY, record TEXT)",
    "CREATE TABLE texts (id INTEGER PRIMARY KEY, words)",
)
_SEARCHED: Final = "CREATE VIRTUAL TABLE searched USING fts5(words, content='', tokenize=\"ascii tokenchars '_|'\")"

Answer = TypeVar("Answer")

_FAULTS: Final = (sqlite3.Error, OSError, UserError)
_IN_THE_WAY: Final = (sqlite3.OperationalError, OSError, UserError)
"""What is no damage: a full disk, a lock that is held for long, a folder that must not be written to."""


class LibraryIndex:
    """The index of one library. For any thread; no method raises.

    What fails is given up: a damaged file is begun anew, and one that cannot be written is not `usable` any more.
    """

    def __init__(self, file: Path, made_by: str) -> None:
        """Open or make it. `made_by` names the program, down to its rules: what another one made is not used."""
        self.file = file
        self.lost = 0
        self.usable = True
        self._made_by = f"{FORMAT} {made_by}"
        self._lock = threading.RLock()
        self._db = self._opened()

    def known(self, now: int, agreed: str) -> list[KnownFile]:
        """See `Index`."""
        asked = (
            "SELECT name, mtime, size, changed FROM files INDEXED BY in_order"
            " WHERE since <= ?1 AND until > ?1 AND agreed = ?2 AND place IS NOT NULL ORDER BY day DESC, place"
        )
        return self._tried([], lambda: self._run(asked, (now, agreed)).fetchall())

    def others(self) -> list[KnownFile]:
        """See `Index`."""
        asked = (
            "SELECT name, mtime, size, changed FROM files INDEXED BY in_order"
            " WHERE day IS NULL AND place IS NULL AND until > 0"
        )
        return self._tried([], lambda: self._run(asked).fetchall())

    def count(self) -> int:
        """See `Index`."""
        return self._tried(0, lambda: int(self._run("SELECT count(*) FROM files").fetchone()[0]))

    def names(self) -> set[str]:
        """See `Index`."""
        return self._tried(set(), lambda: {name for (name,) in self._run("SELECT name FROM files")})

    def rows(self, names: Iterable[str] | None = None) -> Iterator[tuple[str, int, int, str]]:
        """See `Index`."""
        wanted = "SELECT name, mtime, size, row, proof FROM files JOIN rows USING (id)"
        found: list[tuple[str, int, int, str, int]]
        if names is None:
            found = self._tried([], lambda: self._run(wanted).fetchall())
        else:
            one = f"{wanted} WHERE name = ?"
            found = self._tried([], lambda: [row for name in names for row in self._run(one, (name,))])
        for name, mtime, size, row, proof in found:
            if isinstance(row, str) and zlib.crc32(row.encode()) == proof:
                yield name, mtime, size, row
            else:
                self._tried(None, self._begin_anew)
                return

    def records(self) -> list[tuple[str, str]]:
        """See `Index`."""
        asked = "SELECT name, record FROM files JOIN records USING (id)"
        return self._tried([], lambda: self._run(asked).fetchall())

    def search(self, words: str) -> frozenset[str]:
        """See `Index`."""

        def found() -> frozenset[str]:
            if self._full_text:
                asked = "SELECT name FROM searched JOIN files ON files.id = searched.rowid WHERE searched MATCH ?"
                rows = self._run(asked, (f'"{words}" *',))
            else:
                asked = "SELECT name FROM texts JOIN files USING (id) WHERE instr(' ' || texts.words, ?)"
                rows = self._run(asked, (f" {words}",))
            return frozenset(name for (name,) in rows)

        return self._tried(frozenset(), found)

    def put(self, entries: Sequence[Entry]) -> bool:
        """See `Index`."""
        return self._tried(False, lambda: self._put(entries))

    def forget(self, names: Iterable[str]) -> None:
        """See `Index`."""
        self._tried(None, lambda: self._forget(names))

    def close(self) -> None:
        """See `Index`."""
        with self._lock:
            self._close()

    # How it is done

    def _put(self, entries: Sequence[Entry]) -> bool:
        with self._changing():
            for entry in entries:
                known = entry.known
                self._remove(known.name)
                number = self._run(
                    "INSERT INTO files (name, mtime, size, changed, since, until, agreed, day, place)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        known.name, known.mtime, known.size, known.changed, known.since, known.until, known.agreed,
                        known.day, known.place,
                    ),
                ).lastrowid  # fmt: skip
                if entry.row:
                    proof = zlib.crc32(entry.row.encode())
                    self._run("INSERT INTO rows VALUES (?, ?, ?)", (number, entry.row, proof))
                if entry.record:
                    self._run("INSERT INTO records VALUES (?, ?)", (number, entry.record))
                if entry.words and self._full_text:
                    # The words themselves are needed to take them out again.
                    packed = zlib.compress(entry.words.encode(), 1)
                    self._run("INSERT INTO texts VALUES (?, ?)", (number, packed))
                    self._run("INSERT INTO searched (rowid, words) VALUES (?, ?)", (number, entry.words))
                elif entry.words:
                    self._run("INSERT INTO texts VALUES (?, ?)", (number, entry.words))
        return True

    def _forget(self, names: Iterable[str]) -> None:
        with self._changing():
            for name in names:
                self._remove(name)

    def _remove(self, name: str) -> None:
        found = self._run("SELECT id, words FROM files LEFT JOIN texts USING (id) WHERE name = ?", (name,)).fetchone()
        if found is None:
            return
        number, packed = found
        if packed is not None and self._full_text:
            words = zlib.decompress(packed).decode()
            self._run("INSERT INTO searched (searched, rowid, words) VALUES ('delete', ?, ?)", (number, words))
        for table in ("files", "rows", "records", "texts"):
            self._run(f"DELETE FROM {table} WHERE id = ?", (number,))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One change, done or not done as a whole."""
        self._run("BEGIN IMMEDIATE")
        try:
            if not self._fits():
                raise sqlite3.OperationalError("another version of the program has taken it over")
            yield
            self._run("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._run("ROLLBACK")
            raise

    def _run(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        assert self._db is not None
        return self._db.execute(statement, values)

    def _tried(self, otherwise: Answer, do: Callable[[], Answer]) -> Answer:
        with self._lock:
            if self._db is None:
                return otherwise
            try:
                return do()
            except (*_FAULTS, zlib.error, UnicodeError) as error:
                if not is_busy(error):
                    self._give_up(damaged=not isinstance(error, _IN_THE_WAY))
                return otherwise

    def _give_up(self, *, damaged: bool) -> None:
        """What was kept is lost."""
        self.lost += 1
        self._close()
        if damaged:
            remove(self.file)
            self._db = self._opened()
        else:
            self.usable = False

    def _close(self) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
        self._db = None

    # Opening

    def _opened(self) -> sqlite3.Connection | None:
        """A connection to the file, or to a new one in the place of a damaged one; None if there can be none."""
        for _ in range(2):
            try:
                return self._prepared(connected(self.file))
            except _IN_THE_WAY:
                break
            except _FAULTS:
                remove(self.file)
        self.usable = False
        return None

    def _prepared(self, db: sqlite3.Connection) -> sqlite3.Connection:
        try:
            self._full_text = has_full_text(db)
            if not self._fits(db):
                self._make_tables(db)
        except BaseException:
            db.close()
            raise
        return db

    @property
    def _maker(self) -> str:
        return f"{self._made_by} {'with' if self._full_text else 'without'} FTS5"

    def _fits(self, db: sqlite3.Connection | None = None) -> bool:
        """Whether the same program as this one made the tables."""
        db = db or self._db
        assert db is not None
        try:
            return bool(db.execute("SELECT made_by FROM about").fetchone() == (self._maker,))
        except sqlite3.OperationalError as error:
            if is_busy(error):
                raise
            return False

    def _make_tables(self, db: sqlite3.Connection) -> None:
        """Empty tables in the place of all that is there; another process may just have made them."""
        db.execute("BEGIN IMMEDIATE")
        try:
            if self._fits(db):
                db.execute("ROLLBACK")
                return
            for name in ("about", "files", "rows", "records", "texts", "searched"):
                db.execute(f"DROP TABLE IF EXISTS {name}")
            for statement in (*_TABLES, *((_SEARCHED,) if self._full_text else ())):
                db.execute(statement)
            db.execute("INSERT INTO about VALUES (?)", (self._maker,))
            db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise

    def _begin_anew(self) -> None:
        raise sqlite3.DatabaseError("a row is not as it was put in")
