"""Lists that Markdown takes apart: numbered items with bullets at the edge between, labels with paragraphs below."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from schemas.readers.actions_wrapping import is_wrapped
from schemas.readers.blocks import Block
from schemas.readers.heading_names import ACTIONS
from schemas.readers.section_names import meaning_of

_LONGEST_LABEL = 8


def joined_lists(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with what belongs to an item put into it.

    A list that counts on where the one before it stopped is the same list, and what stands between them tells more of
    the last item. A paragraph below an item that is nothing but a label is the item's text.
    """
    made: list[Block] = []
    for block in blocks:
        label = _label(made[-1]) if made else None
        if label is not None and block.kind == "paragraph" and (len(block.texts) == 1 or is_wrapped(block.texts)):
            item = replace(label, texts=(*label.texts, *block.texts), last=block.last)
            made[-1] = replace(made[-1], children=(*made[-1].children[:-1], item), last=block.last)
        else:
            made.append(block)
    return _counted(made)


def _label(block: Block) -> Block | None:
    """The last item of a list if it is a label with nothing below it, and not one of a group of actions."""
    if block.kind != "list" or not block.children:
        return None
    item = block.children[-1]
    words = item.text.strip().strip("*_ ")
    if item.children or item.checked is not None or len(item.texts) != 1 or not words.endswith(":"):
        return None
    meaning = meaning_of(words.rstrip(": *_"), strict=True)
    return None if len(words.split()) > _LONGEST_LABEL or (meaning is not None and meaning.key == ACTIONS) else item


def _counted(blocks: Sequence[Block]) -> list[Block]:
    made: list[Block] = []
    at: int | None = None
    goes_on = False
    for block in blocks:
        first, last = _numbers(block)
        if at is not None and first is not None and _numbers(made[at])[1] == first - 1:
            whole = _with_below(made[at], made[at + 1 :])
            made[at:] = [replace(whole, children=(*whole.children, *block.children), last=block.last)]
            goes_on = True
            continue
        made.append(block)
        if last is not None:
            at, goes_on = len(made) - 1, False
    if at is not None and goes_on and all(block.kind == "list" for block in made[at + 1 :]):
        made[at:] = [_with_below(made[at], made[at + 1 :])]
    return made


def _with_below(whole: Block, between: Sequence[Block]) -> Block:
    """A list whose last item has what stands below it as its own."""
    item = whole.children[-1]
    told = (*item.children, *(each for each in between if each.kind != "rule"))
    end = told[-1].last if told else item.last
    return replace(whole, children=(*whole.children[:-1], replace(item, children=told, last=end)), last=end)


def _numbers(block: Block) -> tuple[int | None, int | None]:
    """The numbers of a list's first and last item; the last one is counted, as Markdown does."""
    if block.kind != "list" or not block.children or not block.children[0].number.isdigit():
        return None, None
    first = int(block.children[0].number)
    return first, first + len(block.children) - 1
