"""Dates in figures that were read one way and can be read another: 03/04/2024 is in March or in April."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import Final

from msgspec import Struct

from schemas import event_edits
from schemas.checks.far_times import FAR, around
from schemas.checks.naming import AT_MOST, choices, counted, named, place, quoted, when
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.time_fixes import day_and_month_exchanged, exchange_day_and_month, lands
from schemas.date_order import evidence_of, exchanged, order_of, two_readings
from schemas.dates import short_date
from schemas.entries import Entry
from schemas.incident import Event, Incident, Stated
from schemas.moments import DAY, When
from schemas.timeline import Timeline

_NEAR: Final = 3
"""So many days from a day that is known for sure, a reading is borne out by it …"""

_FAR: Final = 10
"""… if the other reading is at least so many days from all of them."""

_APART: Final = 20 * DAY
"""An event this far from the others may have its day and month exchanged."""


class _Doubtful(Struct, frozen=True):
    """A date that was written so that it can be read both ways."""

    item: Event | Stated
    where: str
    words: str
    day_first: date
    month_first: date

    @property
    def read(self) -> date | None:
        """How it was read, if it was read as one of the two."""
        day = _day(self.item.at)
        return day if day in (self.day_first, self.month_first) else None

    @property
    def other(self) -> date:
        """How else it can be read."""
        return self.month_first if self.read == self.day_first else self.day_first


@rule(
    "T19", "date that can be read two ways", "warning", "timeline", "title", "sections", "other_sections", "events",
    "stated", "policy",
)  # fmt: skip
def doubtful_dates(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A date in figures was read against what the rest of the document says, or with nothing to go by."""
    story = facts.timeline
    doubtful = [each for each in _doubtful(facts) if each.read]
    if doubtful:
        order, why = _order(facts)
        sure = _sure_days(facts)
        undecided = []
        for each in doubtful:
            verdict = _borne_out(each, order, why, sure)
            if verdict is None:
                undecided.append(each)
            elif verdict:
                message = f"{quoted(each.words)} was read as {_shown(each.read)}, but {verdict}: {_shown(each.other)}"
                hint = "Correct the date, or write it in full, such as 2024-05-02, and waive this."
                yield this.finding(each.where, message, hint, _exchange([each], story.zone, keep=True))
        if undecided:
            yield _told(this, undecided, story.zone)
    known = {id(each.item) for each in doubtful}
    yield from _among_the_others(this, story, known)


def _doubtful(facts: Facts) -> Iterator[_Doubtful]:
    yield from facts.timeline.of_events.gathered(_doubtful_events)
    for stated in facts.incident.stated:
        if stated.at is not None and (found := two_readings(stated.value)):
            yield _Doubtful(stated, place("stated", stated.id), *found)


def _doubtful_events(events: tuple[Event, ...]) -> Iterator[_Doubtful]:
    for event in events:
        if event.as_written and event.at is not None and (found := two_readings(event.as_written)):
            yield _Doubtful(event, place("events", event.id, "as_written"), *found)


def _day(at: When | None) -> date | None:
    if isinstance(at, datetime):
        return at.date()
    return at if isinstance(at, date) else None


def _order(facts: Facts) -> tuple[bool | None, str]:
    """Whether the day comes first, as the document or the team has it, and who says so."""
    found = order_of(facts.incident, facts.policy)
    return found.day_first, found.why


def _sure_days(facts: Facts) -> set[date]:
    """The days that are known beyond doubt: those that the document names, and those of events written otherwise."""
    days = set(evidence_of(facts.incident).days)
    return days.union(facts.timeline.of_entries.gathered(_days))


def _days(entries: tuple[Entry, ...]) -> set[date]:
    return {
        entry.wall.date()
        for entry in entries
        if entry.start and entry.dated and not entry.assumed and entry.wall
        if two_readings(entry.event.as_written) is None
    }


def _borne_out(each: _Doubtful, order: bool | None, why: str, sure: set[date]) -> str | None:
    """Empty if the reading is borne out; what speaks against it; or None if nothing is known."""
    if order is not None:
        wanted = each.day_first if order else each.month_first
        return "" if each.read == wanted else f"{'the day' if order else 'the month'} comes first, {why}"
    if each.read is None or not sure:
        return "" if _with_dots(each) else None
    nearest = min(abs((day - each.read).days) for day in sure)
    instead, beside = min((abs((day - each.other).days), day) for day in sure)
    if nearest <= _NEAR and instead >= _FAR:
        return ""
    if instead <= _NEAR and nearest >= _FAR:
        return f"the document speaks of {short_date(beside)}"
    return "" if _with_dots(each) else None


def _with_dots(each: _Doubtful) -> bool:
    """Whether a date is written with dots, where the day comes first, and was read so."""
    return "." in each.words and each.read == each.day_first


def _told(this: Rule, undecided: Sequence[_Doubtful], zone: tzinfo | None) -> Finding:
    first = undecided[0]
    more = f" (and {counted(len(undecided) - 1, 'more date')} like it)" if len(undecided) > 1 else ""
    readings = choices([short_date(first.day_first), short_date(first.month_first)])
    message = f"{quoted(first.words)}{more} can be {readings}; it was read as {_shown(first.read)}"
    hint = "Nothing in the document tells which: ask, then swap day and month, or waive this if the reading is right."
    return this.finding(first.where, message, hint, _exchange(undecided, zone, keep=False))


def _shown(day: date | None) -> str:
    return short_date(day) if day else ""


def _exchange(doubtful: Sequence[_Doubtful], zone: tzinfo | None, *, keep: bool) -> Fix | None:
    """Swap day and month; without evidence the words go, since a person has now decided what they mean."""
    events = {each.item.id for each in doubtful if isinstance(each.item, Event)}
    claims = {each.item.id for each in doubtful if isinstance(each.item, Stated)}

    def swapped(event: Event) -> Event:
        if event.id not in events:
            return event
        moved = exchanged(event, zone) or event
        return moved if keep else moved.changed(as_written="")

    def claimed(stated: Stated) -> Stated:
        if stated.id not in claims or two_readings(stated.value) is None:
            return stated
        changed: Stated = stated.changed(at=day_and_month_exchanged(stated.at) or stated.at)
        return changed

    def edit(incident: Incident) -> Incident:
        changes = {
            "events": tuple(map(swapped, incident.events)),
            "stated": tuple(map(claimed, incident.stated)),
        }
        return event_edits.sort_events(incident.model_copy(update=changes))

    each = doubtful[0]
    if isinstance(each.item, Event) and exchanged(each.item, zone) is None:
        return None
    of = f" of {counted(len(doubtful), 'date')}" if len(doubtful) > 1 else ""
    return Fix(f"swap day and month{of}: {each.other.isoformat()}", edit)


def _among_the_others(this: Rule, story: Timeline, known: set[int]) -> Iterator[Finding]:
    """A lone event weeks from the others that would stand in their midst with its day and month exchanged."""
    if story.first is None or story.last is None or not _APART < _between(story.first, story.last) <= FAR:
        return
    timed = dated = story.timed
    if story.of_entries.gathered(_without_own_date):
        dated = tuple(entry for entry in timed if entry.dated and not entry.assumed)
    if len(dated) < 3:
        return
    middle = dated[len(dated) // 2]
    # In time order: whatever is far from the middle stands at one of the two ends.
    first, last = around(dated, middle, _APART)
    lone = (*dated[: min(first, AT_MOST)], *dated[last : last + AT_MOST])
    if not lone or first + len(dated) - last > max(1, len(dated) // 4):
        return
    span = dated[first].start, dated[last - 1].start
    if span[0] is None or span[1] is None:
        return
    for entry in lone[:AT_MOST]:
        event = entry.event
        swapped = day_and_month_exchanged(event.at)
        if id(event) in known or not lands(swapped, event, story, (span[0].nominal, span[1].nominal), DAY):
            continue
        message = f"{named(event)} ({when(entry)}) lies {_between(entry, middle) // DAY} days from the other events"
        hint = f"Day and month seem to be exchanged: {_shown(_day(swapped))} is among the others."
        yield this.finding(place("events", event.id, "at"), message, hint, exchange_day_and_month(event))


def _without_own_date(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.start and (entry.assumed or not entry.dated)]


def _between(entry: Entry, other: Entry) -> int:
    return abs(entry.start.nominal - other.start.nominal) if entry.start and other.start else 0
