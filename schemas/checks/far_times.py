"""Times that lie where no incident is: ahead of now, in the first century, far from the rest of the story."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Final

from msgspec.structs import replace

from schemas.checks.naming import AT_MOST, counted, moment_text, named, place, when
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.time_fixes import (
    day_and_month_exchanged,
    exchange_day_and_month,
    in_year,
    lands,
    move_years,
    write_year,
)
from schemas.entries import Entry
from schemas.moments import DAY, HOUR, MINUTE, instant, interval, span_text
from schemas.timeline import Timeline

FAR: Final = 400 * DAY
"""An event this far from the others belongs to another story, or its year is mistyped."""

_ALMOST_A_YEAR: Final = 330 * DAY
"""An event this far away may be just a year off."""

_YEAR_TYPO: Final = 31 * DAY
"""An event that comes this close to the others once its year is theirs has a mistyped year."""

_FIRST_YEAR: Final = 1970
"""No computer kept time before."""

_IF_RIGHT: Final = "Correct the date, or waive this if it is right."
_THE_YEAR: Final = "Correct the date, the year above all."

_CLOCKS_DIFFER: Final = 5 * MINUTE
_EASTERNMOST: Final = 14 * HOUR
"""How far ahead of UTC a clock may be; what a local time may be ahead by when its zone is not known."""


@rule("T03", "time in the future, or far from the rest", "error", "timeline", "stated", "now")
def future_or_far(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Nothing in a postmortem lies ahead, and a lone event more than a year away is mostly a mistyped year."""
    story = facts.timeline
    unsure = story.zone is None or story.zone_assumed
    now = instant(facts.now.replace(second=0, microsecond=0), None)
    limit = now + (_EASTERNMOST if unsure else _CLOCKS_DIFFER)
    ahead = _ahead(story, limit)
    rest = _the_others(story, ahead) if ahead else []
    if len(ahead) > AT_MOST:
        first = ahead[0]
        message = f"{len(ahead)} events lie in the future, the first is {named(first.event)} ({when(first)})"
        yield this.finding("events", message, _THE_YEAR, None if rest else _last_year(ahead, facts.now, limit))
    else:
        for entry in ahead:
            ends = entry.start is not None and entry.start.earliest <= limit
            shown = f"ends {moment_text(entry.event.until)}" if ends and entry.event.until else when(entry)
            where = place("events", entry.event.id, "until" if ends else "at")
            fix = None if ends else (_corrected(entry, rest, story) if rest else _last_year(ahead, facts.now, limit))
            yield this.finding(where, f"{named(entry.event)} lies in the future ({shown})", _THE_YEAR, fix)
    for stated in facts.incident.stated:
        if stated.at is not None and not isinstance(stated.at, time):
            known = interval(stated.at, zone=story.zone)
            if known.earliest > limit:
                message = f"the stated {stated.what} lies in the future ({moment_text(stated.at)})"
                yield this.finding(place("stated", stated.id), message, _THE_YEAR)
    if not ahead and not (ancient := _ancient(story)):
        yield from _far(this, story)
    elif not ahead:
        yield from _told_ancient(this, ancient, story)


def _ahead(story: Timeline, limit: int) -> list[Entry]:
    found = []
    for entry in reversed(story.entries):
        if entry.start is None:
            continue
        if entry.start.nominal <= limit:
            break
        if entry.dated and entry.start.earliest > limit:
            found.append(entry)
    found.reverse()
    if not found:
        lasting = story.of_entries.gathered(_lasting)
        found = [entry for entry in lasting if entry.end is not None and entry.dated and entry.end.earliest > limit]
    return found


def _lasting(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.start is not None and entry.end is not None]


def _the_others(story: Timeline, ahead: Sequence[Entry]) -> list[Entry]:
    known = set(map(id, ahead))
    return [entry for entry in story.timed if entry.dated and id(entry) not in known]


def _last_year(ahead: Sequence[Entry], now: datetime, limit: int) -> Fix | None:
    """All events so many years earlier that none lies ahead: the year of a whole story is mistyped in January."""
    first, last = ahead[0], ahead[-1]
    if last.start is None or first.wall is None or last.wall is None or last.start.nominal - limit < 20 * DAY:
        return None
    by = now.year - last.wall.year
    then = in_year(last.wall, now.year)
    if then is None or not isinstance(then, datetime) or instant(then, None) > limit:
        by -= 1
    count = f" of {len(ahead)} events" if len(ahead) > 1 else ""
    return move_years([entry.event for entry in ahead], by, f"write {first.wall.year + by} as the year{count}")


def _ancient(story: Timeline) -> list[Entry]:
    found: list[Entry] = []
    for entry in story.entries:
        if entry.start is None:
            continue
        if entry.wall is None or entry.wall.year >= _FIRST_YEAR:
            break
        if entry.dated:
            found.append(entry)
    return found


def _told_ancient(this: Rule, ancient: list[Entry], story: Timeline) -> Iterator[Finding]:
    """Years of two figures that were taken as they stood, and other years before there were computers."""
    first, others = ancient[0], [entry for entry in story.timed[len(ancient) :] if entry.dated]
    year = first.wall.year if first.wall else 1
    verb = "lies" if len(ancient) == 1 else "lie"
    who = named(first.event) if len(ancient) == 1 else f"{counted(len(ancient), 'event')}, {named(first.event)} first,"
    message = f"{who} {verb} in the year {year}"
    meant = others[len(others) // 2].wall if others else None
    right = meant.year if meant else (year + 2000 if 10 <= year < 100 else 0)
    same = all(entry.wall and entry.wall.year == year for entry in ancient)
    fix = None
    if right and same:
        fix = move_years([entry.event for entry in ancient], right - year, f"write {right} instead of the year {year}")
    hint = f"Write the year in full; {right} was probably meant." if right else _THE_YEAR
    yield this.finding(place("events", first.event.id, "at"), message, hint, fix)


def _far(this: Rule, story: Timeline) -> Iterator[Finding]:
    if story.first is None or story.last is None or _apart(story.first, story.last) <= _ALMOST_A_YEAR:
        return
    timed = dated = story.timed
    if story.of_entries.gathered(_undated):
        dated = tuple(entry for entry in timed if entry.dated)
    if not dated:
        return
    middle = dated[len(dated) // 2 if len(dated) > 2 else 0]
    # In time order: whatever is far from the middle stands at one of the two ends.
    early, late = around(dated, middle, FAR)
    first, last = around(dated, middle, _ALMOST_A_YEAR)
    very_far, rather_far = ((0, early), (late, len(dated))), ((early, first), (last, late))
    for ends, one_year in ((very_far, False), (rather_far, True)):
        # Half of the story elsewhere is no typo but a long story.
        if sum(stop - start for start, stop in ends) <= max(1, len(dated) // 4):
            for entry in [entry for start, stop in ends for entry in dated[start:stop]]:
                yield from _told_far(this, entry, dated[first:last], middle, story, one_year=one_year)


def _undated(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.start and not entry.dated]


def around(timed: Sequence[Entry], middle: Entry, reach: int) -> tuple[int, int]:
    """The indices between which the entries lie, of some in time order, that are no further than this from another."""
    at = _nominal(middle)
    return bisect_left(timed, at - reach, key=_nominal), bisect_right(timed, at + reach, key=_nominal)


def _nominal(entry: Entry) -> int:
    return entry.start.nominal if entry.start else 0


def _told_far(
    this: Rule, entry: Entry, others: Sequence[Entry], middle: Entry, story: Timeline, *, one_year: bool
) -> Iterator[Finding]:
    wall = middle.wall
    if one_year and not (len(others) > 1 and wall and _fits_in_year(entry, wall.year, others, story)):
        return
    apart = span_text(_apart(entry, middle), short=True)
    message = f"{named(entry.event)} ({when(entry)}) lies {apart} from the other events"
    where = place("events", entry.event.id, "at")
    fix = _corrected(entry, others, story)
    if _with_year(entry, middle) and wall:
        found = this.finding(where, message, f"Correct the year; {wall.year} was probably meant.", fix)
        # What was changed a year before to the day may well have led to it.
        yield replace(found, severity="warning") if one_year else found
    else:
        yield replace(this.finding(where, message, _IF_RIGHT, fix), severity="warning")


def _fits_in_year(entry: Entry, year: int, others: Sequence[Entry], story: Timeline) -> bool:
    """Whether an event lies among the others, give or take some days, once it has their year."""
    starts = [other.start.nominal for other in others if other.start]
    return lands(in_year(entry.event.at, year), entry.event, story, (starts[0], starts[-1]))


def _apart(entry: Entry, other: Entry) -> int:
    return abs(entry.start.nominal - other.start.nominal) if entry.start and other.start else 0


def _with_year(entry: Entry, other: Entry) -> bool:
    """Whether the event would stand next to the other one if it had its year."""
    if entry.wall is None or other.wall is None:
        return False
    day = min(entry.wall.day, 28)
    moved = entry.wall.replace(year=other.wall.year, day=day)
    return abs(instant(moved, None) - instant(other.wall, None)) <= _YEAR_TYPO


def _corrected(entry: Entry, others: Sequence[Entry], story: Timeline) -> Fix | None:
    """The change of a date that puts an event among the others: day and month exchanged, or their year."""
    starts = [other.start.nominal for other in others if other.start]
    if not starts:
        return None
    span = starts[0], starts[-1]
    event, middle = entry.event, others[len(others) // 2].wall
    if lands(day_and_month_exchanged(event.at), event, story, span):
        return exchange_day_and_month(event)
    if middle is None:
        return None
    for year in dict.fromkeys((middle.year, *(other.wall.year for other in others if other.wall))):
        if lands(in_year(event.at, year), event, story, span, _YEAR_TYPO):
            return write_year(event, year)
    return None
