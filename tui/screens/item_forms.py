"""Which fields a form shows for the overview or an item, and how what is typed becomes an edit."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from schemas import edits, entry_context
from schemas.edits import Edit
from schemas.field_values import FieldError
from schemas.fields import FIELDS
from schemas.incident import Action, Event, Factor, Impact, Incident, Stated
from schemas.policy import Policy
from schemas.readings import Context
from schemas.timeline import Timeline
from tui.widgets.field_row import Field
from tui.workspace.clock_face import Written

OVERVIEW: Final = ("title", "status", "severity", "zone", "owner", "authors", "services", "tags")
STATED_FIELDS: Final = {"start": "stated.start", "end": "stated.end", "duration": "stated.duration"}
KINDS_OF: Final[dict[str, tuple[str, type[Any], tuple[str, ...]]]] = {
    "events": (
        "event",
        Event,
        ("at", "text", "milestones", "kind", "actor", "until", "latest", "about", "margin", "zone", "links",
         "audience", "recorded", "as_written"),
    ),
    "impacts": ("impact", Impact, ("what", "amount", "unit", "total", "about", "audience")),
    "factors": ("factor", Factor, ("text", "kind", "links")),
    "actions": ("action", Action, ("text", "owner", "due", "type", "priority", "status", "link")),
    "stated": ("stated", Stated, ("what", "value", "where", "minutes", "at", "about")),
}  # fmt: skip
"""Per list: the prefix of its fields' names, its model, and the fields in the order of the form."""

_LINES: Final = {"event.text": 3, "impact.what": 3, "factor.text": 4, "action.text": 3}
_SEVERAL: Final = frozenset({"event.milestones"})
_PATIENT: Final = frozenset({"at", "until", "latest", "recorded", "due"})


def _as_it_is(value: Any) -> Any:
    return value


def overview_fields(incident: Incident, context: Context) -> list[Field]:
    """The fields of the overview, with what the document states about its start, end and length."""
    fields = [_field(f"incident.{name}", name, getattr(incident, name), context) for name in OVERVIEW]
    for what, name in STATED_FIELDS.items():
        stated = _stated(incident, what)
        spec = FIELDS[name]
        fields.append(Field(f"stated/{what}", spec.label, stated.value if stated else "", spec.help))
    return fields


def item_fields(
    incident: Incident, name: str, item_id: str, context: Context, seen: Callable[[Any], Any] = _as_it_is
) -> list[Field]:
    """The fields of one item; `seen` says how a value is shown, where that is not as it is kept.

    Raises:
        KeyError: it is not there (any more).
    """
    prefix, _, keys = KINDS_OF[name]
    found = edits.item(incident, name, item_id)
    return [_field(f"{prefix}.{key}", key, seen(getattr(found, key)), context) for key in keys]


def commit_overview(incident: Incident, key: str, text: str, context: Context, new_id: Callable[[], str]) -> Edit:
    """The edit that takes a field of the overview into the document.

    Raises:
        FieldError: the text is not a value of the field; the message says what would be right.
    """
    if key.startswith("stated/"):
        return _commit_stated(incident, key.removeprefix("stated/"), text, context, new_id)
    value = FIELDS[f"incident.{key}"].parse(text, context)
    if key == "zone":
        return lambda doc: edits.set_zone(doc, value)
    return lambda doc: edits.set_field(doc, key, value)


def commit_item(
    name: str, item_id: str, key: str, text: str, context: Context,
    stored: Callable[[dict[str, Any]], dict[str, Any]] = _as_it_is,
) -> Edit:  # fmt: skip
    """The edit that takes a field of an item into the document; `stored` says how what was read is kept.

    Raises:
        FieldError: the text is not a value of the field; the message says what would be right.
    """
    prefix, _, _ = KINDS_OF[name]
    if name == "stated" and key == "value":
        return lambda doc: edits.update_item(doc, name, item_id, **_stated_changes(doc, item_id, text, context))
    changes = stored(FIELDS[f"{prefix}.{key}"].changes(text, context))
    return lambda doc: edits.update_item(doc, name, item_id, **changes)


def new_item(name: str, item_id: str) -> Any:
    """An empty item for a list."""
    if name == "stated":
        return Stated(id=item_id, what="duration")
    _, model, _ = KINDS_OF[name]
    return model(id=item_id)


def context_of(
    incident: Incident, timeline: Timeline, now: datetime, policy: Policy, event_id: str | None = None
) -> Context:
    """What helps to read a time typed at a place; a clock typed into an event keeps the event's own day."""
    if event_id is None:
        return entry_context.context_for(incident, timeline, now.date(), policy=policy, now=now)
    return entry_context.context_at(incident, timeline, now.date(), event_id, policy=policy, now=now)


def _field(name: str, key: str, value: Any, context: Context) -> Field:
    spec = FIELDS[name]
    return Field(
        key,
        spec.label,
        value.text if isinstance(value, Written) else spec.format(value, context),
        spec.help,
        spec.choices,
        name in _SEVERAL,
        _LINES.get(name, 1),
        key in _PATIENT,
    )


def _stated(incident: Incident, what: str) -> Stated | None:
    return next((stated for stated in incident.stated if stated.what == what), None)


def _stated_changes(incident: Incident, item_id: str, text: str, context: Context) -> dict[str, Any]:
    """The words of a stated value, and what they read as where they can be read; they are kept either way."""
    changes: dict[str, Any] = {"value": text.strip()}
    spec = STATED_FIELDS.get(edits.item(incident, "stated", item_id).what, "stated.duration")
    if text.strip():
        with contextlib.suppress(FieldError):
            changes |= FIELDS[spec].parse(text, context)
    return changes


def _commit_stated(incident: Incident, what: str, text: str, context: Context, new_id: Callable[[], str]) -> Edit:
    known = _stated(incident, what)
    if not text.strip():
        return (lambda doc: edits.remove_items(doc, "stated", {known.id})) if known else (lambda doc: doc)
    value = FIELDS[STATED_FIELDS[what]].parse(text, context)
    changes: dict[str, Any] = {"value": text.strip(), **value}
    if known:
        return lambda doc: edits.update_item(doc, "stated", known.id, **changes)
    made = Stated(id=new_id(), what=what, where="overview", **changes)
    return lambda doc: edits.add_item(doc, "stated", made)


__all__ = ["FieldError", "commit_item", "commit_overview", "context_of", "item_fields", "new_item", "overview_fields"]
