"""The items of an incident's lists held by their ids, found without a look at all of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from schemas.incident import ITEM_LISTS, Incident
from schemas.pieces import pieces_of, replaced

_FEW: Final = 3


def items_of(incident: Incident, name: str) -> tuple[Any, ...]:
    """A list of an incident; `KeyError` where there is no such list."""
    if name not in ITEM_LISTS:
        raise KeyError(name)
    items: tuple[Any, ...] = getattr(incident, name)
    return items


def index_of(items: tuple[Any, ...], name: str, item_id: str) -> int:
    """The index of the item with an id; `KeyError` where there is none. `name` is what the list is called."""
    if name != "waivers":  # the only items without an id
        start = 0
        for piece in pieces_of(items).pieces:
            at = piece.found(_numbers)[0].get(item_id)
            if at is not None:
                return start + at
            start += len(piece.items)
    raise KeyError(f"{name}/{item_id}")


def _numbers(items: tuple[Any, ...]) -> list[dict[str, int]]:
    """The number of each item by its id; of several with one id the first counts."""
    return [{found.id: at for at, found in reversed([*enumerate(items)])}]


def present(items: tuple[Any, ...], name: str, ids: Collection[str]) -> frozenset[str]:
    """These ids, all of which are in the list; `KeyError` with one that is not."""
    wanted = frozenset(ids)
    known = (
        [] if name == "waivers" else [numbers for piece in pieces_of(items).pieces for numbers in piece.found(_numbers)]
    )
    if missing := [each for each in wanted if not any(each in numbers for numbers in known)]:
        raise KeyError(f"{name}/{min(missing)}")
    return wanted


def without(items: tuple[Any, ...], gone: frozenset[str]) -> tuple[Any, ...]:
    """Some items without those that have one of these ids."""
    if len(gone) > _FEW:
        return tuple(found for found in items if found.id not in gone)
    start = 0
    for piece in pieces_of(items).pieces:
        stay = piece.items
        numbers = piece.found(_numbers)[0]
        if any(each in numbers for each in gone):
            stay = tuple(found for found in stay if found.id not in gone)
            items = replaced(items, start, start + len(piece.items), stay)
        start += len(stay)
    return items
