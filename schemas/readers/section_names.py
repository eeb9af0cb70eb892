"""What headings mean: the canonical sections and the parts that are no prose, by the names they go by.

English, Spanish, Portuguese, French, German. Names are compared after `normalise_heading`, then without the words
that say nothing ("the", "of the incident"), then piece by piece for combined ones ("Root cause and resolution").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from schemas.readers.heading_names import ACTIONS as ACTIONS
from schemas.readers.heading_names import ALONE, NAMES, WORDLESS
from schemas.readers.heading_names import CONTENTS as CONTENTS
from schemas.readers.heading_names import PEOPLE as PEOPLE
from schemas.readers.heading_names import PREAMBLE as PREAMBLE
from schemas.readers.heading_names import TIMELINE as TIMELINE
from schemas.readers.heading_questions import asked
from schemas.sections import canonical_key, normalise_heading


class Meaning(Struct, frozen=True):
    """What a heading means: its key (empty: a section of its own), more keys, what else it says, and how it was found.

    `exact` says that nothing but the name stands there.
    """

    key: str
    also: tuple[str, ...] = ()
    note: str = ""
    exact: bool = True


_JOIN: Final = re.compile(r"\s+(?:and|y|e|et|und)\s+|\s*[/+&|,]\s*", re.IGNORECASE)
_BEHIND: Final = re.compile(
    r"\s*(?:[-–—:|,]\s+|\s(?:for|of|on|in|from|du|del|des|vom|am|der|do|da)\s)(.+)$", re.IGNORECASE
)
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DATED: Final = re.compile(
    r"[\s,:–—-]+(?=(?:\d{1,4}[./-]\d|\d{1,2}:\d\d|all times|times in|UTC|GMT)).*$", re.IGNORECASE
)

_ASKED: Final = re.compile(r"\s+(?:must|should|has to)\s+(?:contain|include|have)\s*:?\s*$", re.IGNORECASE)
"""What stands behind a name where the headings of the task were kept: `Root cause must contain:`."""

_ACTION_WORDS: Final = frozenset({
    "prevention", "preventive", "preventative", "preventing", "prevent", "corrective", "recommendations",
    "recommended", "improvements", "remediation", "remedial", "todo", "todos",
})  # fmt: skip
_BESIDE_ACTIONS: Final = frozenset({
    "future", "further", "proposed", "planned", "additional", "suggested", "immediate", "long", "short", "term",
    "next", "steps", "step", "measures", "measure", "actions", "action", "plan", "plans", "strategies", "strategy",
    "tasks", "task", "items", "list", "key", "specific", "and", "or", "the", "a", "of", "to", "for", "from", "our",
    "process", "technical", "system", "infrastructure", "against", "similar", "incident", "incidents", "issue",
    "issues", "outage", "outages", "recurrence", "reoccurrence", "recurring", "again", "mitigation", "mitigations",
    "work", "fixes", "changes", "follow", "up", "going", "forward",
})  # fmt: skip
"""Words that make a heading about what is to be done where one of `_ACTION_WORDS` is among them."""
_BEFORE_ACTIONS: Final = frozenset({"mitigation", "mitigations", "mitigation steps", "recovery", "containment"})
"""Names that mean what is to be done where they stand in front of it: `Mitigation and future prevention`."""
_LONG: Final = {"re": "are", "ll": "will", "ve": "have"}
_SHORTENED: Final = re.compile(r"(?<=\w)'(re|ll|ve)\b", re.IGNORECASE)


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for key, names in NAMES.items():
        for name in names.split("|"):
            table.setdefault(normalise_heading(name), key)
    return table


_TABLE: Final = _table()


def _bare(name: str) -> str:
    return " ".join(word for word in name.split() if word not in WORDLESS)


_REDUCED: Final = {
    reduced: key
    for name, key in _TABLE.items()
    if name not in ALONE and (reduced := _bare(name)) and len(reduced) > 3 and reduced != "details"
}  # fmt: skip


@lru_cache(maxsize=4096)
def meaning_of(heading: str, *, strict: bool = False) -> Meaning | None:
    """What a heading means, or None if nobody knows.

    `strict` is for lines that only may be headings: nothing but a known name counts then, with a note in brackets.
    """
    if len(heading) > 160:
        return None
    heading = _ASKED.sub("", heading)
    notes = " ".join(found.strip() for found in _BRACKETS.findall(heading))
    name = normalise_heading(_SHORTENED.sub(lambda found: f" {_LONG[found[1].lower()]}", heading.replace("’", "'")))
    if not name:
        return None
    if (key := _exact(name)) is not None:
        return Meaning(key, (), notes, not notes)
    if (joined := _combined(name, strict)) is not None:
        return Meaning(joined[0], joined[1:], notes, not notes)
    cut = normalise_heading(_DATED.sub("", heading))
    if cut != name and cut and (key := _exact(cut)) is not None and (key == TIMELINE or not strict):
        return Meaning(key, (), heading[len(_DATED.sub("", heading)) :].strip(" ,:–—-"), False)
    if _is_of_actions(name):
        return Meaning(ACTIONS, (), notes, not notes)
    if (question := asked(name)) is not None:
        return Meaning(question, (), notes, not notes)
    if strict:
        return None
    if (key := _REDUCED.get(_bare(name))) is not None:
        return Meaning(key, (), notes, False)
    return _with_more(name, notes) or _behind_colon(name)


def _exact(name: str) -> str | None:
    if name in _TABLE:
        return _TABLE[name]
    return canonical_key(name)


def _is_of_actions(name: str) -> bool:
    """Whether a name is made of words for what is to be done: `Future preventive measures`."""
    words = name.replace("/", " ").replace("-", " ").split()
    return len(words) <= 8 and not set(words) - _ACTION_WORDS - _BESIDE_ACTIONS and bool(set(words) & _ACTION_WORDS)


def _combined(name: str, strict: bool) -> tuple[str, ...] | None:
    pieces = [piece.strip() for piece in _JOIN.split(name)]
    if not 2 <= len(pieces) <= 4:
        return None
    keys = []
    for piece in pieces:
        key = _exact(piece)
        if key is None and not strict:
            key = _REDUCED.get(_bare(piece))
        if not key:
            return None
        keys.append(key)
    if ACTIONS in keys and pieces[0] in _BEFORE_ACTIONS:
        return (ACTIONS,)
    return tuple(dict.fromkeys(keys))


def _with_more(name: str, notes: str) -> Meaning | None:
    """A known name with more words behind it: `Timeline – all times in UTC`, `Impact on our customers`."""
    match = _BEHIND.search(name)
    while match is not None:
        front = name[: match.start()].strip()
        key = None if front in ALONE else _exact(front)
        if key is None:
            key = _REDUCED.get(_bare(front)) if len(front.split()) <= 4 else None
        if key:
            return Meaning(key, (), " ".join(filter(None, (match[1].strip(), notes))), False)
        match = _BEHIND.search(name, match.start() + 1)
    return None


def _behind_colon(name: str) -> Meaning | None:
    """A known name behind what an author with a sense of fun puts in front: `A race against time: the timeline`."""
    front, colon, last = name.rpartition(": ")
    if not colon or front[-1:].isdigit() or len(front.split()) > 8 or last in ALONE:
        return None
    key = _exact(last) or _REDUCED.get(_bare(last))
    if key:
        return Meaning(key, (), front, False)
    joined = _combined(last, True)
    return Meaning(joined[0], joined[1:], front, False) if joined else None
