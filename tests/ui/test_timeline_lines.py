"""Which line of the list shows what: as if every line had been written down."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schemas import timeline
from schemas.incident import Event, Incident
from schemas.moments import span_text
from tui.widgets.event_line import day_heading
from tui.widgets.timeline_view import TimelineView

gaps = st.lists(st.one_of(st.none(), st.sampled_from([0, 5, 30, 200, 1_500, 600_000])), max_size=30)


def incident(steps: list[int | None]) -> Incident:
    at = datetime(2024, 5, 2, 9)
    events = []
    for number, step in enumerate(steps):
        at += timedelta(minutes=step or 0)
        events.append(Event(id=f"e{number:03}", at=None if step is None else at, text=f"Event {number}"))
    return Incident(title="T", zone="UTC", events=tuple(events))


def written_down(story: timeline.Timeline) -> list[str]:
    """Every line, one after the other."""
    lines: list[str] = []
    year = None
    for entry in story.entries:
        if entry.gap is not None and story.quiet is not None and entry.gap >= story.quiet and len(story.entries) > 3:
            lines.append(f"{span_text(entry.gap, short=True)} quiet")
        if entry.new_day and entry.dated and entry.wall:
            lines.append(day_heading(entry.wall.date(), year))
            year = entry.wall.year
        lines.append(entry.event.text)
    return lines


@given(gaps)
def test_lines_are_those_that_would_be_written_down(steps: list[int | None]) -> None:
    story = timeline.build(incident(steps))
    view = TimelineView()
    view.show(story)
    expected = written_down(story)
    assert view.row_count == len(expected)
    for index, words in enumerate(expected):
        assert words in "".join(text for text, _ in view.row_spans(index, 60))
        assert view.selectable(index) == words.startswith("Event")
    for entry in story.entries:
        assert view.place_at(entry.event.id)
        assert view.entry is entry
        assert expected[view.index] == entry.event.text
    assert not view.place_at("none")
