"""How costs grow with the events of an incident: 100, 1,000, 10,000, 100,000."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.growth import LINEAR, STAYS, Growth, Work, cpu, measured
from benchmarks.keys_on_screen import cpu_a_key
from benchmarks.samples import long_incident
from benchmarks.table import Row
from schemas import checks, edits, event_edits, metrics, timeline, toml_file
from schemas.incident import Action, Event, Incident, Stated, Waiver
from tui.workspace.session import DocumentSession

SIZES: Final = (100, 1_000, 10_000, 100_000)
STATED: Final = (10, 100, 1_000, 10_000)
WAIVED: Final = (10, 100, 1_000, 10_000)
NOW: Final = datetime(2031, 1, 1, tzinfo=UTC)
"""Behind the last event of the longest story."""
COPIES: Final = 10.0
"""An edit makes new tuples of the events and of what follows from them; so many copies of one it may cost in all."""

JOINED: Final = 5.0
"""What is written after a change is a new text; so many times the cost of joining its parts it may take."""


def rows() -> list[Row]:
    whole = partial(measured, of="events", sizes=SIZES, goal=LINEAR)
    grown = [
        whole("parse and validate", work_for=_parsing),
        whole("write as TOML", work_for=_Writing),
        whole("the whole timeline, with metrics", work_for=_timeline),
        whole("all findings", work_for=_Checking),
        measured("  of actions, with a waiver for each", "actions", WAIVED, _waived, LINEAR),
        measured("  of so many stated values", "stated values", STATED, _stated, LINEAR),
    ]
    editing: dict[str, Callable[[int], Work]] = {
        "insert an event, with timeline and metrics": _inserting,
        "  and with the findings": partial(_inserting, findings=True),
        "  take it back and do it again": _undoing,
        "change a text, with timeline and metrics": partial(_rewording, findings=False),
        "  that too, with the findings": _rewording,
    }
    changed = [measured(name, "events", SIZES, work, LINEAR) for name, work in editing.items()]
    written = measured("write as TOML after an event changed", "events", SIZES, _writing_again)
    copy = cpu(partial(_copied, tuple(range(SIZES[-1]))))
    found = [growth.row() for growth in grown]
    for growth in changed:
        found += [growth.row(), _added(growth, copy, "copying a tuple", COPIES)]
    found += [written.row(), _added(written, cpu(_joining(SIZES[-1])), "joining the texts", JOINED)]
    return found + [growth.row() for growth in _on_screen()]


def _added(growth: Growth, floor: float, against: str, goal: float) -> Row:
    added = growth.costs[-1] - growth.costs[0]
    return Row(f"    added by {SIZES[-1]:,} events", added, floor, "ms", against, goal)


def _copied(all_of_it: tuple[int, ...]) -> tuple[int, ...]:
    half = len(all_of_it) // 2
    return (*all_of_it[:half], 0, *all_of_it[half:])


def _parsing(size: int) -> Work:
    text = toml_file.dumps(long_incident(size))
    return lambda: toml_file.loads(text)


class _Writing:
    """Each time another incident with the same content: what is remembered of texts must not help."""

    def __init__(self, size: int) -> None:
        self._incident = long_incident(size)

    def before(self) -> None:
        events = tuple(event.model_copy() for event in self._incident.events)
        self._incident = self._incident.model_copy(update={"events": events})

    def __call__(self) -> object:
        return toml_file.dumps(self._incident)


def _writing_again(size: int) -> Work:
    session = _session(size)
    session.text()
    numbers = count()

    def write() -> None:
        _reword(session, next(numbers))
        session.text()

    return write


def _joining(size: int) -> Work:
    texts = toml_file.dumps(long_incident(size)).split("[[events]]")
    return lambda: "[[events]]".join(texts)


def _timeline(size: int) -> Work:
    incident = long_incident(size)
    return lambda: metrics.measure(timeline.build(incident))


def _waived(size: int) -> Work:
    """Nobody owns every second action, and each has a waiver for that."""
    owners = ("", "Kim")
    actions = tuple(Action(id=f"a{each}", text=f"Do thing {each}", owner=owners[each % 2]) for each in range(size))
    waivers = tuple(Waiver(rule="A01", where=f"actions/{action.id}", reason="Known") for action in actions)
    return _checking(long_incident(60).model_copy(update={"actions": actions, "waivers": waivers}))


def _stated(size: int) -> Work:
    """Starts, ends and lengths in turn, of which none is marked in the timeline."""
    events = tuple(event.model_copy(update={"milestones": ()}) for event in long_incident(60).events)
    first = events[0].at
    assert isinstance(first, datetime)
    stated = []
    for number in range(size):
        at, own = first + timedelta(seconds=7 * number), f"s{number}"
        length = Stated(id=own, what="duration", minutes=30 + number, value=f"{30 + number} minutes")
        times = [Stated(id=own, what=what, at=at, value=f"{at}") for what in ("start", "end")]
        stated.append((length, *times)[number % 3])
    return _checking(long_incident(60).model_copy(update={"events": events, "stated": tuple(stated)}))


class _Checking:
    """Each time another incident with the same content: what is remembered of pieces of events must not help."""

    def __init__(self, size: int) -> None:
        self._incident = long_incident(size)

    def before(self) -> None:
        events = tuple(event.model_copy() for event in self._incident.events)
        self._facts = _facts(self._incident.model_copy(update={"events": events}))

    def __call__(self) -> object:
        return checks.run(self._facts)


def _checking(incident: Incident) -> Work:
    facts = _facts(incident)
    return lambda: checks.run(facts)


def _facts(incident: Incident) -> checks.Facts:
    story = timeline.build(incident)
    return checks.Facts(incident, story, metrics.measure(story), NOW)


def _session(size: int) -> DocumentSession:
    session = DocumentSession(long_incident(size), now=lambda: NOW)
    _follow(session, findings=True)
    return session


def _follow(session: DocumentSession, *, findings: bool) -> None:
    assert session.measurements
    if findings:
        assert session.report


def _inserting(size: int, *, findings: bool = False) -> Work:
    """In the middle, and out again without that being measured apart: both are edits."""
    session = _session(size)
    middle = session.doc.events[size // 2].at
    assert isinstance(middle, datetime)
    numbers = count()

    def insert() -> None:
        number = next(numbers)
        new = Event(id=f"new{number}", at=middle + timedelta(seconds=number), text="Rolled back")
        session.execute(lambda before: event_edits.add_event(before, new), label="add")
        _follow(session, findings=findings)

    return insert


def _undoing(size: int) -> Work:
    session = _session(size)
    middle = session.doc.events[size // 2].at
    assert isinstance(middle, datetime)
    new = Event(id="new", at=middle, text="Rolled back")
    session.execute(lambda before: event_edits.add_event(before, new), label="add")
    _follow(session, findings=True)

    def undo() -> None:
        for step in (session.undo, session.redo):
            step()
            _follow(session, findings=True)

    return undo


def _reword(session: DocumentSession, number: int) -> None:
    event = session.doc.events[len(session.doc.events) // 2]

    def change(before: Incident) -> Incident:
        return edits.update_item(before, "events", event.id, text=f"Rolled back {number}")

    session.execute(change, label="text", merge_key=event.id)


def _rewording(size: int, *, findings: bool = True) -> Work:
    session = _session(size)
    numbers = count()

    def reword() -> None:
        _reword(session, next(numbers))
        _follow(session, findings=findings)

    return reword


def _on_screen() -> list[Growth]:
    costs: dict[str, list[float]] = {"down": [], "pagedown": [], "x": []}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.toml"
            path.write_text(toml_file.dumps(long_incident(size)), encoding="utf-8")
            for key, reach in (("down", ("f4",)), ("pagedown", ("f4",)), ("x", ("alt+down", "enter"))):
                costs[key].append(cpu_a_key(path, reach, key))
    names = {"down": "timeline on screen: cursor down", "pagedown": "  page down", "x": "a character typed in prose"}
    return [Growth(names[key], "events", SIZES, tuple(cost), STAYS) for key, cost in costs.items()]
