"""How large what a list or a text holds is, told without laying the screen out."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


def set_content_size(view: ScrollView, size: Size) -> None:
    """What a view holds has another size: its scrollbar follows.

    Textual 8.2.8 lays the whole screen out for that, which is needed only where the view is as large as what it holds;
    a scrollbar that comes or goes asks for it by itself. What is to be drawn anew the caller knows.
    """
    if size == view.virtual_size:
        return
    if view.styles.auto_dimensions:
        view.virtual_size = size
    else:
        view.set_reactive(ScrollView.virtual_size, size)
        view._scroll_update(size)
