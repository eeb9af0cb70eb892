"""Plain text as Markdown that renders as the same characters, in CommonMark and in GitHub's dialect.

Only what would act is escaped, so that the source stays readable: `snake_case`, `2 * 3`, `~19:30`, `a < b` and `1.5`
stand as they are. Addresses become `<https://…>`: clickable everywhere, and nothing inside them is taken for markup.
The rules are those of https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from schemas import text

_URL_START: Final = r"(?<![A-Za-z])(?i:https?|ftp)://(?=[^\s!-/:-@\[-`{-~])"
_ACTIVE = re.compile(
    rf"""
    (?P<url>{_URL_START}[^\s<>]+)
    | (?P<www>(?<![A-Za-z0-9])www\.(?=[^\s<]))  # GitHub makes a link of it and shows escapes inside it
    | (?P<run>\*+|_+|~+)
    | (?P<mark>[`\[]
        | \\(?=[!-/:-@\[-`{{-~\n]|$|{_URL_START})
        | <(?=[A-Za-z/!?])
        | &(?=\#|[A-Za-z][A-Za-z0-9]*;)
      )
    """,
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:#|[A-Za-z][A-Za-z0-9]*;)")
_WWW_DECIDED = re.compile(r"(?P<end>[\s<]|\Z)|[\\`*\[&~]|(?<![^\W_])_|_(?![^\W_])")
"""What comes first behind `www.`: the end of the address, or something that would act in it."""
_URL_TAIL: Final = "?!.,:;*_~'\"`\\|"
"""Characters that end a sentence rather than an address."""

_LINE_START = re.compile(
    r"""
    (?P<digits>\d{1,9})(?=[.)](?:\s|$))   # ordered list
    | \#{1,6}(?=\s|$)                     # heading
    | >                                   # quotation
    | [-+](?=\s|$)                        # list
    | [-|:][-|:\s]*$                      # rule, underline of a heading, second line of a table
    | =+\s*$                              # underline of a heading
    """,
    re.VERBOSE,
)
_COMMA = re.compile(r",(?=\s|$)")
_CLOSING_HASHES = re.compile(r"(?:^|(?<=[ \t]))(?=#+$)")


def line(plain: str) -> str:
    """Text inside one line; line breaks become spaces. Not for the start of a line, see `block`."""
    return _inline(" ".join(text.clean_prose(plain).split("\n")).strip())


def heading(plain: str) -> str:
    """Text behind the `#` of a heading."""
    return _CLOSING_HASHES.sub(r"\\", line(plain))


def cell(plain: str) -> str:
    """Text for a cell of a table: line breaks become `<br>`, and no `|` ends the cell."""
    cleaned = text.clean_prose(plain).strip()
    if "\n" in cleaned:
        cleaned = "\n".join(part.strip() for part in cleaned.split("\n"))
        return _inline(cleaned).replace("\n", "<br>").replace("|", r"\|")
    return _inline(cleaned).replace("|", r"\|")


def cells(plain: Iterable[str]) -> str:
    """Several texts behind one another in one cell, with commas between; those inside of a text are escaped, which
    shows the same and can be told apart."""
    return ", ".join(_COMMA.sub(r"\\,", shown) for each in plain if (shown := cell(each)))


def block(plain: str, indent: str = "") -> str:
    """Text as paragraphs of its own: each line stays a line, a blank line ends the paragraph.

    `indent` stands before every line but the first, which a list item needs.
    """
    cleaned = "\n".join(part.strip() for part in text.clean_prose(plain).strip().split("\n"))
    paragraphs = re.split(r"\n{2,}", cleaned)
    return f"\n\n{indent}".join(
        f"\\\n{indent}".join(_LINE_START.sub(_at_line_start, part, count=1) if _LINE_START.match(part) else part
                             for part in _inline(paragraph).split("\n"))
        for paragraph in paragraphs
    )  # fmt: skip


def _at_line_start(match: re.Match[str]) -> str:
    return f"{match['digits']}\\" if match["digits"] else f"\\{match.group()}"


def _inline(plain: str) -> str:
    """Markup characters escaped where they would act; line breaks are left as they are."""
    parts: list[str] = []
    done = 0
    www: re.Match[str] | None = None
    while match := _ACTIVE.search(plain, done):
        start = match.start()
        parts.append(plain[done:start])
        done = match.end()
        if match["url"]:
            url = _trimmed(match["url"])
            if (link := _link(url))[0] == "[" and parts[-1].endswith("!"):
                parts[-1] = parts[-1][:-1] + r"\!"  # or the link would be taken for an image
            parts.append(link)
            done = start + len(url)
        elif match["run"]:
            parts.append(_run(match.group(), plain[start - 1 : start], plain[done : done + 1]))
        elif match["www"]:
            if www is None or www.start() < done:  # else it holds for this one too
                www = _WWW_DECIDED.search(plain, done)
            parts.append("www." if www is None or www["end"] is not None else r"www\.")
        else:
            parts.append(f"\\{match.group()}")
    parts.append(plain[done:])
    return "".join(parts)


def _run(run: str, before: str, after: str) -> str:
    """A run of `*`, `_` or `~`, escaped unless it can neither open nor close anything."""
    if run[0] == "~" and len(run) < 3:
        # It may stand where it could only open: no other is left that would close it. What follows at the start of a
        # line counts too, because in a cell a tag stands before it.
        inert = before in (" ", "\t") or (before in ("", "\n") and after.isdigit())
    elif run[0] == "_" and before.isalnum() and after.isalnum():
        inert = True
    else:
        inert = before.isspace() and after.isspace() and "\n" not in before + after
    return run if inert else "".join(f"\\{char}" for char in run)


def _trimmed(url: str) -> str:
    """An address without the punctuation of the sentence around it."""
    count = Counter(char for char in url if char in "()[]{}")
    end = len(url)
    while True:
        kept = end
        while url[kept - 1] in _URL_TAIL:
            kept -= 1
        for opening, closing in ("()", "[]", "{}"):
            if url[kept - 1] == closing and count[closing] > count[opening]:
                count[closing] -= 1
                kept -= 1
        if kept == end:
            return url[:end]
        end = kept


def _link(url: str) -> str:
    if not _ENTITY.search(url):
        return f"<{url}>"
    # Parsers disagree whether `&amp;` inside `<…>` is read as an entity, so it is escaped, which `<…>` cannot hold.
    label = re.sub(r"[\\`*_\[\]<>&~]", r"\\\g<0>", url)
    target = re.sub(r"[\\&]", r"\\\g<0>", url)
    return f"[{label}](<{target}>)"
