"""The two themes: calm, one accent, three meanings. Every text colour has at least 4.5:1 against its background."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="postmortem-dark",
    dark=True,
    primary="#5fa8e8",
    secondary="#969ca8",
    accent="#6cb2f0",
    foreground="#d8dbe0",
    background="#15171b",
    surface="#1c1f24",
    panel="#363b44",
    success="#84c88a",
    warning="#e0b354",
    error="#f08078",
)
LIGHT: Final = Theme(
    name="postmortem-light",
    dark=False,
    primary="#0b5cad",
    secondary="#5a6170",
    accent="#0a58a6",
    foreground="#1f2328",
    background="#fbfbf9",
    surface="#f0f0ec",
    panel="#cfd2d6",
    success="#1d6b34",
    warning="#7d5200",
    error="#b3261e",
)
THEMES: Final = (DARK, LIGHT)
