"""The timeline as Markdown: a table a day, under a heading that names the day."""

from __future__ import annotations

from datetime import date
from typing import Final

from schemas.entries import Entry
from schemas.readers.export_times import reads_as_time
from schemas.writers import escape
from schemas.writers.parts import audience_note
from schemas.writers.source import Source, cell_lines, extras, link_text
from schemas.writers.tables import Row, table, used
from schemas.writers.times import ASSUMED_MARK, UNKNOWN, day_text, time_text, zone_text

_ASSUMED: Final = f"{ASSUMED_MARK} The record has no date for this time; it is taken from the events around it."


def timeline(source: Source) -> str:
    """All events in order of time, with the zone that their times are in.

    External documents leave out who acted, and what is said about the record itself: when an event was written down
    and how its time was worded, unless the words are all that is known of it.
    """
    entries = source.timeline.entries
    if not entries:
        return ""
    days: list[tuple[date | None, list[Row]]] = []
    for entry in entries:
        day = entry.wall.date() if entry.start is not None and entry.dated and entry.wall is not None else None
        # An event without a time stays with the one it stands behind.
        if not days or (day is not None and day != days[-1][0]):
            days.append((day, []))
        days[-1][1].append(_row(source, entry))
    columns = used(source.style.columns["timeline"], [row for _, rows in days for row in rows])
    zone = escape.block(zone_text(source.incident, source.timeline))
    notes = [zone, _ASSUMED if any(entry.assumed for entry in entries) else ""]
    parts = ["\\\n".join(note for note in notes if note)]
    for day, rows in days:
        parts += [f"### {day_text(day)}" if day else "", table(columns, rows)]
    return "\n\n".join(part for part in parts if part)


def _row(source: Source, entry: Entry) -> Row:
    event = entry.event
    when = time_text(entry, source.timeline.zone)
    if entry.start is None and source.internal and reads_as_time(when):
        when = UNKNOWN  # the words stand in the notes, where nobody takes them for a time that is known
    row = {"time": escape.cell(when), "event": cell_lines(event.text, *map(link_text, event.links))}
    if event.milestones:
        row["milestones"] = ", ".join(f"**{escape.cell(name)}**" for name in event.milestones if name.strip())
    if event.kind:
        row["kind"] = escape.cell(event.kind)
    if source.internal:
        if event.actor:
            row["actor"] = escape.cell(event.actor)
        row["notes"] = cell_lines(*_notes(source, entry, when))
    return row


def _notes(source: Source, entry: Entry, when: str) -> list[str]:
    event = entry.event
    notes = []
    if event.as_written and event.as_written != when:
        notes.append(f"as written: {event.as_written}")
    if entry.start is None:
        notes += [f"{name}: {value}" for name, value in _loose_times(source, entry)]
    if event.zone:
        notes.append(f"zone: {event.zone}")
    if event.recorded is not None:
        notes.append(f"recorded {source.moment(event.recorded)}")
    return [*notes, *audience_note(event.audience), *extras(event)]


def _loose_times(source: Source, entry: Entry) -> list[tuple[str, str]]:
    """What is said of the time of an event that has none: an end without a start, a margin around nothing."""
    event = entry.event
    known = (("latest", source.moment(event.latest)), ("until", source.moment(event.until)), ("margin", event.margin))
    return [(name, value) for name, value in (*known, ("about", "yes" if event.about else "")) if value]
