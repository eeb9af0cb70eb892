"""A document with the numbers of its lines; what became something is bright, what did not is said to be so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from schemas.readers.blocks import Line
from tui.widgets.linked_rows import LinkedRows, broken
from tui.widgets.rows import Span, fit, fit_right


class SourceLines(LinkedRows):
    """The lines of a document as they stand. Row n is line n + 1."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._doubted: Collection[int] = ()
        self._unplaced: Collection[int] = ()
        self._used: Collection[int] = ()

    def show(
        self, lines: Sequence[Line], *, used: Collection[int], doubted: Collection[int], unplaced: Collection[int]
    ) -> None:
        """Show a document; `used` are lines that became something, `doubted` those to look at."""
        self._used, self._doubted, self._unplaced = used, doubted, unplaced
        if lines is not self._lines:
            at = self.index if len(lines) == len(self._lines) else 0
            self._lines = lines
            self.rows_changed(len(lines), at)
        else:
            self.redraw()

    def heights(self, width: int) -> Iterable[int]:
        """A line of the document takes as many as its words need."""
        room = width - self._gutter
        return (1 if len(line.text) <= room // 2 else len(broken(line.text, room)) for line in self._lines)

    def row_lines(self, index: int, width: int, *, here: bool, linked: bool) -> Sequence[Sequence[Span]]:
        """The number, a mark, and the words."""
        line = self._lines[index]
        number = line.number
        edge = "▌" if here else "▎" if linked else " "
        digits = self._gutter - 4
        if number in self._unplaced:
            mark, role = "!", "warning"
        elif number in self._doubted:
            mark, role = "?", "warning"
        else:
            mark, role = " ", "text"
        words = "text" if number in self._used or number in self._unplaced else "muted"
        pieces = broken(line.text, width - self._gutter)
        made: list[list[Span]] = [
            [
                (edge, "accent"), (fit_right(str(number), digits), "muted"), (" ", "text"), (mark, role), (" ", "text"),
                (pieces[0], words),
            ]
        ]  # fmt: skip
        made += [[(edge, "accent"), (fit("", self._gutter - 1), "text"), (piece, words)] for piece in pieces[1:]]
        return made

    @property
    def _gutter(self) -> int:
        return max(2, len(str(len(self._lines)))) + 4
