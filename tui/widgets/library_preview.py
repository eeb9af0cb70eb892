"""What is in the incident that is selected in a library: its timeline, or why it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical

from schemas import timeline
from schemas.incident import Incident
from tui.widgets.line import Lines
from tui.widgets.timeline_view import TimelineView
from tui.workspace.commands import BY_ID, key_text
from tui.workspace.rows import Row

_CONFLICT: Final = "Git left both versions of a merge in this file: {} shows them side by side"


class _Events(TimelineView, can_focus=False):
    """A timeline to look at, in which nothing can be added."""

    def empty_text(self) -> Sequence[str]:
        """That there is nothing."""
        return ("", " No events yet.")


class LibraryPreview(Vertical):
    """A title over a timeline that is only to be looked at."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._incident: Incident | None = None

    def compose(self) -> ComposeResult:
        """The title over the timeline."""
        yield Lines(height=1, id="preview-head")
        events = _Events(id="preview-events")
        events.display = False  # until there is one to show
        yield events

    def show(self, row: Row | None, incident: Incident | None) -> None:
        """Show what a row stands for; `incident` is None where it cannot be read."""
        head = self.query_one("#preview-head", Lines)
        events = self.query_one("#preview-events", TimelineView)
        events.display = incident is not None
        if row is None:
            head.show_line(0, [])
        elif row.conflict:
            head.show_line(0, [("⇄ ", "warning"), (_CONFLICT.format(key_text(BY_ID["library.open"].keys[0])), "text")])
        elif row.problem:
            head.show_line(0, [("✗ ", "error"), (row.problem, "error")])
        else:
            head.show_line(0, [(row.title or row.name, "strong")], [(f"{row.name} ", "muted")])
        if incident is not None and incident is not self._incident:
            self._incident = incident
            events.show(timeline.build(incident))
            events.show_start()
