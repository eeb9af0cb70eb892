"""What a team has agreed on in postmortem.toml holds on screen; its faults are told and stop nobody."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.incident import Event, Incident
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tests.ui.test_library import settled
from tui.app import PostmortemApp
from tui.screens import library as library_screen
from tui.screens.library import LibraryScreen
from tui.widgets.library_table import LibraryTable


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "incidents"
    folder.mkdir()
    (tmp_path / ".git").mkdir()
    story = (
        Event(id="aaaa", at=datetime(2024, 5, 2, 9, tzinfo=UTC), text="Push fails", milestones=("detected",)),
        Event(id="bbbb", at=datetime(2024, 5, 2, 10, tzinfo=UTC), text="Called it", milestones=("declared",)),
        Event(id="cccc", at=datetime(2024, 5, 2, 12, tzinfo=UTC), text="All is well", milestones=("resolved",)),
    )
    written(folder, Incident(title="Push fails", zone="UTC", events=story))
    return folder


def agreed(library: Path, text: str) -> None:
    (library / "postmortem.toml").write_text(text, encoding="utf-8")


def test_the_profile_and_the_rules_hold_for_a_document(library: Path) -> None:
    agreed(library, 'profile = "datadog"\n[checks]\nignore = ["C01"]\n')

    async def scenario(pilot: Pilot[int]) -> None:
        assert "resolve 2h 00m (declared → resolved)" in seen(pilot)
        assert "C01" not in {finding.rule for finding in document(pilot).session.report.findings}
        assert "Left out" not in seen(pilot)

    run(app_for(library / "incident.toml"), scenario)


def test_they_hold_for_the_library_and_what_is_opened_from_it(library: Path) -> None:
    agreed(library, '[checks]\nselect = ["T05"]\n')

    async def scenario(pilot: Pilot[int]) -> None:
        for _ in range(3):
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        line = next(line for line in seen(pilot).splitlines() if "Push fails" in line and "2024-05-02" in line)
        assert "✗" not in line
        assert "!" not in line
        await pilot.press("enter")
        await pilot.pause()
        assert document(pilot).session.report.findings == ()

    run(app_for(library), scenario)


@pytest.mark.parametrize("place", ["", ".."])
def test_what_is_agreed_on_while_the_library_is_open_holds_at_once(
    library: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_screen, "INTERVAL", 0.05)

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        table = pilot.app.screen.query_one(LibraryTable)
        assert table.row is not None
        assert table.row.errors + table.row.warnings > 0
        agreed(library / place, 'profil = "datadog"\n[checks]\nselect = ["T05"]\n')
        async with asyncio.timeout(20):
            while table.row.errors + table.row.warnings > 0:
                await pilot.pause(0.05)
        assert "postmortem.toml:1" in seen(pilot)

    run(app_for(library), scenario)


def test_a_fault_is_told_beside_the_work(library: Path) -> None:
    agreed(library, 'profile = "datdog"\n')

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.pause()
        assert "datadog" in seen(pilot)
        assert "postmortem.toml:1" in seen(pilot)
        # Nothing has to be answered first.
        await pilot.press("f4", "ctrl+n")
        await type_text(pilot, "12:30 told everybody\n")
        assert len(document(pilot).doc.events) == 4

    run(app_for(library / "incident.toml"), scenario)


def test_over_a_library_it_is_told_once(library: Path) -> None:
    agreed(library, 'profile = "[/b] datdog"\n')

    async def scenario(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, PostmortemApp)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        assert "postmortem.toml:1" in seen(pilot)
        told = len(app._notifications)
        assert told == 1
        await pilot.press("enter")
        await pilot.pause()
        assert document(pilot).session.path is not None
        assert len(app._notifications) == told

    run(app_for(library), scenario)


def test_the_teams_own_profile_stands_beside_the_others(library: Path) -> None:
    agreed(
        library,
        'profile = "ours"\n[[profiles.ours]]\nid = "answer"\nlabel = "answer"\nfrom = "detected"\nto = "declared"\n',
    )

    async def scenario(pilot: Pilot[int]) -> None:
        assert "answer 1h 00m (detected → declared)" in seen(pilot)
        await pilot.press("alt+l")
        await pilot.pause()
        assert "▌ours" in seen(pilot)
        assert "Agreed on in postmortem.toml." in seen(pilot)

    run(app_for(library / "incident.toml"), scenario)


def test_a_date_in_figures_is_read_as_agreed(library: Path) -> None:
    agreed(library, 'dates = "day-first"\n')

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("ctrl+n")
        await type_text(pilot, "03/05/2024 09:30 told everybody\n")
        assert document(pilot).doc.events[-1].at == datetime(2024, 5, 3, 9, 30, tzinfo=UTC)

    run(app_for(library / "incident.toml"), scenario)


def test_what_other_incidents_of_the_library_say_is_known(library: Path) -> None:
    (library / "incident.toml").unlink()
    for name in ("one", "other"):
        claim = 'what = "duration"\nvalue = "35h 36m"\nminutes = 2136\n'
        text = f'title = "{name}"\n[[stated]]\nid = "aaaa"\n{claim}'
        (library / f"{name}.toml").write_text(text, encoding="utf-8")

    async def scenario(pilot: Pilot[int]) -> None:
        for _ in range(3):
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        opened = document(pilot).session
        (finding,) = [each for each in opened.report.findings if each.rule == "T10"]
        beside = "other.toml" if opened.doc.title == "one" else "one.toml"
        assert finding.message.endswith(f"the same number as {beside}")

    run(app_for(library), scenario)
