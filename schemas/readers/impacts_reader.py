"""Numbers of what was affected, from the parts of a document that say so, or from its summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from schemas.readers.actions_found import joined
from schemas.readers.actions_sentences import sentences
from schemas.readers.blocks import Block
from schemas.readers.found import Gathered, Item, Source
from schemas.readers.ground import Ground
from schemas.readers.impacts_numbers import Number, clause_around, numbers_in, plain_number
from schemas.readers.parts import Document, Part
from schemas.readers.timeline_words import plain_words

_LABELLED: Final = re.compile(
    r"(?P<name>[^\W\d_][^:|\n]{1,60}?)\s?[:|]\s*(?P<about>(?:about|approximately|approx\.?|around|roughly|nearly"
    r"|over|up\sto)\s|[~≈><]\s?)?"
    r"(?P<amount>\d{1,3}(?:[,\u202f’'](?=\d{3}(?!\d))\d{3}){1,5}"
    r"|\d{1,12}(?:\.\d{1,4})?)\s?(?P<scale>[kKM](?!\w))?(?P<percent>%|percent\b)?\+?"
    r"(?P<rest>\s*(?:[(].{0,80}[)])?\s*)$",
    re.IGNORECASE,
)
_NO_AMOUNT: Final = re.compile(
    r"\b(?:duration|time|date|start|end|hours?|minutes?|severity|priority|level|port|version|id|number|incident"
    r"|ticket|sev|line|year|phone)\b",
    re.IGNORECASE,
)
_HURT: Final = re.compile(
    r"\b(?:affect\w*|impact\w*|fail\w*|unable|lost|los[est]\w*|down|offline|unavailable|inaccessib\w*|could\snot"
    r"|couldn['’]t|cannot|error\w*|unsuccessful\w*"
    r"|experienc\w*|report\w*|disrupt\w*|denied|dropped|delayed|missing|wrong\w*|twice|slow\w*|timeouts?|timed\sout"
    r"|refund\w*|late|stuck|rejected|interrupted"
    r"|afect\w*|perd\w*|touch\w*|betroffen\w*|verlor\w*)\b",
    re.IGNORECASE,
)
_BUSY: Final = re.compile(
    r"\b(?:cpu|memory|disk|ram|heap|utili[sz]ation|usage|threshold|alert\w*\s(?:when|if|at))\b", re.IGNORECASE
)
_LONGEST: Final = 2_000
_LEAST_WORDS: Final = 3
_MOST: Final = 100
"""A document with more numbers of what was affected holds a table of data."""


def read_impacts(document: Document, _: Ground) -> Gathered[Item]:
    """The impacts with a number in the order of the document. Their lines stay in the text of their section."""
    items = _of_parts(document.of("impact"), told=True)
    if not items:
        items = _of_parts(document.of("summary"), told=False)
    return Gathered(tuple(items[:_MOST]))


def _of_parts(parts: Iterable[Part], *, told: bool) -> list[Item]:
    """The impacts in some parts; `told` says that the parts are about nothing else."""
    kept: dict[tuple[Any, ...], Item] = {}
    for part in parts:
        for text, lines in _texts(part.blocks):
            for item in _impacts(text, lines, told=told):
                fields = item.fields
                kept.setdefault((fields.get("amount"), fields.get("total"), fields.get("unit")), item)
    return list(kept.values())


def _texts(blocks: Iterable[Block]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The stretches of words in some blocks: items, paragraphs, rows."""
    waiting = list(blocks)[::-1]
    while waiting:
        block = waiting.pop()
        if block.kind == "row":
            yield _row(block), (block.first,)
        elif block.kind in ("item", "paragraph") and block.texts:
            yield from _lines(block)
        if block.kind not in ("code", "row"):
            waiting.extend(reversed(block.children))


def _lines(block: Block) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The words of a block; lines that are labels with their values are told one by one."""
    plain = [plain_words(line.text)[0] for line in block.texts]
    if len(plain) > 1 and any(_LABELLED.match(text) for text in plain):
        for text, line in zip(plain, block.texts, strict=True):
            yield text, (line.number,)
    else:
        yield plain_words(joined([line.text for line in block.texts]))[0], tuple(line.number for line in block.texts)


def _row(block: Block) -> str:
    cells = [plain_words(cell)[0] for cell in block.cells]
    filled = [cell for cell in cells if cell]
    return ": ".join(filled[:2]) if len(filled) == 2 else ". ".join(filled)


def _impacts(text: str, lines: tuple[int, ...], *, told: bool) -> Iterator[Item]:
    match = _LABELLED.match(text)
    if match is not None and told and not _NO_AMOUNT.search(match["name"]):
        yield _labelled(match, lines)
        return
    for sentence in sentences(text):
        if len(sentence) > _LONGEST or _BUSY.search(sentence) or (not told and not _HURT.search(sentence)):
            continue
        for number in numbers_in(sentence):
            if told or number.unit.startswith("%") or _HURT.search(clause_around(sentence, number)):
                yield _item(sentence, number, lines)


def _labelled(match: re.Match[str], lines: tuple[int, ...]) -> Item:
    """`Users affected: 1,200`."""
    name = match["name"].strip(" *_-")
    fields: dict[str, Any] = {"what": name, "amount": plain_number(match["amount"], match["scale"])}
    if match["rest"].strip():
        fields["what"] = f"{name} {match['rest'].strip()}"
    if match["percent"]:
        fields["unit"] = "%"
    else:
        counted = numbers_in(f"1 {name.casefold()}")
        if counted:
            fields["unit"] = counted[0].unit
    if match["about"]:
        fields["about"] = True
    return Item(fields, Source(lines, "sure"))


def _item(sentence: str, number: Number, lines: tuple[int, ...]) -> Item:
    what = clause_around(sentence, number)
    if len(what.split()) < _LEAST_WORDS + 1:
        what = sentence if len(sentence) < _MOST * 2 else what
    fields: dict[str, Any] = {"what": what.strip(" ."), "amount": number.amount, "unit": number.unit}
    if number.total is not None:
        fields["total"] = number.total
    if number.about:
        fields["about"] = True
    return Item(fields, Source(lines, "likely", "a number in the text"))
