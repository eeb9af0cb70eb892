"""One conflict as it is put before a person: both versions with the words that differ, and what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from msgspec import Struct, field

from schemas.merge_conflict import Choice, Conflict, Own
from schemas.word_changes import word_changes
from tui.workspace.conflict_own import may_be_own
from tui.workspace.conflict_words import ConflictWords, Place

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether the other version has something else there."""

_MOST: Final = 8_000
"""Characters of a version that are shown: a log of a megabyte is no text to choose by reading."""
_BEFORE: Final = 400
_NOTHING: Final = "(nothing)"
_ABSENT: Final = {"removed": "(removed)"}


class Version(Struct, frozen=True):
    """What one side has.

    Attributes:
        choice: `ours`, `theirs` or `base`.
        label: what the side is called.
        pieces: its words; where there are none, `absent` says so.
        chosen: whether it was chosen, alone or with the other one.
        faded: whether something else was.
        absent: what stands for no words.
        cut: how many characters are not shown.
    """

    choice: str
    label: str
    pieces: Marked
    chosen: bool = False
    faded: bool = False
    absent: str = ""
    cut: int = 0


class Card(Struct, frozen=True):
    """A conflict.

    Attributes:
        place: what it is about.
        reason: why there is something to choose.
        versions: both sides.
        base: what was there before, where it is known and wanted.
        lead: settled words in front of a passage.
        trail: settled words behind it.
        more: further choices than the two: (choice, what it means, whether it was chosen); `own` is one's own words.
        result: what stands there then, where that is neither of the two; None where it is, or is not decided.
    """

    place: Place
    reason: str
    versions: tuple[Version, Version]
    base: Version | None = None
    lead: str = ""
    trail: str = ""
    more: Sequence[tuple[str, str, bool]] = field(default=())
    result: str | None = None


def card_of(words: ConflictWords, conflict: Conflict, choice: Choice | None, *, with_base: bool = False) -> Card:
    """The card of a conflict that was decided by `choice`, or not yet (None)."""
    one, other = words.side(conflict, "ours"), words.side(conflict, "theirs")
    first, second = _shown(one, other)
    pair = marked(first, second) if conflict.kind != "twin" else (_plain(first), _plain(second))
    absent = _ABSENT.get(conflict.kind, _NOTHING)

    def version(side: str, label: str, pieces: Marked, whole: str, shown: str) -> Version:
        chosen = choice in (side, "both")
        faded = choice is not None and not chosen
        return Version(side, label, pieces if whole else (), chosen, faded, absent, len(whole) - len(shown))

    versions = (
        version("ours", words.labels[0], pair[0], one, first),
        version("theirs", words.labels[1], pair[1], other, second),
    )
    base = None
    if with_base and conflict.based:
        absent = _NOTHING
        before = words.side(conflict, "base")
        base = version("base", "before", _plain(before[:_MOST]), before, before[:_MOST])
    lead, trail = words.around(conflict)
    result = None if choice in (None, "ours", "theirs") else words.result(conflict, choice)[:_MOST]
    place, reason = words.place(conflict), words.reason(conflict)
    return Card(place, reason, versions, base, lead, trail, _more(conflict, choice), result)


def _plain(text: str) -> Marked:
    return ((text, False),)


def marked(one: str, other: str) -> tuple[Marked, Marked]:
    """Two texts with the words marked that the other one does not have; nothing where they have nothing in common."""
    pieces = word_changes(one, other)
    if not any(piece.kind == "same" and piece.text.strip() for piece in pieces):
        return _plain(one), _plain(other)
    left = tuple((piece.text, piece.kind == "gone") for piece in pieces if piece.kind != "new")
    right = tuple((piece.text, piece.kind == "new") for piece in pieces if piece.kind != "gone")
    return left, right


def _shown(one: str, other: str) -> tuple[str, str]:
    """What of two texts is shown: of very long ones what stands around the first difference."""
    if max(len(one), len(other)) <= _MOST:
        return one, other
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    start = max(0, same - _BEFORE)
    return one[start : start + _MOST], other[start : start + _MOST]


def _more(conflict: Conflict, choice: Choice | None) -> list[tuple[str, str, bool]]:
    found: list[tuple[str, str, bool]] = []
    if "both" in conflict.choices:
        found.append(("both", "both", choice == "both"))
    if "base" in conflict.choices:
        found.append(("base", "as it was before", choice == "base"))
    if may_be_own(conflict):
        found.append(
            ("own", "your own words" if conflict.kind == "text" else "your own value", isinstance(choice, Own))
        )
    return found
