"""Pasting more than entries into an open timeline: it is looked at first, and added as one change."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from schemas.incident import Event, Incident
from tests.ui.imports import REPORT, importing, settled
from tests.ui.screens import app_for, document, run, seen, written

OPEN = Incident(
    title="Search slow", zone="Africa/Nairobi",
    events=(Event(id="k7q2", at=datetime(2024, 5, 4, 8), text="Quiet morning"),),
)  # fmt: skip


async def pasted(pilot: Pilot[int], text: str) -> None:
    await pilot.press("alt+v")
    await pilot.pause()
    pilot.app.screen.focused.post_message(events.Paste(text))  # type: ignore[union-attr]
    await pilot.pause()
    assert "^R reads it as a document" in seen(pilot)
    await pilot.press("ctrl+r")
    await settled(pilot)


def test_the_chosen_events_are_added_as_one_change(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pasted(pilot, REPORT)
        shown = seen(pilot)
        assert "Events out of pasted text" in shown
        assert "Left out" in shown
        screen = importing(pilot)
        assert screen.view is not None
        await pilot.press("tab")
        at = next(i for i, row in enumerate(screen.view.outline.rows) if "p99" in row.text)
        screen.made.move_to(at)
        await pilot.press("d")
        await pilot.pause()
        assert "5 events" in seen(pilot).splitlines()[0]
        await pilot.press("ctrl+s", "a")
        await pilot.pause()
        doc = document(pilot).doc
        assert len(doc.events) == 6
        assert len({event.id for event in doc.events}) == 6
        assert doc.sections == OPEN.sections
        assert doc.actions == ()
        assert "Added 5 events" in seen(pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert document(pilot).doc == OPEN

    run(app_for(written(tmp_path, OPEN)), scenario)


def test_clocks_without_a_day_take_the_day_and_the_zone_of_the_incident(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pasted(pilot, "Notes of the call\n\n## Timeline\n\n- 09:00 down\n- 09:30 up again\n")
        await pilot.press("ctrl+s")
        await pilot.pause()
        added = [event for event in document(pilot).doc.events if event.id != "k7q2"]
        assert [str(event.at)[:16] for event in added] == ["2024-05-04 09:00", "2024-05-04 09:30"]
        assert all(event.zone == "" for event in added)

    run(app_for(written(tmp_path, OPEN)), scenario)


def test_leaving_adds_nothing(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pasted(pilot, REPORT)
        await pilot.press("escape")
        await pilot.pause()
        assert document(pilot).doc == OPEN
        assert not document(pilot).session.can_undo

    run(app_for(written(tmp_path, OPEN)), scenario)


def test_a_chat_is_known_for_one(tmp_path: Path) -> None:
    chat = "14:05 ana: search is slow\n14:06 bo: looking\n14:09 ana: rolled back\n"

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+v")
        await pilot.pause()
        pilot.app.screen.focused.post_message(events.Paste(chat))  # type: ignore[union-attr]
        await pilot.pause()
        assert "A chat or a log" in seen(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "3 events" in seen(pilot)
        await pilot.press("ctrl+s", "a")
        await pilot.pause()
        added = [event for event in document(pilot).doc.events if event.id != "k7q2"]
        assert [(event.actor, event.text) for event in added] == [
            ("ana", "search is slow"), ("bo", "looking"), ("ana", "rolled back"),
        ]  # fmt: skip
        assert str(added[0].at)[:16] == "2024-05-04 14:05"

    run(app_for(written(tmp_path, OPEN)), scenario)


def test_where_nothing_is_taken_the_words_are_in_the_window_again(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pasted(pilot, REPORT)
        await pilot.press("escape")
        await settled(pilot)
        assert "Many events" in seen(pilot)
        assert "p99 of search" in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "Throw the text away?" in seen(pilot)
        await pilot.press("t")
        await settled(pilot)
        assert document(pilot).doc == OPEN
        assert pilot.app.screen is document(pilot)

    run(app_for(written(tmp_path, OPEN)), scenario)
