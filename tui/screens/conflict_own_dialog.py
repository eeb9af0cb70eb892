"""Words or a value of one's own for a conflict: a line for a value, an editor for text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from schemas.field_values import FieldError
from schemas.merge_conflict import Choice, Conflict, Own
from schemas.text import clean_line
from tui.screens.comment_dialog import Writing
from tui.screens.dialogs import Ask
from tui.widgets.prose_editor import ProseEditor
from tui.workspace.conflict_own import OwnValue, is_text
from tui.workspace.conflict_words import ConflictWords


def ask_own(
    app: App[Any], words: ConflictWords, conflict: Conflict, reader: OwnValue, chosen: Choice | None,
    take: Callable[[Own], None],
) -> None:  # fmt: skip
    """Ask for something of one's own, with what was `chosen` so far to begin with, and `take` what comes of it.

    The dialog is there when this returns, so that what is typed right behind the key goes into it.
    """
    place = words.place(conflict).words
    if is_text(conflict):
        dialog = OwnWords(place, reader.text(chosen if chosen is not None else "both"))
        app.push_screen(dialog, lambda written: None if written is None else take(reader.read(written)))
        return
    found: list[Own] = []

    def check(text: str) -> str:
        try:
            found[:] = [reader.read(text)]
        except FieldError as error:
            return str(error)
        return ""

    told = zip(("ours", "theirs"), words.labels, strict=True)
    sides = "\n".join(f"{label}: {clean_line(words.side(conflict, side)) or '(nothing)'}" for side, label in told)
    begin = reader.text(chosen if chosen is not None else "ours")
    line = Ask(place, detail=sides, value=begin, hint=reader.help or "Enter takes it · Esc leaves", check=check)
    app.push_screen(line, lambda answer: None if answer is None else take(found[0]))


class OwnWords(Writing[str]):
    """An editor for a passage; gives what was written, which may be nothing, or None."""

    DEFAULT_CSS = """
    OwnWords > Vertical { width: 100; }
    OwnWords ProseEditor { height: 12; min-height: 3; }
    """

    def __init__(self, place: str, text: str) -> None:
        super().__init__()
        self._place = place
        self._before = text.strip()
        self._text = text

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(f" {clean_line(self._place)} ")
            box.border_subtitle = "^S takes it · Esc leaves"
            yield ProseEditor(commit=lambda _: None)
            yield Static(Content("Make one text of the two."), classes="hint", markup=False)

    def on_mount(self) -> None:
        """The cursor is at the start: what is there is read first."""
        editor = self.query_one(ProseEditor)
        editor.show(self._text, fresh=True)
        self.set_focus(editor)

    def action_send(self) -> None:
        """Take what stands there."""
        self.dismiss(self.written)
