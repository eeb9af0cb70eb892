"""How values and tables are written in TOML: one canonical way for each, made for readers and for line diffs.

Scalars and keys are written by `tomli_w`. Three things are laid out here, since it has no setting for them: text of
several lines keeps its quotes bare, date-times have a `T`, and a short array stands on one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final

import tomli_w
from msgspec import Struct

from schemas.patterns import late
from schemas.toml_layout import Path

LINE_LENGTH: Final = 100
"""The length in characters from which on an array has one element a line."""

INDENT: Final = " " * 4

_CLOSING: Final = late(r'"{3,}|"+\Z')  # quotes that would end a block
_CONTROL: Final = late("[\x00-\x08\x0b-\x1f\x7f]")


class Part(Struct, frozen=True):
    """A piece of a table's text: its header, or one key with its value.

    `path` counts from the table's own place: `()` is its header, `("at",)` a key. `text` ends with a newline and
    has no blank line before it; `elements` are the written elements where the value is an array.
    """

    path: Path
    text: str
    header: bool = False
    elements: tuple[str, ...] | None = None


@lru_cache(maxsize=4096)
def key_text(key: str) -> str:
    """A key as it is written: bare where it can be, else in quotes."""
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def value_text(value: Any, *, block: bool = False) -> str:
    """A value on one line; with `block`, text that has line breaks becomes a `\"\"\"` block.

    Raises:
        TypeError: TOML has no such value.
    """
    if isinstance(value, str):
        if "\n" in value and block:
            return _block(value)
        if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
            return f'"{value}"'
    elif isinstance(value, datetime | time):
        return _moment(value)
    elif isinstance(value, Mapping):
        pairs = ", ".join(f"{key_text(key)} = {value_text(inner)}" for key, inner in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    elif isinstance(value, list | tuple):
        return f"[{', '.join(map(value_text, value))}]"
    return tomli_w.dumps({"v": value})[4:-1]


def _block(value: str) -> str:
    body = _CLOSING.sub(lambda match: '\\"' * len(match.group()), value.replace("\\", "\\\\"))
    body = _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", body)
    return f'"""\n{body}"""'


def _moment(value: datetime | time) -> str:
    if isinstance(value, time):
        return value.replace(tzinfo=None).isoformat()
    offset = value.utcoffset()
    if offset is not None and offset % timedelta(minutes=1):
        value, offset = value.astimezone(UTC), timedelta()
    return value.isoformat() if offset != timedelta() else value.replace(tzinfo=None).isoformat() + "Z"


def array_text(key: str, elements: Sequence[str]) -> str:
    """A key with an array of written elements: on one line if that is short, else one element a line."""
    line = f"{key_text(key)} = [{', '.join(elements)}]\n"
    if len(line) <= LINE_LENGTH + 1 or not elements:
        return line
    return f"{key_text(key)} = [\n" + "".join(f"{INDENT}{element},\n" for element in elements) + "]\n"


def key_part(path: Path, key: str, value: Any) -> Part:
    """The part for one key whose value is not a table. `path` is the table's."""
    if isinstance(value, list | tuple):
        elements = tuple(map(value_text, value))
        return Part((*path, key), array_text(key, elements), elements=elements)
    return Part((*path, key), f"{key_text(key)} = {value_text(value, block=True)}\n")


def table_parts(header: tuple[str, ...], pairs: Iterable[tuple[str, Any]], *, array: bool = False) -> Iterator[Part]:
    """A table with everything in it: its header, its keys, then the tables inside it under their own headers.

    `header` is empty for the file's own table, which has no header line. `array` says that the table is an entry
    of an array of tables.
    """  # fmt: skip
    if header:
        yield _header_part((), header, array=array)
    yield from _body((), header, pairs)


def _header_part(path: Path, header: tuple[str, ...], *, array: bool) -> Part:
    name = ".".join(map(key_text, header))
    return Part(path, f"[[{name}]]\n" if array else f"[{name}]\n", header=True)


def _body(path: Path, header: tuple[str, ...], pairs: Iterable[tuple[str, Any]]) -> Iterator[Part]:
    inner: list[tuple[str, Any]] = []
    for key, value in pairs:
        if isinstance(value, Mapping) or _is_array_of_tables(value):
            inner.append((key, value))
        else:
            yield key_part(path, key, value)
    for key, value in inner:
        name = (*header, key)
        if isinstance(value, Mapping):
            yield _header_part((*path, key), name, array=False)
            yield from _body((*path, key), name, value.items())
            continue
        for index, entry in enumerate(value):
            yield _header_part((*path, key, index), name, array=True)
            yield from _body((*path, key, index), name, entry.items())


def _is_array_of_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(entry, Mapping) for entry in value)


def plain(value: object) -> str:
    """A value as a reader of a message knows it from the file, shortened."""
    words = value_text(value) if isinstance(value, str | int | float | date | time) else ""
    if not words:
        return "a table" if isinstance(value, Mapping) else "a list"
    return words if len(words) <= LINE_LENGTH // 2 else f"{words[: LINE_LENGTH // 2]}…"
