"""What readers of other sources than documents give: entries as they stand, before their days are settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from textwrap import dedent
from typing import Any, Final

from msgspec import Struct, field

from schemas.readers.blocks import Line
from schemas.readers.found import Assumption, Doubt

ASIDE: Final = "Joins, leaves and reactions"
"""The heading of the section that keeps what a chat says of itself and not of the incident."""


class Stamp(Struct, frozen=True):
    """The time of an entry as the source writes it.

    `words` are the whole of it, `day` those of its date (empty where it has none, or where the one above holds),
    `clock` its wall clock, `zone` what it says of the zone. `half` says that am or pm stands there. `at` is set instead
    where the words are a whole date-time.
    """

    words: str
    day: str = ""
    clock: time | None = None
    zone: tzinfo | None = None
    half: bool = False
    at: datetime | None = None


class Record(Struct):
    """One entry: the numbers of its lines, when, who, and its text line by line.

    `fields` are more keys of the event (`kind`, `links`, `at` where it is settled already); `why` says where these
    come from. An `aside` is what a chat says of itself: it becomes no event and is kept in a section.
    """

    lines: list[int]
    stamp: Stamp | None = None
    who: str = ""
    texts: list[str] = field(default_factory=list)
    aside: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, without blank lines at the ends."""
        text = "\n".join(self.texts).strip("\n").rstrip()
        return dedent(text) if text[:1] in (" ", "\t") else text


class Heard(Struct):
    """What a source says.

    `what` names the source in messages. `said_later` is true of a chat: its times are those of writing down, and its
    words may speak of earlier ones. `infers` says that people wrote it, so that kinds and milestones are looked for in
    the words. `aside` is the heading of what becomes no event. `structure` are lines without words of their own (names
    of columns, day dividers), `bare` the lines of which only a part had to be kept: what is left without stamp and
    marks. `sections` are texts to keep by heading; `preamble` what stands above the first entry and has no other place,
    `above` all of it. `accounted` is true where the reader itself saw to it that every value has its place. `zone` is
    the name of the zone of all times, if the source settles it; `near` a day that it names beside its entries. `lines`
    are set where the source has none that people could read.
    """

    what: str
    records: list[Record] = field(default_factory=list)
    said_later: bool = False
    infers: bool = False
    aside: str = ASIDE
    title: str = ""
    services: tuple[str, ...] = ()
    zone: str = ""
    near: date | None = None
    structure: set[int] = field(default_factory=set)
    bare: dict[int, str] = field(default_factory=dict)
    preamble: list[Line] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)
    sections: list[tuple[str, list[Line]]] = field(default_factory=list)
    lines: tuple[Line, ...] = ()
    accounted: bool = False
    assumptions: list[Assumption] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


class Asked(Struct, frozen=True):
    """What was asked for from outside (see `schemas.readers.sources.read_source`)."""

    zone: str = ""
    date: dt.date | None = None
    day_first: bool | None = None
    written: dt.date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    since: datetime | time | None = None
    until: datetime | time | None = None
