"""Every command with its keys, made from the registry and searchable; Enter runs the command."""

from __future__ import annotations

from tui.screens.picker import Choice, Picker
from tui.workspace.commands import COMMANDS, SCOPES, Command, key_text


def command_choices(commands: tuple[Command, ...] = COMMANDS, here: str = "") -> list[Choice]:
    """Commands under the headings of their scopes: those for everywhere, those of the scope `here`, the others."""
    choices: list[Choice] = []
    for scope, heading in sorted(SCOPES.items(), key=lambda each: (each[0] != "app", each[0] != here)):
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

    def __init__(self, here: str = "") -> None:
        """`here` is the scope of the screen that it is asked for on."""
        super().__init__("Keys and commands", command_choices(here=here))
