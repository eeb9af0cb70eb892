"""Short ids of items: random, and never one that is in use, so that comments, merges and diffs can hold on to them."""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import Final

from schemas.incident import ITEM_LISTS, Incident
from schemas.sections import SECTION_KEYS

ID_ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mistakes for one another."""


def new_id(incident: Incident, rng: random.Random) -> str:
    """A short id that no item of the incident has: four characters, more once they get crowded."""
    return new_ids(incident, rng, 1)[0]


def new_ids(incident: Incident, rng: random.Random, count: int) -> tuple[str, ...]:
    """Several new ids at once, all different (see `new_id`)."""
    taken = {found.id for name in ITEM_LISTS if name != "waivers" for found in getattr(incident, name)}
    made: list[str] = []
    for _ in range(count):
        made.append(_fresh(taken, rng))
        taken.add(made[-1])
    return tuple(made)


def _fresh(taken: Collection[str], rng: random.Random) -> str:
    length = 4
    while True:
        for _ in range(20):
            candidate = "".join(rng.choices(ID_ALPHABET, k=length))
            if candidate not in taken and candidate not in SECTION_KEYS:
                return candidate
        length += 1
