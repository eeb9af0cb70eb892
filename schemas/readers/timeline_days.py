"""The day that a timeline itself names: in its heading, or in a sentence above its entries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Final

from msgspec import Struct

from schemas.milestone_words import milestones_said
from schemas.moments import passes_midnight
from schemas.month_names import MONTH
from schemas.prose_times import times_in
from schemas.readers.blocks import Block
from schemas.readers.days_said import days_in
from schemas.readers.ground import Ground
from schemas.readers.heading_names import TIMELINE
from schemas.readers.parts import Document, Part
from schemas.readers.timeline_notations import NEUTRAL, read_start
from schemas.readers.timeline_order import likelier
from schemas.readers.timeline_pieces import DayLine, Piece, entry_stamp, is_day
from schemas.readers.zones_said import zone_said
from schemas.readings import Context, NotATime

_ALL: Final = re.compile(
    r"\b(?:all|unless|otherwise|every)\b.{0,60}\b(?:events?|entries|times?|timestamps|happened|occurred"
    r"|took place|are)\b",
    re.IGNORECASE | re.DOTALL,
)
_INTRO: Final = 4
_ONE_DAY: Final = timedelta(days=1)
_EVENING: Final = 21
"""A story whose date is that of its first alert may have begun after this hour of the day before."""

_MONTH_DAYS: Final = re.compile(rf"({MONTH})\.?\s(\d{{1,2}})\s?[-–—]\s?\d{{1,2}}(?!\d)", re.IGNORECASE)
_DAYS_MONTH: Final = re.compile(rf"(?<!\d)(\d{{1,2}})\.?\s?[-–—]\s?\d{{1,2}}\.?\s({MONTH})", re.IGNORECASE)
_REACHED: Final = frozenset({"impact-start", "detected", "declared", "acknowledged"})


class OwnDay(Struct, frozen=True):
    """The day of a timeline: `start` is the one it begins on, `home` that of all entries that name none."""

    start: date | None = None
    home: date | None = None
    zone: str = ""


def own_day(part: Part, ground: Ground) -> OwnDay:
    """What a timeline says of its own day and zone."""
    order = ground.day_first
    if order is None:
        order = likelier([part.title, *(line.text for line in part.body)])
    context = Context(
        day_first=order if order is not None else not ground.zone_name.startswith("America/"), days=ground.days,
        today=ground.day or ground.written,
    )  # fmt: skip
    start = (
        next((day for day, _ in days_in(_first_days(part.title), context)), None) if part.heading is not None else None
    )
    home = None
    zone = _zone(part.heading) if part.heading is not None else ""
    for block in _intro(part.blocks):
        text = _first_days(block.text.replace("\n", " "))
        zone = _zone(block) or zone
        found = next((day for day, _ in days_in(text, context)), None)
        if found is not None and _ALL.search(text):
            home = found
        elif found is not None and start is None:
            start = found
    return OwnDay(start, home, zone)


def _first_days(text: str) -> str:
    """The text with the first day only of "March 3–4, 2023" and "3-4 March 2023"."""
    return _DAYS_MONTH.sub(r"\1 \2", _MONTH_DAYS.sub(r"\1 \2", text))


def _intro(blocks: Iterable[Block]) -> Iterable[Block]:
    """The paragraphs above the first entry."""
    for at, block in enumerate(blocks):
        if at >= _INTRO or block.kind not in ("paragraph", "quote"):
            return
        if any(entry_stamp(line.text) is not None or is_day(line.text) is not None for line in block.texts):
            return
        yield block


def _zone(block: Block) -> str:
    said = zone_said(block.texts)
    return said.written if said is not None and said.for_all else ""


def evening_before(pieces: Iterable[Piece], document: Document, ground: Ground) -> bool:
    """Whether a story begins on the evening before the document's day.

    So it is where clocks without a date pass midnight once, nothing was noticed before, most entries come after, and
    the document says nowhere that this evening or the day after belongs to it.
    """
    day = ground.day
    if day is None or ground.day_asked or (ground.last_day or day) > day:
        return False
    if day in (date.min, date.max) or day + _ONE_DAY in ground.days:
        return False
    clocks: list[tuple[time, str]] = []
    for piece in pieces:
        if isinstance(piece, DayLine) or (piece.stamp is not None and piece.stamp.says in ("moment", "day", "length")):
            return False
        if piece.stamp is not None and piece.stamp.says == "clock" and (at := _clock(piece.stamp.words)) is not None:
            if not clocks and at.hour < _EVENING:
                return False
            clocks.append((at, " ".join(piece.texts)))
    nights = [i for i in range(1, len(clocks)) if passes_midnight(clocks[i - 1][0], clocks[i][0])]
    if len(nights) != 1 or nights[0] > 2 or nights[0] * 2 > len(clocks) - nights[0]:
        return False
    before, after = clocks[: nights[0]], clocks[nights[0] :]
    if any(_noticed(text) for _, text in before) or not any(_noticed(text) for _, text in after):
        return False
    return not any(
        spot.day == day and spot.clock.hour >= _EVENING
        for part in document.parts
        if part.key != TIMELINE
        for line in part.body
        for spot in times_in(line.text)
    )


def _noticed(text: str) -> bool:
    return not _REACHED.isdisjoint(milestones_said(text))


def _clock(words: str) -> time | None:
    try:
        reading, _ = read_start(words, NEUTRAL)
    except NotATime:
        return None
    return reading.at if reading is not None and isinstance(reading.at, time) else None
