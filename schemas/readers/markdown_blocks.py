"""Lines between two headings as blocks: markdown-it finds lists, tables, code and quotations; what people write
instead of Markdown (`•`, `–`, numbers in mid-paragraph, rows without a rule) is found behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.readers.blocks import Block, Kind, Line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CHECKBOX: Final = re.compile(r"\\?\[([ xX✓✔])\\?\]\s+")
_SIGN: Final = re.compile(r"\s*(?:(?:[•‣◦▪●○■·∙⁃➢➤►▶]|[-*–—=](?=[^\W\d_\[\"“`*]))\s*|[–—=]\s+|(\d{1,2})[.)]\s+)(?=\S)")
_DOTTED: Final = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,2})\.(\d{1,2})[.)]?\s+(?=\S)")
_ROW: Final = re.compile(r"\s*\|.*\S")
_CELLS: Final = re.compile(r"(?<!\\)\|")
_MOST_NESTED: Final = 30


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTED}).enable("table")
    parser.disable(["code", "html_block", "reference", "heading", "lheading"])
    parser.core.ruler.enableOnly(["block"])
    return parser


class _Open(Struct):
    """A block whose end has not been met."""

    token: Token
    children: list[Block]
    number: str = ""


def blocks_of(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks that some lines are made of. The lines may be parts of lines; their numbers are kept."""
    if not any(line.text for line in lines):
        return ()
    tokens = _parser().parse("\n".join(line.text for line in lines))
    stack = [_Open(None, [])]  # type: ignore[arg-type]
    for token in tokens:
        if token.nesting == 1:
            stack.append(_Open(token, [], token.info if token.type == "list_item_open" else ""))
        elif token.nesting == -1:
            done = stack.pop()
            stack[-1].children.extend(_closed(done, lines))
        elif token.type == "inline":
            stack[-1].children.append(_words(token, lines))
        elif token.type == "fence":
            stack[-1].children.append(_code(token, lines))
        elif token.type == "hr":
            stack[-1].children.append(_spanning("rule", token, lines))
    return tuple(stack[0].children)


def _first(token: Token, lines: Sequence[Line]) -> int:
    return lines[token.map[0]].number if token.map else 0


def _last(token: Token, lines: Sequence[Line]) -> int:
    return lines[min(max(token.map[1], token.map[0] + 1), len(lines)) - 1].number if token.map else 0


def _spanning(kind: Kind, token: Token, lines: Sequence[Line], **more: object) -> Block:
    return Block(kind, _first(token, lines), _last(token, lines), **more)  # type: ignore[arg-type]


def _words(token: Token, lines: Sequence[Line]) -> Block:
    start = token.map[0] if token.map else 0
    texts = tuple(
        Line(lines[min(start + i, len(lines) - 1)].number, text.strip())
        for i, text in enumerate(token.content.split("\n"))
    )
    return Block("paragraph", texts[0].number, texts[-1].number, texts)


def _code(token: Token, lines: Sequence[Line]) -> Block:
    start = token.map[0] if token.map else 0
    texts = tuple(
        Line(lines[min(start + 1 + i, len(lines) - 1)].number, text)
        for i, text in enumerate(token.content.removesuffix("\n").split("\n"))
    )
    return _spanning("code", token, lines, texts=texts, mark=token.info.strip())


def _closed(done: _Open, lines: Sequence[Line]) -> tuple[Block, ...]:
    kind = done.token.type.removesuffix("_open")
    inside = done.children
    if kind == "paragraph":
        return split_paragraph(inside[0])
    if kind in ("bullet_list", "ordered_list"):
        return (Block("list", inside[0].first, inside[-1].last, children=tuple(inside)),) if inside else ()
    if kind == "list_item":
        return (_item(done, lines),)
    if kind == "blockquote":
        return (_spanning("quote", done.token, lines, children=tuple(inside)),)
    if kind in ("th", "td", "thead", "tbody", "tr"):
        return _of_table(kind, done, lines)
    if kind == "table":
        rows = tuple(inside)
        return (Block("table", rows[0].first, rows[-1].last, children=rows[1:], head=rows[0]),)
    return tuple(inside)


def _of_table(kind: str, done: _Open, lines: Sequence[Line]) -> tuple[Block, ...]:
    if kind == "tr":
        number = _first(done.token, lines)
        texts = tuple(replace(cell.texts[0], number=number) for cell in done.children)
        return (Block("row", number, number, texts, cells=tuple(line.text for line in texts)),)
    return tuple(done.children)


def _item(done: _Open, lines: Sequence[Line]) -> Block:
    """An item: its first paragraph is its text, unless that was split into several blocks."""
    inside = done.children
    texts: tuple[Line, ...] = ()
    if inside and inside[0].kind == "paragraph":
        texts, inside = inside[0].texts, inside[1:]
    checked = None
    if texts and (box := _CHECKBOX.match(texts[0].text)) is not None:
        checked = box[1] != " "
        texts = (replace(texts[0], text=texts[0].text[box.end() :]), *texts[1:])
    first = _first(done.token, lines)
    last = max((first, *(line.number for line in texts), *(block.last for block in inside)))
    return Block("item", first, last, texts, tuple(inside), number=done.number, checked=checked)


def split_paragraph(block: Block) -> tuple[Block, ...]:
    """A paragraph as what its lines are: words, items with signs that Markdown does not know, rows without a rule."""
    dotted = _dotted(block.texts)
    if not dotted and not any(_SIGN.match(line.text) or _ROW.match(line.text) for line in block.texts):
        return (block,)
    made: list[Block] = []
    words: list[Line] = []
    items: list[tuple[str, list[Line]]] = []
    rows: list[Block] = []

    def flush(*, but: object = None) -> None:
        if words:
            made.append(Block("paragraph", words[0].number, words[-1].number, tuple(words)))
            words.clear()
        if items and items is not but:
            made.append(_list_of(items))
            items.clear()
        if rows and rows is not but:
            made.append(Block("table", rows[0].first, rows[-1].last, children=tuple(rows)))
            rows.clear()

    for line in block.texts:
        sign = dotted.get(line.number) or _SIGN.match(line.text)
        if _ROW.match(line.text):
            flush(but=rows)
            cells = tuple(cell.strip() for cell in _CELLS.split(line.text.strip().strip("|")))
            rows.append(Block("row", line.number, line.number, (line,), cells=cells))
        elif sign is not None:
            flush(but=items)
            own = Line(line.number, line.text[sign.end() :])
            items.append((sign.group().strip(" .)") if sign[1] else "", [own]))
        elif items:
            items[-1][1].append(line)
        else:
            if rows:
                flush()
            words.append(line)
    flush()
    return tuple(made)


def _dotted(lines: Sequence[Line]) -> dict[int, re.Match[str]]:
    """The numbers of items that are counted as `4.1`, `4.2`: the count begins at one, so that `9.15` is a time."""
    found = {line.number: match for line in lines if (match := _DOTTED.match(line.text)) is not None}
    kept: dict[int, re.Match[str]] = {}
    following: dict[str, int] = {}
    for number, match in found.items():
        count = int(match[2])
        if count == following.get(match[1], 1) and not match[2].startswith("0"):
            kept[number] = match
            following[match[1]] = count + 1
    return {number: match for number, match in kept.items() if following[match[1]] > 2}


def _list_of(items: Sequence[tuple[str, list[Line]]]) -> Block:
    made = tuple(
        Block("item", lines[0].number, lines[-1].number, tuple(lines), number=number) for number, lines in items
    )
    return Block("list", made[0].first, made[-1].last, children=made)
