"""Events: quick entry, pasting, editing, shifting, marking, deleting, and what the timeline shows of it at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from schemas.incident import Event, Incident
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tui.workspace.outline import Spot


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 5, 2, hour, minute, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    story = (
        Event(id="aaaa", at=at(9), text="Push fails", milestones=("detected",)),
        Event(id="bbbb", at=at(9, 30), text="Network suspected", kind="hypothesis"),
        Event(id="cccc", at=at(12), text="All is well", milestones=("resolved",)),
    )
    return written(tmp_path, Incident(title="Push fails", zone="UTC", events=story))


def test_quick_entry_shows_what_it_becomes_and_adds_it_in_its_place(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("ctrl+n")
        await type_text(pilot, "2024-05-02 10:15 !mitigated @ana rolled back")
        assert "10:15" in seen(pilot)
        assert "mitigated" in seen(pilot)
        assert len(screen.doc.events) == 3
        await pilot.press("enter")
        await pilot.pause()
        added = screen.doc.events[2]
        assert (added.at, added.text, added.milestones, added.actor) == (
            at(10, 15),
            "rolled back",
            ("mitigated",),
            "ana",
        )
        assert "mitigate 1h 15m (detected → mitigated)" in seen(pilot)
        await pilot.press("escape", "ctrl+z")
        assert len(screen.doc.events) == 3

    run(app_for(path), scenario)


def test_quick_entry_continues_from_the_event_just_added(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("ctrl+n")
        await type_text(pilot, "+15m checked again\n")
        await type_text(pilot, "+15m closed the bridge\n")
        times = [event.at for event in screen.doc.events[3:]]
        assert times == [at(12, 15), at(12, 30)]

    run(app_for(path), scenario)


def test_a_line_that_cannot_be_read_is_refused_and_kept(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("ctrl+n")
        await type_text(pilot, "10/04/2024 11:00 what day is it\n")
        assert len(screen.doc.events) == 3
        assert screen.entry.text == "10/04/2024 11:00 what day is it"
        assert "2024-04-10" in seen(pilot)

    run(app_for(path), scenario)


def test_many_pasted_lines_are_looked_at_before_they_are_added(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("ctrl+n")
        pilot.app.post_message(events.Paste("10:00 paged\n  by hand\n10:05 looked\n10:20 fixed\n"))
        await pilot.pause()
        await pilot.pause()
        assert "Many events" in seen(pilot)
        assert "adds 3 events" in seen(pilot)
        assert len(screen.doc.events) == 3
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert len(screen.doc.events) == 6
        assert "by hand" in " ".join(event.text for event in screen.doc.events)
        assert len({event.id for event in screen.doc.events}) == 6
        await pilot.press("escape", "ctrl+z")
        assert len(screen.doc.events) == 3

    run(app_for(path), scenario)


def test_a_time_typed_into_an_event_moves_it_and_the_metrics_follow(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        assert "resolve 3h 00m (detected → resolved)" in seen(pilot)
        await screen.open_event("cccc", "at")
        await pilot.pause()
        await pilot.press("end", *["backspace"] * 5)
        await type_text(pilot, "09:10")
        assert [event.id for event in screen.doc.events] == ["aaaa", "cccc", "bbbb"]
        assert "resolve 10m (detected → resolved)" in seen(pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert [event.id for event in screen.doc.events] == ["aaaa", "bbbb", "cccc"]

    run(app_for(path), scenario)


def test_a_cleared_time_is_kept_until_the_field_is_left(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_event("bbbb", "at")
        await pilot.pause()
        await pilot.press("end", "ctrl+u")
        await type_text(pilot, "25:99")
        await pilot.press("escape")
        await pilot.pause()
        assert screen.doc.events[1].at == at(9, 30), "a refused time leaves the old one"
        await screen.open_event("bbbb", "at")
        await pilot.pause()
        await pilot.press("end", "ctrl+u", "down")
        await pilot.pause()
        assert screen.doc.events[1].at is None, "a field left empty says that the time is not known"
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.doc.events[1].at == at(9, 30)

    run(app_for(path), scenario)


def test_marked_events_are_shifted_together_and_come_back_with_one_undo(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.go_to_pane("timeline")
        await pilot.pause()
        await pilot.press("home", "space", "space", "s")
        await pilot.pause()
        await pilot.press("backspace")
        await type_text(pilot, "+3h\n")
        await pilot.pause()
        assert [(event.id, event.at) for event in screen.doc.events] == [
            ("aaaa", at(12)), ("cccc", at(12)), ("bbbb", at(12, 30)),
        ] or [(event.id, event.at) for event in screen.doc.events] == [
            ("cccc", at(12)), ("aaaa", at(12)), ("bbbb", at(12, 30)),
        ]  # fmt: skip
        await pilot.press("ctrl+z")
        assert [event.at for event in screen.doc.events] == [at(9), at(9, 30), at(12)]

    run(app_for(path), scenario)


def test_a_wrong_length_is_refused_where_it_is_typed(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.go_to_pane("timeline")
        await pilot.press("s")
        await pilot.pause()
        await type_text(pilot, "soon\n")
        assert "✗" in seen(pilot)
        assert [event.at for event in screen.doc.events] == [at(9), at(9, 30), at(12)]

    run(app_for(path), scenario)


def test_milestones_are_chosen_from_a_list(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.go_to_pane("timeline")
        screen.timeline_view.place_at("bbbb")
        await pilot.press("m")
        await pilot.pause()
        await type_text(pilot, "decl")
        await pilot.press("space", "enter")
        await pilot.pause()
        assert screen.doc.events[1].milestones == ("declared",)

    run(app_for(path), scenario)


def test_delete_and_undo(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.go_to_pane("timeline")
        screen.timeline_view.place_at("bbbb")
        await pilot.press("d")
        await pilot.pause()
        assert [event.id for event in screen.doc.events] == ["aaaa", "cccc"]
        assert "Network suspected" not in seen(pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "Network suspected" in seen(pilot)

    run(app_for(path), scenario)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_the_timeline_can_be_reached_and_used_at_every_size(path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("f4")
        await pilot.pause()
        assert "Network suspected" in seen(pilot)
        assert screen.focused is screen.timeline_view
        await pilot.press("down", "enter")
        await pilot.pause()
        assert screen.spot == Spot("events", screen.timeline_view.event_id)
        assert "What happened" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert screen.spot == Spot("events")
        assert "All is well" in seen(pilot)

    run(app_for(path), scenario, size)
