"""`postmortem show`: the timeline of an incident and its metrics, without a screen."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tui.cli import console
from tui.cli.parameters import PATH, profile_of, profile_option, services_of, tell_problems


@click.command(short_help="Print a timeline and its metrics.")
@click.argument("path", type=PATH)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@profile_option
@click.option("--compare", is_flag=True, help="Show what the lengths are called by all profiles, side by side.")
@click.pass_context
def show(context: click.Context, path: Path, form: str, profile: str | None, compare: bool) -> None:
    """Print the timeline of an incident and its metrics, each with its definition."""
    from schemas import metrics, timeline
    from tui.workspace.library_policy import policy_for
    from tui.workspace.storage import open_file

    incident = open_file(path).loaded.incident
    agreed = policy_for(path, disk=services_of(context).disk)
    policy = agreed.policy
    chosen = profile_of(policy, profile)
    story = timeline.build(incident)
    measurements = metrics.measure(story, policy.profiles[chosen])
    tell_problems(agreed.problems)
    if form == "json":
        from tui.cli.show_json import as_json

        others = {name: metrics.measure(story, each) for name, each in policy.profiles.items()} if compare else None
        sys.stdout.write(as_json(path, incident, story, measurements, others))
        return
    from tui.cli import show_text

    lengths = (
        show_text.compared(metrics.side_by_side(story, policy.profiles))
        if compare
        else show_text.measured(measurements, chosen)
    )
    if console.is_terminal(sys.stdout):
        show_text.print_table(incident, story, lengths)
    else:
        sys.stdout.write(show_text.plain(incident, story, lengths))
