"""The steps of a document from draft to published, what stands in the way of each, and taking it.

Going back is always free. Going forward past several steps asks for what each of them asks for. A step can be forced
with a reason, which is kept among the reviews.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from schemas import checks, edits
from schemas.checks import Report
from schemas.comments import open_threads
from schemas.incident import Incident, Review
from schemas.moments import When
from schemas.neighbours import Neighbour
from schemas.policy import DEFAULT, Policy
from schemas.sections import STATUSES
from schemas.text import first_line, shorten
from schemas.verdicts import forced_entry, standing

STEPS: Final = STATUSES
"""The life of a document, in order."""

Kind = Literal["error", "comment", "changes", "approval"]

_TOLD_BY_GATES: Final = frozenset({"P03", "P08", "P09"})
"""Checks of the status and of approvals: a gate says the same in its own words."""

_WIDTH: Final = 60


class Obstacle(Struct, frozen=True):
    """Something that stands in the way of a step: a place in the document, what is wrong and what to do about it."""

    kind: Kind
    where: str
    message: str
    hint: str


class Stopped(Exception):
    """A step that was not taken, with what stands in its way in `obstacles`."""

    def __init__(self, to: str, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__(f"{len(obstacles)} in the way of {to}")
        self.to = to
        self.obstacles = obstacles


def level(status: str) -> int:
    """How far a status is; one that nothing knows is a draft."""
    return STEPS.index(status) if status in STEPS else 0


def steps_from(status: str) -> tuple[str, ...]:
    """Where a document can go from a status: on first, then back, the nearest first."""
    at = level(status)
    known = () if status in STEPS else (STEPS[0],)
    return (*STEPS[at + 1 : at + 2], *known, *STEPS[:at][::-1])


def report_for(
    incident: Incident, to: str, now: datetime, policy: Policy = DEFAULT, neighbours: Sequence[Neighbour] = ()
) -> Report:
    """What the checks would say if the document had a status already: some ask for more the further it is."""
    return checks.check(edits.set_field(incident, "status", to), now, policy, neighbours)


def obstacles(incident: Incident, report: Report, to: str) -> tuple[Obstacle, ...]:
    """What stands in the way of a step; nothing on the way back. `report` is that of `report_for` with the same `to`.

    In review: no errors. Approved: also no open comments, nobody who asks for changes, and an approval of this very
    content by somebody who did not write it. Published: that approval still holds.

    Raises:
        ValueError: there is no such status.
    """
    if to not in STEPS:
        raise ValueError(to)
    goal, at = STEPS.index(to), level(incident.status)
    if goal <= at:
        return ()
    found = [*_errors(report, to)]
    approved = STEPS.index("approved")
    if goal >= approved:
        if at < approved:
            found += _open_comments(incident)
        found += _approvals(incident)
    return tuple(found)


def advance(
    incident: Incident,
    to: str,
    *,
    by: str,
    at: When | None,
    reason: str = "",
    review_id: str = "",
    found: tuple[Obstacle, ...] = (),
) -> Incident:
    """Take a step. `found` is what stands in its way, as `obstacles` says.

    With anything in the way it takes a reason, which is kept with who gave it (`by`) among the reviews, under
    `review_id` (from `schemas.ids.remark_id`).

    Raises:
        Stopped: something stands in the way, and no reason is given.
        ValueError: there is no such status; or a step is forced without an id for the entry that says so.
    """
    if to not in STEPS:
        raise ValueError(to)
    if not found:
        return edits.set_field(incident, "status", to)
    if not reason.strip():
        raise Stopped(to, found)
    if not review_id:
        raise ValueError("review_id")
    kept = forced_entry(incident, review_id=review_id, by=by, at=at, reason=reason)
    return edits.set_field(kept, "status", to)


def _errors(report: Report, to: str) -> Iterator[Obstacle]:
    for finding in report.active():
        if finding.severity == "error" and finding.rule not in _TOLD_BY_GATES:
            hint = finding.hint or f"Mend it before the document is {_in_words(to)}."
            yield Obstacle("error", finding.where, f"{finding.rule}: {finding.message}", hint)


def _in_words(status: str) -> str:
    return status.replace("-", " ")


def _open_comments(incident: Incident) -> Iterator[Obstacle]:
    for thread in open_threads(incident):
        who = f"{thread.root.author}: " if thread.root.author else ""
        words = shorten(first_line(thread.root.text) or first_line(thread.root.quote), _WIDTH)
        message = f"an open comment, {who}“{words}”"
        yield Obstacle("comment", f"comments/{thread.id}", message, "Answer it and resolve it.")


def _approvals(incident: Incident) -> Iterator[Obstacle]:
    now = standing(incident)
    for review in now.changes:
        message = f"{_who(review)} asks for changes"
        words = shorten(first_line(review.summary), _WIDTH)
        hint = "Make them and ask for another look; a later verdict of the same reviewer settles it."
        yield Obstacle("changes", f"reviews/{review.id}", f"{message}: {words}" if words else message, hint)
    if now.approved:
        return
    for review in now.outdated:
        message = f"what {_who(review)} approved was changed since"
        yield Obstacle("approval", f"reviews/{review.id}", message, "Ask for another look, or take the change back.")
    for review in now.unbound:
        message = f"the approval of {_who(review)} does not say of which content"
        hint = "Have the verdict given with `postmortem review`, which keeps that with it."
        yield Obstacle("approval", f"reviews/{review.id}", message, hint)
    for review in now.own:
        message = f"{_who(review)} approved what they wrote or own"
        yield Obstacle("approval", f"reviews/{review.id}", message, "Ask somebody who did not write it.")
    if not (now.outdated or now.unbound or now.own):
        names = ", ".join(_who(review) for review in now.asked)
        hint = f"Asked: {names}." if names else "Ask somebody who did not write it for a review."
        yield Obstacle("approval", "reviews", "nobody has approved it yet", hint)


def _who(review: Review) -> str:
    return review.reviewer.strip() or "somebody"
