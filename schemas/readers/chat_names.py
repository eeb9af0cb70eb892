"""Whether words in front of a message are a person's name, and no label of a timeline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from schemas.incident import KINDS, MILESTONES
from schemas.milestone_words import milestones_said
from schemas.readers.field_names import field_key
from schemas.readers.section_names import meaning_of
from schemas.readers.timeline_kinds import kind_said

_NAME: Final = re.compile(r"[@~+%&!]?[^\W\d_][^\s:<>|\[\]{}=/\\,;!?\"*#]*|[@~+%&!]?[\w][\w.`^|{}\[\]\\-]{1,30}")
_SMALL: Final = frozenset(["de", "van", "von", "der", "den", "da", "del", "la", "le", "al", "bin", "ten", "dos", "y"])
_LABEL_WORDS: Final = """
update updates status warning warn error info debug fatal critical severity root cause fix note notes result results
step steps start end begin finish time times date day today yesterday event incident issue problem outage monitoring
alerting alert alarm deploy deployment deployed rollback release cause trigger detection response recovery resolution
mitigation summary duration utc gmt est pst pdt edt cet cest bst eat am pm approx eta phase stage impact started ended
service services users customers http https task tasks todo question answer
"""
_LABELS: Final = frozenset({*KINDS, *MILESTONES, *_LABEL_WORDS.split()})
_LONGEST: Final = 48


@lru_cache(maxsize=8192)
def may_be_name(words: str) -> bool:
    """Whether words may be a name: a handle, or a few words of which each begins with a capital."""
    bare = re.sub(r"\s?(?:\([^()]{1,30}\)|:[a-z0-9_+-]{1,30}:|\b(?:APP|BOT|Bot)\b)", "", words).strip()
    parts = bare.split()
    if not 1 <= len(parts) <= 5 or len(words) > _LONGEST or not any(char.isalpha() for char in bare):
        return False
    if len(parts) == 1:
        return _NAME.fullmatch(bare.replace("'", "").replace("’", "")) is not None
    # `Okafor, Alice`; scripts without capitals have names as well.
    return all(part.lower() in _SMALL or not part[0].islower() for part in parts) and all(
        part[0].isalpha() or part[0] in "(.@" for part in parts
    )


@lru_cache(maxsize=8192)
def is_label(words: str) -> bool:
    """Whether words are rather what a timeline calls its entries: `Detection`, `Alert`, `Service restored`."""
    plain = words.strip(" @:*_").casefold()
    if plain in _LABELS or field_key(plain):
        return True
    if " " not in plain and words.startswith("@"):
        return False
    return meaning_of(plain, strict=True) is not None or bool(kind_said(plain) or milestones_said(plain))


def are_names(names: Sequence[str], *, firm: bool) -> bool:
    """Whether what stands in front of messages are names: hardly a label among them, and they come again.

    `firm` says that the notation is used for chats only, where a few messages are enough.
    """
    if len(names) < 2:
        return False
    counted = Counter(names)
    labels = sum(count for name, count in counted.items() if is_label(name) or not may_be_name(name))
    if labels * 5 > len(names):
        return False
    return firm or (len(names) >= 3 and len(names) * 2 >= 3 * len(counted))
