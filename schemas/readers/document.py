"""Reading a document: the stages, one after the other."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from schemas.claim_labels import label_sort
from schemas.ids import new_ids
from schemas.incident import Incident, OtherSection
from schemas.readers.accounting import only_of_fields, only_of_times, unplaced
from schemas.readers.actions_reader import read_actions
from schemas.readers.actions_sentences import is_label_line
from schemas.readers.assembling import Texts, built, texts_of
from schemas.readers.blocks import Line
from schemas.readers.decoding import decode, lines_of, must_say_something
from schemas.readers.export_reader import read_export
from schemas.readers.factors_reader import read_factors
from schemas.readers.found import Assumption, Doubt, Gathered, Item, Source
from schemas.readers.ground import Ground
from schemas.readers.ground_reading import ground_of
from schemas.readers.header import header_of
from schemas.readers.header_fields import facts_of
from schemas.readers.heading_names import PREAMBLE, TIMELINE
from schemas.readers.impacts_reader import read_impacts
from schemas.readers.imported import Imported
from schemas.readers.impossible_times import with_impossible
from schemas.readers.parts import Document
from schemas.readers.refusing import refuse
from schemas.readers.section_names import meaning_of
from schemas.readers.sides import both_sides
from schemas.readers.stating import dated, stated_in
from schemas.readers.taking_apart import take_apart
from schemas.readers.timeline_reader import read_events
from schemas.readers.wiki_marks import FENCE as WIKI_FENCE
from schemas.readers.wiki_marks import WIKI_EDGE
from schemas.sections import BY_KEY

UNPLACED: Final = "Unplaced text"
"""The heading of the section that keeps the lines which found no place."""

_MARKS: Final = re.compile(r"^\s*(?:[-*+•]\s+|\d{1,2}[.)]\s+|#{1,6}\s+)?")
_FENCE: Final = re.compile(rf"\s{{0,8}}(?:`{{3,}}|~{{3,}})\s?\w{{0,20}}|{WIKI_FENCE.pattern}|{WIKI_EDGE.pattern}")


def read_document(
    data: bytes | str,
    *,
    name: str,
    zone: str = "",
    date: date | None = None,
    day_first: bool | None = None,
    written: date | None = None,
    side: str = "",
) -> Imported:
    """The incident that a document describes, and where everything in it comes from. The same input, the same output.

    `name` is the document's, for messages. `zone` (an IANA name) counts where the document names none, or only letters
    that several places use; `date` is the day on which the story begins, whatever the document says; `day_first` how
    dates in figures are read; `written` the day on which the document was written, for dates without a year; `side`
    (`ours`, `theirs`) which side of git's conflict markers is read, if not both.

    Raises:
        NotReadable: it is no text, empty, an unfilled template, or no report of an incident.
    """
    text = data if isinstance(data, str) else decode(data)[0]
    must_say_something(text)
    source = lines_of(text)
    if own := read_export(source, hashlib.sha256(text.encode("utf-8", "replace")).digest()):
        return own
    sides = both_sides(source, side)
    document = replace(take_apart(sides.lines, name), lines=source)
    refuse(document)
    facts = facts_of(document)
    settled = ground_of(document, facts, zone=zone, day=date, day_first=day_first, written=written)
    ground = settled.ground
    events = with_impossible(read_events(document, ground), document, "at")
    actions = with_impossible(read_actions(document, ground), document, "due")
    impacts = read_impacts(document, ground)
    header = header_of(document, facts)
    factors = read_factors(document, ground)
    used = _understood(document, events, actions, impacts, factors)
    structure = _structure(document, used, settled.zone_written) | _labels(document, actions)
    texts = texts_of(document, used, header.used, structure)
    items = {
        "impacts": impacts.items, "factors": factors.items, "events": events.items,
        "stated": _stated(document, texts, ground), "actions": actions.items,
    }  # fmt: skip
    rng = random.Random(hashlib.sha256(text.encode("utf-8", "replace")).digest())
    empty = Incident(zone=ground.zone_name, **header.fields)
    incident, sources, doubts = built(empty, texts, items, rng)
    sources |= header.sources
    if settled.zone_source is not None:
        sources["zone"] = settled.zone_source
    lost = unplaced(source, incident, structure | sides.settled | header.used, used)
    if lost:
        incident = _with_unplaced(incident, lost, rng)
        sources[f"other_sections/{incident.other_sections[-1].id}"] = Source(tuple(line.number for line in lost))
    every = (*sides.doubts, *settled.doubts, *header.doubts, *events.doubts, *actions.doubts, *impacts.doubts, *doubts)
    return Imported(
        incident,
        sources,
        (*sides.assumptions, *settled.assumptions, *_combined(document), *events.assumptions, *actions.assumptions),
        tuple(sorted(every, key=_by_line)),
        lost,
        source,
    )


def _understood(document: Document, *found: Gathered[Item]) -> frozenset[int]:
    """The lines that leave their section: those of items, and those that only name columns, days or zones."""
    used: set[int] = set()
    for each in found:
        of_items = {number for item in each.items for number in item.source.lines}
        lines = ((number, document.lines[number - 1]) for number in each.used)
        used |= {number for number, line in lines if number in of_items or only_of_fields(line) or _is_label(line)}
    return frozenset(used)


def _labels(document: Document, actions: Gathered[Item]) -> frozenset[int]:
    """The lines that only name the actions below them: `A list of tasks to address the issue:`."""
    of_items = {number for item in actions.items for number in item.source.lines}
    return frozenset(number for number in actions.used - of_items if _is_label(document.lines[number - 1]))


def _is_label(line: Line) -> bool:
    return is_label_line(_MARKS.sub("", line.text))


def _combined(document: Document) -> list[Assumption]:
    """What is said of headings that name two sections, where nothing tells which words belong to which."""
    made = []
    for part in document.parts:
        others = [key for key in part.also if key in BY_KEY and not any(each.key == key for each in document.parts)]
        if part.key in BY_KEY and others:
            names = " and ".join(BY_KEY[key].heading for key in others)
            said = f"“{part.title}” is kept once, under {BY_KEY[part.key].heading}; it is about {names} too"
            made.append(Assumption("sections", said, part.first))
    return made


def _by_line(doubt: Doubt) -> int:
    return doubt.line


def _stated(document: Document, texts: Texts, ground: Ground) -> tuple[Item, ...]:
    """What the header, the title and the sections state, each once."""
    places: list[tuple[Sequence[Line], str, bool]] = []
    if document.title is not None:
        places.append(([document.title], "title", True))
    places += [(part.body, "header", True) for part in document.parts if part.key == PREAMBLE]
    places += [(lines, key, key in ("summary", "impact")) for key, lines in texts.sections.items()]
    for part in document.parts:
        if part.heading is None or part.key == TIMELINE:
            continue
        if label_sort(part.title) in ("length", "range", "start", "end"):
            first = next((line for line in part.body if line.text.strip()), None)
            if first is not None:
                places.append(([Line(first.number, f"{part.title}: {first.text}")], part.key or part.title, True))
    opening = next((lines for heading, after, lines in texts.others if after == "" and heading != "Header"), None)
    for heading, _, lines in texts.others:
        meaning = meaning_of(heading)
        main = (meaning is not None and meaning.key == TIMELINE) or (
            lines is opening and not texts.sections.get("summary")
        )
        places.append((lines, heading, main))
    kept: dict[tuple[object, ...], Item] = {}
    for told, where, main in places:
        for item, firm in stated_in(told, where, main=main):
            if firm or main:
                claim = (item.fields["what"], item.fields["minutes"], item.fields["at"])
                kept.setdefault(claim, dated(item, ground))
    return tuple(sorted(kept.values(), key=lambda item: item.source.lines[0]))


def _structure(document: Document, used: frozenset[int], zone: str) -> frozenset[int]:
    """The lines that are only structure: fences, and headings that say a known name and how times are to be read.

    `zone` are the words by which the document names its zone.
    """
    numbers = {line.number for line in document.lines if _FENCE.fullmatch(line.text)}
    headings = [part.heading for part in document.parts if part.heading is not None]
    headings += [block for block in document.blocks if block.kind == "heading"]
    beside = {number for block in document.blocks if block.kind != "heading" for number in block.numbers}
    for heading in headings:
        meaning = meaning_of(heading.text)
        note = meaning.note.casefold() if meaning is not None else ""
        note = note.replace(zone.casefold(), " ") if zone else note
        said = meaning is not None and (meaning.exact or only_of_times(Line(heading.first, note)))
        # What stands behind a heading on its line may be used without it.
        if said or (heading.first in used and heading.first not in beside):
            numbers |= set(heading.numbers)
    return frozenset(numbers)


def _with_unplaced(incident: Incident, lost: tuple[Line, ...], rng: random.Random) -> Incident:
    own = new_ids(incident, rng, 1)[0]
    last = incident.other_sections[-1].id if incident.other_sections else "supporting"
    section = OtherSection(id=own, heading=UNPLACED, after=last, body="\n".join(line.text for line in lost))
    return incident.model_copy(update={"other_sections": (*incident.other_sections, section)})
