"""What a person is asked about what was read from a document: the reader's doubts, and lines that found no place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from schemas.readers.found import Choice, Doubt
from schemas.readers.imported import Imported
from tui.workspace.import_addresses import address, field_of, item_of
from tui.workspace.import_changes import runs, stretch_path

Asks = Literal["", "zone", "day", "time", "section"]
"""What a choice needs to be told before it can be taken: a zone for all, the day it begins, a time, a section."""

KEEP: Final = "keep"
"""The field of a choice that leaves everything as it was read."""


class Option(Struct, frozen=True):
    """One way to settle a question. `choice` has no value yet where something `asks` for it."""

    label: str
    choice: Choice
    asks: Asks = ""


class Question(Struct, frozen=True):
    """Something to look at. The first option is what was taken.

    `key` names it in all readings of the document, `place` is the address that it is about, `path` where that is in
    this reading (empty where it is not any more). `kind` tells doubts from stretches of unplaced lines.
    """

    key: str
    line: int
    text: str
    why: str
    place: str
    path: str
    options: tuple[Option, ...]
    kind: Literal["doubt", "unplaced"] = "doubt"


_SETTLES_ALL: Final = ("zone", "day_first", "date", "side")
_NOUNS: Final = {"events": "an event", "actions": "an action", "impacts": "an impact", "stated": "a claim"}
_ELSEWHERE: Final = Option("put it into another section …", Choice("another section", "move"), "section")


def noun_of(path: str) -> str:
    """What a path is about, with its article: `an event`; empty for a section or a field of the incident."""
    name, _, own = path.partition("/")
    return _NOUNS.get(name, "") if own else ""


def questions(imported: Imported, known: Mapping[str, str]) -> list[Question]:
    """All there is to ask about a reading, in the order of its lines. `known` are its `addresses`."""
    found: list[Question] = []
    taken: dict[str, int] = {}
    for doubt in imported.doubts:
        place = address(doubt.path, known)
        base = f"{doubt.line} {place} {doubt.why}"
        number = taken.get(base, 0)
        taken[base] = number + 1
        key = f"{base} {number}"
        found.append(Question(key, doubt.line, doubt.text, doubt.why, place, doubt.path, _options(doubt)))
    for stretch in runs(imported.unplaced):
        first = stretch[0]
        path = stretch_path(stretch)
        keep = Option("keep it under “Unplaced text”", Choice("kept as unplaced text", "set", KEEP))
        lines = "this line" if len(stretch) == 1 else f"these {len(stretch)} lines"
        said = f"no place was found for {lines}"
        found.append(Question(path, first.number, first.text.strip(), said, path, path, (keep, _ELSEWHERE), "unplaced"))
    return sorted(found, key=lambda each: each.line)


def _options(doubt: Doubt) -> tuple[Option, ...]:
    made = [Option(choice.label, choice) for choice in doubt.choices]
    if not made:
        made.append(Option("leave it as it was read", Choice("left as it was read", "set", KEEP)))
    does = {option.choice.does for option in made}
    rereads = {option.choice.field for option in made if option.choice.does == "reread"}
    path, field = item_of(doubt.path), field_of(doubt.path)
    noun = noun_of(path)
    if path.startswith("events/") and field in ("", "at"):
        made.append(Option("another time …", Choice("another time", "set", "at"), "time"))
    if rereads & {"day_first", "date"}:
        made.append(Option("it begins on another day …", Choice("another day", "reread", "date"), "day"))
    if path == "zone" or "zone" in rereads:
        made.append(Option("another zone for all …", Choice("another zone", "reread", "zone"), "zone"))
    if noun and "drop" not in does:
        made.append(Option(f"not {noun}", Choice(f"not {noun}", "drop")))
    if noun in ("an event", "an action") or path.partition("/")[0] in ("sections", "other_sections"):
        made.append(_ELSEWHERE)
    return tuple(made)


def settled_together(choice: Choice) -> str:
    """The keyword that an answer settles for the whole document, empty if it is about one thing only."""
    return choice.field if choice.does == "reread" and choice.field in _SETTLES_ALL else ""
