"""What the document claims about its times, held against its timeline (rule T09).

A stated length agrees if it fits one of the lengths it may mean; which ones, and how closely, is said here and in
`docs/checks.md`. Where the timeline knows nothing there is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from schemas.checks.claims import (
    ENDS,
    LAG,
    OWN_PAIR,
    STARTS,
    allowed,
    comparable,
    distance,
    explained,
    is_about,
    rank,
    readings,
    time_of,
    word,
)
from schemas.checks.naming import choices, milestone_time, moment_text, named, place
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.incident import Stated
from schemas.moments import DAY, MINUTE, Interval, When, interval, span_text, wall_clock, wall_instant
from schemas.timeline import Entry, Timeline


@rule("T09", "stated time or length does not fit the timeline", "error", "stated", "timeline", "measurements", "policy")
def contradicted(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The document claims a length, a start or an end, and its own timeline says otherwise."""
    for stated in facts.incident.stated:
        if stated.minutes is not None and stated.minutes >= 0:
            yield from _length(this, facts, stated, float(stated.minutes))
        if stated.at is not None:
            yield from _time(this, facts, stated, stated.at)


def _length(this: Rule, facts: Facts, stated: Stated, minutes: float) -> Iterator[Finding]:
    meant = [reading for reading in readings(facts, stated) if not reading.length.backwards]
    length = round(min(minutes, 1e10) * MINUTE)
    least, most = allowed(stated, length)
    # Where no event says when the impact began, the clock starts when somebody noticed.
    lag = LAG if stated.what == "duration" and not time_of(facts.timeline, "impact-start") else 0
    if not meant or any(known.length.shortest <= most and least - lag <= known.length.longest for known in meant):
        return
    nearest = min(meant, key=lambda known: (distance(known.length, length), rank(known)))
    claim = f"about {span_text(length)}" if is_about(stated) else span_text(length)
    source = "its own start and end say" if nearest.pair == OWN_PAIR else "the timeline says"
    message = f"states {claim}{_source(stated)}; {source} {nearest.length.text} ({nearest.pair})"
    hint = explained(facts.timeline, length, (least, most), {known.pair for known in meant})
    if hint:
        hint = f"{hint} Say so, or state {nearest.length.text}."
    else:
        hint = f"Correct the stated length to {nearest.length.text}, or the times that it was measured by."
    yield this.finding(place("stated", stated.id), message, hint)


def _time(this: Rule, facts: Facts, stated: Stated, at: When) -> Iterator[Finding]:
    story = facts.timeline
    names = {"start": STARTS, "end": ENDS}.get(stated.what, (stated.what,))
    candidates = [(name, known) for name in names if (known := time_of(story, name))]
    if not candidates or not comparable(at, story):
        return
    start_known = candidates[0][0] != "detected"
    fitting = [known for _, known in candidates]
    if stated.what == "start" and story.timed[0].start:
        fitting.append(story.timed[0].start)
    if any(_same_time(stated, at, known, story) for known in fitting):
        return
    if stated.what == "start" and not start_known and _before(at, fitting[0], story):
        return  # The impact began before anybody noticed, and no event says when.
    shown = dict.fromkeys((milestone_time(story, name), word(name)) for name, _ in candidates)
    says = " and ".join(f"{moment} ({name})" for moment, name in shown)
    what = f"the {stated.what}" if stated.what in ("start", "end") else stated.what
    message = f"states {what} as {moment_text(at)}{_source(stated)}; the timeline says {says}"
    there = _at_that_time(at, story)
    hint = "Correct the one that is wrong."
    if there is not None:
        hint = f"At that time the timeline has {named(there.event)}: mark it as {choices(names)}, or correct the claim."
    yield this.finding(place("stated", stated.id), message, hint)


def _same_time(stated: Stated, at: When, known: Interval, story: Timeline) -> bool:
    """Whether a stated time agrees with a known one: a start to a quarter of an hour, anything else to the minute."""
    slack = LAG if is_about(stated) or stated.what in ("start", *STARTS) else MINUTE
    if isinstance(at, time) or not story.timed[0].dated:
        clocks = at if isinstance(at, time) else at.time() if isinstance(at, datetime) else None
        if clocks is None or not known.exact:
            return True
        wall = wall_clock(known.nominal, story.zone)
        apart = abs(wall_instant(datetime.combine(wall, clocks)) - wall_instant(wall))
        return min(apart, DAY - apart) <= slack
    claim = interval(at, zone=story.zone)
    if not isinstance(at, datetime) and is_about(stated):
        slack = DAY
    return claim.earliest - slack <= known.latest and known.earliest <= claim.latest + slack


def _before(at: When, known: Interval, story: Timeline) -> bool:
    if isinstance(at, time) or not story.timed[0].dated:
        return True
    return interval(at, zone=story.zone).earliest < known.earliest


def _at_that_time(at: When, story: Timeline) -> Entry | None:
    """The one event that happened at a stated minute, if there is just one."""
    if not isinstance(at, datetime) or not story.timed or not story.timed[0].dated:
        return None
    claim = interval(at, zone=story.zone).nominal
    found = [entry for entry in story.timed if entry.start and entry.start.exact and entry.start.nominal == claim]
    return found[0] if len(found) == 1 else None


def _source(stated: Stated) -> str:
    where = stated.where or (f"line {stated.line}" if stated.line else "")
    return f" ({where})" if where else ""
