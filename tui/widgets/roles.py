"""The colours of roles, the same everywhere: what a stretch of text means, in the colours of the theme.

Textual would have style sheets for them (component classes), and work all of them out again for each widget whenever
anything about it changes: most of what it cost to open a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from rich.style import Style
from textual.app import App
from textual.color import Color


class Paint(NamedTuple):
    """Colours by their names in the theme, empty where they stay as they are, and attributes as Rich names them."""

    foreground: str = ""
    background: str = ""
    attributes: str = ""


ROLES: Final[Mapping[str, Paint]] = {
    "text": Paint("foreground"),
    "muted": Paint("secondary"),
    "strong": Paint("foreground", attributes="bold"),
    "accent": Paint("accent"),
    "error": Paint("error"),
    "warning": Paint("warning"),
    "good": Paint("success"),
}
"""What every widget that draws spans knows."""

MARKS: Final[Mapping[str, Paint]] = {
    "cursor": Paint(background="primary-muted"),
    "place": Paint(background="panel"),
    "linked": Paint(background="panel"),
}
"""What is laid under a row of a list: the cursor, the same without the focus, and what belongs to the cursor's row."""


def painted(app: App[Any], paint: Paint) -> Style:
    """The style of a role or mark in the theme of the app."""
    colours = app.theme_variables
    foreground, background, attributes = paint
    return _style(colours[foreground] if foreground else "", colours[background] if background else "", attributes)


@lru_cache(256)
def _style(foreground: str, background: str, attributes: str) -> Style:
    colours = Style(
        color=Color.parse(foreground).rich_color if foreground else None,
        bgcolor=Color.parse(background).rich_color if background else None,
    )
    return colours + Style.parse(attributes) if attributes else colours
