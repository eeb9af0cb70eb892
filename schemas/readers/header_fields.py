"""Facts that a document puts behind labels: in front matter, above the first section, in tables of two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.readers.blocks import Block, Line
from schemas.readers.field_names import FIELD, field_key
from schemas.readers.heading_names import PEOPLE, PREAMBLE
from schemas.readers.mail_headers import is_mail_header
from schemas.readers.parts import Document, Part

_FRONT: Final = re.compile(r"(\s*)([\w \-\"']{1,60}?)\s?[:=]\s?(.*)$")
_PLACES: Final = frozenset({PREAMBLE, PEOPLE, "summary", "impact", "background", "", "supporting"})
_SCANNED: Final = 60
"""So many lines of a part are looked at for labels: what stands further down is no header."""
_MOST_VALUE: Final = 300
_BETWEEN: Final = re.compile(
    r"\s{1,9}[|·•]\s{1,9}|\s{1,9}(?=(?:\*\*|__)[^\W\d_][^*_:|\n]{0,50}(?::\s?(?:\*\*|__)|(?:\*\*|__)\s?:))"
)
"""Between the facts on one line: `**Date:** 3 May | **Severity:** 2`, `**Lead:** Ana **Severity:** 2`."""


class Fact(Struct, frozen=True):
    """A label and its value: `key` is what it announces (see `field_names`), `whole` that its line says no more.

    `where` is the key of the part it stands in.
    """

    key: str
    label: str
    value: str
    line: int
    where: str
    whole: bool = True


def facts_of(document: Document) -> tuple[Fact, ...]:
    """The labelled facts of a document in its order."""
    return tuple(fact for part in document.parts if part.key in _PLACES for fact in _of_part(part))


def _of_part(part: Part) -> Iterator[Fact]:
    for block in part.blocks:
        if block.kind == "front-matter":
            yield from _front_matter(block)
        elif block.kind == "table":
            yield from _table(block, part.key)
    mail = {
        number
        for block in part.blocks
        if block.kind == "paragraph" and is_mail_header(block.texts)
        for number in block.numbers
    }
    pending: tuple[str, str, int] | None = None
    fenced = {
        number for block in part.blocks if block.kind in ("code", "front-matter", "table") for number in block.numbers
    }
    for line in part.body[:_SCANNED]:
        if line.number in fenced or not line.text.strip():
            continue
        facts = list(_on_line(line, part.key))
        if line.number in mail:
            # The day on which a mail was sent is that of the report.
            facts = [replace(fact, key="written") if fact.key == "date" else fact for fact in facts]
        yield from (fact for fact in facts if fact.value)
        if facts:
            pending = None if facts[-1].value else (facts[-1].key, facts[-1].label, facts[-1].line)
        else:
            if pending is not None and pending[0] not in ("range", "length"):
                value = _plain(re.sub(r"^\s*(?:[-*+•]|\d+[.)])\s+", "", line.text))
                if value and len(value) <= _MOST_VALUE:
                    yield Fact(pending[0], pending[1], value, line.number, part.key)
                    if pending[0] != "authors":
                        pending = None
            else:
                pending = None


def _on_line(line: Line, where: str) -> Iterator[Fact]:
    """The facts on a line: one, or several with bars or bold labels between them."""
    pieces = _BETWEEN.split(line.text) if ":" in line.text and line.text.lstrip()[:1] != "|" else [line.text]
    found = [FIELD.match(piece) for piece in pieces]
    if not all(found):
        found = [FIELD.match(line.text)]
    for each in filter(None, found):
        label = each["label"].strip(" *_`")
        key = field_key(label)
        value = _plain(each["value"])
        if key and len(value) <= _MOST_VALUE:
            yield Fact(key, label, value, line.number, where)


def _table(block: Block, where: str) -> Iterator[Fact]:
    rows = [*((block.head,) if block.head else ()), *block.children]
    if any(len(row.cells) != 2 for row in rows):
        return
    for row in rows:
        label = _plain(row.cells[0]).rstrip(":")
        if (key := field_key(label)) and row.cells[1].strip():
            yield Fact(key, label, _plain(row.cells[1]), row.first, where)


def _front_matter(block: Block) -> Iterator[Fact]:
    """`key: value` and `key = "value"`, and lists below a key; nested tables are left alone."""
    key, label = "", ""
    for line in block.texts:
        found = _FRONT.match(line.text)
        item = re.match(r"\s*-\s+(.*)$", line.text)
        if item is not None and key and ":" not in item[1]:
            yield Fact(key, label, _unquoted(item[1]), line.number, "front")
            continue
        if found is None or found[1]:
            key = ""
            continue
        label = found[2].strip(" \"'")
        key = field_key(label.replace("_", " ").replace("-", " "))
        value = found[3].strip()
        if key and value:
            for each in _values(value):
                yield Fact(key, label, each, line.number, "front")


def _values(value: str) -> list[str]:
    if value.startswith("[") and value.endswith("]"):
        return [text for each in value[1:-1].split(",") if (text := _unquoted(each))]
    return [_unquoted(value)]


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return re.sub(r"\s+#.*$", "", value)


def _plain(value: str) -> str:
    """A value without bold signs and the backslash of a hard break."""
    return value.strip().rstrip("\\").replace("**", "").replace("__", "").strip(" *`").strip()
