"""Differences between two versions on screen: under the parts of the incident, changed words with signs around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Final

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.geometry import Region

from schemas.difference import Difference
from schemas.word_changes import Piece
from tui.widgets.roles import Paint
from tui.widgets.rows import Rows, Span
from tui.widgets.wrapped import wrapped_spans

_SIGNS: Final[dict[str, Span]] = {
    "added": ("+", "good"), "removed": ("-", "error"), "changed": ("~", "accent"), "moved": ("→", "accent"),
}  # fmt: skip
_AROUND: Final = 60
"""Characters of unchanged text that are shown on each side of a change."""


def word_spans(pieces: Sequence[Piece], around: int = _AROUND) -> list[Span]:
    """A text with `[-what went-]` and `{+what came+}`; of what stayed only what stands around a change."""
    spans: list[Span] = []
    for at, piece in enumerate(pieces):
        if piece.kind == "gone":
            spans.append((f"[-{piece.text}-]", "gone"))
        elif piece.kind == "new":
            spans.append((f"{{+{piece.text}+}}", "new"))
        else:
            spans.append((_shortened(piece.text, around, first=at == 0, last=at == len(pieces) - 1), "text"))
    return spans


def _shortened(text: str, around: int, *, first: bool, last: bool) -> str:
    head, tail = (0 if first else around), (0 if last else around)
    if len(text) <= head + tail + 12:
        return text
    # Cut at spaces, so that words stay whole.
    left = text[:head].rpartition(" ")[0] or text[:head] if head else ""
    right = text[len(text) - tail :].partition(" ")[2] or text[len(text) - tail :] if tail else ""
    return f"{left.rstrip()}{' ' if left else ''}…{' ' if right else ''}{right}"


class _Line(Struct, frozen=True):
    spans: Sequence[Span]
    found: Difference | None = None
    head: bool = False


class ChangesView(Rows):
    """Differences one below the other. The cursor goes from one to the next; Enter chooses its place."""

    roles: ClassVar[Mapping[str, Paint]] = {
        **Rows.roles, "gone": Paint("error", attributes="strike"), "new": Paint("success", attributes="underline"),
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", show=False)]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: tuple[Difference, ...] = ()
        self._lines: list[_Line] = []
        self._width = 0
        self._empty = ""

    def show(self, found: Iterable[Difference], *, empty: str = "") -> None:
        """Show differences in this order; `empty` is said where there are none."""
        self._found = tuple(found)
        self._empty = empty
        self._build(0)

    @property
    def difference(self) -> Difference | None:
        """The one under the cursor."""
        return self._lines[self.index].found if 0 <= self.index < len(self._lines) else None

    def selectable(self, index: int) -> bool:
        """The first line of each difference."""
        return 0 <= index < len(self._lines) and self._lines[index].head

    def empty_text(self) -> Sequence[str]:
        """That nothing changed."""
        return (f" {self._empty}",)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """One line."""
        here = "▌" if index == self.index and self._lines[index].head else " "
        return [(here, "accent"), *self._lines[index].spans]

    def on_resize(self) -> None:
        """Lines are broken elsewhere at another width."""
        if self._lines and self._inner_width() != self._width:
            self._build(self.index)
        super().on_resize()

    def show_cursor_row(self) -> None:
        """Scroll so that as much of the difference is visible as fits, with its heading where it has one."""
        last = self.index
        while last + 1 < len(self._lines) and self._lines[last + 1].found and not self._lines[last + 1].head:
            last += 1
        first = self.index
        while first and self._lines[first - 1].found is None:
            first -= 1
        height = max(1, self.scrollable_content_region.height)
        if last - first + 1 > height:
            first, last = self.index, min(last, self.index + height - 1)
        self.scroll_to_region(Region(0, first, 1, last - first + 1), animate=False, force=True, immediate=True)

    def _inner_width(self) -> int:
        return self.scrollable_content_region.width or self.size.width

    def _build(self, at: int) -> None:
        here = self.difference
        self._width = self._inner_width()
        self._lines = _laid_out(self._found, (self._width or 80) - 1)
        same = next((i for i, line in enumerate(self._lines) if line.head and line.found is here), at) if here else at
        self.rows_changed(len(self._lines), same)
        self.refresh()


def _laid_out(differences: Sequence[Difference], width: int) -> list[_Line]:
    lines: list[_Line] = []
    part = None
    for found in differences:
        if found.part != part:
            part = found.part
            lines += [_Line(())] if lines else []
            lines.append(_Line(((part, "strong"),)))
        glyph, role = _SIGNS[found.kind]
        for at, line in enumerate(wrapped_spans([(found.sentence, "text")], width - 3)):
            lines.append(_Line([(f"{glyph} " if not at else "  ", role), *line], found, head=not at))
        if told := _told(found):
            lines += [_Line([("    ", "text"), *line], found) for line in wrapped_spans(told, width - 5)]
    return lines


def _told(found: Difference) -> list[Span]:
    """What is told below the sentence: the words that changed, or the whole item that came or went."""
    if found.prose and found.before.strip() and found.after.strip() and not found.only_spacing:
        return word_spans(found.words)
    if found.prose or not found.field:
        gone, new = found.before.strip(), found.after.strip()
        return [*([(f"[-{gone}-]", "gone")] if gone else []), *([(f"{{+{new}+}}", "new")] if new else [])]
    return []
