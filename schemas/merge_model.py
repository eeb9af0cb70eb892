"""One incident, section table, event or action merged field by field, keys that we do not know too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, TypeVar

from schemas import text
from schemas.incident import ITEM_LISTS, Comment, Incident, Model
from schemas.marked_text import marked
from schemas.merge_conflict import Ledger, Path, Pieces
from schemas.merge_text import chosen, compare_text, merge_text, passages
from schemas.merge_values import counted, merge_table, merge_value, merge_words, same, shared_table
from schemas.remark_identity import edit_age

AnyModel = TypeVar("AnyModel", bound=Model)

_APART: Final = frozenset({"sections", *ITEM_LISTS})
"""Fields that are merged by those who know what is in them."""


def merge_model(path: Path, base: AnyModel | None, ours: AnyModel, theirs: AnyModel, ledger: Ledger) -> AnyModel:
    """The two versions of one thing as one. Without a base, a value that only one side has is taken from it."""
    if ours is theirs or theirs is base or same(ours, theirs) or (base is not None and same(theirs, base)):
        return ours
    if base is not None and same(ours, base):
        return theirs
    return merge_fields(path, base, ours, theirs, ledger)


def merge_fields(path: Path, base: AnyModel | None, ours: AnyModel, theirs: AnyModel, ledger: Ledger) -> AnyModel:
    """The same where it is known that both sides differ. Of an incident, its lists and sections stay those of ours."""
    changes: dict[str, Any] = {}
    for name in fields_of(type(ours)):
        mine, yours = getattr(ours, name), getattr(theirs, name)
        if mine is yours:
            continue
        before = _shared(mine, yours) if base is None else getattr(base, name)
        value = _merged_field((*path, name), type(ours), before, mine, yours, ledger, based=base is not None)
        if value is not mine:
            changes[name] = value
    mine, yours = ours.model_extra or {}, theirs.model_extra or {}
    before = shared_table(mine, yours) if base is None else base.model_extra or {}
    unknown = merge_table(path, before, mine, yours, ledger, based=base is not None)
    return with_unknown(ours.model_copy(update=changes), unknown)


def _merged_field(
    path: Path, kind: type[Model], base: Any, ours: Any, theirs: Any, ledger: Ledger, *, based: bool
) -> Any:
    name = path[-1]
    if name == "id":
        # Only a stated value may get its id later than its content, on each side another one.
        return min(filter(None, (ours, theirs)), default="")
    if name == "format":
        return max(ours, theirs)
    if name == "edited" and kind is Comment and not (same(ours, base) or same(theirs, base)):
        return max(ours, theirs, key=lambda edited: (edit_age(edited), repr(edited)))
    if is_prose(kind, name):
        pieces = merge_text(base, ours, theirs) if based else compare_text(ours, theirs)
        if passages(pieces):
            ledger.note_text(path, pieces, based=based)
        return unresolved(pieces)
    if isinstance(ours, tuple):
        return merge_words(path, base, ours, theirs, ledger)
    return merge_value(path, base, ours, theirs, ledger, based=based)


def unresolved(pieces: Pieces) -> str:
    """A text of which passages are open: both versions of their lines, between git's conflict markers."""
    return marked(None, chosen(pieces, lambda each: each.ours), chosen(pieces, lambda each: each.theirs))


def with_unknown(model: AnyModel, unknown: Mapping[str, Any]) -> AnyModel:
    """The same thing with these keys besides those that it knows."""
    if same(dict(unknown), model.model_extra or {}):
        return model
    copy = model.model_copy()
    object.__setattr__(copy, "__pydantic_extra__", dict(unknown))
    return copy


@lru_cache(maxsize=64)
def fields_of(kind: type[Model]) -> tuple[str, ...]:
    """The fields of a model that hold a value and not other models."""
    return tuple(name for name in kind.model_fields if kind is not Incident or name not in _APART)


@lru_cache(maxsize=256)
def is_prose(kind: type[Model], name: str) -> bool:
    """Whether a field holds text of several lines, which is merged word by word."""
    return any(getattr(rule, "func", None) is text.clean_prose for rule in kind.model_fields[name].metadata)


def _shared(ours: Any, theirs: Any) -> Any:
    """What stands for the base of a field where there is none: nothing, of a list what both have."""
    if isinstance(ours, tuple):
        one, other = counted(ours), counted(theirs)
        both = {*one}.intersection(other)
        # Of two orders always the same one, whichever side it is.
        return tuple(word for word, _ in min([each for each in side if each in both] for side in (one, other)))
    # What was filled in on one side only is taken; `draft` against `approved` is for a person to say.
    return False if isinstance(ours, bool) else "" if isinstance(ours or theirs, str) else None
