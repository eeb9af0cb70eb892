"""What the columns of a timeline's table hold, by their names and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.month_names import WEEKDAY
from schemas.readers.blocks import Block
from schemas.readers.timeline_pieces import stamp_of
from schemas.readers.timeline_stamp import Stamp

MOSTLY: Final = 0.6
SAMPLE: Final = 60
"""So many rows show what a column holds."""
_WEEKDAY: Final = re.compile(rf"(?:{WEEKDAY})\.?", re.IGNORECASE)
YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NO_YEAR: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\.?")
_ZONE: Final = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]|\b(UTC|GMT)\b")
_END: Final = re.compile(r"\W*(?:end|ended|until|to|finish(?:ed)?|stop|fin|ende|fim)\b", re.IGNORECASE)
_WHO: Final = re.compile(
    r"\W*(?:who|by|actor|person|people|who ?/ ?what|owner|responder|responders|reporter|author|user|name|done by"
    r"|quién|quien|quem|qui|wer)\W*",
    re.IGNORECASE,
)
_TEXT: Final = re.compile(
    r"\W*(?:events?|descriptions?|what(?: happened)?|details?|actions?(?: taken)?|activity|activities|entry"
    r"|message|update|step|summary"
    r"|event/action|action/ ?impact|evento|descripción|descrição|événement|ereignis|beschreibung)\b.*",
    re.IGNORECASE,
)
TIME_NAME: Final = re.compile(
    r"\W*(?:time|date|when|day|timestamp|hora|fecha|data|heure|uhrzeit|datum|zeit)\b[^|]{0,30}", re.IGNORECASE
)
_MILESTONE: Final = re.compile(r"\W*milestones?\W*", re.IGNORECASE)
_KIND: Final = re.compile(r"\W*(?:kind|type|category)\W*", re.IGNORECASE)
_NOTES: Final = re.compile(r"\W*notes?\W*", re.IGNORECASE)


class Columns(Struct, frozen=True):
    """Which columns hold what, by number; -1 where none does. `heads` are the names of all."""

    heads: tuple[str, ...]
    day: int = -1
    clock: int = -1
    until: int = -1
    weekday: int = -1
    who: int = -1
    milestone: int = -1
    kind: int = -1
    notes: int = -1
    texts: tuple[int, ...] = ()
    year: str = ""
    zone: str = ""
    filled: bool = False
    """Whether some row tells a time, so that the table is no template."""

    @property
    def times(self) -> frozenset[int]:
        """The columns that tell when."""
        return frozenset({self.day, self.clock, self.until, self.weekday} - {-1})


def columns_of(block: Block) -> Columns:
    """What the columns of a table are, by their names and by what they hold."""
    heads = block.head.cells if block.head is not None else ()
    rows = block.children[:SAMPLE]
    width = max((len(row.cells) for row in rows), default=0)
    names = tuple(heads[i] if i < len(heads) else "" for i in range(width))
    found: dict[str, int] = {}
    for i in range(width):
        says = _says(rows, i)
        if says == "clock" and "clock" in found and "until" not in found and _END.match(names[i]):
            found["until"] = i
        elif says and says not in found:
            found[says] = i
    if "moment" in found and "clock" not in found:
        found["clock"] = found.pop("moment")
    texts = []
    for i in range(width):
        if i in found.values():
            continue
        for kind, pattern in (("who", _WHO), ("milestone", _MILESTONE), ("kind", _KIND), ("notes", _NOTES)):
            if pattern.fullmatch(names[i]) and kind not in found:
                found[kind] = i
                break
        else:
            texts.append(i)
    texts.sort(key=lambda i: (_TEXT.fullmatch(names[i]) is None, i))
    for other in ("notes", "milestone", "kind", "who"):
        if not texts and other in found:
            texts.append(found.pop(other))
    times = [names[i] for key, i in found.items() if key in ("day", "clock", "until")]
    year = next((match.group() for name in times if (match := YEAR.search(name))), "")
    zone = next((match[1] or match[2] for name in times if (match := _ZONE.search(name))), "")
    return Columns(
        names, found.get("day", -1), found.get("clock", -1), found.get("until", -1), found.get("weekday", -1),
        found.get("who", -1), found.get("milestone", -1), found.get("kind", -1), found.get("notes", -1), tuple(texts),
        year, "" if YEAR.fullmatch(zone) else zone,
        any(_tells(row, i) for row in block.children for key, i in found.items() if key in ("day", "clock")),
    )  # fmt: skip


def _says(rows: Sequence[Block], column: int) -> str:
    """What most cells of a column are: `day`, `clock`, `weekday`, or nothing of these."""
    counts = {"day": 0, "clock": 0, "weekday": 0}
    filled = 0
    for row in rows:
        cell = row.cells[column].strip(" *_`") if column < len(row.cells) else ""
        if not cell:
            continue
        filled += 1
        if _WEEKDAY.fullmatch(cell):
            counts["weekday"] += 1
        elif (stamp := whole_stamp(cell)) is not None:
            counts["day" if stamp.says == "day" and not _exported(cell) else "clock"] += 1
        elif _no_year(cell):
            counts["day"] += 1
    most = max(counts, key=lambda name: counts[name])
    if counts["day"] and counts["clock"] and counts["day"] + counts["clock"] >= MOSTLY * filled:
        return "clock"
    return most if filled and counts[most] >= MOSTLY * filled else ""


def _tells(row: Block, column: int) -> bool:
    stamp = whole_stamp(row.cells[column].strip(" *_`")) if column < len(row.cells) else None
    return stamp is not None and stamp.says in ("clock", "moment", "day", "length")


def _no_year(cell: str) -> bool:
    found = NO_YEAR.fullmatch(cell)
    return found is not None and 1 <= int(found[1]) <= 31 and 1 <= int(found[3]) <= 31


def _exported(cell: str) -> bool:
    return cell.strip(" †") in ("day only", "this day", "about this day", "—")


def whole_stamp(cell: str) -> Stamp | None:
    """The stamp that a cell is; words may stand behind it only in brackets."""
    bare = cell.strip().removesuffix("†").strip()
    if _exported(bare):
        return Stamp("" if bare == "—" else bare, "unknown" if bare == "—" else "day", "")
    stamp = stamp_of(bare)
    if stamp is None or (stamp.rest and not re.fullmatch(r"[*_`\s]*[(\[][^()\[\]]{0,60}[)\]][*_`\s]*", stamp.rest)):
        return None
    return stamp


def with_head(block: Block) -> Block:
    """A table whose first row is its header, though no rule stands below it."""
    if block.head is not None or len(block.children) < 2:
        return block
    first = block.children[0]
    names = all(cell and len(cell.split()) <= 4 and not any(map(str.isdigit, cell)) for cell in first.cells)
    if not names or len(first.cells) < 2 or not any(TIME_NAME.match(cell) for cell in first.cells):
        return block
    return replace(block, head=first, children=block.children[1:])
