"""The zone that times are shown in: switched by a key, seen in every time, and never in the file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.pilot import Pilot

from schemas.incident import Event, Incident
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tui.workspace.services import Services

EAT = timezone(timedelta(hours=3))
NAIROBI = "Africa/Nairobi"


def story(*told: Event, zone: str = NAIROBI) -> Incident:
    return Incident(title="Exports stuck", zone=zone, events=told)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    first = Event(id="aaaa", at=datetime(2024, 5, 2, 1, 30, tzinfo=EAT), text="Exports stop")
    second = Event(id="bbbb", at=datetime(2024, 5, 2, 2, 0), text="Pager rings", milestones=("detected",))
    third = Event(id="cccc", at=datetime(2024, 5, 2, 9, 0, tzinfo=EAT), text="All is well", milestones=("resolved",))
    return written(tmp_path, story(first, second, third))


def in_paris() -> Services:
    return Services.fake(zone=ZoneInfo("Europe/Paris"))


def lines(pilot: Pilot[int], *words: str) -> list[str]:
    """The lines of the screen with any of some words, blanks made single."""
    return [" ".join(line.split()) for line in seen(pilot).splitlines() if any(word in line for word in words)]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_a_key_goes_through_the_zones_and_the_label_says_which(path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        before = screen.doc
        await pilot.press("f4")
        assert "3 events · EAT" in seen(pilot)
        assert "01:30" in lines(pilot, "Exports stop")[0]
        await pilot.press("z")
        await pilot.pause()
        assert "3 events · UTC" in seen(pilot)
        assert "22:30" in lines(pilot, "Exports stop")[0]
        assert "06:00" in lines(pilot, "All is well")[0]
        await pilot.press("z")
        await pilot.pause()
        assert "3 events · mine: CEST" in seen(pilot)
        assert "00:30" in lines(pilot, "Exports stop")[0]
        await pilot.press("z")
        await pilot.pause()
        assert "3 events · EAT" in seen(pilot)
        assert screen.doc is before
        assert not screen.session.dirty

    run(app_for(path, in_paris()), scenario, size)


def test_day_headings_follow_and_gaps_stay(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f4")
        assert "Wed 1 May 2024" not in seen(pilot)
        await pilot.press("z")
        await pilot.pause()
        assert "Wed 1 May 2024" in seen(pilot)
        assert "Thu 2 May" in seen(pilot)
        assert "+30m" in lines(pilot, "Pager rings")[0]
        assert "+7h" in lines(pilot, "All is well")[0]

    run(app_for(path), scenario)


def test_a_day_keeps_its_name_where_it_begins_at_another_hour(tmp_path: Path) -> None:
    known = Event(id="aaaa", at=datetime(2024, 5, 1, 23, tzinfo=EAT), text="Exports stop")
    path = written(tmp_path, story(known, Event(id="bbbb", at=date(2024, 5, 2), text="Customers told")))

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f4")
        assert "day" in lines(pilot, "Customers told")[0]
        await pilot.press("z")
        await pilot.pause()
        assert "2 May" in lines(pilot, "Customers told")[0]

    run(app_for(path), scenario)


def test_a_zone_can_be_chosen_from_the_palette_from_anywhere(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("ctrl+p")
        await pilot.pause()
        await type_text(pilot, "zone of the")
        await pilot.press("enter")
        await pilot.pause()
        assert "Your zone" in seen(pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "3 events · UTC" in seen(pilot)
        assert "Times are shown and read in UTC" in seen(pilot)

    run(app_for(path, in_paris()), scenario)


def test_what_is_typed_is_read_in_the_zone_that_is_shown_and_kept_in_the_incidents(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("f4", "z", "ctrl+n")
        await type_text(pilot, "23:30 restarted the exporter")
        assert "23:30 UTC" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        added = next(event for event in screen.doc.events if event.text == "restarted the exporter")
        assert added.at == datetime(2024, 5, 1, 23, 30, tzinfo=UTC)
        assert isinstance(added.at, datetime)
        assert added.at.utcoffset() == timedelta(hours=3)
        assert "23:30" in lines(pilot, "restarted the exporter")[0]

    run(app_for(path), scenario)


def test_words_that_are_kept_say_in_which_zone_they_were_written(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("f4", "z", "ctrl+n")
        await type_text(pilot, "23:30 PM restarted the exporter\n")
        added = next(event for event in screen.doc.events if event.text == "restarted the exporter")
        assert added.as_written == "23:30 PM UTC"
        assert added.at == datetime(2024, 5, 1, 23, 30, tzinfo=UTC)

    run(app_for(path), scenario)


def test_the_form_shows_times_in_the_zone_and_says_which(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("f4", "z")
        await screen.open_event("aaaa", "at")
        await pilot.pause()
        assert "times in UTC" in seen(pilot)
        assert "2024-05-01 22:30" in seen(pilot)
        await pilot.press("end", "backspace", "backspace")
        await type_text(pilot, "45")
        at = screen.doc.events[0].at
        assert at == datetime(2024, 5, 1, 22, 45, tzinfo=UTC)
        assert isinstance(at, datetime)
        assert at.utcoffset() == timedelta(hours=3)

    run(app_for(path), scenario)


def test_a_local_time_in_the_form_is_shown_in_the_zone_too_and_is_not_touched_by_looking(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        before = screen.doc
        await pilot.press("f4", "z")
        await screen.open_event("bbbb", "at")
        await pilot.pause()
        assert "2024-05-01 23:00" in seen(pilot)
        await pilot.press("down", "up", "escape")
        await pilot.pause()
        assert screen.doc is before

    run(app_for(path), scenario)


def test_times_without_a_zone_say_why_they_cannot_be_shown_elsewhere(tmp_path: Path) -> None:
    path = written(tmp_path, story(Event(id="aaaa", at=datetime(2024, 5, 2, 9), text="Down"), zone=""))

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f4", "z")
        await pilot.pause()
        assert "1 event · no zone ?" in seen(pilot)
        assert "have no zone" in seen(pilot).splitlines()[-1]

    run(app_for(path), scenario)


def test_times_without_a_date_say_so(tmp_path: Path) -> None:
    path = written(
        tmp_path, story(Event(id="aaaa", at=time(9), text="Down"), Event(id="bbbb", at=time(9, 5), text="Up"))
    )

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f4", "z")
        await pilot.pause()
        assert "have no date" in seen(pilot).splitlines()[-1]

    run(app_for(path), scenario)


def test_undo_works_across_zones(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        before = screen.doc
        await pilot.press("f4", "z", "ctrl+n")
        await type_text(pilot, "23:30 restarted\n")
        await pilot.press("escape", "z", "ctrl+z")
        await pilot.pause()
        assert screen.doc == before

    run(app_for(path), scenario)


def test_a_pasted_block_is_read_in_the_zone_that_is_shown(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("f4", "home", "z", "ctrl+n")
        pilot.app.post_message(events.Paste("22:40 looked\n22:50 looked again\n"))
        await pilot.pause()
        await pilot.pause()
        assert "22:40 UTC" in seen(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        added = {event.text: event.at for event in screen.doc.events}
        assert added["looked"] == datetime(2024, 5, 1, 22, 40, tzinfo=UTC)
        assert added["looked again"] == datetime(2024, 5, 1, 22, 50, tzinfo=UTC)

    run(app_for(path), scenario)
