"""What a stated length may mean, how closely it has to fit, and what in the timeline it would fit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Final

from schemas.checks.naming import choices, clock, named, when
from schemas.checks.registry import Facts
from schemas.incident import MILESTONES, Stated
from schemas.moments import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Duration,
    Interval,
    When,
    between,
    interval,
    span_text,
    wall_clock,
)
from schemas.profiles import milestone_word
from schemas.timeline import Entry, Timeline

LAG: Final = 15 * MINUTE
"""How much later than the start an incident may be noticed without anybody having been wrong about the start."""

MANY: Final = 12
"""With more pairs of events than this one that fits a stated length is a coincidence."""

STARTS: Final = ("impact-start", "detected")
ENDS: Final = ("recovered", "resolved")
OWN_PAIR: Final = "stated start → stated end"
_PREFERRED: Final = ("detected → resolved", "impact → recovered", "impact → resolved", "detected → recovered")

_UNIT: Final = re.compile(
    r"(?:(?<![a-z])(days?|d[ií]as?|jours?|hours?|hrs?|horas?|heures?|min(?:ute|uto)?s?|sec(?:ond)?s?)|(?<=\d)\s?([dhms]))"
    r"(?![a-z])",
    re.IGNORECASE,
)
_SIZES: Final = {"d": DAY, "j": DAY, "h": HOUR, "m": MINUTE, "s": SECOND}
_ABOUT: Final = re.compile(r"[~≈]|\b(?:about|approx\w*|around|roughly|nearly|almost|circa|ca|some|or so)\b", re.I)
_AT_MOST: Final = re.compile(r"\b(?:under|less than|within|up to|at most|no more than|not more than)\b|[<≤]", re.I)
_AT_LEAST: Final = re.compile(r"\b(?:over|more than|at least|longer than)\b|[>≥]", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """A length that the timeline gives, and the pair that defines it."""

    pair: str
    length: Duration


def readings(facts: Facts, stated: Stated) -> list[Reading]:
    """The lengths that a claim may mean, as far as the timeline knows them."""
    story = facts.timeline
    if stated.what == "duration":
        starts = _starts(facts)
        ends = [(name, known) for name in ENDS if (known := time_of(story, name))]
        if not ends:
            ends = [("stated end", known) for known in _claims(facts, "end")]
        pairs = [(start, end) for end in ends for start in starts]
        if story.timed and story.timed[0].start and not (ends and ends[0][0] == "stated end"):
            pairs += [(("first event", story.timed[0].start), end) for end in ends]
    else:
        profiles = facts.policy.profiles.values()
        metrics = [m.metric for m in facts.measurements] + [metric for profile in profiles for metric in profile]
        metric = next((metric for metric in metrics if metric.id == stated.what), None)
        if metric is not None:
            starts = [(metric.start, known)] if (known := time_of(story, metric.start)) else []
            target = metric.end
        elif stated.what in MILESTONES:
            starts, target = [start for start in _starts(facts) if start[0] != stated.what], stated.what
        else:
            return []
        end = time_of(story, target)
        pairs = [(start, (target, end)) for start in starts] if end else []
    return [Reading(pair_of(start[0], end[0]), between(start[1], end[1])) for start, end in pairs]


def _starts(facts: Facts) -> list[tuple[str, Interval]]:
    """Where the clock may start: at the impact (as stated, if no event is marked as its start) and at detection."""
    starts = [(name, known) for name in STARTS if (known := time_of(facts.timeline, name))]
    if not any(name == "impact-start" for name, _ in starts):
        starts += [("stated start", known) for known in _claims(facts, "start")]
    return starts


def _claims(facts: Facts, what: str) -> list[Interval]:
    """The stated starts or ends that can be laid on the timeline."""
    zone = facts.timeline.zone
    if facts.timeline.timed and not facts.timeline.timed[0].dated:
        return []
    return [
        interval(stated.at, zone=zone, about=stated.about)
        for stated in facts.incident.stated
        if stated.what == what and isinstance(stated.at, date) and comparable(stated.at, facts.timeline)
    ]


def allowed(stated: Stated, length: int) -> tuple[int, int]:
    """The shortest and the longest length (microseconds) that a claim agrees with.

    "About" allows a quarter of an hour or an eighth. Otherwise a claim is as exact as the unit it is made in: days to
    half a day; hours to half an hour above six hours, to five minutes below, half hours to a quarter; minutes to one
    minute, to two where they are a multiple of five.
    """
    words = stated.value
    if is_about(stated):
        slack = max(LAG, length // 8)
    else:
        units = (_SIZES[(match[1] or match[2])[0].lower()] for match in _UNIT.finditer(words))
        slack = _rounding(length, min(units, default=MINUTE))
    least, most = max(0, length - slack), length + slack
    if _AT_MOST.search(words):
        least = 0
    if _AT_LEAST.search(words):
        most = 10**18
    return least, most


def _rounding(length: int, unit: int) -> int:
    """How far a length that is told in a unit may lie from the real one."""
    if unit >= HOUR and length % unit:
        if length % (unit // 2):
            unit = MINUTE  # `1h 24`: minutes, though their unit is not written
        else:
            return min(unit // 4, length // 4)
    if unit == DAY or (unit == HOUR and length > 6 * HOUR):
        return unit // 2
    if unit == HOUR:
        return 5 * MINUTE
    if unit == MINUTE:
        return MINUTE if length % (5 * MINUTE) else 2 * MINUTE
    return 2 * SECOND


def is_about(stated: Stated) -> bool:
    """Whether a claim says that it is not exact, by its mark or in its words."""
    return stated.about or _ABOUT.search(stated.value) is not None


def distance(length: Duration, stated: int) -> int:
    """How far a stated length lies from a measured one, in microseconds."""
    return max(length.shortest - stated, stated - length.longest, 0)


def rank(reading: Reading) -> int:
    """Which of several readings that fit equally well is the one to name: the usual definitions first."""
    return _PREFERRED.index(reading.pair) if reading.pair in _PREFERRED else len(_PREFERRED)


def explained(story: Timeline, length: int, allowed: tuple[int, int], seen: set[str]) -> str:
    """The definition or the two events that a stated length would fit, as a sentence; empty if there are none."""
    reached = [(name, known) for name in MILESTONES if (known := time_of(story, name))]
    fitting = [
        pair_of(start[0], end[0])
        for start, end in combinations(sorted(reached, key=lambda item: item[1].nominal), 2)
        if start[1].exact
        and end[1].exact
        and start[1].nominal < end[1].nominal
        and allowed[0] <= end[1].nominal - start[1].nominal <= allowed[1]
    ]
    if fitting := [pair for pair in fitting if pair not in seen]:
        return f"{span_text(length)} is {choices(fitting[:3])}."
    pair = _fitting_events(story, length, allowed)
    if pair is None:
        return ""
    start, end, goal = pair
    return f"{span_text(length)} is {named(start.event)} ({when(start)}) → {goal} ({_short(end, start, story)})."


def _fitting_events(story: Timeline, length: int, allowed: tuple[int, int]) -> tuple[Entry, Interval, str] | None:
    """An event, and a milestone or the last event, that lie as far apart as is stated; None if none or many do."""
    exact = [entry for entry in story.timed if entry.start and entry.start.exact]
    instants = [entry.start.nominal for entry in exact if entry.start]
    goals = {known.nominal: (known, name) for name, known in story.reached.items() if known.exact}
    if exact and exact[-1].start:
        goals.setdefault(instants[-1], (exact[-1].start, named(exact[-1].event)))
    found = []
    for end, name in goals.values():
        first = bisect_left(instants, end.nominal - allowed[1])
        last = bisect_right(instants, min(end.nominal - allowed[0], end.nominal - 1))
        if last - first > MANY:
            return None
        found += [
            (abs(end.nominal - instants[at] - length), name not in ENDS, at, end, name) for at in range(first, last)
        ]
    if not 0 < len(found) <= MANY:
        return None
    _, _, at, end, name = min(found, key=lambda pair: pair[:3])
    return exact[at], end, name


def time_of(story: Timeline, milestone: str) -> Interval | None:
    """When a milestone was reached, if that is known."""
    return story.reached.get(milestone)


def comparable(at: When, story: Timeline) -> bool:
    """Whether a claim and the timeline speak of the same clock: an offset says nothing where no event has a zone."""
    aware = isinstance(at, datetime) and at.tzinfo is not None
    return not (aware and story.zone is None)


def pair_of(start: str, end: str) -> str:
    """A definition in short, such as `detected → resolved`."""
    return f"{word(start)} → {word(end)}"


def word(milestone: str) -> str:
    """The short name of a milestone."""
    return milestone_word(milestone)


def _short(end: Interval, start: Entry, story: Timeline) -> str:
    """The time of an end, without its date where that was just said."""
    wall = wall_clock(end.nominal, story.zone)
    return clock(wall, dated=start.dated and start.wall is not None and start.wall.date() != wall.date())
