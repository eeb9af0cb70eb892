"""When the entries of a timeline happened: each takes from those before what it leaves out, and says what it took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec.structs import replace

from schemas.days import TwoDates, short_date
from schemas.moments import UNDATED_DAY, instant, wall_clock
from schemas.readers.found import Assumption, Doubt
from schemas.readers.ground import Ground
from schemas.readers.timeline_doubts import earlier_than_above, either_day
from schemas.readers.timeline_habits import counted_back, counts_from_start, mixed, order_of, with_half, writes_halves
from schemas.readers.timeline_notations import NEUTRAL, read_start, read_whole
from schemas.readers.timeline_pieces import DayLine, Entry, Piece
from schemas.readers.timeline_placed import Placed, Told, day_before
from schemas.readers.timeline_stamp import behind_day_number
from schemas.readers.timeline_zone import zone_of
from schemas.readings import Context, NotATime, Reading
from schemas.story_time import NEXT_DAY, SAME_DAY
from schemas.when import read_time

_MIDNIGHT: Final = time()
_AMERICAN: Final = ("America/", "US/", "Canada/")


def tell(
    pieces: Sequence[Piece],
    ground: Ground,
    *,
    start: date | None = None,
    home: date | None = None,
    zone: str = "",
    zero: str = "",
) -> Told:
    """The entries of a timeline in their order, with their times.

    `start` is the day on which it begins; `home` the day of all entries without one, where the document says so;
    `zone` the words by which the timeline itself names its zone, `zero` those for the time that `T+4m` counts from.
    Without any day known, clocks stay clocks; if a day is named later, those before it are counted back from it.
    """
    first = home or start or ground.day
    story = _Story(ground, first, home is not None, (zone, zero), pieces)
    told = story.run(pieces)
    if home is None and start is None and first is not None and (day := day_before(told.placed, first)) is not None:
        return _Story(ground, day, False, (zone, zero), pieces).run(pieces)
    if first is not None or not mixed([each.at for each in told.placed]):
        return told
    day = counted_back([each.at for each in told.placed])
    return _Story(ground, day, False, (zone, zero), pieces).run(pieces)


class _Story:
    """A timeline as it is told entry by entry."""

    def __init__(
        self, ground: Ground, first: date | None, home: bool, words: tuple[str, str], pieces: Sequence[Piece]
    ) -> None:
        self.ground = ground
        self.first = first
        self.home = first if home else None
        self.after = datetime.combine(first, _MIDNIGHT) if first else None
        self.before: datetime | None = None
        self.zone, self.zone_name = zone_of(words[0], ground)
        self.since_start = counts_from_start(pieces)
        self.halves = writes_halves(pieces)
        self.day_first = order_of(pieces) if ground.day_first is None else None
        self.clock: time | None = None
        self.started: datetime | None = None
        self.known: Context | None = None
        self.zero: datetime | None = None
        self.assumptions: dict[tuple[str, str], Assumption] = {}
        self.noted: set[str] = set()
        if words[1]:
            self._take_zero(f"T+0 ({words[1]})")

    def run(self, pieces: Sequence[Piece]) -> Told:
        """Tell it."""
        placed = []
        for piece in pieces:
            if isinstance(piece, DayLine):
                self._take_day(piece)
            else:
                placed.append(self._place(piece))
        return Told(placed, list(self.assumptions.values()))

    def _context(self) -> Context:
        known = self.known
        if known is None or known.after != self.after:
            undated = self.after is None
            base = known or self.ground.context()
            if known is None and self.day_first is not None:
                why = "or the story would be much longer"
                base = replace(base, day_first=self.day_first, day_first_why=why, order_is_weak=False)
            known = self.known = replace(
                base, zone=self.zone, zone_name=self.zone_name, after=self.after, undated=undated,
                origin=self._origin(), today=self.ground.written if undated else None,
            )  # fmt: skip
        return known

    def _origin(self) -> datetime:
        return self.zero or datetime.combine(self.first or UNDATED_DAY, _MIDNIGHT)

    def _take_day(self, line: DayLine) -> None:
        day = self._day_of(line.stamp.words, line.stamp.day_number, line.line)
        if day is not None:
            self.after = datetime.combine(day, _MIDNIGHT)
            self.home = None
            self.before = None
            if self.first is None:
                self.first = day

    def _day_of(self, words: str, number: int, line: int) -> date | None:
        try:
            reading, _ = self._read(words, self._context(), line)
        except NotATime:
            reading = None
        if reading is not None and reading.at is not None and not isinstance(reading.at, time):
            return reading.at.date() if isinstance(reading.at, datetime) else reading.at
        if number and self.first is not None:
            return self.first + timedelta(days=number - 1)
        return None

    def _place(self, entry: Entry) -> Placed:
        placed = Placed(entry)
        stamp = entry.stamp
        if stamp is None and not entry.inner:
            return placed
        words = entry.inner or (stamp.words if stamp else "")
        says = stamp.says if stamp else "moment"
        if says == "unknown":
            placed.changes["as_written"] = words
            if any(char.isdigit() for char in words):
                placed.doubts.append(Doubt(entry.head, words, "the time is not known to the minute", "at"))
                placed.sure = "likely"
            return placed
        if words in ("day only", "this day", "about this day"):
            placed.changes.update({"at": self.after.date() if self.after else None, "about": words.startswith("about")})
            return placed
        if stamp is not None and stamp.day_number and self.first is not None and says == "clock":
            day = self.first + timedelta(days=stamp.day_number - 1)
            if self.after is None or self.after.date() != day:
                self.after = datetime.combine(day, _MIDNIGHT)
            words = behind_day_number(words)
        if stamp is not None and stamp.twice and says == "length":
            self._take_zero(stamp.words)
        self._take(placed, words, says)
        return placed

    def _take_zero(self, words: str) -> None:
        """The clock at which `T+0` is, where it stands beside a length: `T+5m (14:10)`."""
        cut = max(words.rfind(sign) for sign in "(/=")
        start = self.after
        if start is None:
            return
        try:
            zero = read_start(words, replace(self._context(), origin=start))[0]
            there = read_time(words[cut + 1 :].strip(" )"), self._context())
        except NotATime:
            return
        if zero is None or not isinstance(there.at, datetime) or not isinstance(zero.at, datetime):
            return
        passed = zero.at.replace(tzinfo=None) - start
        self.zero = there.at.replace(tzinfo=None) - passed
        self.known = None

    def _take(self, placed: Placed, words: str, says: str) -> None:
        entry = placed.entry
        context = self._context()
        if says == "length" and words.lstrip("~ ").startswith("+") and self.since_start:
            context = replace(context, after=self.started or self._origin())
        try:
            halved = with_half(words, self.clock) if self.halves else words
            reading, notes = self._read(halved, context, entry.head)
            if reading is not None and halved != words:
                reading = replace(
                    reading, as_written=words, assumed=reading.assumed or "the half of the day that comes next"
                )
        except NotATime as problem:
            placed.changes["as_written"] = words
            placed.sure = "guess"
            placed.doubts.append(Doubt(entry.head, words, str(problem), "at"))
            return
        if reading is None or reading.at is None:
            placed.changes["as_written"] = words
            return
        changes = {name: value for name, value in reading.changes.items() if value not in (None, "", False)}
        if says == "length":
            changes["as_written"] = words
            placed.sure, placed.why = "likely", self._counted(words, entry.head)
        if entry.stamp is not None and entry.stamp.twice:
            changes["as_written"] = entry.stamp.words
        placed.changes.update(changes)
        placed.doubts += notes
        if entry.inner:
            placed.sure, placed.why = "likely", "the time is one that its words name"
        self._say(placed, reading)
        self._move_on(reading)
        if self.started is None and says != "length":
            self.started = self.after or self.before

    def _read(self, words: str, context: Context, line: int) -> tuple[Reading | None, list[Doubt]]:
        """The reading of a stamp's words; where they can mean two days one is taken, with a doubt.

        Raises:
            NotATime: they cannot be read.
        """
        try:
            return read_whole(words, context), []
        except TwoDates as two:
            day_first = self._rather_day_first(two)
            reading = read_whole(words, replace(context, day_first=day_first, day_first_why="", order_is_weak=False))
            return reading, [either_day(words, two, day_first, line)] if reading else []
        except NotATime as problem:
            if "no year" not in str(problem) and "which" not in str(problem):
                raise
            # Without any year the clock is all that is left to read.
            base = self.ground.written
            if base is not None:
                reading = read_whole(words, replace(context, today=base))
                self._assume("year", f"the year {base.year}, in which the document was written", line)
                return reading, []
            reading = read_whole(words, NEUTRAL)
            if reading is None or not isinstance(reading.at, datetime):
                raise
            return replace(reading, at=reading.at.time(), as_written=words, assumed=""), [
                Doubt(line, words, str(problem), "at")
            ]

    def _rather_day_first(self, two: TwoDates) -> bool:
        """Which of two readings lies nearer to what is known; else by the habit of the zone."""
        known = self.after.date() if self.after else self.ground.written
        if known is not None and {"day first", "month first"} <= two.found.keys():
            one, other = (abs(two.found[name] - known) for name in ("day first", "month first"))
            if one != other:
                return one < other
        return not self.ground.zone_name.startswith(_AMERICAN)

    def _say(self, placed: Placed, reading: Reading) -> None:
        """Keep what was assumed for an entry, and what is doubtful about it."""
        line = placed.entry.head
        words = placed.entry.inner or (placed.entry.stamp.words if placed.entry.stamp else "")
        for note in reading.notes:
            if note not in self.noted:
                self.noted.add(note)
                placed.doubts.append(Doubt(line, words, note, "at"))
        said = reading.assumed
        if not said:
            return
        placed.why = placed.why or said
        if placed.sure == "sure":
            placed.sure = "likely"
        if NEXT_DAY in said and isinstance(reading.at, datetime):
            self._assume("midnight", f"{words} is on {short_date(reading.at.date())}: {NEXT_DAY}", line)
        if "first, " in said and self.ground.day_first is None:
            self._assume("dates", said, line)
        if "the year" in said:
            self._assume("year", said.split("first, ")[-1].split(", ")[-1], line)
        if SAME_DAY in said and isinstance(reading.at, datetime):
            placed.doubts.append(earlier_than_above(words, reading.at, line))

    def _counted(self, words: str, line: int) -> str:
        if self.since_start and self.started is not None and words.lstrip("~ ").startswith("+"):
            return "counted from the first entry"
        if self.zero is not None and words[:1] in "TtH":
            return "counted from the start, whose clock is written"
        if words[:1] in "TtH" or (self.since_start and words.lstrip("~ ").startswith("+")):
            day = f" of {short_date(self.first)}" if self.first else ""
            said = f"the start has no clock; what is counted from it (T+…) counts from 00:00{day}"
            self._assume("date", said, line)
            return said
        return "counted from the entry before"

    def _assume(self, about: str, said: str, line: int) -> None:
        key = (about, said if about == "midnight" else "")
        self.assumptions.setdefault(key, Assumption(about, said, line))

    def _move_on(self, reading: Reading) -> None:
        """What follows happened after this."""
        at, before = reading.at, self.after
        if isinstance(at, datetime | time):
            self.clock = at.replace(tzinfo=None) if isinstance(at, time) else at.time()
        if isinstance(at, datetime):
            wall = at
            if at.tzinfo is not None:
                wall = (
                    wall_clock(instant(at, self.zone), self.zone) if self.zone is not None else at.replace(tzinfo=None)
                )
            if self.home is not None and wall.date() < self.home:
                return
            self.after = wall
        elif isinstance(at, time):
            self.before = datetime.combine(UNDATED_DAY, at)
        elif at is not None and (before is None or self.home is None):
            self.after = datetime.combine(at, _MIDNIGHT)
        if self.first is None and self.after is not None:
            self.first = self.after.date()
