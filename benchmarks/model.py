"""What one change to an incident of 10,000 events costs, with everything that follows from it.

    python -m benchmarks.model [events]

A frame on screen takes 16 ms at 60 a second. The floor is what no immutable document can do without: finding the place
in a sorted list and copying a tuple of that many references.
"""

from __future__ import annotations

import random
import sys
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from statistics import median

from benchmarks.table import Row, shown, timed, typical
from schemas import edits, metrics, timeline
from schemas.checks import Facts, Report, run
from schemas.incident import MILESTONES, Event, Incident

FRAME_MS = 1000 / 60
MOST_OF_A_FRAME = 3 / FRAME_MS
"""A change with its timeline and metrics should leave the frame to the screen: at most 3 ms."""

START = datetime(2024, 5, 1)
STEP = timedelta(minutes=3)
NOW = datetime(2024, 7, 1, tzinfo=UTC)


def incident_of(size: int) -> Incident:
    """An incident with so many events, one in twenty without a time, and every milestone once."""
    every = max(size // len(MILESTONES), 1)
    events = tuple(
        Event(
            id=f"x{i:05d}",
            at=None if i % 20 == 7 else START + i * STEP,
            text=f"Event {i}",
            milestones=(MILESTONES[i // every],) if i % every == 0 and i // every < len(MILESTONES) else (),
        )
        for i in range(size)
    )
    return Incident(title="A very long story", zone="Europe/Berlin", severity="SEV2", events=events)


def rows(size: int = 10_000) -> list[Row]:
    incident = incident_of(size)
    story = timeline.build(incident)
    metrics.measure(story)
    rng = random.Random(7)
    numbers = count()
    with_a_time = [event for event in incident.events if event.at]

    def somewhere() -> datetime:
        return START + timedelta(seconds=rng.randrange(size * 180))

    def with_one_more() -> Incident:
        made = Event(id=edits.new_id(incident, rng), at=somewhere(), text="Rolled back")
        return edits.add_event(incident, made)

    def with_other_text() -> Incident:
        event = rng.choice(incident.events)
        return edits.update_item(incident, "events", event.id, text=f"Rolled back {next(numbers)}")

    def with_other_time() -> Incident:
        event = rng.choice(with_a_time)
        return edits.update_item(incident, "events", event.id, at=somewhere())

    def followed(change: Callable[[], Incident]) -> None:
        metrics.measure(timeline.build(change(), story))

    added = with_one_more()
    added_story = timeline.build(added, story)
    metrics.measure(added_story)

    def undone() -> None:
        metrics.measure(timeline.build(incident, added_story))

    times = [START + i * STEP for i in range(size)]

    def floor() -> tuple[Event, ...]:
        place = bisect_right(times, somewhere())
        return (*incident.events[:place], incident.events[0], *incident.events[place:])

    least = typical(floor, 101)
    found = []
    for name, work in (
        ("add an event", lambda: followed(with_one_more)),
        ("take it back", undone),
        ("change a text", lambda: followed(with_other_text)),
        ("change a time", lambda: followed(with_other_time)),
    ):
        cost = typical(work)
        label = f"{name}, {size:,} events, with timeline and metrics"
        found.append(Row(label, cost, FRAME_MS, "ms", "a frame", MOST_OF_A_FRAME))
        found.append(Row("  the same", cost, least, "ms", "bisect and copy a tuple"))
    found.append(Row("findings after such a change", _findings(incident, with_one_more), FRAME_MS, "ms", "a frame", 1))
    whole = typical(lambda: timeline.build(incident), 5)
    found.append(Row("the whole timeline anew", whole, FRAME_MS, "ms", "a frame"))
    return found


def _findings(incident: Incident, change: Callable[[], Incident]) -> float:
    """The findings of a changed incident, where those of the one before are known."""

    def facts(of: Incident, before: timeline.Timeline | None = None) -> Facts:
        story = timeline.build(of, before)
        return Facts(of, story, metrics.measure(story), NOW)

    before = facts(incident)
    report: Report = run(before)
    cases = [facts(change(), before.timeline) for _ in range(9)]
    return median(timed(partial(run, case, report)) for case in cases)


if __name__ == "__main__":
    print(shown(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)))
