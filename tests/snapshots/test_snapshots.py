"""A few pictures of what a person sees. Behaviour is tested elsewhere; these say when the look changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from schemas.incident import Event, Incident, Sections
from tests.ui.screens import SAMPLES, app_for, document, type_text, written
from tui.app import PostmortemApp
from tui.workspace.outline import Spot
from tui.workspace.services import Services
from tui.workspace.settings import Settings

Compare = Callable[..., bool]
EAT = SAMPLES / "2024-05-02-dev-server-package-update.toml"
LONG = SAMPLES / "2025-03-29-checkout-payment-latency.toml"
FOUR_HOURS = SAMPLES / "2023-06-01-primary-server-outage.toml"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=["60x20", "80x24", "120x40"])
def test_document_in_prose(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await document(pilot).open_spot(Spot("root_cause"))
        await pilot.pause()

    assert snap_compare(app_for(LONG), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=["60x20", "80x24", "120x40"])
def test_timeline_with_quick_entry(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press("f4", "end", "ctrl+n")
        await type_text(pilot, "+20m !closed @ana told everybody")

    assert snap_compare(app_for(EAT), terminal_size=size, run_before=before)


def test_wide_timeline(snap_compare: Compare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await document(pilot).open_spot(Spot("events"))
        await pilot.pause()

    assert snap_compare(app_for(LONG), terminal_size=(120, 40), run_before=before)


def test_event_form_with_a_refused_time(snap_compare: Compare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        screen = document(pilot)
        await screen.open_event(screen.doc.events[3].id, "at")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await type_text(pilot, "25:99")

    assert snap_compare(app_for(EAT), terminal_size=(120, 40), run_before=before)


def test_finding_visited_in_light_theme(snap_compare: Compare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press("f8")
        await pilot.pause()

    app = PostmortemApp(FOUR_HOURS, Services.fake(), Settings(theme="postmortem-light"))
    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


def test_without_colour(snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(app_for(FOUR_HOURS), terminal_size=(80, 24))


def test_actions_table(snap_compare: Compare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await document(pilot).open_spot(Spot("actions"))
        await pilot.pause()

    assert snap_compare(app_for(LONG), terminal_size=(120, 40), run_before=before)


def test_unsaved_and_asked(snap_compare: Compare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await document(pilot).open_spot(Spot("summary"))
        await type_text(pilot, "More. ")
        await pilot.press("ctrl+q")
        await pilot.pause()

    assert snap_compare(app_for(EAT), terminal_size=(80, 24), run_before=before)


def test_hostile_text(snap_compare: Compare, tmp_path: Path) -> None:
    text = "[/b] [@click=app.quit]x[/] \x1b[31m 界 e\u0301 \u202e"
    story = (Event(id="aaaa", text=text, actor=text),)
    path = written(tmp_path, Incident(title=text, sections=Sections(summary=text), events=story))
    assert snap_compare(app_for(path), terminal_size=(80, 24))


def test_help(snap_compare: Compare) -> None:
    assert snap_compare(app_for(EAT), terminal_size=(80, 24), press=["f1"])


def folder_of_samples(tmp_path: Path) -> Path:
    folder = tmp_path / "incidents"
    folder.mkdir()
    for sample in SAMPLES.glob("*.toml"):
        shutil.copy(sample, folder)
    return folder


async def read_through(pilot: Pilot[Any]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=["60x20", "80x24", "120x40"])
def test_library(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    folder = folder_of_samples(tmp_path)
    (folder / "half.toml").write_text('title = "Half\n')
    assert snap_compare(app_for(folder), terminal_size=size, run_before=read_through)


def test_empty_library(snap_compare: Compare, tmp_path: Path) -> None:
    folder = tmp_path / "incidents"
    folder.mkdir()
    assert snap_compare(app_for(folder), terminal_size=(80, 24), run_before=read_through)
