"""What loading has to change in a file's data before it can be an incident, and a word about each change.

Data here is what `tomllib` gives: nested dicts and lists, changed in place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping
from itertools import chain
from typing import Any, Final

from msgspec import Struct
from pydantic import ValidationError

from schemas import text
from schemas.ids import id_of_words
from schemas.incident import FORMAT, ITEM_LISTS, Incident, Model, Sections
from schemas.toml_layout import Path
from schemas.toml_shape import ITEM_MODELS, faults, place_of, shape_of

Data = dict[str, Any]

MAX_DEPTH: Final = 100
"""How many levels of lists and tables an unknown key may hold."""

MAX_BITS: Final = 13_000
"""Whole numbers beyond this cannot be written in decimal: Python stops at 4,300 digits."""

MIGRATIONS: Final[Mapping[int, Callable[[Data], Data]]] = {}
"""For each older format, what turns its data into that of the next one."""

_KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset(Incident.model_fields),
    "sections": frozenset(Sections.model_fields),
    **{name: frozenset(model.model_fields) for name, model in ITEM_MODELS.items()},
}
"""The keys of each table: of the file itself, of the sections, and of the items of each list."""

_WITHOUT_ID: Final = frozenset(name for name, known in _KNOWN.items() if "id" not in known)


class UnfitError(Exception):
    """A value that no incident can hold: its place, what is wrong and what to do."""

    def __init__(self, path: Path, detail: str, hint: str) -> None:
        super().__init__(detail)
        self.path = path
        self.detail = detail
        self.hint = hint


class Change(Struct, frozen=True):
    """Something that loading changed, and where."""

    path: Path
    message: str


def migrate(
    data: Data, from_format: int, steps: Mapping[int, Callable[[Data], Data]] = MIGRATIONS, to: int = FORMAT
) -> Data:
    """Data of an older format as data of the current one, one step after the other.

    Raises:
        UnfitError: there never was a format `from_format`.
    """
    for version in range(from_format, to):
        if version not in steps:
            raise UnfitError(("format",), f"there is no format {from_format}", f"Write format = {to}.")
        data = {**steps[version](data), "format": version + 1}
    return data


def settle(data: Data) -> list[Change]:
    """Make the text of unknown keys safe and give every item an id of its own.

    Raises:
        UnfitError: nesting too deep, or a number too large.
    """
    changes: list[Change] = []
    _settle_table(data, _KNOWN[""], (), changes)
    if isinstance(data.get("sections"), dict):
        _settle_table(data["sections"], _KNOWN["sections"], ("sections",), changes)
    for name in ITEM_LISTS:
        if name not in data:
            continue
        items, known = _items(data, name), _KNOWN[name]
        tables = [item for _, item in items]
        # Mostly all keys are known and no value is a number, which a look at all tables at once shows.
        if known.issuperset(chain.from_iterable(tables)) and int not in _types_in(tables):
            continue
        for index, item in items:
            _settle_table(item, known, (name, index), changes)
    if not _has_good_ids(data):
        _settle_ids(data, changes)
    return changes


def replaced(data: Data, incident: Incident) -> list[Change]:
    """Where the models took text otherwise than it stands in the file."""
    changes: list[Change] = []
    _compare(data, incident, (), changes)
    _compare(data.get("sections", {}), incident.sections, ("sections",), changes)
    for name in ITEM_LISTS:
        for index, (raw, item) in enumerate(zip(data.get(name, ()), getattr(incident, name), strict=True)):
            _compare(raw, item, (name, index), changes)
    return changes


def without_faults(data: Data, error: ValidationError) -> list[Change]:
    """Take out of the data whatever the models did not take; what they miss becomes empty text.

    For files of a newer format, which are only looked at.
    """
    changes: list[Change] = []
    done: set[Path] = set()
    for whole, entry in faults(error, data).items():
        if whole[0] in ITEM_LISTS:
            # An entry that is no table takes its list with it, or the places of those behind it would shift.
            path = whole[:3] if len(whole) > 2 else whole[:1]
        else:
            path = whole[:2] if whole[0] == "sections" else whole[:1]
        if path in done:
            continue  # another fault of the same list
        done.add(path)
        table: Any = data
        for step in path[:-1]:
            table = table[step]
        key = path[-1]
        place = place_of(path, data)
        if entry["type"] == "missing":
            table[key] = ""
            changes.append(Change(path, f"{place} is missing; it is taken as empty"))
        else:
            del table[key]
            changes.append(Change(path, f"{place} was left out: this program does not know it in this form"))
        if len(path) == 1:
            break  # the places of other faults may have gone with it; the next round finds the rest
    return changes


def _items(data: Data, name: str) -> list[tuple[int, Data]]:
    items = data.get(name)
    return [(i, item) for i, item in enumerate(items) if isinstance(item, dict)] if isinstance(items, list) else []


def _types_in(tables: Iterable[Data]) -> set[type]:
    return set(map(type, chain.from_iterable(map(dict.values, tables))))


def _settle_table(table: Data, known: Collection[str], path: Path, changes: list[Change]) -> None:
    for key in [key for key, value in table.items() if key not in known or isinstance(value, int)]:
        if key in known:
            _check_size(table[key], (*path, key))
            continue
        value = table[key]
        fresh, name = _safe(value, (*path, key), 1), _safe_key(key, (known, table))
        if fresh is not value or name != key:
            del table[key]
            table[name] = fresh
            changes.append(Change((*path, key), f"control characters in the key `{name}` were replaced"))


def _check_size(value: int, path: Path) -> None:
    if value.bit_length() > MAX_BITS:
        hint = "Put it in quotes if it is not meant as a number."
        raise UnfitError(path, f"the number of `{path[-1]}` is too large", hint)


def _safe_key(key: str, taken: tuple[Collection[str], ...]) -> str:
    """The key with safe characters, and not the same as another by that."""
    name = text.clean_prose(key)
    while name != key and any(name in names for names in taken):
        name += "_"
    return name


def _safe(value: Any, path: Path, depth: int) -> Any:
    """The value with safe text in it; the very same object if it was safe already."""
    if depth > MAX_DEPTH:
        raise UnfitError(path, "lists or tables are nested too deeply", "Use fewer levels of nesting.")
    if isinstance(value, str):
        return value if text.is_clean(value) else text.clean_prose(value)
    if isinstance(value, int):
        _check_size(value, path)
    elif isinstance(value, list):
        fresh = [_safe(inner, path, depth + 1) for inner in value]
        return value if all(map(_same, fresh, value)) else fresh
    elif isinstance(value, dict):
        pairs: Data = {}
        for key, inner in value.items():
            pairs[_safe_key(key, (value, pairs))] = _safe(inner, path, depth + 1)
        return value if pairs.keys() == value.keys() and all(map(_same, pairs.values(), value.values())) else pairs
    return value


def _same(one: object, other: object) -> bool:
    return one is other


def _has_good_ids(data: Data) -> bool:
    """Whether every item has an id of its own, as it stands. A quick look that says no where it is not sure."""
    for name in ITEM_LISTS:
        items = data.get(name)
        if not items or name in _WITHOUT_ID:
            continue
        try:
            ids = [item["id"] for item in items]
            whole = "".join(ids)
        except (TypeError, LookupError):
            return False
        if not (whole.isascii() and whole.isprintable() and all(ids) and len(set(ids)) == len(ids)):
            return False
    return True


def _settle_ids(data: Data, changes: list[Change]) -> None:
    taken = {text.clean_line(item["id"]) for name in ITEM_LISTS for _, item in _items(data, name) if _has_text_id(item)}
    attempts: dict[str, int] = {}
    for name in ITEM_LISTS:
        field = ITEM_MODELS[name].model_fields.get("id")
        seen: set[str] = set()
        for index, item in _items(data, name):
            known = text.clean_line(item["id"]) if _has_text_id(item) else ""
            if field is None or (not known and not field.is_required()) or not isinstance(item.get("id", ""), str):
                continue
            if known and known not in seen:
                seen.add(known)
                continue
            item["id"] = fresh = _content_id(item, taken, attempts)
            taken.add(fresh)
            place = place_of((name, index), {name: {index: {}}})
            why = f"its id `{known}` is taken by another one" if known else "it has no id"
            changes.append(Change((name, index, "id"), f"{place}: {why}, so it goes by `{fresh}` from here on"))


def _has_text_id(item: Data) -> bool:
    return isinstance(item.get("id"), str)


def _content_id(item: Mapping[str, Any], taken: Collection[str], attempts: MutableMapping[str, int]) -> str:
    """A short id made from the content, so that two people who load the same file get the same.

    `attempts` counts how often each content was asked for, so that equal items do not try the same names again.
    """
    import json

    content = json.dumps(item, default=str, sort_keys=True)
    while True:
        attempt = attempts.get(content, 0)
        attempts[content] = attempt + 1
        name = id_of_words(f"{attempt} {content}", 4 if attempt < 1000 else 8)
        if name not in taken:
            return name


def _compare(raw: MutableMapping[str, Any], model: Model, path: Path, changes: list[Change]) -> None:
    values = model.__dict__
    if raw.items() <= values.items():
        return
    for key, value in raw.items():
        if type(value) is str:
            changed = key in values and values[key] != value
        elif type(value) is list and value and type(value[0]) is str:
            changed = key in values and values[key] != tuple(value) and shape_of(type(model), key) == "texts"
        else:
            continue
        if changed:
            what = "line breaks or tabs" if text.is_clean(str(value)) else "control characters"
            if isinstance(value, list):
                what = "line breaks or control characters"
            place = place_of((*path, key), {str(path[0]): {path[1]: raw}} if len(path) > 1 else {})
            changes.append(Change((*path, key), f"{place}: {what} were replaced"))
