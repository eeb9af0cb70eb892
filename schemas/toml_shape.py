"""What is wrong with a file that is TOML but no incident: the place in words, the fault, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from pydantic import ValidationError

from schemas.incident import ITEM_LISTS, Incident, Model, Sections
from schemas.toml_errors import TomlError
from schemas.toml_layout import Path
from schemas.toml_text import plain

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Shape = Literal["text", "texts", "moment", "day", "flag", "whole", "number", "table", "tables"]
"""What a key holds: text, a list of texts, a date or time, a day, yes or no, a whole number, any number, a table, or
a list of tables."""

ITEM_MODELS: Final[dict[str, type[Model]]] = {
    name: get_args(Incident.model_fields[name].annotation)[0] for name in ITEM_LISTS
}
"""What each list of the file holds."""

_NAMES: Final = {
    "other_sections": "other section", "impacts": "impact", "factors": "factor", "events": "event",
    "stated": "stated entry", "actions": "action", "comments": "comment", "reviews": "review", "waivers": "waiver",
}  # fmt: skip

_EXPECTED: Final[dict[Shape, str]] = {
    "text": "text in quotes", "texts": "a list of texts", "moment": "a date or time", "day": "a date",
    "flag": "true or false", "whole": "a whole number", "number": "a number",
    "table": "a table", "tables": "a list of tables",
}  # fmt: skip


def shape_of(model: type[Model], name: str) -> Shape:
    """What the field of a model holds."""
    annotation = model.model_fields[name].annotation
    parts = get_args(annotation)
    if get_origin(annotation) is tuple:
        return "tables" if isinstance(parts[0], type) and issubclass(parts[0], Model) else "texts"
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return "table"
    kinds = set(parts) or {annotation}
    if time in kinds:
        return "moment"
    if date in kinds:
        return "day"
    if float in kinds:
        return "number"
    return "flag" if bool in kinds else "whole" if int in kinds else "text"


def place_of(path: Path, data: Mapping[str, Any], *, named: bool = True) -> str:
    """A place in words: "event 3 (k7q2), key `at`"; with `named` false, without the id."""
    words = [f"[{path[0]}]"] if path[:1] == ("sections",) and len(path) > 1 else []
    rest = path[1:] if words else path
    if path and path[0] in _NAMES and len(path) > 1 and isinstance(path[1], int):
        item = data[str(path[0])][path[1]]
        name = item.get("id") if isinstance(item, dict) else None
        words = [
            f"{_NAMES[str(path[0])]} {path[1] + 1}" + (f" ({name})" if named and isinstance(name, str) and name else "")
        ]
        rest = path[2:]
    keys = [step for step in rest if isinstance(step, str)]
    return ", ".join([*words, *([f"key `{'.'.join(keys)}`"] if keys else [])])


def faults(error: ValidationError, data: Mapping[str, Any]) -> dict[Path, ErrorDetails]:
    """The first thing said about each place; a path ends at the value that is wrong, or at the key that is missing."""
    found: dict[Path, ErrorDetails] = {}
    for entry in error.errors(include_url=False, include_context=False):
        # Behind the place pydantic names the branch of a union or a validator; the data knows where it ends.
        value: Any = data
        path: Path = ()
        for step in entry["loc"]:
            try:
                value = value[step]
            except (LookupError, TypeError):
                if entry["type"] == "missing":
                    path = (*path, step)
                break
            path = (*path, step)
        found.setdefault(path, entry)
    return found


def not_an_incident(
    error: ValidationError, data: Mapping[str, Any], file: str, line_of: Callable[[Path], int]
) -> TomlError:
    """The fault of data that the models did not take: the first in the file, and how many more there are."""
    found = sorted(
        ((line_of(path), path, entry) for path, entry in faults(error, data).items()), key=lambda one: one[0]
    )
    line, path, entry = found[0]
    # An id that loading gave does not stand in the file.
    named = line_of((*path[:2], "id")) != line_of(path[:2])
    detail, hint = _explain(path, entry, place_of(path, data, named=named))
    if len(found) > 1:
        detail += f" (and {len(found) - 1} more)"
    return TomlError(file, line, 1, detail, hint, fault="shape")


def _explain(path: Path, entry: ErrorDetails, place: str) -> tuple[str, str]:
    model: type[Model] = Incident
    steps = list(path)
    if path[0] in ITEM_LISTS and len(path) > 1:
        model, steps = ITEM_MODELS[str(path[0])], steps[2:]
    elif path[0] == "sections" and len(path) > 1:
        model, steps = Sections, steps[1:]
    if not steps:
        return f"{place} is {plain(entry['input'])}, not a table", f"Write it as [[{path[0]}]] with its keys below."
    key = str(steps[0])
    if entry["type"] == "missing":
        return f"{place} is missing", f'Add a line {key} = "…" below [[{path[0]}]].'
    shape, value = shape_of(model, key), entry["input"]
    detail = f"{place} must be {_EXPECTED[shape]}, but is {plain(value)}"
    if len(steps) > 1:
        detail = f"{place} must be {_EXPECTED[shape]}, but one of them is {plain(value)}"
    return detail, _right(key, shape, value)


def _right(key: str, shape: Shape, value: object) -> str:
    """What would be right in place of a value of the wrong shape."""
    words = value.strip() if isinstance(value, str) else ""
    if shape in ("moment", "day"):
        if shape == "day" and isinstance(value, datetime):
            return f"Write only the day: {key} = {value.date().isoformat()}."
        if (right := _without_quotes(words)) and (shape == "moment" or len(right) == 10):
            return f"Write it without quotes: {key} = {right}."
        if shape == "day":
            return f"Write it as year-month-day without quotes: {key} = 2024-05-02."
        return (
            f"Write it without quotes, as {key} = 2024-05-02T09:00:00+03:00, 2024-05-02T09:00:00, 2024-05-02"
            ' or 09:00:00; words go to as_written = "…".'
        )
    if shape == "text":
        if isinstance(value, list | dict):
            return f'Write one text in quotes: {key} = "…".'
        return f'Put it in quotes: {key} = "{plain(value)}".'
    if shape == "texts":
        return (
            f"Write a list of texts: {key} = [{plain(value)}]." if words else f'Write a list of texts: {key} = ["…"].'
        )
    if shape == "flag":
        return f"Write {key} = true or {key} = false, without quotes."
    if shape in ("whole", "number"):
        if re.fullmatch(r"[+-]?\d+" if shape == "whole" else r"[+-]?\d+(\.\d+)?", words):
            return f"Write it without quotes: {key} = {words}."
        return f"Write a number without quotes: {key} = 12."
    return (
        f"Write the heading as [{key}]." if shape == "table" else f"Write each entry under its own heading [[{key}]]."
    )


def _without_quotes(words: str) -> str:
    """A date, a time or both as TOML writes them, from text that nearly is; or nothing."""
    for kind in (date, datetime, time) if ":" in words else (date,):
        try:
            read = kind.fromisoformat(words)
        except ValueError:
            continue
        if isinstance(read, time):
            return "" if read.tzinfo else read.isoformat()
        return read.isoformat()
    return ""
