"""The timeline beside the event that is being looked at: where in the story it stands, and what is not told yet."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region

from schemas.timeline import Timeline
from tui.widgets.rows import Span
from tui.widgets.step_sheet import joined
from tui.widgets.timeline_view import TimelineView


class StepList(TimelineView, can_focus=False):
    """The events under day headings, for looking and clicking only. Rows behind `horizon` stay empty.

    The list turns its pages: it scrolls when the place leaves it, and then by almost its height, so that most steps
    repaint two lines.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._horizon: int | None = None

    def show_up_to(self, timeline: Timeline, event_id: str | None, last_id: str | None) -> None:
        """Show a timeline with the place at one event, and nothing that comes behind another one (None: all)."""
        self.show(timeline)
        horizon = None if last_id is None else self.row_of(last_id)
        before, self._horizon = self._horizon, horizon
        if before != horizon:
            self._repaint_between(before, horizon)
        if event_id is not None:
            left = self.index
            self.place_at(event_id)
            if abs(self.index - left) > 1:
                # What lies between has become something that was known by now, or that came later.
                self._repaint_between(left, self.index)

    def row_of(self, event_id: str) -> int:
        """The row of an event; the first one if it is not there."""
        at = self._place(event_id)
        return 0 if at is None else self._lines.line_of(at)

    def _repaint_between(self, before: int | None, after: int | None) -> None:
        low = self.row_count if before is None else before
        high = self.row_count if after is None else after
        low, high = min(low, high), max(low, high)
        top = self.scroll_offset.y
        first, last = max(low, top), min(high, top + self.size.height)
        if last >= first:
            self.refresh(Region(0, first - top, self.size.width, last - first + 1))

    def selectable(self, index: int) -> bool:
        """Events that have been reached."""
        return super().selectable(index) and (self._horizon is None or index <= self._horizon)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """A row; what came later than the place is dimmed, what is not told yet is left out."""
        if self._horizon is not None and index > self._horizon:
            return ()
        spans = super().row_spans(index, width)
        return joined(spans if index <= self.index else [(text, "muted") for text, _ in spans])

    def refresh_line(self, y: int) -> None:
        """One row, without the scroll bar beside it."""
        self.refresh(Region(0, y - self.scroll_offset.y, self.scrollable_content_region.width, 1))

    def show_cursor_row(self) -> None:
        """Turn the page if the place is not in sight."""
        height, top = self.size.height, self.scroll_offset.y
        if height <= 0 or top <= self.index < top + height:
            return
        before = self.index - (1 if self.index and not super().selectable(self.index - 1) else 0)
        wanted = before if self.index >= top + height else self.index - height + 2
        self.scroll_to(y=max(0, wanted), animate=False, force=True, immediate=True)

    def empty_text(self) -> Sequence[str]:
        """That there is nothing to step through."""
        return ("", " No events.", " Tab shows the text.")
