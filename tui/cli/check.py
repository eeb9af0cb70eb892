"""`postmortem check`: the faults in incidents, for people, scripts and code review."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tui.cli import console
from tui.cli.inputs import incident_files
from tui.cli.parameters import PATH, profile_option, services_of
from tui.workspace.errors import EXIT_FILE, EXIT_FINDINGS, UserError

if TYPE_CHECKING:
    from schemas.checks import Finding
    from tui.cli.reports import Checked, Unread

_LEVELS: Final = ("error", "warning", "info")
_MANY: Final = 20
"""From this many files on a bar shows how far it is."""


@click.command(short_help="Look for faults in incidents.")
@click.argument("paths", metavar="PATH...", type=PATH, nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", "sarif"]), default="text", show_default=True,
    help="How to print the findings.",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice([*_LEVELS, "never"]), default="error", show_default=True,
    help="Exit with 1 if there is a finding this bad or worse.",
)  # fmt: skip
@click.option("--select", multiple=True, metavar="IDS", help="Only these rules: T09, or T for the family.")
@click.option("--ignore", multiple=True, metavar="IDS", help="All but these rules; with commas between.")
@click.option("--verbose", "-v", is_flag=True, help="Show the remarks (info) too.")
@profile_option
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    verbose: bool,
    profile: str,
) -> int:
    """Look for faults: times that contradict each other, what is missing, what nobody owns.

    Folders are searched for incidents. Findings that are waived in a file are counted and not shown.
    """
    from tui.cli.reports import as_github, as_json, as_text, coloured, plain, summary

    chosen = _chosen_rules(select, ignore)
    files, unread = check_files(incident_files(paths), services_of(context).now(), profile, chosen)
    verbose = verbose or fail_on == "info"
    if form == "json":
        text = as_json(files)
    elif form == "github":
        text = as_github(files, unread, verbose=verbose)
    elif form == "sarif":
        from tui.cli.sarif import as_sarif

        text = as_sarif(files, unread)
    else:
        text = as_text(files, verbose=verbose, paint=coloured if console.wants_colour(sys.stdout) else plain)
    sys.stdout.write(text)
    sys.stdout.flush()
    for each in unread:
        console.fail(each.error.title, each.error.detail, each.error.hint)
    console.say(summary(files, unread, verbose=verbose))
    if unread:
        return EXIT_FILE
    return EXIT_FINDINGS if any(_fails(each.finding, fail_on) for file in files for each in file.found) else 0


def check_files(
    paths: Iterable[Path], now: datetime, profile: str, chosen: Callable[[str], bool]
) -> tuple[list[Checked], list[Unread]]:
    """Check each file as it stands at `now`; the second list has those that could not be read."""
    from schemas.checks import check as find
    from schemas.policy import Policy
    from schemas.toml_file import TomlError
    from tui.cli.reports import Checked, Located, Unread
    from tui.workspace.storage import open_file

    policy = Policy(profile=profile)
    files: list[Checked] = []
    unread: list[Unread] = []
    listed = list(paths)
    show_bar = len(listed) >= _MANY and console.is_terminal(sys.stderr)
    with click.progressbar(listed, file=sys.stderr, label="Checking") if show_bar else nullcontext(listed) as each_path:
        for path in each_path:
            try:
                loaded = open_file(path).loaded
            except UserError as error:
                line = error.__cause__.line if isinstance(error.__cause__, TomlError) else 1
                unread.append(Unread(path, error, line))
                continue
            findings = [each for each in find(loaded.incident, now, policy).findings if chosen(each.rule)]
            found = [Located(each, loaded.lines.of(each.where) or 1) for each in findings]
            found.sort(key=lambda each: (_LEVELS.index(each.finding.severity), each.line))
            files.append(Checked(path, tuple(found)))
    return files, unread


def _chosen_rules(select: tuple[str, ...], ignore: tuple[str, ...]) -> Callable[[str], bool]:
    wanted, unwanted = _rule_ids(select, "--select"), _rule_ids(ignore, "--ignore")
    return lambda rule: (not select or rule in wanted) and rule not in unwanted


def _rule_ids(values: Iterable[str], option: str) -> frozenset[str]:
    """The rules that are named: by their id, or by the letter of their family."""
    from schemas.checks import RULES

    found: set[str] = set()
    for name in (name for value in values for name in re.split(r"[,\s]+", value) if name):
        matching = {rule for rule in RULES if rule == name.upper() or (len(name) == 1 and rule[0] == name.upper())}
        if not matching:
            raise click.BadParameter(f"there is no rule {name!r}; there is {', '.join(RULES)}", param_hint=option)
        found |= matching
    return frozenset(found)


def _fails(finding: Finding, fail_on: str) -> bool:
    if fail_on == "never" or finding.waived:
        return False
    return _LEVELS.index(finding.severity) <= _LEVELS.index(fail_on)
