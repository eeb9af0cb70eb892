"""What a stated length may mean, and how closely it has to fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import Final

from msgspec import Struct

from schemas.checks.claimed import Claim
from schemas.checks.story_index import index_of
from schemas.incident import MILESTONES, Stated
from schemas.metrics import measured
from schemas.moments import DAY, HOUR, MINUTE, SECOND, Duration, Interval, When, between, interval
from schemas.patterns import late
from schemas.policy import Policy
from schemas.profiles import Metric, milestone_word
from schemas.timeline import Timeline

LAG: Final = 15 * MINUTE
"""How much later than the start an incident may be noticed without anybody having been wrong about the start."""

OVERS: Final = 8
"""So many events that say it was over may each be the end that is meant, where none is marked as recovered."""

MOMENTS: Final = 30
"""So many starts and ends that `[[stated]]` has may each be the one that is meant: every length is held against all."""

STARTS: Final = ("impact-start", "detected")
ENDS: Final = ("recovered", "resolved")
OWN_PAIR: Final = "stated start → stated end"
_PREFERRED: Final = ("detected → resolved", "impact → recovered", "impact → resolved", "detected → recovered")
_SAME_AS: Final = {"repair": ("mitigate",), "mitigate": ("repair",), "recover": ("recover",), "resolve": ("recover",)}
"""Metrics that stand in for one that the definitions in force do not have."""

_UNIT: Final = late(
    r"(?:(?<![a-z])(days?|d[ií]as?|jours?|tagen?|hours?|hrs?|horas?|heures?|stunden?|min(?:ute|uto)?[sn]?|sec(?:ond)?s?"
    r"|se[gk]und[oea][sn]?)|(?<=\d)\s?([dhms]))(?![a-z])",
    re.IGNORECASE,
)
_SIZES: Final = {"d": DAY, "j": DAY, "t": DAY, "h": HOUR, "m": MINUTE, "s": SECOND}
_ABOUT: Final = late(r"[~≈]|\b(?:about|approx\w*|around|roughly|nearly|almost|circa|ca|some|or so)\b", re.I)
_AT_MOST: Final = late(
    r"\b(?:under|less than|within|up to|at most|no more than|not more than|menos de|moins de|weniger als)\b|[<≤]",
    re.IGNORECASE,
)
_AT_LEAST: Final = late(
    r"\b(?:over|more than|at least|longer than|más de|mais de|plus de|mehr als)\b|[>≥]|\d\+", re.IGNORECASE
)


class Ground(Struct, frozen=True):
    """What claims are held against: the timeline, and what the team has agreed on."""

    story: Timeline
    policy: Policy


class Reading(Struct, frozen=True):
    """A length that the timeline gives, and the pair that defines it. One that is `mute` may fit but is not named."""

    pair: str
    length: Duration
    mute: bool = False


def readings(ground: Ground, claim: Claim, claims: Sequence[Claim]) -> list[Reading]:
    """The lengths that a claim may mean, as far as the timeline knows them."""
    story, what = ground.story, claim.stated.what
    if what == "duration":
        return _durations(ground, claims)
    metric = in_force(ground, what)
    if metric is not None:
        known = measured(story, metric)
        return [Reading(metric.pair, known.length)] if known.length is not None else []
    if what in MILESTONES:
        starts = [start for start in _starts(story, claims) if start[0] != what]
        end = time_of(story, what)
        return [Reading(pair_of(name, what), between(start, end)) for name, start in starts] if end else []
    if what == "recover":
        return _durations(ground, claims)
    return []


def in_force(ground: Ground, what: str) -> Metric | None:
    """The definition of a metric that holds here: the policy's own, else one of the same name."""
    metrics = ground.policy.metrics
    for name in (what, *(_SAME_AS.get(what, ()))):
        if (metric := next((metric for metric in metrics if metric.id == name), None)) is not None:
            return metric
    if what == "recover":
        return None  # It means as much as the whole impact, which has more than one definition.
    others = (metric for profile in ground.policy.profiles.values() for metric in profile)
    return next((metric for metric in others if metric.id == what), None)


_last: list[tuple[Timeline, Sequence[Claim], list[Reading]]] = []
"""What a duration may mean in the incident that was last asked about: every claim and several rules ask for it."""


def _durations(ground: Ground, claims: Sequence[Claim]) -> list[Reading]:
    if not (_last and _last[0][0] is ground.story and _last[0][1] is claims):
        _last[:] = [(ground.story, claims, _all_durations(ground.story, claims))]
    return _last[0][2]


def _all_durations(story: Timeline, claims: Sequence[Claim]) -> list[Reading]:
    starts = _starts(story, claims)
    ends = [(name, known) for name in ENDS if (known := time_of(story, name))]
    stated_end = not ends
    if stated_end:
        ends = [("stated end", known) for known in _moments(story, claims, "end")]
    found = [Reading(pair_of(a, b), between(start, end)) for b, end in ends for a, start in starts]
    if story.timed and story.timed[0].start and not stated_end:
        found += [Reading(pair_of("first event", b), between(story.timed[0].start, end)) for b, end in ends]
    if not found:
        return []
    if (mitigated := time_of(story, "mitigated")) is not None:
        found += [Reading(pair_of(a, "mitigated"), between(start, mitigated), True) for a, start in starts]
    if time_of(story, "recovered") is None:
        overs = [entry.start for entry in index_of(story).overs[:OVERS] if entry.start]
        found += [Reading(pair_of(a, "recovered"), between(start, over), True) for a, start in starts for over in overs]
    windows = index_of(story).windows
    if len(windows) > 1:
        found += [Reading("one of its windows", length, True) for length in windows]
        found.append(Reading("all its windows", _sum(windows), True))
    return found


def _sum(lengths: Sequence[Duration]) -> Duration:
    return Duration(
        sum(each.shortest for each in lengths),
        sum(each.longest for each in lengths),
        sum(each.nominal for each in lengths),
        any(each.about for each in lengths),
    )


def _starts(story: Timeline, claims: Sequence[Claim]) -> list[tuple[str, Interval]]:
    """Where the clock may start: at the impact (as stated, if no event is marked as its start) and at detection."""
    starts = [(name, known) for name in STARTS if (known := time_of(story, name))]
    if not any(name == "impact-start" for name, _ in starts):
        starts += [("stated start", known) for known in _moments(story, claims, "start")]
    return starts


def _moments(story: Timeline, claims: Sequence[Claim], what: str) -> list[Interval]:
    """The starts or ends that `[[stated]]` has and that can be laid on the timeline."""
    if story.timed and not story.timed[0].dated:
        return []
    found = (
        interval(each.stated.at, zone=story.zone, about=each.stated.about)
        for each in claims
        if each.found is None
        and each.stated.what == what
        and isinstance(each.stated.at, date)
        and comparable(each.stated.at, story)
    )
    return [*islice(found, MOMENTS)]


def allowed(stated: Stated, length: int) -> tuple[int, int]:
    """The shortest and the longest length (microseconds) that a claim agrees with.

    "About" allows a quarter of an hour, of long ones an eighth but rarely more than half an hour, of short ones a
    third. Otherwise a claim is as exact as the unit it is made in: days to half a day; hours to half an hour above six
    hours, to five minutes below, half hours to a quarter; minutes to one minute, to two where they are a multiple of
    five.
    """
    words = stated.value
    units = (_SIZES[(match[1] or match[2])[0].lower()] for match in _UNIT.finditer(words))
    unit = min(units, default=MINUTE)
    slack = _rounding(length, unit)
    if is_about(stated):
        eighth = min(length // 8, max(HOUR // 2, length // 16))
        slack = max(slack, min(max(LAG, eighth), length // 3))
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
        return max(MINUTE // 2, min(MINUTE if length % (5 * MINUTE) else 2 * MINUTE, length // 3))
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


def time_of(story: Timeline, milestone: str) -> Interval | None:
    """When a milestone was reached, if that is known."""
    return story.reached.get(milestone)


def comparable(at: When, story: Timeline) -> bool:
    """Whether a claim and the timeline speak of the same clock: an offset says nothing where no event has a zone."""
    aware = isinstance(at, datetime) and at.tzinfo is not None
    return not (aware and story.zone is None)


def pair_of(start: str, end: str) -> str:
    """A pair in short, such as `detected → resolved`."""
    return f"{word(start)} → {word(end)}"


def word(milestone: str) -> str:
    """The short name of a milestone."""
    return milestone_word(milestone)
