"""Profiles side by side: what the same lengths of one incident are called by others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from schemas.metrics import Compared
from schemas.profiles import NOTES
from tui.screens.dialogs import Dialog
from tui.widgets.metric_table import MetricTable
from tui.widgets.rows import Rows


class MetricNames(Dialog[str]):
    """Left and right choose a profile, Enter takes it for the head line. Gives its name, or None."""

    DEFAULT_CSS = """
    MetricNames > Vertical { width: 112; height: 28; }
    MetricNames .profiles { height: auto; margin: 0 0 1 0; padding: 0 1; }
    MetricNames MetricTable { height: 1fr; min-height: 3; }
    MetricNames .about { height: 4; padding: 1 2 0 2; color: $foreground; }
    MetricNames .note { height: 3; padding: 0 2; color: $secondary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h,shift+tab", "profile(-1)", show=False),
        Binding("right,l,tab", "profile(1)", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, compared: Sequence[Compared], profiles: Sequence[str], current: str) -> None:
        super().__init__()
        self._compared = tuple(compared)
        self._profiles = tuple(profiles)
        self._in_force = current
        self._at = self._profiles.index(current) if current in self._profiles else 0

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(" What others call it ")
            box.border_subtitle = "←→ profile · Enter takes it · Esc"
            yield Static("", classes="profiles", markup=False)
            yield MetricTable(self._compared)
            yield Static("", classes="about", markup=False)
            yield Static("", classes="note", markup=False)

    def on_mount(self) -> None:
        """The profile of the head line, and the cursor in the lengths."""
        self.set_focus(self.query_one(MetricTable))
        self._show()

    def action_profile(self, steps: int) -> None:
        """The next profile, round and round."""
        self._at = (self._at + steps) % len(self._profiles)
        self._show()

    def action_profile_at(self, at: int) -> None:
        """A profile that was clicked; a click on the one that stands out takes it."""
        if at == self._at:
            self.action_take()
        else:
            self._at = at
            self._show()

    def action_take(self) -> None:
        """Take the profile."""
        self.dismiss(self._profiles[self._at])

    @on(Rows.Moved)
    def _length_moved(self) -> None:
        self._tell()

    def _show(self) -> None:
        current = self._profiles[self._at]
        names = Content("   ").join(
            Content(f"▌{name}" if at == self._at else f" {name}")
            .stylize("bold $accent" if at == self._at else "$secondary")
            .stylize(Style.from_meta({"@click": f"screen.profile_at({at})"}))
            for at, name in enumerate(self._profiles)
        )
        self.query_one(".profiles", Static).update(names)
        self.query_one(MetricTable).show_profile(current)
        note = NOTES.get(current, "Agreed on in postmortem.toml.")
        shown = "In the head line now. " if current == self._in_force else ""
        self.query_one(".note", Static).update(Content(f"{current}: {shown}{note}"))
        self._tell()

    def _tell(self) -> None:
        compared = self.query_one(MetricTable).current
        if compared is None:
            return
        measured = compared.measurement
        self.query_one(".about", Static).update(
            Content(f"{measured.metric.definition}: {measured.said}. Called {compared.called}.")
        )
