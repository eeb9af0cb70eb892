"""Markdown files from incidents."""

from __future__ import annotations

from pathlib import Path

from schemas.incident import Incident
from schemas.profiles import PROFILES, Profile
from schemas.writers.markdown import to_markdown
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.disk_errors import could_not_save
from tui.workspace.errors import EXIT_FILE, EXIT_FINDINGS, UserError, shown


def export_markdown(
    incident: Incident,
    target: Path,
    *,
    style: str = "standard",
    profile: Profile = PROFILES["default"],
    audience: str = "internal",
    remarks: str = "none",
    follow: bool = False,
    disk: Disk = REAL_DISK,
) -> Path:
    """Write an incident as Markdown; gives the file. `remarks` says which comments are in it (see `to_markdown`).

    A link in the place of the file is only followed out of its folder if somebody named it, which `follow` says: in a
    folder that was sent to us, `outage.md` may lead anywhere.

    Raises:
        KeyError: there is no such style.
        UserError: the file cannot be written, or is a link that is not followed.
    """
    if not follow:
        _must_not_lead_out(target, disk)
    text = to_markdown(incident, style=style, profile=profile, audience=audience, remarks=remarks)  # type: ignore[arg-type]
    atomic_write(target, text.encode("utf-8"), disk=disk)
    return target


def _must_not_lead_out(target: Path, disk: Disk) -> None:
    try:
        folder, real = disk.resolve(target.parent), disk.resolve(target)
    except OSError as error:
        raise could_not_save(target, error) from error
    if not real.is_relative_to(folder):
        raise UserError(
            f"{shown(target)} was not written",
            f"It is a link that leads out of its folder, to {shown(real)}.",
            "Remove the link, or export to another name.",
            EXIT_FILE,
        )


def refuse_secrets(incident: Incident, path: Path) -> None:
    """See to it that a document for outsiders holds no password, key or token, unless that was waived (C12).

    Raises:
        UserError: it would hold one; the message names the places and shows no secret.
    """
    from schemas.checks.secrets import secrets_of
    from schemas.checks.waiving import Waivers
    from schemas.writers.source import source
    from schemas.writers.styles import STYLES

    seen = source(incident, style=STYLES["standard"], audience="external").incident
    outside = seen.model_copy(update={"comments": (), "reviews": ()})
    waivers = Waivers(incident.waivers)
    found = [secret for secret in secrets_of(outside) if waivers.of("C12", secret.where) is None]
    if found:
        raise UserError(
            f"{shown(path)} was not exported for outsiders",
            "; ".join(f"{each.where} holds what looks like a secret ({each.kind}): {each.shown}" for each in found[:5]),
            "Revoke it and take it out; if it is none, waive C12 at its place.",
            EXIT_FINDINGS,
        )


def markdown_path(source: Path, folder: Path) -> Path:
    """Where the Markdown of a file goes in a folder; only the file's own name counts, so it cannot lead out of it."""
    return folder / f"{source.stem or 'incident'}.md"
