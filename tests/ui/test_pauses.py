"""What a key costs is what it changes: findings follow in a pause, and a long file is written behind the keys."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from schemas import checks
from schemas.incident import Incident, Sections
from schemas.toml_file import loads
from tests.ui.screens import app_for, burst, document, run, type_text, written
from tui.workspace.outline import Spot
from tui.workspace.services import Services

DRAFT = Incident(title="Checkout down", zone="UTC", sections=Sections(summary="It broke."))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each time that the rules are run."""
    asked: list[object] = []
    real = checks.run

    def counted(facts: checks.Facts, previous: checks.Report | None = None) -> checks.Report:
        asked.append(facts)
        return real(facts, previous)

    monkeypatch.setattr(checks, "run", counted)
    return asked


def test_rules_run_once_when_the_person_pauses(tmp_path: Path, runs: list[object]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await pilot.pause(0.6)
        runs.clear()
        burst(pilot, *"TODO", "space", *"tell")
        await pilot.pause()
        assert "TODO tell" in screen.doc.sections.summary
        assert not runs
        before = screen.report
        while screen.report is before:
            await pilot.pause(0.05)
        assert len(runs) == 1
        assert screen.findings_view.findings == screen.session.report.findings

    run(app_for(written(tmp_path, DRAFT), Services.fake(pause=0.4)), scenario)


def test_going_to_a_finding_right_behind_typing_sees_the_latest(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "TODO ")
        burst(pilot, "f8")
        await pilot.pause()
        assert screen.report is screen.session.report

    run(app_for(written(tmp_path, DRAFT), Services.fake(pause=60.0)), scenario)


def test_a_letter_wakes_only_what_it_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await pilot.pause()
        seen: list[str] = []
        real = MessagePump._dispatch_message

        async def counted(pump: MessagePump, message: Message) -> None:
            seen.append(f"{type(pump).__name__} {type(message).__name__}")
            await real(pump, message)

        monkeypatch.setattr(MessagePump, "_dispatch_message", counted)
        pilot.app.post_message(events.Key("x", "x"))
        await asyncio.sleep(0.1)
        monkeypatch.undo()
        assert seen[:2] == ["PostmortemApp Key", "ProseEditor Key"]
        assert len(seen) <= 5, seen

    run(app_for(written(tmp_path, DRAFT), Services.fake(pause=60.0)), scenario)


def test_what_is_typed_while_a_long_file_is_written_is_not_taken_for_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.saving._LONG", 0)
    path = written(tmp_path, DRAFT)

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "a")
        saving = asyncio.create_task(screen.save())
        while not screen.writes:
            await asyncio.sleep(0)
        screen._prose_typed("a and b")
        await saving
        assert "and b" not in loads(path.read_text()).sections.summary
        assert screen.session.dirty
        assert await screen.save()
        assert loads(path.read_text()).sections.summary == "a and b"
        assert not screen.session.dirty

    run(app_for(path), scenario)


def test_leaving_waits_for_a_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.saving._LONG", 0)
    path = written(tmp_path, DRAFT)

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "a")
        first, second = asyncio.create_task(screen.save()), asyncio.create_task(screen.save())
        while not screen.writes:
            await asyncio.sleep(0)
        assert await screen.may_leave()
        assert await first
        assert await second
        assert loads(path.read_text()).sections.summary.startswith("a")

    run(app_for(path), scenario)
