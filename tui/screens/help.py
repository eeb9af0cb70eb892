"""Every command with its keys, made from the registry and searchable; Enter runs the command."""

from __future__ import annotations

from tui.screens.picker import Choice, Picker
from tui.workspace.commands import COMMANDS, SCOPES, Command, key_text


def command_choices(commands: tuple[Command, ...] = COMMANDS) -> list[Choice]:
    """Commands under the headings of their scopes."""
    choices: list[Choice] = []
    for scope, heading in SCOPES.items():
        members = [command for command in commands if command.scope == scope]
        if members:
            choices.append(Choice("", heading, heading=True))
            choices += [
                Choice(command.id, command.title, " ".join(key_text(key) for key in command.keys), command.help)
                for command in members
            ]
    return choices


class Help(Picker):
    """The help: type to search, Enter runs what is selected where it applies."""

    def __init__(self) -> None:
        super().__init__("Keys and commands", command_choices())
