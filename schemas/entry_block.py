"""A pasted block of lines and the events it describes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from schemas import zones
from schemas.entry_line import BULLET, Draft, drafted, take_line_time
from schemas.entry_marks import links_in, read_marks
from schemas.moments import UNDATED_DAY, instant, wall_clock
from schemas.patterns import late
from schemas.readings import Context, NotATime, Reading
from schemas.text import clean_prose
from schemas.zone_words import take_zone, uses

_TABLE_RULE = late(r"\s*\|?\s*:?-{2,}:?(?:\s*\|\s*:?-{2,}:?){0,40}\s*\|?\s*")
_BRACKET = late(r"[(\[]")


def read_block(text: str, context: Context) -> tuple[Draft, ...]:
    """The events of a pasted block. Never raises, and keeps every word.

    Each line that begins with a time starts an event; what is indented or stands below without a time of its own
    continues it. A bullet or table row like those of the events, but without a time, is an event without one. A date
    on a line of its own is the date of what follows, and its zone too if it names one.
    """
    block = _Block(context)
    lines = clean_prose(text).expandtabs(4).split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        block.add(line, following)
    return tuple(finished for each in block.parts if (finished := each.finished()) is not None)


class _Part(Struct):
    """A draft of a block while lines are still added to it."""

    draft: Draft
    shape: tuple[int, str]
    timed: bool
    more: list[str] = field(default_factory=list)

    def finished(self) -> Draft | None:
        """The draft with all its lines, or None if nothing is in it."""
        draft = self.draft
        lines = [draft.text, *self.more] if draft.text else self.more
        if not lines and not draft.milestones and not draft.problem:
            return replace(draft, problem="write what happened behind the time") if self.timed else None
        text = "\n".join(lines).strip("\n")
        links = tuple(dict.fromkeys((*draft.links, *links_in("\n".join(self.more)))))
        return replace(draft, text=text, links=links)


class _Block:
    """A pasted block as it is read line by line."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.parts: list[_Part] = []

    def add(self, line: str, following: str) -> None:
        """Take the next line; `following` is the one behind it."""
        if not line.strip() or ("-" in line and _TABLE_RULE.fullmatch(line)):
            return
        if line.lstrip().startswith("|") and _TABLE_RULE.fullmatch(following) and "-" in following:
            self._take_zone(line)  # the names of a table's columns
            return
        bullet = BULLET.match(line)
        sign = bullet.group().strip()[:1] if bullet else ""
        shape = (len(line) - len(line.lstrip()), sign)
        try:
            reading, rest = take_line_time(line.strip(), self.context)
        except NotATime as problem:
            self.parts.append(_Part(Draft(None, line.strip(), problem=str(problem)), shape, timed=True))
            return
        if reading is not None and type(reading.at) is date and not reading.until and not rest.strip(" :*_#-–—|"):
            self._take_day(reading.at, reading.zone)
        elif reading is not None:
            self.parts.append(_Part(drafted(reading, read_marks(rest, strict=False)), shape, timed=True))
            self._move_on(reading)
        elif self._continues(shape):
            self.parts[-1].more.append(line.strip())
        else:
            self.parts.append(_Part(drafted(None, read_marks(rest, strict=False)), shape, timed=False))

    def _continues(self, shape: tuple[int, str]) -> bool:
        if not self.parts:
            return False
        before = self.parts[-1]
        if shape[0] > before.shape[0]:
            return True
        return before.timed and not (shape[1] and shape == before.shape)

    def _take_day(self, day: date, zone: str) -> None:
        self.context = replace(self.context, after=datetime.combine(day, time()), undated=False)
        if zone:
            self._take_zone(f"({zone})")

    def _take_zone(self, line: str) -> None:
        """What follows is in the zone that a heading names in brackets, if it names one."""
        for bracket in _BRACKET.finditer(line):
            found = take_zone(line, bracket.start(), whole=False)
            if found is None:
                continue
            name, short = found[0].name, found[0].abbreviation
            if short is not None and not (self.context.zone is not None and uses(self.context.zone, short.label, None)):
                name = "" if short.ambiguous else short.zones[0]
            if name and (zone := zones.resolve(name)) is not None:
                self.context = replace(self.context, zone=zone, zone_name=name)
            return

    def _move_on(self, reading: Reading) -> None:
        """What follows happened after this."""
        at, before = reading.at, self.context.after
        if isinstance(at, datetime):
            after = wall_clock(instant(at, self.context.zone), self.context.zone)
            self.context = replace(self.context, after=after, undated=False)
        elif isinstance(at, time):
            day = before.date() if before else UNDATED_DAY
            after = datetime.combine(day, at)
            if before is not None and after < before:
                after += timedelta(days=1)
            self.context = replace(self.context, after=after, undated=True)
        elif at is not None:
            self.context = replace(self.context, after=datetime.combine(at, time()), undated=False)
