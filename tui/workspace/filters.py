"""Narrowing and ordering the rows of a library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, TypeVar

from msgspec import Struct

from schemas.sections import STATUSES
from tui.workspace.rows import Row

COLUMNS: Final = ("date", "severity", "title", "status", "length", "actions", "findings", "name")
"""What rows can be sorted by."""

Test = Callable[[Row], bool]
Item = TypeVar("Item")


class Term(Struct, frozen=True):
    """A part of a query: whether a row fits it, and the text to be found if it is no question of its own."""

    test: Test
    text: str = ""


_NUMBER: Final = re.compile(r"(\d+)")

_TERM: Final = re.compile(r'(?:(?P<key>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))', re.IGNORECASE)


def plain(text: str) -> str:
    """A text as it is compared: without accents, capitals and wide forms."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


fold: Final = lru_cache(maxsize=8192)(plain)
"""`plain` for short texts that come again and again."""


def matches(row: Row, query: str) -> bool:
    """Whether a row fits what was typed; every part of the query must fit.

    Words, or several in double quotes, occur in the title, file name, severity, status, services or date. Of
    `status:draft`, `sev:1`, `zone:NAME` or `zone:none`, `is:broken`, `is:conflict`, `has:errors`, `has:warnings` and
    `has:actions` (open ones) the beginning is enough, and one without a value fits everything, so that the list does
    not jump while somebody types.
    """
    return all(term.test(row) for term in terms(query))


def sort_rows(rows: Iterable[Row], column: str, reverse: bool = False) -> list[Row]:
    """The rows in the order of a column (see `COLUMNS`); what has no value there comes last either way.

    Raises:
        KeyError: there is no such column.
    """
    key = SORT_KEYS[column]
    return placed(sorted(rows, key=SORT_KEYS["name"]), key, reverse)


def placed(items: Iterable[Item], key: Callable[[Item], Any], reverse: bool) -> list[Item]:
    """Items in the order of their keys; equal ones stay as they are, and those without one (None) come last."""
    keyed = [(key(item), item) for item in items]
    known = sorted((pair for pair in keyed if pair[0] is not None), key=itemgetter(0), reverse=reverse)
    return [item for _, item in known] + [item for value, item in keyed if value is None]


@lru_cache(maxsize=64)
def terms(query: str) -> tuple[Term, ...]:
    """The parts of a query, of which each must fit."""
    found = []
    for term in _TERM.finditer(query):
        value = fold(term["plain"] if term["quoted"] is None else term["quoted"])
        key = (term["key"] or "").lower()
        make = _BY_KEY.get(key)
        test = make(value) if make else None
        if test is not None:
            found.append(Term(test))
        elif term.group():
            text = fold(term.group() if key else value)
            found.append(Term(_has(text), text))
    return tuple(found)


def _has(text: str) -> Test:
    return lambda row: text in haystack(row)


def haystack(row: Row) -> str:
    """What of a row words are looked for in, folded."""
    day = row.date.isoformat() if row.date else ""
    return plain("\n".join((row.title, row.name, row.severity, row.status, day, *row.services)))


def _status(value: str) -> Test:
    return lambda row: fold(row.status).startswith(value)


def _severity(value: str) -> Test:
    bare = _level(value)
    if value == "none":
        return lambda row: not row.severity and not row.problem
    return lambda row: not bare or _level(row.severity).startswith(bare)


def _level(severity: str) -> str:
    return re.sub(r"^(?:severity|sev)|[^a-z0-9]", "", fold(severity))


def _zone(value: str) -> Test:
    if value == "none":
        return lambda row: not row.zone and not row.problem
    return lambda row: value in fold(row.zone) or value.replace(" ", "_") in fold(row.zone)


def _flag(flags: dict[str, Test]) -> Callable[[str], Test | None]:
    return lambda value: (lambda _: True) if not value else next(
        (test for name, test in flags.items() if name.startswith(value)), None
    )  # fmt: skip


_IS: Final[dict[str, Test]] = {"broken": lambda row: bool(row.problem), "conflict": lambda row: row.conflict}
_HAS: Final[dict[str, Test]] = {
    "errors": lambda row: row.errors > 0 or bool(row.problem),
    "warnings": lambda row: row.warnings > 0,
    "actions": lambda row: row.open_actions > 0,
}
_BY_KEY: Final[dict[str, Callable[[str], Test | None]]] = {
    "status": _status,
    "sev": _severity,
    "severity": _severity,
    "zone": _zone,
    "is": _flag(_IS),
    "has": _flag(_HAS),
}


def natural(text: str) -> str:
    """A key by which `sev10` comes after `sev2`."""
    return "".join(map(_natural_part, _NUMBER.split(plain(text))))


def _natural_part(part: str) -> str:
    # Digits of other scripts and numbers of any length compare as text where they are no plain number.
    if part.isascii() and part.isdigit() and len(part) < 20:
        number = part.lstrip("0")
        return f"\0{len(number):02}{number}"
    return f"\1{part}" if part else ""


def name_key(name: str) -> str:
    """The place of a file by its name; no two have the same."""
    return f"{natural(name)}\0\0{name}"


def _status_place(row: Row) -> tuple[int, str] | None:
    if not row.status or row.problem:
        return None
    place = STATUSES.index(row.status) if row.status in STATUSES else len(STATUSES)
    return place, fold(row.status)


def _findings(row: Row) -> tuple[float, float] | None:
    if row.problem:
        return float("inf"), 0
    return (row.errors, row.warnings) if row.complete else None


SORT_KEYS: Final[dict[str, Callable[[Row], Any]]] = {
    "date": lambda row: row.date.isoformat() if row.date else None,
    "severity": lambda row: natural(row.severity) or None,
    "title": lambda row: natural(row.title) or None,
    "status": _status_place,
    "length": lambda row: row.length_minutes,
    "actions": lambda row: (row.open_actions, row.actions) if row.actions else None,
    "findings": _findings,
    "name": lambda row: name_key(row.name),
}
"""By what rows are sorted, by column; None where a row has nothing of it."""
