"""The subcommands by name: what each is for, and where it is once somebody calls it.

Loading all of them takes longer than most of them take to do their work, so each is loaded when it is asked for.
"""

from __future__ import annotations

from typing import Final, NamedTuple

NAME: Final = "postmortem"

VARIABLE: Final = "_POSTMORTEM_COMPLETE"
"""The environment variable by which the shell's script asks for completions."""

GARBAGE_AFTER: Final = 100_000
"""How many new objects there have to be before a command without a screen looks for garbage among them."""


class Late(NamedTuple):
    """A subcommand that is not loaded: the module and the name it has there, and its line in the list of commands.
    With `screen` it may open one, and so last for hours."""

    module: str
    name: str
    short_help: str
    hidden: bool = False
    screen: bool = False


COMMANDS: Final[dict[str, Late]] = {
    "new": Late("tui.cli.new", "new", "Make a file for a new incident.", screen=True),
    "check": Late("tui.cli.check", "check", "Look for faults in incidents."),
    "show": Late("tui.cli.show", "show", "Print a timeline and its metrics."),
    "review": Late("tui.cli.review", "review", "Read and comment on screen; take reviews in.", screen=True),
    "diff": Late("tui.cli.diff", "diff", "Tell what changed between two versions."),
    "export": Late("tui.cli.export", "export", "Write incidents as Markdown."),
    "import": Late("tui.cli.import_", "import_command", "Make incidents of documents."),
    "schema": Late("tui.cli.schema", "schema", "Print the JSON Schema of the TOML file."),
    "completion": Late("tui.cli.completion", "completion", "Print the completion script of a shell."),
    "git-setup": Late("tui.cli.git_setup", "git_setup", "Have git merge and show incidents event by event."),
    "merge-driver": Late("tui.cli.merge_driver", "merge_driver", "Merge an incident for git (see git-setup)."),
    "open": Late("tui.cli.open", "open_command", "", hidden=True, screen=True),
}
"""All of them, in the order in which they are mostly needed."""
