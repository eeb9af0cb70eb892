"""Documents that can be imported: those in files, folders and ZIP archives, and what they hold."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Final

from msgspec import Struct

from schemas.readers.slack_export import is_slack_export
from schemas.text import clean_line
from tui.workspace.disk_errors import could_not_read
from tui.workspace.errors import EXIT_FILE, UserError, shown
from tui.workspace.storage import MOST_BYTES

ENDINGS: Final = frozenset(
    {
        *(".md", ".markdown", ".mdown", ".txt", ".text", ".rst", ".adoc", ".html", ".htm"),
        *(".log", ".csv", ".tsv", ".json", ".jsonl", ".ndjson"),
    }
)
"""What names of documents end in: only these are taken out of folders and archives."""

_MOST_FILES: Final = 20_000
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError)
"""What reading an archive can come to: it is cut off, spoilt, encrypted, packed in a way that nobody knows."""


class Source(Struct, frozen=True):
    """One document: a file, or a member of a ZIP archive."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """Its name, safe to print: `notes.md`, `archive.zip/notes.md`."""
        return f"{shown(self.path)}/{clean_line(self.member)}" if self.member else shown(self.path)


def sources_of(paths: Sequence[Path]) -> list[Source]:
    """The documents that are named, and those in the folders and ZIP archives that are, in order, each once.

    An export of Slack is one document. A folder inside of a named one that cannot be read stands in the list like a
    document, and fails like one.

    Raises:
        UserError: a folder or an archive that was named cannot be read.
    """
    return list(dict.fromkeys(source for path in paths for source in _in(path)))


def _in(path: Path) -> list[Source]:
    if path.is_dir():
        return _in_folder(path)
    return _in_archive(path) if path.suffix.lower() == ".zip" else [Source(path)]


def _in_folder(folder: Path) -> list[Source]:
    made: list[Source] = []

    def not_read(error: OSError) -> None:
        if error.filename is None or Path(error.filename) == folder:
            raise could_not_read(folder, error) from error
        made.append(Source(Path(error.filename)))

    for root, names, files in os.walk(folder, onerror=not_read):
        names[:] = sorted(name for name in names if not name.startswith("."))
        paths = (Path(root) / name for name in sorted(files) if not name.startswith("."))
        made += [Source(path) for path in paths if path.suffix.lower() in ENDINGS and not _is_special(path)]
        _refuse_too_many(folder, made)
    return made


def _is_special(path: Path) -> bool:
    """Whether what stands in a folder is a pipe, a socket or a device: reading it may never end."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode)


def _in_archive(path: Path) -> list[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except OSError as error:
        raise could_not_read(path, error) from error
    except _BROKEN as error:
        raise UserError(
            f"{shown(path)} is no ZIP archive", str(error), "Unpack it and import the folder.", EXIT_FILE
        ) from error
    if is_slack_export(names):
        return [Source(path)]
    made = [Source(path, name) for name in names if _is_document(name)]
    _refuse_too_many(path, made)
    return made


def _is_document(member: str) -> bool:
    """Whether a member of an archive is a document that somebody put there: not what is hidden, nor what macOS adds."""
    parts = PurePosixPath(member).parts
    hidden = any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)
    return PurePosixPath(member).suffix.lower() in ENDINGS and not member.endswith("/") and not hidden


def _refuse_too_many(place: Path, sources: Sequence[Source]) -> None:
    if len(sources) > _MOST_FILES:
        raise UserError(
            f"{shown(place)} holds too many documents", f"There are more than {_MOST_FILES:,}.",
            "Import it part by part.", EXIT_FILE,
        )  # fmt: skip


class Opened:
    """Reads documents one after the other: an archive stays open as long as the next one is in it too.

    Opening an archive takes time in proportion to all that is in it, which for each member anew would never end.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._archive: zipfile.ZipFile | None = None

    def __enter__(self) -> Opened:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive that is open, if there is one."""
        if self._archive is not None:
            self._archive.close()
        self._path = self._archive = None

    def bytes_of(self, source: Source) -> bytes:
        """What a document holds.

        Raises:
            UserError: it cannot be read, or is too large.
        """
        try:
            if not source.member:
                if source.path.stat().st_size > MOST_BYTES:
                    raise _too_large(source)
                return source.path.read_bytes()
            archive = self._opened(source.path)
            if archive.getinfo(source.member).file_size > MOST_BYTES:
                raise _too_large(source)
            return archive.read(source.member)
        except OSError as error:
            raise could_not_read(source.path, error) from error
        except _BROKEN as error:
            raise UserError(
                f"{source.name} cannot be unpacked", str(error), "Unpack it and import the folder.", EXIT_FILE
            ) from error

    def _opened(self, path: Path) -> zipfile.ZipFile:
        if self._archive is None or self._path != path:
            self.close()
            self._archive, self._path = zipfile.ZipFile(path), path
        return self._archive


def bytes_of(source: Source) -> bytes:
    """What one document holds.

    Raises:
        UserError: it cannot be read, or is too large.
    """
    with Opened() as opened:
        return opened.bytes_of(source)


def _too_large(source: Source) -> UserError:
    return UserError(
        f"{source.name} is too large for a postmortem", f"It has more than {MOST_BYTES // 1024 // 1024} MB.",
        "Cut it into documents of one incident each.", EXIT_FILE,
    )  # fmt: skip
