"""Actions in paragraphs: a line each, a paragraph each, or sentences that promise something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.readers.actions_found import Found, Gathering, joined, numbers_of
from schemas.readers.actions_groups import Group
from schemas.readers.actions_labels import field_line
from schemas.readers.actions_lists import label_group
from schemas.readers.actions_sentences import (
    goes_on,
    is_closing,
    is_done_deed,
    is_intro,
    is_item_like,
    is_label_line,
    is_order,
    is_promise,
    is_signed,
    is_under_way,
    sentences,
)
from schemas.readers.actions_values import is_nothing
from schemas.readers.actions_wrapping import is_wrapped, placed_sentences
from schemas.readers.blocks import Block, Line
from schemas.readers.heading_names import ACTIONS
from schemas.readers.section_names import meaning_of
from schemas.readers.timeline_words import plain_words

LABELLED: Final = re.compile(
    r"\s*(?:\*\*|__|\*|_)?(?:action\s?items?|action\spoints?|todo|to-do|follow-?up\s(?:actions?"
    r"|items?))(?:\s?#?\d{1,3})?\s?(?:[:：](?:\*\*|__|\*|_)?|(?:\*\*|__)\s?[:：])\s*(?=\S)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"\s*(?:(\*\*|__)(?=\S)[^*:]{2,70}(?:[:：]\s?\1|\1\s{0,2}(?:[:：]|[–—-](?=\s)))|[A-ZÀ-ÞŽ][^:.!?|]{2,60}[:：])\s+(?=\S)"
)
_BOX: Final = re.compile(r"\s*\\?\[([ xX✓✔])\\?\]\s+")
_NUMBER: Final = re.compile(r"(?:(?<=^)|(?<=\s))\(?([1-9]|1\d)[.)]\s+(?=\S)")
_AND: Final = re.compile(r"[,;\s]+(?:and|or|y|e|et|und)\s*$", re.IGNORECASE)
_IMAGE: Final = re.compile(r"\s*!\[[^\]]*\]\([^)]*\)\s*|\s*<[^<>]{1,200}>\s*|\s*https?://\S+\s*|(?:\s*#\w+)+\s*")
_REFERENCE: Final = re.compile(r"\s{0,3}\[[^\]\n]{1,200}\]:\s*\S+")
_FEW: Final = 2
_SHORT: Final = 4
_LEAST_WORDS: Final = 2


class _Paragraphs(Struct):
    """Reading the paragraphs of a group: its present group, and whether closing words were met."""

    group: Group
    outer: Group
    gathering: Gathering
    closed: bool = False
    labelled: bool = False
    headed: bool = False


def read_paragraphs(blocks: Sequence[Block], group: Group, gathering: Gathering, *, headed: bool = False) -> None:
    """The actions in paragraphs with no lists among them; `headed` says that they have a sub-heading of their own."""
    state = _Paragraphs(group, group, gathering, headed=headed)
    kept = [block for block in blocks if not _is_aside(block)]
    single = len(kept) == 1
    each_is_one = sum(1 for block in kept if _is_one_action(block)) > 1
    for i, block in enumerate(kept):
        last = i == len(kept) - 1
        if _takes_fields(block, gathering):
            continue
        if len(block.texts) > 1 and not is_wrapped(block.texts):
            _read_lines(block.texts, state, more=not last)
        elif _is_label(block, last):
            state.group = label_group(block.texts[0].text, tuple(block.numbers), state.outer, gathering)
            state.labelled = True
        else:
            _read_paragraph(block, state, single, each_is_one, more=not last)


def read_beside_lists(block: Block, group: Group, gathering: Gathering, behind: bool) -> None:
    """A paragraph among lists: comment, unless it says that it is an action, or goes on with one `behind` the list."""
    if _takes_fields(block, gathering):
        return
    if (match := LABELLED.match(block.texts[0].text)) is not None:
        first = replace(block.texts[0], text=block.texts[0].text[match.end() :])
        found = gathering.add(Found([], list(block.numbers), group))
        _add_texts(found, (first, *block.texts[1:]))
        return
    if not behind:
        return
    placed = placed_sentences(block.texts)
    for text, lines in placed:
        bare = plain_words(text)[0]
        if goes_on(bare) and is_promise(bare) and not is_intro(bare):
            why = "a promise behind the list"
            gathering.add(Found([text], lines, group, sure="likely", why=why, whole=len(placed) == 1))


def _read_lines(texts: Sequence[Line], state: _Paragraphs, *, more: bool) -> None:
    """Lines of which each may be an action; what is none goes with the one above, if it tells more of it."""
    opened: Found | None = None
    state.closed = False
    for i, line in enumerate(texts):
        text = line.text
        bare = plain_words(text)[0]
        last = i == len(texts) - 1
        if not bare or is_nothing(bare) or _IMAGE.fullmatch(text) or _REFERENCE.match(text):
            continue
        if opened is not None and (told := field_line(text)) is not None and _is_field(told, text):
            opened.beside.append((told[0], text.partition(":")[0].strip(" *_-"), told[1]))
            opened.lines.append(line.number)
        elif (not last and _names_what_follows(bare, i)) or (last and more and is_label_line(bare)):
            state.group = label_group(text, (line.number,), state.outer, state.gathering)
            state.labelled, opened = True, None
            if is_intro(bare) and not is_label_line(bare) and len(bare.split()) > _SHORT * 2:
                state.group = state.outer
                state.gathering.used.discard(line.number)
        elif is_closing(bare) or is_signed(bare) or (i and state.closed and len(bare.split()) <= _SHORT):
            state.closed, opened = True, None
        elif is_item_like(bare) and (len(bare.split()) >= _LEAST_WORDS or not state.closed):
            opened = _one(text, line.number, state)
        elif opened is not None and not state.closed:
            opened.texts.append(text)
            opened.lines.append(line.number)


def _read_paragraph(block: Block, state: _Paragraphs, single: bool, each_is_one: bool, *, more: bool) -> None:
    text = joined([line.text for line in block.texts])
    bare = plain_words(text)[0]
    if is_nothing(bare) or is_signed(bare) or (state.closed and not is_promise(bare)):
        return
    lines = list(block.numbers)
    if (match := LABELLED.match(text)) is not None:
        state.gathering.add(Found([text[match.end() :]], lines, state.group))
        return
    if numbered := _enumerated(text):
        for piece in numbered:
            state.gathering.add(
                Found([piece], list(lines), state.group, whole=False, sure="likely", why="a number in the text")
            )
        return
    if is_closing(bare):
        state.closed = True
        return
    if more and is_intro(bare) and len(sentences(bare)) == 1:
        return
    if _LABEL.match(text) or (each_is_one and _is_one_action(block)) or _BOX.match(text):
        _one(text, lines[0], state).lines[:] = lines
        return
    promises = _promises(block, told_alone=state.headed and single)
    if promises:
        for words, own, whole in promises:
            found = Found([words], own, state.group, sure="likely", why="a promise in the text", whole=whole)
            state.gathering.add(found)
    elif (
        is_item_like(bare)
        and len(bare.split()) > _LEAST_WORDS
        and (single or not state.closed)
        and len(sentences(bare)) == 1
    ):
        _one(text, lines[0], state).lines[:] = lines
    elif is_under_way(bare):
        state.gathering.add(Found([text], lines, state.group, sure="likely", why="told as under way"))


def _promises(block: Block, *, told_alone: bool) -> list[tuple[str, list[int], bool]]:
    """The sentences of a paragraph that promise something, each with those behind it that only tell more of it.

    `told_alone` says that all of the paragraph is about the one promise in it.
    """
    made: list[tuple[list[str], list[int]]] = []
    before: set[int] = set()
    placed = placed_sentences(block.texts)
    closed = False
    whole = True
    plain = [plain_words(text)[0] for text, _ in placed]
    telling = [_tells(bare) for bare in plain]
    last = max((i for i, told in enumerate(telling) if told), default=-1)
    for i, (text, lines) in enumerate(placed):
        intro = i < last and is_intro(plain[i])
        closed = closed or is_closing(plain[i])
        if telling[i] and not intro and not closed:
            made.append(([text], list(lines)))
        elif made and not closed:
            made[-1][0].append(text)
            made[-1][1].extend(lines)
        else:
            before.update(lines)
            whole = whole and not intro and not closed
    if told_alone and len(made) == 1 and whole:
        return [(" ".join(text for text, _ in placed), list(block.numbers), True)]
    return [(" ".join(texts), sorted(set(own)), not before & set(own)) for texts, own in made]


def _tells(bare: str) -> bool:
    return is_promise(bare) or is_done_deed(bare)


def _one(text: str, line: int, state: _Paragraphs) -> Found:
    checked = None
    if (box := _BOX.match(text)) is not None:
        checked = box[1] != " "
        text = text[box.end() :]
    if (match := LABELLED.match(text)) is not None:
        text = text[match.end() :]
    return state.gathering.add(Found([text], [line], state.group, checked=checked))


def _enumerated(text: str) -> list[str]:
    """The items of `… 1) add alerts, 2) write a runbook`, if the numbers count up from one."""
    found = list(_NUMBER.finditer(text))
    if len(found) < _FEW or [int(match[1]) for match in found] != list(range(1, len(found) + 1)):
        return []
    bounds = [match.start() for match in found[1:]] + [len(text)]
    return [_AND.sub("", text[match.end() : end]).strip(" ,;") for match, end in zip(found, bounds, strict=True)]


def _is_one_action(block: Block) -> bool:
    """Whether a paragraph begins like an item of a list."""
    bare = plain_words(joined([line.text for line in block.texts]))[0]
    return bool(bare) and (is_order(bare) or _LABEL.match(block.texts[0].text) is not None) and not is_closing(bare)


def _names_what_follows(bare: str, place: int) -> bool:
    """Whether a line above others is a label or an introduction."""
    if is_label_line(bare):
        return True
    if bare.endswith((":", "：")):
        return True
    meaning = meaning_of(bare, strict=True) if len(bare) < 80 else None
    if meaning is not None and meaning.key == ACTIONS:
        return True
    return place == 0 and is_intro(bare) and not is_order(bare) and "following" in bare.casefold()


def _is_label(block: Block, last: bool) -> bool:
    bare = plain_words(block.texts[0].text)[0]
    if len(block.texts) != 1 or last:
        return False
    meaning = meaning_of(bare, strict=True) if len(bare) < 80 else None
    return is_label_line(bare) or (meaning is not None and meaning.key == ACTIONS)


def _is_aside(block: Block) -> bool:
    """A paragraph of images, bare addresses, or the targets of links."""
    return all(_IMAGE.fullmatch(line.text) or _REFERENCE.match(line.text) for line in block.texts)


def _is_field(told: tuple[str, str], text: str) -> bool:
    return told[0] in ("owner", "due", "priority", "status", "link", "type") and len(told[1]) < 100 and len(text) < 140


def _takes_fields(block: Block, gathering: Gathering) -> bool:
    """Take a paragraph that is nothing but fields as those of the action right above it."""
    told = [(line, field_line(line.text)) for line in block.texts]
    if not gathering.found or any(each is None or not _is_field(each, line.text) for line, each in told):
        return False
    found = gathering.found[-1]
    if not 0 <= block.first - max(found.lines) <= _SHORT:
        return False
    for line, each in told:
        assert each is not None
        found.beside.append((each[0], line.text.partition(":")[0].strip(" *_-"), each[1]))
    found.lines += numbers_of(block.texts)
    return True


def _add_texts(found: Found, texts: Sequence[Line]) -> None:
    for line in texts:
        if found.texts and (told := field_line(line.text)) is not None and _is_field(told, line.text):
            found.beside.append((told[0], line.text.partition(":")[0].strip(" *_-"), told[1]))
        else:
            found.texts.append(line.text)
