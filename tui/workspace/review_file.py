"""The file beside an incident that holds a review of it, for reviewers who cannot write the incident itself."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from schemas import review_toml
from schemas.review_patch import Patch, patch_name
from schemas.toml_errors import TomlError
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.fingerprint import Fingerprint
from tui.workspace.storage import read_file


class OpenedReview(Struct, frozen=True):
    """A review that was read, and what its file was then."""

    path: Path
    patch: Patch
    fingerprint: Fingerprint


def patch_path(incident: Path) -> Path:
    """Where the review of a file is kept: beside it, as `NAME.review.toml`."""
    return incident.with_name(patch_name(incident.name))


def open_review(path: Path, *, disk: Disk = REAL_DISK) -> OpenedReview:
    """Read a review.

    Raises:
        UserError: it cannot be read, or it is no review; exit code 3. A fault in the text has a `TomlError` for cause.
    """
    data, fingerprint = read_file(path, disk=disk)
    try:
        return OpenedReview(path, review_toml.parse_bytes(data, str(path)), fingerprint)
    except TomlError as error:
        place = f"{error.file}:{error.line}:{error.column}"
        raise UserError(f"{place}: {error.detail}", "", error.hint, EXIT_FILE) from error


def save_review(
    path: Path, patch: Patch, *, expect: Fingerprint | None = None, disk: Disk = REAL_DISK
) -> OpenedReview:  # fmt: skip
    """Write a review to its file. `expect` is the file that was opened, None for a new one.

    Raises:
        FileChanged: somebody else wrote to it since it was opened.
        FileExists: there is a file already where a new one was to be.
        UserError: it cannot be written; exit code 3.
    """
    data = review_toml.dumps(patch).encode("utf-8")
    return OpenedReview(path, patch, atomic_write(path, data, expect=expect, new=expect is None, disk=disk))
