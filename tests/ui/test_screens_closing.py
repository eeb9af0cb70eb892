"""A screen that closes while something is still going on for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import work
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from tests.ui.screens import app_for, run
from tui.screens.base import MainScreen


class Reluctant(Static):
    """Takes its time to go."""

    async def on_unmount(self) -> None:
        for _ in range(100):
            await asyncio.sleep(0)


class Reading(MainScreen[None]):
    """Looks at one of its parts again and again, as a list does whose folder is still being read."""

    looked = 0

    def compose(self) -> ComposeResult:
        yield Static("0", id="number")
        yield Reluctant()

    def on_mount(self) -> None:
        self.read_on()

    @work
    async def read_on(self) -> None:
        while True:
            self.query_one("#number", Static)
            self.looked += 1
            await asyncio.sleep(0)


@pytest.mark.parametrize("by", ["leaving the screen", "leaving the program"])
def test_what_goes_on_for_a_screen_ends_before_its_parts_are_gone(tmp_path: Path, by: str) -> None:
    screen = Reading()

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.app.push_screen(screen)
        assert screen.looked
        if by == "leaving the screen":
            await pilot.app.pop_screen()

    run(app_for(tmp_path), scenario)
