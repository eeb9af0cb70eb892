"""The results that are kept, in `RESULTS.md`: a table for each group, with the day and the versions."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from benchmarks.table import Row, as_markdown

PLACE: Final = Path(__file__).parent / "RESULTS.md"
INTRODUCTION: Final = """\
# Results

Written by `make bench` (`python -m benchmarks --keep [GROUP ...]`); `ours`, `floor` and `peers` of a row were measured
in the same run, in turn. Read the ratios: the figures themselves belong to one machine on one day.
"""
_LIBRARIES: Final = ("textual", "rich", "pydantic", "tomli", "tomli-w")


def keep(groups: Mapping[str, tuple[str, Sequence[Row]]], today: date, place: Path = PLACE) -> None:
    """Put the tables of some groups (a title and rows for each) in the place of those that were kept before."""
    known = _sections(place.read_text(encoding="utf-8")) if place.exists() else {}
    for name, (title, rows) in groups.items():
        known[name] = f"## {title}\n\n<!-- {name} -->\n{today.isoformat()}, {_versions()}\n\n{as_markdown(rows)}\n"
    place.write_text("\n".join([INTRODUCTION, *known.values()]), encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    names = [re.search(r"<!-- (\S+) -->", part) for part in parts]
    return {name[1]: part.rstrip("\n") + "\n" for name, part in zip(names, parts, strict=True) if name}


def _versions() -> str:
    libraries = ", ".join(f"{name} {known}" for name in _LIBRARIES if (known := _version(name)))
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return f"Python {platform.python_version()}, {libraries}; {machine}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
