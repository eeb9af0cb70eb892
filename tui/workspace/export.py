"""Markdown files from incidents."""

from __future__ import annotations

from pathlib import Path

from schemas.incident import Incident
from schemas.profiles import PROFILES, Profile
from schemas.writers.markdown import to_markdown
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.storage import atomic_write


def export_markdown(
    incident: Incident,
    target: Path,
    *,
    style: str = "standard",
    profile: Profile = PROFILES["default"],
    audience: str = "internal",
    disk: Disk = REAL_DISK,
) -> Path:
    """Write an incident as Markdown; gives the file.

    Raises:
        KeyError: there is no such style.
        UserError: the file cannot be written.
    """
    text = to_markdown(incident, style=style, profile=profile, audience=audience)  # type: ignore[arg-type]
    atomic_write(target, text.encode("utf-8"), disk=disk)
    return target


def markdown_path(source: Path, folder: Path) -> Path:
    """Where the Markdown of a file goes in a folder; only the file's own name counts, so it cannot lead out of it."""
    return folder / f"{source.stem or 'incident'}.md"
