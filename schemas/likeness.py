"""How alike two texts are: words in common, whatever their endings, and names that differ by a slip of the keyboard."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from typing import Final

from schemas.patterns import late

_WORDS: Final = late(r"[^\W_]+(?:'[^\W_]+)?")
_ENDINGS: Final = (
    "isations", "izations", "isation", "ization", "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion",
    "ies", "ied", "ers", "er", "ors", "or", "ed", "es", "s", "ly", "y", "e",
)  # fmt: skip
_STEM: Final = 3
"""What is left of a word without its ending has at least so many letters."""

LONGEST_NAME: Final = 100
"""Letters of a name. In a longer text nobody looks for slips: that would take time and memory by its square."""

_EMPTY: Final = frozenset(
    _WORDS.findall("""
    a about above across add added adding adds after again against all also although always among an and
    another any anybody are as at away back be became because been before began behind being below best better
    between both but by came can cannot come comes could did do does doing done down during each either else
    end ended enough even ever every everybody everything few fewer first for from further get gets given go
    goes going gone got had half has have having he her here him his how however i if in into is it its itself
    just keep keeps kept known last later least less let like long longer made make makes making many may
    might more most much must my need needed needs neither never new next no nobody none nor not nothing now
    of off often old on once one ones only onto or other others our out over own part per place possible put
    quick quickly rather same see seen set several she should since so some somebody something soon still such
    than that the their them then there these they thing things this those through time times to together too
    took two under until up upon us use used uses using very via want was way we well went were what when
    where whether which while who whole whom whose why will with within without would yet you your
    """)
)
"""Words that say nothing of what a text is about."""


@lru_cache(maxsize=4096)
def subjects(text: str) -> frozenset[str]:
    """What a text is about: its words without the common ones, in small letters and without their endings.

    Numbers count. A word keeps at least three letters, so that `tests`, `testing` and `tested` are one.
    """
    found = (word for word in _WORDS.findall(text.casefold()) if word not in _EMPTY)
    return frozenset(_stem(word) for word in found if len(word) > 1 or word.isdigit())


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    # Twice, since endings stand behind endings: deploy, deployed, deployments.
    for _ in range(2):
        if word.endswith(_ENDINGS) and not word.endswith("ss"):
            ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) >= len(end) + _STEM), "")
            word = word.removesuffix(ending)
    # `stopped` and `stop` are one; `call` and `calls` stay what they are.
    return word[:-1] if len(word) > _STEM and word[-1] == word[-2] and word[-1] in "bdgmnpt" else word


def overlap(one: Set[str], other: Set[str]) -> float:
    """How much two sets have in common, from 0 to 1: shared ones by all of them (Jaccard). Empty ones share nothing."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A person's name as it is compared: `@Kim.Lee`, `kim-lee@`, `kim.lee@mail.example` and `Kim Lee` are one."""
    start = name.strip().strip("@").partition("@")[0]
    return "".join(char for char in start.casefold() if char.isalnum())


def slips_between(one: str, other: str, limit: int = 2) -> int | None:
    """How many slips lead from one word to another, None if more than `limit` or if a word is too long for a name.

    A slip is a letter too many, too few, another one, or two neighbours exchanged, each place being touched once
    ("optimal string alignment", the restricted form of the Damerau-Levenshtein distance).
    """
    if abs(len(one) - len(other)) > limit or len(one) > LONGEST_NAME:
        return None
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        current = [row]
        for column, right in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return None
        before_last, last = last, current
    return last[-1] if last[-1] <= limit else None
