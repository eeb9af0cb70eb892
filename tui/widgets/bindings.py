"""Key bindings made from the command registry, each with its command's id so that keymaps can name it."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.workspace.commands import of_scope


def bindings(scope: str) -> list[BindingType]:
    """The bindings of one scope."""
    return [
        Binding(
            ",".join(command.keys), command.action, command.title, show=False, id=command.id, priority=command.opens
        )
        for command in of_scope(scope)
        if command.keys
    ]
