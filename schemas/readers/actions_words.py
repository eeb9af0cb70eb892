"""The words that become fields of an action, and are in its text no more: names of fields and their values."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.actions_labels import LABELS
from schemas.readers.actions_values import VALUES

_WORD: Final = re.compile(r"[^\W\d_]{3,}")

FIELD_WORDS: Final = frozenset(word for name in (*LABELS, *VALUES) for word in _WORD.findall(name.casefold()))
"""Each word, in small letters, of all names of fields and of all values that are known by name."""
