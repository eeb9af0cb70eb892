"""Earlier versions of an incident: as it was when a reviewer gave a verdict, and at a revision of git.

At a verdict the text is kept on this machine (see `versions_kept`). Where it was given on another machine, the saved
versions and the history in git are looked through for the content that has the hash of the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import EXIT_FILE, UserError, shown
from tui.workspace.git import TrackedFile, tracked_file
from tui.workspace.version_files import VERDICT, read_bytes
from tui.workspace.versions_kept import keep, versions, versions_of_verdict

if TYPE_CHECKING:
    from schemas.incident import Incident, Review
    from schemas.toml_file import Loaded

MOST_REVISIONS: Final = 300
"""So many revisions of a file are looked through for the content of a verdict."""

_SCHEME: Final = "sha256:"
_DIGITS: Final = 64


def keep_version(
    path: Path, content_hash: str, text: str, *, now: datetime, folder: Path | None = None, disk: Disk = REAL_DISK
) -> bool:  # fmt: skip
    """Keep the text of a file as it was when its content had this hash; returns whether it was kept.

    Nothing is raised: that a version cannot be kept is no reason to give no verdict. `now` is aware.
    """
    digits = _digits(content_hash)
    if len(digits) != _DIGITS:
        return False
    data = text.encode("utf-8", errors="replace")
    try:
        keep(path, data, now=now, mark=f"{VERDICT}{digits}", folder=folder, disk=disk)
    except UserError:
        return False
    return True


def kept_version(
    path: Path, content_hash: str, *, folder: Path | None = None, disk: Disk = REAL_DISK
) -> Incident | None:
    """The version with this hash that was kept here for a verdict, of this file if possible; None if there is none.

    The hash may be shortened to twelve digits. What was kept is believed only if it still has that hash.
    """
    from schemas.sign_off import still_signed

    if not (digits := _digits(content_hash)):
        return None
    for each in versions_of_verdict(path, digits, folder=folder, disk=disk):
        with suppress(UserError):
            incident = _incident(read_bytes(each, disk=disk))
            if incident is not None and still_signed(digits, incident):
                return incident
    return None


def version_at_verdict(path: Path, review: Review, *, folder: Path | None = None) -> Incident | None:
    """The incident as it was when a verdict was given: kept here, or in the history of git; None if it is in neither.

    Raises nothing: without git, or outside of a repository, there is no history.
    """
    from schemas.sign_off import still_signed

    if not _digits(review.content):
        return None
    if (kept := kept_version(path, review.content, folder=folder)) is not None:
        return kept
    for data in chain(_saved(path, review, folder), _committed(path, review)):
        incident = _incident(data)
        if incident is not None and still_signed(review.content, incident):
            return incident
    return None


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


def _digits(content_hash: str) -> str:
    """The digits of a hash of content, empty if it is none."""
    from schemas.sign_off import is_hash

    return content_hash.strip().casefold().removeprefix(_SCHEME) if is_hash(content_hash) else ""


def _saved(path: Path, review: Review, folder: Path | None) -> Iterator[bytes]:
    """What was saved here, first what was saved about the time of the verdict: that is most likely it."""
    given = _seconds(review.at)
    found = versions(path, folder=folder)
    if given is not None:
        found = tuple(sorted(found, key=lambda each: abs(each.at.timestamp() - given)))
    for each in {each.sha256: each for each in found}.values():
        with suppress(UserError):
            yield read_bytes(each)


def _committed(path: Path, review: Review) -> Iterator[bytes]:
    """What was committed, likewise."""
    try:
        file = tracked_file(path)
        revisions = file.history(MOST_REVISIONS)
    except UserError:
        return
    if (given := _seconds(review.at)) is not None:
        revisions = tuple(sorted(revisions, key=lambda each: abs(each.seconds - given)))
    seen: set[str] = set()
    for revision in revisions:
        if revision.blob not in seen:
            seen.add(revision.blob)
            with suppress(UserError):
                yield file.blob(revision) or b""


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
