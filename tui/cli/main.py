"""The command line: its subcommands, what it does with a plain PATH, and how failures are told."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from schemas.version import VERSION
from tui.cli import console, usage
from tui.cli.commands import COMMANDS, NAME, VARIABLE, Late
from tui.cli.endings import carried_out
from tui.workspace.errors import EXIT_SIGNAL, EXIT_USAGE

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Commands(MutableMapping[str, click.Command]):
    """The subcommands of the program; looking one up loads it, listing them loads none."""

    def __init__(self) -> None:
        self._known: dict[str, click.Command | Late] = dict(COMMANDS)

    def __getitem__(self, name: str) -> click.Command:
        known = self._known[name]
        if not isinstance(known, Late):
            return known
        command: click.Command = getattr(import_module(known.module), known.name)
        self._known[name] = command
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Program(click.Group):
    """The subcommands; a first argument that is none of them is the PATH to open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commands: Commands = Commands()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the default command in front of a PATH, or of nothing at all."""
        own_options = {"--version", *self.get_help_option_names(ctx)}
        asked_at_the_start = ctx.resilient_parsing and not args
        if not asked_at_the_start and not (args and (args[0] in self.commands or args[0] in own_options)):
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The subcommands in the order in which they are mostly needed."""
        return list(self.commands)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The page that `--help` by itself shows too, for which none of this has to be loaded."""
        formatter.write(usage.page(formatter.width))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Subcommands, and files where nothing of them fits."""
        from click.shell_completion import CompletionItem

        fitting = [(name, line) for name, line in usage.listed() if name.startswith(incomplete)]
        return [
            CompletionItem(incomplete, type="file"),
            *(CompletionItem(name, help=line) for name, line in fitting),
            *click.Command.shell_complete(self, ctx, incomplete),
        ]


@click.group(
    cls=Program, help=usage.ABOUT,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": usage.WIDEST},
)  # fmt: skip
@click.version_option(VERSION, message="%(prog)s %(version)s")
def program() -> None:
    """All of the command line."""


def run(arguments: Sequence[str], services: object = None) -> int:
    """Carry out a command line; returns the exit code. `services` replaces this machine's (see `tui.workspace`)."""
    return carried_out(lambda: _run(arguments, services))


def _run(arguments: Sequence[str], services: object) -> int:
    if VARIABLE in os.environ:
        program.main(list(arguments), prog_name=NAME, complete_var=VARIABLE)
    try:
        with program.make_context(NAME, list(arguments), obj=services) as context:
            code = program.invoke(context)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.Abort:
        return EXIT_SIGNAL + signal.SIGINT
    except click.ClickException as error:
        called = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else NAME
        console.fail(error.format_message().rstrip("."), hint=f"{called} --help says what there is.")
        return EXIT_USAGE
    return code if isinstance(code, int) else 0
