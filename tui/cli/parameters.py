"""Arguments and options that several subcommands share, and what commands take from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from schemas.policy import Policy, Problem
    from tui.workspace.services import Services

Command = TypeVar("Command", bound=Callable[..., Any])

_TOLD: Final = 3

PATH = click.Path(path_type=Path)
"""A file or folder. Whether it exists is found out when it is read, where the message can say what to do."""


def named_option(
    flag: str, names: Callable[[], Iterable[str]], default: str, help: str
) -> Callable[[Command], Command]:
    """An option that takes one of several names, which are known only once what defines them is loaded."""

    def chosen(context: click.Context, parameter: click.Parameter, value: str) -> str:
        known = tuple(names())
        if value not in known:
            raise click.BadParameter(f"there is no {value!r}; there is {', '.join(known)}.", context, parameter)
        return value

    def complete(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in names() if name.startswith(incomplete)]

    return click.option(
        flag, default=default, show_default=True, metavar="NAME", help=help, callback=chosen, shell_complete=complete
    )


def _profile_names(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The profiles of the libraries that are named already, or those that are built in."""
    from click.shell_completion import CompletionItem

    from tui.workspace.library_policy import Policies

    given = context.params.get("path") or context.params.get("paths") or Path()
    policies = Policies()
    known = [policies.of(path).policy.profiles for path in (given if isinstance(given, tuple) else (given,))]
    return [CompletionItem(name) for name in {**known[0], **known[-1]} if name.startswith(incomplete)]


profile_option = click.option(
    "--profile", metavar="NAME", shell_complete=_profile_names,
    help="Which metrics to measure, instead of those that the library has agreed on.",
)  # fmt: skip


def profile_of(policy: Policy, name: str | None) -> str:
    """The profile that was asked for, or the one that the library has agreed on.

    Raises:
        click.BadParameter: the library has no profile of this name.
    """
    if name is None:
        return policy.profile
    if name not in policy.profiles:
        from difflib import get_close_matches

        near = get_close_matches(name, policy.profiles, 1)
        meant = f"did you mean {near[0]}?" if near else f"there is {', '.join(policy.profiles)}."
        raise click.BadParameter(f"there is no {name!r}; {meant}", param_hint="--profile")
    return name


def tell_problems(problems: Sequence[Problem]) -> None:
    """What is wrong with what a library has agreed on, on stderr: the beginning of it, as nothing hangs on it here."""
    from tui.cli.console import say

    for problem in problems[:_TOLD]:
        say(f"note: {problem}")
    if len(problems) > _TOLD:
        say(f"note: {len(problems) - _TOLD} more; `postmortem check` tells all of them")


def services_of(context: click.Context) -> Services:
    """The clock, chance and disk to use: what the caller gave, or this machine's."""
    from tui.workspace.services import Services

    return context.find_object(Services) or Services.real()
