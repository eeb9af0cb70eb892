"""Libraries for tests: files that are settled, and what a reading of them counted."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.incident import Action, Event, Incident, Stated
from schemas.toml_file import dumps
from tui.workspace import library as library_module
from tui.workspace.library import Library
from tui.workspace.rows import Row, read_row

NOW = datetime(2025, 6, 1, tzinfo=UTC)

WORDS = ("pool", "Connection", "overflow", "Größe", "überlastet", "login", "error_rate", "日本語", "naïve", "12%")


def incident(number: int, *words: str) -> Incident:
    """An incident with an event, an action and a stated length, which differ with the number."""
    return Incident(
        title=f"Case {number} {' '.join(words[:1])}",
        severity=f"SEV{number % 3 + 1}",
        status=("draft", "in-review", "published")[number % 3],
        owner=("Ines", "Omar")[number % 2],
        events=(Event(id="a", at=datetime(2024, 5, 1 + number % 28, 9), text=f"Began {' '.join(words[1:])}"),),
        actions=(Action(id="u", text=f"Watch the limit of pool {number % 4}", status="open"),),
        stated=(Stated(id="s", what="duration", value=f"{90 + number % 3} minutes", minutes=90 + number % 3),),
    )


def write(path: Path, known: Incident) -> Path:
    """A file with an incident."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dumps(known), encoding="utf-8")
    return path


def settle() -> None:
    """Wait until no file can be written again with the date that it has."""
    time.sleep(0.03)


def filled(folder: Path, index: Path | None = None) -> Library:
    """A library that was read to the end."""
    it = Library(folder, now=lambda: NOW, index=index)
    for _ in it.follow():
        pass
    assert it.complete
    return it


QUERIES = (
    "", "case", "pool", "connection over", '"began pool"', "grosse", "größe", "uberlastet", "error_r", "日本", "naive",
    "sev:1", "is:broken", "has:actions log", "case 1", "conn pool", "nothing of it", "12",
)  # fmt: skip


def told(it: Library) -> list[object]:
    """All that a library tells: its rows, the order of some listings, neighbours."""
    listings = [
        [row.name for row in it.listed(query, column, reverse)]
        for query in QUERIES
        for column, reverse in (("date", True), ("title", False))
    ]
    rows: tuple[Row, ...] = it.rows
    records = [sorted(it.neighbours(row.path), key=lambda record: record.name) for row in rows[:3]]
    return [rows, listings, records]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read fully, in this process."""
    names: list[str] = []

    def counted(path: Path, *given: object, **named: object) -> object:
        names.append(path.name)
        return read_row(path, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(library_module, "read_row", counted)
    return names
