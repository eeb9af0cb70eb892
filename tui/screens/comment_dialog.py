"""Writing a comment: what it is on, the words it is about, and room for as many lines as it takes."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from schemas.text import clean_line
from tui.screens.dialogs import Confirm, Dialog, Result
from tui.widgets.prose_editor import ProseEditor

SENDS = "ctrl+s,f2,alt+enter,ctrl+enter"
"""Keys that send a text of several lines, in which Enter begins a new one. Each terminal has one of them at least."""


class Writing(Dialog[Result]):
    """A dialog in which several lines are written. Escape asks only where something would be lost."""

    DEFAULT_CSS = """
    Writing ProseEditor { height: 7; min-height: 3; background: $surface; &:focus { background: $surface; } }
    Writing .about { height: auto; max-height: 6; color: $secondary; margin: 0 0 1 0; }
    Writing .hint { margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(SENDS, "send", show=False),
        Binding("escape", "leave", show=False),
    ]
    _before = ""

    @property
    def written(self) -> str:
        """What stands there now, without empty lines around it."""
        return self.query_one(ProseEditor).text.strip()

    def action_send(self) -> None:
        """Take what was written."""
        raise NotImplementedError

    async def on_key(self, event: events.Key) -> None:
        """Keys that came before the text was there to take them are given to it."""
        # A letter with Alt comes with the letter, which is not meant to be written.
        if self.focused is None and event.is_printable and event.character and not event.key.startswith("alt+"):
            for editor in self.query(ProseEditor):
                event.stop()
                editor.insert(event.character)

    def action_leave(self) -> None:
        """Close without sending; asks if something was written."""
        if not self.written or self.written == self._before:
            self.dismiss(None)
            return

        def answered(answer: str | None) -> None:
            if answer == "away":
                self.dismiss(None)
            elif answer == "send":
                self.action_send()

        kept = [("w", "Go on writing", "write"), ("s", "Send it", "send"), ("t", "Throw it away", "away")]
        self.app.push_screen(Confirm("Not sent yet", self.written[:400], kept), answered)


class CommentDialog(Writing[str]):
    """Gives the words of a comment, or None. `answering` is what is answered, `quote` what a new comment is about."""

    def __init__(self, title: str, *, quote: str = "", answering: str = "", text: str = "", hint: str = "") -> None:
        """`title` says what is written and on what; `text` is there to begin with."""
        super().__init__()
        self._title, self._quote, self._answering, self._hint = title, quote, answering, hint
        self._text = text
        self._before = text.strip()

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(f" {clean_line(self._title)} ")
            box.border_subtitle = "^S sends · Esc leaves"
            if self._quote:
                yield Static(Content(f"“{self._quote.strip()}”"), classes="about", markup=False)
            if self._answering:
                yield Static(Content(self._answering.strip()), classes="about", markup=False)
            yield ProseEditor(commit=self._written)
            yield Static(Content(self._hint), classes="hint", markup=False)

    def on_mount(self) -> None:
        """The cursor is behind what is there."""
        editor = self.query_one(ProseEditor)
        editor.show(self._text, fresh=True)
        editor.move_cursor(editor.document.end)
        self.set_focus(editor)
        self.query_one(".hint", Static).display = bool(self._hint)

    def _written(self, text: str) -> None:
        if text.strip():
            self._tell(self._hint, wrong=False)

    def action_send(self) -> None:
        """Take the words; an empty comment says nothing."""
        if self.written:
            self.dismiss(self.written)
        else:
            self._tell("✗ write something first; Esc leaves", wrong=True)

    def _tell(self, text: str, *, wrong: bool) -> None:
        below = self.query_one(".hint", Static)
        if below.has_class("wrong") != wrong or wrong:
            below.update(Content(text))
            below.set_class(wrong, "wrong")
            below.display = bool(text)
