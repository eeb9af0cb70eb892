"""Lines near the end of a file that keep apart what several people write about a document at the same time.

Git merges two insertions where an unchanged line stands between them. Remarks on an event, an action or a section with
a heading of its own stand right behind its table. The canonical sections share one table, the lists and the reviewers
have none; for these there are lines such as `# Remarks on sections/impact`, each with what belongs to it below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from schemas.likeness import name_key
from schemas.sections import SECTION_KEYS

Key = str
"""What a line is for: a place such as `sections/impact` or `events`, or a group of reviewers such as `verdicts/3`."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_GROUPS: Final = len(_LETTERS) // 2

LISTS: Final = ("other_sections", "impacts", "factors", "events", "stated", "actions")
REMARKS: Final[tuple[Key, ...]] = (*(f"sections/{key}" for key in SECTION_KEYS), *LISTS)
VERDICTS: Final[tuple[Key, ...]] = tuple(f"verdicts/{group}" for group in range(_GROUPS))

IN_REVIEW: Final[tuple[Key, ...]] = (*(f"sections/{key}" for key in SECTION_KEYS), "events", "actions")
"""The lines that are there whether anything stands below them or not, while the document is in review."""


def _group_name(group: int) -> str:
    # Letters that are far apart share a line: first names that are equally common are spread over all lines by that.
    return f"{_LETTERS[group].upper()} and {_LETTERS[group + _GROUPS].upper()}"


TEXTS: Final[Mapping[Key, str]] = {
    **{key: f"# Remarks on {key}" for key in REMARKS},
    **{key: f"# Verdicts of {_group_name(group)}" for group, key in enumerate(VERDICTS)},
}
"""The lines as they stand in the file, by what they are for, in their order."""

KEYS: Final[Mapping[str, Key]] = {text: key for key, text in TEXTS.items()}
"""What a line is for, by its text."""

PATTERN: Final = "|".join(map(re.escape, sorted(KEYS, key=len, reverse=True)))
"""A regular expression for any of the lines, without its end."""


def path_of(key: Key) -> tuple[int | str, ...]:
    """The place of a line in the data, for comments that people write around it. No key of a file is a number."""
    return (0, key)


def group_of(reviewer: str) -> Key:
    """The line that a reviewer's first verdict stands below: by the first letter of the name."""
    plain = unicodedata.normalize("NFKD", name_key(reviewer) or reviewer.casefold())
    first = next((char for char in plain if char.isalnum()), "a")
    at = _LETTERS.find(first)
    return VERDICTS[(at if at >= 0 else ord(first)) % _GROUPS]
