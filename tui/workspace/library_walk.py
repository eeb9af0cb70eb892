"""Which files of a folder may be incidents, and what the file system knows of each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from typing import Final

from tui.workspace.disk_errors import could_not_read
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.names import may_be_incident

Stamp = tuple[int, int, int, int]
"""What tells one state of a file from another: time of the last write in nanoseconds, size in bytes, time of the last
change of anything, inode."""

_TICK, _COARSE_TICK, _SECOND = 20_000_000, 2_000_000_000, 1_000_000_000
"""Nanoseconds: within so little time a file may be written twice with the same date. Some file systems know only whole
seconds, or even ones."""

_NOT_ENTERED: Final = frozenset({"node_modules", "site-packages", "__pycache__"})


def candidates(folder: Path) -> Iterator[Path]:
    """The TOML files in a folder and those below it that may be incidents by their names, real folders first.

    Hidden files and folders (the trash is one), well-known other files and what cannot be listed are left out. Links
    to folders are followed, each folder once.

    Raises:
        UserError: the folder itself cannot be listed.
    """
    for _, files in walk(folder):
        for name in sorted(files):
            yield folder / name


def stamp_of(info: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return info.st_mtime_ns, info.st_size, info.st_ctime_ns, info.st_ino


def is_settled(stamp: Stamp, read_at: int) -> bool:
    """Whether a file that was read then (nanoseconds since 1970) cannot have become another one with the same stamp.

    One that was changed later than now, by the clock of another machine, may still be changed at that very time.
    """
    return read_at - stamp[2] >= (_COARSE_TICK if stamp[2] % _SECOND == 0 else _TICK)


def folder_of(name: str) -> str:
    """The folder of a file, both as `walk` names them."""
    folder, slash, _ = name.rpartition("/")
    return folder + slash


def walk(folder: Path) -> Iterator[tuple[str, dict[str, Stamp]]]:
    """The candidates with their stamps, folder by folder; see `candidates`.

    Folders and files are named as they are reached from the folder, such as `""`, `2024/` and `2024/05/a.toml`: with
    ten thousand files nothing may cost more than asking the file system for them, and paths do.
    """
    try:
        own = folder.resolve()
        # A link to a folder around this one would lead here again.
        seen = {_identity(each.stat()) for each in (own, *own.parents)}
        found = _listed(os.fspath(folder), "")
    except (OSError, RuntimeError) as error:
        raise _cannot_list(folder, error) from error
    waiting = [found]
    linked: list[tuple[str, str]] = []
    while waiting or linked:
        if waiting:
            within, files, below = waiting.pop()
        else:
            # Links come last, so that a file is found under its own name rather than under a link's.
            path, within = linked.pop(0)
            try:
                identity = _identity(os.stat(path))  # noqa: PTH116
                if identity in seen:
                    continue
                seen.add(identity)
                within, files, below = _listed(path, within)
            except OSError:
                continue
        yield within, files
        more = []
        for entry in sorted(below, key=attrgetter("name")):
            with suppress(OSError):
                if entry.is_symlink():
                    linked.append((entry.path, f"{within}{entry.name}/"))
                elif (identity := _identity(entry.stat())) not in seen:
                    seen.add(identity)
                    more.append(_listed(entry.path, f"{within}{entry.name}/"))
        waiting.extend(reversed(more))


def _listed(path: str, within: str) -> tuple[str, dict[str, Stamp], list[os.DirEntry[str]]]:
    """A folder by its name, its files with their stamps, and its folders.

    Files are asked for in the order in which the system lists them, which is the quickest: in any other one a file
    system has to look for each.
    """
    files: dict[str, Stamp] = {}
    folders = []
    with os.scandir(path) as entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            try:
                if may_be_incident(name) and entry.is_file():
                    info = entry.stat()
                    files[within + name] = (info.st_mtime_ns, info.st_size, info.st_ctime_ns, info.st_ino)
                elif entry.is_dir():
                    if name not in _NOT_ENTERED:
                        folders.append(entry)
                elif may_be_incident(name) and entry.is_symlink() and not os.path.exists(entry.path):  # noqa: PTH110
                    # A link that leads nowhere is worth a word; a pipe or device is not a file at all.
                    files[within + name] = stamp_of(entry.stat(follow_symlinks=False))
            except OSError:
                continue
    return within, files, folders


def _identity(info: os.stat_result) -> tuple[int, int]:
    return info.st_dev, info.st_ino


def _cannot_list(folder: Path, error: Exception) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError(f"{folder} cannot be read", "There is no such folder.", "See if the name is right.", EXIT_FILE)
    if isinstance(error, NotADirectoryError):
        return UserError(f"{folder} is no folder", "It is a file.", "Name the folder that it is in.", EXIT_FILE)
    if isinstance(error, OSError):
        return could_not_read(folder, error)
    return UserError(f"{folder} cannot be read", "The links in its path lead in a circle.", "Mend the link.", EXIT_FILE)
