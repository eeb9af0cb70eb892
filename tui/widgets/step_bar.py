"""How much of the story has passed, on one line and to scale: the place, the turning points, the time."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len

from schemas.moments import span_text
from tui.widgets.event_line import MILESTONE_GLYPHS
from tui.widgets.rows import Span
from tui.widgets.step_card import passed_text
from tui.widgets.step_sheet import joined
from tui.workspace.review_walk import Walk

_AHEAD: Final = 5
"""Which part of the bar is left for what is not told yet: one in so many."""

_LEAST: Final = 12


def bar_spans(walk: Walk, width: int) -> list[Span]:
    """The bar for a number of cells; nothing without events.

    With hindsight it is the whole story, with its turning points. Without, it is as long as what has been reached, and
    a dotted rest of always the same width says only that there is more.
    """
    room = width - 1
    if room < _LEAST or walk.entry is None:
        return []
    told = room if walk.all_told else room - room // _AHEAD
    place = min(told - 1, round(walk.fraction * (told - 1)))
    cells: list[Span] = [("━", "accent")] * place + [("█", "accent")] + [("─", "muted")] * (told - place - 1)
    for at, mark in _marks(walk, told):
        if at != place:
            cells[at] = mark
    return [(" ", "text"), *joined(cells), ("┄" * (room - told), "muted")]


def bar_words(walk: Walk, room: int) -> str:
    """What the bar says in words: `T+6h 00m of 20h 00m   phase mitigate`; without the phase where there is no room."""
    phase, passed = walk.phase, passed_text(walk)
    words = "   ".join(filter(None, [passed, f"phase {phase.name}" if phase else ""]))
    return words if cell_len(words) <= room else passed


def widest_words(walk: Walk) -> int:
    """How many cells the words take at the most, for the usual lengths."""
    span = walk.timeline.span
    if span is None:
        return 0
    if not walk.all_told:
        return len(f"T+~{span_text(span.nominal)}")
    phases = max((len(phase.name) for phase in walk.timeline.phases), default=-len("phase    "))
    return len(f"T+~{span_text(span.nominal)} of {span_text(span.nominal)}   phase ") + phases


def _marks(walk: Walk, width: int) -> list[tuple[int, Span]]:
    """The turning points that are told, each at its cell."""
    entries = walk.entries[: walk.last_told + 1]
    times = [entry.start.nominal for entry in entries if entry.start is not None]
    if not times or times[-1] <= times[0]:
        return []
    found = []
    for entry in walk.timeline.milestones.values():
        index = walk.index_of(entry.event.id)
        if entry.start is None or index is None or index > walk.last_told:
            continue
        at = round((entry.start.nominal - times[0]) / (times[-1] - times[0]) * (width - 1))
        glyph, _ = MILESTONE_GLYPHS[entry.event.milestones[-1]] if _is_known(entry.event.milestones) else ("·", "")
        found.append((min(max(at, 0), width - 1), (glyph, "muted" if index > walk.index else "accent")))
    return found


def _is_known(milestones: tuple[str, ...]) -> bool:
    return milestones[-1] in MILESTONE_GLYPHS
