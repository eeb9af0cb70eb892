"""Lines of text that repaint only when what they say has changed: the head and the foot of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.roles import ROLES, painted
from tui.widgets.rows import Span, fit


class Lines(Widget):
    """A few lines, each with text at the left and text at the right that is kept before the left is."""

    DEFAULT_CSS = """
    Lines {
        height: auto;
        background: $background;
        color: $foreground;
    }
    """

    class Pressed(Message):
        """A span with a tag was clicked."""

        def __init__(self, tag: str) -> None:
            super().__init__()
            self.tag = tag

    def __init__(self, *, height: int = 1, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[tuple[Sequence[Span], Sequence[Span]]] = [((), ())] * height
        self._tags: dict[int, list[tuple[int, int, str]]] = {}

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines."""
        return len(self._lines)

    def show_line(self, y: int, left: Sequence[Span], right: Sequence[Span] = (), tags: Sequence[str] = ()) -> None:
        """Say something else in one line. `tags` names the right spans, in order, for the mouse."""
        if self._lines[y] != (left, right):
            self._lines[y] = (left, right)
            self._tags[y] = []
            if tags:
                at = -sum(cell_len(text) for text, _ in right) - 1
                for (text, _), tag in zip(right, tags, strict=True):
                    self._tags[y].append((at, at + cell_len(text), tag))
                    at += cell_len(text)
            self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line: left text cut where the right one begins."""
        width = self.size.width
        base = self.rich_style
        left, right = self._lines[y] if y < len(self._lines) else ((), ())
        right_width = sum(cell_len(text) for text, _ in right)
        room = max(0, width - right_width - 1 - (2 if right else 0))
        segments = [Segment(" ", base)]
        used = 0
        for text, role in left:
            shown = text if used + cell_len(text) <= room else fit(text, room - used)
            segments.append(Segment(shown, base + self._role(role)))
            used += cell_len(shown)
            if used >= room:
                break
        segments.append(Segment(" " * (width - right_width - 1 - used), base))
        segments += [Segment(text, base + self._role(role)) for text, role in right]
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Tell which tagged span was clicked."""
        for start, end, tag in self._tags.get(event.y, ()):
            if tag and start <= event.x - self.size.width < end:
                event.stop()
                self.post_message(self.Pressed(tag))

    def _role(self, name: str) -> Style:
        return painted(self.app, ROLES[name])
