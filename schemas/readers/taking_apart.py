"""A text as a `Document`: its lines, what kind each is, its parts by their headings, and their blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from schemas.readers.blocks import Block, Line
from schemas.readers.fences import LineKind, kinds_of
from schemas.readers.heading_names import PREAMBLE, WRONG
from schemas.readers.headings import Head
from schemas.readers.html_marks import as_markdown
from schemas.readers.markdown_blocks import blocks_of
from schemas.readers.outline import Stretch, head_block, stretches
from schemas.readers.parts import Document, Part
from schemas.readers.section_names import meaning_of
from schemas.readers.wiki_marks import without_wiki_marks

_ITEM_SIGN: Final = re.compile(r"( *)(?:[-*+•]|\d{1,2}[.)])\s+\S")
_NESTED: Final = 4
"""So far in an item stands below another one, whatever comes before it."""
_JOINED: Final = re.compile(r"(?<=[.!?)])\s[-*•]\s(?:\*\*)?([A-Z][\w /]{2,40}?)(?:\*\*)?:")


def take_apart(lines: tuple[Line, ...], name: str) -> Document:
    """The document that some lines are. Never raises."""
    written = without_wiki_marks(lines)
    kinds = kinds_of([line.text for line in written])
    clean: list[Line] = []
    ways: list[LineKind] = []
    for line, kind in zip(written, kinds, strict=True):
        pieces = [line] if kind else _pieces(_cleaned(line))
        clean += pieces
        ways += [kind] * len(pieces)
    found = stretches(clean, ways)
    by_number: dict[int, LineKind] = {line.number: kind for line, kind in zip(written, kinds, strict=True) if kind}
    wrong = _what_went_wrong(found)
    raw = {line.number: line.text for line in reversed(clean)}
    parts: list[Part] = []
    made: dict[int, Part] = {}
    for stretch in found:
        if not stretch.head and not stretch.words and len(found) > 1:
            continue
        part = _part(stretch, len(parts), by_number, wrong, made, raw)
        made[id(stretch)] = part
        parts.append(part)
    blocks = tuple(block for part in parts for block in ((part.heading,) if part.heading else ()) + part.blocks)
    return Document(name, lines, blocks, tuple(parts), _title(parts))


def _cleaned(line: Line) -> Line:
    text = as_markdown(line.text).rstrip()
    if text.startswith("`#") and text.endswith("`"):
        text = text.strip("`")
    if text.startswith("\\") and text[1:2] in ("#", "-", "*", ">"):
        text = text[1:]
    return line if text == line.text else Line(line.number, text)


def _pieces(line: Line) -> list[Line]:
    """A line on which several items stand, as some editors join them: cut where another label begins a section."""
    if " - " not in line.text and " * " not in line.text:
        return [line]
    cuts = [
        found.start() + 1
        for found in _JOINED.finditer(line.text)
        if (meaning := meaning_of(found[1], strict=True)) is not None and meaning.key
    ]
    ends = [*cuts, len(line.text)]
    return [
        Line(line.number, line.text[a:b].strip() if a else line.text[:b].rstrip())
        for a, b in zip([0, *cuts], ends, strict=True)
    ]


def _what_went_wrong(found: Sequence[Stretch]) -> str:
    """What "What went wrong" is here: a lesson beside "What went well", else the cause if nothing else is."""
    keys = {stretch.key for stretch in found}
    if keys & {"went_well", "lucky", "root_cause"}:
        return "went_poorly"
    return "root_cause"


def _part(
    stretch: Stretch,
    index: int,
    kinds: dict[int, LineKind],
    wrong: str,
    made: dict[int, Part],
    raw: dict[int, str],
) -> Part:
    head = stretch.head
    key = wrong if stretch.key == WRONG else stretch.key
    blocks: list[Block] = []
    body: list[Line] = []
    for sub, number, lines in stretch.chunks:
        if sub is not None:
            blocks.append(head_block(sub, number))
            body.append(Line(number, _as_heading(sub, raw[number])))
            if sub.indent:
                lines = [_dedented(line, sub.indent) for line in lines]
        blocks += _blocks(lines, kinds)
        fronts = [line.number for line in lines if kinds.get(line.number) == "front"]
        edges = {fronts[0], fronts[-1]} if fronts else set()
        body += [line for line in lines if kinds.get(line.number) != "stray" and line.number not in edges]
    above = stretch.above
    while above is not None and id(above) not in made:
        above = above.above
    return Part(
        index=index,
        key=key,
        heading=head_block(head, stretch.number) if head else None,
        blocks=tuple(blocks),
        first=stretch.number,
        last=max(stretch.last, stretch.number),
        level=stretch.level,
        also=stretch.also,
        note=head.meaning.note if head and head.meaning else "",
        above=made[id(above)] if above is not None else None,
        body=tuple(body),
    )


def _dedented(line: Line, indent: int) -> Line:
    cut = min(indent, len(line.text) - len(line.text.lstrip(" ")))
    return Line(line.number, line.text[cut:]) if cut else line


def _as_heading(head: Head, raw: str) -> str:
    """A sub-heading as a line of Markdown: those with signs a third-level one at least, others as they stand."""
    if head.mark in ("#", "underline", "html"):
        return f"{'#' * max(3, min(head.level, 6))} {head.text}"
    return raw.strip() if not head.rest and not head.indent else f"**{head.text}:**"


def _blocks(lines: Sequence[Line], kinds: dict[int, LineKind]) -> list[Block]:
    front = [line for line in lines if kinds.get(line.number) == "front"]
    made: list[Block] = []
    if front:
        mark = "toml" if front[0].text.strip() == "+++" else "yaml"
        made.append(Block("front-matter", front[0].number, front[-1].number, tuple(front[1:-1]), mark=mark))
    blank = {"stray", "front", "comment"}
    rest = [replace(line, text="") if kinds.get(line.number) in blank else line for line in lines]
    return made + list(blocks_of(_at_the_edge(rest)))


def _at_the_edge(lines: list[Line]) -> list[Line]:
    """Lines without the indentation that all of them share: a whole list may stand four spaces in."""
    shared = min((len(line.text) - len(line.text.lstrip(" ")) for line in lines if line.text.strip()), default=0)
    lines = [_dedented(line, shared) for line in lines] if shared else lines
    return _in_one_column(lines)


def _in_one_column(lines: list[Line]) -> list[Line]:
    """Lines with the items of a list at the edge where its first ones stand a little in: they are no deeper than it."""
    margins = [len(found[1]) for line in lines if (found := _ITEM_SIGN.match(line.text)) is not None]
    if not margins or not 0 < margins[0] < _NESTED or min(margins) >= margins[0]:
        return lines
    return [
        Line(line.number, line.text[margins[0] :])
        if (found := _ITEM_SIGN.match(line.text)) is not None and len(found[1]) == margins[0]
        else line
        for line in lines
    ]


def _title(parts: Sequence[Part]) -> Line | None:
    """The title: the heading above all parts, else the first line if it stands alone like one."""
    for part in parts:
        if part.key != PREAMBLE:
            break
        if part.heading is not None:
            return part.heading.texts[0]
    return None
