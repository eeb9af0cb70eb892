"""Markdown that a person wrote, made fit to stand inside a larger document.

It is passed through as written, except for what would reach beyond its place: headings move below the heading they
stand under, and what was opened and not closed (a code fence, a comment, `<details>`) is closed at the end. Text
without any of that, which is nearly all of it, is not even parsed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from schemas import text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BLANK: Final = " \t"
"""What Markdown takes for white space; a line with a no-break space in it is not blank."""

_SUSPECT = re.compile(
    r"^(?:[ \t>]|(?:[-+*]|\d+[.)])(?=[ \t]))*(?:\#{1,6}(?:[ \t]|$)|`{3}|~{3}|-+[ \t]*$|=+[ \t]*$)"
    r"|<[A-Za-z/!?]|[ \t]{2,}$|\\[ \t]+$",
    re.MULTILINE,
)
"""What a text has to contain to need a closer look: headings, fences, HTML, spaces at the end of a line."""

_HTML_BLOCKS: Final = (
    (
        re.compile(r"<(script|pre|style|textarea)(?=\s|>|$)", re.IGNORECASE),
        re.compile(r"</(script|pre|style|textarea)>", re.IGNORECASE),
        "</{}>",
    ),
    (re.compile(r"<!--"), re.compile(r"-->"), "-->"),
    (re.compile(r"<\?"), re.compile(r"\?>"), "?>"),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>"), "]]>"),
    (re.compile(r"<![A-Za-z]"), re.compile(r">"), ">"),
)
"""HTML blocks that only their own end closes: their start, their end, and what to write where it is missing
(https://spec.commonmark.org/0.31.2/#html-blocks, kinds 1 to 5)."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?>")
_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\$| {2,}$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CLOSED_BY_HAND: Final = frozenset((
    "a", "abbr", "b", "big", "blockquote", "center", "cite", "code", "del", "details", "dfn", "div", "dl", "em",
    "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "kbd", "mark", "ol", "pre", "q", "s", "samp", "small",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tt", "u", "ul", "var",
))  # fmt: skip
"""HTML elements that go on until they are closed, and would swallow the sections behind them."""


def embedded(prose: str, level: int = 2) -> str:
    """Someone's Markdown to stand under a heading of `level`, without blank lines around it."""
    cleaned = re.sub(r"\A(?:[ \t]*\n)+", "", text.clean_prose(prose)).rstrip(_BLANK + "\n")
    if not cleaned.strip():
        return ""
    if not _SUSPECT.search(cleaned):
        return "\n".join(line.rstrip(_BLANK) for line in cleaned.split("\n"))
    return _Embedding(cleaned, level).result()


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # A tenth of a second that most exports do without.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


class _Embedding:
    """One text on its way into a document: its lines, changed in place; None for a line that is gone."""

    def __init__(self, source: str, level: int) -> None:
        self.lines: list[str | None] = list(source.split("\n"))
        self.tokens = _parser().parse(f"{source}\n")  # without the break, the parser trips over some last lines
        self.level = level
        self.tail: list[str] = []

    def result(self) -> str:
        self._break_lines()
        self._close_html_blocks()
        self._move_headings()
        self._close_fence()
        self._close_elements()
        kept = [line.rstrip(_BLANK) for line in self.lines if line is not None]
        return "\n".join([*kept, *self.tail])

    def _break_lines(self) -> None:
        """Line breaks written as spaces at the end of a line become backslashes, which survive editors."""
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if token.type != "inline" or before.type != "paragraph_open" or not token.map:
                continue
            breaks = [child.type for child in token.children or () if child.type in ("softbreak", "hardbreak")]
            if len(breaks) != token.content.count("\n"):
                continue  # a line also breaks inside code or a tag, where a backslash would be seen
            for number, kind in enumerate(breaks, start=token.map[0]):
                line = self.lines[number] or ""
                if line != (bare := line.rstrip(_BLANK)):
                    ends_escaped = (len(bare) - len(bare.rstrip("\\"))) % 2
                    if kind == "hardbreak" or ends_escaped:
                        self.lines[number] = bare + "\\"

    def _move_headings(self) -> None:
        """Headings keep their order of rank, the highest of them one below the section's own."""
        headings = [(at, token) for at, token in enumerate(self.tokens) if token.type == "heading_open" and token.map]
        if not headings:
            return
        shift = max(0, self.level + 1 - min(int(token.tag[1]) for _, token in headings))
        for at, token in headings:
            marks = "#" * min(6, int(token.tag[1]) + shift)
            first, end = token.map or (0, 0)
            line = self.lines[first] or ""
            if token.markup.startswith("#"):
                self.lines[first] = line.replace(token.markup, marks, 1)
                continue
            content = self.tokens[at + 1].content
            prefix = _prefix(line, content.split("\n")[0].rstrip(_BLANK))
            self.lines[first] = f"{prefix}{marks} {_one_line(content)}"
            for underlined in range(first + 1, end):
                self.lines[underlined] = None

    def _close_html_blocks(self) -> None:
        for token in self.tokens:
            if token.type == "html_block" and token.map and (end := _missing_end(token.content)):
                # A line that is blank but for the marks of the quotation around it may be outside the list inside it.
                blank = f"{_BLANK}>" if token.level else _BLANK
                last = token.map[1] - 1
                while last > token.map[0] and not (self.lines[last] or "").strip(blank):
                    last -= 1
                self.lines[last] = f"{self.lines[last]} {end}"
                token.content += end

    def _close_fence(self) -> None:
        """A fence that is still open at the end; inside a list or quotation the end of that closes it."""
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.type != "fence" or not last.map:
            return
        first, end = last.map
        fence = re.escape(last.markup[0])
        closing = re.compile(rf" {{0,3}}{fence}{{{len(last.markup)},}}[ \t]*")
        if end - first < 2 or not closing.fullmatch(self.lines[end - 1] or ""):
            self.tail.append(last.markup)

    def _close_elements(self) -> None:
        still_open: list[str] = []
        for html in _raw_html(self.tokens):
            for closing, name in _TAG.findall(_COMMENT.sub("", html)):
                element = name.lower()
                if element not in _CLOSED_BY_HAND:
                    continue
                if not closing:
                    still_open.append(element)
                elif element in still_open:
                    del still_open[len(still_open) - 1 - still_open[::-1].index(element) :]
        if still_open:
            self.tail += ["", "".join(f"</{element}>" for element in reversed(still_open))]


def _raw_html(tokens: list[Token]) -> list[str]:
    found = []
    for token in tokens:
        if token.type == "html_block":
            found.append(token.content)
        found += [child.content for child in token.children or () if child.type == "html_inline"]
    return found


def _missing_end(html: str) -> str:
    for start, end, closing in _HTML_BLOCKS:
        if opened := start.match(html.lstrip()):
            return "" if end.search(html) else closing.format(*opened.groups())
    return ""


def _prefix(line: str, content: str) -> str:
    """What stands before the content of a line: marks of lists and quotations."""
    line = line.rstrip(_BLANK)
    if content and line.endswith(content):
        return line[: len(line) - len(content)]
    quoted = re.match(r"[ \t>]*", line)
    return quoted.group() if quoted else ""


def _html_break(mark: re.Match[str]) -> str:
    return f"{mark[1] or ''}<br>"


def _one_line(content: str) -> str:
    """The text of an underlined heading in one line, safe from being taken for the closing marks of a heading."""
    *broken, last = content.split("\n")
    joined = " ".join((*(_HARD_BREAK.sub(_html_break, line.lstrip()).rstrip() for line in broken), last.strip()))
    return re.sub(r"(?:^|(?<=[ \t]))(?=#+$)", r"\\", joined)
