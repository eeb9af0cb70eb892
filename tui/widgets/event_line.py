"""How one event looks on one line of the timeline: its time, the time since the one before, glyphs, words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from schemas.entries import Entry
from schemas.incident import Event
from schemas.moments import span_text
from schemas.text import first_line
from schemas.writers.times import ASSUMED_MARK
from tui.widgets.rows import Span, fit, fit_right
from tui.workspace.event_marks import EventMark

MILESTONE_GLYPHS: Final = {
    "impact-start": ("▼", "error"),
    "detected": ("◆", "accent"),
    "declared": ("◇", "accent"),
    "acknowledged": ("◈", "accent"),
    "mitigated": ("◐", "warning"),
    "recovered": ("○", "good"),
    "resolved": ("●", "good"),
    "closed": ("■", "muted"),
}
KIND_GLYPHS: Final = {
    "alert": ("!", "warning"),
    "action": ("›", "text"),
    "decision": ("◉", "text"),
    "hypothesis": ("?", "text"),
    "false-lead": ("×", "muted"),
    "communication": ("»", "text"),
    "change": ("Δ", "text"),
    "impact": ("▾", "error"),
    "note": ("·", "muted"),
}
WIDE: Final = 70
"""From this width on a line has room for the names of milestones and for who acted."""

_PRECISION: Final = {"about": "~", "between": "≥", "day": " ", "exact": " ", "unknown": " "}
_ROLES: Final = {"error": "error", "warning": "warning", "info": "muted"}


def day_heading(day: date, year: int | None = None) -> str:
    """`Thu 2 May 2024`; the year is left out where it is the same as above."""
    text = f"{day:%a} {day.day} {day:%b}"
    return text if day.year == year else f"{text} {day.year:04d}"


def time_text(entry: Entry) -> str:
    """The time of an event as its column shows it: `09:00`, `~19:30`, `day`, `—`.

    A day that begins at another hour in the zone that is shown is named: it is not the one of the heading above.
    """
    if entry.start is None or entry.wall is None:
        return "—"
    if entry.precision == "day":
        day = entry.event.at
        if isinstance(day, date) and not isinstance(day, datetime) and entry.wall != datetime(*day.timetuple()[:3]):
            return f"{day.day} {day:%b}"
        return "day"
    return f"{_PRECISION[entry.precision]}{entry.wall:%H:%M}".strip()


def gap_text(entry: Entry) -> str:
    """The time since the event before: `+15m`, `+2h 05m`; from ten hours on without the minutes."""
    if not entry.gap:
        return ""
    text = span_text(entry.gap, short=True)
    return f"+{text}" if len(text) < 7 else f"+{text.rpartition(' ')[0]}"


def glyph(event: Event) -> Span:
    """The mark of an event's milestone or kind."""
    for milestone in reversed(event.milestones):
        if milestone in MILESTONE_GLYPHS:
            return MILESTONE_GLYPHS[milestone]
    return KIND_GLYPHS.get(event.kind, (" ", "text"))


def event_spans(
    entry: Entry, width: int, *, chosen: bool = False, mark: EventMark | None = None, after_quiet: bool = False,
    talk: str = "",
) -> Sequence[Span]:  # fmt: skip
    """The line of an event for a number of cells.

    Columns: whether it is chosen, the time, what is doubtful about it, the time since the one before (which the line
    above tells after a silence), the glyph, the words, and at the right how much is said about it (`talk`) and a flag
    where something else is wrong.
    """
    event = entry.event
    sign, role = glyph(event)
    doubt, doubt_role = _doubt(entry, mark)
    wide = width >= WIDE
    gap = fit_right("" if after_quiet else gap_text(entry), 9 if wide else 7)
    spans: list[Span] = [
        ("▪" if chosen else " ", "accent"),
        (fit_right(time_text(entry), 6), "text" if entry.dated and not entry.assumed else "muted"),
        (doubt, doubt_role),
        (gap, "muted"),
        (" ", "text"),
        (sign, role),
        (" ", "text"),
    ]
    used = 11 + len(gap)
    text = first_line(event.text) or "(no words)"
    names = " ".join(event.milestones)
    note = f"{names} " if wide and names else ""
    flag = {"error": "✗", "warning": "!"}.get(mark.flag if mark else "", "")
    room = width - used - len(note) - (3 if flag else 1) - (len(talk) + 1 if talk else 0)
    spans.append((note, role))
    if wide and event.actor and room > 40:
        spans += [(fit(text, room - 18), "text"), (fit(f" {event.actor}", 18), "muted")]
    elif not wide and event.actor and len(text) + len(event.actor) + 2 <= room:
        spans += [(fit(text, room - len(event.actor) - 1), "text"), (f"{event.actor} ", "muted")]
    else:
        spans.append((fit(text, room), "text"))
    spans.append((f" {talk}" if talk else "", "accent"))
    spans.append((f" {flag} " if flag else "", mark.flag if mark and flag else "text"))
    return spans


def _doubt(entry: Entry, mark: EventMark | None) -> Span:
    """The mark at the time: what a finding doubts, or that the date was taken from the neighbours."""
    if mark is not None and mark.time:
        return (mark.time, _ROLES[mark.time_severity])
    return (ASSUMED_MARK, "muted") if entry.assumed else (" ", "text")
