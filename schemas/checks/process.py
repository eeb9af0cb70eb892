"""Faults in how the document is handled: whose it is, where it stands, who has approved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schemas import edits
from schemas.checks.actions import nobody, not_one_person
from schemas.checks.naming import choices, quoted, same_word
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.stages import reached
from schemas.sections import STATUSES


@rule("P02", "no single owner of the document", "warning", "owner", "status")
def document_owner(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Nobody, or more than one, sees the postmortem through."""
    owner = facts.incident.owner
    hint = "Name one person who sees the document through; the others are its authors."
    if nobody(owner):
        finding = this.finding("owner", "the document has no owner", hint)
    elif not_one_person(owner):
        finding = this.finding("owner", f"the owner {quoted(owner)} is not one person", hint)
    else:
        return
    yield finding if reached(facts.incident.status, "in-review") else replace(finding, severity="info")


@rule("P08", "unknown status", "error", "status")
def unknown_status(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A status that nothing knows is treated as a draft, and asks for too little."""
    status = facts.incident.status
    if status in STATUSES:
        return
    right = same_word(status, STATUSES)
    fix = Fix(f"write {right}", lambda incident: edits.set_field(incident, "status", right)) if right else None
    message = f"the status {quoted(status)} is not known" if status.strip() else "the status is not set"
    yield this.finding("status", message, f"Write {right}." if right else f"Use {choices(STATUSES)}.", fix)


@rule("P09", "approved by nobody", "warning", "status", "reviews")
def unapproved(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The status says that it was approved, but no review does."""
    incident = facts.incident
    if not reached(incident.status, "approved"):
        return
    verdicts = {review.reviewer.strip().casefold(): review.verdict.strip().casefold() for review in incident.reviews}
    if any(verdict in ("approve", "approved") for verdict in verdicts.values()):
        return
    message = f"the status is {incident.status}, but no reviewer has approved it"
    yield this.finding("status", message, "Ask for a review, or set the status back to in-review.")
