"""Short ids of items: random, and never one that is in use, so that comments, merges and diffs can hold on to them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection
from typing import Final

from schemas.incident import ITEM_LISTS, Incident
from schemas.sections import SECTION_KEYS

ID_ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mistakes for one another."""


REMARK_LENGTH: Final = 6
"""Letters of an id that is given on one branch while another one gives ids too: equal ones are out of the question."""


def remark_id(incident: Incident, rng: random.Random) -> str:
    """An id for a comment or a review, long enough for those of two branches to come together."""
    return new_ids(incident, rng, 1, REMARK_LENGTH)[0]


def new_id(incident: Incident, rng: random.Random) -> str:
    """A short id that no item of the incident has: four characters, more once they get crowded."""
    return new_ids(incident, rng, 1)[0]


def new_ids(incident: Incident, rng: random.Random, count: int, length: int = 4) -> tuple[str, ...]:
    """Several new ids at once, all different (see `new_id`); of `length` characters, or more where they are crowded."""
    taken = {found.id for name in ITEM_LISTS if name != "waivers" for found in getattr(incident, name)}
    made: list[str] = []
    for _ in range(count):
        made.append(_fresh(taken, rng, length))
        taken.add(made[-1])
    return tuple(made)


def id_of_words(words: str, length: int = 4) -> str:
    """An id that follows from what it stands for, so that it is the same wherever it is made. It may be in use."""
    number = int.from_bytes(hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).digest(), "big")
    name = ""
    for _ in range(length):
        number, letter = divmod(number, len(ID_ALPHABET))
        name += ID_ALPHABET[letter]
    return name


def _fresh(taken: Collection[str], rng: random.Random, length: int) -> str:
    while True:
        for _ in range(20):
            candidate = "".join(rng.choices(ID_ALPHABET, k=length))
            if candidate not in taken and candidate not in SECTION_KEYS:
                return candidate
        length += 1
