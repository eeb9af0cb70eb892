"""The grammar of TOML as far as it is needed to tell statements, keys and comments apart, as patterns."""

from __future__ import annotations

import re
from typing import Final

from schemas.patterns import late

_BASIC = r'"(?:[^"\\\n]++|\\.)*+"'
_LITERAL = r"'[^'\n]*+'"
_BASIC_BLOCK = r'"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+"""(?:"{1,2}+)?'
_LITERAL_BLOCK = r"'''(?:[^']++|'(?!''))*+'''(?:'{1,2}+)?"
_STRING = rf"(?:{_BASIC_BLOCK}|{_LITERAL_BLOCK}|{_BASIC}|{_LITERAL})"
_PART = rf"(?:[A-Za-z0-9_\-]++|{_BASIC}|{_LITERAL})"
_KEY = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"
_TAIL = r"[ \t]*+(?:\#[^\n]*+)?+"
_SCALAR = rf"(?:{_STRING}|[^\s\"'\[{{#][^#\n]*?(?=[ \t]*+(?:[#\n]|\Z)))"

STATEMENT: Final = late(
    rf"""(?P<gap>[ \t]*+(?:\#[^\n]*+)?+)(?:\n|\Z)
    |[ \t]*+(?P<open>\[\[?+)[ \t]*+(?P<table>{_KEY})[ \t]*+\]\]?+(?P<beside>{_TAIL})(?:\n|\Z)
    |[ \t]*+(?P<key>{_KEY})[ \t]*+=[ \t]*+(?:{_SCALAR}(?P<tail>{_TAIL})(?:\n|\Z))?+
    """,
    re.VERBOSE,
)
"""A line without a statement (`gap`), a header with what stands `beside` it, or a key; its value too where that is
no array or inline table (`tail` is what follows it then)."""

END_OF_STATEMENT: Final = late(rf"(?P<tail>{_TAIL})(?:\n|\Z)")
"""What follows an array or inline table on its line."""

TOKEN: Final = late(
    rf"""(?P<space>[ \t]++)|(?P<newline>\n)|(?P<comment>\#[^\n]*+)|(?P<mark>[\[\]{{}},])
    |(?P<value>{_STRING}|[^\s\[\]{{}},\#"']++)""",
    re.VERBOSE,
)
"""What stands inside of arrays and inline tables, piece by piece."""

INLINE_KEY: Final = late(rf"[ \t\n]*+(?P<key>{_KEY})[ \t]*+=")
"""A key in an inline table, up to its value."""

_PARTS: Final = late(_PART)


def key_parts(key: str) -> tuple[str, ...]:
    """The names in a dotted key as written: `a."b c"` gives `("a", "b c")`."""
    return tuple(_unquoted(part) for part in _PARTS.findall(key))


def _unquoted(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    if part[0] == '"':
        import tomllib

        try:
            return str(tomllib.loads(f"key = {part}")["key"])
        except ValueError:
            return part[1:-1]
    return part
