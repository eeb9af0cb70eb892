"""A folder of incidents as rows: listed at once from the heads of the files, completed as each is read."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from schemas import checks, metrics, timeline
from schemas.incident import Incident
from schemas.moments import MINUTE, span_text
from tui.workspace.errors import EXIT_FILE, UserError, shown
from tui.workspace.storage import open_file, read_file

SKIPPED: Final = frozenset({"postmortem.toml", "pyproject.toml", "Cargo.toml", "Pipfile", "ruff.toml", "uv.lock"})
_HEAD: Final = 4096
_KEYS = re.compile(rb"^(format|title|status|severity|zone|services)\s*=|^\[sections\]|^\[\[events\]\]", re.MULTILINE)
_STRING = re.compile(rb'^(title|status|severity|zone)\s*=\s*"((?:[^"\\\n]|\\.)*)"', re.MULTILINE)
_AT = re.compile(rb"^at\s*=\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """One file. `problem` says why it cannot be read; `complete` whether more than its head was looked at."""

    path: Path
    name: str
    title: str = ""
    date: date | None = None
    severity: str = ""
    status: str = ""
    zone: str = ""
    services: tuple[str, ...] = ()
    length_text: str = ""
    length_minutes: float | None = None
    open_actions: int = 0
    actions: int = 0
    errors: int = 0
    warnings: int = 0
    problem: str = ""
    complete: bool = False
    size: int = 0
    mtime_ns: int = 0


class Library:
    """The incidents of a folder and its sub-folders."""

    def __init__(self, folder: Path, *, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self._now = now
        self._rows: dict[Path, Row] = {}
        self._incidents: dict[Path, Incident] = {}

    @property
    def rows(self) -> list[Row]:
        """The rows as far as they are known."""
        return list(self._rows.values())

    def refresh(self) -> bool:
        """Look at the folder again; True if a file came, went or changed. Changed files get a quick row.

        Raises:
            UserError: the folder cannot be read.
        """
        found: dict[Path, Row] = {}
        changed = False
        for path, info in scan(self.folder):
            known = self._rows.get(path)
            if known and (known.size, known.mtime_ns) == (info.st_size, info.st_mtime_ns):
                found[path] = known
                continue
            changed = True
            self._incidents.pop(path, None)
            row = quick_row(path)
            if row is not None:
                found[path] = replace(row, size=info.st_size, mtime_ns=info.st_mtime_ns)
        changed = changed or found.keys() != self._rows.keys()
        self._rows = found
        return changed

    def fill(self, chunk: int = 25) -> Iterator[int]:
        """Read every file that was only glanced at; gives how many are left after each chunk."""
        waiting = [row for row in self._rows.values() if not row.complete]
        for start in range(0, len(waiting), chunk):
            for row in waiting[start : start + chunk]:
                full, incident = full_row(row.path, self._now())
                self._rows[row.path] = replace(full, size=row.size, mtime_ns=row.mtime_ns)
                if incident is not None:
                    self._incidents[row.path] = incident
            yield max(0, len(waiting) - start - chunk)

    def incident(self, path: Path) -> Incident | None:
        """The incident of a file that has been read, or None."""
        return self._incidents.get(path)


def scan(folder: Path) -> list[tuple[Path, os.stat_result]]:
    """Every file below a folder that may be an incident, by name; hidden folders and link loops are left out.

    Raises:
        UserError: the folder itself cannot be read.
    """
    found: list[tuple[Path, os.stat_result]] = []
    seen: set[tuple[int, int]] = set()

    def walk(here: Path, *, top: bool) -> None:
        try:
            info = here.stat()
            if (info.st_dev, info.st_ino) in seen:
                return
            seen.add((info.st_dev, info.st_ino))
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if top:
                raise UserError(f"{shown(here)} cannot be read", error.strerror or str(error), "", EXIT_FILE) from None
            return
        for entry in listed:
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_dir():
                    walk(Path(entry.path), top=False)
                elif entry.name.endswith(".toml") and entry.name not in SKIPPED and entry.is_file():
                    found.append((Path(entry.path), entry.stat()))
            except OSError:
                continue

    walk(folder, top=True)
    return found


def quick_row(path: Path) -> Row | None:
    """What the head of a file tells; None if it holds nothing of an incident."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        return Row(path, shown(Path(path.name)), problem=error.strerror or str(error), complete=True)
    if head.strip() and not _KEYS.search(head):
        return None
    values = {match[1].decode(): _unescaped(match[2]) for match in reversed(list(_STRING.finditer(head)))}
    day = _AT.search(head)
    return Row(
        path,
        shown(Path(path.name)),
        title=values.get("title", ""),
        date=_day(day[1].decode()) if day else None,
        severity=values.get("severity", ""),
        status=values.get("status", "draft"),
        zone=values.get("zone", ""),
    )


def full_row(path: Path, now: datetime) -> tuple[Row, Incident | None]:
    """Everything a row tells, and the incident; with its problem if it cannot be read."""
    name = shown(Path(path.name))
    try:
        incident = open_file(path).loaded.incident
    except UserError as error:
        return Row(path, name, problem=error.detail or error.title, complete=True), None
    story = timeline.build(incident)
    measured = metrics.measure(story)
    report = checks.run(checks.Facts(incident, story, measured, now))
    head = metrics.headline(measured, story)
    first = next((entry.wall.date() for entry in story.entries if entry.wall and entry.dated), None)
    row = Row(
        path,
        name,
        title=incident.title,
        date=first,
        severity=incident.severity,
        status=incident.status,
        zone=incident.zone,
        services=incident.services,
        length_text=_short(head[1]) if head else "",
        length_minutes=head[1].nominal / MINUTE if head else None,
        open_actions=sum(1 for action in incident.actions if action.status not in ("done", "dropped")),
        actions=len(incident.actions),
        errors=report.count("error"),
        warnings=report.count("warning"),
        complete=True,
    )
    return row, incident


def matches(row: Row, query: str) -> bool:
    """Whether a row fits a filter: every word has to; `status:`, `sev:`, `zone:`, `is:broken`, `has:errors` are known."""
    return all(_fits(row, word) for word in query.split())


def _fits(row: Row, word: str) -> bool:
    name, colon, value = word.partition(":")
    value = _plain(value)
    if colon:
        match name.lower():
            case "status":
                return _plain(row.status).startswith(value)
            case "sev" | "severity":
                return _plain(row.severity).removeprefix("sev") == value.removeprefix("sev") if value else True
            case "zone":
                return not row.zone if value == "none" else value in _plain(row.zone)
            case "is":
                return {"broken": bool(row.problem), "draft": row.status == "draft"}.get(value, False)
            case "has":
                return {
                    "errors": row.errors > 0,
                    "warnings": row.warnings > 0,
                    "actions": row.open_actions > 0,
                }.get(value, False)
    words = f"{row.title} {row.name} {row.severity} {row.status} {' '.join(row.services)}"
    return _plain(word) in _plain(words)


def sort_rows(rows: list[Row], column: str, reverse: bool) -> list[Row]:
    """Rows in the order of a column; unknown values come last either way."""
    keys: dict[str, Callable[[Row], object]] = {
        "date": lambda row: row.date,
        "severity": lambda row: row.severity or None,
        "title": lambda row: _plain(row.title or row.name),
        "status": lambda row: row.status or None,
        "length": lambda row: row.length_minutes,
        "actions": lambda row: row.open_actions,
        "findings": lambda row: (row.errors, row.warnings),
    }
    key = keys[column]
    known = [row for row in rows if not row.problem and key(row) is not None]
    unknown = [row for row in rows if row.problem or key(row) is None]
    known.sort(key=lambda row: row.name)
    known.sort(key=key, reverse=reverse)  # type: ignore[arg-type]
    return known + sorted(unknown, key=lambda row: row.name)


def move_to_trash(path: Path, trash: Path) -> Path:
    """Move a file into a trash folder without overwriting anything there; gives where it went.

    Raises:
        UserError: it could not be moved; it is where it was.
    """
    import shutil

    try:
        trash.mkdir(exist_ok=True)
        ignore = trash / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        target = trash / path.name
        counter = 1
        while target.exists() or target.is_symlink():
            counter += 1
            target = trash / f"{path.stem}-{counter}{path.suffix}"
        shutil.move(path, target)
    except OSError as error:
        raise UserError(f"{shown(path)} was not moved", error.strerror or str(error), "", EXIT_FILE) from None
    return target


def new_file_name(title: str, day: date, folder: Path) -> Path:
    """A name for a new file, such as `2024-05-02-dev-server-down.toml`, that is not taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "incident"
    path = folder / f"{day.isoformat()}-{slug}.toml"
    counter = 1
    while path.exists():
        counter += 1
        path = folder / f"{day.isoformat()}-{slug}-{counter}.toml"
    return path


def looks_like_incident(path: Path) -> bool:
    """Whether a file holds anything of an incident."""
    return bool(_KEYS.search(read_file(path)[0]))


def _short(length: object) -> str:
    from schemas.moments import Duration

    if not isinstance(length, Duration) or length.backwards:
        return ""
    if length.shortest == length.longest:
        return span_text(length.nominal, short=True)
    if length.about:
        return f"~{span_text(length.nominal, short=True)}"
    return f"{span_text(length.shortest, short=True)}+"


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in folded if not unicodedata.combining(char))


def _unescaped(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    if "\\" in text:
        import tomllib

        try:
            text = str(tomllib.loads(f'x = "{text}"')["x"])
        except tomllib.TOMLDecodeError:
            return ""
    from schemas.text import clean_line

    return clean_line(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
