"""A reader of a made-up notation, so small that what came from which line is plain, and documents in it.

`e ` an event, `a ` an action, `s ` text of the summary, `o ` text under a heading of its own, `u ` nothing it knows.
An event whose words end in `?` is in doubt.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from schemas.ids import new_ids
from schemas.incident import Action, Event, Incident, OtherSection, Sections
from schemas.readers.blocks import Line
from schemas.readers.document import UNPLACED
from schemas.readers.found import Choice, Doubt, Source
from schemas.readers.imported import Imported
from tui.workspace.import_session import ImportSession, Read, Told

DOCUMENT = """\
s It was slow for two hours
e 09:00 deploy
e 09:10 alert?
o Weather was fine
e 09:05 calls come in?
a Take the default out
u kiwi
u mango

u plum"""


def reader(text: str = DOCUMENT) -> Read:
    """What reads a document of the notation. Told the order of dates, it doubts nothing about them."""
    return lambda told: read(text, told)


def session(text: str = DOCUMENT) -> ImportSession:
    """The document, with nothing said about it."""
    return ImportSession(reader(text))


def read(text: str, told: Told) -> Imported:
    """The document as it is read."""
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    by = {kind: [line for line in lines if line.text.startswith(f"{kind} ")] for kind in "easou"}
    # Ids depend on how it was read, as they may with any reader.
    ids = iter(new_ids(Incident(), random.Random(f"{text}{told}"), len(lines) + 2))
    sources: dict[str, Source] = {}
    doubts: list[Doubt] = []
    month, day = (4, 5) if told.day_first is False else (5, 4)
    first = told.date or date(2024, month, day)
    begin = datetime(first.year, first.month, first.day, 9)
    events = []
    for number, line in enumerate(by["e"]):
        own = next(ids)
        sources[f"events/{own}"] = Source((line.number,), "likely", "it begins with a time")
        events.append(Event(id=own, at=begin + timedelta(minutes=number), text=line.text[2:]))
        if line.text.endswith("?"):
            choices = (
                Choice("as written", "set", "at", events[-1].at),
                Choice("noon", "set", "at", datetime(2024, 5, 4, 12)),
                Choice("not an event", "drop"),
            )
            doubts.append(
                Doubt(line.number, line.text[2:], "it is earlier than the one above", f"events/{own}/at", choices)
            )
    actions = []
    for line in by["a"]:
        own = next(ids)
        sources[f"actions/{own}"] = Source((line.number,))
        actions.append(Action(id=own, text=line.text[2:]))
    if by["s"]:
        sources["sections/summary"] = Source(tuple(line.number for line in by["s"]))
    others = []
    for heading, found in (("Other", by["o"]), (UNPLACED, by["u"])):
        if found:
            own = next(ids)
            sources[f"other_sections/{own}"] = Source(tuple(line.number for line in found))
            others.append(OtherSection(id=own, heading=heading, body="\n".join(line.text for line in found)))
    if events and told.day_first is None:
        ways = (
            Choice("day first", "reread", "day_first", True),
            Choice("month first", "reread", "day_first", False),
        )
        doubts.append(Doubt(1, "04/05/2024", "it can be two days", "", ways))
    incident = Incident(
        title="Slow", zone=told.zone, sections=Sections(summary="\n".join(line.text for line in by["s"])),
        other_sections=tuple(others), events=tuple(events), actions=tuple(actions),
    )  # fmt: skip
    doubts.sort(key=lambda doubt: doubt.line)
    return Imported(incident, sources, (), tuple(doubts), tuple(by["u"]), lines)
