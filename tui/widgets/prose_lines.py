"""A Markdown text as lines for reading in a terminal: words wrapped, marks turned into roles, nothing acted on.

Links are shown with a number, their addresses at the end; no picture is fetched, HTML stays text. Every line knows the
line of the source that it came from, so that remarks can be shown beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from rich.cells import cell_len

from schemas.text import clean_line
from tui.widgets.prose_tables import table_lines
from tui.widgets.rows import Span
from tui.widgets.wrapped import wrapped_spans

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ADDRESS: Final = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>\"|]{1,2000}[^\s<>\"|.,;:!?)\]'*_]", re.IGNORECASE)
_DEEPEST: Final = 60
"""Quotations and lists in one another that are still read as such."""

_NARROW: Final = 12
"""Cells that the words keep, however deep a quotation or list is nested."""


class Prose(Struct):
    """A rendered text: `lines`, the line of the source behind each, and its addresses with their numbers.

    A line that is ours and not the text's has -1 for its source.
    """

    lines: list[list[Span]] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    links: dict[str, int] = field(default_factory=dict)

    def line_of(self, source: int) -> int:
        """The first rendered line of the block that a line of the source is in."""
        found = 0
        last = -1
        for at, line in enumerate(self.sources):
            if line > source:
                break
            if line > last:
                found, last = at, line
        return found


def prose_lines(text: str, width: int) -> Prose:
    """A text for lines of `width` cells. What was rendered last is kept."""
    return _rendered(text, max(_NARROW, width))


@lru_cache(maxsize=16)
def _rendered(text: str, width: int) -> Prose:
    tokens = _parsed(text)
    if any(token.level >= _DEEPEST - 2 for token in tokens):
        # What is nested deeper is left out by the parser; nothing that somebody wrote may be.
        lines = [
            (at, spans) for at, line in enumerate(text.split("\n")) for spans in wrapped_spans([(line, "text")], width)
        ]
        return Prose([spans for _, spans in lines], [at for at, _ in lines])
    return _Layout(width).laid_out(tokens)


@lru_cache(maxsize=16)
def _parsed(text: str) -> Sequence[Token]:
    return _parser().parse(f"{text}\n")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # A tenth of a second that only reading the prose needs.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])


class _Nest(Struct):
    """A list item or quotation that lines are in: what stands before its first line and before the others."""

    first: str
    rest: str
    used: bool = False


class _Layout:
    """One text on its way to lines."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.prose = Prose()
        self.nests: list[_Nest] = []
        self.counters: list[int | None] = []
        self.source = 0
        self.gap = False

    def laid_out(self, tokens: Sequence[Token]) -> Prose:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.map:
                self.source = token.map[0]
            if token.type == "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                self._table(tokens[at:end])
                at = end
            else:
                self._block(token, tokens[at - 1] if at else token)
            at += 1
        self._addresses()
        return self.prose

    def _block(self, token: Token, before: Token) -> None:
        kind = token.type
        if kind == "inline":
            hidden = before.type == "paragraph_open" and before.hidden
            heading = int(before.tag[1]) if before.type == "heading_open" else 0
            spans = list(self._inline(token.children or (), "strong" if heading else "text"))
            if heading == 1:
                spans = [(text, "accent" if role == "strong" else role) for text, role in spans]
            self._paragraph(spans, tight=hidden)
        elif kind in ("fence", "code_block"):
            lines = token.content.removesuffix("\n").split("\n")
            begun = self.source + (kind == "fence")
            for number, line in enumerate(lines):
                self.source = begun + number
                self._paragraph([(f"  {line}", "code")], tight=number > 0)
        elif kind == "hr":
            self._paragraph([("─" * min(24, self.width), "muted")])
        elif kind in ("bullet_list_open", "ordered_list_open"):
            ordered = kind == "ordered_list_open"
            self.counters.append(int(token.attrs.get("start", 1)) if ordered else None)
            # A list within an item goes on without a gap.
            if self.gap and not self.nests:
                self._line([], blank=True)
            self.gap = False
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.counters.pop()
            self.gap = not self.nests
        elif kind == "list_item_open":
            count = self.counters[-1]
            mark = "• " if count is None else f"{count}. "
            if count is not None:
                self.counters[-1] = count + 1
            self.nests.append(_Nest(mark, " " * len(mark)))
        elif kind == "blockquote_open":
            self.nests.append(_Nest("│ ", "│ "))
        elif kind in ("list_item_close", "blockquote_close"):
            nest = self.nests.pop()
            if not nest.used and kind == "list_item_close":
                self.nests.append(nest)
                self._paragraph([("", "text")], tight=True)
                self.nests.pop()

    def _paragraph(self, spans: Sequence[Span], *, tight: bool = False) -> None:
        if self.gap and not tight:
            self._line([], blank=True)
        room = max(_NARROW, self.width - sum(cell_len(nest.rest) for nest in self.nests))
        for line in wrapped_spans(spans, room):
            self._line(line)
        self.gap = not tight or self.gap
        if tight:
            self.gap = False

    def _line(self, spans: Sequence[Span], *, blank: bool = False) -> None:
        before: list[Span] = []
        for nest in self.nests:
            text = nest.rest if nest.used or blank else nest.first
            if not (blank and not nest.used):
                before.append((text, "muted"))
            if not blank:
                nest.used = True
        while before and sum(cell_len(text) for text, _ in before) > self.width - _NARROW:
            before.pop()
        self.prose.lines.append([*before, *spans])
        # A blank line belongs to what stands above it.
        self.prose.sources.append(self.prose.sources[-1] if blank and self.prose.sources else self.source)

    # Words

    def _inline(self, tokens: Iterable[Token], base: str) -> Iterator[Span]:
        roles = [base]
        address = ""
        label: list[str] = []
        for token in tokens:
            kind = token.type
            if kind == "text":
                label.append(token.content)
                yield from self._words(token.content, roles[-1], bare=not address)
            elif kind == "code_inline":
                label.append(token.content)
                yield token.content, "code"
            elif kind == "softbreak":
                yield " ", roles[-1]
            elif kind == "hardbreak":
                yield "\n", roles[-1]
            elif kind == "image":
                yield f"[picture: {clean_line(token.content) or 'no words'}]", "muted"
                yield f" [{self._number(str(token.attrs.get('src', '')))}]", "accent"
            elif kind == "link_open":
                address = clean_line(str(token.attrs.get("href", "")))
                label = []
                roles.append("accent")
            elif kind == "link_close":
                roles.pop()
                if "".join(label).removeprefix("mailto:") not in (address, address.removeprefix("mailto:")):
                    yield f" [{self._number(address)}]", "accent"
                elif address:
                    self._number(address)
                address = ""
            elif kind == "em_open":
                roles.append("em" if roles[-1] == "text" else roles[-1])
            elif kind == "strong_open":
                roles.append("strong" if roles[-1] in ("text", "em") else roles[-1])
            elif kind == "s_open":
                roles.append("muted")
            elif kind in ("em_close", "strong_close", "s_close"):
                roles.pop()
            elif token.content:
                yield token.content, roles[-1]

    def _words(self, text: str, role: str, *, bare: bool) -> Iterator[Span]:
        at = 0
        if bare and "://" in text:
            for found in _ADDRESS.finditer(text):
                yield text[at : found.start()], role
                yield found[0], "accent"
                self._number(found[0])
                at = found.end()
        yield text[at:], role

    def _number(self, address: str) -> int:
        address = clean_line(address)
        return self.prose.links.setdefault(address, len(self.prose.links) + 1)

    def _addresses(self) -> None:
        self.nests.clear()
        self.source = -1
        for address, number in self.prose.links.items():
            self.gap = number == 1
            mark = f"[{number}] "
            self.nests[:] = [_Nest(mark, " " * len(mark))]
            if self.gap:
                self.prose.lines.append([])
                self.prose.sources.append(-1)
                self.gap = False
            self._paragraph([(address, "accent")], tight=True)

    # Tables

    def _table(self, tokens: Sequence[Token]) -> None:
        rows: list[list[list[Span]]] = []
        heads = 0
        for before, token in pairwise(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline" and before.type in ("th_open", "td_open"):
                heads += before.type == "th_open" and len(rows) == 1 and not rows[0]
                role = "strong" if before.type == "th_open" else "text"
                rows[-1].append(list(self._inline(token.children or (), role)))
        if self.gap:
            self._line([], blank=True)
        room = max(_NARROW, self.width - sum(cell_len(nest.rest) for nest in self.nests))
        for line in table_lines(rows, room):
            self._line(line)
        self.gap = True
