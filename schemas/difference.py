"""One thing that is different between two versions of an incident, and the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, Literal

from msgspec import Struct

from schemas.item_words import PART_HEADINGS
from schemas.text import shorten
from schemas.word_changes import Piece, word_changes

Kind = Literal["added", "removed", "changed", "moved"]

_VALUE_WIDTH: Final = 60
_MOST_NAMED: Final = 8
_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d) (?=\S)")
_FLAGS: Final = {
    "resolved": ("resolved", "reopened"),
    "about": ("is now approximate", "is no longer approximate"),
}  # fmt: skip


class Difference(Struct, frozen=True):
    """One thing that is different.

    Attributes:
        kind: `added` and `removed` are whole items and sections; `moved` is an event at another time or a list in
            another order; all else is `changed`.
        where: its place: `events/k7q2/at`, `sections/impact`, `severity`; a list by itself is its order.
        name: what it is about in words: `event “Paged the on-call”`, `section “Impact”`, `incident`.
        field: the field in words (`due date`), empty where it is about the whole.
        before: the value as a person reads it, times on the incident's clock; empty where there was none. Of a whole
            item all it said, a line for each field.
        after: the same after the change.
        prose: whether the values are text to be compared word by word.
        key: the field as it is called in the file, empty where it is about the whole.
        gained: of a list of names, those that came.
        lost: of a list of names, those that went.
    """

    kind: Kind
    where: str
    name: str
    field: str = ""
    before: str = ""
    after: str = ""
    prose: bool = False
    key: str = ""
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The thing that it is about: `events/k7q2` where the field is `events/k7q2/at`."""
        return self.where.removesuffix(f"/{self.key}") if self.key else self.where

    @property
    def part(self) -> str:
        """The heading of the part of the incident that it is in: `Timeline`."""
        return PART_HEADINGS.get(self.where.partition("/")[0], PART_HEADINGS[""])

    @property
    def words(self) -> tuple[Piece, ...]:
        """The change word by word, where the difference is one of prose."""
        return word_changes(self.before, self.after) if self.prose else ()

    @property
    def only_spacing(self) -> bool:
        """Whether nothing but spaces and line breaks is different in prose."""
        return self.prose and self.before != self.after and self.before.split() == self.after.split()

    @property
    def sentence(self) -> str:
        """The difference in one line, such as `event “Rolled back” moved 10:30 → 10:45`.

        Or `action “Add an alert” got an owner: Ana`; `severity SEV3 → SEV2`; `section “Impact”: words changed`.
        """
        if not self.field:
            return f"{self.name} {'changed' if self.kind == 'moved' else self.kind}"
        if self.prose:
            return self._of(self._prose_verb())
        if self.gained or self.lost:
            return f"{self._whose} {self._names()}"
        if self.key in _FLAGS and {self.before, self.after} == {"yes", "no"}:
            return f"{self._whose} {_FLAGS[self.key][self.after == 'no']}"
        if not self.before:
            return f"{self._whose} got {_article(self.field)} {self.field}: {_short(self.after)}"
        if not self.after:
            return f"{self._whose} lost its {self.field} (was {_short(self.before)})"
        arrow = " → ".join(_pair(self.before, self.after))
        return f"{self.name} moved {arrow}" if self.kind == "moved" else self._of(arrow)

    @property
    def _whose(self) -> str:
        return "the incident" if "/" not in self.where else self.name

    def _of(self, what: str) -> str:
        """What happened to the field; of the incident itself only the field is named."""
        return f"{self.field} {what}" if "/" not in self.where else f"{self.name}: {self.field} {what}"

    def _prose_verb(self) -> str:
        if not self.before.strip():
            return "added"
        if not self.after.strip():
            return "removed"
        return "changed in spaces and line breaks only" if self.only_spacing else "changed"

    def _names(self) -> str:
        came = f"gained the {_named(self.field, self.gained)}" if self.gained else ""
        went = f"lost the {_named(self.field, self.lost)}" if self.lost else ""
        return " and ".join(filter(None, (came, went)))


def _named(noun: str, names: Sequence[str]) -> str:
    shown = [shorten(name, _VALUE_WIDTH) or "“”" for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        shown.append(f"{len(names) - _MOST_NAMED} more")
    listed = " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
    return f"{noun}{'s' if len(names) > 1 else ''} {listed}"


def _article(noun: str) -> str:
    return "an" if noun[:1].casefold() in tuple("aeio") else "a"


def _short(value: str) -> str:
    return shorten(value, _VALUE_WIDTH)


def _pair(before: str, after: str) -> tuple[str, str]:
    """Two values side by side: the day only where it is another one, and of long ones the part that differs."""
    day, new_day = _DAY.match(before), _DAY.match(after)
    if day and new_day and day[1] == new_day[1]:
        before, after = before[day.end() :], after[day.end() :]
    one, other = _short(before), _short(after)
    if one == other:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
        start = max(0, same - _VALUE_WIDTH // 2)
        one, other = (f"…{_short(value[start:])}" for value in (before, after))
    return one, other
