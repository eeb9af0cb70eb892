"""A layout that settles what it changes.

Textual 8.2.8 lays everything out once more whenever a layout gave a widget another size, since the size of what is in
the widget is then another one too; nothing depends on that but its scrollbars, which ask for a layout themselves when
they come or go. And it notes to paint a widget whose size changed as large as it was before, for the next time: all of
it is painted with the layout, and the edge of the old size may run through the middle of a wide character.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget

_widget_resized: Final = Widget._size_updated
_view_resized: Final = ScrollView._size_updated


def lay_out_once() -> None:
    """Have it do so from now on. For once at the start of an app."""
    Widget._size_updated = _size_updated  # type: ignore[method-assign]
    ScrollView._size_updated = _view_size_updated  # type: ignore[method-assign]


def _size_updated(self: Widget, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
    del layout
    return _settled(self, lambda: _widget_resized(self, size, virtual_size, container_size, layout=False))


def _view_size_updated(
    self: ScrollView, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
) -> bool:
    del layout
    return _settled(self, lambda: _view_resized(self, size, virtual_size, container_size, layout=False))


def _settled(widget: Widget, resize: Callable[[], bool]) -> bool:
    before = widget._size
    told = resize()
    if widget._size != before:
        widget._repaint_regions.clear()
    return told
