"""The lines at the head of a document: its metrics with their definitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schemas import zones
from schemas.metrics import Measurement
from tui.widgets.rows import Span
from tui.workspace.session import DocumentSession

_FIRST_SHOWN: Final = ("resolve", "impact", "recover", "repair", "detect", "mitigate", "acknowledge")
_GAP: Final = 3


def place_name(zone: str) -> str:
    """The short name of a zone: its city, or that there is none."""
    return zone.rpartition("/")[2].replace("_", " ") if zone and zones.resolve(zone) else zone or "no zone"


def state_spans(session: DocumentSession, file_mark: str = "") -> list[Span]:
    """What is the matter with the file, and whether there is anything that is not saved in it."""
    spans: list[Span] = []
    if file_mark or session.gone:
        spans.append((f"✗ {file_mark or 'file gone'}   ", "error"))
    if session.dirty and not session.read_only:
        spans.append(("● unsaved   ", "accent"))
    elif session.read_only:
        unsaved = "● unsaved, read-only   " if session.dirty else "read-only   "
        spans.append((unsaved, "warning"))
    return spans


def metric_spans(measurements: Sequence[Measurement], room: int) -> list[Span]:
    """As many metrics as fit, each with its definition; the most telling ones first to get a place.

    Unknown ones get what room is left. They are said by their names: `detect unknown (no impact start)`.
    """
    if not any(measured.known for measured in measurements):
        return [("No length known yet: give events milestones such as !detected and !resolved", "muted")]
    ranked = sorted(measurements, key=_rank)
    chosen: set[str] = set()
    left = room + _GAP
    for measured in ranked:
        size = sum(len(text) for text, _ in _said(measured)) + _GAP
        if size <= left or not chosen:
            chosen.add(measured.metric.id)
            left -= size
    spans: list[Span] = []
    for measured in measurements:
        if measured.metric.id in chosen:
            spans += [*_said(measured), (" " * _GAP, "muted")]
    return spans[:-1]


def _rank(measured: Measurement) -> tuple[bool, int]:
    metric_id = measured.metric.id
    place = _FIRST_SHOWN.index(metric_id) if metric_id in _FIRST_SHOWN else len(_FIRST_SHOWN)
    return not measured.known, place


def _said(measured: Measurement) -> list[Span]:
    """`resolve 20h 00m (detected → resolved)`, with what the number would hide by itself."""
    label = f"{measured.metric.label} "
    if not measured.known:
        return [(label + measured.text, "muted")]
    defined = measured.metric.definition
    if measured.note:
        defined += f", {_in_short(measured.note)}"
    return [(label, "muted"), (measured.text, "strong"), (f" ({defined})", "muted")]


def _in_short(note: str) -> str:
    """The note without the names of the milestones, which stand beside it: `same event`."""
    return next((f"same {what}" for what in ("event", "time") if f"same {what}" in note), note)
