"""What one change to an incident of 10,000 events costs, with everything that follows from it.

    python -m benchmarks.model [events]

A frame on screen takes 16 ms at 60 a second. Besides, a change is held against what no immutable document can do
without: finding the place in a sorted list and copying a tuple of that many references.
"""

from __future__ import annotations

import gc
import random
import sys
import tomllib
import tracemalloc
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from statistics import median
from time import thread_time

from benchmarks.samples import LONG, long_incident
from benchmarks.table import Peer, Row, in_turn, shown, typical
from schemas import edits, event_edits, toml_file
from schemas.edits import Edit
from schemas.incident import Event, Incident
from tui.workspace.session import DocumentSession

FRAME_MS = 1000 / 60
CHANGE_MS = 1.0
"""A change with its timeline, metrics and findings leaves the frame to the screen."""

KEY_MS = 4.0
"""What a key costs on screen, at the least; of this findings may take a twentieth."""

OF_A_KEY = 0.05
MOST_HELD = 15.0
"""MiB; what a screen holds comes on top."""

BEGUN = datetime(2025, 3, 29, 12, 19)
EVENING = timedelta(hours=12)
NOW = datetime(2025, 7, 1, tzinfo=UTC)
ROUNDS = 60


def told_long(size: int) -> Incident:
    """The long sample with so many more events on its first evening: what it states of its times stays right."""
    sample = toml_file.loads(LONG.read_text(encoding="utf-8"), LONG.name)
    step = EVENING / (size + 1)
    more = (
        event.model_copy(update={"at": BEGUN + number * step, "milestones": ()})
        for number, event in enumerate(long_incident(size).events, 1)
    )
    return event_edits.add_events(sample, more)


def changes(incident: Incident) -> dict[str, Callable[[Incident], Edit]]:
    """Changes as people make them, each somewhere else whenever it is asked for."""
    rng = random.Random(7)
    numbers = count()
    first, last = incident.events[0].at, incident.events[-1].at
    assert isinstance(first, datetime)
    assert isinstance(last, datetime)

    def somewhere() -> datetime:
        return first + timedelta(seconds=rng.randrange(max(1, int((last - first).total_seconds()))))

    def insert(_: Incident) -> Edit:
        made = Event(id=f"new{next(numbers):05d}", at=somewhere(), text="Rolled back")
        return lambda known: event_edits.add_event(known, made)

    def rename(now: Incident) -> Edit:
        event, text = rng.choice(now.events), f"Rolled back {next(numbers)}"
        return lambda known: edits.update_item(known, "events", event.id, text=text)

    def move(now: Incident) -> Edit:
        event, at = rng.choice(now.events), somewhere()
        return lambda known: edits.update_item(known, "events", event.id, at=at)

    def delete(now: Incident) -> Edit:
        event = rng.choice(now.events)
        return lambda known: edits.remove_items(known, "events", [event.id])

    def type_letter(now: Incident) -> Edit:
        body = now.sections.summary
        return lambda known: edits.set_section(known, "summary", f"{body[:200]}{next(numbers) % 10}{body[200:]}")

    return {
        "event inserted": insert, "its text changed": rename, "its time changed": move, "event deleted": delete,
        "letter typed in a section": type_letter,
    }  # fmt: skip


Cost = tuple[float, float]
"""Milliseconds of CPU that a change takes with its timeline and metrics, and its findings."""


def _timed(session: DocumentSession, change: Callable[[], object]) -> Cost:
    begin = thread_time()
    change()
    assert session.timeline
    assert session.measurements
    between = thread_time()
    assert session.report
    return (between - begin) * 1000, (thread_time() - between) * 1000


def costs(incident: Incident, rounds: int = ROUNDS) -> Iterator[tuple[str, float, float]]:
    """Each sort of change, taken back and done again, with its median costs."""
    session = DocumentSession(incident, now=lambda: NOW)
    _timed(session, lambda: None)
    gc.collect()
    gc.freeze()  # as the program does when the first screen stands there
    taken: dict[str, list[Cost]] = {}
    sorts = changes(incident)
    for _ in range(rounds):
        for name, change in sorts.items():
            edit = change(session.doc)
            execute = partial(session.execute, edit, label="")
            taken.setdefault(name, []).append(_timed(session, execute))
            taken.setdefault("undo", []).append(_timed(session, session.undo))
            taken.setdefault("redo", []).append(_timed(session, session.redo))
            _timed(session, session.undo)  # or the document would be another one by and by
    for name, found in taken.items():
        yield name, median(cost for cost, _ in found), median(cost for _, cost in found)


def rows(size: int = 10_000) -> list[Row]:
    alone = long_incident(size)
    events = alone.events
    times = [event.at for event in events]
    place = random.Random(7)

    def floor() -> tuple[Event, ...]:
        at = bisect_right(times, times[place.randrange(size)])  # type: ignore[type-var]
        return (*events[:at], events[0], *events[at:])

    least = typical(floor, 101)
    found = []
    for title, incident, small in (
        (f"{size:,} events", alone, long_incident(60)),
        (f"{size:,} events and long sections", told_long(size), told_long(60)),
    ):
        with_sixty = {name: change + findings for name, change, findings in costs(small, 20)}
        for name, change, findings in costs(incident):
            is_typed = name.startswith("letter")
            most = CHANGE_MS if incident is alone and size <= 10_000 else None
            peer = Peer("60 events", with_sixty[name])
            label = f"{name}, {title}: model, timeline, metrics, findings"
            found.append(Row(label, change + findings, least, "ms", "bisect and copy a tuple", None, most, (peer,)))
            against = (KEY_MS, "CPU of a key on screen") if is_typed else (FRAME_MS, "a frame")
            found.append(Row("  of it findings", findings, against[0], "ms", against[1], OF_A_KEY))
    return [*found, *_opening(alone), _memory(alone)]


def _opening(incident: Incident) -> list[Row]:
    """What is done until a document can be worked on, and until all is known of it."""
    text = toml_file.dumps(incident)

    def least() -> None:
        Incident.model_validate(tomllib.loads(text))

    def read() -> DocumentSession:
        loaded = toml_file.parse(text)
        session = DocumentSession(loaded.incident, remarks=loaded.remarks, now=lambda: NOW)
        assert session.timeline
        assert session.measurements
        return session

    ours, everything, floor = in_turn((read, lambda: read().report, least), 3)
    name = f"{len(incident.events):,} events opened"
    return [
        Row(f"{name}: read, timeline, metrics", ours, floor, "ms", "tomllib and pydantic alone"),
        Row("  and all findings", everything, floor, "ms", "tomllib and pydantic alone"),
    ]


def _memory(incident: Incident) -> Row:
    """What is held besides the document itself, after some changes, a save and the journal's look at it."""
    data = incident.model_dump()
    gc.collect()
    tracemalloc.start()
    known = Incident.model_validate(data)
    gc.collect()
    plain = tracemalloc.get_traced_memory()[0]
    session = DocumentSession(known, now=lambda: NOW)
    for number in range(20):
        words, place = f"Rolled back {number}", known.events[number * len(known.events) // 20].id
        session.execute(partial(edits.update_item, name="events", item_id=place, text=words), label="")
        session.seal()
        assert session.report
        assert session.text()
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] - plain
    tracemalloc.stop()
    name = f"memory of {len(incident.events):,} events beyond the data"
    return Row(name, held / 2**20, plain / 2**20, "MiB", "the models", None, MOST_HELD)


if __name__ == "__main__":
    print(shown(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)))
