"""What two sides of a merge did to the same thing, and what can be chosen for it."""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct, field

from schemas.incident import ITEM_LISTS
from schemas.merge_text import Passage, passages

Kind = Literal["value", "text", "removed", "twin", "order"]
"""A field with one value; a passage of a text; removed here and changed there; two things under one id; a list put in
another order by both."""


class Own(Struct, frozen=True):
    """A text or value of one's own instead of what the sides have."""

    value: Any


Choice = Literal["ours", "theirs", "both", "base"] | Own
Path = tuple[str, ...]

_FREE_WORDS: Final = frozenset({"title", "owner", "actor", "author", "heading", "value", "as_written", "unit", "by"})
"""Fields of one line that can say two things."""

_NESTED: Final = frozenset({"sections", *ITEM_LISTS})


class Conflict(Struct, frozen=True, eq=False):
    """One thing that both sides changed, each in its own way.

    Attributes:
        path: the thing: `("title",)`, `("sections", "impact")`, `("events", "k7q2", "at")`, `("events", "k7q2")`,
            `("actions",)`; the keys of an unknown table follow one by one.
        kind: what is in conflict; it says what the sides are.
        base: what both started from, None if that is not known or was nothing.
        ours: what our side has. Of a text that is one passage; of `removed` and `twin` the item or None; of `order`
            the ids or values in order.
        theirs: the same of the other side.
        part: which of several passages of one text this is, from 0.
        based: whether there is a base to go back to.
        key: what it goes by among the conflicts of its merge: its place, with `#1`, `#2` … for further passages.
    """

    path: Path
    kind: Kind
    base: Any
    ours: Any
    theirs: Any
    part: int = 0
    based: bool = True
    key: str = ""

    @property
    def where(self) -> str:
        """The thing that the field belongs to: `events/k7q2`, `sections`, or nothing for the incident itself."""
        return "/".join(self.path[: self._depth])

    @property
    def name(self) -> str:
        """The field, such as `text`; empty where the whole item, list or order is meant."""
        return "/".join(self.path[self._depth :])

    @property
    def place(self) -> str:
        """Both together, as findings and line numbers name a place."""
        return "/".join(self.path)

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices that make sense, besides a value of one's own."""
        both = self.kind in ("text", "twin") or (self.kind == "value" and self.path[-1] in _FREE_WORDS)
        return ("ours", "theirs", *(["both"] if both else []), *(["base"] if self.based else []))

    @property
    def _depth(self) -> int:
        if self.path[0] not in _NESTED:
            return 0
        return 1 if self.path[0] == "sections" else 2


Pieces = tuple[str | Passage, ...]


class Ledger(Struct):
    """What a merge notes as it goes: the conflicts, and the texts that have open passages.

    `based` is False where there is no base at all, so that nothing can be taken for removed.
    """

    based: bool = True
    conflicts: list[Conflict] = field(default_factory=list)
    texts: dict[Path, Pieces] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)

    def note(
        self, path: Path, kind: Kind, base: Any, ours: Any, theirs: Any, *, part: int = 0, based: bool = True
    ) -> None:
        """Add a conflict under a key of its own."""
        key = wanted = f"{'/'.join(path)}#{part}" if part else "/".join(path)
        count = 1
        while key in self._keys:  # ids and unknown keys may hold slashes
            count += 1
            key = f"{wanted}~{count}"
        self._keys.add(key)
        known = based and self.based
        self.conflicts.append(Conflict(path, kind, base if known else None, ours, theirs, part, known, key))

    def note_text(self, path: Path, pieces: Pieces, *, based: bool = True) -> None:
        """Add a conflict for each open passage of a text."""
        self.texts[path] = pieces
        for part, passage in enumerate(passages(pieces)):
            self.note(path, "text", passage.base, passage.ours, passage.theirs, part=part, based=based)
