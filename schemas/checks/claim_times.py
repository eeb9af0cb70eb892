"""Stated times held against known ones: how far apart two clocks are, and how far apart they may be."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.checks.claimed import Claim
from schemas.checks.claims import ENDS, LAG, STARTS, comparable, is_about, time_of
from schemas.checks.story_index import index_of
from schemas.entries import Entry
from schemas.incident import Stated
from schemas.moments import DAY, HOUR, MINUTE, SECOND, Interval, instant, interval, wall_clock, wall_instant
from schemas.timeline import Timeline

LATE: Final = 10 * MINUTE
"""How much later than the first sign an incident may be said to have started."""

ROUND: Final = 5 * MINUTE
"""What a time to a whole five minutes may be off by."""

BACK: Final = ("mitigated", "recovered", "resolved")
"""Milestones whose words ("restored", "fixed", "resolved") stand for one another in a sentence."""


class Told(Struct, frozen=True):
    """A stated time with the offset of the zone that stands behind it, if one does."""

    stated: Stated
    offset: int | None = None
    strict: bool = False

    @property
    def slack(self) -> int:
        """How far it may lie from the time it means: a minute, more if it is round or "about"."""
        at = self.stated.at
        if is_about(self.stated):
            return LAG
        return ROUND if isinstance(at, datetime | time) and at.minute % 5 == 0 and not at.second else MINUTE


def told(claim: Claim) -> Told | None:
    """The time that a claim names: of a range its start."""
    if claim.stated.at is None:
        return None
    return Told(claim.stated, claim.found.offset if claim.found else None, claim.found is None)


def told_end(claim: Claim) -> Told | None:
    """The other end of a range."""
    if claim.found is None or claim.found.until is None:
        return None
    return Told(claim.found.until, claim.found.until_offset)


def apart(each: Told, known: int, story: Timeline) -> int | None:
    """How much later a stated time is than a known instant, in microseconds; None if they cannot be compared.

    A clock without its day is the nearest one. The zone that a sentence names is often only where somebody sat, so of
    the readings with and without it the closer one counts.
    """
    at = each.stated.at
    if at is None or not isinstance(at, datetime | time):
        return None
    if each.strict and not comparable(at, story):
        return None
    wall = wall_clock(known, story.zone)
    found = []
    undated = bool(story.timed) and not story.timed[0].dated
    if isinstance(at, time) or undated:
        clock = at if isinstance(at, time) else at.time()
        shown = wall_instant(datetime.combine(wall.date(), clock)) - wall_instant(wall)
        found.append(_folded(shown))
        if each.offset is not None and story.zone is not None:
            utc = wall_clock(known, None)
            there = wall_instant(datetime.combine(utc.date(), clock)) - each.offset * MINUTE - wall_instant(utc)
            found.append(_folded(there))
    elif at.tzinfo is None or (story.zone is None and not each.strict):
        found.append(wall_instant(at) - wall_instant(wall))
    else:
        found.append(instant(at, story.zone) - known)
        if not each.strict:
            found.append(wall_instant(at) - wall_instant(wall))
    return min(found, key=abs)


def _folded(length: int) -> int:
    """A distance between clocks as the shorter way round the dial."""
    length %= DAY
    return length - DAY if length > DAY // 2 else length


def fits(each: Told, known: Interval, story: Timeline, early: int, late: int) -> bool:
    """Whether a stated time lies no more than so much before or after a known one."""
    at = each.stated.at
    if at is not None and not isinstance(at, datetime | time):
        return _day_fits(each, at, known, story)
    distance = apart(each, known.nominal, story)
    if distance is None:
        return True
    return -(known.nominal - known.earliest) - early <= distance <= (known.latest - known.nominal) + late


def _day_fits(each: Told, day: date, known: Interval, story: Timeline) -> bool:
    if story.timed and not story.timed[0].dated:
        return True
    claim = interval(day, zone=story.zone)
    slack = DAY if is_about(each.stated) else 0
    return claim.earliest - slack <= known.latest and known.earliest <= claim.latest + slack


def start_fits(each: Told, story: Timeline) -> bool:
    """Whether an incident may be said to have started then; also where the timeline knows no start.

    A quarter of an hour may pass until somebody notices. Where no event says when the impact began it may have been
    any time before, but not after the team knew.
    """
    impact, detected = (time_of(story, name) for name in STARTS)
    if impact is None and detected is None:
        return True
    extra = LAG if is_about(each.stated) else 0
    if impact is not None and fits(each, impact, story, LAG + extra, LAG + extra):
        return True
    first = story.timed[0].start
    if first is not None and fits(each, first, story, LAG + extra, LATE + extra):
        return True
    if detected is not None:
        early = LAG + extra if impact is not None else 10**18
        at = each.stated.at
        if impact is None and isinstance(at, date) and not isinstance(at, datetime):
            return interval(at, zone=story.zone).earliest <= detected.latest if story.timed[0].dated else True
        return fits(each, detected, story, early, LATE + extra)
    return False


def end_fits(each: Told, story: Timeline) -> bool | None:
    """Whether an incident may be said to have ended then; None if the timeline knows no end."""
    ends = [known for name in ENDS if (known := time_of(story, name))]
    if not ends:
        return None
    if mitigated := time_of(story, "mitigated"):
        ends.append(mitigated)
    slack = each.slack if each.strict else max(each.slack, ROUND)
    if any(fits(each, known, story, slack, slack) for known in ends):
        return True
    if time_of(story, "recovered") is not None:
        return False
    # Nobody has marked when the impact was over; an event that says so may be what is meant.
    overs = [entry.start for entry in index_of(story).overs if entry.start]
    return any(fits(each, known, story, slack, slack) for known in overs)


def beyond(each: Told, story: Timeline) -> int:
    """How long after the last event a stated end lies, where that is too long for a timeline that stopped early."""
    index = index_of(story)
    if len(index.instants) < 2:
        return 0
    distance = apart(each, index.last, story)
    return distance if distance is not None and distance > max(HOUR, index.span) else 0


def event_at(each: Told, story: Timeline, slack: int = MINUTE) -> Entry | None:
    """The event at a stated time, the closest one if there are several."""
    at = each.stated.at
    if not isinstance(at, datetime | time) or not story.timed:
        return None
    index = index_of(story)
    if isinstance(at, time) or not story.timed[0].dated:
        clock = at if isinstance(at, time) else at.time()
        shown = (clock.hour * 3600 + clock.minute * 60 + clock.second) * SECOND
        wanted = [shown]
        if each.offset is not None and story.zone is not None and story.timed[0].wall is not None:
            there = zones.offset_minutes(story.zone, story.timed[0].wall) - each.offset
            wanted.append((shown + there * MINUTE) % DAY)
        find = index.at_clock
    else:
        wanted = [instant(at, story.zone)]
        if not each.strict:
            wanted.append(instant(at.replace(tzinfo=None), story.zone))
        find = index.at_instant
    return next((entry for goal in wanted if (entry := find(goal, slack)) is not None), None)
