"""Which versions are kept for how long: what is too old, too many or too much goes, so that they do not grow for ever.

Of those that are too many, first goes what stands close to its neighbours in time: many saves of one night do not push
out the version of the day before. What a verdict was given on stays as long as its file is there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.private_folder import PrivateFolder
from tui.workspace.version_files import Kept, kept_in, noted_path, places, remove_place

MOST_VERSIONS: Final = 100
"""Versions of one file that are kept, besides those of verdicts."""

CLOSE_KEPT: Final = 50
"""Of these the newest so many go only with their age."""

KEPT_SECONDS: Final = 180 * 86_400
ALWAYS_KEPT: Final = 5
"""Versions go when they are older than half a year, but never the newest five of a file."""

MOST_KEPT_BYTES: Final = 64 * 1024 * 1024
"""Bytes on the disk that the versions of one file may take, compressed."""

MOST_TOTAL_BYTES: Final = 512 * 1024 * 1024
FORGOTTEN_SECONDS: Final = 2 * KEPT_SECONDS
"""Bytes that all versions of all files may take, and the time after which a file that nobody saved has none."""


def forget(place: PrivateFolder, now: datetime) -> None:
    """Remove the versions of one file that are too old, too many or too much. Raises nothing."""
    place.sweep(now.timestamp())
    everything = kept_in(place)
    signed = _newest_of_each_verdict(everything)
    usual = [each for each in everything if each not in signed]
    gone = [each for each in usual[ALWAYS_KEPT:] if (now - each.at).total_seconds() > KEPT_SECONDS]
    left = [each for each in usual if each not in gone]
    while len(left) > MOST_VERSIONS:
        gone.append(left.pop(_crowded(left, now)))
    # The newest first, then what verdicts were given on, then the others.
    worth = sorted((*signed, *left), key=lambda each: (each is not everything[0], each not in signed, -each.number))
    gone += _too_much(worth, MOST_KEPT_BYTES, place.disk)
    for each in gone:
        if each is not everything[0]:
            place.remove(each.file)


def tidy(*, now: datetime, folder: Path | None = None, disk: Disk = REAL_DISK) -> None:
    """Remove the versions of files that nobody has saved for a year, and the oldest of all if they take too much.

    What a verdict was given on stays if its file is there. For once at the start of the program. Raises nothing.
    """
    staying: list[tuple[Kept, bool]] = []
    for place in places(folder, disk):
        known = kept_in(place)
        forgotten = known and (now - known[0].at).total_seconds() > FORGOTTEN_SECONDS
        path = noted_path(place)
        signed = _newest_of_each_verdict(known) if path is not None and os.path.lexists(path) else set()
        staying += [(each, each in signed) for each in known if not forgotten or each in signed]
        if forgotten:
            for each in known:
                if each not in signed:
                    place.remove(each.file)
        with suppress(OSError):
            remove_place(place)
    worth = sorted(staying, key=lambda each: (not each[1], -each[0].number))
    for each in _too_much((kept for kept, _ in worth), MOST_TOTAL_BYTES, disk):
        PrivateFolder(each.file.parent, disk=disk).remove(each.file)


def _newest_of_each_verdict(known: list[Kept]) -> set[Kept]:
    """The versions that verdicts were given on; of two on the same content, the newer."""
    found: dict[str, Kept] = {}
    for each in known:
        if each.verdict:
            found.setdefault(each.verdict, each)
    return set(found.values())


def _crowded(left: list[Kept], now: datetime) -> int:
    """Which of too many versions, the newest first, can be missed best: not one of the newest, nor the oldest.

    It leaves the smallest hole for its age, so that what stays is the sparser the longer ago it was.
    """

    def hole(at: int) -> float:
        age = max(1.0, (now - left[at].at).total_seconds())
        return (left[at - 1].number - left[at + 1].number) / age

    first = min(CLOSE_KEPT, len(left) - 2)
    return min(range(max(1, first), len(left) - 1), key=hole, default=len(left) - 1)


def _too_much(worth: Iterable[Kept], limit: int, disk: Disk) -> list[Kept]:
    """Those with which the files take more than `limit` bytes, the ones worth most counted first."""
    taken = 0
    seen: set[tuple[int, int]] = set()
    found: list[Kept] = []
    for each in worth:
        with suppress(OSError):
            known = disk.lstat(each.file)
            taken += 0 if (known.st_dev, known.st_ino) in seen else known.st_size
            seen.add((known.st_dev, known.st_ino))
        if taken > limit:
            found.append(each)
    return found
