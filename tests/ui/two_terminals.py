"""The app on two terminals at once: one gets all that Textual sends, the other what differs."""

from __future__ import annotations

from pathlib import Path

import pyte
from rich.color import ColorSystem
from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.screen import Screen

from tui.app import PostmortemApp
from tui.terminal.screen_diff import SentScreen, pieces_of
from tui.workspace.services import Services


class TwiceShownApp(PostmortemApp):
    """Counts the bytes of both ways; `differences` names the first cell of each update that is not the same."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, Services.fake())
        self.plain_bytes = self.sent_bytes = self.updates = 0
        self.differences: list[str] = []
        self._plain = pyte.Screen(1, 1)
        self._sparing = pyte.Screen(1, 1)
        self._shown = SentScreen()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            self._show(renderable)
        super()._display(screen, renderable)

    def _show(self, update: LayoutUpdate | ChopsUpdate) -> None:
        width, height = self.size
        if (self._plain.columns, self._plain.lines) != (width, height):
            self._plain, self._sparing = pyte.Screen(width, height), pyte.Screen(width, height)
            self._shown.forget()
        for each in (self._plain, self._sparing):
            # Textual turns wrapping off, and begins wherever the cursor was left.
            each.reset_mode(7, private=True)
        said = self._shown.changes(
            pieces_of(update), (width, height), self.console._color_system or ColorSystem.TRUECOLOR
        )
        plain = update.render_segments(self.console)
        self.updates += 1
        self.plain_bytes += len(plain.encode())
        self.sent_bytes += len(said.encode())
        pyte.Stream(self._plain).feed(plain)
        pyte.Stream(self._sparing).feed(said)
        touched = self._plain.dirty | self._sparing.dirty
        self._plain.dirty.clear()
        self._sparing.dirty.clear()
        for y in sorted(touched):
            for x in range(width):
                if look(self._plain.buffer[y][x]) != look(self._sparing.buffer[y][x]):
                    self.differences.append(
                        f"update {self.updates}, row {y}, column {x}: "
                        f"{self._plain.buffer[y][x]} is {self._sparing.buffer[y][x]}"
                    )
                    return


def look(cell: pyte.screens.Char) -> pyte.screens.Char:
    """A cell as it is seen: what colour a letter would have does not show on a blank, nor whether it would be bold."""
    if cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse or cell.blink):
        return cell._replace(fg="", bold=False, italics=False)
    return cell
