"""Faults in what the postmortem tells: parts that are missing, and a severity that nothing knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from schemas import edits
from schemas.checks.naming import choices, place, quoted
from schemas.checks.prose import unwritten
from schemas.checks.registry import Facts, Finding, Fix, Rule, Severity, rule
from schemas.checks.stages import reached
from schemas.incident import SEVERITIES, Incident
from schemas.patterns import late
from schemas.sections import BY_KEY, SECTION_KEYS

_NO_TITLES: Final = frozenset({"untitled", "untitled incident", "new incident"})


@rule(
    "C01", "required part is missing", "error", "status", "severity", "title", "sections", "impacts", "timeline",
    "policy",
)  # fmt: skip
def required_parts(this: Rule, facts: Facts) -> Iterator[Finding]:
    """What a postmortem of this status has to have: a title, certain sections, and from review on a timeline."""
    incident = facts.incident
    if unwritten(incident.title) or incident.title.strip().casefold() in _NO_TITLES:
        yield this.finding("title", "the incident has no title", "Say in one line what broke and for whom.")
    asked = facts.policy.required_sections(incident.status, incident.severity)
    for key in SECTION_KEYS:
        # Causes may be told as contributing factors: C05 looks at both.
        if key == "root_cause" or key not in asked:
            continue
        if key == "impact" and any(not unwritten(impact.what) for impact in incident.impacts):
            continue
        body = incident.sections.get(key)
        if unwritten(body, key):
            section = BY_KEY[key]
            state = "holds only placeholders" if body.strip() else "is empty"
            message = f'"{section.heading}" {state}'
            if section.required_from != "draft":
                message += f", but the status is {incident.status}"
            yield this.finding(place("sections", key), message, section.prompt)
    if not facts.timeline.entries and reached(incident.status, "in-review"):
        message = f"the timeline is empty, but the status is {incident.status}"
        yield this.finding("events", message, "Add what happened and when, from the first sign to the end.")


@rule(
    "C04", "how it was noticed is not told", "warning", "status", "severity", "sections", "timeline", "policy"
)  # fmt: skip
def no_detection(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Neither a section nor an event says what or who noticed the incident."""
    incident = facts.incident
    if not reached(incident.status, "in-review"):
        return
    # Where the section is required, C01 speaks of it.
    if "detection" in facts.policy.required_sections(incident.status, incident.severity):
        return
    if not unwritten(incident.sections.detection, "detection"):
        return
    detected = facts.timeline.milestones.get("detected")
    if detected is None or unwritten(detected.event.text):
        yield this.finding(
            "sections/detection", "nothing says how the incident was noticed", BY_KEY["detection"].prompt
        )


@rule(
    "C11", "nothing on what went well, poorly or by luck", "warning", "status", "severity", "sections", "policy"
)  # fmt: skip
def no_hindsight(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The three sections that help the next responders are all empty."""
    incident = facts.incident
    keys = ("went_well", "went_poorly", "lucky")
    if not reached(incident.status, "in-review"):
        return
    # Where they are required, C01 speaks of them.
    if set(keys) & set(facts.policy.required_sections(incident.status, incident.severity)):
        return
    if all(unwritten(incident.sections.get(key), key) for key in keys):
        message = "nothing says what went well, what went poorly or where you were lucky"
        yield this.finding("sections/went_well", message, "Write a line on each; the next responders live off it.")


_SEVERITY: Final = late(r"\s*sev(?:erity)?[\s\-_:]*([0-5])\s*", re.IGNORECASE)


@rule("C13", "severity unknown or not set", "error", "severity", "status")
def severity(this: Rule, facts: Facts) -> Iterator[Finding]:
    """How bad it was is not said, or in a word that nothing knows."""
    written = facts.incident.severity
    hint = f"Use {choices(SEVERITIES)}."
    if not written.strip():
        level: Severity = "warning" if reached(facts.incident.status, "in-review") else "info"
        yield Finding(this.id, level, "severity", "the severity is not set", hint)
    elif written not in SEVERITIES:
        match = _SEVERITY.fullmatch(written)
        right = f"SEV{match[1]}" if match else ""
        fix = Fix(f"write {right}", lambda incident: _set_severity(incident, right)) if right else None
        message = f"the severity {quoted(written)} is not known"
        yield this.finding("severity", message, f"Write {right}." if right else hint, fix)


def _set_severity(incident: Incident, severity: str) -> Incident:
    return edits.set_field(incident, "severity", severity)
