"""Reads Markdown back with a parser that is not ours, so that tests can ask what a reader would see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

PIECES = (
    "a", "b1", "word", "é", "0", " ", "  ", "\t", "\n", "\n\n", "\\", "`", "``", "*", "**", "_", "__", "[", "]", "(",
    ")", "![", "](", "<", ">", "|", "||", "#", "##", "# ", "~", "~~", "~~~", "&", "&amp;", "&#35;", "&lt", "!", "+",
    "+ ", "-", "- ", "---", "===", ".", "1. ", "12) ", ":", ":-:", "|---|", "https://x.y/a_b*c",
    "http://a.b?c=1&copy;d", "https://", "www.a_b.c/*d*", "www.a.c/*d*", "ftp://e.f", "me@x.y", "<br>", "<b>", "</b>",
    "<!--", "-->", "<https://q.r>", "[a]: /b", "[^1]", "- [ ] ", "```", "    ", "\u00a0", "“", "”", "$", "{", "}",
    "=", "~19:30", "snake_case", "C:\\dir", "\x1b[31m", "\r", "\u2028", "🧯",
)  # fmt: skip
"""Pieces of text that mean something in Markdown, or stand beside what does."""


def hostile(max_size: int = 16) -> st.SearchStrategy[str]:
    """Text full of Markdown, as it comes from outside and not yet cleaned."""
    return st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=max_size).map("".join)


def hostile_prose() -> st.SearchStrategy[str]:
    """Markdown of several lines that leaves things open and puts blocks into blocks."""
    starts = st.sampled_from(("", "", "- ", "> ", "1. ", "  ", "    ", "> - ", "\t"))
    lines = st.one_of(
        st.sampled_from(
            (
                "", "", "# One", "## Two ##", "###### Six", "Under", "===", "---", "```", "````", "~~~", "``` py",
                "text  ", "text\\", "<!-- open", "-->", "<details>", "<pre>", "<?php", "<b>x", "</b>", "<div",
                "[a]: /b", "| a | b |", "|---|---|", "- item", "1. one", "***", "# ", "a `code", "code` b",
            )
        ),
        hostile(4),
    )  # fmt: skip
    return st.lists(st.tuples(starts, lines).map("".join), max_size=12).map("\n".join)


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """CommonMark with GitHub's tables and strikethrough; addresses are shown as they are written."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    markdown.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return markdown


def parsed(markdown: str) -> list[Token]:
    """The tokens of a text; it is given the line break at its end that files have."""
    return parser().parse(f"{markdown}\n")


@dataclass
class Table:
    """A table as it is seen: its head, its rows, and the heading it stands under."""

    under: str
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def column(self, name: str) -> list[str]:
        """The cells under one head."""
        at = self.head.index(name)
        return [row[at] for row in self.rows]


@dataclass
class Document:
    """A document as it is seen: headings with their levels, and tables."""

    headings: list[tuple[int, str]]
    tables: list[Table]

    def table(self, under: str) -> Table:
        """The only table under a heading."""
        (found,) = [table for table in self.tables if table.under == under]
        return found

    def level(self, level: int) -> list[str]:
        """The headings of one level."""
        return [text for found, text in self.headings if found == level]


def seen(token: Token) -> str:
    """The characters that an inline token shows; markup that is none of ours shows as its name."""
    return "".join(_seen(token))


def _seen(token: Token) -> Iterator[str]:
    for child in token.children or ():
        if child.type == "text":
            yield child.content
        elif child.type in ("softbreak", "hardbreak") or (child.type == "html_inline" and child.content == "<br>"):
            yield "\n"
        elif child.type not in ("link_open", "link_close", "strong_open", "strong_close"):
            yield f"⟦{child.type} {child.content}⟧"


def read(markdown: str) -> Document:
    """What a reader sees of a document."""
    document = Document([], [])
    cells: list[str] = []
    tokens = parsed(markdown)
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            document.headings.append((int(token.tag[1]), seen(tokens[at + 1])))
        elif token.type == "table_open":
            document.tables.append(Table(document.headings[-1][1] if document.headings else ""))
        elif token.type in ("th_open", "td_open"):
            cells.append(seen(tokens[at + 1]))
        elif token.type == "tr_close":
            if document.tables[-1].head:
                document.tables[-1].rows.append(cells)
            else:
                document.tables[-1].head = cells
            cells = []
    return document


def paragraphs(markdown: str) -> list[str]:
    """The paragraphs of a text that is nothing but paragraphs; anything else shows as its name."""
    shown = []
    for token in parsed(markdown):
        if token.type == "inline":
            shown.append(seen(token))
        elif token.type not in ("paragraph_open", "paragraph_close"):
            shown.append(f"⟦{token.type}⟧")
    return shown


def links(markdown: str) -> list[str]:
    """Where the links of a text lead, as they are written."""
    return [
        str(child.attrs["href"])
        for token in parsed(markdown)
        for child in token.children or ()
        if child.type == "link_open"
    ]
