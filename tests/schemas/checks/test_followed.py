"""What is found after any edits, undone or done again, is what would be found in the incident as it stands.

Long incidents are looked at piece by piece (see `schemas.pieces`). Here a piece has a few events only, so that short
incidents have many of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import edits, event_edits, pieces, toml_file
from schemas.checks import RULES, Facts, run
from schemas.checks.story_index import StoryIndex
from schemas.edits import Edit
from schemas.incident import MILESTONES, Event, Incident, Sections
from schemas.metrics import headline, measure
from schemas.profiles import PROFILES
from schemas.sections import SECTION_KEYS
from schemas.timeline import Timeline, build
from tests.schemas.checks.cases import NOW
from tests.schemas.checks.test_laws import FIELDS, events, facts, plain, words
from tui.workspace.session import DocumentSession

START = datetime(2024, 3, 30, 20)
TOLD = (
    "", "TODO", "Kim forgot to look, @kim should have", "password=hunter2hunter2",
    "db-1.internal is full, ask kim@x.example", "[graph](https://grafana.example/d?from=now-1h)", "<<<<<<< HEAD",
    "all is back to normal", "the clocks went forward", "\n".join("2024-05-02 09:00:00 ERROR" for _ in range(20)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST", 4)
    monkeypatch.setattr("schemas.entries.MOST", 4)
    monkeypatch.setattr(pieces, "_USUAL", 3)
    monkeypatch.setattr(pieces, "_FEW", 2)


numbers = st.integers(0, 10**6)
plain_events = st.builds(
    lambda minutes, **fields: Event(at=START + timedelta(minutes=minutes), **fields),
    minutes=st.integers(0, 3000),
    id=numbers.map(lambda number: f"n{number}"),
    text=st.sampled_from(TOLD),
    until=st.sampled_from((None, None, START + timedelta(minutes=700))),
    about=st.booleans(),
    actor=st.sampled_from(("", "@kim", "omar")),
    audience=st.sampled_from(("", "internal", "external")),
    links=st.sampled_from(((), ("http://localhost/x",))),
    milestones=st.sampled_from(((), (), (), *((name,) for name in MILESTONES))),
)
any_event = st.one_of(plain_events, plain_events, plain_events, events)


def _with_ids(known: list[Event]) -> tuple[Event, ...]:
    return tuple(event.model_copy(update={"id": f"e{number}"}) for number, event in enumerate(known))


in_order = st.builds(
    lambda known, zone, status, sections, stated: event_edits.sort_events(
        Incident(
            title="Down for 4 hours", severity="SEV1", zone=zone, status=status, sections=Sections(**sections),
            events=_with_ids(known), stated=tuple(stated),
        )
    ),
    known=st.lists(plain_events, max_size=40),
    zone=st.sampled_from(("Europe/Berlin", "Europe/Berlin", "UTC", "")),
    status=st.sampled_from(("draft", "in-review", "approved")),
    sections=st.dictionaries(st.sampled_from(SECTION_KEYS), st.sampled_from((*TOLD, "It lasted from 21:00 to 23:30."))),
    stated=FIELDS["stated"].map(lambda claims: claims),
)  # fmt: skip
incidents = st.one_of(
    in_order, in_order, st.lists(any_event, max_size=25).map(lambda known: Incident(events=_with_ids(known)))
)


def _at(known: Incident, number: int) -> str:
    return known.events[number % len(known.events)].id if known.events else ""


def _on_one(change: Any) -> Any:
    def edit(number: int, value: Any) -> Edit:
        return lambda known: change(known, _at(known, number), value) if known.events else known

    return edit


def _moved(known: Incident, number: str, minutes: int) -> Incident:
    return edits.update_item(known, "events", number, at=START + timedelta(minutes=minutes))


steps: st.SearchStrategy[Edit] = st.one_of(
    st.builds(lambda new: lambda known: event_edits.add_event(known, new), any_event),
    st.builds(
        _on_one(lambda known, item, value: edits.update_item(known, "events", item, text=value)),
        numbers,
        st.sampled_from((*TOLD, "x")),
    ),
    st.builds(_on_one(_moved), numbers, st.integers(0, 3000)),
    st.builds(
        _on_one(lambda known, item, value: edits.update_item(known, "events", item, at=value)),
        numbers,
        st.sampled_from((None, time(23), date(2024, 3, 31), datetime(2024, 3, 31, 2, 30), datetime(2034, 1, 1))),
    ),
    st.builds(
        _on_one(lambda known, item, value: edits.update_item(known, "events", item, milestones=value)),
        numbers,
        st.sampled_from(((), ("detected",), ("resolved",), ("odd",))),
    ),
    st.builds(_on_one(lambda known, item, _: edits.remove_items(known, "events", [item])), numbers, st.none()),
    st.builds(_on_one(lambda known, item, by: edits.move_item(known, "events", item, by)), numbers, st.integers(-3, 3)),
    st.builds(
        lambda key, body: lambda known: edits.set_section(known, key, body), st.sampled_from(SECTION_KEYS), words
    ),
    st.builds(lambda zone: lambda known: edits.set_zone(known, zone), st.sampled_from(("", "UTC", "Europe/Berlin"))),
    st.just(event_edits.sort_events),
)
walks = st.lists(st.one_of(steps, steps, steps, st.sampled_from(("undo", "redo"))), max_size=12)


def session_of(known: Incident) -> DocumentSession:
    return DocumentSession(known, now=lambda: NOW.astimezone(UTC))


def walked(session: DocumentSession, walk: list[Edit | str]) -> Iterator[Incident]:
    for step in walk:
        if step == "undo":
            session.undo()
        elif step == "redo":
            session.redo()
        else:
            assert callable(step)
            session.execute(step, label="")
        session.seal()
        yield session.doc


@contextmanager
def in_one_piece() -> Iterator[None]:
    most, pieces.MOST = pieces.MOST, 10_000  # type: ignore[misc]
    try:
        yield
    finally:
        pieces.MOST = most  # type: ignore[misc]


def copied(known: Incident) -> Incident:
    """The same incident of other objects, of which nothing can be known."""
    return Incident.model_validate(known.model_dump())


@given(incidents, walks)
@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_findings_after_edits_are_those_of_the_incident_as_it_stands(known: Incident, walk: list[Edit | str]) -> None:
    session = session_of(known)
    assert session.report
    for now in walked(session, walk):
        with in_one_piece():
            anew = run(facts(copied(now), session._now()))
        assert [plain(each) for each in session.report.findings] == [plain(each) for each in anew.findings]
        assert {name: len(found) for name, found in session.report.by_rule.items()} == {
            name: len(found) for name, found in anew.by_rule.items()
        }
        assert session.report.by_rule.keys() == RULES.keys()


@given(incidents, walks)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_timeline_and_metrics_after_edits_are_those_of_the_incident_as_it_stands(
    known: Incident, walk: list[Edit | str]
) -> None:
    session = session_of(known)
    for now in walked(session, walk):
        with in_one_piece():
            anew = build(copied(now))
            _alike(session.timeline, anew)
        assert session.measurements == measure(anew, PROFILES["default"])
        assert headline(session.measurements, session.timeline) == headline(measure(anew), anew)


def _alike(story: Timeline, anew: Timeline) -> None:
    assert story == anew
    for name in ("timed", "first", "last", "milestones", "reached", "phases", "span", "quiet", "in_file_order", "by_id",
                 "stands_alone"):  # fmt: skip
        assert getattr(story, name) == getattr(anew, name), name
    index, other = StoryIndex(story), StoryIndex(anew)
    for name in ("entries", "instants", "ends", "windows", "overs", "span"):
        assert getattr(index, name) == getattr(other, name), name
    for hour in range(24):
        goal = hour * 3_600_000_000
        assert index.at_clock(goal, 1_800_000_000) == other.at_clock(goal, 1_800_000_000)
        start = story.first.start.nominal if story.first and story.first.start else 0
        assert index.at_instant(start + goal, 1_800_000_000) == other.at_instant(start + goal, 1_800_000_000)


@given(incidents, walks)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_text_after_edits_is_that_of_the_incident_as_it_stands(known: Incident, walk: list[Edit | str]) -> None:
    session = session_of(known)
    for now in walked(session, walk):
        assert session.text() == toml_file.dumps(copied(now))


def test_a_rule_looks_at_what_changed_and_at_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two thousand events a change, wherever it is, has each rule look at a few."""
    monkeypatch.setattr(pieces, "MOST", 64)
    monkeypatch.setattr(pieces, "_USUAL", 40)
    told = tuple(
        Event(id=f"e{number}", at=START + timedelta(minutes=number), text=f"Step {number}") for number in range(2000)
    )
    session = session_of(Incident(zone="UTC", events=told, status="in-review"))
    assert session.report
    seen: list[int] = []
    found = pieces.Piece.found

    def watched(piece: pieces.Piece[Any], look: Any) -> Any:
        if look not in piece.known:
            seen.append(len(piece.items))
        return found(piece, look)

    monkeypatch.setattr(pieces.Piece, "found", watched)
    session.execute(lambda known: edits.update_item(known, "events", "e1000", text="Step back"), label="")
    assert session.report
    looks = len({look for piece in session.timeline.of_events.pieces for look in piece.known})
    assert sum(seen) <= 2000 + 3 * 64 * looks  # the numbers of all ids, asked for once, and what was touched
    seen.clear()
    session.execute(lambda known: edits.update_item(known, "events", "e7", text="Step back"), label="")
    assert session.report
    session.execute(lambda known: edits.set_section(known, "summary", "It is slow."), label="")
    assert session.report
    assert sum(seen) <= 3 * 64 * looks


def test_facts_are_made_by_the_session_from_one_timeline() -> None:
    session = session_of(Incident(zone="UTC"))
    assert isinstance(session.report.of, Facts)
    assert session.report.of.timeline is session.timeline
