"""How costs grow with the files of a library: 10, 100, 1,000, 10,000."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from unittest.mock import patch

from benchmarks.checking import everything
from benchmarks.growth import LINEAR, Growth, cpu, homes
from benchmarks.samples import library
from benchmarks.table import Row
from tui.workspace.library import Library

SIZES: Final = (10, 100, 1_000, 10_000)
NOW: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)


def rows() -> list[Row]:
    costs: dict[str, list[float]] = {
        "check, in one process": [],
        "  check again": [],
        "open the library for the first time": [],
        "  look at it again": [],
        "  look at it again after one file changed": [],
        "  the other incidents beside one": [],
    }
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name, patch.dict(os.environ, homes(f"{name}/home")):
            folder = Path(name) / "library"
            folder.mkdir()
            paths = library(folder, size)
            for cost, taken in zip(_costs(folder, paths, Path(name) / "known"), costs.values(), strict=True):
                taken.append(cost)
    return [Growth(name, "files", SIZES, tuple(taken), LINEAR).row() for name, taken in costs.items()]


def _costs(folder: Path, paths: list[Path], known: Path) -> list[float]:
    opened = Library(folder, now=lambda: NOW)

    def first_time() -> None:
        nonlocal opened
        opened = Library(folder, now=lambda: NOW)
        opened.refresh()
        for _ in opened.fill():
            pass

    def after_a_change() -> None:
        text = paths[len(paths) // 2].read_text(encoding="utf-8")
        paths[len(paths) // 2].write_text(f"{text}\n", encoding="utf-8")
        opened.refresh()
        for _ in opened.fill():
            pass

    checked = cpu(lambda: everything(folder, 1))
    everything(folder, 1, known)
    return [
        checked,
        cpu(lambda: everything(folder, 1, known)),
        cpu(first_time),
        cpu(lambda: opened.refresh()),
        cpu(after_a_change),
        cpu(lambda: opened.neighbours(paths[0])),
    ]
