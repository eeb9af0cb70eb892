"""One typed line and the event it describes: `14:05 paged the on-call !acknowledged @ana #action`."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from schemas.entry_marks import Marks, read_marks
from schemas.incident import Event
from schemas.patterns import late
from schemas.readings import Context, NotATime, Reading
from schemas.text import clean_line
from schemas.when import take_time

BULLET = late(r"\s*(?:(?:[-*•‣◦▪·+>|]|#{1,6}|\[[ xX]\])(?:\s+|(?<=\|))){1,12}")
_NUMBER = late(r"\d{1,3}[.)]\s+")
_OPENERS = late(r"[*_`\[(<{\"“]{1,6}")
_CLOSING: Final = str.maketrans("[(<{“", "])>}”")
_LEADING_MARKS = late(r"(?:[!#@]\S+\s+){1,20}")
_SEPARATORS = late(r"(?:\s*(?:[:|·•]|[,.;](?=\s)|[-=]>|→|[-–—]+(?!\d))){0,12}\s*")


class Draft(Struct, frozen=True):
    """What a line will become. `reading` is None where it begins with no time; `problem` says why it cannot be added.

    `problem` is empty where nothing stands against it.
    """

    reading: Reading | None
    text: str
    milestones: tuple[str, ...] = ()
    kind: str = ""
    actor: str = ""
    links: tuple[str, ...] = ()
    problem: str = ""

    def event(self, event_id: str) -> Event:
        """The event.

        Raises:
            ValueError: there is a problem.
        """
        if self.problem:
            raise ValueError(self.problem)
        moment = self.reading.changes if self.reading else {}
        return Event(
            id=event_id, text=self.text, milestones=self.milestones, kind=self.kind, actor=self.actor,
            links=self.links, **moment,
        )  # fmt: skip


def read_entry(line: str, context: Context) -> Draft:
    """The event that a typed line describes. Never raises."""
    words = clean_line(line).strip()
    if not words:
        return Draft(None, "", problem="write a time and what happened, such as 14:05 paged the on-call")
    try:
        reading, rest = take_line_time(words, context)
    except NotATime as fault:
        return Draft(None, words, problem=str(fault))
    marks = read_marks(rest, strict=True)
    problem = marks.problem
    if not problem and not marks.text and not marks.milestones:
        problem = "write what happened behind the time"
    return drafted(reading, marks, problem)


def take_line_time(line: str, context: Context) -> tuple[Reading | None, str]:
    """The time of a line and its words, without the bullet, the signs around the time and the separator behind it.

    Raises:
        NotATime: the line clearly begins with a time that cannot be read.
    """
    bullet = BULLET.match(line)
    body = line[bullet.end() :] if bullet else line
    if bullet and "|" in bullet.group():
        body = body.rstrip().removesuffix("|").rstrip()
    for start in dict.fromkeys((0, _end(_NUMBER, body))):
        reading, rest = _opened(body[start:], context)
        if reading is not None:
            return reading, _SEPARATORS.sub("", rest, count=1)
    if (marks := _LEADING_MARKS.match(body)) is not None:
        reading, rest = _opened(body[marks.end() :], context)
        if reading is not None:
            return reading, f"{marks.group()}{_SEPARATORS.sub('', rest, count=1)}"
    return None, body


def _opened(body: str, context: Context) -> tuple[Reading | None, str]:
    """The time at the start, which may stand in brackets or be set in bold: `**[14:05]** paged`."""
    reading, rest = take_time(body, context)
    opened = _OPENERS.match(body) if reading is None else None
    if opened is None:
        return reading, rest
    reading, rest = take_time(body[opened.end() :], context)
    if reading is None:
        return None, body
    closers = opened.group().translate(_CLOSING)[::-1]
    closed = re.match(rf"\s?([:.,–—-]?)\s?{re.escape(closers)}", rest)
    if closed is not None:
        return reading, f"{closed[1]} {rest[closed.end() :]}" if closed[1] else rest[closed.end() :]
    return reading, rest.replace(closers, "", 1)


def _end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def drafted(reading: Reading | None, marks: Marks, problem: str = "") -> Draft:
    """A draft of a time and a text whose marks were read."""
    return Draft(reading, marks.text, marks.milestones, marks.kind, marks.actor, marks.links, problem)
