"""`postmortem show`: the timeline of an incident and its metrics, without a screen."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tui.cli.console import is_terminal
from tui.cli.parameters import PATH, profile_option


@click.command(short_help="Print a timeline and its metrics.")
@click.argument("path", type=PATH)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@profile_option
def show(path: Path, form: str, profile: str) -> None:
    """Print the timeline of an incident and its metrics, each with its definition."""
    from schemas import metrics, timeline
    from schemas.profiles import PROFILES
    from tui.workspace.storage import open_file

    incident = open_file(path).loaded.incident
    story = timeline.build(incident)
    measurements = metrics.measure(story, PROFILES[profile])
    if form == "json":
        from tui.cli.show_json import as_json

        sys.stdout.write(as_json(path, incident, story, measurements))
        return
    from tui.cli import show_text

    if is_terminal(sys.stdout):
        show_text.print_table(incident, story, measurements)
    else:
        sys.stdout.write(show_text.plain(incident, story, measurements))
