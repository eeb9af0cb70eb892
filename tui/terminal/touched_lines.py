"""A repaint draws only the lines that it touches.

Textual 8.2.8 asks every widget that shares a container with what is repainted for all of its lines, and then throws
away those that are not to be painted: most of what a typed letter costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

textual_chops: Final = Compositor._render_chops
"""How Textual itself draws the lines of a part of the screen."""


def draw_touched_lines_only() -> None:
    """Have it done so from now on. For once at the start of an app."""
    Compositor._render_chops = _render_chops  # type: ignore[method-assign,assignment]


def _render_chops(
    self: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[Mapping[int, Strip | None]]:
    """The strips of each line of the screen by the cell where they begin, as far as they are in `crop` and wanted."""
    cuts = self.cuts
    rows = [y for y in crop.line_range if is_rendered_line(y)]
    chops: list[dict[int, Strip | None]] = [{} for _ in cuts]
    for y in rows:
        chops[y] = dict.fromkeys(cuts[y][:-1])
    bands = [Region(crop.x, start, crop.width, end - start) for start, end in _stretches(rows)]
    # The widgets come from front to back: who has a cell first keeps it, and what is all behind others is not asked.
    for widget, (region, clip) in self.visible_widgets.items():
        visible = region.intersection(clip)
        first, last = visible.column_span
        for band in bands:
            part = visible.intersection(band)
            ends = {y: [cut for cut in cuts[y] if first <= cut <= last] for y in part.line_range} if part else {}
            left, right = part.column_span
            if all(
                chops[y][cut] is not None
                for y, edges in ends.items()
                for cut, end in pairwise(edges)
                if cut < right and end > left
            ):
                continue
            # Its whole width, cut where other widgets begin and end.
            lines = widget.render_lines(Region(visible.x - region.x, part.y - region.y, visible.width, part.height))
            for (y, edges), strip in zip(ends.items(), lines, strict=False):
                chop = chops[y]
                for cut, piece in zip(edges, strip.divide([cut - first for cut in edges[1:]]), strict=False):
                    if chop[cut] is None:
                        chop[cut] = piece
    return chops


def _stretches(rows: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Rows, in order, as stretches from a first to behind a last one."""
    edges = [n for n, (a, b) in enumerate(pairwise(rows), 1) if b != a + 1]
    for start, end in pairwise([0, *edges, len(rows)]):
        if start < end:
            yield rows[start], rows[end - 1] + 1
