"""An app that sends a terminal what differs from what it shows, and nothing else."""

from __future__ import annotations

import os
from typing import Final

from rich.color import ColorSystem
from rich.console import RenderableType
from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.screen import Screen

from tui.terminal.ordered_keys import OrderedKeys
from tui.terminal.pen import fills_erased
from tui.terminal.screen_diff import SentScreen, pieces_of

_TINY: Final = 512
"""Characters that a terminal takes in at once: brackets that keep it from painting halves would only be longer."""


class SparingApp(OrderedKeys, inherit_bindings=False):
    """Remembers what was sent. With `sends_all` every update goes out whole, as Textual makes it."""

    sends_all = False

    def __init__(self) -> None:
        super().__init__()
        self._sent_screen = SentScreen(fills=fills_erased(os.environ))
        self._sent_pointer = "default"

    def forget_screen(self) -> None:
        """What the terminal shows is not known any more; the next update of a place is sent whole."""
        self._sent_screen.forget()

    async def on_event(self, event: events.Event) -> None:
        """At another size a terminal shows what it likes until everything is sent again."""
        if isinstance(event, events.Resize):
            self.forget_screen()
        await super().on_event(event)

    def _set_pointer_shape(self, shape: str) -> None:
        """Where Textual tells the shape of the mouse pointer, with every new screen."""
        if shape != self._sent_pointer:
            self._sent_pointer = shape
            super()._set_pointer_shape(shape)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Where Textual brings each update."""
        if self.sends_all or not isinstance(renderable, LayoutUpdate | ChopsUpdate) or self.is_inline:
            if renderable is not None:
                self.forget_screen()
            super()._display(screen, renderable)
            return
        try:
            if self._running and not (self._closed or self._batch_count or self.is_headless):
                self._send(renderable)
        finally:
            self.post_display_hook()

    def _send(self, update: LayoutUpdate | ChopsUpdate) -> None:
        driver = self._driver
        if driver is None:
            return
        colours = self.console._color_system or ColorSystem.TRUECOLOR
        said = self._sent_screen.changes(pieces_of(update), self.size, colours)
        cursor = self._previous_cursor_position = self.screen.outer_size.clamp_offset(self.cursor_position)
        said += self._sent_screen.cursor(cursor.x, cursor.y)
        if said:
            driver.write(f"{SYNC_START}{said}{SYNC_END}" if self._sync_available and len(said) > _TINY else said)
            driver.flush()
