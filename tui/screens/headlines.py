"""The lines at the head of a document: its metrics with their definitions."""

from __future__ import annotations

from typing import Final

from schemas import zones
from schemas.metrics import Measurement
from tui.widgets.rows import Span

_FIRST_SHOWN: Final = ("resolve", "impact", "detect", "mitigate", "acknowledge")


def place_name(zone: str) -> str:
    """The short name of a zone: its city, or that there is none."""
    return zone.rpartition("/")[2].replace("_", " ") if zone and zones.resolve(zone) else zone or "no zone"


def metric_spans(measurements: tuple[Measurement, ...], room: int) -> list[Span]:
    """As many metrics as fit, each with its definition; the most telling ones first to get a place."""
    known = {m.metric.id: m for m in measurements if m.known}
    if not known:
        return [("No length known yet: give events milestones such as !detected and !resolved", "muted")]
    chosen: set[str] = set()
    used = 0
    for metric_id in [*_FIRST_SHOWN, *known]:
        if metric_id in known and metric_id not in chosen:
            measured = known[metric_id]
            size = len(measured.metric.label) + len(measured.text) + len(measured.metric.pair) + 7
            if used + size <= room or not chosen:
                chosen.add(metric_id)
                used += size
    spans: list[Span] = []
    for metric_id, measured in known.items():
        if metric_id in chosen:
            spans += [
                (f"{measured.metric.label} ", "muted"),
                (measured.text, "strong"),
                (f" ({measured.metric.pair})   ", "muted"),
            ]
    return spans
