"""Earlier versions of an incident: as it was when a reviewer gave a verdict, and at a revision of git.

At a verdict the text is kept on this machine, in a folder that nobody else may read. Where it was given on another
machine, the history in git is looked through for the content that has the hash of the verdict.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import EXIT_FILE, UserError, shown
from tui.workspace.git import TrackedFile, tracked_file
from tui.workspace.paths import state_dir
from tui.workspace.storage import MOST_BYTES

if TYPE_CHECKING:
    from schemas.incident import Incident, Review
    from schemas.toml_file import Loaded

MOST_KEPT: Final = 200
"""So many versions are kept, the newest ones."""

KEPT_SECONDS: Final = 400 * 86_400
"""So long they are kept."""

LARGEST_KEPT: Final = 8 * 1024 * 1024
"""A longer text, in bytes, is not kept."""

MOST_REVISIONS: Final = 300
"""So many revisions of a file are looked through for the content of a verdict."""

_SCHEME: Final = "sha256:"


def versions_folder() -> Path:
    """Where versions are kept: only for this person, between runs."""
    return state_dir() / "versions"


def keep_version(
    path: Path,
    content_hash: str,
    text: str,
    *,
    folder: Path | None = None,
    now: float | None = None,
    disk: Disk = REAL_DISK,
) -> bool:
    """Keep the text of a file as it was when its content had this hash; returns whether it was kept.

    Nothing is raised: that a version cannot be kept is no reason to give no verdict. `now` is in seconds since 1970.
    Versions that are older than a year or so, and all but the newest two hundred, are removed.
    """
    from schemas.sign_off import is_hash

    folder = folder or versions_folder()
    data = text.encode("utf-8", errors="replace")
    if len(data) > LARGEST_KEPT or not is_hash(content_hash):
        return False
    digits = content_hash.strip().casefold().removeprefix(_SCHEME)
    target = folder / f"{digits}-{_own(path)}.toml"
    temporary = folder / f".{secrets.token_hex(6)}.tmp"
    try:
        disk.make_folder(folder, 0o700)
        folder.chmod(0o700)
        file = disk.create(temporary, 0o600)
        try:
            disk.write(file, data)
        finally:
            disk.close(file)
        disk.replace(temporary, target)
    except OSError:
        with suppress(OSError):
            disk.remove(temporary)
        return False
    _forget(folder, target, time.time() if now is None else now, disk)
    return True


def kept_version(
    path: Path, content_hash: str, *, folder: Path | None = None, disk: Disk = REAL_DISK
) -> Incident | None:
    """The version with this hash that was kept here, of this file if possible; None if there is none.

    The hash may be shortened to twelve digits. What was kept is believed only if it still has that hash.
    """
    from schemas.sign_off import is_hash, still_signed

    folder = folder or versions_folder()
    if not is_hash(content_hash):
        return None
    digits = content_hash.strip().casefold().removeprefix(_SCHEME)
    own = f"-{_own(path)}.toml"
    found = sorted(
        (each.path for each in _entries(folder) if each.name.startswith(digits)),
        key=lambda name: (not name.endswith(own), name),
    )
    for name in found:
        with suppress(OSError):
            incident = _incident(disk.read(Path(name), MOST_BYTES)[0])
            if incident is not None and still_signed(digits, incident):
                return incident
    return None


def version_at_verdict(path: Path, review: Review, *, folder: Path | None = None) -> Incident | None:
    """The incident as it was when a verdict was given: kept here, or in the history of git; None if it is in neither.

    Raises nothing: without git, or outside of a repository, there is no history.
    """
    from schemas.sign_off import is_hash

    if not is_hash(review.content):
        return None
    return kept_version(path, review.content, folder=folder) or _in_history(path, review)


def version_at(path: Path, revision: str) -> Incident:
    """The incident as it was at a revision of git, under the name that the file had then.

    Raises:
        UserError: no git, no repository, no such revision (exit code 2); the file was not there, or no incident.
    """
    file = tracked_file(path)
    return loaded_version(file, file.commit(revision), revision).incident


def loaded_version(file: TrackedFile, commit: str, called: str) -> Loaded:
    """The file as it was at a commit (a full hash), which messages name as it was `called`.

    Raises:
        UserError: the file was not there, or no incident; exit code 3.
    """
    from schemas.toml_file import TomlError, parse_bytes

    name = shown(file.path)
    data = file.content(commit)
    if data is None:
        hint = f"`git log --follow -- {name}` lists the commits that have it."
        raise UserError(f"{name} is not in {called}", "It was added later, or was removed before.", hint, EXIT_FILE)
    try:
        loaded = parse_bytes(data, f"{name} at {called}")
    except TomlError as error:
        place = f"{error.file}:{error.line}:{error.column}"
        raise UserError(f"{place}: {error.title}", error.detail, "Compare with another revision.", EXIT_FILE) from error
    if not holds_incident(loaded.incident):
        raise UserError(f"{name} is no incident at {called}", "No key of one stands in it.", "", EXIT_FILE)
    return loaded


def _in_history(path: Path, review: Review) -> Incident | None:
    from schemas.sign_off import still_signed

    try:
        file = tracked_file(path)
        revisions = file.history(MOST_REVISIONS)
    except UserError:
        return None
    if (given := _seconds(review.at)) is not None:
        # What was committed about the time of the verdict is most likely it.
        revisions = tuple(sorted(revisions, key=lambda each: abs(each.seconds - given)))
    seen: set[str] = set()
    for revision in revisions:
        if revision.blob in seen:
            continue
        seen.add(revision.blob)
        with suppress(UserError):
            incident = _incident(file.blob(revision) or b"")
            if incident is not None and still_signed(review.content, incident):
                return incident
    return None


def _seconds(at: object) -> float | None:
    """A moment in seconds since 1970, as well as it can be told; a local one at UTC."""
    if not isinstance(at, datetime):
        return None
    try:
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (OverflowError, ValueError):
        return None


def _incident(data: bytes) -> Incident | None:
    from schemas.toml_file import TomlError, parse_bytes

    try:
        return parse_bytes(data, "an earlier version").incident
    except TomlError:
        return None


def holds_incident(incident: Incident) -> bool:
    """Whether there is anything of an incident in what was read; an empty file is one in which nothing is written."""
    return not incident.model_extra or not incident.model_fields_set <= {"format", *incident.model_extra}


def _own(path: Path) -> str:
    """What tells the versions of a file from those of another one with the same content, whose ids may differ."""
    return hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:12]


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as found:
        yield from found


def _forget(folder: Path, newest: Path, now: float, disk: Disk) -> None:
    """Remove versions that are too old or too many, but never the one that was just kept."""
    known: list[tuple[float, str]] = []
    for each in _entries(folder):
        with suppress(OSError):
            if each.path != str(newest):
                known.append((each.stat(follow_symlinks=False).st_mtime, each.path))
    known.sort(reverse=True)
    for number, (changed, name) in enumerate(known, start=1):
        if number >= MOST_KEPT or now - changed > KEPT_SECONDS:
            with suppress(OSError):
                disk.remove(Path(name))
