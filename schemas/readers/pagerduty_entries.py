"""PagerDuty's log entries as JSON: who was told, who took it, who passed it on, and when it was over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from schemas.readers.blocks import Line
from schemas.readers.source_records import Heard, Record
from schemas.readers.source_rows import only_offset
from schemas.readers.source_stamps import take_iso

_TYPE: Final = re.compile(r"([a-z_]+)_log_entry(?:_reference)?")
_WEBHOOK: Final = re.compile(r"incident\.([a-z_.]+)")
_KINDS: Final = {
    "trigger": "alert", "triggered": "alert", "notify": "communication", "acknowledge": "action",
    "acknowledged": "action", "unacknowledge": "action", "unacknowledged": "action", "assign": "action",
    "reassigned": "action", "delegate": "action", "delegated": "action", "escalate": "action", "escalated": "action",
    "resolve": "action", "resolved": "action", "reopened": "action", "annotate": "note", "annotated": "note",
    "snooze": "decision", "priority_change": "decision", "priority_updated": "decision", "urgency_change": "decision",
    "status_update": "communication", "status_update_published": "communication",
    "responder_request": "communication", "responder.added": "communication",
}  # fmt: skip
"""What each type of entry is; others have no kind."""

_MILESTONES: Final = {
    "trigger": "detected", "triggered": "detected", "acknowledge": "acknowledged", "acknowledged": "acknowledged",
    "resolve": "resolved", "resolved": "resolved",
}  # fmt: skip
_LAST: Final = frozenset({"resolved"})
"""Milestones that the last entry of their type reaches; the others are reached by the first."""


def is_log_entry(value: Mapping[str, Any]) -> bool:
    """Whether an object is a log entry of PagerDuty, or one of its webhooks."""
    return bool(_type_of(value)) and ("created_at" in value or "occurred_at" in _event(value))


def hear_pagerduty(entries: Sequence[tuple[Mapping[str, Any], tuple[int, ...]]]) -> Heard:
    """What log entries say, in the order of time."""
    heard = Heard("PagerDuty's log entries")
    left: list[Line] = []
    types: dict[int, str] = {}
    services: dict[str, None] = {}
    for value, lines in entries:
        event = _event(value)
        record, used = _record(event, lines)
        kind = _type_of(value)
        types[id(record)] = kind
        heard.records.append(record)
        title, service = _names(event)
        heard.title = heard.title or title
        if service:
            services[service] = None
        rest = [f"{name}={words}" for name, words in _leaves(value) if words not in used and words not in record.text]
        if rest:
            left.append(Line(lines[0], f"line {lines[0]}: {', '.join(rest)}"))
    heard.records.sort(key=_when)
    heard.services = tuple(services)
    heard.zone = only_offset(heard.records)
    _mark(heard.records, types)
    if left:
        heard.sections.append(("Other data of the entries", left))
    return heard


def _event(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The entry inside of a webhook, else the value itself."""
    inner = value.get("event")
    return inner if isinstance(inner, dict) and "event_type" in inner else value


def _type_of(value: Mapping[str, Any]) -> str:
    event = _event(value)
    found = _TYPE.fullmatch(str(event.get("type", "")))
    if found is None and "event_type" in event:
        found = _WEBHOOK.fullmatch(str(event["event_type"]))
    return found[1] if found is not None else ""


def _record(event: Mapping[str, Any], lines: tuple[int, ...]) -> tuple[Record, set[str]]:
    """An entry of the log, and the words that it took."""
    kind = _type_of(event)
    created = str(event.get("created_at") or event.get("occurred_at") or "")
    who = _said(event.get("agent"))
    texts = [text for text in (_words(event.get("summary")), _note(event)) if text]
    if kind == "notify" and (user := _said(event.get("user"))) and user not in " ".join(texts):
        texts.append(f"Notified: {user}")
    people = [name for each in _list(event.get("assignees")) if (name := _said(each))]
    if missing := [name for name in people if name not in " ".join(texts)]:
        texts.append(f"Assigned to: {', '.join(missing)}")
    if not texts:
        title = _said(event.get("data")) or _said(event.get("incident"))
        texts.append(f"{kind.replace('_', ' ').replace('.', ' ').capitalize()}{f': {title}' if title else ''}")
    record = Record(list(lines), None, who, list(dict.fromkeys(texts)))
    moment = take_iso(created)
    if moment is not None:
        record.fields["at"] = moment
    elif created:
        record.fields["as_written"] = created
    if kind in _KINDS:
        record.fields["kind"] = _KINDS[kind]
        record.why = {"kind": f"its type is {event.get('type') or event.get('event_type')}"}
    links = [link for link in (event.get("html_url"), _get(event.get("channel"), "html_url")) if isinstance(link, str)]
    if links := [link for link in links if link.startswith("http")]:
        record.fields["links"] = tuple(dict.fromkeys(links))
    used = {created, who, *links, str(event.get("type", "")), str(event.get("event_type", ""))}
    return record, used


def _note(event: Mapping[str, Any]) -> str:
    """What a person or a monitor wrote: the note, the alert's details, the update."""
    channel = event.get("channel")
    for holder, keys in (
        (channel, ("summary", "body", "description", "subject", "note", "content")),
        (event, ("note", "message")),
    ):
        for key in keys:
            words = _words(_get(holder, key))
            if words and words != _words(event.get("summary")):
                return words
    return ""


def _names(event: Mapping[str, Any]) -> tuple[str, str]:
    """The title of the incident and the service that an entry names."""
    data = event.get("data")
    incident = event.get("incident") or data
    title = _words(_get(incident, "title")) or _words(_get(incident, "summary"))
    return " ".join(title.split()), " ".join((_said(event.get("service")) or _said(_get(data, "service"))).split())


def _mark(records: Sequence[Record], types: Mapping[int, str]) -> None:
    """Set the milestones: the first alert, the first acknowledgement, the last resolution."""
    reached: dict[str, Record] = {}
    for record in records:
        name = _MILESTONES.get(types[id(record)], "")
        if name and (name in _LAST or name not in reached):
            reached[name] = record
    last = next(
        (record for record in reversed(records) if types[id(record)] in ("trigger", "triggered", "reopened")), None
    )
    resolved = reached.get("resolved")
    if last is not None and resolved is not None and records.index(last) > records.index(resolved):
        del reached["resolved"]
    for name, record in reached.items():
        record.fields["milestones"] = (name,)
        record.why = {**record.why, "milestones": f"its type is {types[id(record)]}"}


def _when(record: Record) -> tuple[bool, float]:
    at = record.fields.get("at")
    if at is None:
        return True, 0.0
    return False, at.timestamp() if at.tzinfo is not None else at.replace(tzinfo=None).timestamp()


def _leaves(value: Any, name: str = "") -> list[tuple[str, str]]:
    """All values inside of a value, each with its path."""
    found: list[tuple[str, str]] = []
    waiting = [(name, value)]
    while waiting:
        path, each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend((f"{path}.{key}" if path else str(key), inner) for key, inner in reversed(each.items()))
        elif isinstance(each, list):
            waiting.extend((f"{path}.{place}", inner) for place, inner in reversed(list(enumerate(each))))
        elif each not in (None, ""):
            found.append((path, " ".join(str(each).split())))
    return found


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _said(value: Any) -> str:
    """How an object is called: `summary`, else `name` or `title`."""
    for key in ("summary", "name", "title"):
        if words := _words(_get(value, key)):
            return " ".join(words.split())
    return ""


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
