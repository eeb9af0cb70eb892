"""Pictures of unsaved work: of several incidents, on a small screen, and where the file was changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tests.ui.recoveries import BEFORE, by_another, field, killed, offered, recovering, summary
from tests.ui.screens import written
from tests.workspace.journals import NOW
from tui.app import PostmortemApp
from tui.workspace.services import Services
from tui.workspace.settings import Settings

Compare = Callable[..., bool]


def folder_of_several(tmp_path: Path) -> Path:
    """A folder in which every kind of file was left."""
    place = tmp_path / "incidents"
    place.mkdir()
    changed = written(place, BEFORE, "2024-05-01-checkout.toml")
    gone = written(place, BEFORE.changed(title="Search stale"), "2024-05-02-search.toml")
    same = written(place, BEFORE.changed(title="Login slow since the update"), "2024-05-03-login.toml")
    killed(None, field("title", "Mails are late"), begun_in=place, at=NOW - timedelta(days=3))
    killed(gone, summary("It was the index."), at=NOW - timedelta(hours=5))
    killed(changed, summary("It broke in the early morning."), at=NOW - timedelta(minutes=90))
    killed(
        same, summary("It broke in the early morning, when the second disk failed too."), field("severity", "SEV1"),
        at=NOW - timedelta(minutes=12),
    )  # fmt: skip
    by_another(changed, field("severity", "SEV3"))
    gone.unlink()
    return place


async def before(pilot: Pilot[Any]) -> None:
    await offered(pilot)


def test_several(snap_compare: Compare, tmp_path: Path) -> None:
    assert snap_compare(recovering(folder_of_several(tmp_path)), terminal_size=(120, 40), run_before=before)


def test_changed_meanwhile_on_a_small_screen_in_light_theme(snap_compare: Compare, tmp_path: Path) -> None:
    async def second(pilot: Pilot[Any]) -> None:
        await offered(pilot)
        await pilot.press("down")
        await offered(pilot)

    app = PostmortemApp(
        folder_of_several(tmp_path), Services.fake(keeps=True), Settings(theme="postmortem-light")
    )  # fmt: skip
    assert snap_compare(app, terminal_size=(80, 24), run_before=second)
