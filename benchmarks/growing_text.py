"""How costs grow with the length of a section, or of a document that is imported: 1 KB to 1 MB."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.growth import LINEAR, Growth, Work, measured
from benchmarks.importing import document
from benchmarks.keys_on_screen import cpu_a_key
from benchmarks.samples import prose
from benchmarks.table import Row
from schemas import edits, toml_file
from schemas.incident import Incident, Sections
from schemas.readers.sources import read_source
from tui.widgets.wrapped import wrapped
from tui.workspace.outline import Spot
from tui.workspace.session import DocumentSession

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
LINES: Final = (1_000, 10_000, 100_000)
"""Lengths of a single paragraph: each key wraps it anew."""
NOW: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)


def rows() -> list[Row]:
    inside: dict[str, Callable[[int], Work]] = {
        "a character typed, in the document": partial(_typing, findings=False),
        "  with the findings": _typing,
        "read a document to import it": _importing,
        "wrap a text into lines": _wrapping,
        "write as TOML": _writing,
    }
    found = [measured(name, "characters", SIZES, work, LINEAR) for name, work in inside.items()]
    found.append(_on_screen("a character typed, on screen", SIZES, 600))
    found.append(_on_screen("  in one paragraph", LINES, max(LINES)))
    return [growth.row() for growth in found]


def _incident(size: int, paragraph: int = 600) -> Incident:
    return Incident(title="Long", zone="UTC", sections=Sections(summary=prose(size, paragraph)))


def _typing(size: int, *, findings: bool = True) -> Work:
    session = DocumentSession(_incident(size), now=lambda: NOW)
    assert session.report
    numbers = count()

    def key() -> None:
        text = session.doc.sections.summary
        half = len(text) // 2
        typed = f"{text[:half]}{'abcdefgh'[next(numbers) % 8]}{text[half:]}"
        session.execute(lambda before: edits.set_section(before, "summary", typed), label="typing", merge_key="summary")
        assert session.measurements
        if findings:
            assert session.report

    return key


def _importing(size: int) -> Work:
    text = document(1, size)
    return lambda: read_source(text, name="report.md")


def _wrapping(size: int) -> Work:
    text = prose(size)
    return lambda: wrapped(text, 56)


def _writing(size: int) -> Work:
    incident = _incident(size)
    return lambda: toml_file.dumps(incident)


def _on_screen(name: str, sizes: tuple[int, ...], paragraph: int) -> Growth:
    costs = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.toml"
            path.write_text(toml_file.dumps(_incident(size, paragraph)), encoding="utf-8")
            costs.append(cpu_a_key(path, (), "x", at=Spot("summary")))
    return Growth(name, "characters", sizes, tuple(costs), LINEAR)
