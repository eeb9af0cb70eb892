"""A review in a file of its own as TOML: reading it, with a word about every fault, and writing it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from schemas import toml_layout, toml_settle
from schemas.incident import ITEM_LISTS, Incident, Model
from schemas.review_patch import FORMAT, CommentChange, Patch, ReviewOf
from schemas.toml_chunks import pairs
from schemas.toml_errors import TomlError
from schemas.toml_faults import not_toml, not_utf8
from schemas.toml_layout import Path
from schemas.toml_remarks import weave
from schemas.toml_settle import Data, UnfitError
from schemas.toml_shape import not_an_incident
from schemas.toml_text import Part, plain, table_parts

_LISTS: Final = ("comments", "changes", "reviews")


def dumps(patch: Patch) -> str:
    """The text of the file, the same bytes each time."""
    top: dict[str, Any] = {"format": patch.format}
    if patch.removed:
        top["removed"] = patch.removed
    parts = [*table_parts((), top.items()), *_table("review_of", patch.review_of, array=False)]
    text = ["".join(weave(parts, ()))]
    for name in _LISTS:
        text += ["".join(weave(tuple(_table(name, item, array=True)), ())) for item in getattr(patch, name)]
    return "".join(text)


def _table(name: str, model: Model, *, array: bool) -> Iterator[Part]:
    return table_parts((name,), pairs(model), array=array)


def parse_bytes(data: bytes, name: str) -> Patch:
    """Read the bytes of a file, UTF-8 with or without a byte order mark. `name` is for messages.

    Raises:
        TomlError: it is not UTF-8, not TOML, or not a review.
    """
    try:
        return loads(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise not_utf8(data, error, name) from error


def loads(text: str, name: str = "<text>") -> Patch:
    """Read a text. `name` is for messages.

    Raises:
        TomlError: it is not TOML, or not a review.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
        _must_be_a_review(data, name)
        toml_settle.settle(data)
        return _patch(data)
    except UnfitError as error:
        raise TomlError(name, _line(text, error.path), 1, error.detail, error.hint, fault="shape") from error
    except ValidationError as error:
        raise not_an_incident(error, data, name, lambda path: _line(text, path)) from error
    except (ValueError, RecursionError) as error:
        raise not_toml(text, error, name) from error


def _line(text: str, path: Path) -> int:
    return toml_layout.scan(text).line(path)


def _must_be_a_review(data: Data, name: str) -> None:
    if "review_of" not in data:
        if any(known in data for known in ("title", "status", "sections", *ITEM_LISTS)):
            hint = "Name the file that holds the review; such files end in .review.toml."
            raise TomlError(name, 1, 1, "this is an incident, not the review of one", hint, fault="shape")
        hint = "Such a file has a table [review_of] that says what was reviewed."
        raise TomlError(name, 1, 1, "this is not the review of an incident", hint, fault="shape")
    format_ = data.get("format", FORMAT)
    if type(format_) is not int or format_ < 1:
        raise UnfitError(("format",), "`format` must be a whole number", f"Write format = {FORMAT}.")
    if format_ > FORMAT:
        hint = "Take it in with the newer version, or ask the reviewer for the comments in another way."
        raise UnfitError(("format",), f"the review was written by a newer program (format {format_})", hint)


def _patch(data: Data) -> Patch:
    """The review in what `tomllib` read.

    Raises:
        UnfitError: what only reviews have is wrong.
        ValidationError: a comment or a verdict is wrong, as it may be in an incident.
    """
    known = Incident.model_validate({name: data[name] for name in ("comments", "reviews") if name in data})
    return Patch(
        format=data.get("format", FORMAT),
        review_of=_read(ReviewOf, data["review_of"], ("review_of",), "the table [review_of]"),
        removed=_removed(data.get("removed", [])),
        comments=known.comments,
        changes=tuple(_changes(data.get("changes", []))),
        reviews=known.reviews,
    )


def _removed(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UnfitError(("removed",), "`removed` must be a list of ids", 'Write a list of texts: removed = ["k7q2"].')
    return tuple(value)


def _changes(value: object) -> Iterator[CommentChange]:
    if not isinstance(value, list):
        hint = "Write each entry under its own heading [[changes]]."
        raise UnfitError(("changes",), "`changes` must be a list of tables", hint)
    for index, entry in enumerate(value):
        yield _read(CommentChange, entry, ("changes", index), f"change {index + 1}")


def _read(model: type[Any], value: object, path: Path, called: str) -> Any:
    """A table as a model of this module.

    Raises:
        UnfitError: it is no table, or one of its keys is wrong.
    """
    if not isinstance(value, dict):
        raise UnfitError(path, f"{called} is {plain(value)}, not a table", f"Write a heading [{path[0]}] for it.")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        key = str(first["loc"][0])
        hint = _HINTS.get(key, 'Put it in quotes, such as "…".')
        if first["type"] == "missing":
            raise UnfitError(path, f"{called}: key `{key}` is missing", hint) from error
        detail = f"{called}: key `{key}` is {plain(first['input'])}, which does not fit"
        raise UnfitError((*path, key), detail, hint) from error


_HINTS: Final = {
    "id": 'Name the comment that was changed: id = "k7q2".',
    "resolved": "Write resolved = true or resolved = false, without quotes.",
    "edited": "Write a time without quotes, such as edited = 2024-05-02T09:00:00+03:00.",
}
