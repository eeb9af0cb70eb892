"""What a draft will become, said in one line before it is added."""

from __future__ import annotations

from datetime import date, datetime, time

from schemas.dates import MONTHS, WEEKDAYS
from schemas.entry_line import Draft
from schemas.moments import instant, span_text, wall_clock
from schemas.readings import Context, Reading
from schemas.text import clean_line
from schemas.zones import label_at


def describe(draft: Draft, context: Context) -> str:
    """What will be added, in one line: `Fri 3 May 02:00 EAT  (+3h after 23:00 · next day, because …)   recovered`."""
    if draft.problem:
        return draft.problem
    reading = draft.reading
    behind = "behind the event before" if context.after is not None else ""
    if reading is None or reading.at is None:
        said = "time unknown" if reading else "no time"
        parts = [f"{said}  ({behind})" if behind else said]
    else:
        why = [_since(reading, context), _elsewhere(reading, context), reading.assumed, *reading.notes]
        explained = " · ".join(filter(None, why))
        parts = [_time_text(reading, context) + (f"  ({explained})" if explained else "")]
    links = f"{len(draft.links)} link{'s' if len(draft.links) > 1 else ''}" if draft.links else ""
    by = f"by {draft.actor}" if draft.actor else ""
    parts.append(" · ".join(filter(None, [", ".join(draft.milestones), draft.kind, by, links])))
    return clean_line("   ".join(filter(None, parts)))


def _time_text(reading: Reading, context: Context) -> str:
    at = reading.at
    about = "~" if reading.about and not reading.margin else ""
    margin = f" ±{reading.margin}" if reading.margin else ""
    other = reading.latest or reading.until
    joined = " and " if reading.latest is not None else "–"
    lead = "between " if reading.latest is not None else ""
    end = f"{joined}{_end_text(other, at, context)}" if other is not None else ""
    if isinstance(at, datetime):
        wall = wall_clock(instant(at, context.zone), context.zone) if at.tzinfo else at
        zone = context.zone if context.zone is not None else at.tzinfo
        label = f" {label_at(zone, wall)}" if zone is not None else ""
        return f"{lead}{_day_text(wall.date(), context)} {about}{_clock_text(wall.time())}{end}{label}{margin}"
    if isinstance(at, time):
        return f"{lead}{about}{_clock_text(at)}{end}{margin}{f' {reading.zone}' if reading.zone else ''}"
    return f"{lead}{about}{_day_text(at, context)}{end}{margin}" if at is not None else ""


def _end_text(other: datetime | date | time, at: object, context: Context) -> str:
    if isinstance(other, time):
        return _clock_text(other)
    if not isinstance(other, datetime):
        return _day_text(other, context)
    wall = wall_clock(instant(other, context.zone), context.zone) if other.tzinfo else other
    first = at if isinstance(at, datetime) else None
    if first is not None and first.tzinfo:
        first = wall_clock(instant(first, context.zone), context.zone)
    day = "" if first is not None and first.date() == wall.date() else f"{_day_text(wall.date(), context)} "
    return f"{day}{_clock_text(wall.time())}"


def _day_text(day: date, context: Context) -> str:
    known = context.after if context.after is not None and not context.undated else context.today
    year = "" if known is not None and known.year == day.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}{year}"


def _clock_text(clock: time) -> str:
    return f"{clock:%H:%M:%S}" if clock.second or clock.microsecond else f"{clock:%H:%M}"


def _since(reading: Reading, context: Context) -> str:
    """`+3h after 23:00`, from the event before."""
    at, after = reading.at, context.after
    if after is None or not isinstance(at, datetime | time):
        return ""
    if isinstance(at, time):
        gap = instant(datetime.combine(after.date(), at), None) - instant(after, None)
        gap += 86_400_000_000 if gap < 0 else 0
    else:
        gap = instant(at, context.zone) - instant(after, context.zone)
    if gap == 0:
        return f"at the same time as the event before, {_clock_text(after.time())}"
    length = span_text(abs(gap), short=True)
    return f"+{length} after {_clock_text(after.time())}" if gap > 0 else f"{length} before {_clock_text(after.time())}"


def _elsewhere(reading: Reading, context: Context) -> str:
    """The clock as it was written, where that was in another zone."""
    at = reading.at
    if not isinstance(at, datetime) or at.tzinfo is None or context.zone is None:
        return ""
    if wall_clock(instant(at, context.zone), context.zone) == at.replace(tzinfo=None):
        return ""
    return f"{_clock_text(at.time())} {label_at(at.tzinfo, at.replace(tzinfo=None))}"
