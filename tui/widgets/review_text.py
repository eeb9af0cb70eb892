"""The pages of a review's text as lines: facts and lengths, prose, and lists of items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Final

from msgspec import Struct, field

from schemas.comments import Thread
from schemas.incident import Incident, Model
from schemas.item_words import item_lines, main_words
from schemas.metrics import Measurement
from schemas.sections import BY_KEY
from tui.widgets.prose_lines import prose_lines
from tui.widgets.rows import Span, fit
from tui.widgets.step_sheet import SheetLine
from tui.widgets.thread_lines import count_mark
from tui.widgets.wrapped import wrapped, wrapped_spans

WIDEST: Final = 84
"""Cells from which on lines of prose are no longer read well."""


class PageLines(Struct):
    """A page: its lines, the addresses of its links, the line at which each item begins, and of quoted words."""

    lines: list[SheetLine] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    items: dict[str, int] = field(default_factory=dict)


def prose_page(heading: str, text: str, threads: Sequence[Thread], width: int, prompt: str = "") -> PageLines:
    """A section: its heading and its prose, with a mark beside each stretch that an open comment quotes."""
    width = min(width, WIDEST)
    page = PageLines([[(f"   {heading}", "strong")], []])
    if not text.strip():
        page.lines.append([("   Nothing is written here.", "warning")])
        page.lines += [[(f"   {line}", "muted")] for line in wrapped(prompt, width - 5)]
        return page
    body = text.lstrip("\n")
    cut = len(text) - len(body)
    prose = prose_lines(body.rstrip(), width - 5)
    marks: dict[int, list[Thread]] = {}
    for thread in threads:
        if thread.open and thread.quote_at is not None:
            row = prose.line_of(body.count("\n", 0, max(0, thread.quote_at[0] - cut)))
            marks.setdefault(row, []).append(thread)
    for at, line in enumerate(prose.lines):
        mark = count_mark(marks[at]) if at in marks else ""
        page.lines.append([(fit(mark, 3), "accent"), *line])
    page.links = list(prose.links)
    return page


def overview_page(
    incident: Incident, measurements: Sequence[Measurement], findings: Sequence[str], width: int, *, told: bool
) -> PageLines:
    """The facts of the incident, its lengths with what they go from and to, and who has signed it."""
    width = min(width, WIDEST)
    page = PageLines()
    page.lines += [[("  ", "text"), (line, "strong")] for line in wrapped(incident.title or "(no title)", width - 4)]
    page.lines.append([])
    facts = {
        "status": incident.status, "severity": incident.severity, "zone": incident.zone, "owner": incident.owner,
        "authors": ", ".join(incident.authors), "services": ", ".join(incident.services),
        "tags": ", ".join(incident.tags),
    }  # fmt: skip
    for name, value in facts.items():
        page.lines += _named(name, value, width)
    if told:
        page.lines += [[], [("  Lengths", "strong")]]
        page.lines += length_lines(measurements, width)
        for line in findings:
            page.lines.append([("  ", "text"), (fit(line, width - 4).rstrip(), "muted")])
    return page


def length_lines(measurements: Sequence[Measurement], width: int) -> list[SheetLine]:
    """A length a line: its name, how long, from what to what."""
    known = [measured for measured in measurements if measured.known]
    if not known:
        return [[("  none is known: the events have no milestones", "muted")]]
    most = min(max(len(measured.metric.label) for measured in known), 16)
    longest = min(max(len(measured.text) for measured in known), 24)
    lines: list[SheetLine] = []
    for measured in known:
        rest = max(0, width - most - longest - 8)
        lines.append(
            [
                ("  ", "text"),
                (fit(measured.metric.label, most), "muted"),
                (f"  {fit(measured.text, longest)}  ", "text"),
                (fit(measured.metric.definition, rest).rstrip(), "muted"),
            ]
        )
    return lines


def items_page(
    heading: str, name: str, items: Sequence[Model], zone: tzinfo | None, threads: Mapping[str, Sequence[Thread]],
    current: str, width: int,
) -> PageLines:  # fmt: skip
    """The items of a list in full, the one that a comment would be on marked."""
    width = min(width, WIDEST)
    page = PageLines([[(f"   {heading}", "strong")]])
    if not items:
        page.lines += [[], [("  There are none.", "muted")]]
    for item in items:
        known = item.__dict__  # without unknown keys, which may be called `links` too
        item_id = str(known.get("id", ""))
        page.lines.append([])
        page.items[item_id] = len(page.lines)
        here = item_id == current
        mark = count_mark(threads.get(f"{name}/{item_id}", ()))
        words = main_words(name, item) or "(no words)"
        rest = item_lines(name, item, zone).removeprefix(words).split("\n")
        for at, line in enumerate(wrapped(words, width - 6)):
            lead: Span = ("▌" if here else " ", "accent")
            page.lines.append([lead, (fit(mark if not at else "", 3), "accent"), (line, "strong" if here else "text")])
        for fact in filter(None, map(str.strip, rest)):
            for piece in wrapped(fact, width - 8):
                page.lines.append([("▌" if here else " ", "accent"), ("     ", "text"), (piece, "muted")])
        links = (known.get("link", ""), *known.get("links", ()))
        page.links += [each for each in links if each and each not in page.links]
    return page


def closed_page(reached: int, count: int, width: int) -> PageLines:
    """Why the text cannot be read yet."""
    words = (
        "The text tells how it ended, so it stays closed without hindsight until you have reached the last event "
        f"({reached} of {count})."
    )
    page = PageLines([[("  Not yet", "strong")], []])
    page.lines += [[(f"  {line}", "text")] for line in wrapped(words, min(width, WIDEST) - 4)]
    page.lines += [
        [],
        [("  Tab", "accent"), (" back to the timeline   ", "muted"), ("h", "accent"), (" with hindsight", "muted")],
    ]
    return page


def _named(name: str, value: str, width: int) -> list[SheetLine]:
    if not value:
        return []
    lines = wrapped_spans([(value, "text")], width - 16)
    return [[(f"  {fit(name if not at else '', 12)}", "muted"), *line] for at, line in enumerate(lines)]


def prompt_of(key: str) -> str:
    """What a canonical section is for; empty for one of the writer's own."""
    return BY_KEY[key].prompt if key in BY_KEY else ""
