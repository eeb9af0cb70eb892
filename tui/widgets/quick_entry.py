"""One line that becomes an event, and below it what it will become."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.widgets.own_keys import OwnKeys

Describe = Callable[[str], tuple[str, bool]]
"""Takes what was typed; returns what it will become, and whether it can be added."""
Add = Callable[[str], bool]
"""Takes a line and adds it as an event; returns whether it could."""


class QuickEntry(Vertical):
    """The quick entry line. It posts `Pasted` with several lines and `Left` when it is done.

    A line is added by calling `add` while its Enter is being handled, not by a message: on a slow machine the keys of
    the next line are already waiting, and they must find the line empty and still there.
    """

    DEFAULT_CSS = """
    QuickEntry {
        height: 4;
        border-top: solid $panel;
        background: $background;
        display: none;
        &.-open { display: block; }
        Input {
            border: none; height: 1; padding: 0 1; background: $primary-muted; color: $foreground;
            &:focus { border: none; }
            .input--cursor { background: $foreground; color: $background; }
            .input--placeholder { color: $secondary; }
        }
        Static { height: 2; padding: 0 1; color: $secondary; }
        Static.-wrong { color: $error; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    class Pasted(Message):
        """Several lines to be looked at."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The person is done with it."""

    def __init__(self, *, describe: Describe, add: Add, id: str | None = None) -> None:
        super().__init__(id=id)
        self._describe = describe
        self._add = add

    def compose(self) -> ComposeResult:
        """The line and what it becomes."""
        line = _EntryLine(placeholder="14:05 what happened  ·  +15m  ~14:05  !detected @who", select_on_focus=False)
        line.cursor_blink = False
        yield line
        yield Static("", markup=False)

    def open(self) -> None:
        """Show the line and put the cursor into it."""
        self.add_class("-open")
        # At once, not when the loop comes round: keys typed right behind the command belong to the line.
        self.screen.set_focus(self.query_one(Input))
        self.preview()

    def close(self) -> None:
        """Put the line away."""
        self.remove_class("-open")

    @property
    def is_open(self) -> bool:
        """Whether the line is shown."""
        return self.has_class("-open")

    @property
    def text(self) -> str:
        """What is typed so far."""
        return self.query_one(Input).value

    def clear(self) -> None:
        """Make room for the next event."""
        self.query_one(Input).value = ""
        self.preview()

    def preview(self) -> None:
        """Say what the line will become."""
        text, good = self._describe(self.text) if self.text.strip() else ("Enter adds it · Esc closes", True)
        below = self.query_one(Static)
        below.update(Content(text), layout=False)
        below.set_class(not good, "-wrong")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the preview true."""
        event.stop()
        self.preview()

    def enter(self) -> None:
        """Add the line and make room for the next; an empty one closes."""
        if not self.text.strip():
            self.post_message(self.Left())
        elif self._add(self.text):
            self.clear()

    def action_leave(self) -> None:
        """Close; what was typed stays for the next time."""
        self.post_message(self.Left())


class _EntryLine(OwnKeys, Input):
    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        # As a binding, Enter would act after the keys that were typed behind it.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            entry = self.parent
            assert isinstance(entry, QuickEntry)
            entry.enter()

    def _on_paste(self, event: events.Paste) -> None:
        lines = [line for line in event.text.splitlines() if line.strip()]
        if len(lines) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(QuickEntry.Pasted(event.text))
            return
        event.stop()
        event.prevent_default()
        from schemas.text import clean_line

        self.replace(clean_line(lines[0]) if lines else "", *self.selection)
