"""HTML that is left in documents: tags become Markdown or go, entities become characters, angle brackets stay."""

from __future__ import annotations

import html
import re
from typing import Final

_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,12})((?:\s[^<>]{0,400})?)\s?/?>")
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});")
_CODE: Final = re.compile(r"(`{1,3})[^`\n]{1,500}\1")
_ATTRIBUTE: Final = re.compile(r"\b(href|src|alt|title)\s?=\s?(?:\"([^\"]{0,400})\"|'([^']{0,400})')", re.IGNORECASE)
_BOLD: Final = frozenset({"b", "strong"})
_ITALIC: Final = frozenset({"i", "em"})
_CODES: Final = frozenset({"code", "tt", "kbd", "samp"})
_BLANK: Final = frozenset({"p", "div", "section", "article", "header", "footer", "main", "center", "blockquote", "dl"})
_NO_MARKS: Final = (
    "span font u ins mark small big sub sup abbr ul ol table tbody thead tfoot html body head figure figcaption "
    "details nav aside time s del strike pre colgroup col dt"
)
_SILENT: Final = frozenset(_NO_MARKS.split())

_KNOWN: Final = _BOLD | _ITALIC | _CODES | _BLANK | _SILENT | {"li", "td", "th", "dd", "tr", "br", "hr", "a", "img"}
TAGS: Final = rf"</?(?:{'|'.join(sorted(_KNOWN))}|h[1-6])(?:\s[^<>]{{0,400}})?\s?/?>"
"""The tags that are understood, as a pattern for small letters: their words are no words of the document."""


def as_markdown(line: str) -> str:
    """A line with Markdown for its tags: `<b>` is bold, `<li>` an item, `<a>` a link; headings stay as tags.

    What stands in backticks, and what only looks like a tag (`<pod-name>`), is left as it is.
    """
    if "<" not in line and "&" not in line:
        return line
    parts: list[str] = []
    at = 0
    for code in _CODE.finditer(line):
        parts += [_converted(line[at : code.start()]), code.group()]
        at = code.end()
    parts.append(_converted(line[at:]))
    return "".join(parts)


def _converted(text: str) -> str:
    if "<" in text:
        links: list[str] = []
        text = _TAG.sub(lambda found: _replaced(found, links), text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found.group()).replace("\xa0", " "), text)
    return text


def _replaced(found: re.Match[str], links: list[str]) -> str:
    closing, name = bool(found[1]), found[2].lower()
    if name in _BOLD:
        return "**"
    if name in _ITALIC:
        return "_"
    if name in _CODES:
        return "`"
    if name == "li":
        return "" if closing else "- "
    if name in ("td", "th", "dd"):
        return " " if closing else "| " if name != "dd" else ""
    if name == "tr":
        return ""
    if name in ("br", "hr"):
        return " "
    if name in _BLANK or name in _SILENT:
        return ""
    if name == "a":
        if not closing:
            links.append(_attribute(found[3], "href"))
            return "[" if links[-1] else ""
        target = links.pop() if links else ""
        return f"]({target})" if target else ""
    if name == "img":
        return f"![{_attribute(found[3], 'alt')}]({_attribute(found[3], 'src')})"
    return found.group()


def _attribute(words: str, name: str) -> str:
    return next((found[2] or found[3] or "" for found in _ATTRIBUTE.finditer(words) if found[1].lower() == name), "")
