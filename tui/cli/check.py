"""`postmortem check`: the faults in incidents, for people, scripts and code review."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tui.cli import console
from tui.cli.commands import GARBAGE_AFTER
from tui.cli.inputs import note_empty, toml_files
from tui.cli.parameters import PATH, services_of
from tui.workspace.errors import EXIT_FILE, EXIT_FINDINGS, EXIT_USAGE

if TYPE_CHECKING:
    from datetime import datetime

    from click.shell_completion import CompletionItem

    from schemas.checks import Finding
    from tui.cli.checking import Checking, Wanted
    from tui.cli.looked import Looked

    Looking = tuple[Path, Looked]

_LEVELS: Final = ("error", "warning", "info")
_MANY: Final = 20
"""From this many files on a bar shows how far it is."""

_MANY_TO_KNOW: Final = 50
"""Fewer files are looked at sooner than it is found out what is known of them."""


def _profile_names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from schemas.profiles import PROFILES

    return [CompletionItem(name) for name in PROFILES if name.startswith(incomplete)]


def _explain(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is None or context.resilient_parsing:
        return
    from tui.cli.explain import explain

    explain(value)
    context.exit()


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
@click.option(
    "--profile", metavar="NAME", shell_complete=_profile_names,
    help="Which metrics to measure, instead of those that the library has agreed on.",
)  # fmt: skip
@click.option("--skip-others", is_flag=True, help="Leave out named files that are no incidents.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what is known of unchanged files.")
@click.option(
    "--explain", metavar="IDS", is_eager=True, expose_value=False, callback=_explain,
    help="Print what a rule is about, with examples: T06, several with commas between, or all.",
)  # fmt: skip
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    verbose: bool,
    profile: str | None,
    skip_others: bool,
    no_cache: bool,
) -> int:
    """Look for faults: times that contradict each other, what is missing, what nobody owns.

    Folders are searched for incidents. Findings that are waived in a file are counted and not shown.
    """
    from tui.cli.checking import LEVELS, WAIVED, Wanted
    from tui.cli.reports import as_github, as_json, as_text, coloured, plain, summary

    verbose = verbose or fail_on == "info"
    lines = {"json": (), "sarif": (*LEVELS, WAIVED)}.get(form, LEVELS if verbose else LEVELS[:-1])
    wanted = Wanted(profile or "", _rule_ids(select, "--select"), _rule_ids(ignore, "--ignore"), skip_others, lines)
    services = services_of(context)
    run = checked(paths, services.now(), wanted, keeps=services.indexes and not no_cache)
    if form == "json":
        text = as_json(run.files)
    elif form == "github":
        text = as_github(run.files, run.unread, run.problems, verbose=verbose)
    elif form == "sarif":
        from tui.cli.sarif import as_sarif

        text = as_sarif(run.files, run.unread, run.problems)
    else:
        text = as_text(run.files, verbose=verbose, paint=coloured if console.wants_colour(sys.stdout) else plain)
    sys.stdout.write(text)
    sys.stdout.flush()
    for each in run.unread:
        console.fail(each.error.title, each.error.detail, each.error.hint)
    for problem in run.problems:
        console.fail(str(problem), hint=problem.hint)
    console.say(summary(run.files, run.unread, run.problems, verbose=verbose))
    if run.unread:
        return EXIT_FILE
    if run.problems:
        return EXIT_USAGE
    return EXIT_FINDINGS if any(_fails(each.finding, fail_on) for file in run.files for each in file.found) else 0


def checked(
    paths: tuple[Path, ...], now: datetime, wanted: Wanted, workers: int | None = None, *, keeps: bool = False
) -> Checking:
    """Check the files that are named and those in the folders that are, as they stand at `now`.

    With `workers` in so many processes, else in as many as are worth it. If it `keeps` what it finds in many files, it
    looks only at those again that are not as they were.

    Raises:
        UserError: a folder cannot be listed.
        click.BadParameter: one of the libraries has no such profile.
    """
    from tui.cli.check_workers import looks
    from tui.cli.checking import Checking

    files = toml_files(paths)
    named = frozenset(paths)
    place = _memory(len(files)) if keeps else None
    try:
        run = Checking(files, now, wanted, named, keeps=place is not None)
    except KeyError as error:
        message = f"there is no {wanted.profile!r}; there is {', '.join(error.args)}."
        raise click.BadParameter(message, param_hint="--profile") from None
    show_bar = len(files) >= _MANY and console.is_terminal(sys.stderr)
    looked = looks(run, files, workers)
    if place is not None:
        from tui.cli.earlier import Earlier

        looked = Earlier(run, now, named, place).looks(files, lambda rest: looks(run, rest, workers))
    with _little_garbage():
        with _bar(looked, len(files)) if show_bar else nullcontext(looked) as each:
            for file, found in each:
                run.take(file, found)
        run.compare()
    note_empty(paths, [*(each.path for each in run.files), *(each.path for each in run.unread)])
    return run


def _memory(files: int) -> Path | None:
    """Where it is kept what is known of so many files; None where that is not worth it, or this person has no place for
    it or does not want it."""
    if files < _MANY_TO_KNOW:
        return None
    from tui.workspace.library_place import memory_folder, tidy_memories
    from tui.workspace.settings import load_settings

    if load_settings().library_index:
        return memory_folder()
    tidy_memories(wanted=False)
    return None


@contextmanager
def _little_garbage() -> Iterator[None]:
    """Garbage is looked for rarely, and not among what was there before: what is made of a file is needed until the
    end, or gone at once. Processes that are forked meanwhile keep to that, and share with this one what was there."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _bar(looked: Iterable[Looking], size: int) -> AbstractContextManager[Iterable[Looking]]:
    return click.progressbar(looked, length=size, file=sys.stderr, label="Checking")


def _rule_ids(values: Iterable[str], option: str) -> tuple[str, ...]:
    """The rules that are named: by their id, or by the letter of their family."""
    from schemas.checks import RULES

    found: set[str] = set()
    for name in (name for value in values for name in re.split(r"[,\s]+", value) if name):
        matching = {rule for rule in RULES if rule == name.upper() or (len(name) == 1 and rule[0] == name.upper())}
        if not matching:
            raise click.BadParameter(
                f"there is no rule {name!r}; there is {', '.join(sorted(RULES))}", param_hint=option
            )
        found |= matching
    return tuple(sorted(found))


def _fails(finding: Finding, fail_on: str) -> bool:
    if fail_on == "never" or finding.waived:
        return False
    return _LEVELS.index(finding.severity) <= _LEVELS.index(fail_on)
