"""Faults in how the document is handled: whose it is, where it stands, who has approved it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from schemas import edits
from schemas.checks.actions import nobody, not_one_person
from schemas.checks.naming import choices, counted, listed, place, quoted, same_word
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.stages import reached
from schemas.entries import Entry
from schemas.incident import Review
from schemas.likeness import name_key
from schemas.moments import DAY, instant, wall_clock
from schemas.sections import STATUSES
from schemas.timeline import Timeline
from schemas.verdicts import last_verdicts, verdict_of


@rule("P01", "still a draft after the deadline", "warning", "status", "severity", "timeline", "now", "policy")
def overdue_draft(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The incident was over longer ago than the team has agreed to take for writing it up."""
    incident = facts.incident
    if reached(incident.status, "in-review"):
        return
    days = facts.policy.deadline(incident.severity)
    over = ended(facts.timeline)
    if days is None or over is None:
        return
    age = (instant(facts.now, None) - over) // DAY
    if age >= days + 1:
        of = f" for {incident.severity}" if incident.severity and incident.severity in facts.policy.deadlines else ""
        due = wall_clock(over + days * DAY, facts.timeline.zone).date().isoformat()
        message = f"still a draft; it was due on {due}, {counted(days, 'day')} after the end as agreed{of}"
        yield this.finding("status", message, "Finish it and ask for a review: what people remember fades by the day.")


def ended(story: Timeline) -> int | None:
    """When the incident was over at the latest, in microseconds: resolved or recovered, else the last event.

    None where no time has a date.
    """
    for milestone in ("resolved", "recovered"):
        if milestone in story.reached and story.milestones[milestone].dated:
            return story.reached[milestone].latest
    return max(story.of_entries.gathered(_last_of_all), default=None)


def _last_of_all(entries: tuple[Entry, ...]) -> list[int]:
    """The end of the last entry that has a date, in microseconds; nothing where none has."""
    ends = [known.latest for each in entries if each.start and each.dated for known in (each.start, each.end) if known]
    return [max(ends)] if ends else []


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
    if approvals(incident.reviews):
        return
    message = f"the status is {incident.status}, but no reviewer has approved it"
    yield this.finding("status", message, "Ask for a review, or set the status back to in-review.")


def approvals(reviews: Sequence[Review]) -> tuple[Review, ...]:
    """The last words of reviewers that approve."""
    return tuple(each for each in last_verdicts(reviews) if verdict_of(each) == "approve")


@rule("P04", "approved by those who wrote it", "info", "owner", "authors", "reviews")
def own_reviewers(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A reviewer is the owner or an author, and knows already what a reader has to find out."""
    incident = facts.incident
    writers = {name_key(name) for name in (incident.owner, *incident.authors)} - {""}
    own = [review for review in approvals(incident.reviews) if name_key(review.reviewer) in writers]
    if own:
        names = listed([quoted(review.reviewer) for review in own])
        others = len(approvals(incident.reviews)) > len(own)
        message = f"{names} approved what they wrote or own"
        hint = "Others approved it as well: waive this, or drop it." if others else "Ask somebody who did not write it."
        where = place("reviews", own[0].id) if len(own) == 1 else "reviews"
        yield this.finding(where, message, hint)


@rule("P05", "nobody is asked to approve", "info", "status", "reviews")
def unasked(this: Rule, facts: Facts) -> Iterator[Finding]:
    """It is in review, and no reviewer is named."""
    incident = facts.incident
    if incident.status != "in-review" or any(review.reviewer.strip() for review in incident.reviews):
        return
    message = "the status is in-review, but no reviewer is named"
    yield this.finding("status", message, "Name who is to read and approve it, and who else should get it.")
