"""What is wrong with a text that is no TOML, and what to do.

`tomllib` says what it expected; people mostly made one of a few mistakes. Each of these is recognised by what
stands on the line, and everything else keeps the parser's own words.
"""

from __future__ import annotations

import re
from typing import Final

from schemas import toml_layout
from schemas.patterns import late
from schemas.text import shorten
from schemas.toml_errors import TomlError

_POSITION: Final = late(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_CONFLICT: Final = late(r"^(<{7}|>{7})(?: |$)", re.MULTILINE)
_NO_SECONDS: Final = late(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?!:)\s*([Zz]|[+-]\d\d:\d\d)?")
_CLOCK: Final = late(r"(\d{1,2}):(\d\d)(:\d\d)?(?=\s*(?:$|#))")
_DATE_LIKE: Final = late(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_MONTH_NAME: Final = late(r"\d{1,2}\s+[A-Za-z]{3,}|[A-Za-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}")
_QUOTES: Final = ("“", "”", "„", "«", "»", "‘", "’", "‚", "`")


def not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> TomlError:
    """The fault of bytes that are no UTF-8."""
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return TomlError(file, 1, 1, "the file is UTF-16", "Save it as UTF-8 in your editor.", fault="encoding")
    byte = data[error.start]
    guess = bytes([byte]).decode("cp1252", "replace")
    meant = f" (`{guess}` in Windows-1252)" if guess.isprintable() and guess != "\ufffd" else ""
    detail = f"the byte 0x{byte:02X}{meant} is not UTF-8"
    hint = "Open the file in an editor as what it was saved in, and save it as UTF-8."
    return TomlError(file, line, column, detail, hint, fault="encoding")


def not_toml(text: str, error: Exception, file: str) -> TomlError:
    """The fault of a text that `tomllib` did not take. `error` is whatever it raised."""
    import tomllib

    lines = text.split("\n")
    if (marker := _CONFLICT.search(text)) and len({found[1] for found in _CONFLICT.finditer(text)}) == 2:
        line = text.count("\n", 0, marker.start()) + 1
        detail = "a git conflict: both versions are in the file, between `<<<<<<<` and `>>>>>>>`"
        hint = "Keep what you want of each version, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
        return TomlError(file, line, 1, detail, hint, fault="conflict")
    if isinstance(error, RecursionError):
        line = max(range(len(lines)), key=lambda index: lines[index].count("[") + lines[index].count("{")) + 1
        return TomlError(file, line, 1, "lists or tables are nested too deeply", "Use fewer levels of nesting.")
    found = _POSITION.fullmatch(str(error))
    if not isinstance(error, tomllib.TOMLDecodeError) or found is None:
        digits = re.search(r"\d[\d_]{3000,}", text)
        line = text.count("\n", 0, digits.start()) + 1 if digits else 1
        return TomlError(file, line, 1, "a number is too large", "Put it in quotes if it is not meant as a number.")
    message = found[1]
    line = int(found[2]) if found[2] else len(lines)
    column = int(found[3]) if found[3] else len(lines[-1]) + 1
    if text.endswith("\n") and not found[2] and len(lines) > 1:
        line, column = len(lines) - 1, len(lines[-2]) + 1
    if (twice := _written_twice(text, message)) is not None:
        line, detail, hint = twice
        return TomlError(file, line, 1, detail, hint)
    if _never_closed(message):
        line = toml_layout.scan(text).stopped or line
        detail, hint = _unclosed(lines[line - 1], message)
        return TomlError(file, line, _value_column(lines[line - 1]), detail, hint)
    detail, hint = _explain(message, lines[line - 1], column)
    return TomlError(file, line, column, detail, hint)


def _never_closed(message: str) -> bool:
    return message == "Unterminated string" or message.startswith(('Expected "\'"', "Expected \"'''\""))


def _value_column(line: str) -> int:
    """Where the value of a line begins."""
    found = re.match(r"[^=]*=\s*(?=\S)", line)
    return found.end() + 1 if found else 1


def _unclosed(line: str, message: str) -> tuple[str, str]:
    for mark in ('"""', "'''"):
        if mark in line or (mark == "'''" and mark in message):
            return "the text that begins here is never closed", f"Write {mark} where the text ends."
    return "the text that begins here is never closed", 'Write the closing quote at its end; use """ for several lines.'


def _written_twice(text: str, message: str) -> tuple[int, str, str] | None:
    """(line, detail, hint) for a key or table that was given before."""
    if not message.startswith(("Cannot ", "Duplicate inline")):
        return None
    repeated = toml_layout.scan(text).repeated
    if not repeated:
        return None
    path, line, first = repeated[0]
    name = ".".join(str(step) for step in path if isinstance(step, str))
    is_table = text.split("\n")[line - 1].lstrip().startswith("[")
    thing = f"table `[{name}]`" if is_table else f"key `{path[-1]}`"
    hint = f"Keep one of the two (the other is in line {first})."
    if is_table:
        hint += f" If you meant one more entry of a list, write [[{name}]]."
    elif len(path) > 2 and isinstance(path[1], int):
        hint += f" If a new entry begins here, write [[{path[0]}]] above it."
    return line, f"the {thing} stands here a second time", hint


def _explain(message: str, line: str, column: int) -> tuple[str, str]:
    """(detail, hint) from the parser's message and the line it stopped in."""
    key, _, value = (piece.strip() for piece in line.partition("="))
    char = line[column - 1 : column]
    in_text = message.startswith(("Illegal character", "Found invalid character"))
    if char.strip("\t") and not char.isprintable() and not in_text:
        return f"the invisible character U+{ord(char):04X} stands here", "Delete it; it may have come with a paste."
    if message in ("Invalid value", "Expected newline or end of document after a statement") and "=" in line:
        return _bad_value(key, value, follows=message.startswith("Expected newline"))
    if message.startswith("Expected '='"):
        if re.match(r"\s*[\w\-]+\s*:", line):
            name, _, rest = line.strip().partition(":")
            return f"there is no `=` after `{name}`", f"Write {name} = {rest.strip() or '…'} with `=` instead of `:`."
        return "there is no `=` in this line", 'Write key = "value"; text of several lines stands between """ and """.'
    if in_text:
        if repr("\n") in message:
            return "the text is not closed before the line ends", 'Write the closing quote; use """ for several lines.'
        code = ord(char) if char else 0
        name = "a carriage return without a line feed" if code == 13 else f"the control character U+{code:04X}"
        return f"{name} stands in the text", f"Delete it, or write it as \\u{code:04x} between double quotes."
    if message.startswith("Unescaped"):
        return (
            "a backslash stands alone in the text",
            "Write \\\\ for one backslash, or put the text in 'single quotes'.",
        )
    for beginning, detail, hint in _PLAIN:
        if message.startswith(beginning):
            return detail, hint
    if message.startswith("Invalid statement"):
        return f"a line cannot begin with `{char}`", 'Text stands in quotes: key = "text", or between """ and """.'
    return message[:1].lower() + message[1:], "Compare the line with those around it; every line is key = value."


_PLAIN: Final = (
    ("Invalid date", "there is no such date or time", "Write a day of the calendar as year-month-day: 2024-05-02."),
    ("Invalid hex value", "\\u needs four hexadecimal digits", "Write \\u0041, or \\\\ where you mean a backslash."),
    ("Escaped character is not", "there is no such character", "Write the character itself, or delete it."),
    ("Unclosed array", "a list is not closed, or a comma is missing in it", 'Write it as ["one", "two"].'),
    ("Unclosed inline table", "a { } table is not closed on its line", "Write it on one line: { a = 1, b = 2 }."),
    ("Expected ']]'", "the list's heading is not closed", "Write it with two brackets on both sides: [[events]]."),
    ("Expected ']'", "the table's heading is not closed", "Write it with one bracket on both sides: [sections]."),
    ("Invalid initial character for a key", "a key's name is missing or has a sign it cannot have",
     'Names are letters, digits, - and _; any other goes in quotes: "a b" = 1.'),
    ("Cannot ", "something of this name was written before, in another form", "Keep one of the two."),
    ("Duplicate inline", "a key stands twice between { and }", "Keep one of the two."),
)  # fmt: skip


def _bad_value(key: str, value: str, *, follows: bool) -> tuple[str, str]:
    """(detail, hint) for a value that is none; `follows` where it began well and something stands behind it."""
    bare = value.partition("#")[0].strip()
    if key.startswith("["):
        return "something stands behind the heading", "Put it on a line of its own."
    if not bare:
        return f"`{key}` has no value", 'Write a value behind the `=` ("" for empty text), or delete the line.'
    if bare.startswith(_QUOTES):
        return (
            "these are not plain quotes",
            f'Write straight quotes: {key} = "{shorten(bare.strip("".join(_QUOTES)), 40)}".',
        )
    if bare.casefold() in ("none", "null", "nil", "undefined"):
        return f"TOML has no `{bare}`", "Delete the line: a key that is not there has no value."
    if bare.casefold() in ("true", "yes", "on", "false", "no", "off"):
        word = "true" if bare.casefold() in ("true", "yes", "on") else "false"
        return f"`{bare}` is not known", f"Write {key} = {word}."
    if match := _NO_SECONDS.match(bare):
        right = f"{match[1]}T{match[2]}:00{(match[3] or '').upper()}"
        return "a time needs its seconds", f"Write {key} = {right}."
    if match := _CLOCK.match(bare):
        return (
            "a time needs its seconds and two digits each",
            f"Write {key} = {int(match[1]):02d}:{match[2]}{match[3] or ':00'}.",
        )
    if _DATE_LIKE.match(bare) or _MONTH_NAME.match(bare):
        return f"`{shorten(bare, 40)}` is not a date as TOML writes it", f"Write year-month-day: {key} = 2024-05-02."
    if bare[0] in "\"'":
        if bare[0] == '"' and follows:
            return "something stands behind the closing quote", 'Write a quote inside the text as \\".'
        return "something stands behind the closing quote", 'Put the text in "double quotes".'
    if bare[0] in "[{":
        return (
            "the list is not closed, or a value in it is not known",
            'Text in a list stands in quotes: ["one", "two"].',
        )
    if follows and bare.endswith(","):
        return "a comma stands behind the value", "Delete the comma."
    if follows and "=" in bare:
        return "two keys stand on one line", "Put each on a line of its own."
    return f"`{shorten(bare, 40)}` is not in quotes", f'Write {key} = "{shorten(bare, 40)}".'
