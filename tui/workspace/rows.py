"""One incident of a library in a line: quickly from the head of its file, or fully with what follows from it."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.patterns import late
from schemas.text import clean_line
from schemas.toml_reader import read_toml
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.disk_errors import could_not_read
from tui.workspace.errors import UserError, shown

if TYPE_CHECKING:
    from schemas.moments import Duration
    from schemas.neighbours import Neighbour
    from schemas.policy import Policy

HEAD_BYTES: Final = 1 << 16
"""What a quick look reads of a file: far more than most incidents have."""

# The keys that an incident begins with, and its tables. Written out so that a quick look loads no model; a test holds
# them against the model.
TOP_KEYS: Final = ("format", "title", "status", "severity", "zone", "owner", "authors", "services", "tags")
TABLES: Final = (
    "sections", "other_sections", "impacts", "factors", "events", "stated", "actions", "comments", "reviews", "waivers",
)  # fmt: skip

# A key, or a table: its name follows one or two brackets. All of the names in one pattern would take longer to compile
# than a file takes to be looked at.
_NAMED: Final = late(r"^[ \t]*(?:(\w+)[ \t]*[=.]|\[{1,2}[ \t]*(\w+)[ \t]*[\].])", re.MULTILINE)
_REVIEW: Final = late(r"^\[review_of\]", re.MULTILINE)
_TABLE: Final = late(r"^[ \t]*\[", re.MULTILINE)
_EVENT_TIME: Final = late(
    r"^(?:\[\[events\]\][ \t]*$|\[\[?(?P<other>[^\]\n]*)\]|at = (?P<day>\d{4}-\d\d-\d\d))", re.MULTILINE
)


class Row(Struct, frozen=True):
    """What a list shows of one file. `name` is the path within the library, safe to print.

    `date` is the day of the first event. `length_text` is how long the incident lasted, in short, by the definition
    `length_pair`; `length_minutes` is for sorting. `problem` is why the file cannot be read, with the line; all but the
    file's own facts may then be empty. `conflict` says that git left both versions of a merge in it. A row that is not
    `complete` comes from a quick look: its length, actions and findings are not known yet.
    """

    path: Path
    name: str
    title: str = ""
    date: date | None = None
    severity: str = ""
    status: str = ""
    zone: str = ""
    services: tuple[str, ...] = ()
    length_text: str = ""
    length_pair: str = ""
    length_minutes: float | None = None
    open_actions: int = 0
    actions: int = 0
    errors: int = 0
    warnings: int = 0
    problem: str = ""
    size: int = 0
    mtime_ns: int = 0
    complete: bool = False
    conflict: bool = False


class Reading(Struct, frozen=True):
    """What came of reading a file fully: its row, and for the library what other incidents need to know of it and the
    words in it (see `library_words`).

    All of it holds for the content that was read, until the instant `until` (see `schemas.moments.instant`); 0 where it
    cannot be said, because the file could not be read at all. `read_at`: when reading began, in nanoseconds since 1970.
    """

    row: Row
    record: Neighbour | None = None
    words: str = ""
    until: int = 0
    read_at: int = 0


def looks_like_incident(head: str) -> bool:
    """Whether any key or table of an incident stands in the beginning of a TOML file that is no review of one."""
    named = any(line[1] in TOP_KEYS or (line[1] or line[2]) in TABLES for line in _NAMED.finditer(head))
    return named and ("[review_of]" not in head or _REVIEW.search(head) is None)


def quick_row(path: Path, name: str | None = None, *, disk: Disk = REAL_DISK) -> Row | None:
    """What the head of a file says without reading all of it; None if it is no incident. Raises nothing.

    An empty file is an incident in which nothing is written yet. Knows files as this program writes them; of others it
    may know less than `full_row`. Costs about 0.1 ms.
    """
    name = shown(Path(path.name if name is None else name))
    try:
        data, known = disk.read(path, HEAD_BYTES)
    except OSError as error:
        return Row(path, name, problem=could_not_read(path, error).detail, complete=True)
    head = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if head.strip() and not looks_like_incident(head):
        return None
    row = Row(path, name, size=known.st_size, mtime_ns=known.st_mtime_ns)
    top = _top(head)
    return replace(
        row,
        title=_text(top.get("title")),
        severity=_text(top.get("severity")),
        status=_text(top.get("status", "draft")),
        zone=_text(top.get("zone")),
        services=tuple(filter(None, map(_text, _list(top.get("services"))))),
        date=_first_day(head),
    )


def full_row(
    path: Path, now: datetime, name: str | None = None, *, policy: Policy | None = None, disk: Disk = REAL_DISK
) -> Row:
    """All there is to show of a file, as it stands at `now` (aware); costs some milliseconds. Raises nothing.

    Measured and checked by what the team has agreed on (None: the defaults), without a look at the other incidents of
    the library. A file that cannot be read is a row with a problem, and with what a quick look finds in it.
    """
    return read_row(path, now, name, policy=policy, disk=disk).row


def read_row(
    path: Path, now: datetime, name: str | None = None, *, policy: Policy | None = None, disk: Disk = REAL_DISK
) -> Reading:
    """`full_row` with all else that a library needs of a file. Raises nothing."""
    from schemas import checks, metrics, timeline
    from schemas.checks.turns import NEVER, holds_until
    from schemas.moments import MINUTE
    from schemas.neighbours import neighbour_of
    from schemas.policy import DEFAULT
    from schemas.toml_errors import TomlError
    from tui.workspace.library_words import words_of
    from tui.workspace.storage import Conflicted, open_file

    policy = policy or DEFAULT
    name = shown(Path(path.name if name is None else name))
    read_at = time_ns()
    try:
        opened = open_file(path, disk=disk)
    except UserError as error:
        known = quick_row(path, name, disk=disk) or Row(path, name)
        conflict = isinstance(error, Conflicted)
        row = replace(known, problem=_problem(path, error), conflict=conflict, complete=True)
        # A fault in the text stays one; whether a file may be read can change without a trace in it.
        return Reading(row, until=NEVER if isinstance(error.__cause__, TomlError) else 0, read_at=read_at)
    incident = opened.loaded.incident
    story = timeline.build(incident)
    measurements = metrics.measure(story, policy.metrics)
    facts = checks.Facts(incident, story, measurements, now, policy)
    report = checks.run(facts)
    pair, length = metrics.headline(measurements, story) or ("", None)
    row = Row(
        path,
        name,
        title=incident.title,
        date=next((entry.wall.date() for entry in story.timed if entry.wall and entry.dated), None),
        severity=incident.severity,
        status=incident.status,
        zone=incident.zone,
        services=incident.services,
        length_text=_short(length) if length else "",
        length_pair=pair,
        length_minutes=length.nominal / MINUTE if length else None,
        open_actions=sum(action.status not in ("done", "dropped") for action in incident.actions),
        actions=len(incident.actions),
        errors=report.count("error"),
        warnings=report.count("warning"),
        size=opened.fingerprint.size,
        mtime_ns=opened.fingerprint.mtime_ns,
        complete=True,
        conflict=_holds_conflict(opened.loaded.lines.text),
    )
    return Reading(row, neighbour_of(name, incident), words_of(incident), holds_until(facts), read_at)


def _holds_conflict(text: str) -> bool:
    """Whether it is to be chosen between two versions, although the file can be read as it stands."""
    if "<<<<<<<" not in text:
        return False
    from tui.workspace.conflicted_file import holds_conflict

    return holds_conflict(text)


def _short(length: Duration) -> str:
    """A length for a narrow column: `20h`, `~1h 24m` where it is about, `1h+` where it is at least that."""
    from schemas.moments import span_text

    if length.backwards:
        return ""
    if length.shortest == length.longest:
        return span_text(length.shortest, short=True)
    if length.about:
        return f"~{span_text(length.nominal, short=True)}"
    return f"{span_text(length.shortest, short=True)}+"


def _problem(path: Path, error: UserError) -> str:
    """The error in one line, without the path that the row shows already: `line 3: …`."""
    title = error.title
    if place := re.match(re.escape(shown(path)) + r":(\d+):\d+: ", title):
        return clean_line(f"line {place[1]}: {error.detail or title[place.end() :]}")
    return clean_line(error.detail or title)


def _top(head: str) -> dict[str, Any]:
    """The keys before the first table; empty if that part is not TOML by itself."""
    table = _TABLE.search(head)
    try:
        return read_toml(head[: table.start()] if table else head)
    except (ValueError, RecursionError):
        return {}


def _text(value: object) -> str:
    return clean_line(value) if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _first_day(head: str) -> date | None:
    in_events = False
    for found in _EVENT_TIME.finditer(head):
        if found["day"] is None:
            in_events = found["other"] is None
        elif in_events:
            try:
                return date.fromisoformat(found["day"])
            except ValueError:
                return None
    return None
