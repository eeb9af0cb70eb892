"""The lists of an incident merged by id: what was added, removed or changed on either side, and the order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from schemas.ids import id_of_words
from schemas.incident import ITEM_LISTS, Incident, Model, OtherSection
from schemas.likeness import overlap, subjects
from schemas.merge_conflict import Ledger
from schemas.merge_model import merge_model
from schemas.merge_values import merge_order, same
from schemas.remark_identity import told_apart
from schemas.section_order import section_order

Items = dict[str, Model]

_WORDS_OF: Final = {
    "other_sections": "heading", "impacts": "what", "factors": "text", "events": "text", "actions": "text",
}  # fmt: skip
"""The field that tells whether two things added under one id are the same thing. The rest is told by its key, remarks
by who made them (see `schemas.remark_identity`)."""

_ALIKE: Final = 0.3


class MergedList(Struct):
    """One list of the merged incident: its items by key, and their order in the base, for ours and for theirs.

    `twins` are the keys of what theirs added under an id that ours gave to something else, by that id.
    """

    items: dict[str, Any]
    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    twins: dict[str, str] = field(default_factory=dict)

    def in_order(self, order: Iterable[str]) -> tuple[Any, ...]:
        """The items in an order of their keys, twins behind one another; what is gone is passed over."""
        keys = (each for key in order for each in (key, self.twins.get(key)))
        return tuple(self.items[key] for key in keys if key in self.items)

    def settled(self) -> MergedList:
        """The list where its order is no question: of two orders always the same one, whichever side it is."""
        order = min(self.ours, self.theirs)
        return replace(self, ours=order, theirs=order)


def keyed(base: Sequence[Model], ours: Sequence[Model], theirs: Sequence[Model]) -> tuple[Items, Items, Items]:
    """The items of the base and of both sides by key.

    An item goes by its id. What has none yet (stated values may do without) goes by what it is about, and so does on
    each side the one that was given its id there.
    """
    known = _ids(base) or _ids(ours) & _ids(theirs)
    nameless = frozenset(
        _about(item) for items in (base, ours, theirs) for item in items if not item.__dict__.get("id")
    )
    return (
        _by_key(base, _ids(base), nameless),
        _by_key(ours, known, nameless),
        _by_key(theirs, known, nameless),
    )


def _by_key(items: Sequence[Model], known: Set[str], nameless: Set[str]) -> Items:
    found: dict[str, Model] = {}
    for item in items:
        key: str = item.__dict__.get("id", "")  # not an unknown key that is called `id` too
        if not key or (key not in known and nameless and _about(item) in nameless):
            key = _about(item)
        wanted, count = key, 1
        while key in found:
            count += 1
            key = f"{wanted} ({count})"
        found[key] = item
    return found


def _about(item: Model) -> str:
    return " ".join(filter(None, map(item.__dict__.get, ("rule", "what", "where"))))


def _ids(items: Iterable[Model]) -> set[str]:
    return {item.__dict__.get("id", "") for item in items} - {""}


def merge_items(
    name: str, base: Sequence[Model], ours: Sequence[Model], theirs: Sequence[Model], ledger: Ledger, taken: set[str]
) -> MergedList:
    """One list of both sides. `taken` are ids that nothing new may get; those that are given are added."""
    before, one, other = keyed(*told_apart(name, base, ours, theirs, based=ledger.based))
    for side, others in ((one, other), (other, one)):
        _give_other_ids(side, others, taken)
    items: Items = {}
    twins: dict[str, str] = {}
    for key in dict.fromkeys((*one, *other)):
        mine, yours, old = one.get(key), other.get(key), before.get(key)
        if mine is not None and yours is not None:
            if old is None and ledger.based and not _akin(name, mine, yours):
                items[key] = mine
                twins[key] = twin = _fresh_id(yours, taken)
                items[twin] = yours.model_copy(update={"id": twin})
                ledger.note((name, key), "twin", None, mine, yours, based=False)
            else:
                items[key] = merge_model((name, key), old, mine, yours, ledger)
            continue
        left = mine if yours is None else yours
        if left is None or (old is not None and same(left, old)):
            continue
        items[key] = left
        if old is not None:
            ledger.note((name, key), "removed", old, mine, yours)
    kept = items.keys() - twins.values()
    order, other_order = merge_order(list(before), list(one), list(other), kept)
    return MergedList(items, tuple(before), tuple(order), tuple(other_order), twins)


def _give_other_ids(side: Items, others: Items, taken: set[str]) -> None:
    """Where a nameless thing was given its id on one side, see that nothing else got the same id on the other one."""
    for key, item in side.items():
        given = item.__dict__.get("id", "")
        if given and given != key and given in others:
            side[key] = item.model_copy(update={"id": _fresh_id(item, taken)})


def _akin(name: str, mine: Model, yours: Model) -> bool:
    """Whether two things of one id, added on both sides, are the same thing told twice and not two things."""
    field = _WORDS_OF.get(name)
    if field is None or same(mine, yours):
        return True
    one, other = getattr(mine, field), getattr(yours, field)
    return one == other or overlap(subjects(one), subjects(other)) >= _ALIKE


def _fresh_id(item: Model, taken: set[str]) -> str:
    """An id that nothing has, made from the content: two people who merge the same get the same."""
    content = repr(item)
    attempt = 0
    while True:
        name = id_of_words(f"{attempt} {content}", 4 if attempt < 1000 else 8)
        attempt += 1
        if name not in taken:
            taken.add(name)
            return name


def ids_in(*incidents: Incident) -> set[str]:
    """All ids that are in use."""
    return {
        item.__dict__.get("id", "")
        for incident in incidents
        for name in ITEM_LISTS
        for item in getattr(incident, name)
    }  # fmt: skip


def anchored(sections: Sequence[OtherSection], *sides: Incident) -> tuple[OtherSection, ...]:
    """Prose sections of which each follows one that is still there, where a side removed the one that it followed."""
    gone = {section.id for side in sides for section in side.other_sections} - {section.id for section in sections}
    if not any(section.after in gone for section in sections):
        return tuple(sections)
    orders = [section_order(side) for side in sides]
    return tuple(_moved(section, gone, orders) if section.after in gone else section for section in sections)


def _moved(section: OtherSection, gone: Set[str], orders: Sequence[Sequence[str]]) -> OtherSection:
    """The section behind the nearest one in front of it that is still there."""
    for order in orders:
        if section.id in order and section.after in order:
            before = order[: order.index(section.id)]
            after = next((key for key in reversed(before) if key not in gone), "")
            moved: OtherSection = section.model_copy(update={"after": after})
            return moved
    return section
