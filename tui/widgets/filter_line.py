"""The line in which a list is filtered as somebody types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.widgets.own_keys import OwnKeys


class FilterLine(OwnKeys, Input):
    """Takes words; its screen has `leave_filter`, which gives the keys back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,down", "screen.leave_filter", show=False),
    ]
