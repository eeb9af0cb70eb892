"""Approvals of a content that is not the one that stands there now."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from schemas.checks.naming import listed, moment_text, place, quoted
from schemas.checks.process import approvals
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.stages import reached
from schemas.incident import Review
from schemas.sign_off import CONTENT, is_hash, signs
from schemas.verdicts import content_of


@rule("P03", "changed after it was approved", "error", "status", "reviews", *CONTENT)
def changed_since(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A reviewer signed another content than the one that is there, and did not look again."""
    incident = facts.incident
    approved = approvals(incident.reviews)
    signed = [review for review in approved if is_hash(review.content)]
    if not signed:
        return
    stale = [review for review in signed if not signs(review.content, content_of(incident))]
    if not stale:
        return
    message = f"changed since {listed([_signature(review) for review in stale])} approved it"
    where = place("reviews", stale[0].id) if len(stale) == 1 else "reviews"
    finding = this.finding(where, message, "Ask for another look, or take the change back.")
    if not reached(incident.status, "approved"):
        yield replace(finding, severity="info")
    elif len(stale) < len(signed):
        # Somebody has seen it as it is now.
        yield replace(finding, severity="warning")
    else:
        yield finding


def _signature(review: Review) -> str:
    who = quoted(review.reviewer) if review.reviewer.strip() else "somebody"
    return f"{who} on {moment_text(review.at)[:10]}" if review.at is not None else who
