"""Files that git left with both versions: opened, chosen from, saved clean; and those that cannot be read by halves."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.toml_file import dumps, parse
from tests.ui.conflicts import conflicts
from tests.ui.screens import app_for, document, run, seen, type_text
from tests.workspace.conflicts import base, conflicted_file, ours
from tests.workspace.test_conflict_files import NESTED
from tui.screens.conflict import ConflictScreen
from tui.screens.dialogs import Message
from tui.screens.document import DocumentScreen
from tui.workspace.services import Services

BROKEN = 'title = "T"\n<<<<<<< HEAD\nowner = "@a\n=======\nowner = "@b"\n>>>>>>> feature\n'


async def settled(pilot: Pilot[int]) -> None:
    """Wait until nothing more is to be opened."""
    await pilot.pause()
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize(("based", "size"), [(True, (120, 40)), (False, (80, 24))], ids=["diff3", "two-way"])
def test_a_file_is_resolved_and_saved_clean(tmp_path: Path, based: bool, size: tuple[int, int]) -> None:
    path = conflicted_file(tmp_path, based=based)
    before = path.read_bytes()

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        shown = seen(pilot)
        for words in ("1 HEAD", "2 feature", "git left both versions in it", "0 of"):
            assert words in shown
        await pilot.press("T", "enter")
        await settled(pilot)
        assert path.read_bytes() == before
        assert "● unsaved" in seen(pilot)
        assert "Merged, not saved yet" in seen(pilot)
        assert document(pilot).doc.severity == "SEV3"
        await pilot.press("ctrl+s")
        await settled(pilot)
        saved = parse(path.read_text(), "x")
        assert saved.incident.severity == "SEV3"
        assert "<<<<<<<" not in path.read_text()
        assert not document(pilot).session.dirty
        assert "git add" in seen(pilot)

    run(app_for(path), scenario, size)


def test_taking_the_first_version_of_all_is_a_change_too(tmp_path: Path) -> None:
    path = conflicted_file(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("O", "enter")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        saved = parse(path.read_text(), "x").incident
        assert saved.severity == ours().severity
        assert saved.sections.root_cause == ours().sections.root_cause

    run(app_for(path), scenario)


def test_markers_nested_in_prose(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(NESTED)

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        assert "It was the disk." in seen(pilot)
        assert "Before." in seen(pilot)
        await pilot.press("3", "enter")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        told = parse(path.read_text(), "x").incident.sections.summary
        assert told == "Before.\nIt was the disk.\nIt was the network.\nAfter.\n"

    run(app_for(path), scenario, (80, 24))


def test_leaving_writes_nothing_and_ends_where_nothing_is_behind(tmp_path: Path) -> None:
    path = conflicted_file(tmp_path)
    before = path.read_bytes()

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)

    assert run(app_for(path), scenario).return_code == 0
    assert path.read_bytes() == before


def test_from_the_library_and_back(tmp_path: Path) -> None:
    conflicted_file(tmp_path)
    (tmp_path / "other.toml").write_text(dumps(base()))

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        shown = seen(pilot)
        assert "⇄" in shown
        assert "git conflict" in shown
        await pilot.press("slash")
        await type_text(pilot, "is:conflict\n")
        await pilot.press("enter")
        await settled(pilot)
        assert conflicts(pilot).words.labels == ("HEAD", "feature")
        await pilot.press("escape")
        await settled(pilot)
        assert "incidents" in seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("O", "enter")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("escape", "escape")
        await settled(pilot)
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        assert not any(isinstance(each, ConflictScreen | DocumentScreen) for each in pilot.app.screen_stack)
        assert "⇄" not in seen(pilot)

    run(app_for(tmp_path), scenario)


def test_a_review_of_it_says_what_to_do_first(tmp_path: Path) -> None:
    conflicted_file(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.press("v")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Message)
        assert "Git left both versions in it" in seen(pilot)

    run(app_for(tmp_path), scenario)


class TestAVersionThatCannotBeRead:
    """The place is told; the other version or an editor is offered."""

    def path(self, folder: Path) -> Path:
        path = folder / "x.toml"
        path.write_text(BROKEN)
        return path

    def test_the_other_one_is_taken(self, tmp_path: Path) -> None:
        path = self.path(tmp_path)

        async def scenario(pilot: Pilot[int]) -> None:
            await settled(pilot)
            shown = seen(pilot)
            assert "x.toml:3:" in shown
            assert "Open the version `feature` as it is" in shown
            await pilot.press("1")
            await settled(pilot)
            assert path.read_text() == BROKEN
            await pilot.press("ctrl+s")
            await settled(pilot)
            assert parse(path.read_text(), "x").incident.owner == "@b"

        run(app_for(path), scenario, (80, 24))

    def test_it_is_mended_in_an_editor_step_by_step(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = self.path(tmp_path)
        given: list[str] = []
        made = [BROKEN.replace("@a", '@a"\nseverity = '), BROKEN.replace('"@a', '"@a"')]

        def editor(text: str, name: str) -> str:
            given.append(text)
            assert name == "x.toml"
            return made[len(given) - 1]

        async def scenario(pilot: Pilot[int]) -> None:
            monkeypatch.setattr(pilot.app, "suspend", nullcontext)
            await settled(pilot)
            await pilot.press("e")
            await settled(pilot)
            assert "x.toml:4:" in seen(pilot)
            await pilot.press("e")
            await settled(pilot)
            assert given == [BROKEN, made[0]]
            assert "@a" in seen(pilot)
            assert "1 HEAD" in seen(pilot)
            await pilot.press("1", "enter")
            await settled(pilot)
            assert document(pilot).doc.owner == "@a"
            assert path.read_text() == BROKEN

        run(app_for(path, Services.fake(editor=editor)), scenario, (80, 24))

    def test_leaving_it(self, tmp_path: Path) -> None:
        path = self.path(tmp_path)

        async def scenario(pilot: Pilot[int]) -> None:
            await settled(pilot)
            await pilot.press("c")
            await settled(pilot)

        assert run(app_for(path), scenario).return_code == 0
        assert path.read_text() == BROKEN


def test_a_file_that_changes_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = conflicted_file(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        path.write_text('title = "Somebody was faster"\n')
        await pilot.press("O", "enter")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "Somebody was faster" in path.read_text()

    run(app_for(path), scenario)
