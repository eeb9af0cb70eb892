"""Files in which git left both versions of a merge: opened as two versions instead of refused."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from schemas.conflict_markers import ConflictedError, Sides, read_conflicted, split
from schemas.merge_file import MergedFile, merge_files
from schemas.text import clean_line
from schemas.toml_errors import TomlError
from schemas.toml_file import Loaded
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.fingerprint import Fingerprint
from tui.workspace.storage import read_file, why_not_writable

_BEGINS = "<<<<<<<"


class Broken(Struct, frozen=True, eq=False):
    """A version that cannot be read by itself.

    Attributes:
        where: `incident.toml:12: what is wrong`.
        hint: what to do about it.
        readable: the versions that can be read, by what the markers call them.
    """

    where: str
    hint: str
    readable: tuple[tuple[str, Loaded], ...]


class ConflictedFile(Struct, frozen=True, eq=False):
    """A file with conflict markers.

    Attributes:
        path: the file.
        text: all of it, markers and all.
        fingerprint: what it was when it was read.
        labels: what the markers call the two versions; empty where they do not say.
        count: how many places the markers stand around.
        ours: the first version, as far as it can be read.
        merge: both versions as one; None where one of them cannot be read.
        broken: what cannot be read, where `merge` is None.
        read_only: why it cannot be saved, or nothing.
    """

    path: Path
    text: str
    fingerprint: Fingerprint
    labels: tuple[str, str]
    count: int
    ours: Loaded | None
    merge: MergedFile | None
    broken: Broken | None
    read_only: str


def may_hold_conflict(text: str) -> bool:
    """Whether it is worth looking for conflict markers in a text: a cheap look that most files answer with no."""
    return _BEGINS in text


def holds_conflict(text: str) -> bool:
    """Whether git left both versions of something in a text that can be read as it stands: inside of its prose."""
    if not may_hold_conflict(text):
        return False
    try:
        return split(text) is not None
    except TomlError:
        return False


def read_conflicted_file(path: Path, *, disk: Disk = REAL_DISK) -> ConflictedFile | None:
    """A file with conflict markers as the versions in it; None if it has none.

    Raises:
        UserError: it cannot be read, is not UTF-8, or has markers that belong to no set.
    """
    data, fingerprint = read_file(path, disk=disk)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return conflicted(path, text, fingerprint, disk=disk)


def conflicted(path: Path, text: str, fingerprint: Fingerprint, *, disk: Disk = REAL_DISK) -> ConflictedFile | None:
    """The same for a text that is known: what the file holds, or what a person made of it in an editor.

    Raises:
        UserError: it has markers that belong to no set.
    """
    try:
        sides = split(text, str(path))
        if sides is None:
            return None
        base, ours, theirs = read_conflicted(text, str(path))
    except ConflictedError as error:
        return _with_broken(path, text, fingerprint, error, disk)
    except TomlError as error:
        place = f"{error.file}:{error.line}:{error.column}"
        raise UserError(f"{place}: {error.title}", error.detail, error.hint, EXIT_FILE) from error
    read_only = why_not_writable(path, ours, disk) or why_not_writable(path, theirs, disk)
    merged = merge_files(base, ours, theirs)
    return ConflictedFile(path, text, fingerprint, _labels(sides), sides.count, ours, merged, None, read_only)


def _with_broken(path: Path, text: str, fingerprint: Fingerprint, error: ConflictedError, disk: Disk) -> ConflictedFile:
    labels = _labels(error.sides)
    names = dict(zip(("ours", "theirs"), labels, strict=True))
    readable = tuple((names[side] or side, loaded) for side, loaded in error.readable.items())
    broken = Broken(f"{clean_line(path.name)}:{error.line}: {error.detail}", error.hint, readable)
    ours = error.readable.get("ours")
    read_only = next(filter(None, (why_not_writable(path, loaded, disk) for _, loaded in readable)), "")
    return ConflictedFile(path, text, fingerprint, labels, error.sides.count, ours, None, broken, read_only)


def _labels(sides: Sides) -> tuple[str, str]:
    return clean_line(sides.labels[0]), clean_line(sides.labels[2])
