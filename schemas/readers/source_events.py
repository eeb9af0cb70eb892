"""The entries of a source as events: who, when, what is inferred from the words, and where each stands."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct, field

from schemas.entry_marks import links_in
from schemas.moments import When
from schemas.readers.found import Assumption, Choice, Doubt, Item, Source
from schemas.readers.ground import Ground
from schemas.readers.source_records import Asked, Heard, Record
from schemas.readers.source_settling import Timed
from schemas.readers.source_span import span_of
from schemas.readers.source_told import told_time
from schemas.readers.timeline_items import with_milestones
from schemas.readers.timeline_kinds import kind_said
from schemas.when_text import format_when

_TOLD_BY_WORDS: Final = "inferred from its words"
_MOST_INFERRED: Final = 20_000
"""In a longer source milestones and kinds are not looked for: nobody would check them."""


class Gathered(Struct):
    """The events of a source, the records that are none, and what was left out because it was not asked for."""

    items: list[Item] = field(default_factory=list)
    asides: list[Record] = field(default_factory=list)
    outside: list[Record] = field(default_factory=list)
    assumptions: list[Assumption] = field(default_factory=list)


def events_of(heard: Heard, timed: Timed, asked: Asked) -> Gathered:
    """The events of a source in its order."""
    found = Gathered()
    ground = Ground(zone=timed.zone, zone_name=timed.zone_name)
    infer = heard.infers and len(heard.records) <= _MOST_INFERRED
    times = [record.fields.get("at", timed.at[place]) for place, record in enumerate(heard.records)]
    span, noted = span_of(times, timed, asked)
    found.assumptions += noted
    last: When | None = None
    for place, (record, at) in enumerate(zip(heard.records, times, strict=True)):
        last = at if at is not None else last
        if not span.holds(last):
            found.outside.append(record)
        elif record.aside:
            found.asides.append(record)
        else:
            found.items.append(_item(record, at, timed.guessed.get(place, ""), heard, ground, infer=infer))
    if infer:
        found.items = with_milestones(found.items, ground)
    if found.outside:
        count, of = len(found.outside), len(heard.records)
        said = f"{count} of {of} entries lie outside the span that was asked for and are left out"
        found.assumptions.append(Assumption("date", said, found.outside[0].lines[0]))
    _in_order(found.items)
    return found


def _in_order(items: list[Item]) -> None:
    """Entries that stand with the latest first are turned round."""
    times = [at for item in items if isinstance(at := item.fields.get("at"), datetime)]
    if len(times) != len(items) or len(items) < 2 or len({at.tzinfo is None for at in times}) > 1:
        return
    if times[0] > times[-1] and all(one >= other for one, other in pairwise(times)):
        items.reverse()


def _item(record: Record, at: When | None, guessed: str, heard: Heard, ground: Ground, *, infer: bool) -> Item:
    lines = tuple(sorted(set(record.lines)))
    text = record.text
    fields: dict[str, Any] = {"text": text, **record.fields}
    parts = {name: Source(lines, "likely", why) for name, why in record.why.items()}
    if at is not None and "at" not in fields:
        fields["at"] = at
    if guessed:
        parts["at"] = Source(lines[:1], "likely", guessed)
        if record.stamp is not None:
            fields.setdefault("as_written", record.stamp.words)
    if record.who:
        fields["actor"] = record.who
    if "://" in text and (links := links_in(text)):
        fields["links"] = tuple(dict.fromkeys((*fields.get("links", ()), *links)))
    doubts = list(record.doubts)
    if heard.said_later and at is not None:
        fields.setdefault("recorded", at)
        if len(heard.records) <= _MOST_INFERRED:
            _speak(text, at, ground, fields, parts, doubts, lines)
    if infer and "kind" not in fields and (kind := kind_said(text)):
        fields["kind"] = kind
        parts["kind"] = Source(lines, "likely", _TOLD_BY_WORDS)
    return Item(fields, Source(lines, "likely" if guessed else "sure", guessed), parts, tuple(doubts))


def _speak(
    text: str, at: When, ground: Ground, fields: dict[str, Any], parts: dict[str, Source], doubts: list[Doubt],
    lines: tuple[int, ...],
) -> None:  # fmt: skip
    """Take the time that a message speaks of for when it happened."""
    told = told_time(text, at, ground.context())
    if told is None or told.at == at:
        return
    fields["at"] = told.at
    if told.about:
        fields["about"] = True
    why = "the message begins with it" if told.leads else "the message speaks of it"
    parts["at"] = Source(lines[:1], "likely", f"{why}; it was written at {format_when(at)}")
    if not told.leads:
        choices = (
            Choice(f"{told.words}, as the message says", "set", "at", told.at),
            Choice(f"{format_when(at)}, when it was written", "set", "at", at),
        )
        doubts.append(Doubt(lines[0], text.split("\n")[0], f"it may tell of {told.words}", "at", choices))
