"""Letting go of what closed screens have drawn.

Textual 8.2.8 remembers with `lru_cache` on a method what the background of a widget is, and with it the last 1,024
caches of drawn lines, also of widgets that are long gone: about half a megabyte for each dialog that was opened.
"""

from __future__ import annotations

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(256)
def _backgrounds(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def _inner_and_outer(_cache: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
    return _backgrounds(base_background, background)


def let_go_of_drawn_lines() -> None:
    """Have backgrounds remembered by their colours only. For once at the start of an app."""
    StylesCache.get_inner_outer = _inner_and_outer  # type: ignore[assignment,method-assign]
