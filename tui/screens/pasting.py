"""Windows to paste or type a longer text into, out of which something is made: nothing typed is lost without asking."""

from __future__ import annotations

from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.screens.dialogs import Confirm, Dialog, Result
from tui.widgets.prose_editor import ProseEditor
from tui.workspace.import_view import counted

TAKES = "ctrl+s,f2,alt+enter"
"""Keys that take the text; Enter begins a new line in it."""


class Pasting(Dialog[Result]):
    """A window over most of the screen with a text to write in. Escape asks before words go."""

    DEFAULT_CSS = """
    Pasting > Vertical { width: 110; height: 90%; }
    Pasting ProseEditor { height: 1fr; min-height: 3; }
    Pasting .foot { height: auto; color: $secondary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(TAKES, "take", show=False),
        Binding("escape", "leave", show=False),
    ]
    heading = "Paste"
    taking = "Use it"
    """What taking the text is called where it is asked whether it is to be thrown away."""

    def __init__(self, text: str = "") -> None:
        """`text` is there to begin with."""
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(f" {self.heading} ")
            yield ProseEditor(commit=self._typed)
            yield from self.below()
            yield Static("", classes="foot", markup=False)

    def below(self) -> list[Widget]:
        """What stands between the text and the last line."""
        return []

    def on_mount(self) -> None:
        """The cursor in the text."""
        editor = self.query_one(ProseEditor)
        editor.show(self.text, fresh=True)
        self.set_focus(editor)
        self.read()

    def _typed(self, text: str) -> None:
        self.text = text
        self.read()

    def read(self) -> None:
        """Say what would come of the text as it is now."""

    def tell(self, words: str) -> None:
        """Say something in the last line."""
        self.query_one(".foot", Static).update(Content(words))

    def action_take(self) -> None:
        """Take the text."""
        raise NotImplementedError

    async def on_key(self, event: events.Key) -> None:
        """Keys that came before the text was there to take them are given to it."""
        # A letter with Alt comes with the letter, which is not meant to be written.
        if self.focused is None and event.is_printable and event.character and not event.key.startswith("alt+"):
            for editor in self.query(ProseEditor):
                event.stop()
                editor.insert(event.character)

    @work(exclusive=True, group="leaving")
    async def action_leave(self) -> None:
        """Close and take nothing; asks if there are words."""
        if await self.may_leave():
            self.dismiss(None)

    async def may_leave(self) -> bool:
        """Whether the words may go; asks where there are any. The answer may be to take them instead."""
        if not self.text.strip():
            return True
        answer = await self.app.push_screen_wait(
            Confirm(
                "Throw the text away?",
                f"{counted(self.text.strip().count(chr(10)) + 1, 'line')} that nothing was made of yet.",
                [("c", "Stay here", "stay"), ("u", self.taking, "take"), ("t", "Throw it away", "away")],
            )
        )
        if answer == "take":
            self.action_take()
        return answer == "away"
