"""Screens that come up in one go.

Textual 8.2.8 gives every widget of a new screen its styles up to three times (as it is mounted, as the screen comes up,
and as the classes for its size are set) and lays the screen out twice at the same size. Nothing changes in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size
from textual.widget import Widget

if TYPE_CHECKING:
    _Mixin = Widget
else:
    # Textual looks for the styles of a widget in its first base that is a widget.
    _Mixin = object


class Fresh(_Mixin):
    """A mixin for screens, to stand before the class of the screen: styles and places are worked out once."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None
    _layout_required: bool
    _came_up = False

    async def _on_compose(self, event: events.Compose) -> None:
        # Before there is anything on the screen that would get its styles again because of it.
        for breakpoints, cells in (
            (self.HORIZONTAL_BREAKPOINTS, self.app.size.width),
            (self.VERTICAL_BREAKPOINTS, self.app.size.height),
        ):
            reached = [name for least, name in sorted(breakpoints or ()) if cells >= least]
            self.add_class(*reached[-1:])

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        if not self._came_up:
            self._came_up = True
            event.refresh_styles = False

    def _screen_resized(self, size: Size) -> None:
        if size != self.outer_size or self._layout_required:
            super()._screen_resized(size)  # type: ignore[misc]

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        super()._refresh_layout(size, scroll)  # type: ignore[misc]
        if not scroll:
            self._layout_required = False
