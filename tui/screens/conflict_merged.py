"""What of two versions came together without a question, one side at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from schemas.differences import Difference
from tui.screens.dialogs import Dialog
from tui.widgets.changes_view import ChangesView
from tui.workspace.conflict_words import Labels


class MergedChanges(Dialog[None]):
    """The changes of both sides; Tab goes to those of the other side."""

    DEFAULT_CSS = """
    MergedChanges > Vertical { width: 110; height: 92%; max-height: 92%; padding: 0; }
    MergedChanges ChangesView { height: 1fr; }
    MergedChanges .head { height: auto; max-height: 2; padding: 0 1; color: $secondary; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab,left,right", "other", show=False, priority=True),
        Binding("m,enter", "dismiss(None)", show=False),
    ]

    def __init__(self, brought: Sequence[Sequence[Difference]], labels: Labels) -> None:
        """`brought` are the changes of the first and of the second side."""
        super().__init__()
        self._brought = brought
        self._labels = labels
        self._side = 1 if brought[1] else 0

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(" Merged without a question ")
            box.border_subtitle = "Tab the other side · Esc"
            yield Static("", classes="head", markup=False)
            yield ChangesView()

    def on_mount(self) -> None:
        """What came in first."""
        self.set_focus(self.query_one(ChangesView))
        self._show()

    def action_other(self) -> None:
        """The changes of the other side."""
        self._side = 1 - self._side
        self._show()

    def _show(self) -> None:
        told = [
            f"{'▸ ' if side == self._side else '  '}{len(found)} of {label}"
            for side, (label, found) in enumerate(zip(self._labels, self._brought, strict=True))
        ]
        self.query_one(".head", Static).update(Content("    ".join(told)))
        self.query_one(ChangesView).show(self._brought[self._side], empty="Nothing else was changed.")
