"""Verdicts of reviewers: who approved this very content, whose word is of an older one, who asks for changes.

All entries of `[[reviews]]` are kept; what counts is each reviewer's last word. An entry without a verdict says that
somebody was asked, one with `forced` that a step was taken against what stood in its way (see `schemas.gates`).
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import is_
from typing import Final, Literal, get_args

from msgspec import Struct

from schemas import edits
from schemas.incident import Incident, Review
from schemas.likeness import name_key
from schemas.moments import When
from schemas.replies import when_key
from schemas.sign_off import CONTENT, content_hash, is_hash

Verdict = Literal["approve", "changes", "withdrawn"]

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
"""What a reviewer can say: approve, ask for changes, or take back what was said before."""

FORCED: Final = "forced"
"""What stands in place of a verdict where a step was taken although something stood in its way."""

ASKED: Final = ""
"""What stands there while somebody is asked and has not said anything yet."""

_OTHER_WORDS: Final = {"approved": "approve", "changes-requested": "changes", "request-changes": "changes"}


class Standing(Struct, frozen=True):
    """Where the review of a document stands, by each reviewer's last word.

    `content` is the hash of what the document tells now. `approved` have approved exactly that; so have `own`, who are
    its owner or authors and do not count. `outdated` approved an older content, `unbound` did so without saying which.
    `changes` ask for changes, be it of an older content. `asked` have said nothing since they were asked (the entries
    are those that ask), whatever they said before. `forced` are the steps that were forced.
    """

    content: str
    approved: tuple[Review, ...] = ()
    own: tuple[Review, ...] = ()
    outdated: tuple[Review, ...] = ()
    unbound: tuple[Review, ...] = ()
    changes: tuple[Review, ...] = ()
    asked: tuple[Review, ...] = ()
    forced: tuple[Review, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether somebody who did not write it approved this very content, and nobody asks for changes."""
        return bool(self.approved) and not self.changes


def give_verdict(
    incident: Incident, *, review_id: str, reviewer: str, at: When | None, verdict: str, summary: str = ""
) -> Incident:
    """Say what a reviewer thinks of the content as it is now. The id comes from `schemas.ids.remark_id`.

    Raises:
        ValueError: there is no such verdict.
    """
    if verdict not in VERDICTS:
        raise ValueError(verdict)
    return _with(incident, review_id, reviewer, at, verdict, summary)


def ask(incident: Incident, *, review_id: str, reviewer: str, at: When | None = None) -> Incident:
    """Ask somebody for a review. Who is asked already is not asked twice."""
    if any(same_person(review.reviewer, reviewer) for review in standing(incident).asked):
        return incident
    new = Review(id=review_id, reviewer=reviewer, at=at)
    return edits.add_item(incident, "reviews", new)


def forced_entry(incident: Incident, *, review_id: str, by: str, at: When | None, reason: str) -> Incident:
    """Keep why a step was taken although something stood in its way, with the content that it was taken with."""
    return _with(incident, review_id, by, at, FORCED, reason)


def _with(
    incident: Incident, review_id: str, reviewer: str, at: When | None, verdict: str, summary: str
) -> Incident:  # fmt: skip
    content = content_of(incident)
    new = Review(id=review_id, reviewer=reviewer, at=at, verdict=verdict, summary=summary, content=content)
    return edits.add_item(incident, "reviews", new)


def verdict_of(review: Review) -> str:
    """The verdict of an entry as this program writes it, though somebody wrote it otherwise by hand."""
    said = review.verdict.strip().casefold()
    return _OTHER_WORDS.get(said, said)


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: `@Kim.Lee` and `Kim Lee` are."""
    return _person(one) == _person(other)


def _person(name: str) -> str:
    return name_key(name) or name.strip().casefold()


def last_verdict(incident: Incident, reviewer: str) -> Review | None:
    """What a reviewer said last, None if nothing yet."""
    said = [
        review
        for review in in_time_order(incident.reviews)
        if verdict_of(review) in VERDICTS and same_person(review.reviewer, reviewer)
    ]
    return said[-1] if said else None


def in_time_order(reviews: Iterable[Review]) -> list[Review]:
    """Reviews by time. One without stays behind what it follows in the file: nobody dates each entry by hand."""
    found: list[tuple[tuple[object, ...], Review]] = []
    latest: tuple[object, ...] = (False,)
    for review in reviews:
        if review.at is not None:
            latest = when_key(review.at)
        found.append((latest, review))
    return [review for _, review in sorted(found, key=lambda pair: pair[0])]


def last_verdicts(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Each reviewer's last word. That somebody is asked again, or forced a step, is none."""
    last: dict[str, Review] = {}
    for review in in_time_order(reviews):
        if verdict_of(review) not in (ASKED, FORCED):
            last[_person(review.reviewer)] = review
    return tuple(last.values())


def waiting_for(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The entries that ask somebody who has said nothing since; the first one of each."""
    asked: dict[str, Review] = {}
    for review in in_time_order(reviews):
        person, verdict = _person(review.reviewer), verdict_of(review)
        if verdict == ASKED:
            asked.setdefault(person, review)
        elif verdict != FORCED:
            asked.pop(person, None)
    return tuple(asked.values())


def standing(incident: Incident) -> Standing:
    """Where the review stands: each reviewer's last word, against the content as it is now."""
    content = content_of(incident)
    writers = {_person(name) for name in (incident.owner, *incident.authors)} - {""}
    groups: dict[str, list[Review]] = {name: [] for name in Standing.__struct_fields__ if name != "content"}
    for review in last_verdicts(incident.reviews):
        verdict = verdict_of(review)
        if verdict == "changes":
            groups["changes"].append(review)
        elif verdict == "approve":
            groups[_approval(review, content, own=_person(review.reviewer) in writers)].append(review)
    groups["asked"] += waiting_for(incident.reviews)
    groups["forced"] += (review for review in incident.reviews if verdict_of(review) == FORCED)
    return Standing(content, **{name: tuple(reviews) for name, reviews in groups.items()})


def _approval(review: Review, content: str, *, own: bool) -> str:
    if not is_hash(review.content):
        return "unbound"
    if not content.startswith(_digits(review.content), len(content) - len(_digits(content))):
        return "outdated"
    return "own" if own else "approved"


def _digits(signed: str) -> str:
    return signed.strip().casefold().rpartition(":")[2]


_kept: list[tuple[tuple[object, ...], str]] = []
_KEPT: Final = 4


def content_of(incident: Incident) -> str:
    """The hash of the content (see `schemas.sign_off`), made once for as long as nothing of it is replaced."""
    given = tuple(getattr(incident, name) for name in CONTENT)
    for known, found in _kept:
        if all(map(is_, known, given)):
            return found
    made = content_hash(incident)
    _kept.insert(0, (given, made))
    del _kept[_KEPT:]
    return made
