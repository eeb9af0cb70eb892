"""Actions that are items of lists: plain, numbered, with boxes, with details or fields below, or below a mere label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from schemas.readers.actions_found import Found, Gathering, joined, lines_below, numbers_of
from schemas.readers.actions_groups import Group, group_of
from schemas.readers.actions_labels import field_line, field_of, text_line
from schemas.readers.actions_sentences import is_item_like, is_label_line, is_promise
from schemas.readers.actions_values import is_nothing
from schemas.readers.actions_verbs import begins_as_order
from schemas.readers.blocks import Block, Line
from schemas.readers.heading_names import ACTIONS
from schemas.readers.section_names import meaning_of
from schemas.readers.timeline_words import plain_words

_SIGN: Final = re.compile(r"\s*(?:[-*+•‣▪]|(\d{1,2})[.)])\s+(?=\S)")
_BOLD: Final = re.compile(r"\s*(\*\*|__)(?=\S)([^*]{1,160})\1\s*[:：]?\s*$")
_ENDS_INSIDE: Final = re.compile(r"[.!?]\s+\S")
_FEW: Final = 5
_LEAST_LINES: Final = 3
_SOME: Final = 6


def read_list(
    block: Block, outer: Group, gathering: Gathering, *, label: Group | None = None, more: bool = False
) -> Group | None:
    """The actions in a list within a group; a `label` above the list makes a group of its own.

    Gives the group that a label at the list's end makes for what follows, if there is `more`.
    """
    group = label or outer
    items = [item for each in block.children for item in siblings(each)]
    if _all_fields(items) and gathering.found and gathering.found[-1].lines and _follows(gathering.found[-1], block):
        _add_fields(items, gathering.found[-1])
        return None
    for i, item in enumerate(items):
        if _is_group_alone(item, more or i + 1 < len(items)):
            group = label_group(_words(item), tuple(item.numbers), outer, gathering)
            continue
        if (told := _field(item)) is not None and not item.children and gathering.found and i:
            _add_field(item, told, gathering.found[-1])
            continue
        if (labelled := _lines_below_label(item, outer, gathering)) is not None:
            group = labelled
            continue
        _read_item(item, group, gathering)
    return group if items and _is_group_alone(items[-1], more) else None


def _lines_below_label(item: Block, outer: Group, gathering: Gathering) -> Group | None:
    """`* Improvements:` with an action on each of the lines below, which are no items by themselves."""
    if len(item.texts) < _LEAST_LINES or item.children or item.checked is not None:
        return None
    label, *lines = item.texts
    if not _is_group_alone(replace(item, texts=(label,)), True) or not all(is_item_like(line.text) for line in lines):
        return None
    if any(field_line(line.text) for line in lines):
        return None
    group = label_group(label.text, (label.number,), outer, gathering)
    for line in lines:
        gathering.add(Found([line.text], [line.number], group))
    return group


def siblings(item: Block) -> Iterator[Block]:
    """An item, and those that stand in its text on lines of their own because the list was indented oddly."""
    starts = [i for i, line in enumerate(item.texts) if i and _SIGN.match(line.text)]
    if not starts:
        yield item
        return
    bounds = [0, *starts, len(item.texts)]
    for start, end in pairwise(bounds):
        lines = item.texts[start:end]
        sign = _SIGN.match(lines[0].text) if start else None
        first = replace(lines[0], text=lines[0].text[sign.end() :]) if sign else lines[0]
        last = end == len(item.texts)
        yield replace(
            item, first=first.number, last=item.last if last else lines[-1].number, texts=(first, *lines[1:]),
            children=item.children if last else (), checked=None if start else item.checked,
        )  # fmt: skip


def is_fields_only(block: Block) -> bool:
    """Whether all items of a list are fields of one action: `- Owner: Jane`, `- Due: 3 May`."""
    return block.kind == "list" and _all_fields(block.children)


def add_fields(block: Block, found: Found) -> None:
    """Take the fields in a list as those of an action."""
    _add_fields(block.children, found)


def holds_actions(block: Block) -> bool:
    """Whether most items of a list read like something to be done."""
    items = [item for item in block.children if _words(item)]
    told = sum(1 for item in items if item.checked is not None or is_promise(plain_words(_words(item))[0]))
    return bool(items) and told * 2 >= len(items)


def _read_item(item: Block, group: Group, gathering: Gathering) -> None:
    nested = [block for block in item.children if block.kind == "list"]
    words = _words(item)
    if not words and nested:
        for block in nested:
            read_list(block, group, gathering)
        return
    if (not words or is_nothing(words)) and not item.children:
        return
    if nested and _is_mere_label(item, nested):
        inner = label_group(words, tuple(numbers_of(item.texts)), group, gathering)
        for block in nested:
            read_list(block, inner, gathering)
        return
    gathering.add(found_item(item, group))


def found_item(item: Block, group: Group) -> Found:
    """An item as an action: its words, fields in lines of their own, and what is nested below."""
    found = Found([], list(item.numbers), group, checked=item.checked)
    for line in _with_label(item.texts):
        if found.texts and (told := field_line(line.text)) is not None:
            found.beside.append((told[0], _label(line.text), told[1]))
        else:
            found.texts.append(line.text)
    below: list[Block] = []
    for block in item.children:
        if block.kind == "list" and any(_field(child) is not None for child in block.children):
            _add_fields(block.children, found)
        elif block.kind == "paragraph" and all(field_line(line.text) for line in block.texts):
            found.beside += [
                (told[0], _label(line.text), told[1]) for line in block.texts if (told := field_line(line.text))
            ]
        else:
            below.append(block)
    found.details += lines_below(below)
    return found


def _with_label(texts: Sequence[Line]) -> Sequence[Line]:
    """The lines of an item; a name for such items alone on the first one goes in front of the second."""
    if len(texts) > 1 and (meaning := meaning_of(texts[0].text.strip(" *_:"), strict=True)) and meaning.key == ACTIONS:
        second = replace(texts[1], text=f"{texts[0].text.strip(' *_:')}: {texts[1].text}")
        return (second, *texts[2:])
    return texts


def _words(item: Block) -> str:
    return joined([line.text for line in item.texts])


def _label(text: str) -> str:
    return text.partition(":")[0].strip(" *_-`")


def _field(item: Block) -> tuple[str, str] | None:
    told = field_line(item.texts[0].text) if len(item.texts) == 1 and item.checked is None else None
    return told if told is not None and len(told[1]) < 120 else None


def _all_fields(items: Sequence[Block]) -> bool:
    """Whether items are fields, some of them at least by names that mean nothing else."""
    told = [item for item in items if _field(item) is not None]
    sure = any(field_of(_label(item.texts[0].text)) in ("owner", "due", "priority", "status") for item in told)
    return bool(told) and sure and all(item in told or ":" in _words(item)[:40] for item in items)


def _follows(found: Found, block: Block) -> bool:
    return 0 <= block.first - max(found.lines) <= 2


def _add_fields(items: Sequence[Block], found: Found) -> None:
    for item in items:
        told = _field(item)
        if told is not None:
            _add_field(item, told, found)
        else:
            text = text_line(_words(item)) if len(item.texts) == 1 else None
            own = lines_below([item])
            if text:
                found.details.append(text)
            else:
                found.details += own
            found.lines += item.numbers


def _add_field(item: Block, told: tuple[str, str], found: Found) -> None:
    found.beside.append((told[0], _label(item.texts[0].text), told[1]))
    found.details += lines_below(item.children)
    found.lines += item.numbers


def label_group(words: str, lines: tuple[int, ...], outer: Group, gathering: Gathering) -> Group:
    """The group that a label makes which is no heading; one that only names actions is part of none of them."""
    inner = group_of(words, lines, gathering.context, outer)
    if inner.lines == (*outer.lines, *lines) and (inner.words, inner.values) == (outer.words, outer.values):
        gathering.used.update(lines)
        return outer
    return inner


def _is_group_alone(item: Block, more: bool) -> bool:
    """Whether an item without anything below it only names the items that follow: `- Tasks:`."""
    if item.children or item.checked is not None or not more or len(item.texts) != 1:
        return False
    words = _words(item)
    bare = words.strip(" *_")
    if field_line(words) is not None:
        return False
    if bare.endswith((":", "：")):
        return len(bare.split()) <= 10
    meaning = meaning_of(bare, strict=True)
    return (meaning is not None and meaning.key == ACTIONS and meaning.exact) or is_label_line(bare)


def _is_mere_label(item: Block, nested: Sequence[Block]) -> bool:
    """Whether an item only names the group of those below it: a name of a thing, not something to be done."""
    below = [child for block in nested for child in block.children]
    if any(_field(child) is not None for child in below):
        return False
    if item.checked is not None:
        return False
    if any(child.checked is not None for child in below):
        return True
    words = _words(item)
    bare = plain_words(words)[0]
    if any(block.kind != "list" for block in item.children):
        return False
    colon = bare.endswith((":", "："))
    orders = sum(1 for child in below if is_promise(plain_words(_words(child))[0]))
    if begins_as_order(bare):
        return colon and len(bare.split()) <= _FEW and len(below) > 1 and orders == len(below)
    bold = _BOLD.match(words)
    meaning = meaning_of(bare.rstrip(":"), strict=True)
    if _ENDS_INSIDE.search(bare) is not None:
        return False
    if colon or bold or (meaning is not None and meaning.key == ACTIONS):
        return len(bare.split()) <= 14 and not bare.endswith("?")
    return (
        len(bare.split()) <= _SOME
        and orders * 2 >= len(below)
        and not bare.endswith((".", "?"))
        and not is_promise(bare)
    )
