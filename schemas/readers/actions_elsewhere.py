"""Actions outside the parts that are about them, where the document says in so many words that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from schemas.readers.actions_found import Found, Gathering
from schemas.readers.actions_groups import NO_GROUP
from schemas.readers.actions_lists import found_item
from schemas.readers.actions_prose import LABELLED
from schemas.readers.actions_sentences import is_promise
from schemas.readers.actions_tables import is_action_table, read_table
from schemas.readers.actions_verbs import begins_as_order
from schemas.readers.blocks import Block
from schemas.readers.heading_names import ACTIONS, CONTENTS, PEOPLE, TIMELINE
from schemas.readers.parts import Document, Part
from schemas.readers.timeline_words import plain_words

_FOLLOWING: Final = re.compile(
    r"\W*(?:follow[\s-]?ups?|(?:short|medium|mid|long)[\s-]?term|what\s(?:we|are\swe|will\swe|we\swill|we\sare"
    r"|we['’](?:re|ll))\b.{0,30}"
    r"\b(?:do|doing|change|changing|improve|improving)\b.{0,40})\W*",
    re.IGNORECASE,
)
_OFTEN_FORMS: Final = frozenset({TIMELINE, ACTIONS, CONTENTS, PEOPLE, "detection", "impact", "supporting"})


def read_elsewhere(document: Document, gathering: Gathering) -> None:
    """What is marked as an action in other parts. Its words stay in their section too."""
    for part in document.parts:
        if part.key in (TIMELINE, ACTIONS, CONTENTS, PEOPLE):
            continue
        for block in _top(part):
            if block.kind == "table":
                if is_action_table(block):
                    read_table(block, NO_GROUP, gathering)
            elif block.kind == "paragraph":
                _labelled(block, gathering)
            elif block.kind == "list":
                _items(block, part, gathering)


def read_with_others(part: Part, gathering: Gathering) -> None:
    """The actions in a part that has another meaning as well, such as “Lessons learned and action items”."""
    for block in part.blocks:
        if block.kind == "table" and is_action_table(block):
            read_table(block, NO_GROUP, gathering)
        elif block.kind == "list":
            for item in block.children:
                words = plain_words(item.text)[0]
                if item.checked is not None or is_promise(words):
                    _add(item, gathering, "told in a part that is about actions too")


def _top(part: Part) -> Iterator[Block]:
    for block in part.blocks:
        if block.kind in ("table", "paragraph", "list"):
            yield block


def _labelled(block: Block, gathering: Gathering) -> None:
    """`Action item: …` in a paragraph."""
    text = block.text
    match = LABELLED.match(text)
    if match is not None:
        gathering.add(Found([text[match.end() :]], list(block.numbers), why="named as an action", sure="likely"))


def _items(block: Block, part: Part, gathering: Gathering) -> None:
    follows = part.key == "" and _FOLLOWING.fullmatch(part.title) is not None
    for item in block.children:
        words = plain_words(item.text)[0]
        boxed = item.checked is not None and part.key not in _OFTEN_FORMS and begins_as_order(words)
        if LABELLED.match(item.text) or boxed:
            _add(item, gathering, "named as an action" if not boxed else "an order with a box to tick")
        elif follows and is_promise(words):
            _add(item, gathering, "told under a heading about what is to follow")


def _add(item: Block, gathering: Gathering, why: str) -> None:
    found = found_item(item, NO_GROUP)
    found.sure, found.why = "likely", why
    gathering.add(found)
