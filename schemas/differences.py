"""What is different between two versions of an incident, in the terms of an incident and not of its file.

Items are matched by id. An event that moved, an action that got an owner, the words that changed in a section: each is
one difference with a place, and a sentence that a reader understands without the file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from schemas.difference import Difference as Difference
from schemas.difference import Kind
from schemas.entries import zone_of
from schemas.event_order import order_changed
from schemas.incident import ITEM_LISTS, Comment, Event, Impact, Incident, Model
from schemas.item_matches import gone_behind, keyed, origins
from schemas.item_words import (
    AMOUNT_FIELDS,
    ITEM_WORDS,
    PlaceNames,
    field_word,
    is_prose,
    item_lines,
    item_name,
    section_name,
    unknown_words,
    value_words,
)
from schemas.section_order import FRONT, section_order
from schemas.sections import SECTION_KEYS
from schemas.time_changes import TIME_FIELDS, time_change
from schemas.writers.times import amount_text

REMARKS: Final = frozenset({"comments", "reviews", "waivers"})
"""The lists of an incident that are said about it and are no part of what it tells."""

_NOT_CONTENT: Final = REMARKS | {"status", "format"}


class Differences(Struct, frozen=True, dict=True):
    """All that is different between two versions, in the order of the file."""

    before: Incident
    after: Incident

    @cached_property
    def all(self) -> tuple[Difference, ...]:
        """Every difference."""
        return tuple(_Comparison(self.before, self.after).differences())

    @cached_property
    def content(self) -> tuple[Difference, ...]:
        """Those that a reviewer has to look at again: not comments, verdicts, waivers, ids, the status or the format.

        Never empty if the two have different hashes (see `schemas.sign_off`).
        """
        return tuple(found for found in self.all if _list(found) not in _NOT_CONTENT and found.key != "id")

    @cached_property
    def remarks(self) -> tuple[Difference, ...]:
        """Those in comments, verdicts and waivers."""
        return tuple(found for found in self.all if _list(found) in REMARKS)

    @cached_property
    def by_place(self) -> Mapping[str, tuple[Difference, ...]]:
        """The differences by the thing that they are about: `events/k7q2`, `sections/impact`, `severity`."""
        found: dict[str, list[Difference]] = defaultdict(list)
        for each in self.all:
            found[each.place].append(each)
        return {place: tuple(those) for place, those in found.items()}

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that differ, each with the thing it is in: `events/k7q2/at` and `events/k7q2`."""
        return frozenset(place for each in self.all for place in (each.where, each.place))


def differences(before: Incident, after: Incident) -> Differences:
    """What it takes to get from one version to the other. Nothing is compared before it is asked for."""
    return Differences(before, after)


def alike(one: object, other: object) -> bool:
    """Whether two values are written the same: 5 and 5.0 are equal but not alike, nor are 09:00+03:00 and 06:00Z."""
    if one is other:
        return True
    if isinstance(one, datetime) and isinstance(other, datetime) and one.utcoffset() != other.utcoffset():
        return False
    return type(one) is type(other) and one == other


class _Comparison:
    """Two versions side by side, with the clock of each."""

    def __init__(self, before: Incident, after: Incident) -> None:
        self.before = before
        self.after = after

    @cached_property
    def zone(self) -> tzinfo | None:
        return zone_of(self.before)[0]

    @cached_property
    def new_zone(self) -> tzinfo | None:
        return zone_of(self.after)[0]

    @cached_property
    def _names(self) -> PlaceNames:
        return PlaceNames(self.before)

    @cached_property
    def _new_names(self) -> PlaceNames:
        return PlaceNames(self.after)

    def differences(self) -> Iterator[Difference]:
        if self.before is self.after:
            return
        for name in Incident.model_fields:
            old, new = getattr(self.before, name), getattr(self.after, name)
            if old is new:
                continue
            if name == "sections":
                yield from self._sections()
            elif name in ITEM_LISTS:
                yield from self._items(name)
            elif not alike(old, new):
                yield self._field("", "", "incident", name, old, new)
        yield from _unknown("", "incident", self.before, self.after)

    def _sections(self) -> Iterator[Difference]:
        for key in SECTION_KEYS:
            old, new = self.before.sections.get(key), self.after.sections.get(key)
            if old != new:
                where, name = f"sections/{key}", section_name(key)
                if old.strip() and new.strip():
                    yield Difference("changed", where, name, "words", old, new, prose=True)
                elif not old.strip() and not new.strip():
                    yield Difference("changed", where, name, "empty lines", repr(old), repr(new))
                else:
                    yield Difference("removed" if old.strip() else "added", where, name, "", old, new, prose=True)
        yield from _unknown("sections", "sections", self.before.sections, self.after.sections)

    def _items(self, name: str) -> Iterator[Difference]:
        old: dict[str, Model] = keyed(getattr(self.before, name))
        new: dict[str, Model] = keyed(getattr(self.after, name))
        origin = origins(name, old, new)
        gone = gone_behind(old, set(origin.values()))
        yield from self._removed(name, gone.pop("", ()))
        unsettled: set[str] = set()
        for key, item in new.items():
            if key not in origin:
                said = item_lines(name, item, self.new_zone)
                yield Difference("added", f"{name}/{key}", _called(name, item, self._new_names), after=said)
            elif old[origin[key]] is not item:
                found = list(self._item(name, f"{name}/{key}", old[origin[key]], item))
                if any(each.key == "at" for each in found):
                    unsettled.add(key)
                yield from found
            yield from self._removed(name, gone.pop(origin.get(key, ""), ()))
        renamed = {origin[key]: key for key in origin}
        yield from self._order(name, {renamed.get(key, key): item for key, item in old.items()}, new, unsettled)

    def _removed(self, name: str, gone: Sequence[tuple[str, Model]]) -> Iterator[Difference]:
        for key, item in gone:
            said = item_lines(name, item, self.zone)
            yield Difference("removed", f"{name}/{key}", _called(name, item, self._names), before=said)

    def _item(self, name: str, where: str, old: Model, new: Model) -> Iterator[Difference]:
        one, other = old.__dict__, new.__dict__
        changed = [field for field in type(new).model_fields if not alike(one[field], other[field])]
        if not changed and (old.model_extra or {}) == (new.model_extra or {}) == {}:
            return
        called = _called(name, new, self._new_names)
        if isinstance(old, Event) and isinstance(new, Event) and not TIME_FIELDS.isdisjoint(changed):
            when = time_change(old, self.zone, new, self.new_zone)
            if when.before != when.after:
                kind: Kind = "moved" if when.moved else "changed"
                yield Difference(kind, f"{where}/at", called, "time", when.before, when.after, key="at")
                changed = [field for field in changed if field not in TIME_FIELDS]
        if isinstance(old, Impact) and isinstance(new, Impact) and not AMOUNT_FIELDS.isdisjoint(changed):
            amount, new_amount = amount_text(old), amount_text(new)
            if amount != new_amount:
                yield Difference("changed", f"{where}/amount", called, "amount", amount, new_amount, key="amount")
                changed = [field for field in changed if field not in AMOUNT_FIELDS]
        for field in changed:
            yield self._field(name, where, called, field, one[field], other[field])
        yield from _unknown(where, called, old, new)

    def _field(self, name: str, where: str, called: str, field: str, old: Any, new: Any) -> Difference:
        place = f"{where}/{field}" if where else field
        if is_prose(name, field):
            return Difference("changed", place, called, field_word(field, name), old, new, prose=True, key=field)
        if isinstance(old, tuple) and isinstance(new, tuple):
            gained, lost = Counter(new) - Counter(old), Counter(old) - Counter(new)
            values = value_words(name, field, old, None), value_words(name, field, new, None)
            noun = field_word(field) if gained or lost else f"order of {field}"
            names = tuple(gained.elements()), tuple(lost.elements())
            return Difference("changed", place, called, noun, *values, key=field, gained=names[0], lost=names[1])
        timed = isinstance(old, datetime) or isinstance(new, datetime)
        zones = (self.zone, self.new_zone) if timed else (None, None)
        before, after = (value_words(name, field, *each) for each in zip((old, new), zones, strict=True))
        word = field_word(field, name)
        if field == "after":
            before, after = _behind(self._names, old), _behind(self._new_names, new)
        elif before == after and isinstance(old, datetime) and isinstance(new, datetime):
            word = f"{word}, the same but written"
            before, after = value_words(name, field, old, None), value_words(name, field, new, None)
        if before == after:
            before, after = repr(old), repr(new)
        return Difference("changed", place, called, word, before, after, key=field)

    def _order(
        self, name: str, old: dict[str, Model], new: dict[str, Model], unsettled: set[str]
    ) -> Iterator[Difference]:
        """The items of a list in another order, as far as that does not follow from what is told already."""
        common = old.keys() & new.keys()
        if [key for key in old if key in common] == [key for key in new if key in common]:
            return
        if name == "events" and (
            self.zone != self.new_zone or not order_changed(_events(old), _events(new), unsettled)
        ):
            return
        if name == "other_sections" and self._placed_anew(common, old, new):
            return
        yield Difference("moved", name, f"the order of the {ITEM_WORDS[name]}s")

    def _placed_anew(self, common: set[str], old: dict[str, Model], new: dict[str, Model]) -> bool:
        """Whether the order of the prose sections follows from the places of single ones, which are told."""
        told = any(old[key].__dict__["after"] != new[key].__dict__["after"] for key in common)
        one, other = section_order(self.before), section_order(self.after)
        return told and [key for key in one if key in common] != [key for key in other if key in common]


def _list(found: Difference) -> str:
    return found.where.partition("/")[0]


def _called(name: str, item: Model, names: PlaceNames) -> str:
    """An item in words; a comment with what it is about."""
    called = item_name(name, item)
    if isinstance(item, Comment) and item.on:
        return f"{called} on {names.of(item.on)}"
    return called


def _events(items: Mapping[str, Model]) -> dict[str, Event]:
    return {key: item for key, item in items.items() if isinstance(item, Event)}


def _behind(names: PlaceNames, after: str) -> str:
    return "at the front" if after == FRONT else f"behind {names.of(_section_place(after))}"


def _section_place(key: str) -> str:
    return f"{'sections' if key in SECTION_KEYS else 'other_sections'}/{key}"


def _unknown(where: str, name: str, old: Model, new: Model) -> Iterator[Difference]:
    """Fields that this program does not know are the team's own, and change too."""
    one, other = old.model_extra or {}, new.model_extra or {}
    for field in dict.fromkeys((*one, *other)):
        if field in one and field in other and _frozen(one[field]) == _frozen(other[field]):
            continue
        before, after = (unknown_words(known[field]) if field in known else "" for known in (one, other))
        if before == after:
            before, after = (unknown_words([known[field]]) if field in known else "" for known in (one, other))
        place = f"{where}/{field}" if where else field
        yield Difference("changed", place, name, field_word(field), before, after, key=field)


def _frozen(value: Any) -> Any:
    """A value of a key that is not known in a form that can be compared: 1, 1.0 and true are different in a file."""
    if isinstance(value, Mapping):
        return {name: _frozen(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_frozen(inner) for inner in value]
    return type(value), repr(value)
