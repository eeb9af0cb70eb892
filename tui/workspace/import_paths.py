"""Finding a document by typing its path: completion, and what a folder has to offer."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from schemas.text import clean_line
from tui.workspace.errors import shown
from tui.workspace.import_files import ENDINGS

OFFERED: Final = ENDINGS | {".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".zip", ".org", ".wiki"}
"""What names of files end in that are offered; any other can be typed."""

_MOST: Final = 5_000


class Found(Struct, frozen=True):
    """Something in a folder. `size` is in bytes, 0 for a folder."""

    path: Path
    folder: bool
    size: int = 0
    changed: datetime | None = None

    @property
    def name(self) -> str:
        """Its name, safe to show; folders end in a slash."""
        return f"{shown(Path(self.path.name))}{'/' if self.folder else ''}"


def split_path(text: str, base: Path) -> tuple[Path, str]:
    """The folder that a typed path leads to, and the beginning of the name in it; relative ones begin at `base`."""
    typed = _expanded(text.strip())
    head, slash, name = typed.rpartition("/")
    if name in (".", "..", "~"):
        head, slash, name = typed, "/", ""
    folder = Path(head or "/") if slash else Path()
    return base / folder, name


def whole_path(text: str, base: Path) -> Path:
    """The path that was typed."""
    return base / _expanded(text.strip())


def listing(folder: Path, start: str = "") -> list[Found]:
    """What a folder offers under names with this beginning, or with it anywhere: folders, then documents, new ones
    first. What is hidden is shown only to somebody who types the dot. Empty where the folder cannot be read."""
    small = start.casefold()
    found: list[Found] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if len(found) >= _MOST:
                    break
                name = entry.name
                if (name.startswith(".") and not start.startswith(".")) or small not in name.casefold():
                    continue
                try:
                    if entry.is_dir():
                        found.append(Found(folder / name, True))
                    elif Path(name).suffix.lower() in OFFERED:
                        known = entry.stat()
                        when = datetime.fromtimestamp(known.st_mtime).astimezone()
                        found.append(Found(folder / name, False, known.st_size, when))
                except (OSError, ValueError, OverflowError):
                    continue
    except OSError:
        return []
    return sorted(found, key=lambda each: _rank(each, small))


def _rank(each: Found, start: str) -> tuple[bool, bool, float, str]:
    behind = not each.path.name.casefold().startswith(start)
    age = -each.changed.timestamp() if each.changed is not None else 0.0
    return behind, not each.folder, age, each.path.name.casefold()


def completed(text: str, base: Path) -> str:
    """A typed path, longer by what all that fits has in common; the same where nothing is common."""
    folder, start = split_path(text, base)
    fitting = [each for each in listing(folder, start) if each.path.name.startswith(start)]
    if not fitting:
        fitting = [each for each in listing(folder, start) if each.path.name.casefold().startswith(start.casefold())]
    if not fitting:
        return text
    names = [each.path.name for each in fitting]
    common = _common_start(names)
    if len(common) < len(start):
        return text
    stem = text.strip()[: len(text.strip()) - len(start)] if start else text.strip()
    if stem.endswith(("~", "..")) or stem == ".":
        stem += "/"
    ended = len(fitting) == 1 and fitting[0].folder
    return f"{stem}{common}{'/' if ended else ''}"


def _common_start(names: Sequence[str]) -> str:
    """The letters that all names begin with: those of the first and the last in order differ soonest."""
    first, last = min(names), max(names)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same]


def as_path(pasted: str) -> str:
    """A path as terminals and file managers paste it, without its quotes, escapes and `file://`."""
    text = pasted.strip()
    if text.startswith("file://"):
        return unquote(urlsplit(text).path)
    try:
        words: Sequence[str] = shlex.split(text)
    except ValueError:
        return text
    return words[0] if len(words) == 1 else text


def is_document(pasted: str) -> bool:
    """Whether pasted text is a document itself, and no path to one."""
    return "\n" in pasted.strip() or "\r" in pasted.strip() or len(pasted) > 4_000


def folder_text(folder: Path) -> str:
    """A folder as it stands in the line, ending in a slash; the person's own is `~`."""
    home = Path.home()
    if folder.is_relative_to(home):
        rest = folder.relative_to(home)
        return "~/" if rest == Path() else f"~/{os.fsdecode(rest)}/"
    return f"{os.fsdecode(folder)}/".replace("//", "/")


def size_text(size: int) -> str:
    """`812 B`, `14 KB`, `3.2 MB`."""
    if size < 1_000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1_000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"


def _expanded(text: str) -> str:
    """The path that is meant. A whole one that was typed behind the folder that stood there counts alone."""
    text = clean_line(text)
    text = text[max(text.rfind("//"), text.rfind("/~/")) + 1 :]
    if text == "~" or text.startswith("~/"):
        return str(Path.home()) + text[1:]
    return text
