"""What a person changes in what was read from a document: pure functions, and no line of it is ever lost.

A line whose item goes is put under "Unplaced text", or into the section that the person names, unless the text of a
section holds it already.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from schemas import edits
from schemas.ids import new_id
from schemas.incident import Incident, OtherSection
from schemas.readers.blocks import Line
from schemas.readers.document import UNPLACED
from schemas.readers.found import Source
from schemas.readers.imported import Imported
from schemas.sections import SECTION_KEYS
from tui.workspace.import_addresses import LISTS, field_of, item_of

UNPLACED_PATH: Final = "unplaced"
"""Begins the path of lines without a place: `unplaced/12-14` are those of lines 12 to 14 that have none."""


class Working(Struct, frozen=True):
    """An incident as a person has made it so far, what each thing in it comes from, and the lines without a place."""

    incident: Incident
    sources: Mapping[str, Source]
    unplaced: tuple[Line, ...]
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, imported: Imported) -> Working:
        """What was read, as it was read."""
        return cls(imported.incident, imported.provenance, imported.unplaced, imported.lines)

    def has(self, path: str) -> bool:
        """Whether what a path is about is (still) there."""
        item = item_of(path)
        name, _, own = item.partition("/")
        if name == UNPLACED_PATH:
            return bool(stretch_at(self.unplaced, path))
        if name in LISTS:
            return any(each.id == own for each in getattr(self.incident, name))
        if name == "sections":
            return own in SECTION_KEYS and bool(self.incident.sections.get(own))
        return bool(getattr(self.incident, item, None))

    def words_at(self, numbers: Iterable[int]) -> list[Line]:
        """The lines with these numbers that say anything, in order."""
        every = sorted(set(numbers))
        return [self.lines[n - 1] for n in every if 0 < n <= len(self.lines) and self.lines[n - 1].text.strip()]


def unplaced_section(incident: Incident) -> OtherSection | None:
    """The section that keeps the lines without a place."""
    return next((each for each in reversed(incident.other_sections) if each.heading == UNPLACED), None)


def runs(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Lines in stretches of those that follow one another directly."""
    found: list[list[Line]] = []
    for line in lines:
        if found and found[-1][-1].number + 1 == line.number:
            found[-1].append(line)
        else:
            found.append([line])
    return [tuple(each) for each in found]


def stretch_path(stretch: Sequence[Line]) -> str:
    """The path of some lines without a place."""
    return f"{UNPLACED_PATH}/{stretch[0].number}-{stretch[-1].number}"


def stretch_at(lines: Sequence[Line], path: str) -> tuple[Line, ...]:
    """Those of the lines that a path is about."""
    first, _, last = path.partition("/")[2].partition("-")
    return tuple(line for line in lines if int(first) <= line.number <= int(last))


def set_value(working: Working, path: str, field: str, value: Any) -> Working:
    """Give what a path is about another value. A value that has not the shape of its field changes nothing."""
    item = item_of(path)
    name, _, own = item.partition("/")
    field = field or field_of(path)
    try:
        if name in LISTS:
            made = edits.update_item(working.incident, name, own, **{field: value})
        else:
            made = edits.set_field(working.incident, field or item, value)
    except (KeyError, ValueError):
        return working
    return replace(working, incident=made)


def drop(working: Working, path: str) -> Working:
    """Take an item out. Its lines are kept under "Unplaced text", but for those that a section holds already."""
    taken, lines = _without(working, path)
    return _to_unplaced(taken, lines, path)


def move(working: Working, path: str, key: str) -> Working:
    """Put the text of what a path is about into a section, canonical (its key) or other (its id), or under "Unplaced
    text" (empty). A section's own heading goes along as a sub-heading, so that its words stay."""
    if item_of(path) in (f"sections/{key}", f"other_sections/{key}"):
        return working
    heading, body, numbers = _text_of(working, path)
    taken, left = _without(working, path)
    if not key:
        return _to_unplaced(taken, taken.words_at(numbers) or left, path)
    if not body:
        # What a section holds already need not come twice, but a person who moves an item wants its words there.
        body = "\n".join(line.text.strip() for line in working.words_at(numbers))
    text = f"### {heading}\n\n{body}".strip() if heading else body
    return _into(taken, key, text, numbers)


def _text_of(working: Working, path: str) -> tuple[str, str, tuple[int, ...]]:
    """The heading and the text of what a path is about, and the lines that it comes from."""
    item = item_of(path)
    name, _, own = item.partition("/")
    if name == UNPLACED_PATH:
        stretch = stretch_at(working.unplaced, item)
        return "", "\n".join(line.text for line in stretch), tuple(line.number for line in stretch)
    source = working.sources.get(item)
    numbers = source.lines if source is not None else ()
    if name == "sections":
        return "", working.incident.sections.get(own), numbers
    if name == "other_sections":
        section = edits.item(working.incident, name, own)
        return ("" if section.heading == UNPLACED else section.heading), section.body, numbers
    return "", "", numbers


def _without(working: Working, path: str) -> tuple[Working, list[Line]]:
    """All but what a path is about, and the lines of it that no section holds now."""
    item = item_of(path)
    name, _, own = item.partition("/")
    if name == UNPLACED_PATH:
        stretch = stretch_at(working.unplaced, item)
        gone = {line.number for line in stretch}
        rest = tuple(line for line in working.unplaced if line.number not in gone)
        return _with_unplaced(replace(working, unplaced=rest), path), list(stretch)
    incident = working.incident
    if name == "sections":
        incident = edits.set_section(incident, own, "")
    elif name in LISTS:
        section = edits.item(incident, name, own)
        if name == "other_sections" and section.heading == UNPLACED:
            stray = list(working.unplaced)
            return _with_unplaced(replace(working, unplaced=()), path), stray
        incident = edits.remove_items(incident, name, {own})
    else:
        incident = edits.set_field(incident, item, type(incident).model_fields[item].get_default())
    source = working.sources.get(item)
    kept = {where: each for where, each in working.sources.items() if item_of(where) != item}
    taken = replace(working, incident=incident, sources=kept)
    held = {number for where, each in kept.items() if "sections" in where.split("/")[0] for number in each.lines}
    held |= {line.number for line in working.unplaced}
    return taken, [line for line in working.words_at(source.lines if source else ()) if line.number not in held]


def _into(working: Working, key: str, text: str, numbers: Sequence[int]) -> Working:
    """A text put into a section: in front of it where it stood in front of it in the document, else behind it."""
    path = f"sections/{key}" if key in SECTION_KEYS else f"other_sections/{key}"
    old = edits.section_text(working.incident, key)
    known = working.sources.get(path)
    before = known is not None and known.lines and numbers and numbers[0] < known.lines[0]
    parts = (text, old) if before else (old, text)
    body = "\n\n".join(part for part in parts if part.strip())
    lines = tuple(sorted({*(known.lines if known else ()), *numbers}))
    source = replace(known, lines=lines) if known else Source(lines, "sure", "put there by hand")
    changed = edits.set_section(working.incident, key, body)
    return replace(working, incident=changed, sources={**working.sources, path: source})


def _to_unplaced(working: Working, lines: Iterable[Line], path: str) -> Working:
    every = {line.number: line for line in (*working.unplaced, *lines)}
    unplaced = tuple(every[number] for number in sorted(every))
    return _with_unplaced(replace(working, unplaced=unplaced), path)


def _with_unplaced(working: Working, path: str) -> Working:
    """The section of the unplaced lines as they are now; without any, no section."""
    incident = working.incident
    section = unplaced_section(incident)
    body = "\n".join(line.text for line in working.unplaced)
    sources = dict(working.sources)
    if not working.unplaced:
        if section is not None:
            incident = edits.remove_items(incident, "other_sections", {section.id})
            sources.pop(f"other_sections/{section.id}", None)
        return replace(working, incident=incident, sources=sources)
    if section is None:
        own = new_id(incident, random.Random(f"{UNPLACED_PATH} {path}"))
        last = incident.other_sections[-1].id if incident.other_sections else SECTION_KEYS[-1]
        section = OtherSection(id=own, heading=UNPLACED, after=last, body=body)
        incident = edits.add_item(incident, "other_sections", section)
    else:
        incident = edits.set_section(incident, section.id, body)
    sources[f"other_sections/{section.id}"] = Source(tuple(line.number for line in working.unplaced))
    return replace(working, incident=incident, sources=sources)
