"""`postmortem review`: read and comment on screen; without one, take a review in and say where it stands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import console
from tui.cli.parameters import PATH, services_of, tell_problems
from tui.workspace.errors import EXIT_FILE, EXIT_FINDINGS, EXIT_USAGE, UserError, shown

if TYPE_CHECKING:
    from schemas.incident import Incident
    from schemas.review_patch import Patch, TakenIn

_STEPS = ("in-review", "approved", "published")


@click.command(short_help="Read and comment on screen; take reviews in.")
@click.argument("path", type=PATH)
@click.option(
    "--take", type=PATH, multiple=True, metavar="FILE",
    help="Take in a review that was kept in a file of its own (.review.toml), and save; no screen.",
)  # fmt: skip
@click.option("--status", is_flag=True, help="Print the comments and verdicts, and what stands in the way; no screen.")
@click.option(
    "--gate",
    type=click.Choice(_STEPS),
    help="As --status, and exit with 1 if something stands in the way of this step.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--force", is_flag=True, help="Take in the review of another document, too.")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.pass_context
def review(
    context: click.Context,
    path: Path,
    take: tuple[Path, ...],
    status: bool,
    gate: str | None,
    form: str,
    force: bool,
    no_mouse: bool,
) -> int:
    """Step through an incident, comment, and approve it or ask for changes. Its content stays as it is."""
    if take and (status or gate):
        raise click.UsageError("--take changes the file, --status and --gate look at it: one at a time", context)
    if take:
        _take(context, path, take, force=force)
        return 0
    if status or gate:
        return _status(context, path, gate, form)
    if not path.exists() and not path.is_symlink():
        raise UserError(f"there is no file or folder {shown(path)}", "", "See if the name is right.", EXIT_FILE)
    from tui.cli.on_screen import open_on_screen

    return open_on_screen(path, mouse=not no_mouse, start="review")


def _take(context: click.Context, path: Path, files: tuple[Path, ...], *, force: bool) -> None:
    """Put reviews into an incident and save it, all of them or none.

    Raises:
        UserError: one of the files cannot be read, is the review of another document, or the incident cannot be saved.
    """
    from schemas import toml_file
    from schemas.review_patch import take_in
    from tui.workspace.atomic_writing import atomic_write
    from tui.workspace.review_file import open_review
    from tui.workspace.storage import open_file

    disk = services_of(context).disk
    opened = open_file(path, disk=disk)
    if not opened.writable:
        raise UserError(f"{shown(path)} cannot be saved", f"{opened.why_not.capitalize()}.", "", EXIT_FILE)
    incident = before = opened.loaded.incident
    done: list[tuple[Path, TakenIn]] = []
    for file in files:
        patch = open_review(file, disk=disk).patch
        incident, taken = take_in(incident, patch)
        if not force and _is_of_another(path, patch, taken):
            raise UserError(
                f"{shown(file)} is the review of another document",
                f"It is of {patch.review_of.file}, “{patch.review_of.title}”. Nothing was saved.",
                "Name that one, or use --force if it was renamed.",
                EXIT_USAGE,
            )
        done.append((file, taken))
    if incident is not before:
        data = toml_file.dumps(incident, opened.loaded.remarks).encode("utf-8")
        atomic_write(path, data, expect=opened.fingerprint, disk=disk)
    for file, taken in done:
        _tell(file, incident, taken)
    if incident is not before:
        console.say(f"saved {shown(path)}")


def _is_of_another(path: Path, patch: Patch, taken: TakenIn) -> bool:
    """Whether a review belongs to another document by all that it says of the one that was reviewed."""
    return taken.other_title and taken.other_content and patch.review_of.file != path.name


def _tell(file: Path, incident: Incident, taken: TakenIn) -> None:
    """What was taken in: a line for each comment and verdict on stdout, what it comes to on stderr."""
    from schemas.comments import threads
    from schemas.text import clean_line, first_line
    from schemas.verdicts import verdict_of

    for thread in threads(incident):
        for comment in thread.comments:
            if comment.id in taken.new:
                doubts = {"gone": thread.orphan, "changed since": comment.id in taken.on_changed_text}
                doubt = "".join(f" ({words})" for words, applies in doubts.items() if applies)
                said = f"{thread.place or 'the whole'}{doubt}: {comment.author}: {first_line(comment.text)}"
                sys.stdout.write(clean_line(f"comment  {said}") + "\n")
    for review in incident.reviews:
        if review.id in taken.reviews:
            said = f"{verdict_of(review)}  {review.reviewer}: {first_line(review.summary)}"
            sys.stdout.write(clean_line(f"verdict  {said}") + "\n")
    sys.stdout.flush()
    if taken.other_content:
        console.say(f"note: the document was changed since {shown(file)} was written")
    console.say(f"{shown(file)}: {taken.summary}")


def _status(context: click.Context, path: Path, gate: str | None, form: str) -> int:
    from schemas.gates import obstacles, report_for, steps_from
    from schemas.sections import STATUSES
    from tui.cli import review_status
    from tui.workspace.library_policy import policy_for
    from tui.workspace.storage import load_file

    services = services_of(context)
    incident = load_file(path, disk=services.disk).incident
    agreed = policy_for(path, disk=services.disk)
    tell_problems(agreed.problems)
    to = gate or next(iter(steps_from(incident.status)))
    in_the_way = obstacles(incident, report_for(incident, to, services.now(), agreed.policy), to)
    ahead = to if to in STATUSES[STATUSES.index(incident.status) + 1 if incident.status in STATUSES else 0 :] else ""
    state = review_status.State(path, incident, ahead, in_the_way)
    sys.stdout.write(review_status.as_json(state) if form == "json" else review_status.as_text(state))
    return EXIT_FINDINGS if gate and in_the_way else 0
