"""A text to read through, as it is, line by line: however long it is, only what is visible costs anything."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.text import clean_line
from tui.widgets.rows import Rows, Span
from tui.widgets.wrapped import wrapped


class PlainText(Rows):
    """Lines of text, broken to the width. The cursor goes from line to line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""
        self._broken: list[str] = []
        self._width = 0

    def show(self, text: str) -> None:
        """Show a text from its beginning."""
        if text != self._text:
            self._text = text
            self._break(0)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """One line."""
        return ((f" {self._broken[index]}", "text"),)

    def on_resize(self) -> None:
        """Lines are broken elsewhere at another width."""
        if self._text and self.scrollable_content_region.width != self._width:
            self._break(self.index)
        super().on_resize()

    def _break(self, at: int) -> None:
        self._width = self.scrollable_content_region.width
        room = (self._width or 80) - 2
        lines = (line.expandtabs(4) for line in self._text.split("\n"))
        self._broken = [part for line in lines for part in wrapped(clean_line(line) if line.strip() else "", room)]
        self.rows_changed(len(self._broken), at)
        self.refresh()
