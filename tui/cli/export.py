"""`postmortem export`: incidents as Markdown documents."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from tui.cli import console
from tui.cli.inputs import incident_files
from tui.cli.outputs import make_folder, must_not_be_lost
from tui.cli.parameters import PATH, named_option, profile_option, services_of
from tui.workspace.errors import EXIT_FILE, UserError, shown


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
@click.option("--force", is_flag=True, help="Overwrite even a file that is called like an incident (.toml).")
@profile_option
@click.pass_context
def export(
    context: click.Context,
    paths: tuple[Path, ...],
    style: str,
    output: str | None,
    audience: str,
    force: bool,
    profile: str,
) -> int:
    """Write incidents as Markdown.

    One goes to stdout or to a FILE, several go to a folder, each under its own name.
    """
    sources = incident_files(paths)
    targets: list[Path] | list[None] = [None] * len(sources)
    if output is not None and output != "-":
        targets = _targets(sources, paths, output, force)
        for folder in sorted({target.parent for target in targets}):
            make_folder(folder, services_of(context).disk)
    elif len(sources) > 1:
        raise click.UsageError(f"{len(sources)} incidents need a folder: --output DIR", context)
    failed = False
    for source, target in zip(sources, targets, strict=True):
        try:
            _export(context, source, target, style=style, audience=audience, profile=profile)
        except UserError as error:
            if len(sources) == 1:
                raise
            console.fail(error.title, error.detail, error.hint)
            failed = True
    return EXIT_FILE if failed else 0


def _export(
    context: click.Context, source: Path, target: Path | None, *, style: str, audience: str, profile: str
) -> None:
    from schemas.profiles import PROFILES
    from tui.workspace.export import export_markdown
    from tui.workspace.storage import open_file

    incident = open_file(source).loaded.incident
    if target is None:
        from schemas.writers.markdown import to_markdown

        text = to_markdown(
            incident,
            style=style,
            profile=PROFILES[profile],
            audience="external" if audience == "external" else "internal",
        )
        sys.stdout.write(text)
        return
    export_markdown(
        incident, target, style=style, profile=PROFILES[profile], audience=audience, disk=services_of(context).disk
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
