"""What is wrong with an event is seen on the event, said when the cursor is there, and mended with one key."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.incident import Event, Incident
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tui.workspace.services import Services

SIZES = [(120, 40), (80, 24), (60, 20)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    story = (
        Event(id="aaaa", at=datetime(2025, 3, 29, 22, 40), text="Export starts", milestones=("detected",)),
        Event(id="bbbb", at=time(22, 55), text="Alert rings"),
        Event(id="cccc", at=datetime(2025, 3, 30, 2, 30), text="Worker restarted"),
        Event(id="dddd", at=datetime(2025, 3, 30, 5), as_written="05:00 CST", text="Vendor agrees"),
        Event(id="eeee", at=datetime(2031, 3, 30, 9), text="Backlog gone"),
    )
    return written(tmp_path, Incident(title="Export stuck", zone="Europe/Berlin", events=story))


def line_of(pilot: Pilot[int], words: str) -> str:
    return next(line for line in seen(pilot).splitlines() if words in line)


@pytest.mark.parametrize("size", SIZES)
def test_marks_are_glyphs_at_the_time(path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f4")
        await pilot.pause()
        assert "22:55†" in line_of(pilot, "Alert rings")
        assert "02:30±" in line_of(pilot, "Worker restarted")
        await pilot.press("end")
        await pilot.pause()
        assert "05:00?" in line_of(pilot, "Vendor agrees")
        assert "09:00✗" in line_of(pilot, "Backlog gone")

    run(app_for(path), scenario, size)


@pytest.mark.parametrize("size", SIZES)
def test_the_cursor_on_an_event_says_what_is_wrong_with_it(path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("f4")
        screen.timeline_view.place_at("cccc")
        await pilot.press("up", "down")
        await pilot.pause()
        assert "T07" in seen(pilot).splitlines()[-1]
        words = " ".join(" ".join(line.split("│")[-1] for line in seen(pilot).splitlines()).split())
        assert "did not exist in Europe/Berlin" in words
        await pilot.press("up")
        await pilot.pause()
        assert "Sat 29 Mar 2025 is assumed" in seen(pilot)
        await pilot.press("up")
        await pilot.pause()
        assert "is assumed" not in seen(pilot)
        assert "T07" not in seen(pilot).splitlines()[-1]

    run(app_for(path), scenario, size)


def test_one_key_on_the_event_mends_it_and_one_undo_takes_that_back(tmp_path: Path) -> None:
    story = (
        Event(id="aaaa", at=datetime(2024, 5, 2, 9), text="Export starts"),
        Event(id="bbbb", at=datetime(2024, 5, 2, 13, 30), as_written="13:30 PM", text="Alert rings"),
    )
    path = written(tmp_path, Incident(title="Export stuck", zone="UTC", events=story))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        before = screen.doc
        await pilot.press("f4", "end")
        await pilot.pause()
        assert "f fixes it" in seen(pilot).splitlines()[-1]
        await pilot.press("f")
        await pilot.pause()
        assert screen.doc.events[1].as_written == ""
        said = seen(pilot).splitlines()[-1]
        assert said.strip().startswith("Done: keep")
        assert "^Z" in said
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.doc == before
        assert "Undone: keep" in seen(pilot).splitlines()[-1]

    run(app_for(path), scenario)


def test_the_form_of_the_event_mends_it_too(tmp_path: Path) -> None:
    event = Event(id="bbbb", at=datetime(2024, 5, 2, 13, 30), as_written="13:30 PM", text="Alert rings")
    path = written(tmp_path, Incident(title="Export stuck", zone="UTC", events=(event,)))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_event("bbbb", "at")
        await pilot.pause()
        await pilot.press("alt+x")
        await pilot.pause()
        assert screen.doc.events[0].as_written == ""
        await pilot.press("ctrl+z")
        assert screen.doc.events[0].as_written == "13:30 PM"

    run(app_for(path), scenario)


def test_a_field_of_the_overview_is_mended_where_it_stands(tmp_path: Path) -> None:
    event = Event(id="bbbb", at=datetime(2024, 5, 2, 13, 30), text="Alert rings")
    path = written(tmp_path, Incident(title="Export stuck", zone="EAT", events=(event,)))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.form.focus_field("zone")
        await pilot.pause()
        await pilot.press("alt+x")
        await pilot.pause()
        assert screen.doc.zone == "Africa/Nairobi"
        await pilot.press("ctrl+z")
        assert screen.doc.zone == "EAT"

    run(app_for(path), scenario)


def test_a_finding_on_the_event_is_waived_from_there(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("f4")
        screen.timeline_view.place_at("cccc")
        await pilot.press("w")
        await pilot.pause()
        await type_text(pilot, "the clock was wrong\n")
        await pilot.pause()
        assert [waiver.where for waiver in screen.doc.waivers] == ["events/cccc/at"]
        assert "02:30±" not in seen(pilot)

    run(app_for(path), scenario)


def test_nothing_to_mend_is_said(tmp_path: Path) -> None:
    event = Event(id="bbbb", at=datetime(2024, 5, 2, 13, 30), text="Alert rings", links=("https://example.org/1",))
    path = written(tmp_path, Incident(title="Export stuck", zone="UTC", events=(event,)))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        before = screen.doc
        await pilot.press("f4", "f")
        await pilot.pause()
        assert screen.doc is before
        assert "no finding here" in seen(pilot).splitlines()[-1]

    run(app_for(path), scenario)


def test_a_doubtful_zone_is_said_over_the_timeline_and_on_the_event(tmp_path: Path) -> None:
    path = written(
        tmp_path, Incident(title="Down", events=(Event(id="aaaa", at=datetime(2024, 5, 2, 9), text="Down"),))
    )  # fmt: skip

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f4")
        await pilot.pause()
        assert "no zone ?" in seen(pilot)
        assert "T05" in seen(pilot).splitlines()[-1]

    run(app_for(path), scenario)


def test_a_day_alone_has_no_mark(tmp_path: Path) -> None:
    path = written(
        tmp_path, Incident(title="Down", zone="UTC", events=(Event(id="aaaa", at=date(2024, 5, 2), text="Told all"),))
    )  # fmt: skip

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f4")
        await pilot.pause()
        assert " day " in line_of(pilot, "Told all")

    run(app_for(path, Services.fake()), scenario)
