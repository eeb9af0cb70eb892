"""Pictures of importing: both sides with a doubt, one side in a small terminal, answers given, choosing a document."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.incident import Incident
from tests.ui.imports import settled
from tests.ui.screens import written
from tests.workspace import imports as readers
from tui.app import PostmortemApp
from tui.screens.import_screen import ImportScreen
from tui.workspace.services import Services
from tui.workspace.settings import Settings

Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)], ids=["120x40", "80x24", "60x20"])


def library(folder: Path, settings: Settings | None = None) -> PostmortemApp:
    """A library with one report to import, beside another document."""
    written(folder, Incident(title="Checkout is slow", severity="SEV3"), "2024-04-01-checkout.toml")
    for name, text in (("notes.md", "x" * 1_400), ("chat.txt", "x"), ("old/more.md", "x")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
        os.utime(folder / name, (1_714_900_000, 1_714_900_000))
    return PostmortemApp(folder, Services.fake(), settings)


# A reader of the tests' own: the pictures are of the screen, and no reader that learns something changes them.
DOCUMENT = f"""\
s Search answered in eight seconds and more for two hours; nobody in the shop could find anything at all
{readers.DOCUMENT}
e 10:40 the job is stopped and latency falls to what it was on the day before, with the old number of shards
a Alert on the number of shards"""


def imported(*keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """A document is opened for import, and some keys are pressed."""

    async def before(pilot: Pilot[int]) -> None:
        await pilot.app.push_screen(ImportScreen("notes.md", readers.reader(DOCUMENT)))
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)

    return before


@SIZES
def test_a_document_and_what_was_made_of_it(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(library(tmp_path), terminal_size=size, run_before=imported("n", "n"))


@SIZES
def test_doubts_are_settled(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(library(tmp_path), terminal_size=size, run_before=imported("n", "2", "n", "n", "3"))


def test_in_the_light_theme(snap_compare: Compare, tmp_path: Path) -> None:
    app = library(tmp_path, Settings(theme="postmortem-light"))
    assert snap_compare(app, terminal_size=(120, 40), run_before=imported("tab", "end"))


def test_choosing_a_document(snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The folder stands in the line, and has another name in each run.
    monkeypatch.setenv("HOME", str(tmp_path.resolve()))

    async def before(pilot: Pilot[int]) -> None:
        await pilot.press("i", "down")
        await pilot.pause()

    folder = tmp_path / "incidents"
    folder.mkdir()
    assert snap_compare(library(folder), terminal_size=(80, 24), run_before=before)
