"""A layout that settles what it changes.

Textual 8.2.8 lays everything out once more whenever a layout gave a widget another size, since the size of what is in
the widget is then another one too; nothing depends on that but its scrollbars, which ask for a layout themselves when
they come or go.
"""

from __future__ import annotations

from typing import Final

from textual.geometry import Size
from textual.widget import Widget

textual_size_updated: Final = Widget._size_updated
"""How Textual itself takes in the size that a layout gave a widget."""


def lay_out_once() -> None:
    """Have it do so from now on. For once at the start of an app."""
    Widget._size_updated = _size_updated  # type: ignore[method-assign]


def _size_updated(self: Widget, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
    del layout
    return textual_size_updated(self, size, virtual_size, container_size, layout=False)
