"""Differences among ten thousand events, of which few or none are different."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from schemas import edits, event_edits
from schemas.differences import alike, differences
from schemas.incident import Event, Incident

EVENTS = tuple(
    Event(id=f"e{n}", at=datetime(2024, 5, 2) + timedelta(minutes=n), text=f"step {n}") for n in range(10_000)
)


def test_lists_that_are_shared_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Incident(events=EVENTS)

    def fail(*_: object) -> None:
        raise AssertionError("looked at")

    monkeypatch.setattr("schemas.differences.keyed", fail)
    monkeypatch.setattr("schemas.differences.zone_of", fail)
    assert len(differences(before, edits.set_field(before, "severity", "SEV1")).all) == 1


def test_events_that_are_shared_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Incident(events=EVENTS)
    after = edits.update_item(before, "events", "e5000", text="another")
    asked: list[object] = []

    def note(one: object, other: object) -> bool:
        asked.append(one)
        return alike(one, other)

    monkeypatch.setattr("schemas.differences.alike", note)
    assert [each.where for each in differences(before, after).all] == ["events/e5000/text"]
    assert len(asked) < 100


def test_all_at_once() -> None:
    before = Incident(events=EVENTS)
    after = event_edits.shift_events(before, [event.id for event in EVENTS], timedelta(minutes=5))
    assert len(differences(before, after).all) == 10_000
