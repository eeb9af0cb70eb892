"""Which items of two versions of a list are the same ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from schemas.incident import Model
from schemas.item_words import main_words
from schemas.toml_remarks import item_keys


def keyed(items: tuple[Any, ...]) -> dict[str, Model]:
    """The items of a list by what tells them apart: their ids, or what they are about."""
    return dict(zip(item_keys(items), items, strict=True))


def origins(name: str, old: Mapping[str, Model], new: Mapping[str, Model]) -> dict[str, str]:
    """For each new item the old one that it was, by their keys.

    An item whose id is another one, as in a file that is written by hand, is known again by its words if only one
    that came and one that went have them.
    """
    found = {key: key for key in new if key in old}
    came, went = (
        _by_words(name, {key: item for key, item in items.items() if key not in found}) for items in (new, old)
    )
    for words, keys in came.items():
        if len(keys) == 1 and len(went.get(words, ())) == 1:
            found[keys[0]] = went[words][0]
    return found


def _by_words(name: str, items: Mapping[str, Model]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, item in items.items():
        if words := main_words(name, item).strip():
            found[words].append(key)
    return found


def gone_behind(old: Mapping[str, Model], kept: Collection[str]) -> dict[str, list[tuple[str, Model]]]:
    """The items that went, by the one in front of them that stayed; empty for the front."""
    anchor = ""
    found: dict[str, list[tuple[str, Model]]] = defaultdict(list)
    for key, item in old.items():
        if key in kept:
            anchor = key
        else:
            found[anchor].append((key, item))
    return found
