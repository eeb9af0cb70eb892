"""What a key costs is what it changes: findings follow in a pause, and a long file is written behind the keys."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.fuzzy import Matcher
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from schemas import checks
from schemas.incident import Incident, Sections
from schemas.toml_file import loads
from tests.ui.file_disks import SlowToAnswer
from tests.ui.screens import app_for, burst, document, run, seen, type_text, written
from tui.screens.document import DocumentScreen
from tui.screens.review import ReviewScreen
from tui.workspace.outline import Spot
from tui.workspace.services import Services
from tui.workspace.versions_kept import read as version_text
from tui.workspace.versions_kept import versions

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
        while not screen.session.being_written:
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
        while not screen.session.being_written:
            await asyncio.sleep(0)
        assert await screen.may_leave()
        assert await first
        assert await second
        assert loads(path.read_text()).sections.summary.startswith("a")

    run(app_for(path), scenario)


@pytest.mark.parametrize("leaves", [False, True])
def test_a_long_version_is_kept_once_nobody_types_or_the_document_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaves: bool
) -> None:
    monkeypatch.setattr("tui.screens.saving._LONG", 0)
    path = written(tmp_path, DRAFT)
    pause = 60.0 if leaves else 0.05

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "a")
        saving = asyncio.create_task(screen.save())
        while screen.session.dirty:
            await asyncio.sleep(0)
        await type_text(pilot, "b")
        assert "save" not in [each.mark for each in versions(path)]
        if leaves:
            screen.session.undo()
            assert await screen.may_leave()
        assert await saving
        kept = versions(path)[0]
        assert (kept.mark, loads(version_text(kept)).sections.summary) == ("save", "aIt broke.")

    run(app_for(path, Services.fake(keeps=True, pause=pause)), scenario)


async def typed_into(pilot: Pilot[int]) -> DocumentScreen:
    """The document with words in it that are not saved."""
    screen = document(pilot)
    await screen.open_spot(Spot("summary"))
    await type_text(pilot, "Mine. ")
    return screen


def test_a_review_that_is_left_while_it_saves_has_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.saving._LONG", 0)
    disk = SlowToAnswer()

    async def scenario(pilot: Pilot[int]) -> None:
        screen = await typed_into(pilot)
        await pilot.press("alt+h", "ctrl+s")
        await disk.wrote()
        # The file holds the words by now, and the screen below looks at it.
        await screen.look_at_file()
        await screen.look_at_file()
        burst(pilot, "escape")
        await pilot.pause()
        disk.answers.set()
        while isinstance(pilot.app.screen, ReviewScreen):
            await pilot.pause(0.01)
        assert not screen.session.dirty
        assert screen.session.in_file.sections.summary == "Mine. It broke."
        await screen.look_at_file()
        await screen.look_at_file()
        assert screen.came_in_last is None

    run(app_for(written(tmp_path, DRAFT), Services.fake(keeps=True, disk=disk)), scenario)


def test_a_review_waits_for_the_save_of_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.saving._LONG", 0)
    disk = SlowToAnswer()

    async def scenario(pilot: Pilot[int]) -> None:
        screen = await typed_into(pilot)
        await pilot.press("ctrl+s")
        await disk.wrote()
        await pilot.press("alt+h", "ctrl+s")
        await pilot.pause(0.1)
        disk.answers.set()
        while "Nothing to save" not in seen(pilot):
            await pilot.pause(0.01)
        assert not screen.session.dirty
        assert screen.came_in_last is None

    run(app_for(written(tmp_path, DRAFT), Services.fake(keeps=True, disk=disk)), scenario)


def test_places_are_looked_through_once_for_letters_that_come_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_for: list[str] = []

    class Counted(Matcher):
        def __init__(self, query: str) -> None:
            looked_for.append(query)
            super().__init__(query)

    monkeypatch.setattr("tui.screens.picker.Matcher", Counted)

    async def scenario(pilot: Pilot[int]) -> None:
        burst(pilot, "ctrl+g", *"Summary", "enter", "a")
        while not document(pilot).doc.sections.summary.startswith("a"):
            await pilot.pause(0.01)
        assert looked_for[-1] == "Summary"
        assert len(looked_for) < len("Summary")

    run(app_for(written(tmp_path, DRAFT)), scenario)
