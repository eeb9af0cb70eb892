"""An incident's timeline and metrics for people: as plain lines, or as a table that fits their terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from msgspec import Struct

from schemas.incident import Event, Incident
from schemas.metrics import Compared, Measurement
from schemas.moments import span_text
from schemas.profiles import NOTES
from schemas.timeline import Timeline
from schemas.writers.times import ASSUMED_MARK, day_text, time_text, zone_text
from tui.cli.gaps import gaps


class Line(Struct, frozen=True):
    """One event as it is shown, with the heading or the silence that stands in front of it."""

    time: str
    gap: str
    milestones: str
    text: str
    day: str = ""
    quiet: str = ""


def lines(timeline: Timeline) -> Iterator[Line]:
    """The events in order of time."""
    for entry, gap in zip(timeline.entries, gaps(timeline), strict=True):
        event = entry.event
        yield Line(
            time=time_text(entry, timeline.zone),
            gap=gap.text if gap is not None else "",
            milestones=", ".join(name.replace("-", " ") for name in event.milestones),
            text=_words(event),
            day=day_text(entry.wall) if entry.new_day and entry.dated and entry.wall is not None else "",
            quiet=f"· · · nothing for {span_text(gap.length, short=True)}" if gap is not None and gap.quiet else "",
        )


def facts(incident: Incident, timeline: Timeline) -> tuple[str, ...]:
    """The lines above the timeline: title, what kind of incident it is, and the zone of the times."""
    kind = " · ".join(word for word in (incident.status, incident.severity, ", ".join(incident.services)) if word)
    return tuple(line for line in (incident.title or "Untitled incident", kind, zone_text(incident, timeline)) if line)


def notes(timeline: Timeline) -> tuple[str, ...]:
    """What has to be said about marks in the timeline."""
    assumed = any(entry.assumed for entry in timeline.entries)
    return (f"{ASSUMED_MARK} The file has no date for this time; it is taken from the events around it.",) * assumed


class Length(Struct, frozen=True):
    """One length as it is shown: what stands in front of it, the length, and what it is the length of."""

    name: str
    text: str
    what: str
    known: bool


class Lengths(Struct, frozen=True):
    """What was measured, with a sentence about how, or none."""

    lines: tuple[Length, ...]
    about: str = ""


def measured(measurements: Sequence[Measurement], profile: str = "default") -> Lengths:
    """A line for each metric of a profile: its name, its length, its definition and what the number would hide."""
    about = f"Measured as {profile} does. {NOTES.get(profile, '')}".strip() if profile != "default" else ""
    found = []
    for each in measurements:
        what = f"({each.metric.definition})"
        found.append(Length(each.metric.label, each.text, f"{what} · {each.note}" if each.note else what, each.known))
    return Lengths(tuple(found), about)


def compared(rows: Sequence[Compared]) -> Lengths:
    """A line for each pair of milestones: the pair, its length, and what it is called by whom."""
    found = []
    for row in rows:
        each = row.measurement
        what = f"{row.called} · {each.note}" if each.note else row.called
        found.append(Length(each.metric.definition, each.text, what, each.known))
    return Lengths(tuple(found), "What each length is called, and by whom.")


def plain(incident: Incident, timeline: Timeline, lengths: Lengths) -> str:
    """Lines in columns, as long as they are: for files, pipes and screen readers."""
    out = [*facts(incident, timeline), ""]
    out += [lengths.about, ""] if lengths.about else []
    wide = max((len(line.name) for line in lengths.lines), default=0)
    long = max((len(line.text) for line in lengths.lines), default=0)
    out += [f"{line.name:<{wide}}  {line.text:<{long}}  {line.what}" for line in lengths.lines]
    story = list(lines(timeline))
    if not story:
        out += ["", "No events yet."]
    time_width = max((len(line.time) for line in story), default=0)
    gap_width = max((len(line.gap) for line in story), default=0)
    for line in story:
        if line.quiet:
            out.append(f"  {line.quiet}")
        if line.day:
            out += ["", line.day]
        indent = " " * (time_width + gap_width + 6)
        marks = f"[{line.milestones}] " if line.milestones else ""
        first, *rest = f"{marks}{line.text}".split("\n")
        out.append(f"  {line.time:<{time_width}}  {line.gap:>{gap_width}}  {first}")
        out += [f"{indent}{more}".rstrip() for more in rest]
    if told := notes(timeline):
        out += ["", *told]
    return "\n".join(line.rstrip() for line in out) + "\n"


def print_table(incident: Incident, timeline: Timeline, lengths: Lengths) -> None:
    """The same for a person at a terminal: wrapped to its width, milestones and days set apart."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    title, *rest = facts(incident, timeline)
    console.print(Text(title, style="bold"))
    for fact in rest:
        console.print(Text(fact, style="dim"))
    if lengths.about:
        console.print(Text(f"\n{lengths.about}", style="dim"))
    metrics = Table.grid(padding=(0, 2))
    for length in lengths.lines:
        style = "bold" if length.known else "dim"
        metrics.add_row(Text(length.name), Text(length.text, style=style), Text(length.what, style="dim"))
    console.print(Padding(metrics, (1, 0, 0, 0)))
    story = list(lines(timeline))
    if not story:
        console.print(Text("\nNo events yet.", style="dim"))
    # All days share their columns, so that times stand under times.
    time_width = min(max((len(line.time) for line in story), default=0), max(12, console.width // 3))
    gap_width = max((len(line.gap) for line in story), default=0)
    for line in story:
        if line.quiet:
            console.print(Text(f"  {line.quiet}", style="dim"))
        if line.day:
            console.print(Text(f"\n{line.day}", style="bold"))
        row = Table.grid(padding=(0, 2, 0, 0))
        row.add_column(width=time_width)
        row.add_column(width=gap_width, justify="right", style="dim")
        row.add_column()
        marks = f"{line.milestones}  " if line.milestones else ""
        row.add_row(Text(line.time), Text(line.gap), Text.assemble((marks, "bold cyan"), line.text))
        console.print(Padding(row, (0, 0, 0, 2)))
    for note in notes(timeline):
        console.print(Text(f"\n{note}", style="dim"))


def _words(event: Event) -> str:
    """What happened, and who did it where that is known and not said already."""
    text = event.text.strip("\n") or "(no text)"
    return f"{text} ({event.actor})" if event.actor and event.actor not in text else text
