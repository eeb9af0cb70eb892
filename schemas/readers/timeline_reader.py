"""Events from all parts of a document that tell the story in times.

A timeline is read by the notation of its entries (`timeline_walk` where they begin with their times, `timeline_steps`
where they do not), its times are settled in the order of the story (`timeline_story`), and what the words say is
inferred last (`timeline_items`). Without any timeline the prose may hold the only times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from schemas.days import short_date
from schemas.readers.blocks import Block
from schemas.readers.found import Assumption, Choice, Doubt, Gathered, Item
from schemas.readers.ground import Ground
from schemas.readers.heading_names import ACTIONS, CONTENTS, PEOPLE, TIMELINE
from schemas.readers.parts import Document, Part
from schemas.readers.timeline_days import OwnDay, evening_before, own_day
from schemas.readers.timeline_front import front_blocks
from schemas.readers.timeline_items import items_of, with_milestones, without_repeats
from schemas.readers.timeline_keys import are_keys, with_keys
from schemas.readers.timeline_outcome import with_outcome
from schemas.readers.timeline_pieces import Entry, Pieces, entry_stamp, is_day
from schemas.readers.timeline_prose import told_in_prose
from schemas.readers.timeline_steps import read_steps
from schemas.readers.timeline_story import tell
from schemas.readers.timeline_walk import count_begun, read_begun
from schemas.readers.timeline_zero import zero_said

_ENOUGH: Final = 3
"""So many entries that begin with a time make a timeline of a part whose heading does not say so."""

_NEVER: Final = frozenset({ACTIONS, PEOPLE, CONTENTS, "supporting"})

_TIMELINE: Final = re.compile(
    r"\b(?:timelines?|time line|chronolog\w+|cronolog\w+|linha do tempo|zeitlicher ablauf|zeitachse"
    r"|sequence of events)\b",
    re.IGNORECASE,
)
_STEPS: Final = frozenset({"detection", "response", "resolution", ""})
_WEAK: Final = frozenset({"plain", "label", "bold", "item"})


class _Read(Struct):
    """What one part gave."""

    part: Part
    items: list[Item]
    used: set[int]
    assumptions: list[Assumption] = field(default_factory=list)

    @property
    def lines(self) -> set[int]:
        """The lines of its items."""
        return {number for item in self.items for number in item.source.lines}

    @property
    def timed(self) -> int:
        """How many of its items have a time."""
        return sum(1 for item in self.items if "at" in item.fields)


def read_events(document: Document, ground: Ground) -> Gathered[Item]:
    """The events of a document in its order."""
    timelines = [part for part in document.parts if _is_timeline(part)]
    read = [_read(document, part, ground) for part in timelines]
    read += [each for part in timelines if (each := _asked(document, part, ground)) is not None]
    keys = [each for each in read if are_keys(each.items)]
    story = [each for each in read if each not in keys]
    if sum(each.timed for each in story) == 0:
        story += _elsewhere(document, ground, {id(each.part) for each in read}, beside_keys=bool(keys))
    if not any(each.timed for each in story):
        story, keys = [*story, *keys], []
    story.sort(key=lambda each: each.part.first)
    if not any(each.timed for each in story) and not timelines:
        story += _from_prose(document, ground)
    items = without_repeats([each.items for each in story])
    kept = {number for item in items for number in item.source.lines}
    used = {number for each in story for number in each.used - (each.lines - kept)}
    items = with_milestones(items, ground)
    for each in keys:
        items, left = with_keys(items, each.items)
        if left:
            items = left + items
            used |= {number for item in left for number in item.source.lines}
    if timelines:
        items = with_outcome(document, items, ground)
    assumptions = list(dict.fromkeys(assumption for each in story for assumption in each.assumptions))
    return Gathered(tuple(items), frozenset(used), tuple(assumptions))


def _is_timeline(part: Part) -> bool:
    """Whether a part says that it is one: by its meaning, or by a word in its heading above entries with times."""
    if part.key == TIMELINE or TIMELINE in part.also:
        return True
    return part.key not in _NEVER and _TIMELINE.search(part.title) is not None and count_begun(part.blocks) > 0


def _with_following(document: Document, part: Part) -> list[Block]:
    """The blocks of a timeline, with those of the parts below whose headings begin with a time: they are entries."""
    blocks = list(part.blocks)
    for other in document.parts[part.index + 1 :]:
        if other.heading is None or other.level <= part.level or not _is_entry(other.heading.text):
            break
        blocks += [other.heading, *other.blocks]
    return blocks


def _is_entry(text: str) -> bool:
    return entry_stamp(text) is not None or is_day(text) is not None


def _read(document: Document, part: Part, ground: Ground, blocks: Iterable[Block] | None = None) -> _Read:
    """The entries of one part."""
    own = tuple(_with_following(document, part) if blocks is None else blocks)
    pieces = read_begun(own, document.lines) if count_begun(own) else Pieces(document.lines)
    if not any(isinstance(piece, Entry) for piece in pieces.found):
        pieces = read_steps(own, document.lines)
    return _told(document, part, pieces, ground, own_day(part, ground))


def _asked(document: Document, part: Part, ground: Ground) -> _Read | None:
    """The steps of a timeline that is nothing but the questions below it, where these pass for sections of their own.

    Their words stay in the sections too.
    """
    if part.blocks or part.heading is None:
        return None
    blocks: list[Block] = []
    for other in document.parts[part.index + 1 :]:
        if other.heading is None or other.heading.mark not in _WEAK or other.key not in _STEPS:
            break
        blocks += [other.heading, *other.blocks]
    if not blocks:
        return None
    read = _told(document, part, read_steps(blocks, document.lines), ground, OwnDay())
    read.used.clear()
    return read


def _told(document: Document, part: Part, pieces: Pieces, ground: Ground, own: OwnDay) -> _Read:
    start, before = own.start, None
    if start is None and own.home is None and ground.day is not None and evening_before(pieces.found, document, ground):
        start = ground.day - timedelta(days=1)
        before = ground.day
    told = tell(
        pieces.found,
        ground,
        start=start,
        home=own.home,
        zone=pieces.zone or own.zone,
        zero=_zero(document, part, pieces),
    )
    items = items_of(told.placed, ground)
    if before is not None and start is not None and items:
        items[0] = _begun_before(items[0], start, before)
    used = set(pieces.used)
    for piece in pieces.found:
        used.update(piece.lines)
    return _Read(part, items, used, told.assumptions)


def _zero(document: Document, part: Part, pieces: Pieces) -> str:
    """The words for the time that lengths are counted from, if there are any."""
    counted = any(isinstance(each, Entry) and each.stamp and each.stamp.says == "length" for each in pieces.found)
    return zero_said(document, part) if counted else ""


def _begun_before(item: Item, start: date, day: date) -> Item:
    """The first item of a story that begins on the evening before the document's day, with a doubt that says so."""
    choices = tuple(Choice(f"the story begins on {short_date(each)}", "reread", "date", each) for each in (start, day))
    why = f"nothing was noticed before midnight; the document's date, {short_date(day)}, is taken for the day after it"
    return replace(
        item, doubts=(*item.doubts, Doubt(item.source.lines[0], str(item.fields["text"]), why, "at", choices))
    )


def _elsewhere(document: Document, ground: Ground, seen: set[int], *, beside_keys: bool) -> list[_Read]:
    """Timelines under headings that do not say so, and in the front matter.

    Beside the stamps of milestones, the story is told under "Context", however short it is.
    """
    found = []
    for part in document.parts:
        front = front_blocks(part)
        if front:
            found.append(_read(document, part, ground, front))
            found[-1].used.add(front[0].first)
        enough = 1 if beside_keys and part.key in ("background", "preamble") else _ENOUGH
        if id(part) in seen or part.key in _NEVER or count_begun(part.blocks) < enough:
            continue
        pieces = read_begun(part.blocks, document.lines)
        timed = [piece for piece in pieces.found if isinstance(piece, Entry) and piece.stamp is not None]
        if len(timed) >= enough:
            found.append(_told(document, part, pieces, ground, own_day(part, ground)))
    return [each for each in found if each.timed]


def _from_prose(document: Document, ground: Ground) -> list[_Read]:
    entries = told_in_prose(document)
    if not entries or not document.parts:
        return []
    told = tell(entries, ground)
    # The sentences stay where they are: they tell more than that something happened.
    return [_Read(document.parts[0], items_of(told.placed, ground), set(), told.assumptions)]
