"""An incident out of what a source says: its events, what it says of itself, and the proof that nothing was lost."""

from __future__ import annotations

import hashlib
import random
from typing import Any

from schemas.ids import new_ids
from schemas.incident import Incident, OtherSection
from schemas.readers.accounting import unplaced
from schemas.readers.assembling import Texts, built
from schemas.readers.blocks import Line
from schemas.readers.document import UNPLACED
from schemas.readers.found import Assumption, Source
from schemas.readers.imported import Imported
from schemas.readers.source_events import events_of
from schemas.readers.source_records import Asked, Heard, Record
from schemas.readers.source_settling import settle


def incident_of(heard: Heard, lines: tuple[Line, ...], asked: Asked) -> Imported:
    """The incident of a source whose lines these are; the same source gives the same incident."""
    lines = heard.lines or lines
    timed = settle(heard, asked)
    found = events_of(heard, timed, asked)
    texts = Texts()
    asides = [line for record in found.asides for line in _of_aside(record, heard, lines)]
    above = [line for line in heard.preamble if line.number not in heard.structure]
    for heading, kept in (("Above the entries", above), *heard.sections, (heard.aside, asides)):
        if any(line.text.strip() for line in kept):
            texts.others.append((heading, "", kept))
    seed = hashlib.sha256("\n".join(line.text for line in lines).encode("utf-8", "replace")).digest()
    rng = random.Random(seed)
    fields: dict[str, Any] = {"title": heard.title, "services": heard.services, "zone": timed.zone_name}
    empty = Incident(**{name: value for name, value in fields.items() if value})
    incident, sources, doubts = built(empty, texts, {"events": found.items}, rng)
    if timed.zone_line:
        sources["zone"] = Source((timed.zone_line,))
    lost: tuple[Line, ...] = ()
    if not heard.accounted:
        outside = {number for record in found.outside for number in record.lines}
        bare = (
            Line(line.number, heard.bare.get(line.number, line.text)) for line in lines if line.number not in outside
        )
        missing = {line.number for line in unplaced(bare, incident, frozenset(heard.structure))}
        lost = tuple(line for line in lines if line.number in missing)
    if lost:
        own = new_ids(incident, rng, 1)[0]
        section = OtherSection(id=own, heading=UNPLACED, body="\n".join(line.text for line in lost))
        incident = incident.model_copy(update={"other_sections": (*incident.other_sections, section)})
        sources[f"other_sections/{own}"] = Source(tuple(line.number for line in lost))
    read_as = Assumption("source", f"this is read as {heard.what}, in which each entry is an event")
    assumptions = (read_as, *heard.assumptions, *timed.assumptions, *found.assumptions)
    ordered = sorted((*heard.doubts, *doubts), key=lambda doubt: doubt.line)
    return Imported(incident, sources, assumptions, tuple(ordered), lost, lines)


def _of_aside(record: Record, heard: Heard, lines: tuple[Line, ...]) -> list[Line]:
    """What is kept of an entry that is no event: its lines, or its words where these lines are no text for people."""
    if not heard.accounted or heard.lines:
        return [lines[number - 1] for number in record.lines]
    words = f"{record.who}: {record.text}" if record.who else record.text
    return [Line(record.lines[0], words)]
