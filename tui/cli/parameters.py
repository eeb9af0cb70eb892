"""Arguments and options that several subcommands share, and what commands take from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from tui.workspace.services import Services

Command = TypeVar("Command", bound=Callable[..., Any])

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
        return [CompletionItem(name) for name in names() if name.startswith(incomplete)]

    return click.option(
        flag, default=default, show_default=True, metavar="NAME", help=help, callback=chosen, shell_complete=complete
    )


def _profiles() -> Iterable[str]:
    from schemas.profiles import PROFILES

    return PROFILES


profile_option = named_option("--profile", _profiles, "default", "Which metrics to measure.")


def services_of(context: click.Context) -> Services:
    """The clock, chance and disk to use: what the caller gave, or this machine's."""
    from tui.workspace.services import Services

    return context.find_object(Services) or Services.real()
