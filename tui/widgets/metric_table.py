"""The lengths of one incident, and what each is called by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from schemas.metrics import Compared
from tui.widgets.phase_bar import length_text
from tui.widgets.rows import Rows, Span, fit

_CALLED: Final = 11


class MetricTable(Rows):
    """Lengths with their definitions. Those that one profile has stand out, with its name for them; the first row is
    the heading."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, compared: Sequence[Compared], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._compared = tuple(compared)
        self._profile = ""

    def on_mount(self) -> None:
        """The cursor is on the first length."""
        self.rows_changed(len(self._compared) + 1, 1)

    def show_profile(self, profile: str) -> None:
        """Let the lengths of another profile stand out."""
        self._profile = profile
        self.refresh()

    @property
    def current(self) -> Compared | None:
        """The length under the cursor."""
        return self._compared[self.index - 1] if 0 < self.index <= len(self._compared) else None

    def selectable(self, index: int) -> bool:
        """Everything but the heading."""
        return 0 < index <= len(self._compared)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """The heading or a length."""
        texts = [each.measurement.text for each in self._compared]
        pairs = min(max((len(each.measurement.metric.definition) for each in self._compared), default=0), 42)
        lengths = max(8, min(max(map(len, texts), default=0), 40, width - pairs - _CALLED - 7))
        rest = width - lengths - pairs - _CALLED - 7
        if index == 0:
            heads = (fit("length", lengths), fit("from → to", pairs), fit(self._profile, _CALLED), fit("others", rest))
            return ((f"  {heads[0]}  {heads[1]}  {heads[2]} {heads[3]}", "muted"),)
        compared = self._compared[index - 1]
        known = compared.measurement.known
        own = label_in(compared, self._profile)
        return (
            ("▌ " if index == self.index else "  ", "accent"),
            (fit(_in_cells(compared, lengths), lengths), "strong" if known and own else "text" if known else "muted"),
            ("  ", "text"),
            (fit(compared.measurement.metric.definition, pairs), "text" if own else "muted"),
            ("  ", "text"),
            (fit(own, _CALLED), "accent"),
            (" ", "text"),
            (fit(", ".join(others(compared, self._profile)), rest), "muted"),
        )


def _in_cells(compared: Compared, cells: int) -> str:
    """The length, with the reason why it is unknown where there is room for all of it."""
    measured = compared.measurement
    if len(measured.text) <= cells:
        return measured.text
    return length_text(measured.length) if measured.known and measured.length else "unknown"


def label_in(compared: Compared, profile: str) -> str:
    """What a profile calls a length; empty where it has no name for it."""
    return next((label for name, label in compared.names if name == profile), "")


def others(compared: Compared, profile: str) -> list[str]:
    """What other profiles call a length, each name once with those that use it: `respond (atlassian, firefighter)`."""
    users: dict[str, list[str]] = {}
    for name, label in compared.names:
        if name != profile:
            users.setdefault(label, []).append(name)
    return [f"{label} ({', '.join(names)})" for label, names in users.items()]
