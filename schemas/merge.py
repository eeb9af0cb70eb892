"""Two versions of an incident as one, by id and by field, with the version that both started from or without it.

What only one side changed is taken from it. What both changed differently is a conflict: the merged incident holds
ours, and of a text both versions between git's conflict markers, so that nothing is lost even if nobody looks. Which
side is called ours makes no other difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec.structs import replace

from schemas import event_edits
from schemas.incident import ITEM_LISTS, Incident
from schemas.merge_conflict import Choice, Conflict, Kind, Ledger, Own, Path, Pieces
from schemas.merge_items import MergedList, anchored, ids_in, merge_items
from schemas.merge_model import merge_fields, merge_model
from schemas.merge_resolve import Resolution
from schemas.merge_values import same
from schemas.toml_order import in_file_order

__all__ = ["Choice", "Conflict", "Kind", "Merged", "Own", "merge", "resolve"]

_BY_PLACE: Final = frozenset({"comments", "reviews", "waivers"})
"""Lists that stand in the file where they belong, so that their order says nothing (see `schemas.toml_order`)."""

_SIDES: Final[tuple[Choice, ...]] = ("ours", "theirs")


@dataclass(frozen=True, eq=False)
class Merged:
    """What came of a merge.

    Attributes:
        incident: the merged incident; where something is in conflict, ours or both.
        conflicts: what is left to choose, in the order of the file.
        texts: the pieces of the texts that have open passages, by path.
        top: the incident before its lists were put together.
        lists: the lists that both sides changed.
        sides: ours and theirs.
    """

    incident: Incident
    conflicts: tuple[Conflict, ...] = ()
    texts: Mapping[Path, Pieces] = field(default_factory=dict, repr=False)
    top: Incident | None = field(default=None, repr=False)
    lists: Mapping[str, MergedList] = field(default_factory=dict, repr=False)
    sides: tuple[Incident, ...] = field(default=(), repr=False)


def merge(base: Incident | None, ours: Incident, theirs: Incident) -> Merged:
    """Both sides as one. Without a base nothing is taken for removed, and every text that differs is in conflict.

    Where one side changed nothing, the incident of the other comes back, the very object.
    """
    if theirs is ours or theirs is base or same(ours, theirs) or (base is not None and same(theirs, base)):
        return Merged(ours)
    if base is not None and same(ours, base):
        return Merged(theirs)
    ledger = Ledger(based=base is not None)
    top = merge_fields((), base, ours, theirs, ledger)
    before = base.sections if base is not None else None
    changes: dict[str, Any] = {"sections": merge_model(("sections",), before, ours.sections, theirs.sections, ledger)}
    lists: dict[str, MergedList] = {}
    taken = ids_in(ours, theirs)
    for name in ITEM_LISTS:
        old: tuple[Any, ...] = getattr(base, name) if base is not None else ()
        mine, yours = getattr(ours, name), getattr(theirs, name)
        if same(mine, yours) or (base is not None and same(yours, old)):
            continue
        if base is not None and same(mine, old):
            changes[name] = yours
            continue
        lists[name] = found = merge_items(name, old, mine, yours, ledger, taken)
        if name in _BY_PLACE:
            lists[name] = found.settled()
        elif found.ours != found.theirs and name != "events":
            ledger.note((name,), "order", found.base, found.ours, found.theirs)
    top = top.model_copy(update=changes)
    if "events" in lists:
        _note_event_order(top, lists, ledger)
    sides = (ours, theirs)
    return Merged(_assembled(top, lists, {}, sides), tuple(ledger.conflicts), ledger.texts, top, lists, sides)


def resolve(merged: Merged, choices: Mapping[str, Choice]) -> Incident:
    """The merged incident with what was chosen, by the key of each conflict; the others stay open as they are.

    Raises:
        KeyError: there is no such conflict.
        ValueError: the choice is none of those that the conflict has.
        pydantic.ValidationError: a value of one's own has the wrong shape.
    """
    resolution = Resolution(merged.conflicts, merged.texts, choices)
    if merged.top is None or not choices:
        return merged.incident
    top = resolution.top(merged.top)
    lists = {name: replace(found, items=resolution.items(name, found)) for name, found in merged.lists.items()}
    return _assembled(top, lists, resolution.orders(), merged.sides)


def _assembled(
    top: Incident, lists: Mapping[str, MergedList], orders: Mapping[str, Sequence[str]], sides: Sequence[Incident]
) -> Incident:
    """The incident with its lists in order: that of ours if nothing else is said; events by time, remarks by place."""
    changes = {name: found.in_order(orders.get(name, found.ours)) for name, found in lists.items()}
    merged = top.model_copy(update=changes)
    others = anchored(merged.other_sections, *sides)
    if not same(others, merged.other_sections):
        merged = merged.model_copy(update={"other_sections": others})
    if not any(merged.events is side.events and merged.zone == side.zone for side in sides):
        merged = event_edits.sort_events(merged)
    return in_file_order(merged)


def _note_event_order(top: Incident, lists: dict[str, MergedList], ledger: Ledger) -> None:
    """Their times put most events in order. Only what is left to the file may be in conflict."""
    found = lists["events"]
    if found.ours == found.theirs:
        return
    if any(_differ_in_order(top, found, ledger, side) for side in _SIDES):
        ledger.note(("events",), "order", found.base, found.ours, found.theirs)
    else:
        lists["events"] = found.settled()


def _differ_in_order(top: Incident, found: MergedList, ledger: Ledger, side: Choice) -> bool:
    """Whether the order of the list makes a difference where all that is in conflict so far is decided one way."""
    resolution = Resolution(ledger.conflicts, ledger.texts, {each.key: side for each in ledger.conflicts})
    decided, events = resolution.top(top), replace(found, items=resolution.items("events", found))
    one, other = (
        event_edits.sort_events(decided.model_copy(update={"events": events.in_order(order)})).events
        for order in (found.ours, found.theirs)
    )
    return [event.id for event in one] != [event.id for event in other]
