"""The words of an entry as plain text: emphasis, escapes and link targets off, what is linked to kept apart."""

from __future__ import annotations

import re
from typing import Final

_CODE: Final = re.compile(r"(`{1,3})[^`\n]{1,2000}\1")
_LINK: Final = re.compile(
    r"!?\[([^\[\]\n]{0,400})\]\(\s?<?([^\s()<>]{1,1000}(?:\([^\s()]{0,200}\)[^\s()<>]{0,500})?)>?(?:\s+[\"'][^\"'\n]{0,200}[\"'])?\s?\)"
)
_ADDRESS: Final = re.compile(r"<?(https?://[^\s<>\"|]+)>?", re.IGNORECASE)
_BOLD: Final = re.compile(r"(?<![\w\\*])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s\\*])\1(?![\w*])")
_UNDERLINED: Final = re.compile(r"(?<![\w\\_])(_{1,3})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s\\_])\1(?![\w_])")
_STRUCK: Final = re.compile(r"(?<!~)~~(?=\S)([^~\n]{1,2000}?)(?<=\S)~~(?!~)")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK: Final = re.compile(r"\s*<br\s?/?>\s*|\\\n|[ \t]+\n", re.IGNORECASE)
_ASIDE: Final = re.compile("\\0([0-9]+)\\0")
_TRAILING: Final = ".,;:!?'\"`*_~|"


def plain_words(text: str) -> tuple[str, tuple[str, ...]]:
    """Markdown as the words that a reader sees, and the addresses in it, each once.

    What stands in backticks keeps them; the words of a link stay, its target goes to the addresses; an address in
    the text stays there too.
    """
    if not any(sign in text for sign in "*_`[\\<~:\n"):
        return text.strip(), ()
    links: list[str] = []
    codes: list[str] = []
    text = _BREAK.sub("\n", text.replace("\0", ""))
    if "`" in text:
        text = _CODE.sub(lambda found: _put_aside(found, codes), text)
    words = _plain(text, links)
    if codes:
        words = _ASIDE.sub(lambda found: codes[int(found[1])], words)
    return words.strip(), tuple(dict.fromkeys(links))


def _put_aside(found: re.Match[str], codes: list[str]) -> str:
    """What stands for a stretch of code while the rest is read."""
    codes.append(found.group())
    return f"\0{len(codes) - 1}\0"


def _plain(text: str, links: list[str]) -> str:
    if "](" in text:
        text = _LINK.sub(lambda found: _linked(found, links), text)
    if "://" in text:
        text = _ADDRESS.sub(lambda found: _address(found, links), text)
    text = _emphasis_off(text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _linked(found: re.Match[str], links: list[str]) -> str:
    target = found[2]
    if "://" in target or target.startswith(("/", "#", "mailto:", ".")):
        links.append(target)
        return found[1] or target
    return found.group()


def _address(found: re.Match[str], links: list[str]) -> str:
    address = found[1].rstrip(_TRAILING)
    if address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1]
    links.append(address)
    whole = found.group()
    return whole[1:-1] if whole.startswith("<") and whole.endswith(">") else whole


def _emphasis_off(text: str) -> str:
    if "*" in text:
        text = _BOLD.sub(r"\2", _BOLD.sub(r"\2", text))
    if "_" in text:
        text = _UNDERLINED.sub(r"\2", text)
    return _STRUCK.sub(r"\1", text) if "~~" in text else text
