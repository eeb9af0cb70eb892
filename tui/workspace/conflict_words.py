"""The conflicts of a merge in words: what each is about, and what either side has there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import takewhile
from typing import Any, Final

from msgspec import Struct

from schemas.entries import zone_of
from schemas.incident import ITEM_LISTS, Event, Model
from schemas.item_words import ITEM_WORDS, field_word, item_lines, item_name, unknown_words, value_words
from schemas.merge import Merged
from schemas.merge_conflict import Choice, Conflict, Own
from schemas.merge_text import Passage, passages
from schemas.sections import BY_KEY
from schemas.text import clean_line, clean_prose, first_line, shorten
from schemas.time_changes import event_time

Labels = tuple[str, str]
"""What the first and the second side are called."""

_LABEL_WIDTH: Final = 24
_NAME_WIDTH: Final = 60
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d (?=\S)")
_AROUND: Final = 120
"""Characters of the settled text before and behind a passage."""

_MOST_LINES: Final = 60
"""So many things of a list are shown in order, from the first one that moved."""

_REASONS: Final = {
    "value": "Both wrote something else here",
    "text": "Both changed these words",
    "twin": "Both added something else under one id",
    "order": "Both put these in another order",
}


class Place(Struct, frozen=True):
    """What a conflict is about.

    Attributes:
        thing: `Event 14:05`, `Root cause`, `Action “Automate the backups”`, `Title`.
        field: which part of it, `owner` or `passage 2 of 3`; empty where it is all of it.
        said: the words of an event, which its time alone does not tell.
    """

    thing: str
    field: str = ""
    said: str = ""

    @property
    def words(self) -> str:
        """Both in a line."""
        return f"{self.thing} · {self.field}" if self.field else self.thing


class ConflictWords:
    """Words for the conflicts of one merge, whose sides are called by `labels`."""

    def __init__(self, merged: Merged, labels: Labels) -> None:
        self.merged = merged
        self.labels = safe_labels(labels)
        self._places: dict[str, Place] = {}

    @cached_property
    def zone(self) -> Any:
        """The zone of the merged incident's clocks."""
        return zone_of(self.merged.incident)[0]

    def place(self, conflict: Conflict) -> Place:
        """What a conflict is about."""
        found = self._places.get(conflict.key)
        if found is None:
            found = self._places[conflict.key] = self._place(conflict)
        return found

    def reason(self, conflict: Conflict) -> str:
        """Why somebody has to choose, in a sentence without its full stop."""
        if conflict.kind == "removed":
            first, second = self.labels if conflict.ours is None else self.labels[::-1]
            return f"Removed in {first}, changed in {second}"
        if conflict.kind in ("value", "text") and not conflict.based:
            return "The two differ here"
        return _REASONS[conflict.kind]

    def side(self, conflict: Conflict, choice: str) -> str:
        """What a side (`ours`, `theirs`, `base`) has there, of any number of lines; empty for nothing."""
        value = {"ours": conflict.ours, "theirs": conflict.theirs, "base": conflict.base}[choice]
        if conflict.kind == "order":
            return self._order(conflict, value)
        words = self._words(conflict, value)
        other = conflict.theirs if choice == "ours" else conflict.ours
        if choice != "base" and conflict.kind == "value" and words == self._words(conflict, other):
            return str(value)  # one instant on two clocks, 5 and 5.0
        return words

    def around(self, conflict: Conflict) -> tuple[str, str]:
        """The end of the settled text before a passage and the start of the one behind it."""
        part = -1
        before = ""
        pieces = self.merged.texts.get(conflict.path, ()) if conflict.kind == "text" else ()
        for at, piece in enumerate(pieces):
            if not isinstance(piece, Passage):
                before = piece
                continue
            part += 1
            if part == conflict.part:
                follows = pieces[at + 1] if at + 1 < len(pieces) else ""
                return _tail(before), _head(follows if isinstance(follows, str) else "")
            before = ""
        return "", ""

    def result(self, conflict: Conflict, choice: Choice) -> str:
        """What stands there then; empty for nothing."""
        if isinstance(choice, Own):
            return self._words(conflict, choice.value)
        if choice != "both":
            return self.side(conflict, choice)
        if conflict.kind == "text":
            return Passage("", conflict.ours, conflict.theirs, self._is_lines(conflict)).both
        between = " / " if conflict.kind == "value" else "\n\n"
        return between.join(filter(None, (self.side(conflict, "ours"), self.side(conflict, "theirs"))))

    def choice(self, choice: Choice | None) -> str:
        """How something was decided, in a word or two; empty where it is not."""
        if choice is None:
            return ""
        if isinstance(choice, Own):
            return "own words"
        return {"ours": self.labels[0], "theirs": self.labels[1], "both": "both", "base": "as before"}[choice]

    def _is_lines(self, conflict: Conflict) -> bool:
        return passages(self.merged.texts[conflict.path])[conflict.part].lines

    def _words(self, conflict: Conflict, value: Any) -> str:
        path, name = conflict.path, _list_of(conflict.path)
        if value is None:
            return ""
        if conflict.kind == "order":
            return self._order(conflict, value)
        if isinstance(value, Model):
            return item_lines(path[0], value, self.zone)
        if conflict.kind == "text":
            return str(value)
        if isinstance(value, dict | list):
            return unknown_words(value)
        return clean_prose(value_words(name, path[-1], value, self.zone))

    def _order(self, conflict: Conflict, order: Sequence[str]) -> str:
        """The things in order, a line for each, from the first that does not stand at the same place on both sides."""
        one, other = conflict.ours, conflict.theirs
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        start = max(0, same - 1)
        shown = order[start : start + _MOST_LINES]
        of_items = conflict.path[0] in ITEM_LISTS and len(conflict.path) == 1
        lines = [self._item_line(conflict.path[0], key) if of_items else key or "“”" for key in shown]
        numbered = [f"{start + at + 1}. {line}" for at, line in enumerate(lines)] if of_items else lines
        left = len(order) - start - len(shown)
        return "\n".join([*numbered, *([f"… and {left:,} more"] if left else [])])

    def _item_line(self, name: str, key: str) -> str:
        item = self._item(name, key)
        if item is None:
            return key
        thing = self._thing(name, item)
        return f"{thing.thing} {thing.said}".rstrip()

    def _item(self, name: str, key: str) -> Model | None:
        """An item of a list by what it goes by, as a side has it: that of the merge may hold markers in its text."""
        if (item := self._items.get((name, key))) is not None:
            return item
        found = self.merged.lists.get(name)
        merged: Model | None = found.items.get(key) if found is not None else None
        return merged

    @cached_property
    def _items(self) -> dict[tuple[str, str], Model]:
        lists = {conflict.path[0] for conflict in self.merged.conflicts} & set(ITEM_LISTS)
        sides = reversed(self.merged.sides)  # where both have an item the first side's is kept
        return {
            (name, item.__dict__.get("id", "")): item
            for side in sides
            for name in lists
            for item in getattr(side, name)
        }

    def _place(self, conflict: Conflict) -> Place:
        path, name = conflict.path, conflict.path[0]
        field = self._field(conflict)
        if name == "sections" and len(path) > 1:
            heading = BY_KEY[path[1]].heading if path[1] in BY_KEY else _capital(field_word(path[-1]))
            return Place(heading, self._passage(conflict))
        if name in ITEM_LISTS and len(path) == 1:
            return Place(f"Order of the {ITEM_WORDS[name]}s")
        if name in ITEM_LISTS:
            item = conflict.ours if isinstance(conflict.ours, Model) else conflict.theirs
            if not isinstance(item, Model):
                item = self._item(name, path[1])
            thing = self._thing(name, item) if item is not None else Place(path[1])
            return Place(thing.thing, field, thing.said)
        if conflict.kind == "order":
            return Place(f"Order of the {field_word(path[-1])}s")
        words = _capital(field_word(path[0]))
        return Place(words, " · ".join(map(field_word, path[1:])))

    def _field(self, conflict: Conflict) -> str:
        if len(conflict.path) <= 2:
            return {"removed": "removed", "twin": "two under one id"}.get(conflict.kind, "")
        word = " · ".join(field_word(each, _list_of(conflict.path)) for each in conflict.path[2:])
        if conflict.kind == "order":
            return f"order of the {word}s"
        return " · ".join(filter(None, (word, self._passage(conflict))))

    def _passage(self, conflict: Conflict) -> str:
        if conflict.kind != "text":
            return ""
        count = len(passages(self.merged.texts[conflict.path]))
        return f"passage {conflict.part + 1} of {count}" if count > 1 else ""

    def _thing(self, name: str, item: Model) -> Place:
        if isinstance(item, Event):
            said = shorten(first_line(item.text), _NAME_WIDTH)
            time = _DAY.sub("", event_time(item, self.zone), count=1)
            if time:
                return Place(f"Event {time}", said=said)
        return Place(_capital(item_name(name, item)))


def safe_labels(labels: Labels) -> Labels:
    """Two names for the sides that tell them apart and fit into a heading."""
    first, second = (shorten(clean_line(label).strip(), _LABEL_WIDTH) for label in labels)
    if first and second and first != second:
        return first, second
    return "ours", "theirs"


def _list_of(path: tuple[str, ...]) -> str:
    return path[0] if path[0] in ITEM_LISTS else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tail(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    return "…" + text[-_AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    return text[:_AROUND].rpartition(" ")[0] + "…"
