"""What the document claims about its times, held against its timeline (T09, T11) and against other incidents (T10).

Claims stand in `[[stated]]` and in sentences. A stated length agrees if it fits one of the lengths it may mean; which
ones, and how closely, is said in `schemas.checks.claims` and in the documentation of the rules. Where the timeline
knows nothing there is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Final

from msgspec.structs import replace

from schemas.checks.claim_times import BACK, Told, beyond, end_fits, event_at, fits, start_fits, told, told_end
from schemas.checks.claimed import Claim, claimed
from schemas.checks.claims import (
    ENDS,
    LAG,
    STARTS,
    Ground,
    allowed,
    comparable,
    readings,
    time_of,
    word,
)
from schemas.checks.naming import choices, instant_text, milestone_time, moment_text, named
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.stated_lengths import fits_one, fits_plainly, full_outages, wrong_length
from schemas.checks.stated_windows import Windows
from schemas.checks.story_index import by_its_words, index_of
from schemas.entries import Entry
from schemas.incident import MILESTONES, Event, Incident
from schemas.moments import MINUTE, span_text
from schemas.neighbours import Index, Neighbour
from schemas.neighbours import index_of as library_index
from schemas.timeline import Timeline

_TEXTS: Final = ("stated", "title", "sections", "other_sections", "impacts")


@rule("T09", "stated time or length does not fit the timeline", "error", *_TEXTS, "timeline", "policy")
def contradicted(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The document claims a length, a start or an end, and its own timeline says otherwise."""
    claims = claimed(facts)
    story = by_its_words(facts.timeline)
    ground = Ground(story, facts.policy)
    if story is facts.timeline:
        yield from _contradictions(this, ground, claims)
        return
    for finding in _contradictions(this, ground, claims):
        hint = f"{finding.hint} No milestone is marked; this goes by what the events say."
        yield replace(finding, severity="warning", hint=hint)


def _contradictions(this: Rule, ground: Ground, claims: Sequence[Claim]) -> Iterator[Finding]:
    story = ground.story
    windows = Windows(claims)
    wrong: list[int] = []
    for claim in claims:
        if claim.until is None and claim.stated.what not in ("start", "end"):
            continue
        findings = _range(this, claim, windows, story) if claim.until else _time(this, claim, windows, story)
        for finding in findings:
            wrong += windows.lengths_by(claim)
            yield finding
    wrong.sort()
    for claim in claims:
        if claim.stated.minutes is not None and claim.stated.minutes >= 0:
            yield from wrong_length(this, ground, claim, claims, windows, wrong)
    yield from full_outages(this, claims)


def _range(this: Rule, claim: Claim, windows: Windows, story: Timeline) -> Iterator[Finding]:
    start, end = told(claim), told_end(claim)
    if start is None or end is None or not story.timed:
        return
    if (not claim.firm or windows.has_other_range(claim)) and _of_events(start, end, story):
        return
    bad_start = not start_fits(start, story)
    end_ok = end_fits(end, story)
    if end_ok is None and beyond(end, story):
        yield _after_all(this, claim, end, story)
    elif end_ok is False:
        yield _wrong(this, claim, "end", end, story)
    elif bad_start:
        yield _wrong(this, claim, "start", start, story)


def _of_events(start: Told, end: Told, story: Timeline) -> bool:
    """Whether both ends of a range are events, so that it may be one of several windows or a part of the story."""
    return all(event_at(each, story, max(each.slack, 2 * MINUTE)) is not None for each in (start, end))


def _time(this: Rule, claim: Claim, windows: Windows, story: Timeline) -> Iterator[Finding]:
    """A start or an end that is stated by itself."""
    what, each = claim.stated.what, told(claim)
    if each is None or not story.timed or each.stated.at is None:
        return
    if each.strict and not comparable(each.stated.at, story):
        return
    if what == "start":
        fine: bool | None = start_fits(each, story)
    else:
        fine = end_fits(each, story)
        if fine is None:
            if beyond(each, story):
                yield _after_all(this, claim, each, story)
            return
    if fine or ((not claim.labelled or windows.has_several(what)) and event_at(each, story, each.slack) is not None):
        return
    yield _wrong(this, claim, what, each, story)


def _wrong(this: Rule, claim: Claim, what: str, each: Told, story: Timeline) -> Finding:
    names = {"start": STARTS, "end": ENDS}[what]
    shown = dict.fromkeys((milestone_time(story, name), word(name)) for name in names if time_of(story, name))
    says = " and ".join(f"{moment} ({name})" for moment, name in shown)
    at = each.stated.at
    message = (
        f"states the {what} as {moment_text(at) if at is not None else ''}{claim.source}; the timeline says {says}"
    )
    entry = event_at(each, story)
    hint = "Correct the one that is wrong."
    if entry is not None and isinstance(at, datetime | time):
        hint = f"At that time the timeline has {named(entry.event)}: mark it as {choices(names)}, or correct the claim."
    return this.finding(claim.where, message, hint)


def _after_all(this: Rule, claim: Claim, each: Told, story: Timeline) -> Finding:
    index = index_of(story)
    last = instant_text(index.last, story, dated=story.timed[0].dated)
    at = each.stated.at
    message = (
        f"states the end as {moment_text(at) if at is not None else ''}{claim.source}; the timeline ends at {last}"
    )
    return this.finding(claim.where, message, "Correct the time, or add the events until then to the timeline.")


@rule("T11", "stated milestone is not where the timeline has it", "error", *_TEXTS, "timeline")
def misplaced(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A header or a label gives a milestone another time than the timeline's event of that name has."""
    story = facts.timeline
    for claim in claimed(facts):
        what, each = claim.stated.what, told(claim)
        if what not in MILESTONES or each is None or claim.until is not None:
            continue
        if each.stated.at is None or (each.strict and not comparable(each.stated.at, story)):
            continue
        if not claim.labelled and what in BACK:
            yield from _back(this, claim, what, each, story)
            continue
        known = time_of(story, what)
        slack = LAG if what in STARTS else each.slack
        if known is None or fits(each, known, story, slack, slack):
            continue
        if not claim.labelled and event_at(each, story, each.slack) is not None:
            continue
        yield _moved(this, claim, what, each, story, what)


def _back(this: Rule, claim: Claim, what: str, each: Told, story: Timeline) -> Iterator[Finding]:
    """A sentence that says when all was well again, in one of the words that stand for one another."""
    fine = end_fits(each, story)
    if fine is None and story.timed and beyond(each, story):
        yield _after_all(this, claim, each, story)
    elif fine is False and event_at(each, story, each.slack) is None:
        known = next(name for name in (what, *ENDS) if time_of(story, name))
        yield _moved(this, claim, what, each, story, known)


def _moved(this: Rule, claim: Claim, what: str, each: Told, story: Timeline, known: str) -> Finding:
    at = each.stated.at
    shown = moment_text(at) if at is not None else ""
    says = f"{milestone_time(story, known)} ({word(known)})"
    message = f"states {what} as {shown}{claim.source}; the timeline says {says}"
    entry = event_at(each, story)
    if entry is None or not isinstance(at, datetime | time):
        return this.finding(claim.where, message, "Correct the one that is wrong.")
    hint = f"At that time the timeline has {named(entry.event)}: mark it as {what}, or correct the claim."
    certain = entry.event.until is None and entry.start is not None and entry.start.exact
    return this.finding(claim.where, message, hint, _mark(what, entry) if certain else None)


def _mark(what: str, entry: Entry) -> Fix:
    """Take a milestone from the event that has it and give it to the one that the text means."""
    chosen = entry.event.id

    def moved(event: Event) -> Event:
        marks = tuple(name for name in event.milestones if name != what)
        if event.id == chosen:
            marks = tuple(name for name in MILESTONES if name in (*marks, what))
        changed: Event = event if marks == event.milestones else event.changed(milestones=marks)
        return changed

    def edit(incident: Incident) -> Incident:
        return incident.model_copy(update={"events": tuple(map(moved, incident.events))})

    return Fix(f"mark {named(entry.event)} as {what}", edit)


@rule("T10", "same odd number as in another incident", "warning", *_TEXTS, "timeline", "policy", "neighbours")
def copied(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A length that is not round and that this timeline does not bear out stands in another incident as well."""
    library, own = library_index(facts.neighbours)
    # Where it is known what this incident claims, its sections and its timeline need not be looked at again.
    known = own.unborne if own is not None else None
    for where, minutes, source in unborne(facts) if known is None else known:
        name = _elsewhere(library, own, minutes)
        if not name:
            continue
        length = round(minutes * MINUTE)
        message = f"states {span_text(length)}{source}, the same number as {name}"
        hint = (
            "Measure it again by this incident's own times; numbers are often left over from the file that was copied."
        )
        yield this.finding(where, message, hint)


def unborne(facts: Facts) -> tuple[tuple[str, float, str], ...]:
    """The odd lengths that an incident claims and its own timeline does not bear out: where, minutes, the source."""
    return tuple((claim.where, minutes, claim.source) for claim, minutes in _unborne(facts))


def _unborne(facts: Facts) -> Iterator[tuple[Claim, float]]:
    claims, story, policy = claimed(facts), facts.timeline, facts.policy
    odd = [
        (claim, float(claim.stated.minutes))
        for claim in claims
        if claim.stated.minutes and is_odd(claim.stated.minutes)
    ]
    if not odd:
        return
    ground = Ground(by_its_words(story), policy)
    for claim, minutes in odd:
        if fits_plainly(claim, allowed(claim.stated, round(minutes * MINUTE)), ground.story):
            continue
        meant = [reading for reading in readings(ground, claim, claims) if not reading.length.backwards]
        if not meant or not fits_one(claim, meant, allowed(claim.stated, round(minutes * MINUTE)), ground.story):
            yield claim, minutes


def _elsewhere(library: Index, own: Neighbour | None, minutes: float) -> str:
    """The first other incident that states a length; empty if there is none."""
    return next((record.name for record, _, _ in library.by_length.get(minutes, ()) if record is not own), "")


def is_odd(minutes: float) -> bool:
    """Whether two incidents hardly share a length by chance: it is an hour or more, and no multiple of five minutes."""
    return 60 <= minutes < 1e9 and round(minutes * 60) % 300 != 0
