"""The timeline of our own documents read back: the zone, the days, and a row for each event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Any, Final

from msgspec import Struct

from schemas.readers.blocks import Line
from schemas.readers.export_items import audience_of, link_of, unknown_fields
from schemas.readers.export_text import Row, plain, table_at
from schemas.readers.export_times import day_of, fields_of, moment_of, offset_of
from schemas.writers.times import ASSUMED_MARK, UNKNOWN

_ASSUMED_ZONE: Final = re.compile(r".*All times at (?:.*, )?(UTC(?:[+-]\d\d:\d\d)?), the offset of .*", re.DOTALL)
_ZONE: Final = re.compile(
    r"(?:“.*” is not a known time zone|No time zone is known|All times (?:in|at) |Times are as written)"
)
_MARK: Final = re.compile(r"\*\*((?:[^*\\]|\\.)+)\*\*")
_LOOSE: Final = ("latest", "until")


class Told(Struct, frozen=True):
    """The events of a timeline with their lines, and the zone in which its times are printed."""

    events: tuple[tuple[int, dict[str, Any]], ...]
    zone: tzinfo | None


def timeline_of(body: Sequence[Line], zone: tzinfo | None) -> Told | None:
    """The events below the heading of the timeline; None where something stands there that is none of ours."""
    events: list[tuple[int, dict[str, Any]]] = []
    day: date | None = None
    at = 0
    while at < len(body):
        text = body[at].text
        if not text or (at < 3 and not events and (_ZONE.match(plain(text)) or text.startswith(ASSUMED_MARK))):
            if zone is None and (found := _ASSUMED_ZONE.fullmatch(text)):
                zone = offset_of(found[1])
            at += 1
        elif text.startswith("### "):
            day = day_of(text[4:].strip())
            if day is None:
                return None
            at += 1
        elif (found_rows := table_at(body, at, "Time")) is not None:
            rows, at = found_rows
            for row in rows:
                fields = _event(row, day, zone)
                if fields is None:
                    return None
                events.append((row.line, fields))
        else:
            return None
    return Told(tuple(events), zone)


def _event(row: Row, day: date | None, zone: tzinfo | None) -> dict[str, Any] | None:
    if not row.cells.keys() >= {"Time", "Event"}:
        return None
    notes = row.plain("Notes").splitlines()
    when = row.plain("Time")
    fields = fields_of(when, day, zone)
    if fields is None:
        fields = {} if when == UNKNOWN else {"as_written": when}
    if notes and notes[0].startswith("as written: "):
        fields["as_written"] = notes.pop(0).removeprefix("as written: ")
    if "at" not in fields and not _loose(fields, notes, zone):
        return None
    if notes and notes[0].startswith("zone: "):
        fields["zone"] = notes.pop(0).removeprefix("zone: ")
    if notes and notes[0].startswith("recorded "):
        fields["recorded"] = moment_of(notes.pop(0).removeprefix("recorded "), zone)
        if fields["recorded"] is None:
            return None
    if who := audience_of(notes):
        fields["audience"] = who
    words = row.plain("Event").split("\n")
    links: list[str] = []
    while len(words) > 1 and (link := link_of(words[-1])):
        links.append(link)
        words.pop()
    fields["text"] = "\n".join(words)
    if links:
        fields["links"] = tuple(reversed(links))
    for name, key in (("Kind", "kind"), ("Who", "actor")):
        if word := row.plain(name):
            fields[key] = word
    if marks := tuple(plain(mark) for mark in _MARK.findall(row.cells.get("Milestone", ""))):
        fields["milestones"] = marks
    extras = unknown_fields(notes)
    return None if extras is None or extras.keys() & fields.keys() else {**fields, **extras}


def _loose(fields: dict[str, Any], notes: list[str], zone: tzinfo | None) -> bool:
    """What is said of the time of an event that has none: an end without a start, a margin around nothing."""
    for name in ("latest", "until", "margin", "about"):
        if not notes or not notes[0].startswith(f"{name}: "):
            continue
        value = notes.pop(0).partition(": ")[2]
        if name in _LOOSE:
            moment = moment_of(value, zone)
            if moment is None:
                return False
            fields[name] = moment
        else:
            fields[name] = value if name == "margin" else True
    return True
