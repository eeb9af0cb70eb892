"""The session: one document, one history, and what follows from it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import checks, edits, event_edits, metrics, timeline
from schemas.incident import Event, Incident
from schemas.neighbours import Neighbour
from schemas.policy import Policy
from schemas.profiles import PROFILES, Metric
from tui.workspace.history import Target
from tui.workspace.session import DocumentSession

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def session_of(incident: Incident | None = None, clock: Clock | None = None) -> DocumentSession:
    return DocumentSession(incident or Incident(title="Old"), now=lambda: NOW, clock=clock or Clock())


def titled(title: str) -> edits.Edit:
    return lambda doc: edits.set_field(doc, "title", title)


def typed(session: DocumentSession, text: str) -> None:
    for end in range(1, len(text) + 1):
        session.execute(titled(text[:end]), label="typing", merge_key="title")


def test_typing_is_one_step_until_a_pause_a_seal_or_another_field() -> None:
    clock = Clock()
    session = session_of(clock=clock)
    typed(session, "one")
    clock.time += 10
    typed(session, "one two")
    session.seal()
    typed(session, "one two three")
    session.execute(lambda doc: edits.set_field(doc, "owner", "ana"), label="owner", merge_key="owner")
    seen = []
    while session.can_undo:
        session.undo()
        seen.append((session.doc.title, session.doc.owner))
    assert seen == [("one two three", ""), ("one two", ""), ("one", ""), ("Old", "")]


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    session = session_of()
    assert not session.execute(titled("Old"), label="nothing")
    assert not session.can_undo
    assert not session.dirty


def test_typing_back_to_the_saved_text_is_not_dirty() -> None:
    session = session_of()
    session.execute(titled("New"), label="typing")
    assert session.dirty
    session.execute(titled("Old"), label="typing")
    assert not session.dirty


def test_a_refused_value_leaves_document_and_history_as_they_were() -> None:
    session = session_of()
    before = session.doc
    with pytest.raises(ValidationError):
        session.execute(lambda doc: edits.set_field(doc, "title", 3), label="wrong")
    assert session.doc is before
    assert not session.can_undo


def test_observers_see_the_new_document_and_undo_tells_them_where() -> None:
    session = session_of()
    seen: list[tuple[str, Target | None]] = []
    stop = session.observe(lambda each, target: seen.append((each.doc.title, target)))
    session.execute(titled("New"), label="title", target=Target("title", 3))
    session.undo()
    stop()
    session.redo()
    assert seen == [("New", None), ("Old", Target("title", 3))]


def test_a_new_edit_forgets_what_was_undone() -> None:
    session = session_of()
    session.execute(titled("A"), label="a")
    session.undo()
    session.execute(titled("B"), label="b")
    assert not session.can_redo
    assert session.redo() is None


@given(st.integers(0, 2**32), st.integers(1, 25))
def test_undoing_everything_leads_back_and_redoing_everything_forward(seed: int, count: int) -> None:
    rng = random.Random(seed)
    session = session_of()
    trail = [session.doc]
    for step in range(count):
        session.execute(_random_edit(rng, session.doc, step), label=str(step))
        session.seal()
        if session.doc is not trail[-1]:
            trail.append(session.doc)
    end = session.doc
    for expected in reversed(trail[:-1]):
        session.undo()
        assert session.doc is expected
    assert not session.dirty
    while session.redo():
        pass
    assert session.doc is end


@given(st.integers(0, 2**32), st.integers(1, 20))
def test_what_is_derived_step_by_step_is_what_is_derived_at_once(seed: int, count: int) -> None:
    rng = random.Random(seed)
    session = session_of()
    for step in range(count):
        session.execute(_random_edit(rng, session.doc, step), label=str(step))
        if rng.random() < 0.2:
            session.undo()
        story = timeline.build(session.doc)
        assert session.timeline.entries == story.entries
        assert session.measurements == metrics.measure(story)
        fresh = checks.run(checks.Facts(session.doc, story, metrics.measure(story), NOW))
        told = [(f.rule, f.where, f.message, f.waived) for f in session.report.findings]
        assert told == [(f.rule, f.where, f.message, f.waived) for f in fresh.findings]


def _random_edit(rng: random.Random, doc: Incident, step: int) -> edits.Edit:
    at: datetime | date | None = rng.choice(
        [NOW - timedelta(minutes=rng.randrange(5_000)), date(2026, 3, rng.randrange(1, 4)), None]
    )
    events = [event.id for event in doc.events]
    choice = rng.randrange(6)
    if choice == 0 or not events:
        event = Event(
            id=f"e{step}", at=at, text=f"step {step}", milestones=rng.choice([(), ("detected",), ("resolved",)])
        )
        return lambda doc: event_edits.add_event(doc, event)
    if choice == 1:
        return lambda doc: edits.update_item(doc, "events", rng.choice(events), at=at)
    if choice == 2:
        return lambda doc: edits.remove_items(doc, "events", {rng.choice(events)})
    if choice == 3:
        return titled(f"title {step}")
    if choice == 4:
        return lambda doc: edits.set_section(doc, "summary", f"text {rng.randrange(3)}")
    return lambda doc: edits.set_zone(doc, rng.choice(["", "UTC", "Africa/Nairobi"]))


# What the team has agreed on


OURS = {**PROFILES, "ours": (Metric("all", "all of it", "impact-start", "closed"),)}
STORY = Incident(
    zone="UTC",
    events=tuple(
        Event(id=name, at=datetime(2024, 5, 2, 9 + hour), milestones=(name,))
        for hour, name in enumerate(("impact-start", "detected", "resolved", "closed"))
    ),
)


def lengths(session: DocumentSession) -> list[str]:
    return [f"{found.metric.label} {found.text}" for found in session.measurements if found.known]


def test_the_profile_of_the_library_is_shown_and_checked() -> None:
    session = DocumentSession(STORY, policy=Policy("ours", OURS, ignore=("T",)), now=lambda: NOW, clock=Clock())
    assert (session.profile, lengths(session)) == ("ours", ["all of it 3h 00m"])
    expected = checks.check(STORY, NOW, session.policy)
    assert session.report.findings == expected.findings
    assert not any(finding.rule.startswith("T") for finding in session.report.findings)
    assert "T01" not in session.report.by_rule


def test_another_profile_is_shown_without_changing_anything_else() -> None:
    told = []
    session = DocumentSession(STORY, policy=Policy(profiles=OURS), now=lambda: NOW, clock=Clock())
    report = session.report
    session.observe(lambda seen, target: told.append((seen.profile, target)))
    session.use_profile("ours")
    assert lengths(session) == ["all of it 3h 00m"]
    session.use_profile("ours")
    assert told == [("ours", None)]
    assert session.report is report
    assert (session.dirty, session.can_undo, session.policy.profile) == (False, False, "default")
    session.execute(titled("New"), label="title")
    session.undo()
    assert session.profile == "ours"
    with pytest.raises(KeyError):
        session.use_profile("theirs")


def test_a_new_agreement_is_measured_and_checked_by() -> None:
    told = []
    session = session_of(STORY)
    assert lengths(session) == ["detect 1h 00m", "resolve 1h 00m"]
    before = session.report
    session.observe(lambda _, target: told.append(target))
    neighbours = (Neighbour("other", "Other"),)
    session.use_policy(Policy("ours", OURS, ignore=("T",)), neighbours)
    assert (session.profile, lengths(session), session.neighbours) == ("ours", ["all of it 3h 00m"], neighbours)
    assert session.report is not before
    assert "T01" not in session.report.by_rule
    session.use_profile("kehoe")
    session.use_policy(Policy("pagerduty", OURS))
    assert (session.profile, session.neighbours) == ("kehoe", neighbours)
    session.use_profile("ours")
    session.use_policy(Policy("datadog"))
    assert session.profile == "datadog"
    assert len(told) == 5
    assert not session.can_undo


def test_a_profile_that_is_defined_anew_is_measured_anew() -> None:
    session = DocumentSession(STORY, policy=Policy("ours", OURS), now=lambda: NOW, clock=Clock())
    assert lengths(session) == ["all of it 3h 00m"]
    other = {"ours": (Metric("all", "less of it", "detected", "resolved"),)}
    session.use_policy(Policy("ours", other))
    assert lengths(session) == ["less of it 1h 00m"]
    assert session.report.findings == checks.check(STORY, NOW, session.policy).findings
