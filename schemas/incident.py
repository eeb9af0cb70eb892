"""What an incident is: frozen models whose fields are the keys of the TOML file.

The models hold shape only. A value of the wrong type cannot enter; whatever is missing, doubtful or contradictory
can, and is told by the checks. Keys that are not known here are kept in the models (`extra="allow"`) and written
back. Text is made safe for a terminal as it enters (see `schemas.text`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from schemas import text
from schemas.moments import When

FORMAT: Final = 1
"""The version of the file format that this program writes."""

MILESTONES: Final = (
    "impact-start",
    "detected",
    "declared",
    "acknowledged",
    "mitigated",
    "recovered",
    "resolved",
    "closed",
)
"""The turning points of an incident in the order they are expected: when users began to be affected, when the team
knew, when it was declared an incident, when somebody took it on, when the worst was over, when the impact was over,
when it was resolved, when the follow-up was done."""

KINDS: Final = (
    "alert", "action", "decision", "hypothesis", "false-lead", "communication", "change", "impact", "note",
)  # fmt: skip
"""What an event in the timeline is."""

SEVERITIES: Final = ("SEV0", "SEV1", "SEV2", "SEV3", "SEV4", "SEV5")
ACTION_TYPES: Final = ("prevent", "mitigate", "detect", "investigate", "repair", "process", "other")
ACTION_STATUSES: Final = ("open", "in-progress", "done", "dropped")
PRIORITIES: Final = ("P0", "P1", "P2", "P3", "P4")

Line = Annotated[str, AfterValidator(text.clean_line)]
Prose = Annotated[str, AfterValidator(text.clean_prose)]


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _writable(value: When | None) -> When | None:
    """A moment that TOML can write: offsets in whole minutes, clocks without a zone."""
    if isinstance(value, datetime) and (offset := value.utcoffset()) is not None:
        if offset % timedelta(minutes=1):
            try:
                value = value.astimezone(UTC)
            except OverflowError:
                raise ValueError("the offset from UTC has seconds, and in UTC the time leaves the calendar") from None
            offset = timedelta()
        return value.replace(tzinfo=_fixed(offset), fold=0)
    if isinstance(value, time):
        return value.replace(tzinfo=None, fold=0)
    return value.replace(fold=0) if isinstance(value, datetime) else value


@lru_cache(maxsize=64)
def _fixed(offset: timedelta) -> timezone:
    """One object for each offset: times that share theirs compare much faster."""
    return timezone(offset)


Moment = Annotated[datetime | date | time | None, AfterValidator(_writable)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_as_tuple)]


_RULES: Final = ConfigDict(strict=True, allow_inf_nan=False)


class Model(BaseModel):
    """The base of all models: frozen, strict about types, lenient about keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="allow", **_RULES)

    def changed(self, **changes: Any) -> Any:
        """A copy with some fields replaced, each validated; what did not change is shared, not copied.

        Raises:
            pydantic.ValidationError: a value has the wrong shape.
            KeyError: there is no such field.
        """
        if unknown := changes.keys() - type(self).model_fields.keys():
            raise KeyError(", ".join(sorted(unknown)))
        fresh = {name: _adapter(type(self), name).validate_python(value) for name, value in changes.items()}
        return self.model_copy(update=fresh)


@lru_cache(maxsize=256)
def _adapter(model: type[Model], name: str) -> Any:
    """A validator for one field by the model's own rules; a field that is a model itself brings its own."""
    kind = model.model_fields[name].rebuild_annotation()
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return TypeAdapter(kind)
    return TypeAdapter(kind, config=_RULES)


class Event(Model):
    """Something that happened, as far as its time is known (see "Moments in TOML" in the file format's description).

    `at` is the time; with `latest` the event lies between the two; `until` says how long it lasted; `about` or
    `margin` (`15m`) that the time is approximate; `as_written` keeps the words of a document where reading them took
    a decision; `recorded` is when it was written down; `zone` applies to a local `at` where it is not the incident's.
    """

    id: Line
    at: Moment = None
    latest: Moment = None
    until: Moment = None
    about: bool = False
    margin: Line = ""
    zone: Line = ""
    as_written: Line = ""
    recorded: Moment = None
    text: Prose = ""
    milestones: Lines = ()
    kind: Line = ""
    actor: Line = ""
    links: Lines = ()
    audience: Line = ""


class Impact(Model):
    """What was affected and by how much: `amount` in `unit`, of `total` where the whole is known."""

    id: Line
    what: Prose = ""
    amount: int | float | None = None
    unit: Line = ""
    total: int | float | None = None
    about: bool = False
    audience: Line = ""


class Factor(Model):
    """Something that made the incident possible, more likely, longer or worse."""

    id: Line
    text: Prose = ""
    kind: Line = ""
    links: Lines = ()


class Action(Model):
    """Something to be done because of the incident. `due` is a day; the rest is named in the lists above."""

    id: Line
    text: Prose = ""
    owner: Line = ""
    due: date | None = None
    type: Line = ""
    priority: Line = ""
    status: Line = "open"
    link: Line = ""


class Stated(Model):
    """A length or time that the document claims, kept apart from what the timeline says.

    `what` is `duration`, `start`, `end`, or the id of a metric or milestone; `value` the words as they stand; `where`
    and `line` the place; `minutes` or `at` what the words read as.
    """

    id: Line = ""
    what: Line
    value: Line = ""
    where: Line = ""
    line: int | None = None
    minutes: int | float | None = None
    at: Moment = None
    about: bool = False


class OtherSection(Model):
    """A section whose heading is not a canonical one. `after` is the key or id of the section it follows, if any."""

    id: Line
    heading: Line
    after: Line = ""
    body: Prose = ""


class Comment(Model):
    """A remark. `on` is a place such as `events/k7q2` or `sections/summary`; `quote` the words it is about.

    `question` is the id of the question of the review script that it answers, `edited` when its words were changed.
    """

    id: Line
    on: Line = ""
    author: Line = ""
    at: Moment = None
    edited: Moment = None
    text: Prose = ""
    quote: Prose = ""
    question: Line = ""
    reply_to: Line = ""
    resolved: bool = False


class Review(Model):
    """A reviewer's verdict on the content that has this hash: `approve`, `changes`, or `withdrawn`.

    Without a verdict somebody is asked for one; `forced` is a step that was taken against what stood in its way.
    """

    id: Line
    reviewer: Line = ""
    at: Moment = None
    verdict: Line = ""
    summary: Prose = ""
    content: Line = ""


class Waiver(Model):
    """A finding that was looked at and is accepted: its rule, its place (empty: everywhere) and why."""

    rule: Line
    where: Line = ""
    reason: Prose = ""
    by: Line = ""
    at: Moment = None


class Sections(Model):
    """The text of the canonical sections by key, empty where nothing was written (see `schemas.sections`)."""

    summary: Prose = ""
    background: Prose = ""
    impact: Prose = ""
    trigger: Prose = ""
    detection: Prose = ""
    response: Prose = ""
    root_cause: Prose = ""
    resolution: Prose = ""
    went_well: Prose = ""
    went_poorly: Prose = ""
    lucky: Prose = ""
    lessons: Prose = ""
    open_questions: Prose = ""
    supporting: Prose = ""

    def get(self, key: str) -> str:
        """The text of one section.

        Raises:
            KeyError: there is no such section.
        """
        # Unknown keys of the file are kept elsewhere, so this holds the canonical sections and nothing else.
        body: str = self.__dict__[key]
        return body


class Incident(Model):
    """One incident: the content of one TOML file. `zone` is an IANA name, or empty where none is known."""

    format: int = FORMAT
    title: Line = ""
    status: Line = "draft"
    severity: Line = ""
    zone: Line = ""
    owner: Line = ""
    authors: Lines = ()
    services: Lines = ()
    tags: Lines = ()
    sections: Sections = Field(default_factory=Sections)
    other_sections: Annotated[tuple[OtherSection, ...], BeforeValidator(_as_tuple)] = ()
    impacts: Annotated[tuple[Impact, ...], BeforeValidator(_as_tuple)] = ()
    factors: Annotated[tuple[Factor, ...], BeforeValidator(_as_tuple)] = ()
    events: Annotated[tuple[Event, ...], BeforeValidator(_as_tuple)] = ()
    stated: Annotated[tuple[Stated, ...], BeforeValidator(_as_tuple)] = ()
    actions: Annotated[tuple[Action, ...], BeforeValidator(_as_tuple)] = ()
    comments: Annotated[tuple[Comment, ...], BeforeValidator(_as_tuple)] = ()
    reviews: Annotated[tuple[Review, ...], BeforeValidator(_as_tuple)] = ()
    waivers: Annotated[tuple[Waiver, ...], BeforeValidator(_as_tuple)] = ()


ITEM_LISTS: Final = (
    "other_sections", "impacts", "factors", "events", "stated", "actions", "comments", "reviews", "waivers",
)  # fmt: skip
"""The fields of an incident that are lists of items, in the order of the file."""
