"""The phases of an incident to scale: each as wide as it was long, with its name where it fits."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from schemas.moments import span_text
from schemas.timeline import Timeline
from tui.widgets.line import Lines


class PhaseBar(Lines):
    """One line that is drawn anew when the timeline or the width changes."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(height=1, id=id)
        self._timeline: Timeline | None = None

    def show(self, timeline: Timeline) -> None:
        """Show the phases of a timeline."""
        before, self._timeline = self._timeline, timeline
        if before is None or before.phases != timeline.phases:
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line."""
        return 1

    def render_line(self, y: int) -> Strip:
        """The bar."""
        width, base = self.size.width, self.rich_style
        segments = [Segment(" ", base)]
        for text, role in phase_spans(self._timeline, width - 2):
            segments.append(Segment(text, base + self._role(role)))
        return Strip(segments).adjust_cell_length(width, base)


def phase_spans(timeline: Timeline | None, width: int) -> list[tuple[str, str]]:
    """The spans of the bar for a number of cells; empty without phases."""
    phases = timeline.phases if timeline else ()
    total = sum(phase.end - phase.start for phase in phases)
    if not total or width < 4 * len(phases):
        return []
    sizes = [max(3, round(width * (phase.end - phase.start) / total)) for phase in phases]
    while sum(sizes) > width:
        sizes[sizes.index(max(sizes))] -= 1
    sizes[sizes.index(max(sizes))] += width - sum(sizes)
    spans: list[tuple[str, str]] = []
    for index, (phase, size) in enumerate(zip(phases, sizes, strict=True)):
        label = f" {phase.name} {span_text(phase.length.nominal, short=True)} "
        if len(label) > size - 2:
            label = f" {phase.name} " if len(phase.name) + 2 <= size - 2 else ""
        bar = label.center(size - 2, "─")
        spans.append((f"╾{bar}╼", ("accent", "warning")[index % 2] if index < len(phases) - 1 else "good"))
    return spans
