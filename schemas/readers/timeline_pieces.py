"""What the readers of notations find in a timeline before its times are settled: entries, and lines that name a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct, field

from schemas.readers.blocks import Block, Line
from schemas.readers.timeline_stamp import Stamp, take_stamp

_CONFLICT: Final = ("<<<<<<<", ">>>>>>>", "|||||||")
_CACHED: Final = 2_000
"""Longer texts are not kept in the cache of stamps."""

_LABEL: Final = re.compile(
    r"(?P<mark>[*_`]{0,3})(?P<label>[^\W\d_a-z][^:.!?|\n\[\]]{1,48}?)(?:(?P=mark))?\s?[:：](?:(?P=mark))?(?P<rest>\s.*|$)",
    re.DOTALL,
)
_PLACEHOLDER: Final = re.compile(
    r"\W*|[\[<{](?:[^\[\]<>{}]{1,60})[\]>}]\.?|\W*(?:tbd|todo|n/a|short )?(?:event )?description\W*|lorem ipsum.*",
    re.IGNORECASE,
)

_REMARK: Final = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|\ball times .{0,40}", re.IGNORECASE)
_IN_A_SENTENCE: Final = re.compile(
    r"(?:at|on|by|from|around|about|approximately|roughly|since|between|a las?|às|as|um|gegen|vers|à|el|le|em)\s",
    re.IGNORECASE,
)


class Entry(Struct):
    """One entry of a timeline.

    `stamp` is the time in front, or behind the words; `inner` a time inside of them, as it is written. `texts` are its
    paragraphs and details, each with its lines already joined. `lines` are all lines that it takes up, `head` the one
    on which it begins. `label` stands in front of the text. The rest comes from columns of a table.
    """

    stamp: Stamp | None
    texts: list[str]
    lines: list[int]
    inner: str = ""
    label: str = ""
    until: str = ""
    recorded: str = ""
    as_written: str = ""
    zone: str = ""
    actor: str = ""
    kind: str = ""
    audience: str = ""
    milestones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def head(self) -> int:
        """The line on which the entry begins."""
        return self.lines[0]


class DayLine(Struct, frozen=True):
    """A day that holds for the entries below it; `lines` are empty where the line says more than that."""

    stamp: Stamp
    line: int
    lines: tuple[int, ...] = ()


Piece = Entry | DayLine


class Pieces(Struct):
    """What was found so far, in order; `lines` are the document's, for details that are kept as they stand.

    `waiting` are blocks behind an entry: they belong to it if another one follows. `by` says how the open entry began.
    """

    lines: Sequence[Line]
    found: list[Piece] = field(default_factory=list)
    waiting: list[Block] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    by: str = ""
    zone: str = ""

    @property
    def open(self) -> Entry | None:
        """The entry that a detail would belong to."""
        last = self.found[-1] if self.found else None
        return last if isinstance(last, Entry) else None

    @property
    def timed(self) -> bool:
        """Whether an entry with a time was found, so that a placeholder for one is no template's."""
        return any(isinstance(piece, Entry) and piece.stamp is not None and piece.stamp.timed for piece in self.found)

    def add(self, piece: Piece, by: str) -> None:
        """The next piece; what was waiting belongs to the entry before it."""
        self.settle()
        self.found.append(piece)
        self.by = by

    def settle(self) -> None:
        """Give the blocks that wait to the open entry."""
        if self.open is not None:
            for block in self.waiting:
                self.detail(self.open, block)
        self.waiting.clear()

    def detail(self, entry: Entry, block: Block) -> None:
        """A block that tells more of an entry, kept as it stands."""
        text = self.raw(block.numbers)
        if text.strip():
            entry.texts.append(text)
        entry.lines.extend(block.numbers)

    def raw(self, numbers: Iterable[int]) -> str:
        """Lines of the document as they stand, without the indentation that they share."""
        texts = [self.lines[number - 1].text.expandtabs(4) for number in numbers if 0 < number <= len(self.lines)]
        texts = [text for text in texts if not text.startswith(_CONFLICT)]
        margin = min((len(text) - len(text.lstrip()) for text in texts if text.strip()), default=0)
        return "\n".join(text[margin:] for text in texts).strip("\n")


def stamp_of(text: str) -> Stamp | None:
    """The time that a text begins with, remembered: it is asked for to find out the notation, and again to read it."""
    return _remembered(text) if len(text) <= _CACHED else take_stamp(text)


@lru_cache(maxsize=4096)
def _remembered(text: str) -> Stamp | None:
    return take_stamp(text)


def entry_stamp(text: str) -> Stamp | None:
    """The stamp of an entry: one that places it within a day, or a day with words behind it.

    "At 14:05 the alarm went off" is a sentence, "At 14:05: the alarm went off" an entry.
    """
    found = stamp_of(text)
    if found is None or (found.sign in ("", ",") and _IN_A_SENTENCE.match(found.words) is not None):
        return None
    return found if found.timed or (found.says == "day" and found.rest and is_day(text) is None) else None


def is_day(text: str) -> Stamp | None:
    """The stamp of a line that names a day and nothing else."""
    found = stamp_of(text)
    if found is None or found.says != "day":
        return None
    return found if not _REMARK.sub("", found.rest).strip("*_: ()[]-–—|") else None


def labelled(text: str) -> tuple[str, str] | None:
    """A label of at most six words in front of a text, and the text; None without one."""
    found = _LABEL.match(text.lstrip())
    if found is None or len(found["label"].split()) > 6:
        return None
    return found["label"].strip(), found["rest"].strip()


def is_placeholder(text: str) -> bool:
    """Whether a template was not filled in: nothing but signs, or words in brackets."""
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


def joined(texts: Iterable[str]) -> str:
    """Wrapped lines as one."""
    return " ".join(text.strip() for text in texts if text.strip())


def is_wrapped(texts: Sequence[str]) -> bool:
    """Whether lines were broken because they were full: none of them had room for the first word of the next."""
    widest = max((len(text) for text in texts), default=0)
    return all(
        len(one) + 1 + len(other.split(maxsplit=1)[0]) > widest for one, other in pairwise(texts) if other.strip()
    )
