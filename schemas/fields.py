"""Every field that a person can fill in: its label, what belongs there, and how its text becomes a value.

Forms and the command line use the same table, so that an entry is judged the same wherever it is made. An empty text
is the model's default. `spec.parse(spec.format(value)) == value` for every value that `parse` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from schemas import field_times as times
from schemas import field_values as values
from schemas import incident as models
from schemas import zones
from schemas.field_spec import NEEDED, Choices, FieldSpec, Reader, Writer
from schemas.incident import ACTION_STATUSES, ACTION_TYPES, KINDS, MILESTONES, PRIORITIES, SEVERITIES, Model
from schemas.readings import Context
from schemas.sections import STATUSES

_MODELS: Final[dict[str, type[Model]]] = {
    "incident": models.Incident, "event": models.Event, "impact": models.Impact, "factor": models.Factor,
    "action": models.Action, "stated": models.Stated, "comment": models.Comment,
    "other_section": models.OtherSection,
}  # fmt: skip

_STATED_PARTS: Final = {"stated.start": "at", "stated.end": "at", "stated.duration": "minutes"}


def _flag(value: bool) -> str:
    return "yes" if value else ""


def _stated_length(value: dict[str, Any]) -> str:
    return ("about " if value["about"] else "") + values.minutes_text(value["minutes"])


def _day(value: date | None, _context: Context) -> str:
    return value.isoformat() if value is not None else ""


def _stated_time(value: dict[str, Any], context: Context) -> str:
    return ("~" if value["about"] else "") + times.moment_text(value["at"], context)


def _default(key: str) -> Any:
    model, _, name = key.partition(".")
    if key in _STATED_PARTS:
        return {_STATED_PARTS[key]: None, "about": False}
    field = _MODELS[model].model_fields[name]
    return NEEDED if field.is_required() else field.get_default(call_default_factory=True)


def _field(
    key: str,
    label: str,
    hint: str,
    read: Callable[[str], Any] = values.line,
    write: Callable[[Any], str] = str,
    choices: tuple[str, ...] | Choices | None = None,
) -> FieldSpec:
    """A field whose text means the same everywhere."""
    offered = (lambda: choices) if isinstance(choices, tuple) else choices
    return FieldSpec(
        key, label, hint, lambda text, _: read(text), lambda value, _: write(value), _default(key), offered
    )


def _time(key: str, label: str, hint: str, read: Reader = times.moment, write: Writer = times.moment_text) -> FieldSpec:
    """A field whose text leaves something to the context."""
    return FieldSpec(key, label, hint, read, write, _default(key), None)


def _table(specs: Iterable[FieldSpec]) -> dict[str, FieldSpec]:
    return {spec.key: spec for spec in specs}


_STATUS_WORDS: Final = {"review": "in-review", "reviewing": "in-review"}
_ACTION_STATUS_WORDS: Final = {
    "todo": "open", "to-do": "open", "wip": "in-progress", "started": "in-progress", "closed": "done",
    "fixed": "done", "wontfix": "dropped", "won't-fix": "dropped",
}  # fmt: skip
_TYPE_WORDS: Final = {"prevention": "prevent", "mitigation": "mitigate", "detection": "detect", "fix": "repair"}
_PRIORITY_WORDS: Final = {priority[1:]: priority for priority in PRIORITIES}
_AUDIENCES: Final = ("internal", "external")
_FLAGS: Final = ("yes", "no")

_TIME_HELP: Final = "14:05, 2:05 pm, 2024-05-02 14:05, 14:05 UTC or +15m; empty if it is not known."

FIELDS: Final[dict[str, FieldSpec]] = _table(
    (
        _field("incident.title", "Title", "What happened, in one line that a stranger understands."),
        _field(
            "incident.status",
            "Status",
            "How far the postmortem is.",
            values.one_of(STATUSES, _STATUS_WORDS, what="status"),
            choices=STATUSES,
        ),
        _field("incident.severity", "Severity", "SEV0 is the worst.", values.severity(SEVERITIES), choices=SEVERITIES),
        _field(
            "incident.zone",
            "Time zone",
            "Times without an offset are read in it, such as Africa/Nairobi.",
            values.zone,
            choices=zones.zone_names,
        ),
        _field("incident.owner", "Owner", "Who sees to it that this postmortem gets done: one person or team."),
        _field(
            "incident.authors",
            "Authors",
            "Who writes it, with commas between the names.",
            values.names,
            values.names_text,
        ),
        _field(
            "incident.services", "Services", "What was affected, with commas between.", values.names, values.names_text
        ),
        _field("incident.tags", "Tags", "Words to find it by, with commas between.", values.names, values.names_text),
        _time("event.at", "Time", _TIME_HELP),
        _field("event.text", "What happened", "What people saw and did, as they knew it then.", values.prose),
        _field(
            "event.milestones",
            "Milestones",
            "Turning points that this event is, with commas between.",
            values.milestones,
            ", ".join,
            MILESTONES,
        ),
        _field("event.kind", "Kind", "What sort of event this is.", values.kind, choices=KINDS),
        _field("event.actor", "Who", "The person, team or system that did it."),
        _time("event.until", "Until", "When it ended, if it lasted.", times.end),
        _time("event.latest", "Latest", "The later end, if it happened at some time between the two.", times.end),
        _field("event.about", "About", "Whether the time is approximate.", values.flag, _flag, _FLAGS),
        _field("event.margin", "Margin", "How far an approximate time may be off, such as 15m.", values.margin),
        _field("event.zone", "Time zone", "Only if it is not the incident's.", values.zone, choices=zones.zone_names),
        _field("event.links", "Links", "Evidence: addresses or tickets, with spaces between.", values.links, " ".join),
        _field(
            "event.audience",
            "Audience",
            "internal keeps it out of what is published.",
            values.one_of(_AUDIENCES, what="audience"),
            choices=_AUDIENCES,
        ),
        _time("event.recorded", "Recorded", "When it was written down."),
        _field("event.as_written", "As written", "The words of the source, where reading the time took a decision."),
        _field("impact.what", "What was affected", "Who or what, and how it showed.", values.prose),
        _field("impact.amount", "Amount", "A number, such as 1,234 or 75%.", values.number, values.number_text),
        _field("impact.unit", "Unit", "What the number counts: users, requests, %."),
        _field(
            "impact.total",
            "Of a total of",
            "The whole that the number is a part of.",
            values.number,
            values.number_text,
        ),
        _field("impact.about", "About", "Whether the number is an estimate.", values.flag, _flag, _FLAGS),
        _field(
            "impact.audience",
            "Audience",
            "internal keeps it out of what is published.",
            values.one_of(_AUDIENCES, what="audience"),
            choices=_AUDIENCES,
        ),
        _field(
            "factor.text", "Contributing factor", "What made it possible, more likely, longer or worse.", values.prose
        ),
        _field("factor.kind", "Kind", "A word to group factors by, such as change, capacity or process."),
        _field("factor.links", "Links", "Addresses or tickets, with spaces between.", values.links, " ".join),
        _field("action.text", "Action", "What will be done, so that one can tell when it is done.", values.prose),
        _field("action.owner", "Owner", "One person or team that has taken it on."),
        _time("action.due", "Due", "A day: 2024-05-31, July 31, +14d or next friday.", times.due, _day),
        _field(
            "action.type",
            "Type",
            "What it is good for.",
            values.one_of(ACTION_TYPES, _TYPE_WORDS, what="type of action"),
            choices=ACTION_TYPES,
        ),
        _field(
            "action.priority",
            "Priority",
            "P0 comes first.",
            values.one_of(PRIORITIES, _PRIORITY_WORDS, what="priority"),
            choices=PRIORITIES,
        ),
        _field(
            "action.status",
            "Status",
            "How far it is.",
            values.one_of(ACTION_STATUSES, _ACTION_STATUS_WORDS, what="status of an action"),
            choices=ACTION_STATUSES,
        ),
        _field("action.link", "Link", "Where it is tracked: an address or a ticket such as OPS-123.", values.link),
        _time(
            "stated.start",
            "Stated start",
            "The start as the document has it, apart from the timeline.",
            times.stated_start,
            _stated_time,
        ),
        _time(
            "stated.end",
            "Stated end",
            "The end as the document has it, apart from the timeline.",
            times.stated_end,
            _stated_time,
        ),
        _field(
            "stated.duration",
            "Stated length",
            "The length as the document has it: 4 hours, about 2h 30m.",
            values.stated_length,
            _stated_length,
        ),
        _field(
            "stated.what",
            "What is stated",
            "duration, start, end, or the name of a metric or milestone.",
            choices=("duration", "start", "end", *MILESTONES),
        ),
        _field("stated.value", "As written", "The words as they stand in the document."),
        _field("stated.where", "Where", "The place in the document, such as header or summary."),
        _field(
            "stated.minutes",
            "Length",
            "What the words come to: 4h 30m, 90 minutes.",
            values.minutes,
            values.minutes_text,
        ),
        _time("stated.at", "Time", _TIME_HELP),
        _field("stated.about", "About", "Whether the document says about.", values.flag, _flag, _FLAGS),
        _field("comment.author", "Author", "Who says it."),
        _field("comment.text", "Comment", "What there is to say.", values.prose),
        _field("other_section.heading", "Heading", "The heading of the section, in one line."),
    )
)
"""All fields by name."""
