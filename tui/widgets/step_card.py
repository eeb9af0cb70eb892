"""One event in large: when it was and how surely, what happened, who did it, and what was known by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

from schemas.checks import Finding
from schemas.entries import Entry
from schemas.incident import Event
from schemas.moments import between, margin_length, span_text
from schemas.text import first_line
from schemas.writers.times import day_text, moment_text, time_text
from tui.widgets import event_line
from tui.widgets.event_line import KIND_GLYPHS, MILESTONE_GLYPHS
from tui.widgets.findings_view import GLYPHS
from tui.widgets.phase_bar import length_text
from tui.widgets.rows import Span, fit, fit_right
from tui.widgets.step_sheet import SheetLine, two_sided
from tui.widgets.wrapped import wrapped, wrapped_spans
from tui.workspace.review_walk import Walk

WIDEST: Final = 78
"""Cells from which on lines of text are no longer read well."""

_MOST_KNOWN: Final = 4
_FEWER_KNOWN: Final = 3
_TALL: Final = 15
_WORDS_AT_LEAST: Final = 2


class Card(Struct, frozen=True):
    """What the lines of an event are made from. `zone` is the name of the zone at its time, `home` the zone itself.

    `beside` says that the timeline is shown beside it, so that what was known before need not be listed. `unseen` is
    how many findings there are that are not told without hindsight.
    """

    walk: Walk
    zone: str = ""
    home: tzinfo | None = None
    findings: tuple[Finding, ...] = ()
    unseen: int = 0
    beside: bool = False


def card_lines(card: Card, width: int, height: int) -> list[SheetLine]:
    """The lines for so many cells, and for a window of so many lines."""
    entry = card.walk.entry
    if entry is None:
        return _no_events()
    width = min(width, WIDEST)
    event = entry.event
    lines: list[list[Span]] = [_when(card, entry, width), _since(card, entry, width), []]
    said = wrapped(event.text.strip("\n") or "(no words)", width - 4)
    lines += [[("  ", "text"), (line, "strong")] for line in said]
    # What stands below has its place, whether there is one line of words or two.
    lines += [[]] * (1 + max(0, _WORDS_AT_LEAST - len(said)))
    lines += _indented(_what(card, event), width)
    lines += [[("  ", "text"), (fit(note, width - 4).rstrip(), "muted")] for note in _notes(card, entry)]
    for number, link in enumerate(event.links, 1):
        mark = f"link {number} " if len(event.links) > 1 else "link "
        lines += _hanging(mark, [(link, "accent")], width)
    for finding in card.findings:
        glyph, role = GLYPHS[finding.severity]
        words = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
        lines += _hanging(f"{glyph} {finding.rule} ", [(words, "text")], width, role)
    if card.unseen:
        count = "1 finding" if card.unseen == 1 else f"{card.unseen} findings"
        lines.append([("  ", "text"), (f"{count}, told with hindsight", "muted")])
    if not card.beside:
        known = _known(card.walk, width, _MOST_KNOWN if height > _TALL else _FEWER_KNOWN)
        lines += [[]] * max(1, height - len(lines) - len(known))
        lines += known
    return list(lines)


def _no_events() -> list[SheetLine]:
    return [
        [("  There are no events to step through.", "strong")],
        [],
        [("  Tab shows the text; c writes a comment on the whole.", "muted")],
    ]


def _when(card: Card, entry: Entry, width: int) -> list[Span]:
    """`Thu 2 May 2024   15:00 EAT`, and at the right how surely that is known."""
    said = time_text(entry, card.home).replace("†", "").strip()
    day = day_text(entry.wall.date()) if entry.wall is not None and entry.dated else ""
    clock = "" if entry.precision in ("day", "unknown") else said
    left: list[Span] = [("  ", "text"), (day or ("" if clock else "No time is known"), "strong")]
    if clock:
        left += [("   " if day else "", "text"), (clock, "strong")]
        left += [(f" {card.zone}", "muted")] if card.zone else []
    if entry.assumed:
        left.append((" †", "muted"))
    return two_sided(left, [(exactness(entry), "muted"), ("  ", "text")], width)


def exactness(entry: Entry) -> str:
    """How exactly the time is known, in words."""
    event = entry.event
    if entry.start is None:
        return "time unknown"
    words = {"exact": "exact", "about": "about", "between": "between two times", "day": "only the day is known"}
    said = words.get(entry.precision, entry.precision)
    if entry.precision == "about":
        said = f"about, within {event.margin}" if margin_length(event.margin) else "about"
    if not entry.dated:
        return f"{said}, no date" if entry.precision != "exact" else "only the clock is known"
    return f"{said}, date assumed" if entry.assumed else said


def _since(card: Card, entry: Entry, width: int) -> list[Span]:
    parts: list[str] = []
    walk = card.walk
    since = walk.since_origin
    if since is not None:
        length, before, origin = since
        parts.append(f"{length.text} {'before' if before else 'after'} {origin}")
    elif walk.origin is not None and entry is walk.origin[1]:
        parts.append("the impact begins" if walk.origin[0] == "the impact began" else "the first event with a time")
    if entry.gap is not None and walk.index:
        before_it = next((each for each in reversed(walk.known) if each.start is not None), None)
        if before_it is not None and before_it.start is not None and entry.start is not None:
            gap = between(before_it.start, entry.start)
            parts.append(f"{gap.text} after the one before" if gap.longest else "at the same time as the one before")
    elif entry.start is None and walk.index:
        parts.append("told behind the event before")
    return [("  ", "text"), (fit(" · ".join(parts), width - 4).rstrip(), "muted")]


def _what(card: Card, event: Event) -> list[Span]:
    """Milestones, kind, who and phase."""
    parts: list[list[Span]] = []
    for name in event.milestones:
        glyph, role = MILESTONE_GLYPHS.get(name, ("", "text"))
        parts.append([(f"{glyph} {name}".strip(), role)])
    if event.kind:
        glyph, role = KIND_GLYPHS.get(event.kind, ("", "text"))
        parts.append([(f"{glyph} {event.kind}".strip(), role)])
    if event.actor:
        parts.append([(event.actor, "text")])
    phase, last = card.walk.phase, card.walk.last_milestone
    if phase is not None:
        parts.append([(f"phase {phase.name}", "muted")])
    elif not card.walk.all_told and last is not None:
        name, ago = last
        parts.append([(f"{ago} after {name}" if ago else f"after {name}", "muted")])
    if event.audience:
        parts.append([(f"for {event.audience} readers", "muted")])
    spans: list[Span] = []
    for part in parts:
        spans += [("   ", "text")] if spans else []
        spans += part
    return spans


def _notes(card: Card, entry: Entry) -> list[str]:
    event = entry.event
    notes = []
    if entry.end is not None and entry.start is not None and entry.end.nominal > entry.start.nominal:
        notes.append(f"it lasted {between(entry.start, entry.end).text}")
    if entry.assumed:
        notes.append("† the date is taken from the events around it")
    if event.as_written:
        notes.append(f"written as “{event.as_written}”")
    if event.recorded is not None:
        notes.append(f"written down {moment_text(event.recorded, card.home)}")
    return notes


def _known(walk: Walk, width: int, most: int) -> list[list[Span]]:
    """The last events before, in their order, `most` of them at the most.

    They fill a page from the top, and half of it makes room when it is full: so mostly one line is new.
    """
    if not walk.known:
        return [[("  nothing was known before this", "muted")], *[[]] * most]
    leave = most // 2 + 1
    first = max(0, (len(walk.known) - (most - leave + 1)) // leave * leave)
    lines: list[list[Span]] = [[("  known by now", "muted")]]
    for entry in walk.known[first:]:
        text = fit(first_line(entry.event.text) or "(no words)", width - 12).rstrip()
        lines.append([(f"  {fit_right(event_line.time_text(entry), 6)}  {text}", "text")])
    return lines + [[]] * (most + 1 - len(lines))


def _indented(spans: Sequence[Span], width: int) -> list[list[Span]]:
    return [[("  ", "text"), *line] for line in wrapped_spans(spans, width - 4)] if spans else []


def _hanging(mark: str, spans: Sequence[Span], width: int, role: str = "muted") -> list[list[Span]]:
    """Words behind a mark, their other lines below the first word."""
    indent = " " * cell_len(mark)
    found = wrapped_spans(spans, width - 4 - len(indent))
    return [[("  ", "text"), (indent if at else mark, role), *line] for at, line in enumerate(found)]


def passed_text(walk: Walk) -> str:
    """`T+6h 00m`, with the length of the whole where that is told; empty without times."""
    since = walk.since_origin
    entry = walk.entry
    if entry is None or entry.start is None or walk.origin is None:
        return ""
    text = "T+0"
    if since is not None:
        text = f"T{'-' if since[1] else '+'}{length_text(since[0])}"
    span = walk.timeline.span
    return f"{text} of {span_text(span.nominal)}" if walk.all_told and span is not None else text
