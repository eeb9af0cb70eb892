"""Faults in single times: in the future, far from the others, unreadable, ending before they start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from typing import Final

from schemas import zones
from schemas.checks.naming import AT_MOST, counted, moment_text, named, place, quoted, when
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.incident import Event, Incident
from schemas.moments import DAY, HOUR, MINUTE, When, instant, interval, span_text
from schemas.timeline import Entry, Timeline

FAR: Final = 400 * DAY
"""An event this far from the others belongs to another story, or its year is mistyped."""

_YEAR_TYPO: Final = 31 * DAY
"""An event that comes this close to the others once its year is theirs has a mistyped year."""

_IF_RIGHT: Final = "Correct the date, or waive this if it is right."

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
    hint = "Correct the date, the year above all."
    if len(ahead) > AT_MOST:
        first = ahead[0]
        message = f"{len(ahead)} events lie in the future, the first is {named(first.event)} ({when(first)})"
        yield this.finding("events", message, hint)
    else:
        for entry in ahead:
            ends = entry.start is not None and entry.start.earliest <= limit
            shown = f"ends {moment_text(entry.event.until)}" if ends and entry.event.until else when(entry)
            where = place("events", entry.event.id, "until" if ends else "at")
            yield this.finding(where, f"{named(entry.event)} lies in the future ({shown})", hint)
    for stated in facts.incident.stated:
        if stated.at is not None and not isinstance(stated.at, time):
            known = interval(stated.at, zone=story.zone)
            if known.earliest > limit:
                message = f"the stated {stated.what} lies in the future ({moment_text(stated.at)})"
                yield this.finding(place("stated", stated.id), message, hint)
    if not ahead:
        yield from _far(this, story)


def _ahead(story: Timeline, limit: int) -> list[Entry]:
    found = []
    for entry in reversed(story.timed):
        if entry.start is None or entry.start.nominal <= limit:
            break
        if entry.dated and entry.start.earliest > limit:
            found.append(entry)
    found.reverse()
    if not found:
        found = [entry for entry in story.timed if entry.end is not None and entry.dated and entry.end.earliest > limit]
    return found


def _far(this: Rule, story: Timeline) -> Iterator[Finding]:
    # In time order: whatever is far from the middle stands at one of the two ends.
    timed = story.timed
    if len(timed) < 2 or _apart(timed[0], timed[-1]) <= FAR:
        return
    dated = [entry for entry in timed if entry.dated]
    if not dated:
        return
    middle = dated[len(dated) // 2 if len(dated) > 2 else 0]
    far = [entry for entry in dated if _apart(entry, middle) > FAR]
    # Half of the story elsewhere is no typo but a long story.
    if len(far) > max(1, len(dated) // 4):
        return
    for entry in far:
        apart = span_text(_apart(entry, middle), short=True)
        message = f"{named(entry.event)} ({when(entry)}) lies {apart} from the other events"
        where = place("events", entry.event.id, "at")
        if _with_year(entry, middle) and middle.wall:
            yield this.finding(where, message, f"Correct the year; {middle.wall.year} was probably meant.")
        else:
            yield replace(this.finding(where, message, _IF_RIGHT), severity="warning")


def _apart(entry: Entry, other: Entry) -> int:
    return abs(entry.start.nominal - other.start.nominal) if entry.start and other.start else 0


def _with_year(entry: Entry, other: Entry) -> bool:
    """Whether the event would stand next to the other one if it had its year."""
    if entry.wall is None or other.wall is None:
        return False
    day = min(entry.wall.day, 28)
    moved = entry.wall.replace(year=other.wall.year, day=day)
    return abs(instant(moved, None) - instant(other.wall, None)) <= _YEAR_TYPO


_TIME_LIKE = re.compile(
    r"\d{1,2}[:.h]\d|\d[:.]?\s*[ap]\.?m\b|\d{4}\s*h|\d[/\-.]\d|\?\?|\b(?:HH|YYYY)\b|\bTB[DA]\b", re.I
)
_ODD: Final = {
    "mixed": "mixes the 24-hour clock with AM or PM",
    "partial": "is not complete",
    "point": "is written with a point",
    "placeholder": "is a placeholder",
}
_ODD_TIME: Final = re.compile(
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
    unread, odd = [], []
    for entry in facts.timeline.entries:
        written = entry.event.as_written
        if not written:
            continue
        if entry.event.at is None:
            if _TIME_LIKE.search(written):
                unread.append((entry, _oddity(written)))
        elif fault := _oddity(written):
            odd.append((entry, fault))
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
    for event in story.source:
        if event.until is not None and _lies_before(event.until, event, story):
            found.append((event, "until", "ends", event.until))
        if event.latest is not None and _lies_before(event.latest, event, story):
            found.append((event, "latest", "was at the latest at", event.latest))
    for event, field, what, other in found[:AT_MOST]:
        at = moment_text(event.at) if event.at is not None else ""
        message = f"{named(event)} {what} {moment_text(other)}, before it starts ({at})"
        hint = "Exchange the two times, or correct the one that is wrong."
        yield this.finding(place("events", event.id, field), message, hint)
    if more := found[AT_MOST:]:
        message = f"{counted(len(more), 'more event ends', 'more events end')} before the start"
        yield this.finding("events", message, "Correct their times.")
    yield from _stated_ends_first(this, facts)


def _lies_before(other: When, event: Event, story: Timeline) -> bool:
    """Whether the other end of an event lies before it. A clock never does: it is taken to be on the next day."""
    if event.at is None or isinstance(event.at, time) or isinstance(other, time):
        return False
    zone = (zones.resolve(event.zone) if event.zone else None) or story.zone
    return interval(other, zone=zone).latest < interval(event.at, zone=zone).earliest


def _stated_ends_first(this: Rule, facts: Facts) -> Iterator[Finding]:
    zone = facts.timeline.zone
    sides: dict[str, list[tuple[int, int, str, str]]] = {"start": [], "end": []}
    for stated in facts.incident.stated:
        if stated.what in sides and stated.at is not None and not isinstance(stated.at, time):
            known = interval(stated.at, zone=zone)
            sides[stated.what].append((known.earliest, known.latest, moment_text(stated.at), stated.id))
    if not sides["start"] or not sides["end"]:
        return
    # A document may state several windows; it contradicts itself only if no end fits any start.
    first, last = min(sides["start"]), max(sides["end"], key=lambda end: end[1])
    if last[1] < first[0]:
        message = f"the stated end ({last[2]}) lies before the stated start ({first[2]})"
        yield this.finding(place("stated", last[3]), message, "Correct the one that is wrong.")
