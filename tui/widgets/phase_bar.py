"""The phases of an incident to scale, with their names and lengths: in the bar where they fit, else below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from schemas.moments import Duration, span_text
from schemas.phases import Phase
from schemas.timeline import Timeline
from tui.widgets.line import Lines
from tui.widgets.rows import Span

LEAST: Final = 3
"""Cells that even the shortest phase gets, so that its number has a place."""

_ROLES: Final = ("accent", "text")


class PhaseBar(Lines):
    """A bar, and lines below it for the phases that are too short to carry their names. Nothing without phases."""

    DEFAULT_CSS = """
    PhaseBar { height: auto; max-height: 4; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(height=0, id=id)
        self._phases: tuple[Phase, ...] = ()
        self.display = False

    def show(self, timeline: Timeline) -> None:
        """Show the phases of a timeline."""
        if timeline.phases != self._phases:
            self._phases = timeline.phases
            self.display = bool(self._phases)
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The bar, and what it cannot say."""
        return len(phase_lines(self._phases, width - 2))

    def render_line(self, y: int) -> Strip:
        """The bar or a line below it."""
        width, base = self.size.width, self.rich_style
        lines = phase_lines(self._phases, width - 2)
        if y >= len(lines):
            return Strip.blank(width, base)
        segments = [Segment(" ", base), *(Segment(text, base + self._role(role)) for text, role in lines[y])]
        strip = Strip(segments)
        if y == self.size.height - 1 and len(lines) > self.size.height:
            more = Strip([Segment(" …", base + self._role("muted"))])
            strip = Strip.join([strip.crop(0, width - 3), more])
        return strip.adjust_cell_length(width, base)


def phase_lines(phases: Sequence[Phase], width: int) -> list[list[Span]]:
    """The bar for a number of cells, and below it the names of phases that do not fit into theirs; empty without any.

    Each phase is as wide as it was long, but not under `LEAST`. Where it cannot carry its name and length it carries
    its number, and the lines below say which it is. A bar that would not fit is left out.
    """
    if not phases:
        return []
    labels = [f"{phase.name} {length_text(phase.length)}" for phase in phases]
    sizes = _sizes(phases, width)
    if sizes is None:
        return _wrapped([(label, "text") for label in labels], width)
    bar: list[Span] = []
    below: list[Span] = []
    for index, (label, size) in enumerate(zip(labels, sizes, strict=True)):
        role = _ROLES[index % 2]
        inside = f" {label} " if cell_len(label) + 4 <= size else str(index + 1)
        if inside != f" {label} ":
            below.append((f"{index + 1} {label}", role))
        bar.append((f"╾{inside.center(size - 2, '─')}╼", role))
    return [bar, *_wrapped(below, width)]


def length_text(length: Duration) -> str:
    """A length in few cells, with its bounds where it is inexact: `15m`, `~1h 24m`, `1h–1h 30m`."""
    least, most = span_text(length.shortest, short=True), span_text(length.longest, short=True)
    if least == most:
        return least
    if length.about and length.shortest > 0:
        return f"~{span_text(length.nominal, short=True)}"
    return f"{least}–{most}"


def _sizes(phases: Sequence[Phase], width: int) -> list[int] | None:
    """Cells for each phase, together the whole width; None where not even the least fits."""
    if width < LEAST * len(phases):
        return None
    total = sum(phase.end - phase.start for phase in phases)
    sizes = [max(LEAST, round(width * (phase.end - phase.start) / total)) for phase in phases]
    while sum(sizes) > width:
        sizes[sizes.index(max(sizes))] -= 1
    sizes[sizes.index(max(sizes))] += width - sum(sizes)
    return sizes


def _wrapped(labels: Sequence[Span], width: int) -> list[list[Span]]:
    """Labels in as few lines as they fit in, in order."""
    lines: list[list[Span]] = []
    used = 0
    for text, role in labels:
        gap = 2 if lines else 0
        if not lines or used + gap + cell_len(text) > width:
            lines.append([(text, role)])
            used = cell_len(text)
        else:
            lines[-1] += [("  ", "text"), (text, role)]
            used += gap + cell_len(text)
    return lines
