"""Earlier versions on screen: listed with what changed, restored as a change that can be undone, saved, copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas import edits, toml_file
from tests.repositories import Repository, needs_git
from tests.ui.histories import BROKEN, FIRST, past, plain, rows, settled, version, with_past
from tests.ui.screens import app_for, document, run, seen, type_text
from tui.screens.dialogs import Ask, Confirm
from tui.screens.history import HistoryScreen
from tui.screens.library import LibraryScreen
from tui.workspace.services import Services
from tui.workspace.versions_kept import versions


@pytest.fixture(autouse=True)
def _no_repository_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


async def opened(pilot: Pilot[int], key: str = "alt+shift+h") -> HistoryScreen:
    await pilot.press(key)
    return await settled(pilot)


async def moved(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


# What is listed


def test_versions_stand_under_their_days_with_what_they_are(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await opened(pilot)
        listed = [line.split() for line in rows(pilot)[1:12] if line]
        assert [" ".join(words) for words in listed] == [
            "Today · Wed 4 Mar",
            "17:45 now as it is now same",
            "▌ 17:33 12 min saved 1.7 kB ~1",
            "14:45 3 h changed outside 35 B ✗",
            "Yesterday · Tue 3 Mar",
            "17:45 1 d ana approved 1.7 kB ~1",
            "Mon 2 Mar",
            "17:45 2 d saved 1.5 kB ~1",
            "Fri 23 Jan",
            "17:45 40 d found before saving 1.5 kB –",
        ]
        assert "5 kept" in seen(pilot).splitlines()[0]

    run(app_for(with_past(tmp_path)), scenario)


def test_what_a_version_changed_is_told_word_by_word(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await opened(pilot)
        # The version before it is broken: it is compared with the one before that.
        assert "What it changed since Tue 3 Mar 17:45" in seen(pilot)
        assert "The export hung{+ for an hour+}." in seen(pilot)
        await moved(pilot, "down", "down")
        assert "What it changed since Mon 2 Mar 17:45" in seen(pilot)
        assert "+ approval by ana added" in seen(pilot)
        await moved(pilot, "down")
        assert "action “Turn the flag off” got an owner: ana" in seen(pilot)
        await moved(pilot, "end")
        assert "The oldest version that can be read" in seen(pilot)

    run(app_for(with_past(tmp_path)), scenario)


def test_or_what_changed_since_then_until_now(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.session.execute(lambda doc: edits.set_field(doc, "severity", "SEV1"), label="test")
        await opened(pilot)
        assert "not saved yet" in seen(pilot)
        await moved(pilot, "n")
        assert "Since then, until now" in seen(pilot)
        assert "severity SEV2 → SEV1" in seen(pilot)
        await moved(pilot, "end")
        assert "4 changes" in seen(pilot)
        await moved(pilot, "home")
        assert "This is now." in seen(pilot)
        await moved(pilot, "n")
        assert "severity SEV2 → SEV1" in seen(pilot)

    run(app_for(with_past(tmp_path)), scenario)


def test_what_is_no_incident_is_shown_as_it_is_with_why(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await opened(pilot)
        await moved(pilot, "down")
        assert "✗ It cannot be read: line 1: the text is not closed" in seen(pilot)
        assert 'title = "Half a merge' in seen(pilot)
        before = document(pilot).doc
        await moved(pilot, "r")
        assert "s saves its text" in seen(pilot)
        assert document(pilot).doc is before
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Ask)
        await pilot.press("enter")
        await pilot.pause()
        assert (tmp_path / "incident-2026-03-04-1445.txt").read_text() == BROKEN

    run(app_for(with_past(tmp_path)), scenario)


def test_a_file_that_was_never_saved_here_has_none_yet(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await opened(pilot)
        assert "as it is now" in seen(pilot)
        assert "0 kept" in seen(pilot)
        await moved(pilot, "r")
        assert "choose an earlier one" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        document(pilot).session.path = None
        await pilot.press("alt+shift+h")
        await pilot.pause()
        assert "it was never saved" in seen(pilot)

    run(app_for(plain(tmp_path)), scenario)


def test_a_save_that_comes_next_is_in_the_list_with_what_was_there_before(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        document(pilot).session.execute(lambda doc: edits.set_field(doc, "severity", "SEV1"), label="test")
        await pilot.press("ctrl+s")
        await pilot.pause()
        await opened(pilot)
        assert "2 kept" in seen(pilot)
        assert "found before saving" in seen(pilot)
        assert "severity SEV2 → SEV1" in seen(pilot)

    run(app_for(plain(tmp_path), Services.fake(keeps=True)), scenario)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12)])
def test_at_any_size_list_changes_and_keys_are_there(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = await opened(pilot)
        lines = seen(pilot).splitlines()
        assert "Earlier versions" in lines[0]
        assert "saved" in seen(pilot)
        assert "Wed 4 Mar 17:33" in seen(pilot)
        assert "r restore" in lines[-1]
        assert screen.list.size.height >= 3
        assert screen.lower.size.height >= 1

    run(app_for(with_past(tmp_path)), scenario, size)


# What is done with them


def test_restoring_is_one_change_that_can_be_undone(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        before = screen.doc
        await opened(pilot)
        await pilot.press("r")
        await pilot.pause()
        assert "Nothing to restore" in seen(pilot)
        assert not screen.session.can_undo
        await opened(pilot)
        await moved(pilot, "end", "up")
        await pilot.press("r")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.doc == version(1)
        assert "Restored the version of" in seen(pilot)
        assert "● unsaved" in seen(pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "Undone: Restored the version of" in seen(pilot)
        assert screen.doc is before
        assert not screen.session.dirty
        await pilot.press("ctrl+y")
        assert screen.doc == version(1)

    run(app_for(with_past(tmp_path)), scenario)


def test_what_is_typed_is_in_before_and_comes_back_with_undo(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.form.focus_field("title")
        await type_text(pilot, "X")
        assert screen.doc.title.endswith("X")
        await opened(pilot)
        await moved(pilot, "end")
        await pilot.press("r")
        await pilot.pause()
        assert screen.doc.title == "Export stuck"
        assert screen.form.row("title").control.value == "Export stuck"  # type: ignore[union-attr]
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.doc.title.endswith("X")

    run(app_for(with_past(tmp_path)), scenario)


def test_a_read_only_document_can_be_looked_at_and_saved_elsewhere(tmp_path: Path) -> None:
    path = with_past(tmp_path)
    copied: list[str] = []
    services = Services.fake(clipboard=lambda text, _: copied.append(text))

    async def scenario(pilot: Pilot[int]) -> None:
        before = document(pilot).doc
        document(pilot).session.set_read_only("the file is write-protected")
        await opened(pilot)
        await moved(pilot, "end", "c")
        assert copied == [past()[0][2]]
        assert "Sent the version" in seen(pilot)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Confirm)
        assert "write-protected" in seen(pilot)
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert "Saved incident-2026-01-23-1745.toml" in seen(pilot)
        assert document(pilot).doc is before

    run(app_for(path, services), scenario)
    assert (tmp_path / "incident-2026-01-23-1745.toml").read_text() == past()[0][2]


def test_saving_asks_before_it_overwrites_and_never_over_the_file_itself(tmp_path: Path) -> None:
    path = with_past(tmp_path)
    own, other = path.read_text(), tmp_path / "other.toml"
    other.write_text("mine")

    async def save_to(pilot: Pilot[int], name: str) -> None:
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await type_text(pilot, name)
        await pilot.press("enter")
        await pilot.pause()

    async def scenario(pilot: Pilot[int]) -> None:
        await opened(pilot)
        await moved(pilot, "end")
        await save_to(pilot, "./incident.toml")
        assert "that is the file itself" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        await save_to(pilot, "other.toml")
        assert "There is such a file" in seen(pilot)
        await pilot.press("c")
        await settled(pilot)
        assert other.read_text() == "mine"
        await save_to(pilot, "other.toml")
        await pilot.press("o")
        await settled(pilot)
        assert other.read_text() == past()[0][2]
        await save_to(pilot, "nowhere/other.toml")
        assert "nowhere" in seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "Not saved" in seen(pilot)

    run(app_for(path), scenario)
    assert path.read_text() == own


def test_a_document_that_changes_behind_the_list_is_compared_anew(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = await opened(pilot)
        await moved(pilot, "enter")
        assert screen.focused is screen.lower
        await moved(pilot, "escape")
        assert screen.focused is screen.list
        await moved(pilot, "home")
        assert "no changes" in seen(pilot)
        document(pilot).session.execute(lambda doc: edits.set_field(doc, "severity", "SEV1"), label="taken in")
        await settled(pilot)
        assert "severity SEV2 → SEV1" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is document(pilot)

    run(app_for(with_past(tmp_path)), scenario)


def test_a_version_that_vanished_meanwhile_is_told(tmp_path: Path) -> None:
    path = with_past(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        await opened(pilot)
        for each in versions(path):
            each.file.unlink()
        await moved(pilot, "end")
        assert "The oldest version that can be read" in seen(pilot)
        screen = await settled(pilot)
        screen.contents.forget(screen.version)
        await pilot.press("r")
        await settled(pilot)
        assert "It is no incident that can be read" in seen(pilot)

    run(app_for(path), scenario)


# From the library


def test_from_the_library_the_file_is_opened_with_the_version_as_a_change(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await opened(pilot, "h")
        assert "the file" in seen(pilot)
        assert "ana approved" in seen(pilot)
        await moved(pilot, "end")
        await pilot.press("r")
        await pilot.pause()
        await pilot.pause()
        screen = document(pilot)
        assert screen.doc == FIRST
        assert screen.session.dirty
        assert "Restored the version of" in seen(pilot)
        await pilot.press("ctrl+z")
        assert not screen.session.dirty

    with_past(tmp_path)
    run(app_for(tmp_path), scenario)


def test_a_broken_file_gets_its_version_back_and_is_kept_itself(tmp_path: Path) -> None:
    path = with_past(tmp_path)
    path.write_text(BROKEN + "now")

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await opened(pilot, "h")
        await pilot.press("r")
        while not isinstance(pilot.app.screen, Confirm):
            await pilot.pause()
        assert "cannot be opened" in seen(pilot)
        await pilot.press("w")
        while isinstance(pilot.app.screen, Confirm):
            await pilot.pause()
        await settled(pilot)
        assert "Restored incident.toml" in seen(pilot)
        assert "7 kept" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LibraryScreen)

    run(app_for(tmp_path), scenario)
    assert path.read_text() == past()[-1][2]
    assert BROKEN + "now" in [file_text(path, number) for number in range(3)]


def file_text(path: Path, number: int) -> str:
    from tui.workspace.versions_kept import read

    return read(versions(path)[number])


# Git


@needs_git
def test_what_git_has_is_in_the_same_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path / "library", monkeypatch)
    repository.write("incident.toml", toml_file.dumps(FIRST))
    repository.commit("The [b]first[/b] of it \x1b[5m")
    path = with_past(repository.folder)
    repository.commit("Second")

    async def scenario(pilot: Pilot[int]) -> None:
        await opened(pilot)
        assert "5 kept · 2 in git" in seen(pilot)
        await moved(pilot, "end")
        assert "The [b]first[/b] of it" in seen(pilot)
        assert "committed by Kim Lee" in seen(pilot)
        await moved(pilot, "up")
        assert "Second" in seen(pilot)
        assert "3 changes" in seen(pilot)
        await moved(pilot, "down")
        await pilot.press("r")
        await pilot.pause()
        assert document(pilot).doc == FIRST

    run(app_for(path), scenario)
