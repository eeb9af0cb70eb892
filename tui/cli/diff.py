"""`postmortem diff`: what is different between two versions of an incident, in the terms of an incident."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from tui.cli import console
from tui.cli.parameters import services_of
from tui.workspace.errors import EXIT_FINDINGS, EXIT_OK

if TYPE_CHECKING:
    from schemas.difference import Difference
    from schemas.incident import Review
    from tui.cli.diff_sides import Sides

_ANYBODY: Final = ""
"""What stands for a reviewer who was not named."""


class Diff(click.Command):
    """The command; behind `--driver` stands what git gives, of which nothing is an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `--` behind a `--driver` that comes first, as git's own arguments may begin with a dash."""
        if args[:1] == ["--driver"] and args[1:2] not in (["--help"], ["-h"]):
            args = ["--driver", "--", *args[1:]]
        return super().parse_args(ctx, args)


@click.command(cls=Diff, short_help="Tell what changed between two versions.")
@click.argument("paths", metavar="BEFORE AFTER | FILE", type=click.Path(), nargs=-1)
@click.option("--git", "revision", metavar="REV", help="FILE at a revision of git against FILE now; or REV1..REV2.")
@click.option(
    "--since-verdict", "reviewer", metavar="[REVIEWER]", is_flag=False, flag_value=_ANYBODY,
    help="FILE as it was when REVIEWER (you, if none is named) last gave a verdict against FILE now.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--all", "everything", is_flag=True, help="Tell comments, verdicts and waivers too, not only their number."
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything is different.")
@click.option("--driver", is_flag=True, help="Be the diff driver of git, which gives the arguments.")
@click.pass_context
def diff(
    context: click.Context,
    paths: tuple[str, ...],
    revision: str | None,
    reviewer: str | None,
    form: str,
    everything: bool,
    exit_code: bool,
    driver: bool,
) -> int:
    """Tell what changed between two versions of an incident: events that moved, owners that came, words that changed.

    BEFORE and AFTER are files, one of them may be - (standard input). Comments, verdicts and waivers are only counted.
    """
    if driver:
        return _drive(paths)
    if reviewer and revision is None and not paths:
        # `--since-verdict FILE`: an option with a value that may be left out takes whatever stands behind it.
        paths, reviewer = (reviewer,), _ANYBODY
    sides, review = _sides(context, paths, revision, reviewer)
    different = _tell(sides, review, form, everything)
    return EXIT_FINDINGS if exit_code and different else EXIT_OK


def _sides(
    context: click.Context, paths: Sequence[str], revision: str | None, reviewer: str | None
) -> tuple[Sides, Review | None]:
    from tui.cli import diff_sides

    files = [Path(path) for path in paths]
    if revision is not None and reviewer is not None:
        raise click.UsageError("--git and --since-verdict do not go together", context)
    if revision is None and reviewer is None:
        if len(files) != 2:
            raise click.UsageError(f"two files are needed, or --git REV and one; here are {len(files)}", context)
        return diff_sides.two_files(*files), None
    if len(files) != 1:
        option = "--git" if reviewer is None else "--since-verdict"
        raise click.UsageError(f"{option} needs one file; here are {len(files)}", context)
    if revision is not None:
        return diff_sides.since_revision(files[0], revision), None
    return diff_sides.since_verdict(files[0], reviewer or "", _own_names(context, files[0]))


def _own_names(context: click.Context, path: Path) -> Iterator[str]:
    """What the person may be called in a verdict."""
    from tui.workspace.author import author_name
    from tui.workspace.settings import load_settings

    yield author_name(load_settings().author, folder=path.absolute().parent)
    yield services_of(context).author


def _tell(sides: Sides, review: Review | None, form: str, everything: bool) -> bool:
    """Print the differences; whether there are any."""
    from schemas.differences import REMARKS, differences
    from tui.cli.diff_sides import note_differences

    before, after = sides
    found = differences(before.incident, after.incident)
    if review is not None:
        console.say(f"since the verdict of {_given(review)}")
    rest = tuple(each for each in found.all if each.where.partition("/")[0] not in REMARKS)
    told = (found.all if everything else rest) + note_differences(before, after)
    if form == "json":
        sys.stdout.write(console.json_text([_as_data(each) for each in told]))
    else:
        _print(told, () if everything else found.remarks)
    if not told and not found.remarks:
        console.say("nothing is different")
    return bool(told or found.remarks)


def _print(told: Sequence[Difference], remarks: Sequence[Difference]) -> None:
    from tui.cli.diff_text import as_text, counted
    from tui.cli.styled_lines import wants_colour, width_of

    sys.stdout.write(as_text(told, width=width_of(sys.stdout), colour=wants_colour(sys.stdout)))
    if remarks:
        blank = "\n" if told else ""
        sys.stdout.write(f"{blank}Remarks: {counted(remarks)} (--all tells them)\n")


def _given(review: Review) -> str:
    """Whose verdict, which one and when, in words."""
    from schemas.writers.times import moment_text

    when = f", {moment_text(review.at, None)}" if review.at is not None else ""
    return f"{review.reviewer or 'nobody in particular'} ({review.verdict}{when})"


def _as_data(each: Difference) -> dict[str, Any]:
    words = [{"kind": piece.kind, "text": piece.text} for piece in each.words]
    return {
        "kind": each.kind, "where": each.where, "name": each.name, "field": each.field,
        "before": each.before, "after": each.after, "words": words,
    }  # fmt: skip


def _drive(arguments: Sequence[str]) -> int:
    from tui.cli.diff_driver import told_to_git
    from tui.cli.styled_lines import wants_colour, width_of

    sys.stdout.write(told_to_git(arguments, width=width_of(sys.stdout), colour=wants_colour(sys.stdout)))
    return EXIT_OK
