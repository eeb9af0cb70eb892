"""`postmortem export`: incidents as Markdown documents."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tui.cli import console
from tui.cli.inputs import incident_files
from tui.cli.outputs import make_folder, must_not_be_lost
from tui.cli.parameters import PATH, named_option, profile_of, profile_option, services_of, tell_problems
from tui.workspace.errors import UserError, shown

if TYPE_CHECKING:
    from schemas.policy import Policy
    from schemas.profiles import Profile
    from schemas.writers.source import Remarks


def _styles() -> Iterable[str]:
    from schemas.writers.styles import STYLES

    return STYLES


@click.command(short_help="Write incidents as Markdown.")
@click.argument("paths", metavar="PATH...", type=PATH, nargs=-1, required=True)
@named_option("--style", _styles, "standard", "Which headings, in which order.")
@click.option(
    "--output", "-o", type=click.Path(), metavar="FILE|DIR|-", help="Where to: without it, or with -, to stdout."
)
@click.option(
    "--audience", type=click.Choice(["internal", "external"]), default="internal", show_default=True,
    help="external leaves out names and what is marked internal.",
)  # fmt: skip
@click.option(
    "--remarks", type=click.Choice(["none", "resolved", "all"]), default="none", show_default=True,
    help="Which comments to write, and with any the verdicts: of resolved threads, or open ones too.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite even a file that is called like an incident (.toml).")
@profile_option
@click.pass_context
def export(
    context: click.Context,
    paths: tuple[Path, ...],
    style: str,
    output: str | None,
    audience: str,
    remarks: str,
    force: bool,
    profile: str | None,
) -> int:
    """Write incidents as Markdown.

    One goes to stdout or to a FILE, several go to a folder, each under its own name.
    """
    from tui.workspace.library_policy import Policies

    sources = incident_files(paths)
    targets: list[Path] | list[None] = [None] * len(sources)
    if output is not None and output != "-":
        targets = _targets(sources, paths, output, force)
        for folder in sorted({target.parent for target in targets}):
            make_folder(folder, services_of(context).disk)
    elif len(sources) > 1:
        raise click.UsageError(f"{len(sources)} incidents need a folder: --output DIR", context)
    policies = Policies(disk=services_of(context).disk)
    profiles = [_profile(policies.of(source).policy, profile) for source in sources]
    tell_problems(policies.problems)
    failed = 0
    named = output is not None and targets == [Path(output)]
    for source, target, metrics in zip(sources, targets, profiles, strict=True):
        try:
            _export(
                context, source, target, style=style, audience=audience, remarks=remarks, profile=metrics, named=named
            )
        except UserError as error:
            if len(sources) == 1:
                raise
            console.fail(error.title, error.detail, error.hint)
            failed = max(failed, error.exit_code)
    return failed


def _profile(policy: Policy, name: str | None) -> Profile:
    return policy.profiles[profile_of(policy, name)]


def _export(
    context: click.Context,
    source: Path,
    target: Path | None,
    *,
    style: str,
    audience: str,
    remarks: str,
    profile: Profile,
    named: bool,
) -> None:
    """Write one incident to the target, or to stdout without one; `named` if the target is just what was asked for."""
    from tui.workspace.export import export_markdown, refuse_secrets
    from tui.workspace.storage import open_file

    incident = open_file(source).loaded.incident
    if audience == "external":
        refuse_secrets(incident, source)
    if target is None:
        from schemas.writers.markdown import to_markdown

        text = to_markdown(
            incident,
            style=style,
            profile=profile,
            audience="external" if audience == "external" else "internal",
            remarks=cast("Remarks", remarks),
        )
        sys.stdout.write(text)
        return
    export_markdown(
        incident, target, style=style, profile=profile, audience=audience, remarks=remarks, follow=named,
        disk=services_of(context).disk,
    )  # fmt: skip
    console.say(f"wrote {shown(target)}")


def _targets(sources: Sequence[Path], paths: Sequence[Path], output: str, force: bool) -> list[Path]:
    """Where each incident goes.

    Raises:
        UserError: a file that must not be overwritten is in the way, or two incidents would become one file.
    """
    from tui.workspace.export import markdown_path

    place = Path(output)
    one_file = len(paths) == 1 and not paths[0].is_dir()
    if one_file and not place.is_dir() and not output.endswith("/"):
        targets = [place]
    else:
        targets = [markdown_path(source, place) for source in sources]
    taken: dict[Path, Path] = {}
    for source, target in zip(sources, targets, strict=True):
        if (other := taken.setdefault(target, source)) is not source:
            raise UserError(
                f"two incidents would become {shown(target)}",
                f"{shown(other)} and {shown(source)} have the same name.",
                "Export them to different folders.",
            )
        must_not_be_lost(target, sources, force=force)
    return targets
