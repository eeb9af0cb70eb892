"""Pictures of earlier versions: beside what changed, above it, and one that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.ui.histories import settled, with_past
from tests.ui.screens import app_for
from tui.app import PostmortemApp
from tui.workspace.services import Services
from tui.workspace.settings import Settings

Compare = Callable[..., bool]


@pytest.fixture(autouse=True)
def _no_repository_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


async def opened(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.press("alt+shift+h")
    await settled(pilot)


def test_beside_what_changed(snap_compare: Compare, tmp_path: Path) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await opened(pilot)
        await pilot.press("end", "n")
        await settled(pilot)

    assert snap_compare(app_for(with_past(tmp_path)), terminal_size=(120, 40), run_before=before)


def test_above_what_changed(snap_compare: Compare, tmp_path: Path) -> None:
    assert snap_compare(app_for(with_past(tmp_path)), terminal_size=(80, 24), run_before=opened)


def test_one_that_cannot_be_read_in_light_theme(snap_compare: Compare, tmp_path: Path) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await opened(pilot)
        await pilot.press("down")
        await settled(pilot)

    app = PostmortemApp(with_past(tmp_path), Services.fake(), Settings(theme="postmortem-light"))
    assert snap_compare(app, terminal_size=(60, 20), run_before=before)
