"""The library: a folder as a list, its preview, filter, order, and what can be done with a file."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.incident import Event, Incident
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tui.screens.library import LibraryScreen
from tui.workspace.disk import RealDisk
from tui.workspace.rows import Row
from tui.workspace.services import Services


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for day, title, severity, status in (
        (1, "Login slow", "SEV3", "draft"),
        (2, "Checkout down", "SEV1", "in-review"),
        (3, "Search stale", "SEV2", "draft"),
    ):
        event = Event(id="aaaa", at=date(2024, 5, day), text=f"{title} begins")
        incident = Incident(title=title, severity=severity, status=status, events=(event,))
        written(tmp_path, incident, f"2024-05-0{day}.toml")
    (tmp_path / "broken.toml").write_text('title = "Half\n')
    return tmp_path


def library(pilot: Pilot[int]) -> LibraryScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, LibraryScreen)
    return screen


async def settled(pilot: Pilot[int]) -> None:
    """Wait until nothing is being read any more; what ends may start another reading."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def titles(pilot: Pilot[int]) -> list[str]:
    table = library(pilot).table
    return [row.title or row.name for row in table._rows]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_the_list_says_what_there_is_and_names_what_cannot_be_read(folder: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        assert titles(pilot) == ["Search stale", "Checkout down", "Login slow", "broken.toml"]
        assert "SEV1" in seen(pilot)
        assert "broken.toml" in seen(pilot)
        await pilot.press("end")
        await pilot.pause()
        assert "line" in seen(pilot) or "toml:1" in seen(pilot)

    run(app_for(folder), scenario, size)


def test_the_preview_follows_the_cursor(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        assert "Search stale begins" in seen(pilot)
        await pilot.press("down")
        await pilot.pause()
        assert "Checkout down begins" in seen(pilot)

    run(app_for(folder), scenario)


def test_the_filter_narrows_as_it_is_typed(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("/")
        await type_text(pilot, "status:draft lo")
        assert titles(pilot) == ["Login slow"]
        await pilot.press("ctrl+u")
        await type_text(pilot, "is:broken")
        assert titles(pilot) == ["broken.toml"]
        await pilot.press("ctrl+u", "escape")
        await pilot.pause()
        assert len(titles(pilot)) == 4
        assert pilot.app.focused is library(pilot).table

    run(app_for(folder), scenario)


def test_sorting_by_column_and_reversing(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("s")
        assert titles(pilot)[:3] == ["Checkout down", "Search stale", "Login slow"]
        await pilot.press("s")
        assert titles(pilot)[:3] == ["Checkout down", "Login slow", "Search stale"]
        await pilot.press("r")
        assert titles(pilot)[:3] == ["Search stale", "Login slow", "Checkout down"]

    run(app_for(folder), scenario)


def test_opening_editing_and_coming_back_shows_the_new_title(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert document(pilot).doc.title == "Search stale"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("end")
        await type_text(pilot, "!")
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("escape", "escape")
        await pilot.pause()
        await settled(pilot)
        assert titles(pilot)[0] == "Search stale!"

    run(app_for(folder), scenario)


def test_leaving_an_unsaved_document_asks_first(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "x")
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "Not saved yet" in seen(pilot)
        await pilot.press("d")
        await pilot.pause()
        assert pilot.app.screen is library(pilot)

    run(app_for(folder), scenario)


def test_deleting_asks_and_keeps_the_file_in_the_trash(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("d")
        await pilot.pause()
        assert "trash" in seen(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert (folder / "2024-05-03.toml").exists()
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("d")
        await settled(pilot)
        assert titles(pilot)[0] == "Checkout down"
        assert "In .trash/: 20" in seen(pilot).split("\n")[-1]

    run(app_for(folder), scenario, (80, 24))
    assert not (folder / "2024-05-03.toml").exists()
    assert (folder / ".trash" / "2024-05-03.toml").exists()


def selected(pilot: Pilot[int]) -> Row:
    row = library(pilot).row
    assert row is not None
    return row


async def trash(pilot: Pilot[int]) -> None:
    """Move the incident under the cursor to the trash."""
    await pilot.press("d")
    await pilot.pause()
    await pilot.press("d")
    await settled(pilot)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
@pytest.mark.parametrize("key", ["ctrl+z", "u"])
def test_what_went_to_the_trash_comes_back(folder: Path, size: tuple[int, int], key: str) -> None:
    before = (folder / "2024-05-02.toml").read_bytes()

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("down")
        await trash(pilot)
        foot = seen(pilot).split("\n")[-1]
        assert "In .trash/: 2024-05-02.toml" in foot
        assert "^Z undo" in foot
        await pilot.press("end", key)
        await settled(pilot)
        assert titles(pilot) == ["Search stale", "Checkout down", "Login slow", "broken.toml"]
        assert selected(pilot).title == "Checkout down"
        foot = seen(pilot).split("\n")[-1]
        assert "^Z" not in foot
        if size[0] >= 80:
            assert "Back: 2024" in foot
        await pilot.press(key)
        await settled(pilot)
        assert titles(pilot) == ["Search stale", "Checkout down", "Login slow", "broken.toml"]

    run(app_for(folder), scenario, size)
    assert (folder / "2024-05-02.toml").read_bytes() == before
    assert not (folder / ".trash" / "2024-05-02.toml").exists()


def test_several_come_back_one_by_one_the_last_one_first(folder: Path) -> None:
    (folder / "team").mkdir()
    (folder / "2024-05-02.toml").rename(folder / "team" / "2024-05-03.toml")

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await trash(pilot)
        await trash(pilot)
        assert titles(pilot) == ["Login slow", "broken.toml"]
        assert len(list((folder / ".trash").glob("*.toml"))) == 2
        await pilot.press("u")
        await settled(pilot)
        assert titles(pilot) == ["Checkout down", "Login slow", "broken.toml"]
        assert "^Z undo" in seen(pilot).split("\n")[-1]
        await pilot.press("u")
        await settled(pilot)
        assert titles(pilot) == ["Search stale", "Checkout down", "Login slow", "broken.toml"]
        await pilot.press("u")
        await settled(pilot)
        assert "Nothing went to the trash" in seen(pilot)

    run(app_for(folder), scenario, (120, 40))
    assert (folder / "team" / "2024-05-03.toml").exists()
    assert (folder / "2024-05-03.toml").exists()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_where_the_name_is_taken_by_now_a_free_one_is_told(folder: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await trash(pilot)
        written(folder, Incident(title="Another"), "2024-05-03.toml")
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert "Name taken: back as 2024-05-03-2" in seen(pilot)
        assert {"Search stale", "Another"} < set(titles(pilot))
        assert selected(pilot).name == "2024-05-03-2.toml"

    run(app_for(folder), scenario, size)


def test_what_cannot_come_back_is_told_and_waits_where_it_is(folder: Path) -> None:
    class Full(RealDisk):
        full = False

        def replace(self, source: Path, target: Path) -> None:
            if self.full:
                raise OSError(errno.ENOSPC, "No space left on device")
            super().replace(source, target)

    disk = Full()

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await trash(pilot)
        disk.full = True
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "cannot be moved" in seen(pilot)
        await pilot.press("escape")
        disk.full = False
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert titles(pilot)[0] == "Search stale"
        await trash(pilot)
        (folder / ".trash" / "2024-05-03.toml").unlink()
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "no such file" in seen(pilot)
        await pilot.press("escape", "ctrl+z")
        await settled(pilot)
        assert "Nothing went to the trash" in seen(pilot)

    run(app_for(folder, Services.fake(disk=disk)), scenario, (120, 40))


def test_the_palette_undoes_too(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await trash(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause()
        await type_text(pilot, "went to the trash")
        await pilot.press("enter")
        await settled(pilot)
        assert titles(pilot)[0] == "Search stale"

    run(app_for(folder), scenario, (120, 40))


def test_the_cursor_stays_at_its_place_when_its_incident_is_gone(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        table = library(pilot).table
        await pilot.press("down", "d")
        await pilot.pause()
        await pilot.press("d")
        await settled(pilot)
        assert titles(pilot) == ["Search stale", "Login slow", "broken.toml"]
        assert table.row is not None
        assert table.row.title == "Login slow"
        await pilot.press("end")
        (folder / "broken.toml").unlink()
        await pilot.press("f5")
        await settled(pilot)
        assert table.row is not None
        assert table.row.title == "Login slow"
        # What another filter finds begins at the top.
        await pilot.press("/")
        await type_text(pilot, "stale")
        await settled(pilot)
        assert titles(pilot) == ["Search stale"]
        assert table.index == 1

    run(app_for(folder), scenario)


def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        assert "No incidents in this folder yet" in seen(pilot)
        assert "starts a new one" in seen(pilot)

    run(app_for(tmp_path), scenario)


def test_a_broken_file_opens_as_a_message_that_names_the_line(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("end", "enter")
        await pilot.pause()
        await pilot.pause()
        assert "broken.toml:1" in seen(pilot).replace("\n", "")
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is library(pilot)

    run(app_for(folder), scenario)
    assert (folder / "broken.toml").read_text() == 'title = "Half\n'


def test_export_from_the_library(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert "Exported" in seen(pilot)

    run(app_for(folder), scenario)
    assert "# Search stale" in (folder / "2024-05-03.md").read_text()
