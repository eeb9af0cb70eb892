"""Rows of a table or objects of JSON as entries: which column is what, and what becomes of all the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.days import TwoDates, short_date
from schemas.entry_marks import kinds_named, links_in, milestones_named
from schemas.moments import When
from schemas.readers.blocks import Line
from schemas.readers.found import Assumption, Choice, Doubt
from schemas.readers.source_columns import is_identity
from schemas.readers.source_days import order_of
from schemas.readers.source_records import Asked, Heard, Record
from schemas.readers.source_stamps import take_iso
from schemas.readers.zones_said import zone_said
from schemas.readings import Context, NotATime, Reading
from schemas.story_time import at_offset
from schemas.when import read_time
from schemas.zone_words import offset_name

OTHERS: Final = "Other columns"
"""The heading of the section that keeps what is the same in every row, and ids."""

_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FROM, _TO = 631_152_000, 4_102_444_800
_COUNT: Final = re.compile(r"\d{9,19}(?:\.\d{1,9})?")
_FIGURES: Final = re.compile(r"(?<![\d./-])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/])")
_HALF: Final = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_CLOCK_ONLY: Final = re.compile(r"\d{1,2}[:.h]\d\d.{0,24}|\d{1,2}\s?[ap]\.?m\.?", re.IGNORECASE)
_MANY: Final = 3
_MOST: Final = 2_000
"""So many cells are asked for the zone."""

Value = str | int | float | bool | None


class Row(Struct, frozen=True):
    """One row: its lines, and its values by the names of their columns in order."""

    lines: tuple[int, ...]
    cells: Mapping[str, Value]


def text_of(value: Value) -> str:
    """A value as text: empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()


def cell(row: Row, roles: Mapping[str, str], role: str) -> Value:
    """The value of the column that has a role; None where no column has it."""
    return row.cells.get(roles[role]) if role in roles else None


def entries_of(
    rows: Sequence[Row], roles: Mapping[str, str], heard: Heard, asked: Asked, *, for_machines: bool = False
) -> None:
    """Add the rows to what a source says, each as an entry; values that have no role go with them or are kept aside.

    `for_machines` says that no value without a role is of interest to people, so that all are kept aside.
    """
    roles = _without_second_date(rows, roles)
    same = _same_everywhere(rows, roles)
    aside = [Line(rows[0].lines[0], f"{name}: {value}") for name, value in same.items()]
    clock = _Clock(rows, roles, heard, asked)
    for row in rows:
        record = Record(list(row.lines))
        used = {roles[role] for role in roles}
        record.texts = text_of(cell(row, roles, "text")).split("\n")
        clock.set_times(row, record)
        kept = _set_fields(row, roles, record)
        ids: list[str] = []
        for name, value in row.cells.items():
            words = text_of(value)
            if not words or name in same or (name in used and name not in kept):
                continue
            told = f"{name}: {words}" if name else words
            apart = (for_machines or is_identity(name)) and "\n" not in words
            (ids if apart else record.texts).append(told)
        record.texts = record.text.strip("\n").split("\n") if record.text else record.texts
        aside += [Line(row.lines[0], f"line {row.lines[0]}: {', '.join(ids)}")] if ids else []
        heard.records.append(record)
    if aside:
        heard.sections.append((OTHERS, aside))
    if not heard.zone:
        heard.zone = only_offset(heard.records)


def _without_second_date(rows: Sequence[Row], roles: Mapping[str, str]) -> dict[str, str]:
    """The roles, without the column of the days where the column of the times has them."""
    kept = dict(roles)
    if "date" in kept and "time" in kept:
        cells = [text_of(row.cells.get(kept["time"])) for row in rows]
        if not any(not cell or _CLOCK_ONLY.fullmatch(cell) for cell in cells):
            del kept["date"]
    return kept


def only_offset(records: Sequence[Record]) -> str:
    """The offset that all times have, as the name of a zone; nothing where they differ or have none."""
    times = [at for record in records if isinstance(at := record.fields.get("at"), datetime)]
    offsets = {at.utcoffset() for at in times}
    if len(offsets) != 1 or None in offsets:
        return ""
    return offset_name(times[0].tzinfo or UTC, times[0].replace(tzinfo=None))


def _same_everywhere(rows: Sequence[Row], roles: Mapping[str, str]) -> dict[str, str]:
    """The columns that say the same in every row, where there are some rows; they are told once."""
    if len(rows) < _MANY:
        return {}
    taken = set(roles.values())
    same = {
        name: words for name, value in rows[0].cells.items() if name and name not in taken and (words := text_of(value))
    }
    for row in rows[1:]:
        for name in [name for name, words in same.items() if text_of(row.cells.get(name)) != words]:
            del same[name]
        if not same:
            break
    return {name: words for name, words in same.items() if "\n" not in words}


def _set_fields(row: Row, roles: Mapping[str, str], record: Record) -> set[str]:
    """Set what the columns with a role say; gives the names of those whose words are told in the text as well."""
    kept: set[str] = set()
    words = {role: text_of(row.cells.get(name)) for role, name in roles.items()}
    record.who = " ".join(words.get("who", "").split())
    if words.get("kind"):
        kinds = kinds_named(words["kind"].strip().lower())
        if len(kinds) == 1:
            record.fields["kind"] = kinds[0]
            record.why = {**record.why, "kind": f"its {roles['kind']} is “{words['kind'][:40]}”"}
        if not kinds or kinds[0] != words["kind"].strip().lower():
            kept.add(roles["kind"])
    if words.get("milestones"):
        found = [
            milestones_named(each.strip().lower()) for each in re.split(r"[,;|/]", words["milestones"]) if each.strip()
        ]
        if found and all(len(each) == 1 for each in found):
            record.fields["milestones"] = tuple(dict.fromkeys(each[0] for each in found))
            if any(name not in words["milestones"].lower() for name in record.fields["milestones"]):
                kept.add(roles["milestones"])
        else:
            kept.add(roles["milestones"])
    if words.get("link"):
        if links := links_in(words["link"]):
            record.fields["links"] = links
        if " ".join(links) != words["link"]:
            kept.add(roles["link"])
    if not record.text and words.get("text") == "" and record.who:
        kept.discard(roles.get("who", ""))
    return kept


class _Clock:
    """Reads the times of the rows one after the other."""

    def __init__(self, rows: Sequence[Row], roles: Mapping[str, str], heard: Heard, asked: Asked) -> None:
        self.roles = roles
        self.asked = asked
        cells = [text_of(row.cells.get(roles[role])) for role in ("date", "time") if role in roles for row in rows]
        said = [Line(1, f"time: {name}") for role, name in roles.items() if role in ("time", "date")]
        said += [Line(1, cell) for cell in cells[:_MOST] if take_iso(cell) is None]
        if not heard.zone and (named := zone_said(said, asked.zone)) is not None:
            heard.zone = named.name
        self.name = heard.zone or asked.zone
        self.zone = zones.resolve(self.name) if self.name else None
        figures = [found.group() for cell in cells for found in (_FIGURES.search(cell),) if found is not None]
        order = order_of(figures, asked.day_first, any(_HALF.search(cell) for cell in cells[:200]))
        self.day_first = order.day_first if order is not None else asked.day_first
        self.why = order.why if order is not None else ""
        self.open = order is not None and not order.settled
        if order is not None and figures:
            sentence = f"{figures[0]} is read {'day' if order.day_first else 'month'} first, {order.why}"
            heard.assumptions.append(Assumption("dates", sentence, rows[0].lines[0]))
        self.wall = datetime.combine(asked.date, time()) if asked.date is not None else None
        self.day = ""

    def set_times(self, row: Row, record: Record) -> None:
        """Set the times of a row; words that are no time stay with the row as they are."""
        value = cell(row, self.roles, "time")
        words = text_of(value)
        day = text_of(cell(row, self.roles, "date"))
        self.day = day or self.day
        if "date" in self.roles and (not words or (_CLOCK_ONLY.fullmatch(words) and self.day)):
            words = f"{self.day} {words}".strip() if words else day
            value = words
        zone = text_of(cell(row, self.roles, "zone"))
        reading = self._read(value, zone, record)
        if reading is not None and reading.at is not None:
            record.fields |= {name: found for name, found in reading.changes.items() if found}
            if isinstance(reading.at, datetime):
                self.wall = reading.at.replace(tzinfo=None)
            if reading.assumed:
                record.why = {**record.why, "at": reading.assumed}
        elif words:
            record.fields["as_written"] = " ".join(words.split())
        for role, name in (("recorded", "recorded"), ("until", "until")):
            other = cell(row, self.roles, role)
            if not text_of(other):
                continue
            second = self._read(other, zone, Record(record.lines))
            if second is not None and second.at is not None:
                record.fields[name] = second.at
            else:
                record.texts.append(f"{self.roles[role]}: {text_of(other)}")
        if "at" not in record.fields and isinstance(record.fields.get("recorded"), datetime) and not words:
            record.fields["at"] = record.fields["recorded"]

    def _read(self, value: Value, zone: str, record: Record) -> Reading | None:
        words = text_of(value)
        if not words:
            return None
        if (moment := epoch_time(value)) is not None:
            return Reading(moment)
        own = zones.resolve(zones.canonical_name(zone) or "") if zone else None
        if (whole := take_iso(words)) is not None:
            if whole.tzinfo is not None:
                return Reading(whole)
            return Reading(self._placed(whole, own or self.zone, record))
        if own is None and zone:
            words = f"{words} {zone}"
        first = record.lines[0]
        context = Context(
            zone=own or self.zone, zone_name=zone if own is not None else self.name, after=self.wall,
            day_first=self.day_first, day_first_why=self.why, undated=self.wall is None,
        )  # fmt: skip
        try:
            reading = read_time(words, context)
        except TwoDates as two:
            choices = tuple(
                Choice(f"{name}: {short_date(day)}", "reread", "day_first", name == "day first")
                for name, day in two.found.items()
            )
            record.doubts.append(Doubt(first, words, str(two), "at", choices))
            return None
        except NotATime as problem:
            record.doubts.append(Doubt(first, words[:120], str(problem), "at"))
            return None
        if self.open and _FIGURES.search(words):
            self.open = False
            taken = bool(self.day_first)
            choices = tuple(
                Choice(f"{'day' if each else 'month'} first everywhere", "reread", "day_first", each)
                for each in (taken, not taken)
            )
            record.doubts.append(Doubt(first, words, f"{words} can be two days", "at", choices))
        record.doubts += [Doubt(first, words, note, "at") for note in reading.notes]
        return reading

    @staticmethod
    def _placed(wall: datetime, zone: tzinfo | None, record: Record) -> When:
        if zone is None:
            return wall
        at, notes = at_offset(wall, zone)
        record.doubts += [Doubt(record.lines[0], str(wall), note, "at") for note in notes]
        return at


def epoch_time(value: Value) -> datetime | None:
    """The instant that seconds, milliseconds, micro- or nanoseconds since 1970 are; None for other values."""
    if isinstance(value, bool) or value is None:
        return None
    words = text_of(value)
    if _COUNT.fullmatch(words) is None:
        return None
    whole, _, fraction = words.partition(".")
    for figures in (0, 3, 6, 9):
        seconds = int(whole) // 10**figures
        if _FROM <= seconds < _TO:
            rest = (whole[len(whole) - figures :] if figures else "") + fraction
            micro = int(rest.ljust(6, "0")[:6] or 0)
            return _START + timedelta(seconds=seconds, microseconds=micro)
    return None
