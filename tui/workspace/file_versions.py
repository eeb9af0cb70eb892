"""The versions of one incident in one list, with what each holds: as it is now, what was kept of it, and what git has.

Nothing here raises, as one version that cannot be read is no reason not to see the others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field

from tui.workspace import storage
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import UserError
from tui.workspace.git import Revision, TrackedFile, tracked_file
from tui.workspace.version_files import BACKUP, OUTSIDE, Kept, read_bytes
from tui.workspace.versions import MOST_REVISIONS

if TYPE_CHECKING:
    from schemas.incident import Incident
    from schemas.toml_remarks import Remark

Kind = Literal["now", "save", "backup", "outside", "verdict", "git"]

_HELD_BYTES: Final = 4 * 1024 * 1024
_HELD_AT_LEAST: Final = 3
"""Versions that were read are held in memory: so many bytes of files, or at least so many versions."""


class Version(Struct, frozen=True):
    """One version: what it is, when it came to be (aware), and where it is to be had.

    `key` tells it from the others. `size` is in bytes, None where it is not known before it is read.
    """

    key: str
    kind: Kind
    at: datetime
    size: int | None = None
    kept: Kept | None = None
    revision: Revision | None = None


class Content(Struct, frozen=True):
    """What a version holds: the bytes, the incident, its TOML comments. Without an incident, `problem` says why."""

    data: bytes = b""
    incident: Incident | None = None
    remarks: tuple[Remark, ...] = ()
    problem: str = ""

    @property
    def text(self) -> str:
        """The file as text, as far as it is any."""
        return self.data.decode("utf-8-sig", "replace")


class Contents(Struct):
    """Reads versions of a file, and holds the last ones. Its methods may be called in any thread, and may take time."""

    path: Path
    disk: Disk = REAL_DISK
    _tracked: TrackedFile | None = None
    _held: OrderedDict[str, Content] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def revisions(self) -> tuple[Version, ...]:
        """What git has of the file, the newest first; nothing if there is no git, or the file is in no repository."""
        try:
            self._tracked = tracked_file(self.path)
            found = self._tracked.history(MOST_REVISIONS)
        except UserError:
            return ()
        return tuple(_of_revision(each) for each in found)

    def of(self, version: Version) -> Content:
        """What a version holds. The version `now` is what is in the file."""
        with self._lock:
            if (held := self._held.get(version.key)) is None:
                held = self._read(version)
                self._held[version.key] = held
            self._held.move_to_end(version.key)
            while len(self._held) > _HELD_AT_LEAST and self._held_bytes > _HELD_BYTES:
                self._held.popitem(last=False)
            return held

    def forget(self, version: Version) -> None:
        """What a version holds is not what it was: the file was written."""
        with self._lock:
            self._held.pop(version.key, None)

    @property
    def _held_bytes(self) -> int:
        return sum(len(each.data) for each in self._held.values())

    def _read(self, version: Version) -> Content:
        from schemas.toml_file import TomlError, parse_bytes

        try:
            data = self._bytes(version)
        except UserError as error:
            return Content(problem=" ".join(filter(None, [f"{error.title}.", error.detail])))
        try:
            loaded = parse_bytes(data, "this version")
        except TomlError as error:
            return Content(data, problem=f"line {error.line}: {error.detail or error.title}")
        return Content(data, loaded.incident, loaded.remarks)

    def _bytes(self, version: Version) -> bytes:
        if version.kept is not None:
            return read_bytes(version.kept, disk=self.disk)
        if version.revision is not None and self._tracked is not None:
            return self._tracked.blob(version.revision) or b""
        return storage.read_file(self.path, disk=self.disk)[0]


def listed(kept: Iterable[Kept], revisions: Iterable[Version] = (), now: Version | None = None) -> tuple[Version, ...]:
    """All versions, the newest first, that of now before all others."""
    found = sorted((*map(_of_kept, kept), *revisions), key=lambda each: each.at, reverse=True)
    return (*([now] if now else []), *found)


def before_in(versions: Sequence[Version], version: Version) -> tuple[Version, ...]:
    """The versions that came before one in a list, the newest first."""
    return tuple(versions[versions.index(version) + 1 :])


def _of_kept(kept: Kept) -> Version:
    kind: Kind = "save"
    if kept.verdict:
        kind = "verdict"
    elif kept.mark in (BACKUP, OUTSIDE):
        kind = "backup" if kept.mark == BACKUP else "outside"
    return Version(kept.file.name, kind, kept.at, kept.size, kept=kept)


def _of_revision(revision: Revision) -> Version:
    try:
        at = datetime.fromtimestamp(revision.seconds, UTC)
    except (OverflowError, OSError, ValueError):
        at = datetime.fromtimestamp(0, UTC)
    return Version(revision.commit, "git", at, revision=revision)
