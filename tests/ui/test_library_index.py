"""The library on screen with an index: what is known is there at once, texts are searched, changes are noticed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.screens import app_for, run, seen, type_text
from tests.ui.test_library import library, settled, titles
from tests.workspace.libraries import incident, parsed, settle, write
from tui.screens import library as library_screen
from tui.workspace.library_changes import Progress
from tui.workspace.library_place import index_file
from tui.workspace.services import Services

__all__ = ["parsed"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(30):
        write(
            tmp_path / f"{number:02}.toml", incident(number, f"word{number}", "Größe", "overflow" * (number % 7 == 0))
        )
    settle()
    return tmp_path


def services() -> Services:
    return Services.fake(indexes=True)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 15)])
def test_a_library_that_was_open_before_is_there_without_reading(
    folder: Path, parsed: list[str], size: tuple[int, int]
) -> None:
    shown: list[str] = []

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.pause(0.3)
        shown.append(seen(pilot))

    run(app_for(folder, services()), scenario, size)
    assert len(parsed) == 30
    assert index_file(folder).exists()
    parsed.clear()
    run(app_for(folder, services()), scenario, size)
    assert parsed == []
    assert shown[0] == shown[1]
    assert "30 incidents" in shown[0]


def test_words_in_the_text_are_found_as_they_are_typed(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.press("/")
        await type_text(pilot, "overfl")
        assert titles(pilot) == [f"Case {number} word{number}" for number in (21, 14, 7, 0, 28)]
        assert "5 of 30 incidents" in seen(pilot)
        await type_text(pilot, " sev:1")
        assert titles(pilot) == ["Case 21 word21", "Case 0 word0"]
        await pilot.press("ctrl+u")
        await type_text(pilot, "grosse")
        assert len(titles(pilot)) == 30

    for it in (services(), Services.fake()):
        run(app_for(folder, it), scenario)


def test_what_others_change_appears_by_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_screen, "INTERVAL", 0.05)

    async def until(pilot: Pilot[int], title: str) -> None:
        async with asyncio.timeout(20):
            while title not in titles(pilot):
                await pilot.pause(0.05)

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        path = folder / "05.toml"
        path.write_text(path.read_text().replace("Case 5 word5", "Changed"))
        await until(pilot, "Changed")
        write(folder / "new.toml", incident(3, "new"))
        await until(pilot, "Case 3 new")
        (folder / "05.toml").unlink()
        async with asyncio.timeout(20):
            while "Changed" in titles(pilot):
                await pilot.pause(0.05)

    run(app_for(folder, services()), scenario)


def test_progress_is_told_and_the_list_is_there_meanwhile(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        screen = library(pilot)
        screen._progress = Progress(1250, 10_000)
        screen.show_rows()
        await pilot.pause()
        assert "reading 1,250 of 10,000" in seen(pilot)
        await pilot.press("down")
        assert screen.table.index == 2

    run(app_for(folder), scenario)


def test_the_cursor_stays_at_the_top_until_all_is_there(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        screen = library(pilot)
        screen._progress = Progress(1, 2)
        write(folder / "later.toml", incident(27, "later"))
        screen.library.refresh()
        screen.show_rows()
        assert screen.table.index == 1
        await pilot.press("down")
        here = screen.table.row
        write(folder / "latest.toml", incident(27, "aaa"))
        screen.library.refresh()
        screen.show_rows()
        assert here is not None
        assert screen.table.row is not None
        assert screen.table.row.path == here.path

    run(app_for(folder), scenario)


def test_the_preview_waits_until_the_cursor_rests(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_screen, "_RESTS", 0.4)

    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await pilot.pause(0.6)
        screen = library(pilot)
        looked_at: list[Path] = []
        real = screen.library.incident

        def looked(path: Path) -> object:
            looked_at.append(path)
            return real(path)

        monkeypatch.setattr(screen.library, "incident", looked)
        for _ in range(6):
            await pilot.press("down")
        await pilot.pause(0.8)
        assert screen.table.row is not None
        assert looked_at[-1] == screen.table.row.path
        assert len(looked_at) <= 3

    run(app_for(folder), scenario)


def test_none_is_kept_where_none_is_wanted(folder: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await settled(pilot)
        assert "30 incidents" in seen(pilot)

    run(app_for(folder, Services.fake(keeps=True, indexes=True)), scenario)
    assert index_file(folder).exists()
    run(app_for(folder, Services.fake(keeps=True, indexes=False)), scenario)
    assert not index_file(folder).exists()
