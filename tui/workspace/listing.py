"""The rows of a library in order and narrowed to a query, quickly however many there are.

A row is asked for only when something of it has to be known: the keys that rows are sorted by are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, overload

from tui.workspace.filters import SORT_KEYS, haystack, placed, terms
from tui.workspace.rows import Row

ORDERS_KEPT: Final = 4

FEW: Final = 16
"""So many rows are put into their places one by one; for more of them everything is sorted again."""

Keys = dict[str, Any]

Search = Callable[[str], frozenset[str]]
"""Gives the names of the files in whose text something occurs."""


class Listing:
    """The names of all rows. Not for several threads at once."""

    def __init__(self, row: Callable[[str], Row]) -> None:
        """`row` gives the row of a name that was put in."""
        self._row = row
        self._names: set[str] = set()
        self._keys: dict[str, dict[str, Any]] = {}
        self._haystacks: dict[str, str] = {}
        self._orders: dict[tuple[str, bool], list[str]] = {}
        self._moved: set[str] = set()

    def __len__(self) -> int:
        return len(self._names)

    @property
    def names(self) -> set[str]:
        """All names, as they are now."""
        return set(self._names)

    def begin(self, names: list[str]) -> None:
        """There are these rows, which are in the order of their dates already, the latest first."""
        self._names = set(names)
        self._orders = {("date", True): names}

    def put(self, name: str) -> None:
        """There is a row of this name, or another one than before."""
        self._forget(name)
        self._names.add(name)

    def drop(self, name: str) -> None:
        """There is no row of this name any more."""
        self._forget(name)
        self._names.discard(name)

    def _forget(self, name: str) -> None:
        for known in (*self._keys.values(), self._haystacks):
            known.pop(name, None)
        self._moved.add(name)

    def ordered(self, column: str, reverse: bool) -> list[str]:
        """All names in the order of a column (see `filters.sort_rows`). The list is not to be changed."""
        if self._moved:
            self._place_moved()
        if (known := self._orders.get((column, reverse))) is None:
            names = sorted(self._names, key=self._keys_by("name").__getitem__)
            known = placed(names, self._keys_by(column).__getitem__, reverse)
            while len(self._orders) >= ORDERS_KEPT:
                del self._orders[next(iter(self._orders))]
            self._orders[column, reverse] = known
        return known

    def _place_moved(self) -> None:
        """Bring the orders that are known up to date: a few names are taken out and put in at their places."""
        moved, self._moved = self._moved, set()
        if len(moved) > FEW:
            self._orders.clear()
        for (column, reverse), names in self._orders.items():
            keys, name_keys = self._keys_by(column), self._keys_by("name")

            def comes_first(one: str, other: str, keys: Any = keys, by: Any = name_keys, back: bool = reverse) -> bool:
                mine, its = keys[one], keys[other]
                if mine == its:
                    return bool(by[one] < by[other])
                if mine is None or its is None:
                    return its is None
                return bool(mine > its if back else mine < its)

            left = [name for name in names if name not in moved]
            for name in moved & self._names:
                low, high = 0, len(left)
                while low < high:
                    middle = (low + high) // 2
                    low, high = (low, middle) if comes_first(name, left[middle]) else (middle + 1, high)
                left.insert(low, name)
            self._orders[column, reverse] = left

    def prepare(self, names: Iterable[str]) -> None:
        """Get ready of some rows what the first filter, and the first row that changes, would have to wait for."""
        for name in names:
            row = self._row(name)
            for column in ("date", "name"):
                self._keys.setdefault(column, {})[name] = SORT_KEYS[column](row)
            self._haystacks[name] = haystack(row)

    def fitting(self, query: str, names: Iterable[str], search: Search) -> list[str]:
        """Those of some names whose rows fit a query (see `filters.matches`), or in whose texts the words occur."""
        found = list(names)
        for term in terms(query):
            if term.text:
                self._complete(self._haystacks, haystack)
                lines, hits, text = self._haystacks, search(term.text), term.text
                found = [name for name in found if name in hits or text in lines[name]]
            else:
                found = [name for name in found if term.test(self._row(name))]
        return found

    def _keys_by(self, column: str) -> dict[str, Any]:
        keys = self._keys.setdefault(column, {})
        self._complete(keys, SORT_KEYS[column])
        return keys

    def _complete(self, known: dict[str, Any], of: Callable[[Row], Any]) -> None:
        if len(known) < len(self):
            for name in self._names - known.keys():
                known[name] = of(self._row(name))


class Listed(Sequence[Row]):
    """Some rows in order, each made when it is first looked at. `version` tells that rows have changed since."""

    def __init__(self, names: Sequence[str], row: Callable[[str], Row], folder: Path, version: int) -> None:
        self.names = names
        self.version = version
        self._row = row
        self._folder = folder

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self._row(name) for name in self.names[index]]
        return self._row(self.names[index])

    def place_of(self, path: Path) -> int | None:
        """Where the row of a file stands; None if it does not."""
        try:
            return self.names.index(path.relative_to(self._folder).as_posix())
        except ValueError:
            return None
