"""What is in words that were left behind: the incident they make, held against the file, and what taking them does."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from schemas import toml_file
from schemas.differences import Differences, differences
from schemas.incident import Incident
from schemas.merge_file import MergedFile, merge_files
from schemas.merge_values import same
from schemas.toml_file import Loaded, TomlError
from schemas.toml_remarks import Remark
from tui.workspace import storage, versions_kept
from tui.workspace.changed_underneath import InConflict, MergedClean, compare, with_known_ids
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import UserError
from tui.workspace.recovery import FileState, Recovery

_BLOCK: Final = re.compile(r"^%%% (?!opened )\S+ \d+ \d+ \S+\n.*\n", re.MULTILINE)
_MOST_CUTS: Final = 50


class Combined(Struct, frozen=True, eq=False):
    """Words put together with what a document holds: `incident`, or `merge` where a person has to choose."""

    incident: Incident
    remarks: tuple[Remark, ...]
    merge: MergedFile | None = None


class Look(Struct, frozen=True, eq=False):
    """What can be said of words that were left.

    Attributes:
        state: what became of the file.
        words: the incident that they make, None if they make none.
        opened: the file as it was when they were begun, where that is known.
        file: the file as it is now, None if there is none that can be read; `problem` says why.
        changes: what taking them changes, or where a person will be asked, what was typed; None if they make none.
        conflicts: how many places a person will be asked about.
        pieces: they were put together from what can be read of a damaged journal.
    """

    state: FileState
    words: Loaded | None = None
    opened: Loaded | None = None
    file: Loaded | None = None
    problem: str = ""
    changes: Differences | None = None
    conflicts: int = 0
    pieces: bool = False


def look_at(recovery: Recovery, *, history: Path | None = None, disk: Disk = REAL_DISK) -> Look:
    """Read the words and the file and compare them. Takes as long as that takes; raises nothing.

    `history` is the folder of the versions that were kept.
    """
    state = recovery.differs(disk=disk)
    words = _parsed(recovery.text) if recovery.text else salvaged(recovery.remains)
    pieces = not recovery.text
    file, problem = _file(recovery.path, disk)
    if file is None and state in (FileState.SAME_AS_OPENED, FileState.CHANGED, FileState.SAVED):
        state = FileState.UNREADABLE
    if words is None:
        return Look(state, file=file, problem=problem, pieces=pieces)
    opened = _opened(recovery, state, file, words, history, disk)
    if file is None:
        before = opened.incident if opened else Incident()
        return Look(state, words, opened, None, problem, differences(before, words.incident), pieces=pieces)
    both = combined(words, opened, file)
    if both.merge is None:
        theirs = with_known_ids(file.incident, (both.incident,), random.Random(0))
        return Look(state, words, opened, file, "", differences(theirs, both.incident))
    before = opened.incident if opened else file.incident
    asked = len(both.merge.merged.conflicts)
    return Look(state, words, opened, file, "", differences(before, words.incident), asked)


def combined(
    words: Loaded, opened: Loaded | None, now: Loaded, *, rng: random.Random | None = None
) -> Combined:  # fmt: skip
    """Words put together with what a file or a document holds now; `opened` is what they were begun from."""
    if opened is None:
        merge = merge_files(None, words, now)
        return Combined(merge.merged.incident, merge.remarks, merge if merge.merged.conflicts else None)
    outcome = compare(opened.incident, words.incident, words.remarks, now, rng=rng)
    if isinstance(outcome, InConflict):
        return Combined(words.incident, outcome.remarks, outcome.merge)
    if isinstance(outcome, MergedClean):
        return Combined(outcome.incident, outcome.remarks)
    # Either nothing was typed at all, or the other side has nothing that the words do not have.
    untouched = same(words.incident, opened.incident)
    return Combined(outcome.theirs if untouched else words.incident, outcome.remarks)


def salvaged(remains: str) -> Loaded | None:
    """The newest incident that can be read out of what remains of a damaged journal, as much of it as there is."""
    starts = [found.end() for found in _BLOCK.finditer(remains)]
    ends = [found.start() for found in re.finditer(r"^%%% ", remains, re.MULTILINE)]
    for start in reversed(starts):
        end = next((each for each in ends if each >= start), len(remains))
        for text in _shorter(remains[start:end].removesuffix("\n")):
            loaded = _parsed(text)
            if loaded is not None and loaded.incident != Incident():
                return loaded
    return None


def _shorter(text: str) -> Iterator[str]:
    """The text, and what stands before its last table, before the last two …"""
    for _ in range(_MOST_CUTS):
        yield text
        text, cut, _ = text.rpartition("\n[")
        if not cut:
            return


def _parsed(text: str) -> Loaded | None:
    try:
        return toml_file.parse(text)
    except TomlError:
        return None


def _file(path: Path | None, disk: Disk) -> tuple[Loaded | None, str]:
    if path is None:
        return None, ""
    try:
        return storage.load_file(path, disk=disk), ""
    except UserError as error:
        return None, error.title


def _opened(
    recovery: Recovery, state: FileState, file: Loaded | None, words: Loaded, history: Path | None, disk: Disk
) -> Loaded | None:
    """The file as it was when the words were begun: of the journal, of what was kept, or as it still is."""
    if recovery.opened and (known := _parsed(recovery.opened)) is not None:
        return known
    if state is FileState.SAME_AS_OPENED and file is not None:
        named = with_known_ids(file.incident, (words.incident,), random.Random(0))
        return toml_file.parse(toml_file.dumps(named, file.remarks))
    if recovery.path is None or recovery.fingerprint is None:
        return None
    for kept in versions_kept.versions(recovery.path, folder=history, disk=disk):
        if kept.sha256 == recovery.fingerprint.sha256:
            try:
                return _parsed(versions_kept.read(kept, disk=disk))
            except UserError:
                return None
    return None
