"""What changed from one version of a file to another, worked out once and held for a while."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui.workspace.file_versions import Content, Contents, Version

if TYPE_CHECKING:
    from schemas.difference import Difference

BROKEN: Final = -1
"""In place of a number of changes: the version is no incident that can be read."""

ALONE: Final = -2
"""In place of a number of changes: there is no version before it that it could be compared with."""

_MOST_HELD: Final = 8

_MOST_PASSED_OVER: Final = 20

Pair = tuple[tuple[Version, ...], Version]
"""Older versions, the newest of them first, and a newer one, which is compared with the first that can be read."""


class Compared(Struct, frozen=True):
    """Two versions and what is different between them.

    `since` is the older version, None if there is none that can be read; `older` is what it holds, or what the one
    right before holds, None if there is none.
    """

    since: Version | None
    older: Content | None
    newer: Content
    found: tuple[Difference, ...] = ()

    @property
    def count(self) -> int:
        """How many changes, `BROKEN` or `ALONE`."""
        if self.newer.incident is None:
            return BROKEN
        return len(self.found) if self.since is not None else ALONE


class Comparisons:
    """The comparisons that were made. `compare` may be called in any thread, all else in that of the screen."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._counts: dict[tuple[str, str], int] = {}
        self._held: OrderedDict[tuple[str, str], Compared] = OrderedDict()

    def compare(self, pair: Pair, document: Content | None) -> Compared:
        """Read two versions and compare them, but for ids that one of them lacks. May take its time; raises nothing.

        `document` is what the version `now` holds, None where that is what is in the file.
        """
        from schemas.differences import differences

        newer = self._content(pair[1], document)
        first: Content | None = None
        for since in pair[0][:_MOST_PASSED_OVER]:
            older = self._content(since, document)
            first = first or older
            if newer.incident is None:
                break
            if older.incident is not None:
                found = differences(older.incident, newer.incident).all
                return Compared(since, older, newer, tuple(each for each in found if each.key != "id"))
        return Compared(None, first, newer)

    def note(self, pair: Pair, compared: Compared) -> None:
        """Hold what came of a comparison."""
        self._counts[_keys(pair)] = compared.count
        self._held[_keys(pair)] = compared
        if len(self._held) > _MOST_HELD:
            self._held.popitem(last=False)

    def count(self, pair: Pair) -> int | None:
        """How many changes there are between two versions, None if they were not compared yet."""
        return self._counts.get(_keys(pair))

    def known(self, pair: Pair) -> Compared | None:
        """What came of a comparison, None if it was not made or is not held any more."""
        return self._held.get(_keys(pair))

    def forget_now(self) -> None:
        """The document is not what it was."""
        for keys in [keys for keys in self._counts if "now" in keys]:
            del self._counts[keys]
            self._held.pop(keys, None)

    def _content(self, version: Version, document: Content | None) -> Content:
        return document if version.kind == "now" and document is not None else self._contents.of(version)


def _keys(pair: Pair) -> tuple[str, str]:
    older, newer = pair
    return (older[0].key if older else "", newer.key)
