"""Small incidents for the tests of the checks, and what the checks say of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schemas import metrics, timeline
from schemas.checks import RULES, Facts, Finding, check, run
from schemas.incident import Event, Incident, Sections, Stated

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
"""The moment at which everything is checked; the stories take place in May 2024."""


def found(incident: Incident, rule: str, now: datetime = NOW) -> list[Finding]:
    """What one rule says of an incident."""
    story = timeline.build(incident)
    return list(RULES[rule].check(Facts(incident, story, metrics.measure(story), now)))


def only(incident: Incident, rule: str, now: datetime = NOW) -> Finding:
    """The one finding of a rule."""
    (finding,) = found(incident, rule, now)
    return finding


def all_rules(incident: Incident, now: datetime = NOW) -> list[str]:
    """The ids of the rules that find something."""
    return [finding.rule for finding in check(incident, now).findings]


def fixed(incident: Incident, rule: str, now: datetime = NOW) -> Incident:
    """The incident after the fix of the rule's first finding."""
    fix = found(incident, rule, now)[0].fix
    assert fix is not None
    return fix.edit(incident)


def at(clock: str, day: str = "2024-05-02", offset: str = "+00:00") -> datetime:
    """An instant of the day on which the stories take place; without an offset the wall clock."""
    return datetime.fromisoformat(f"{day}T{clock}{offset}")


def wall(clock: str, day: str = "2024-05-02") -> datetime:
    """A wall clock without an offset."""
    return at(clock, day, "")


def event(event_id: str, when: Any = None, *marks: str, **fields: Any) -> Event:
    """An event with some milestones; its text is its id unless another is given."""
    return Event.model_validate({"id": event_id, "at": when, "milestones": list(marks), "text": event_id, **fields})


def incident(*events: Event, **fields: Any) -> Incident:
    """An incident in UTC with some events; `sections` may be given as a dict."""
    known = {"title": "Checkout down", "zone": "UTC", "events": events, **fields}
    if isinstance(known.get("sections"), dict):
        known["sections"] = Sections.model_validate(known["sections"])
    return Incident.model_validate(known)


def story(**times: str) -> Incident:
    """An incident whose events are milestones by name (`impact_start="09:00"`), all on one day."""
    named = [(name.replace("_", "-"), clock) for name, clock in times.items()]
    return incident(*(event(name, at(clock), name) for name, clock in named))


def stated(what: str, value: str = "", **fields: Any) -> Stated:
    """A claim of the document, in its header."""
    return Stated.model_validate({"id": "s", "what": what, "value": value, "where": "header", **fields})


def ran(incident: Incident, now: datetime = NOW) -> list[Finding]:
    """All findings, from facts built anew."""
    story = timeline.build(incident)
    return list(run(Facts(incident, story, metrics.measure(story), now)).findings)
