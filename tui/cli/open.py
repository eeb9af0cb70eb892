"""`postmortem [PATH]`: a library or one incident on screen."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.on_screen import open_on_screen
from tui.cli.parameters import PATH
from tui.workspace.errors import EXIT_FILE, EXIT_USAGE, UserError, shown


@click.command("open", hidden=True)
@click.argument("paths", metavar="[PATH]", type=PATH, nargs=-1)
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.pass_context
def open_command(context: click.Context, paths: tuple[Path, ...], no_mouse: bool) -> int:
    """Open a library (a folder) or one incident (a file) on screen; without a PATH this folder."""
    path = paths[0] if paths else Path()
    if not path.exists() and not path.is_symlink():
        raise _missing(path, context)
    if len(paths) > 1:
        raise UserError(
            "one PATH at a time", f"{len(paths)} were given.", "Name the folder that holds them.", EXIT_USAGE
        )
    return open_on_screen(path, mouse=not no_mouse)


def _missing(path: Path, context: click.Context) -> UserError:
    from difflib import get_close_matches

    name = shown(path)
    root = context.find_root().command
    commands = (
        [each for each, command in root.commands.items() if not command.hidden] if isinstance(root, click.Group) else []
    )
    if near := get_close_matches(name, commands, 1, cutoff=0.7):
        return UserError(
            f"there is no command and no file {name}", "", f"Did you mean `postmortem {near[0]}`?", EXIT_USAGE
        )
    hint = "Check the name; `postmortem new` makes a new incident, `postmortem --help` lists the commands."
    return UserError(f"there is no file or folder {name}", "", hint, EXIT_FILE)
