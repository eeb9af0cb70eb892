"""Faults in single times: unreadable ones, and ends that lie before their start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import Final

from schemas import edits, zones
from schemas.checks.naming import AT_MOST, counted, moment_text, named, place, quoted, when
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.time_fixes import end_later, following_day
from schemas.entries import Entry
from schemas.incident import Event, Incident, Stated
from schemas.moments import When, interval
from schemas.patterns import late
from schemas.pieces import Look

_TIME_LIKE = late(r"\d{1,2}[:.h]\d|\d[:.]?\s*[ap]\.?m\b|\d{4}\s*h|\d[/\-.]\d|\?\?|\b(?:HH|YYYY)\b|\bTB[DA]\b", re.I)
_ODD: Final = {
    "mixed": "mixes the 24-hour clock with AM or PM",
    "partial": "is not complete",
    "point": "is written with a point",
    "placeholder": "is a placeholder",
}
_ODD_TIME: Final = late(
    r"(?P<mixed>\b(?:1[3-9]|2[0-4])[:.]\d\d(?::\d\d)?\s?[ap]\.?m\b|\b00?[:.]\d\d\s?pm\b)"
    r"|(?P<partial>\d[:\-/]?\?|\?\?[:\-/]|\b\d\d?:\s?[ap]\.?m\b|\b\d\d?:\d\+)"
    r"|(?P<point>(?<![\d.:])\d{1,2}\.\d\d(?![\d.:]|\s?[ap]\.?m))"
    r"|(?P<placeholder>\b(?:HH:MM|YYYY)\b|\btime\])",
    re.IGNORECASE,
)


def _oddity(written: str) -> str:
    """What is odd about the words for a time, or an empty string."""
    folded = written.casefold()
    if not ("?" in folded or "." in folded or "m" in folded or "+" in folded or "y" in folded):
        return ""
    match = _ODD_TIME.search(written)
    return _ODD[match.lastgroup or ""] if match else ""


@rule("T04", "malformed time", "error", "timeline")
def malformed(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A time that could not be read, or that was read as the only thing it can mean."""
    unread: list[tuple[Entry, str]] = []
    odd: list[tuple[Entry, str]] = []
    for entry, fault in facts.timeline.of_entries.gathered(_malformed):
        (odd if entry.event.at is not None else unread).append((entry, fault))
    for entry, fault in unread[:AT_MOST]:
        message = f"{quoted(entry.event.as_written)} {fault or 'cannot be read as a time'}; the event has no time"
        hint = "Set the time as well as it is known: exact, about, between two times, or only the day."
        yield this.finding(place("events", entry.event.id, "at"), message, hint)
    if more := unread[AT_MOST:]:
        count, example = counted(len(more), "more time"), quoted(more[0][0].event.as_written)
        message = f"{count} cannot be read, the next is {example}"
        yield this.finding("events", message, "Set these times as well as they are known.")
    if len(odd) > AT_MOST:
        entry, fault = odd[0]
        message = f"{len(odd)} times are written oddly; the first, {quoted(entry.event.as_written)}, {fault}"
        label = f"keep all {len(odd)} times as read and drop the old wording"
        hint = "Look at how they were read, and correct what is wrong."
        yield Finding(this.id, "warning", "events", message, hint, _accept([entry.event.id for entry, _ in odd], label))
        return
    for entry, fault in odd:
        message = f"{quoted(entry.event.as_written)} {fault}; it was read as {when(entry)}"
        fix = _accept([entry.event.id], f"keep {when(entry)} and drop the old wording")
        where = place("events", entry.event.id, "as_written")
        yield Finding(this.id, "warning", where, message, "Correct the time if that is wrong.", fix)


def _malformed(entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, str]]:
    """The entries whose times are not written as times are, with what is odd about them."""
    for entry in entries:
        if written := entry.event.as_written:
            fault = _oddity(written)
            if fault if entry.event.at is not None else _TIME_LIKE.search(written):
                yield entry, fault


def _accept(ids: list[str], label: str) -> Fix:
    accepted = frozenset(ids)

    def edit(incident: Incident) -> Incident:
        events = tuple(
            event.changed(as_written="") if event.id in accepted and event.as_written else event
            for event in incident.events
        )
        return incident.model_copy(update={"events": events})

    return Fix(label, edit)


@rule("T18", "ends before it starts", "error", "timeline", "stated")
def ends_first(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The end of an event, or of the incident as stated, lies before its start."""
    story = facts.timeline
    found = []
    for event, field, other in story.of_events.gathered(_ending_first(story.zone)):
        found.append((event, field, "ends" if field == "until" else "was at the latest at", other))
    for event, field, what, other in found[:AT_MOST]:
        at = moment_text(event.at) if event.at is not None else ""
        message = f"{named(event)} {what} {moment_text(other)}, before it starts ({at})"
        hint = "Exchange the two times, or correct the one that is wrong."
        yield this.finding(place("events", event.id, field), message, hint, end_later(event, field))
    if more := found[AT_MOST:]:
        message = f"{counted(len(more), 'more event ends', 'more events end')} before the start"
        yield this.finding("events", message, "Correct their times.")
    yield from _stated_ends_first(this, facts)


@lru_cache(maxsize=4)
def _ending_first(zone: tzinfo | None) -> Look[Event, tuple[Event, str, When]]:
    """Finds the ends of events that lie before their starts, with the names of their fields."""

    def look(events: tuple[Event, ...]) -> Iterator[tuple[Event, str, When]]:
        for event in events:
            if event.until is not None and _lies_before(event.until, event, zone):
                yield event, "until", event.until
            if event.latest is not None and _lies_before(event.latest, event, zone):
                yield event, "latest", event.latest

    return look


def _lies_before(other: When, event: Event, zone: tzinfo | None) -> bool:
    """Whether the other end of an event lies before it. A clock never does: it is taken to be on the next day."""
    if event.at is None or isinstance(event.at, time) or isinstance(other, time):
        return False
    own = (zones.resolve(event.zone) if event.zone else None) or zone
    return interval(other, zone=own).latest < interval(event.at, zone=own).earliest


def _stated_ends_first(this: Rule, facts: Facts) -> Iterator[Finding]:
    zone = facts.timeline.zone
    sides: dict[str, list[tuple[int, int, Stated, date | datetime]]] = {"start": [], "end": []}
    for stated in facts.incident.stated:
        if stated.what in sides and stated.at is not None and not isinstance(stated.at, time):
            known = interval(stated.at, zone=zone)
            sides[stated.what].append((known.earliest, known.latest, stated, stated.at))
    if not sides["start"] or not sides["end"]:
        return
    # A document may state several windows; it contradicts itself only if no end fits any start.
    first = min(sides["start"], key=lambda start: start[0])
    last = max(sides["end"], key=lambda end: end[1])
    if last[1] < first[0]:
        message = f"the stated end ({moment_text(last[3])}) lies before the stated start ({moment_text(first[3])})"
        alone = len(sides["start"]) == len(sides["end"]) == 1
        fix = _stated_fix(first[2], last[2]) if alone else None
        yield this.finding(place("stated", last[2].id), message, "Correct the one that is wrong.", fix)


def _stated_fix(start: Stated, end: Stated) -> Fix | None:
    """Put the end on the next day where the night explains it, else exchange the two."""
    if not start.id or not end.id or start.id == end.id:
        return None
    if isinstance(start.at, datetime) and isinstance(end.at, datetime):
        later = following_day(start.at, end.at)
        if later is not None:
            label = f"put the stated end on the next day: {moment_text(later)}"
            return Fix(label, lambda incident: edits.update_item(incident, "stated", end.id, at=later))

    def exchanged(incident: Incident) -> Incident:
        incident = edits.update_item(incident, "stated", start.id, what="end")
        return edits.update_item(incident, "stated", end.id, what="start")

    return Fix("exchange the stated start and the stated end", exchanged)
