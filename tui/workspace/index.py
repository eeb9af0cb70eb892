"""What is kept of the files of a library, and how it is asked for: rows, records for other incidents, text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct

KnownFile = tuple[str, int, int, int]
"""Of a file: name, mtime, size, changed; see `Known`. A plain tuple, because there may be very many."""


class Known(Struct, frozen=True):
    """What tells whether a file is still the one that was read, and where its row stands.

    `mtime`, `size` and `changed` (the time of the last change of content or permissions) are the file's; times are in
    nanoseconds since 1970. All of it was found at the instant `since` and holds until `until`, by what the team has
    `agreed` on. `day` and `place` are the row's sort keys by date and name; no place: it is no incident.
    """

    name: str
    mtime: int
    size: int
    changed: int
    since: int
    until: int
    agreed: str
    day: str | None
    place: str | None


class Entry(Struct, frozen=True):
    """A file to keep: what is known of it, its row and record as text (empty for none), and the words in it."""

    known: Known
    row: str = ""
    record: str = ""
    words: str = ""


class Index(Protocol):
    """What is kept of one library. For any thread; nothing raises.

    `lost` counts how often all that was kept went lost. What is not `usable` any more keeps nothing.
    """

    lost: int
    usable: bool

    def known(self, now: int, agreed: str) -> list[KnownFile]:
        """The incidents that were read by what was `agreed`, if that holds at the instant `now` (see
        `schemas.moments.instant`): the latest first, those of a day by name, and those without a day at the end."""

    def others(self) -> list[KnownFile]:
        """The files that are no incidents."""

    def count(self) -> int:
        """How many files there are, whether what was put in of them holds or not."""

    def names(self) -> set[str]:
        """All these files."""

    def rows(self, names: Iterable[str] | None = None) -> Iterator[tuple[str, int, int, str]]:
        """The rows of some files, or of all: name, mtime, size and the row as it was put in."""

    def records(self) -> list[tuple[str, str]]:
        """What incidents need to know of each other, as it was put in, by file name."""

    def search(self, words: str) -> frozenset[str]:
        """The files in whose words these occur one after the other; of the last one the beginning is enough."""

    def put(self, entries: Sequence[Entry]) -> bool:
        """Keep files, in place of what was known of them; False if that was not possible now."""

    def forget(self, names: Iterable[str]) -> None:
        """Files that are gone."""

    def close(self) -> None:
        """End; nothing is known after this."""


class MemoryIndex:
    """An index for as long as the program runs: where none is wanted on the disk, or there can be none."""

    def __init__(self) -> None:
        self.lost = 0
        self.usable = True
        self._entries: dict[str, Entry] = {}

    def known(self, now: int, agreed: str) -> list[KnownFile]:
        """See `Index`. Nothing is known from an earlier run."""
        return []

    def others(self) -> list[KnownFile]:
        """See `Index`."""
        return []

    def count(self) -> int:
        """See `Index`."""
        return len(self._entries)

    def names(self) -> set[str]:
        """See `Index`."""
        return set(self._entries)

    def rows(self, names: Iterable[str] | None = None) -> Iterator[tuple[str, int, int, str]]:
        """See `Index`."""
        for name in list(self._entries) if names is None else names:
            if (entry := self._entries.get(name)) is not None and entry.row:
                yield name, entry.known.mtime, entry.known.size, entry.row

    def records(self) -> list[tuple[str, str]]:
        """See `Index`."""
        return [(name, entry.record) for name, entry in list(self._entries.items()) if entry.record]

    def search(self, words: str) -> frozenset[str]:
        """See `Index`."""
        wanted = f" {words}"
        return frozenset(name for name, entry in list(self._entries.items()) if wanted in f" {entry.words}")

    def put(self, entries: Sequence[Entry]) -> bool:
        """See `Index`."""
        self._entries.update((entry.known.name, entry) for entry in entries)
        return True

    def forget(self, names: Iterable[str]) -> None:
        """See `Index`."""
        for name in names:
            self._entries.pop(name, None)

    def close(self) -> None:
        """See `Index`."""
        self._entries.clear()
