"""Which program this is, down to its rules: what another one has found out is not believed."""

from __future__ import annotations

import os
import sys
import zoneinfo
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from zlib import crc32

from schemas.version import VERSION

_LIBRARIES: Final = ("pydantic_core", "tomli", "tzdata")
"""What decides with us what a file says."""

_PACKAGES: Final = Path(__file__).parents[2]


def program(also: Iterable[str] = ()) -> str:
    """This program, down to its rules and the time zones that they count with: what it found before is found again
    only by the same one. `also` are more of its folders that have a part in it, such as `tui/cli`."""
    seen: list[tuple[str, int, int]] = [("python", sys.hexversion, 0)]
    for folder in ("schemas", "schemas/checks", "tui/workspace", *also):
        with suppress(OSError), os.scandir(_PACKAGES / folder) as entries:
            known = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith(".py")]
            seen += [(name, info.st_size, info.st_mtime_ns) for name, info in known]
    for place in (*zoneinfo.TZPATH, *filter(None, map(_origin, _LIBRARIES))):
        with suppress(OSError):
            seen.append((place, 0, os.stat(place).st_mtime_ns))  # noqa: PTH116
    return f"{VERSION} {crc32(repr(sorted(seen)).encode()):08x}"


def _origin(library: str) -> str | None:
    try:
        spec = find_spec(library)
    except (ImportError, ValueError):
        return None
    return spec.origin if spec else None
