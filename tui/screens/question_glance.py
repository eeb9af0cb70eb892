"""What a question of the review script looks at, on a few lines: a section's text, the actions, the timeline."""

from __future__ import annotations

from schemas.incident import Incident
from schemas.sections import BY_KEY
from schemas.text import first_line
from schemas.timeline import Timeline
from tui.widgets.event_line import day_heading, glyph, time_text
from tui.widgets.rows import Span

_NOTHING: Span = ("Nothing is written here yet.", "warning")


def glance(incident: Incident, story: Timeline, place: str) -> tuple[str, list[list[Span]]]:
    """The heading of a place and its lines, to be broken at the width that there is."""
    head, _, key = place.partition("/")
    if head == "actions":
        lines = [_action(item) for item in incident.actions]
        return f"Actions · {len(lines)}", lines or [[("No actions yet.", "warning")]]
    if head == "events":
        return f"Timeline · {len(story.entries)}", _events(story) or [[("No events yet.", "warning")]]
    if head == "sections" and key in BY_KEY:
        return BY_KEY[key].heading, _prose(incident.sections.get(key))
    return "The whole, by its summary", [[(incident.title, "strong")], [], *_prose(incident.sections.get("summary"))]


def _prose(text: str) -> list[list[Span]]:
    return [[(line, "text")] for line in text.strip("\n").split("\n")] if text.strip() else [[_NOTHING]]


def _action(item: object) -> list[Span]:
    known = item.__dict__
    due = known["due"].isoformat() if known["due"] else "no date"
    facts = " · ".join(
        filter(None, [known["owner"] or "no owner", due, known["type"], known["priority"], known["status"]])
    )
    return [("▪ ", "muted"), (first_line(known["text"]) or "(no words)", "text"), (f"  {facts}", "muted")]


def _events(story: Timeline) -> list[list[Span]]:
    lines: list[list[Span]] = []
    for entry in story.entries:
        if entry.new_day and entry.dated and entry.wall:
            lines.append([(day_heading(entry.wall.date()), "strong")])
        names = f"  {' '.join(entry.event.milestones)}" if entry.event.milestones else ""
        sign, role = glyph(entry.event)
        lines.append(
            [
                (f"{time_text(entry):>6} ", "muted"),
                (f"{sign} ", role),
                (first_line(entry.event.text) or "(no words)", "text"),
                (names, "muted"),
            ]
        )
    return lines
