"""What changed between two versions of an incident, and going to a place that did."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from schemas.differences import Differences
from schemas.text import clean_line
from tui.screens.dialogs import Dialog
from tui.widgets.changes_view import ChangesView
from tui.widgets.rows import Rows


class ChangesScreen(Dialog[str]):
    """Gives a place to go to, or None. `since` says what is compared with: `ana approved, 2025-04-02 11:30`."""

    DEFAULT_CSS = """
    ChangesScreen > Vertical { width: 110; height: 92%; max-height: 92%; padding: 0; }
    ChangesScreen ChangesView { height: 1fr; }
    ChangesScreen .head { height: auto; max-height: 2; padding: 0 1; color: $secondary; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("r", "remarks", show=False)]

    def __init__(self, found: Differences, *, since: str) -> None:
        super().__init__()
        self._found = found
        self._since = since
        self._with_remarks = not found.content

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(f" Changed since {clean_line(self._since)} ")
            box.border_subtitle = "Enter goes there · r comments and verdicts too · Esc"
            yield Static("", classes="head", markup=False)
            yield ChangesView()

    def on_mount(self) -> None:
        """The content first: that is what is signed."""
        self.set_focus(self.query_one(ChangesView))
        self._show()

    def action_remarks(self) -> None:
        """Show comments, verdicts and waivers too, or leave them out again."""
        self._with_remarks = not self._with_remarks
        self._show()

    def _show(self) -> None:
        content, remarks = self._found.content, self._found.remarks
        left_out = set() if self._with_remarks else {id(each) for each in remarks}
        shown = [each for each in self._found.all if id(each) not in left_out]
        self.query_one(ChangesView).show(shown, empty="Nothing changed.")
        told = [f"{len(content) or 'no'} change{'' if len(content) == 1 else 's'} of the content"]
        if remarks:
            left = "" if self._with_remarks else " (r shows them)"
            told.append(f"{len(remarks)} of comments, verdicts and waivers{left}")
        self.query_one(".head", Static).update(Content(" · ".join(told)))

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if found := self.query_one(ChangesView).difference:
            self.dismiss(found.where)
