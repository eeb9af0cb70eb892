"""The ground that times are read on: the document's zone, its day, and whether it writes day or month first."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.date_order import DateOrder, evidence, settle, two_readings
from schemas.readers.blocks import Line
from schemas.readers.days_said import SaidDay, days_in, most_likely
from schemas.readers.found import Assumption, Choice, Doubt, Source
from schemas.readers.ground import Ground
from schemas.readers.header_fields import Fact
from schemas.readers.heading_names import ACTIONS, TIMELINE
from schemas.readers.parts import Document
from schemas.readers.timeline_order import likelier
from schemas.readers.zones_said import SaidZone, only_zone, zone_said
from schemas.readings import Context

_WEIGHTS: Final = {"date": 4, "start": 5, "range": 5, "length": 4, "detected": 3, "written": 0}
_MOST_LINES: Final = 5_000
"""So many lines of prose are looked at for the day of the story: it is told at the top."""


class Settled(Struct, frozen=True):
    """The ground, and how it was settled. `zone_written` are the words by which the document names its zone."""

    ground: Ground
    zone_source: Source | None = None
    zone_written: str = ""
    assumptions: tuple[Assumption, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def ground_of(
    document: Document,
    facts: tuple[Fact, ...],
    *,
    zone: str = "",
    day: date | None = None,
    day_first: bool | None = None,
    written: date | None = None,
) -> Settled:
    """What holds for all times of a document; what is given from outside counts where the document says nothing.

    A `day` from outside always counts.
    """
    assumptions: list[Assumption] = []
    doubts: list[Doubt] = []
    prose = _prose(document)
    said = zone_said(_zone_lines(document, prose, facts), zone)
    name = said.name if said and said.name else zone
    place: tzinfo | None = zones.resolve(name) if name else None
    if place is None:
        name = ""
    source = (
        Source((said.line,), "sure" if said.for_all else "likely", f"“{said.written}” is written") if said else None
    )
    if said is None and name:
        source = Source((), "guess", "given when it was imported")
        assumptions.append(Assumption("zone", f"the document names no zone; times are read in {name} as asked"))
    elif said is not None:
        asked = bool(zone) and zone == name and len(said.places) > 1
        if asked:
            assumptions.append(Assumption("zone", f"{said.written} is the time of {name}, as asked", said.line))
        doubts += _zone_doubts(said, document, name, asked=asked)
    order = _order(document, day_first)
    context = Context(
        day_first=order.day_first, day_first_why=order.why, order_is_weak=order.is_weak,
        days=evidence(line.text for line in prose).days, today=written,
    )  # fmt: skip
    assumptions += _order_told(document, order)
    likely = _day(document, facts, prose, context, doubts) if day is None else None
    if day is not None:
        assumptions.append(Assumption("date", f"the story begins on {day.isoformat()}, as asked"))
    ground = Ground(
        zone=place, zone_name=name, day=day or (likely.day if likely else None), day_first=order.day_first,
        day_first_why=order.why, order_is_weak=order.is_weak, days=context.days, written=written,
        asked_zone=said is None and bool(name),
        day_asked=day is not None,
    )  # fmt: skip
    return Settled(ground, source, said.written if said else "", tuple(assumptions), tuple(doubts))


def _prose(document: Document) -> list[Line]:
    """The lines that are no code, those of front matter among them."""
    code = {
        number for part in document.parts for block in part.blocks if block.kind == "code" for number in block.numbers
    }
    lines = []
    for part in document.parts:
        if part.heading is not None:
            lines.append(part.heading.texts[0])
        front = [line for block in part.blocks if block.kind == "front-matter" for line in block.texts]
        lines += front + [line for line in part.body if line.number not in code]
    return lines


def _zone_lines(document: Document, prose: list[Line], facts: tuple[Fact, ...]) -> list[Line]:
    """What may name the zone: a field for it first, then timeline and header before what is told further down."""
    first = [Line(fact.line, f"time zone: {fact.value}") for fact in facts if fact.key == "zone"]
    for part in document.of(TIMELINE):
        if part.heading is not None and only_zone(part.note.strip()):
            first.append(Line(part.first, f"time zone: {part.note.strip()}"))
    story = {number for part in document.of(TIMELINE) for number in range(part.first, part.last + 1)}
    late = {number for part in document.of(ACTIONS, "supporting") for number in range(part.first, part.last + 1)}
    inside = [line for line in prose if line.number in story]
    return first + inside + [line for line in prose if line.number not in story and line.number not in late]


def _zone_doubts(said: SaidZone, document: Document, name: str, *, asked: bool) -> list[Doubt]:
    text = document.lines[said.line - 1].text.strip()
    made = []
    if len(said.places) > 1 and not asked:
        choices = tuple(
            Choice(f"all times in {place}", "reread", "zone", place)
            for place in (name, *(place for place in said.places if place != name))
        )
        made.append(
            Doubt(said.line, text, f"{said.written} is used in several places; read as {name}", "zone", choices)
        )
    if said.others:
        others = ", ".join(said.others)
        why = f"the document names several zones: {said.written} and {others}; the incident's is {name}"
        made.append(
            Doubt(said.line, text, why, "zone", (Choice(f"the incident is in {name}", "reread", "zone", name),))
        )
    return made


def _order(document: Document, day_first: bool | None) -> DateOrder:
    if day_first is not None:
        return DateOrder(day_first, "as asked")
    order = settle(evidence(line.text for line in document.lines))
    if (
        order.day_first is None
        and not order.why
        and (likely := likelier(line.text for line in document.lines)) is not None
    ):
        return DateOrder(likely, "as the story would take months otherwise", is_weak=True)
    return order


def _order_told(document: Document, order: DateOrder) -> list[Assumption]:
    for line in document.lines:
        if "/" in line.text or "-" in line.text or "." in line.text:
            found = two_readings(line.text)
            if found is not None:
                if order.day_first is None:
                    return []
                first = "day" if order.day_first else "month"
                return [Assumption("dates", f"{found[0]} is read {first} first, {order.why}", line.number)]
    return []


def _day(
    document: Document, facts: tuple[Fact, ...], prose: list[Line], context: Context, doubts: list[Doubt]
) -> SaidDay | None:
    """The day that header, title, summary and timeline speak for most."""
    said: list[SaidDay] = []
    labelled = set()
    for fact in facts:
        if fact.key in _WEIGHTS:
            labelled.add(fact.line)
            said += _said(fact.value, fact.line, _WEIGHTS[fact.key], context)
    if document.title is not None:
        said += _said(document.title.text, document.title.number, 3, context)
        labelled.add(document.title.number)
    weights = {"summary": 2, "preamble": 2, TIMELINE: 2, "impact": 1}
    looked = 0
    for part in document.parts:
        if part.key not in weights and part.key in (ACTIONS, "people", "contents", "supporting", "lessons"):
            continue
        weight = weights.get(part.key, 1)
        if part.heading is not None and part.heading.first not in labelled:
            said += _said(part.heading.text, part.heading.first, weight + 1, context)
        for line in part.body:
            looked += 1
            if looked > _MOST_LINES:
                break
            if line.number not in labelled:
                said += _said(line.text, line.number, weight if part.key != TIMELINE else 1, context)[:1]
    if not said:
        with_two = next(((line, found) for line in prose if (found := two_readings(line.text))), None)
        if with_two is not None and context.day_first is None:
            line, (words, one, other) = with_two
            choices = (
                Choice(f"day first: {one.isoformat()}", "reread", "day_first", True),
                Choice(f"month first: {other.isoformat()}", "reread", "day_first", False),
            )
            why = f"{words} can be {one.isoformat()} or {other.isoformat()}, and nothing settles it; read day first"
            doubts.append(Doubt(line.number, line.text.strip(), why, "events", choices))
            return SaidDay(one, words, line.number, 1)
    return most_likely(said)


def _said(text: str, line: int, weight: int, context: Context) -> list[SaidDay]:
    if not any(char.isdigit() for char in text):
        return []
    return [SaidDay(day, words, line, weight) for day, words in days_in(text, context)][:2]
