"""A value of one's own for a conflict: what stands in the line to begin with, and how what is typed is read.

Fields are read as everywhere else (see `schemas.fields`); keys that are not known here as TOML.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import Any, Final

from schemas import entry_context, field_values, timeline
from schemas.field_spec import FieldSpec
from schemas.field_values import FieldError
from schemas.fields import FIELDS
from schemas.incident import ITEM_LISTS, Incident
from schemas.merge import Merged, resolve
from schemas.merge_conflict import Choice, Conflict, Own
from schemas.readings import Context
from schemas.text import clean_prose, shorten
from schemas.toml_text import value_text

_PREFIXES: Final = {
    "events": "event", "impacts": "impact", "factors": "factor", "actions": "action", "stated": "stated",
    "comments": "comment", "other_sections": "other_section",
}  # fmt: skip


def may_be_own(conflict: Conflict) -> bool:
    """Whether something else than what the sides have can be written: of things that were removed, of two under one
    id, and of the order of items it cannot."""
    if conflict.kind == "order":
        return len(conflict.path) > 1 or conflict.path[0] not in ITEM_LISTS
    return conflict.kind in ("value", "text")


def is_text(conflict: Conflict) -> bool:
    """Whether it is text of several lines."""
    return conflict.kind == "text"


class OwnValue:
    """Reads and writes the value of one conflict. `now` is the aware time at which it is typed."""

    def __init__(self, merged: Merged, conflict: Conflict, now: datetime) -> None:
        self._merged = merged
        self._conflict = conflict
        self._spec = _spec_of(conflict)
        self._context = self._context_now(now)

    @property
    def help(self) -> str:
        """What belongs there, in a sentence; empty where that is clear."""
        if is_text(self._conflict):
            return ""
        if self._spec is not None:
            return self._spec.help
        if self._conflict.kind == "order":
            return "All of them, with commas between."
        return "" if isinstance(self._conflict.ours, str) else 'A value as TOML writes it: 3, true, "words".'

    def text(self, choice: Choice) -> str:
        """What stands in the line to begin with."""
        conflict = self._conflict
        if isinstance(choice, Own):
            return self._written(choice.value)
        if choice == "both" and conflict.kind in ("text", "value"):
            between = "\n" if is_text(conflict) else " / "
            return between.join(filter(None, (self._written(conflict.ours), self._written(conflict.theirs))))
        return self._written({"base": conflict.base, "theirs": conflict.theirs}.get(choice, conflict.ours))

    def read(self, text: str) -> Own:
        """The choice that a text means.

        Raises:
            FieldError: it means no value; the message says what would be right.
        """
        conflict = self._conflict
        own = Own(self._value(text))
        try:
            resolve(self._merged, {conflict.key: own})
        except ValueError as error:
            if conflict.kind == "order":
                said = "write the same names in another order; none may be missing or added"
            else:
                said = "this does not fit here; write it the way the two versions are written"
            raise FieldError(said) from error
        return own

    def _value(self, text: str) -> Any:
        conflict = self._conflict
        if is_text(conflict):
            return _framed(clean_prose(text), conflict)
        if self._spec is not None:
            return self._spec.parse(text, self._context)
        if conflict.kind == "order":
            return field_values.names(text) if text.strip() else ()
        example = conflict.ours if conflict.ours is not None else conflict.theirs
        if isinstance(example, str):
            return field_values.line(text) if text.strip() else ""
        return _toml(text)

    def _written(self, value: Any) -> str:
        if value is None:
            return ""
        if is_text(self._conflict):
            return str(value).strip("\n") if str(value).strip() else ""
        if self._spec is not None:
            return self._spec.format(value, self._context)
        if isinstance(value, tuple):
            return field_values.names_text(value)
        return value if isinstance(value, str) else value_text(value)

    def _context_now(self, now: datetime) -> Context:
        incident: Incident = self._merged.incident
        if self._spec is None or self._conflict.path[0] not in ("events", "actions", "stated"):
            return Context()
        story = timeline.build(incident)
        if self._conflict.path[0] == "events":
            return entry_context.context_at(incident, story, now.date(), self._conflict.path[1], now=now)
        return entry_context.context_for(incident, story, now.date(), now=now)


def _spec_of(conflict: Conflict) -> FieldSpec | None:
    path = conflict.path
    if conflict.kind == "text":
        return None
    key = f"incident.{path[0]}" if len(path) == 1 else f"{_PREFIXES.get(path[0], '?')}.{path[-1]}"
    if len(path) not in (1, 3):
        return None
    return FIELDS.get(key)


def _framed(text: str, conflict: Conflict) -> str:
    """The words with the space around them that the passage had, so that they do not run into their neighbours."""
    like = conflict.ours or conflict.theirs
    lead = like[: len(like) - len(like.lstrip())]
    trail = like[len(like.rstrip()) :]
    return f"{lead}{text.strip()}{trail}" if text.strip() else ""


def _toml(text: str) -> Any:
    if not text.strip():
        return None
    try:
        return tomllib.loads(f"value = {text.strip()}")["value"]
    except (ValueError, RecursionError) as error:
        raise FieldError(f"“{shorten(text.strip(), 30)}” is no TOML value; text stands in quotes") from error
