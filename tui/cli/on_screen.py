"""From the command line to the screen, without anything else of the command line."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from tui.cli.commands import COMMANDS, VARIABLE
from tui.cli.console import is_terminal
from tui.cli.left_out import leave_out_connections
from tui.workspace.errors import EXIT_USAGE, UserError


def plain_path(arguments: Sequence[str]) -> Path | None:
    """The PATH where a command line is nothing else, and there is something: then nothing more has to be understood.

    None where it is anything else; `tui.cli.main` knows all of it, and what to say where nothing is there.
    """
    if VARIABLE in os.environ or len(arguments) > 1:
        return None
    for argument in arguments:
        if argument.startswith("-") or argument in COMMANDS or not os.path.lexists(argument):
            return None
    return Path(*arguments)


def open_on_screen(path: Path, *, mouse: bool = True, start: Literal["", "review"] = "") -> int:
    """Show a folder or file on screen until the person leaves, with `start="review"` to review it; returns the exit
    code.

    Raises:
        UserError: there is no terminal, or the file cannot be read.
    """
    must_be_at_a_terminal()
    # Nearly all that is loaded now stays: to look for garbage in it takes a tenth of the time until the first frame.
    # The collector runs again as soon as everything is there (see `PostmortemApp.say_first`).
    gc.disable()
    try:
        leave_out_connections()
        from tui.app import run_app

        return run_app(path, mouse=mouse, start=start)
    finally:
        gc.enable()


def must_be_at_a_terminal() -> None:
    """Make sure that there is somebody to look at a screen and press keys.

    Raises:
        UserError: there is no terminal.
    """
    if not all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        raise UserError(
            "the screen needs a terminal",
            "Input or output is a file or a pipe.",
            "Without one there are `postmortem show`, `postmortem check` and `postmortem export`.",
            EXIT_USAGE,
        )
    if os.environ.get("TERM") == "dumb":
        raise UserError(
            "this terminal cannot show a screen",
            "TERM is dumb.",
            "If it can, set TERM to what it is, such as TERM=xterm-256color. Without a screen there are "
            "`postmortem show`, `postmortem check` and `postmortem export`.",
            EXIT_USAGE,
        )
