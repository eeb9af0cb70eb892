"""Where the parts of a document begin and end, and which headings are only a sub-heading of the part they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct, field

from schemas.readers.blocks import Block, Line
from schemas.readers.fences import LineKind
from schemas.readers.field_names import field_key, is_field
from schemas.readers.heading_doubts import beheaded, goes_on
from schemas.readers.heading_names import ACTIONS, CONTENTS, PEOPLE, PREAMBLE, TIMELINE, WRONG
from schemas.readers.headings import ITEM, UNKNOWN_LABEL, Head, marked_head, written_head
from schemas.readers.section_names import meaning_of
from schemas.readers.timeline_pieces import is_day
from schemas.readers.timeline_updates import update_stamp

_STEPS: Final = frozenset({"detection", "response", "resolution", "trigger", "background", "impact", ""})
"""What may be the label of a step in a timeline, as well as a section of its own."""

_GROUPS: Final = frozenset(
    {"detection", "response", "resolution", "trigger", ACTIONS, "lessons", "root_cause", "supporting", "", PEOPLE,
     "impact", "open_questions"}
)  # fmt: skip
"""What may head a group of actions."""

_OPEN: Final = frozenset(
    {PREAMBLE, "summary", "impact", "root_cause", "resolution", "detection", "trigger", "response", "background"}
)
"""Parts in which `Label: text` may begin another part."""

_MOST_LINES: Final = 40
_DOCUMENT: Final = re.compile(
    r"(?:incident |outage )?(?:post[\s-]?mortem|retrospective|rca|root cause analysis|report|review|incident|outage)"
    r"(?: report| review| analysis)?$",
    re.IGNORECASE,
)
"""What a document calls itself in front of its title: `Postmortem: the cash desk froze`."""

_STRONG: Final = frozenset({"root_cause", "impact", "summary", ACTIONS, TIMELINE, "resolution", "detection", "lessons"})
_TOP: Final = 3
_ADDRESS: Final = re.compile(r"\W{0,4}(?:\[[^\]\n]{0,200}\]\(|https?://)")
_ENTRY: Final = re.compile(
    r"[\s*_~\[(`>|•+-]{0,10}(?:\d{1,2}[:.h]\d\d|\d{4}-\d{1,2}-\d|\d{1,2}\s?[ap]\.?m\b|T[+-])", re.I
)


class Stretch(Struct):
    """A part while it is being found: what begins it, and the lines below, cut at sub-headings.

    Each chunk is a sub-heading (None for the first) with its lines. `key` is the part's meaning.
    """

    head: Head | None
    number: int
    key: str
    level: int
    above: Stretch | None = None
    chunks: list[tuple[Head | None, int, list[Line]]] = field(default_factory=list)
    labelled: bool = False
    timed: int = 0
    last: int = 0
    also: tuple[str, ...] = ()
    words: int = 0

    def add(self, line: Line) -> None:
        """Another line of it."""
        if not self.chunks:
            self.chunks.append((None, line.number, []))
        self.chunks[-1][2].append(line)
        self.last = max(self.last, line.number)
        if line.text.strip():
            self.words += 1
            if _ENTRY.match(line.text):
                self.timed += 1


def stretches(lines: Sequence[Line], kinds: Sequence[LineKind]) -> list[Stretch]:
    """The parts of a document in order, the first one being what stands before any heading (it may be empty)."""
    return _Outline(lines, kinds).run()


class _Outline:
    """A walk over the lines of a document that opens and closes its parts."""

    def __init__(self, lines: Sequence[Line], kinds: Sequence[LineKind]) -> None:
        self.lines = lines
        self.kinds = kinds
        self.texts = [line.text for line in lines]
        marked = sum(
            1
            for text, kind in zip(self.texts, kinds, strict=True)
            if not kind and re.match(r"\s{0,3}#{1,6}\s?\S", text)
        )
        self.plain_document = marked < 2
        self.now = Stretch(None, 1, PREAMBLE, 0)
        self.found = [self.now]
        self.indent = 0
        self.column = 0
        self.titled = False
        self.free = True

    def run(self) -> list[Stretch]:
        """Walk."""
        i, free = 0, True
        while i < len(self.lines):
            head = self._head(i, free)
            if head is None:
                self._leave(i)
                self.now.add(self._dedented(self.lines[i]))
                free = not self.texts[i].strip()
                i += 1
                continue
            self.free = free
            i = self._take(head, i)
            free = True
        return self.found

    def _leave(self, i: int) -> None:
        """End what began in an item or on a line with its text, where a line clearly belongs to what is around it."""
        head, text = self.now.head, self.texts[i]
        if head is None or not text.strip() or self.kinds[i]:
            return
        item = ITEM.match(text)
        ends = self.indent > 0 and item is not None and len(text) - len(text.lstrip()) <= self.column
        shallow = len(text) - len(text.lstrip()) < max(self.indent, 1)
        ends = ends or (head.mark == "inline" and shallow and is_field(text))
        if ends:
            above = self.now.above
            key = above.key if above else PREAMBLE
            level = above.level if above else 0
            self.now = Stretch(None, self.lines[i].number, key, level, above.above if above else None)
            self.found.append(self.now)
            self.indent = 0

    def _head(self, i: int, free: bool) -> Head | None:
        if self.kinds[i] or not self.texts[i].strip():
            return None
        head = marked_head(self.texts, i)
        if head is not None:
            return head
        head = written_head(self.texts, i, plain_document=self.plain_document, free=free)
        if head is None and self.plain_document and not any(self.texts[j].strip() for j in range(min(i, _TOP))):
            head = beheaded(self.texts[i])
        if head is not None and self._is_words(head, i):
            return None
        return head

    def _is_words(self, head: Head, i: int) -> bool:
        """Whether what may be a heading is better read as words of the part that it stands in."""
        key = head.meaning.key if head.meaning else None
        if key == ACTIONS and head.mark == "plain" and all(each.key == PREAMBLE for each in self.found):
            return True  # “Tasks” above all: the page that the report was handed in on
        if head.level >= UNKNOWN_LABEL and i and goes_on(self.texts[i - 1], self.texts[i]):
            return True
        inside = self.now.key
        if head.level >= UNKNOWN_LABEL and self._in_item(i):
            return True
        if head.mark == "inline":
            if update_stamp(self._paragraph(i)) is not None:
                return True
            if inside == PREAMBLE and not self.titled and not self._words_before() and _DOCUMENT.match(head.text):
                return True
            if key == "" or key in (CONTENTS, PEOPLE, WRONG) or not key:
                return True
            if inside == TIMELINE:
                return key in _STEPS or head.indent > 0
            if key == TIMELINE and _ADDRESS.match(head.rest):
                return True  # it tells where the timeline is
            if inside == PREAMBLE and field_key(head.text) == "services" and head.rest[-1:] not in ".!":
                return True
            if inside not in _OPEN:
                return (
                    head.indent > 0 or key not in _STRONG or inside in (ACTIONS, "lessons", "went_well", "went_poorly")
                )
            return key == inside and head.indent > 0
        if head.mark == "item":
            if head.level == 8 and inside in (ACTIONS, "lessons") and key in _GROUPS:
                return True
            if inside == TIMELINE and key in _STEPS:
                return True
            indented = len(self.texts[i]) - len(self.texts[i].lstrip())
            return indented >= 2 and inside not in _OPEN
        return head.mark == "plain" and head.doubtful and key is None and inside == TIMELINE and not self.now.timed

    def _begins_day(self, head: Head, following: int) -> bool:
        """Whether a heading only names a day, with an entry of a timeline right below."""
        below = next((text for text in self.texts[following : following + 3] if text.strip()), "")
        return bool(_ENTRY.match(below)) and head.level < UNKNOWN_LABEL and is_day(head.text) is not None

    def _in_item(self, i: int) -> bool:
        """Whether a line is indented below an item, as one more paragraph of it."""
        indent = len(self.texts[i]) - len(self.texts[i].lstrip())
        for text in reversed(self.texts[max(0, i - _MOST_LINES) : i]) if indent > 1 else ():
            if text.strip() and len(text) - len(text.lstrip()) < indent:
                return ITEM.match(text) is not None
        return False

    def _paragraph(self, i: int) -> Sequence[str]:
        """The lines from one on to the next blank one, as far as they may be an update."""
        found = self.texts[i : i + _MOST_LINES]
        return found[: next((k for k, text in enumerate(found) if not text.strip()), len(found))]

    def _take(self, head: Head, i: int) -> int:
        """Begin a part or a sub-heading; gives the index of the next line to look at."""
        number = self.lines[i].number
        following = i + head.taken
        if self._is_title(head):
            self.titled = True
            self.now = Stretch(head, number, PREAMBLE, 0, last=self.lines[following - 1].number)
            self.found.append(self.now)
        elif self._stays(head):
            self.now.chunks.append((head, number, []))
            self.now.last = self.lines[following - 1].number
            if self.now.key == TIMELINE and not self.now.words and head.level > 6:
                self.now.labelled = True
        else:
            key = head.meaning.key if head.meaning else TIMELINE if self._begins_day(head, following) else ""
            also, above = head.meaning.also if head.meaning else (), self._above(head.level)
            self.now = Stretch(head, number, key, head.level, above, also=also, last=self.lines[following - 1].number)
            self.found.append(self.now)
            self.indent = head.indent
            self.column = len(self.texts[i]) - len(self.texts[i].lstrip())
        if head.rest:
            self.now.add(Line(number, head.rest))
        return following

    def _is_title(self, head: Head) -> bool:
        """Whether a heading is the document's title: the first one, above all parts, and not by itself a known name."""
        if self.titled or head.level >= UNKNOWN_LABEL or head.mark in ("item", "inline", "label"):
            return False
        if any(each.key != PREAMBLE for each in self.found):
            return False
        plain = head.mark == "plain" and ": " not in head.text
        known = meaning_of(head.text, strict=True) or (head.meaning if plain else None)
        return known is None or (known.key == "lessons" and not self._words_before())

    def _words_before(self) -> int:
        return sum(each.words for each in self.found)

    def _stays(self, head: Head) -> bool:
        """Whether a heading only divides the part that it stands in."""
        now = self.now
        if head.level >= UNKNOWN_LABEL:
            return not self._is_beside(head)
        key = head.meaning.key if head.meaning else None
        deeper = head.level > now.level
        if now.key == PREAMBLE:
            return False
        if now.key == TIMELINE:
            if key is None or _ENTRY.match(head.text):
                return deeper or bool(_ENTRY.match(head.text)) or is_day(head.text) is not None
            by_labels = now.labelled or (not now.words and now.head is not None and now.head.mark == "label")
            if by_labels and key in _STEPS and head.mark == "label":
                return True
            return deeper and key in _STEPS and head.level <= 6 and now.level <= 6
        if now.key in (ACTIONS, PEOPLE, CONTENTS):
            if key == "went_poorly" and "improve" in head.text.casefold():
                return deeper or (not now.words and head.level == now.level)
            return deeper and (key is None or key in _GROUPS)
        if key is None:
            return deeper and bool(now.head)
        if now.key == "":
            return deeper and key == ""
        return deeper and (key == now.key or key == "")

    def _is_beside(self, head: Head) -> bool:
        """Whether a label that nobody knows is a heading like the one above it, as in documents made of labels."""
        now = self.now.head
        if now is None or now.mark != "label" or self.now.key in (TIMELINE, ACTIONS) or not self.free:
            return False
        if not self.now.words and self.now.key:
            return False  # it heads the first words of the part
        words = head.text.split()
        return len(words) <= 2 or all(word[0].isupper() for word in words if len(word) > 3)

    def _above(self, level: int) -> Stretch | None:
        below = self.now
        while below is not None and below.level >= level:
            below = below.above  # type: ignore[assignment]
        return below if below is not None and below.head is not None else None

    def _dedented(self, line: Line) -> Line:
        if not self.indent:
            return line
        text = line.text
        if text.strip() and not text.startswith(" ") and not text.startswith("\t"):
            return line
        cut = min(self.indent, len(text) - len(text.lstrip(" ")))
        return Line(line.number, text[cut:]) if cut else line


def head_block(head: Head, number: int) -> Block:
    """A heading as a block."""
    return Block(
        "heading", number, number + head.taken - 1, (Line(number, head.text),), level=head.level, mark=head.mark
    )
