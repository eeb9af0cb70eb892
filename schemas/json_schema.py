"""The JSON Schema of the TOML file, made from the models, for editors that complete and check while one types.

Lists of usual values are examples, not limits: a severity that is not in them is a finding, never a broken file.
`python -m schemas.json_schema` writes the copy that is checked in beside this module.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from schemas.incident import (
    ACTION_STATUSES,
    ACTION_TYPES,
    FORMAT,
    KINDS,
    MILESTONES,
    PRIORITIES,
    SEVERITIES,
    Incident,
    Model,
    Sections,
)
from schemas.sections import BY_KEY, STATUSES
from schemas.toml_shape import ITEM_MODELS, Shape, shape_of

PATH: Final = Path(__file__).with_name("incident.schema.json")
"""Where the checked-in copy is."""

_ID: Final = "Short and never used again: comments, merges and diffs hold on to it. One is given where it is missing."
_ABOUT: Final = "Whether this is approximate."
_AUDIENCE: Final = "Who may read this: internal or external. Empty: everybody."

DESCRIPTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "Incident": {
        "format": "The version of the file format. A newer one than the program knows is opened read-only.",
        "title": "What happened, in one line.",
        "status": "How far the document is: draft, in-review, approved or published.",
        "severity": "How bad it was, by the team's own scale.",
        "zone": "The IANA name of the zone that times without an offset are read in, such as Africa/Nairobi.",
        "owner": "Who sees to it that the document gets done.",
        "authors": "Who wrote it.",
        "services": "Which services were affected.",
        "tags": "Words to find it by.",
        "sections": "The prose, as Markdown.",
        "other_sections": "Sections with a heading of their own.",
        "impacts": "What was affected, and by how much.",
        "factors": "What made it possible, more likely, longer or worse.",
        "events": "The timeline. Events with equal times stay in the order of the file.",
        "stated": "What the document itself claims about times and lengths, kept apart from the timeline.",
        "actions": "What is to be done because of it.",
        "comments": "Remarks on the document.",
        "reviews": "Verdicts of reviewers.",
        "waivers": "Findings that were looked at and are accepted.",
    },
    "Event": {
        "id": _ID,
        "at": "When it happened, as far as that is known. Left out: unknown.",
        "latest": "The other end, where it happened at some time between `at` and this.",
        "until": "When it ended, where it lasted.",
        "about": _ABOUT,
        "margin": "How far off the time may be, such as 30s, 15m, 2h or 1d.",
        "zone": "The zone of a local `at`, where it is not the incident's.",
        "as_written": "The words of a document, where reading the time took a decision.",
        "recorded": "When it was written down.",
        "text": "What happened.",
        "milestones": "Which turning points of the incident this is.",
        "kind": "What sort of event it is.",
        "actor": "Who or what did it.",
        "links": "Addresses of graphs, tickets or messages.",
        "audience": _AUDIENCE,
    },
    "Impact": {
        "id": _ID,
        "what": "What was affected.",
        "amount": "How much of it.",
        "unit": "What the amount counts, such as requests or EUR.",
        "total": "The whole that the amount is a part of.",
        "about": _ABOUT,
        "audience": _AUDIENCE,
    },
    "Factor": {
        "id": _ID,
        "text": "What made it possible, more likely, longer or worse.",
        "kind": "What sort of factor it is, by the team's own list.",
        "links": "Addresses of what shows it.",
    },
    "Action": {
        "id": _ID,
        "text": "What is to be done.",
        "owner": "Who does it.",
        "due": "The day it is to be done by.",
        "type": "What it is for.",
        "priority": "How much it matters.",
        "status": "How far it is: open, in-progress, done or dropped.",
        "link": "Its ticket.",
    },
    "Stated": {
        "id": "Short and never used again; may be left out.",
        "what": "What is claimed: duration, start, end, or the id of a metric or a milestone.",
        "value": "The words as they stand.",
        "where": "The place in the document.",
        "line": "Its line in the document.",
        "minutes": "What the words read as, for a length.",
        "at": "What the words read as, for a time.",
        "about": _ABOUT,
    },
    "OtherSection": {
        "id": _ID,
        "heading": "Its heading.",
        "after": "The key or id of the section that it follows.",
        "body": "Its text, as Markdown.",
    },
    "Comment": {
        "id": _ID,
        "on": "What it is about, such as events/k7q2 or sections/summary.",
        "author": "Who wrote it.",
        "at": "When it was written.",
        "edited": "When its words were last changed.",
        "text": "What it says.",
        "quote": "The words it is about.",
        "question": "The question of the review script that it answers.",
        "reply_to": "The id of the comment it answers.",
        "resolved": "Whether it is settled.",
    },
    "Review": {
        "id": _ID,
        "reviewer": "Who reviewed it.",
        "at": "When.",
        "verdict": "approve, changes or withdrawn; forced for a step that was forced. Empty: asked for.",
        "summary": "Why.",
        "content": "The hash of the content that was reviewed.",
    },
    "Waiver": {
        "rule": "The id of the check, such as T09.",
        "where": "The place of the finding. Empty: everywhere.",
        "reason": "Why it is accepted.",
        "by": "Who accepted it.",
        "at": "When.",
    },
}
"""What each key means, by model. Those of `[sections]` are in `schemas.sections`."""

_EXAMPLES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("Incident", "status"): STATUSES,
    ("Incident", "severity"): SEVERITIES,
    ("Event", "milestones"): MILESTONES,
    ("Event", "kind"): KINDS,
    ("Event", "margin"): ("30s", "15m", "2h", "1d"),
    ("Event", "audience"): ("internal", "external"),
    ("Impact", "audience"): ("internal", "external"),
    ("Action", "type"): ACTION_TYPES,
    ("Action", "priority"): PRIORITIES,
    ("Action", "status"): ACTION_STATUSES,
    ("Review", "verdict"): ("approve", "changes", "withdrawn", "forced"),
    ("Stated", "what"): ("duration", "start", "end", *MILESTONES),
}

_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK: Final = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"

_MOMENT: Final[dict[str, Any]] = {
    "description": "A time as far as it is known, written without quotes; left out where nothing is known.",
    "type": "string",
    "anyOf": [
        {
            "title": "Offset date-time",
            "description": "The instant: 2024-05-02T09:00:00+03:00",
            "format": "date-time",
            "pattern": f"^{_DAY}[Tt ]{_CLOCK}([Zz]|[+-][0-9]{{2}}:[0-9]{{2}})$",
        },
        {
            "title": "Local date-time",
            "description": "The clock on the wall, in the zone of the incident: 2024-05-02T09:00:00",
            "pattern": f"^{_DAY}[Tt ]{_CLOCK}$",
        },
        {
            "title": "Local date",
            "description": "Only the day is known: 2024-05-02",
            "format": "date",
            "pattern": f"^{_DAY}$",
        },
        {
            "title": "Local time",
            "description": "Only the clock is known: 09:00:00",
            "pattern": f"^{_CLOCK}$",
        },
    ],
}

_SHAPES: Final[dict[Shape, dict[str, Any]]] = {
    "text": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "moment": {"$ref": "#/$defs/Moment"},
    "day": {"type": "string", "format": "date", "pattern": f"^{_DAY}$"},
    "flag": {"type": "boolean"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
}


def generate() -> dict[str, Any]:
    """The schema, in Draft 2020-12. TOML's dates and times are strings to it, as editors hand them over."""
    models: tuple[type[Model], ...] = (Sections, *ITEM_MODELS.values())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Incident postmortem",
        **_table(Incident),
        "$defs": {"Moment": _MOMENT, **{model.__name__: _table(model) for model in models}},
    }


def text() -> str:
    """The schema as JSON, the same bytes each time."""
    return json.dumps(generate(), indent=2, ensure_ascii=False) + "\n"


def _table(model: type[Model]) -> dict[str, Any]:
    table: dict[str, Any] = {
        "description": (inspect.getdoc(model) or "").partition("\n\n")[0].replace("\n", " "),
        "type": "object",
        "properties": {name: _property(model, name) for name in model.model_fields},
        "additionalProperties": True,
    }
    # A missing id is given on loading.
    if required := [name for name, field in model.model_fields.items() if field.is_required() and name != "id"]:
        table["required"] = required
    return table


def _property(model: type[Model], name: str) -> dict[str, Any]:
    described = {"description": _description(model, name)}
    shape = shape_of(model, name)
    if shape == "tables":
        return {**described, "type": "array", "items": {"$ref": f"#/$defs/{ITEM_MODELS[name].__name__}"}}
    if shape == "table":
        return {**described, "$ref": "#/$defs/Sections"}
    found = {**described, **_SHAPES[shape]}
    if examples := _EXAMPLES.get((model.__name__, name)):
        if shape == "texts":
            found["items"] = {**found["items"], "examples": list(examples)}
        else:
            found["examples"] = list(examples)
    default = model.model_fields[name].default
    if isinstance(default, str | bool) and default:
        found["default"] = default
    return {**found, "default": FORMAT} if name == "format" else found


def _description(model: type[Model], name: str) -> str:
    if model is Sections:
        return f"{BY_KEY[name].heading}: {BY_KEY[name].prompt}"
    return DESCRIPTIONS[model.__name__][name]


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
