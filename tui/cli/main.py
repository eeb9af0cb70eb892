"""The command line: its subcommands, what it does with a plain PATH, and how failures are told."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import Final

import click
from click.shell_completion import CompletionItem

from schemas.text import clean_prose
from schemas.version import VERSION
from tui.cli import console
from tui.cli.check import check
from tui.cli.completion import VARIABLE, completion
from tui.cli.diff import diff
from tui.cli.export import export
from tui.cli.git_setup import git_setup
from tui.cli.import_ import import_command
from tui.cli.merge_driver import merge_driver
from tui.cli.new import new
from tui.cli.open import open_command
from tui.cli.review import review
from tui.cli.schema import schema
from tui.cli.show import show
from tui.workspace.crashes import DEBUG, Crashed, told, write_report
from tui.workspace.errors import EXIT_CRASH, EXIT_FILE, EXIT_SIGNAL, EXIT_USAGE, UserError

NAME: Final = "postmortem"


class Program(click.Group):
    """The subcommands; a first argument that is none of them is the PATH to open."""

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

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Subcommands, and files where nothing of them fits."""
        return [CompletionItem(incomplete, type="file"), *super().shell_complete(ctx, incomplete)]


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="[PATH] | COMMAND …",
    epilog="Exit codes: 0 fine, 1 findings, 2 usage or settings, 3 a file cannot be read or written, 4 a file was "
    "changed by somebody else, 70 a fault of the program. A file that is called like a command is ./check.",
)
@click.version_option(VERSION, message="%(prog)s %(version)s")
def program() -> None:
    """Write incident postmortems in the terminal, and check the story against its own clock.

    With a PATH (or nothing, for this folder) a library or one incident is opened on screen; --no-mouse leaves the mouse
    to the terminal. The commands below work without a screen.
    """


for _command in (
    new, check, show, review, diff, export, import_command, schema, completion, git_setup, merge_driver, open_command,
):  # fmt: skip
    program.add_command(_command)


def run(arguments: Sequence[str], services: object = None) -> int:
    """Carry out a command line; returns the exit code. `services` replaces this machine's (see `tui.workspace`)."""
    console.prepare()
    try:
        code = _run(arguments, services)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_the_rest()
        return EXIT_SIGNAL + signal.SIGPIPE
    except OSError as error:
        _drop_the_rest()
        with contextlib.suppress(OSError):
            console.fail(f"{error.filename or 'the output'}: {error.strerror or error}")
        return EXIT_FILE
    except KeyboardInterrupt:
        return EXIT_SIGNAL + signal.SIGINT
    return code


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
    except UserError as error:
        console.fail(error.title, error.detail, error.hint)
        return error.exit_code
    except OSError:
        raise
    except Crashed as crash:
        _tell_crash(crash)
        return EXIT_CRASH
    except Exception as error:
        _tell_crash(Crashed(error, write_report(error)))
        return EXIT_CRASH
    return code if isinstance(code, int) else 0


def _tell_crash(crash: Crashed) -> None:
    for line in told(crash):
        console.say(line)
    if os.environ.get(DEBUG):
        import traceback

        sys.stderr.write(clean_prose("".join(traceback.format_exception(crash.error))))


def _drop_the_rest() -> None:
    """What is left of the output goes nowhere, or Python would complain about it while it shuts down."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
