"""Where the clock of an incident starts: at its beginning, or only when somebody noticed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import combinations
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.checks.naming import clock, listed, moment_text, named, place, quoted, when
from schemas.checks.prose import plain, sentences
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.stages import reached
from schemas.entries import Entry
from schemas.incident import Stated
from schemas.moments import DAY, HOUR, When, interval
from schemas.patterns import late
from schemas.prose_times import times_in
from schemas.timeline import Timeline

_BY_DEFAULT: Final = ("impact-start", "detected", "declared")
"""Milestones that tools and people set to one another where they know no better."""

_EARLIER: Final = 12 * HOUR
"""A clock time in a sentence is of the same night or day if it lies no longer than this before detection."""

_A_DAY_EARLIER: Final = DAY
"""The same for a time with its date."""

_SECTIONS: Final = (
    "summary", "background", "impact", "trigger", "detection", "response", "root_cause", "resolution", "supporting",
)  # fmt: skip
"""The sections that tell what happened; the others tell what was learned."""

_SCHEDULE: Final = late(
    r"\b(?:daily|nightly|weekly|hourly|cron\w*|schedul\w+|usually|normally|always|meeting|overnight"
    r"|(?:every|each) (?:\w+ )?(?:day|night|hour|minute|morning|evening|week|month|\w+day|\d)"
    r"|(?:office|support|business|working) hours)\b",
    re.IGNORECASE,
)
"""Words of a sentence whose times come again and again."""


@rule("T15", "milestone that is another by default", "warning", "timeline", "measurements", "stated", "status")
def by_default(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The start of the impact, detection and declaration at one moment: a time of 0 that hides the real delay."""
    story, stated = facts.timeline, facts.incident.stated
    printed = {(each.metric.start, each.metric.end) for each in facts.measurements}
    grave = reached(facts.incident.status, "in-review")
    known = story.reached
    together: list[str] = []
    for first, second in combinations(_BY_DEFAULT, 2):
        if first not in known or second not in known or known[first].nominal != known[second].nominal:
            continue
        # Not known better is not the same as equal by default.
        if known[first] is not known[second] and not (known[first].exact and known[second].exact):
            continue
        if (first, second) == ("impact-start", "detected") or (first, second) in printed:
            together += [name for name in (first, second) if name not in together]
    if together:
        entry = story.milestones[together[0]]
        alert = any(story.milestones[name].event.kind == "alert" for name in together) and "impact-start" in together
        who = named(entry.event)
        message = f"{listed(together)} are one moment: {who} ({when(entry)}); the 0 between them may hide a delay"
        hint = _hint(together)
        found = this.finding(place("events", entry.event.id, "milestones"), message, hint)
        yield replace(found, severity="warning" if alert or grave else "info")
    if "impact-start" not in known and (claim := _start_at_detection(stated, story)) is not None and claim.at:
        entry = story.milestones["detected"]
        message = (
            f"the stated start ({moment_text(claim.at)}) is the moment of detection: {named(entry.event)}; "
            "how long nobody noticed is not told"
        )
        hint = "State when the impact began, about or between two times if need be, and mark it as impact-start."
        yield replace(this.finding(place("stated", claim.id), message, hint), severity="warning" if grave else "info")


def _hint(together: list[str]) -> str:
    if "impact-start" in together:
        return "Mark the event with which the impact began, even if about; if it was noticed at once, waive this."
    return "Mark the event in which it was declared; if that was at once, waive this."


def _start_at_detection(claims: tuple[Stated, ...], story: Timeline) -> Stated | None:
    """The claim of a start that lies exactly where the incident was detected."""
    detected, entry = story.reached.get("detected"), story.milestones.get("detected")
    if detected is None or entry is None or not detected.exact or entry.wall is None:
        return None
    for claim in claims:
        if claim.what != "start" or claim.at is None or claim.about:
            continue
        if isinstance(claim.at, time) or not entry.dated:
            at = claim.at.time() if isinstance(claim.at, datetime) else claim.at
            if at == entry.wall.time():
                return claim
        elif isinstance(claim.at, datetime) and (claim.at.tzinfo is None or story.zone is not None):
            at_detection = interval(claim.at, zone=story.zone).nominal == detected.nominal
            if at_detection:
                return claim
    return None


@rule(
    "T16", "the timeline starts only at detection", "info", "timeline", "stated", "sections", "factors", "actions",
)  # fmt: skip
def starts_late(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Nothing happened before somebody noticed, says the timeline; something else in the document says otherwise."""
    story = facts.timeline
    entry, detected = story.milestones.get("detected"), story.reached.get("detected")
    if entry is None or detected is None or detected.precision == "day" or story.first is None:
        return
    if story.first.start is None or story.first.start.nominal != detected.nominal or entry.wall is None:
        return
    for what, evidence in _earlier(facts, entry):
        message = f"the timeline starts with detection, {named(entry.event)} ({when(entry)}), but {what}: {evidence}"
        hint = "Add what happened before as events, and mark the one with which the impact began as impact-start."
        yield this.finding(place("events", entry.event.id), message, hint)
        return


def _earlier(facts: Facts, entry: Entry) -> Iterator[tuple[str, str]]:
    """What says that it began before it was detected, and its words; the surest first."""
    story, incident = facts.timeline, facts.incident
    texts = [(key, incident.sections.get(key)) for key in _SECTIONS]
    factors, actions = incident.factors, incident.actions
    for claim in incident.stated:
        if claim.what in ("start", "impact-start") and claim.at and _is_before(claim.at, entry, story):
            yield "its stated start is earlier", moment_text(claim.at)
    for event in story.source:
        if event is entry.event:
            break
        if event.at is None and event.kind in ("change", "impact"):
            yield f"a {event.kind} without a time stands before it", named(event)
    for key, text in texts:
        yield from _mentions(f"the section {key.replace('_', ' ')} speaks of", text, entry, story)
    for factor in factors:
        yield from _mentions("a factor speaks of", factor.text, entry, story)
    for action in actions:
        yield from _mentions("an action speaks of", action.text, entry, story)


def _is_before(at: When, entry: Entry, story: Timeline) -> bool:
    if entry.start is None or entry.wall is None:
        return False
    if isinstance(at, time) or not entry.dated:
        clock_time = at.time() if isinstance(at, datetime) else at
        return isinstance(clock_time, time) and _before_on_the_clock(clock_time, entry.wall) is not None
    if not isinstance(at, datetime) or (at.tzinfo is not None and story.zone is None):
        return False
    return interval(at, zone=story.zone).latest < entry.start.earliest


def _before_on_the_clock(clock_time: time, wall: datetime) -> datetime | None:
    """The last time before a wall clock at which clocks showed a time, if that was not long before; else None."""
    there = datetime.combine(wall.date(), clock_time)
    if there >= wall.replace(second=0, microsecond=0):
        if wall.date() == date.min or wall.hour >= 6:
            return None
        there -= timedelta(days=1)
    return there if wall - there <= timedelta(microseconds=_EARLIER) else None


class _Mention(Struct, frozen=True):
    """A time in a sentence. `zone` is set where one is written behind it."""

    sentence: str
    at: time
    day: date | None
    zoned: bool


@lru_cache(maxsize=256)
def _times_told(text: str) -> tuple[_Mention, ...]:
    found = []
    for sentence in sentences(plain(text)):
        if not any(mark in sentence for mark in ":.mMhH") or _SCHEDULE.search(sentence):
            continue
        for spot in times_in(sentence):
            told = time(spot.clock.hour, spot.clock.minute)
            found.append(_Mention(sentence.strip(), told, spot.day, spot.zone is not None))
    return tuple(found)


def _mentions(what: str, text: str, entry: Entry, story: Timeline) -> Iterator[tuple[str, str]]:
    if entry.wall is None or entry.start is None or not any(map(str.isdigit, text)):
        return
    detected = entry.wall.time()
    for mention in _times_told(text):
        if mention.day is None:
            then = _before_on_the_clock(mention.at, entry.wall)
            later = then is None and mention.at >= detected
        else:
            then = datetime.combine(mention.day, mention.at)
            later = then >= entry.wall
            if not entry.dated or not timedelta(0) < entry.wall - then <= timedelta(microseconds=_A_DAY_EARLIER):
                then = None
        if later:
            return  # What the text tells from here on came later, past midnight too.
        if then is not None and not (mention.zoned and story.zone is None):
            yield f"{what} {clock(then, dated=False)}", quoted(mention.sentence, 80)
