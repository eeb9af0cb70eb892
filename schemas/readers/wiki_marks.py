"""Documents in the markup of wikis and text tools instead of Markdown: Jira and Confluence (`h2. Impact`, `||a||b||`),
MediaWiki and AsciiDoc (`== Impact ==`, `== Impact`), and banners in plain text (`*** IMPACT ***`).

A document is taken for one of these by its headings; then its other marks are read too. Nothing is left out: lines keep
their numbers, and a row of column names gets the rule below it that Markdown wants, under the same number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from schemas.readers.blocks import Line

_JIRA: Final = re.compile(r"\s{0,3}h([1-6])\.\s+(\S.*)$")
_EQUALS: Final = re.compile(r"(={1,6})\s{0,3}(?=[^\s=])(.*[^\s=])\s{0,3}(={0,6})\s*$")
_BANNER: Final = re.compile(
    r"\s{0,3}(={3,40}|-{3,40}|\*{3,40}|~{3,40}|_{3,40}|\+{3,40})\s+(\S.{0,90}?)\s+([=\-*~_+]{3,40})\s*$"
)
_NUMBERED: Final = re.compile(r"\s{0,3}(#{1,4})\s+(?=\S)")
_NESTED: Final = re.compile(r"\s{0,3}(\*{2,4}|-{2,4})\s+(?=[^\s*-])")
_HEAD_ROW: Final = re.compile(r"\s*\|\|(.*?)\|\|\s*$")
_LINK: Final = re.compile(r"\[([^\[\]|\n]{1,200})\|([^\[\]|\n\s]{1,800})\]")
_MONO: Final = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
_BOLD: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,200})(?<=[^\s*])\*(?![\w*])")
_COLOUR: Final = re.compile(r"\{color(?::[^{}]{0,20})?\}")
FENCE: Final = re.compile(r"\s*\{(code|noformat)(?::([^{}]{0,80}))?\}\s*$")
"""The line around code in Jira's markup."""
_SIGNS: Final = frozenset("=-*~_+")
_MOST: Final = 2_000
_QUOTES: Final = re.compile(r"'{2,3}")
_WIKI_HEADS: Final = re.compile(r"\s*!\s?(.+)$")
_WIKI_ROW: Final = re.compile(r"\s*\|\s*([^|{}\s-].*\|\|.*)$")
_WIKI_RULE: Final = re.compile(r"\s*\|-+\s*$")
WIKI_EDGE: Final = re.compile(r"\s*(?:\{\|[^|]*|\|\})\s*$")
"""The line that begins or ends a table in MediaWiki's markup; what else stands there is how it looks."""
_WIKI_LINK: Final = re.compile(r"\[(https?://[^\s\[\]]{1,800})\s([^\[\]\n]{1,200})\]")


def without_wiki_marks(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with Markdown for the marks of a wiki; those of a document that is in no wiki's markup as they are."""
    if any(line.text.lstrip().startswith("h") and _JIRA.match(line.text) for line in lines):
        return list(_from_jira(lines))
    heads = [line for line in lines if line.text.startswith("=") and _is_head(line.text)]
    if len(heads) > 1:
        return list(_from_equals(lines))
    banners = Counter(found[1][0] for line in lines if (found := _banner(line.text)) is not None)
    if banners and max(banners.values()) > 1:
        return [_plain_banner(line, banners) for line in lines]
    return lines


def _from_jira(lines: Sequence[Line]) -> Iterator[Line]:
    fenced = False
    for line in lines:
        text = line.text
        if (fence := FENCE.match(text)) is not None:
            language = "" if fenced or fence[1] == "noformat" else (fence[2] or "").split("|")[0]
            fenced = not fenced
            yield Line(line.number, f"```{language if language.isalnum() else ''}")
        elif fenced or len(text) > _MOST or not text.strip():
            yield line
        elif (head := _JIRA.match(text)) is not None:
            yield Line(line.number, f"{'#' * int(head[1])} {_jira_words(head[2])}")
        elif (row := _HEAD_ROW.match(text)) is not None:
            yield from _head_row(line.number, [_jira_words(cell) for cell in re.split(r"\|{1,2}", row[1])])
        else:
            yield Line(line.number, _jira_words(_item(text)))


def _head_row(number: int, cells: Sequence[str]) -> Iterator[Line]:
    yield Line(number, f"| {' | '.join(cell.strip() for cell in cells)} |")
    yield Line(number, f"|{' --- |' * len(cells)}")


def _item(text: str) -> str:
    """An item with a sign for each level as one that is indented: `## deeper` is a numbered one in these markups."""
    if (found := _NUMBERED.match(text)) is not None:
        return f"{'   ' * (len(found[1]) - 1)}1. {text[found.end() :]}"
    if (found := _NESTED.match(text)) is not None:
        return f"{'  ' * (len(found[1]) - 1)}{found[1][0]} {text[found.end() :]}"
    return text


def _jira_words(text: str) -> str:
    text = _LINK.sub(r"[\1](\2)", text) if "|" in text and "[" in text else text
    text = _COLOUR.sub("", _MONO.sub(r"`\1`", text)) if "{" in text else text
    return _BOLD.sub(r"**\1**", text) if text.count("*") > 1 else text


def _is_head(text: str) -> bool:
    found = _EQUALS.match(text) if len(text) <= 160 else None
    return found is not None and found[3] in ("", found[1]) and (bool(found[3]) or text[len(found[1])] == " ")


def _from_equals(lines: Sequence[Line]) -> Iterator[Line]:
    """MediaWiki and AsciiDoc."""
    for line in lines:
        text = line.text
        if len(text) > _MOST or not text.strip():
            yield line
        elif text.startswith("=") and _is_head(text):
            found = _EQUALS.match(text)
            assert found is not None
            yield Line(line.number, f"{'#' * len(found[1])} {found[2]}")
        elif (heads := _WIKI_HEADS.match(text)) is not None and "!!" in text:
            yield from _head_row(line.number, heads[1].split("!!"))
        elif _WIKI_RULE.match(text) is not None:
            continue  # between two rows
        elif WIKI_EDGE.match(text) is not None:
            yield Line(line.number, "")
        elif (row := _WIKI_ROW.match(text)) is not None:
            yield Line(line.number, f"| {' | '.join(_wiki_words(cell).strip() for cell in row[1].split('||'))} |")
        else:
            yield Line(line.number, _wiki_words(_item(text)))


def _wiki_words(text: str) -> str:
    text = _QUOTES.sub(lambda quotes: "**" if len(quotes.group()) > 2 else "*", text)
    return _WIKI_LINK.sub(r"[\2](\1)", text)


def _banner(text: str) -> re.Match[str] | None:
    found = _BANNER.match(text) if len(text) <= 180 and text.lstrip()[:1] in _SIGNS else None
    same = found is not None and found[3] == found[3][0] * len(found[3]) and found[1][0] == found[3][0]
    return found if same and found is not None and any(map(str.isalpha, found[2])) else None


def _plain_banner(line: Line, banners: Counter[str]) -> Line:
    found = _banner(line.text)
    return line if found is None or banners[found[1][0]] < 2 else Line(line.number, f"## {found[2]}")
