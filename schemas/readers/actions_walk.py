"""Walking over a part that says what is to be done: sub-headings, and lists, tables and paragraphs below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from schemas.readers.actions_found import Found, Gathering, lines_below
from schemas.readers.actions_groups import (
    NO_GROUP,
    Group,
    group_of,
    group_of_part,
    is_group_name,
    says_horizon,
    without_number,
)
from schemas.readers.actions_joined import joined_lists
from schemas.readers.actions_lists import add_fields, holds_actions, is_fields_only, read_list
from schemas.readers.actions_prose import read_beside_lists, read_paragraphs
from schemas.readers.actions_put import TICKET
from schemas.readers.actions_sentences import is_label_line
from schemas.readers.actions_tables import read_table
from schemas.readers.actions_verbs import begins_as_order
from schemas.readers.blocks import Block
from schemas.readers.heading_names import ACTIONS
from schemas.readers.parts import Part
from schemas.readers.section_names import meaning_of
from schemas.readers.timeline_words import plain_words
from schemas.readings import Context

_CALLED: Final = re.compile(
    rf"\W*(?:(?i:action|task|item|step|ai|recommendation|improvement)\s?#?\d{{1,3}}\b|{TICKET.pattern})"
)


class _Chunk(Struct, frozen=True):
    """What stands below one sub-heading, or above the first (`head` is None then)."""

    head: Block | None
    blocks: tuple[Block, ...]


def read_part(part: Part, gathering: Gathering) -> None:
    """The actions of a part."""
    blocks = [inner for block in part.blocks for inner in (block.children if block.kind == "quote" else (block,))]
    chunks = _chunks(blocks)
    has_items = any(block.kind in ("list", "table") for block in blocks)
    lines = tuple(part.heading.numbers) if part.heading is not None else ()
    outer = group_of_part(part.title, lines, gathering.context) if part.heading is not None else NO_GROUP
    above: list[tuple[int, Group]] = []
    for i, chunk in enumerate(chunks):
        group = outer
        if chunk.head is not None:
            while above and above[-1][0] >= chunk.head.level:
                above.pop()
            around = above[-1][1] if above else outer
            if _is_action(chunk, _next(chunks, i), gathering.context):
                gathering.add(_headed(chunk, around))
                continue
            group = group_of(chunk.head.text, tuple(chunk.head.numbers), gathering.context, around)
            above.append((chunk.head.level, group))
        _read_chunk(chunk, group, gathering, has_items)


def _read_chunk(chunk: _Chunk, group: Group, gathering: Gathering, has_items: bool) -> None:
    items = [block for block in chunk.blocks if _is_items(block)]
    paragraphs = [block for block in chunk.blocks if block.kind == "paragraph"]
    if not items:
        if chunk.head is not None or not has_items:
            read_paragraphs(paragraphs, group, gathering, headed=chunk.head is not None)
        else:
            for block in paragraphs:
                read_beside_lists(block, group, gathering, behind=False)
        return
    behind = False
    label: Group | None = None
    for i, block in enumerate(chunk.blocks):
        following = chunk.blocks[i + 1] if i + 1 < len(chunk.blocks) else None
        if block.kind == "list":
            label = read_list(block, group, gathering, label=label, more=following is not None)
            behind = True
        elif block.kind == "table":
            behind = read_table(block, group, gathering) or behind
        elif block.kind == "paragraph" and following is not None and is_fields_only(following):
            before = len(gathering.found)
            read_paragraphs([block], group, gathering)
            behind = behind or len(gathering.found) > before
        elif block.kind == "paragraph":
            read_beside_lists(block, group, gathering, behind)


def _is_items(block: Block) -> bool:
    return block.kind == "table" or (block.kind == "list" and not is_fields_only(block))


def _chunks(blocks: Sequence[Block]) -> list[_Chunk]:
    made: list[_Chunk] = []
    head: Block | None = None
    held: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            made.append(_Chunk(head, tuple(joined_lists(held))))
            head, held = block, []
        else:
            held.append(block)
    made.append(_Chunk(head, tuple(joined_lists(held))))
    return made


def _next(chunks: Sequence[_Chunk], i: int) -> _Chunk | None:
    return chunks[i + 1] if i + 1 < len(chunks) else None


def _is_action(chunk: _Chunk, following: _Chunk | None, context: Context) -> bool:
    """Whether a sub-heading is an action itself, and what stands below it only tells more."""
    head = chunk.head
    if head is None or head.mark == "label":
        return False
    words = plain_words(without_number(head.text))[0]
    meaning = meaning_of(words, strict=True)
    if (meaning is not None and meaning.key == ACTIONS) or says_horizon(words) or is_label_line(words):
        return False
    if is_group_name(words, context):
        return False
    has_fields = any(is_fields_only(block) for block in chunk.blocks)
    items = [block for block in chunk.blocks if _is_items(block)]
    if has_fields and not any(block.kind == "table" or holds_actions(block) for block in items):
        return True
    deeper = following is not None and following.head is not None and following.head.level > head.level
    if deeper or any(block.kind == "table" for block in items):
        return False
    called = _CALLED.match(head.text) is not None or begins_as_order(words)
    if called and not any(holds_actions(block) for block in items):
        return True
    return called and not items


def _headed(chunk: _Chunk, group: Group) -> Found:
    assert chunk.head is not None
    last = max((block.last for block in chunk.blocks if block.kind != "rule"), default=chunk.head.last)
    found = Found([without_number(chunk.head.text)], list(range(chunk.head.first, last + 1)), group)
    for block in chunk.blocks:
        if is_fields_only(block):
            add_fields(block, found)
        elif block.kind != "rule":
            found.details += lines_below([block])
    return found
