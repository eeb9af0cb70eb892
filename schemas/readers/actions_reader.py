"""What is to be done, from the parts of a document that say so, and from whatever else is marked as an action."""

from __future__ import annotations

from typing import Final

from schemas.readers.actions_due import due_context
from schemas.readers.actions_elsewhere import read_elsewhere, read_with_others
from schemas.readers.actions_found import Gathering
from schemas.readers.actions_items import items_of, key_of, targets_in
from schemas.readers.actions_people import people_named
from schemas.readers.actions_sentences import is_promise
from schemas.readers.actions_walk import read_part
from schemas.readers.found import Gathered, Item
from schemas.readers.ground import Ground
from schemas.readers.heading_names import ACTIONS, PREAMBLE, TIMELINE
from schemas.readers.parts import Document, Part

_WORDS: Final = 7
"""Headings that lie deeper are no headings by their marks, only by their words."""


def read_actions(document: Document, ground: Ground) -> Gathered[Item]:
    """The actions of a document in its order. Lines that are kept in full leave their section."""
    context = due_context(ground)
    references = targets_in(document.lines)
    people = people_named(document)
    items: list[Item] = []
    used: set[int] = set()
    for part in document.of(ACTIONS):
        gathering = Gathering(context, references, people=people)
        if part.key != ACTIONS:
            read_with_others(part, gathering)
            items += items_of(gathering)
            continue
        read_part(part, gathering)
        if _is_another_list(part, gathering):
            continue
        found = items_of(gathering)
        items += found
        used |= gathering.used
        for each, item in zip(gathering.found, found, strict=True):
            if each.whole:
                used.update(item.source.lines)
        for each in gathering.found:
            if not each.whole:
                used.difference_update(each.lines)
    elsewhere = Gathering(context, references, people=people)
    read_elsewhere(document, elsewhere)
    known = {key_of(item) for item in items}
    items += [item for item in items_of(elsewhere) if key_of(item) not in known]
    items.sort(key=lambda item: item.source.lines[0])
    return Gathered(tuple(items), frozenset(used))


def _is_another_list(part: Part, gathering: Gathering) -> bool:
    """Whether a label with a name like “Improvements”, inside a part about something else, lists what was achieved."""
    if part.level < _WORDS or part.above is None or part.above.key in (ACTIONS, PREAMBLE, TIMELINE):
        return False
    if part.above.level >= _WORDS:
        return False
    return not any(each.checked is not None or is_promise(" ".join(each.texts)) for each in gathering.found)
