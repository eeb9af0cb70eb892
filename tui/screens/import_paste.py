"""A window to paste a document into."""

from __future__ import annotations

from tui.screens.pasting import Pasting
from tui.workspace.import_view import counted
from tui.workspace.pasted import Pasted


class ImportPaste(Pasting[Pasted]):
    """Gives the text, or None."""

    heading = "Paste a document"
    taking = "Read it"

    def read(self) -> None:
        """How much there is to read."""
        lines = self.text.strip().count("\n") + 1
        said = f"^S reads {counted(lines, 'line')}" if self.text.strip() else "A report, notes, a chat, a log"
        self.tell(f"{said} · Esc leaves")

    def action_take(self) -> None:
        """Take the text."""
        if self.text.strip():
            self.dismiss(Pasted(self.text))
        else:
            self.tell("There is nothing to read yet: paste or type it · Esc leaves")
