"""Stated lengths held against the timeline: what is found where one fits nothing that it may mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from schemas.checks.claim_times import BACK
from schemas.checks.claimed import Claim
from schemas.checks.claims import (
    ENDS,
    LAG,
    OWN_PAIR,
    STARTS,
    Ground,
    Reading,
    allowed,
    distance,
    is_about,
    rank,
    readings,
    time_of,
)
from schemas.checks.explained import explained
from schemas.checks.registry import Finding, Rule
from schemas.checks.stated_windows import Windows, agrees, between, holds
from schemas.checks.story_index import index_of
from schemas.incident import Stated
from schemas.moments import HOUR, MINUTE, span_text
from schemas.moments import between as between_moments
from schemas.policy import DEFAULT
from schemas.timeline import Timeline

_ALIKE: Final = {
    "repair": ("repair", "mitigate", "fix"),
    "mitigate": ("mitigate", "repair"),
    "resolve": ("resolve", "recover", "respond", "fix"),
    "recover": ("recover", "resolve", "respond", "impact"),
}
"""What a document may call a metric that a definition calls by another name."""


def wrong_length(
    this: Rule, ground: Ground, claim: Claim, claims: Sequence[Claim], windows: Windows, wrong: Sequence[int]
) -> Iterator[Finding]:  # fmt: skip
    """A stated length; one that only repeats a stated range that is `wrong` (lengths in order) is not told again."""
    story, stated = ground.story, claim.stated
    length = round(min(float(stated.minutes or 0), 1e10) * MINUTE)
    bounds = allowed(stated, length)
    about = f"about {span_text(length)}" if is_about(stated) else span_text(length)
    states = f"states {about}{claim.source}"
    own = windows.beside(claim)
    if own is not None and (apart := between(own)) is not None:
        if not agrees(apart, length, bounds, own):
            hint = "Correct the one that is wrong."
            yield this.finding(claim.where, f"{states}; the times beside it lie {span_text(apart)} apart", hint)
        return  # The range is held against the timeline itself.
    if fits_plainly(claim, bounds, story):
        return
    meant = [reading for reading in readings(ground, claim, claims) if not reading.length.backwards]
    if not meant:
        if claim.stated.what == "duration" and claim.found is not None:
            yield from _impossible(this, claim, states, bounds, story)
        return
    if fits_one(claim, meant, bounds, story) or windows.measure(*bounds):
        return
    if holds(wrong, *bounds):
        return
    if _peaceful(claim, bounds, story):
        return
    shown = [reading for reading in meant if not reading.mute]
    if not shown:
        return
    nearest = min(shown, key=lambda known: (distance(known.length, length), rank(known)))
    source = "its own start and end say" if nearest.pair == OWN_PAIR else "the timeline says"
    message = f"{states}; {source} {nearest.length.text} ({nearest.pair})"
    hint = explained(ground, length, bounds, {known.pair for known in meant})
    if hint:
        hint = f"{hint} Say so, or state {nearest.length.text}."
    else:
        hint = f"Correct the stated length to {nearest.length.text}, or the times that it was measured by."
    finding = this.finding(claim.where, message, hint)
    if _by_another(ground, stated, bounds):
        if claim.found is not None and ground.policy.profile == DEFAULT.profile:
            return  # Nobody has agreed on a definition, and by one that is in use the claim is true.
        finding = replace(finding, severity="warning")
    yield finding


def fits_plainly(claim: Claim, bounds: tuple[int, int], story: Timeline) -> bool:
    """Whether a length is that from a marked start to a marked end, as most are; says no more than `fits_one` would."""
    if claim.stated.what != "duration":
        return False
    reached = story.reached
    for name in STARTS:
        for other in ENDS:
            start, end = reached.get(name), reached.get(other)
            if start is not None and end is not None and start.earliest <= end.latest:
                length = between_moments(start, end)
                if length.shortest <= bounds[1] and bounds[0] <= length.longest:
                    return True
    return False


def fits_one(claim: Claim, meant: Sequence[Reading], bounds: tuple[int, int], story: Timeline) -> bool:
    """Whether one of the lengths that a claim may mean lies within its bounds."""
    least, most = bounds
    # Where no event says when the impact began, the clock starts when somebody noticed.
    whole = claim.stated.what in ("duration", "recover")
    lag = LAG if (claim.found is not None and not whole) or (whole and not time_of(story, "impact-start")) else 0
    return any(known.length.shortest <= most and least - lag <= known.length.longest for known in meant)


def _by_another(ground: Ground, stated: Stated, bounds: tuple[int, int]) -> bool:
    """Whether a length is true by what some profile calls by that name or a like one."""
    reached = ground.story.reached
    names = _ALIKE.get(stated.what, (stated.what,))
    for profile in ground.policy.profiles.values():
        for metric in profile:
            if metric.id in names and metric.start in reached and metric.end in reached:
                length = reached[metric.end].nominal - reached[metric.start].nominal
                if bounds[0] <= length <= bounds[1]:
                    return True
    return False


def _peaceful(claim: Claim, bounds: tuple[int, int], story: Timeline) -> bool:
    """Whether a length in a sentence may as well be that of a part of the incident, which two of its events bound."""
    index = index_of(story)
    if not claim.firm:
        return index.apart(*bounds)
    if claim.stated.what != "recover":
        return False
    ends = [known.nominal for name in BACK if (known := time_of(story, name))]
    return any(index.starts_before(at, *bounds) for end in ends for at in index.within(end - LAG, end))


def _impossible(
    this: Rule, claim: Claim, states: str, bounds: tuple[int, int], story: Timeline
) -> Iterator[Finding]:  # fmt: skip
    """A length that no two events of a timeline without the milestones for it can make true."""
    index = index_of(story)
    if not claim.firm or len(index.instants) < 3 or not index.span:
        return
    if bounds[0] > 2 * index.span + HOUR:
        message = f"{states}; the whole timeline spans {span_text(index.span)}"
        hint = "Correct the length, or add what is missing to the timeline and mark its milestones."
        yield this.finding(claim.where, message, hint)


def full_outages(this: Rule, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Two statements about how long the full outage was that exclude one another."""
    first: tuple[Claim, int] | None = None
    for claim in claims:
        if claim.found is None or not claim.found.full:
            continue
        minutes = claim.stated.minutes
        length = between(claim) if claim.until else round(float(minutes) * MINUTE) if minutes else None
        if length is None:
            continue
        if first is None:
            first = (claim, length)
            continue
        bounds = allowed(first[0].stated, first[1])
        if not bounds[0] - LAG <= length <= bounds[1] + LAG:
            here, there = (span_text(each) for each in (first[1], length))
            message = f"states a full outage of {here}{first[0].source}, and elsewhere one of {there}"
            yield this.finding(
                first[0].where, f"{message}{claim.source}", "Correct one of them, or say what each is the length of."
            )
            return
