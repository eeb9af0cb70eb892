"""Pictures of comments, of the status with what stops it, of a verdict, of what changed, and of a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from schemas import edits
from tests.ui.remarks import CAUSE, TALKED, talked
from tests.ui.screens import app_for, document
from tui.app import PostmortemApp
from tui.workspace.outline import Spot
from tui.workspace.services import Services
from tui.workspace.settings import Settings

Compare = Callable[..., bool]
SIZE = (80, 24)


def test_comments_beside_the_text(snap_compare: Compare, tmp_path: Path) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await document(pilot).open_spot(Spot("root_cause"))
        await pilot.press("alt+i")
        await pilot.pause()

    assert snap_compare(app_for(talked(tmp_path)), terminal_size=SIZE, run_before=before)


def test_all_comments(snap_compare: Compare, tmp_path: Path) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press("alt+shift+i", "f")
        await pilot.pause()

    assert snap_compare(app_for(talked(tmp_path)), terminal_size=SIZE, run_before=before)


def test_status_and_what_stops_it(snap_compare: Compare, tmp_path: Path) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press("alt+shift+s")
        await pilot.pause()

    assert snap_compare(app_for(talked(tmp_path)), terminal_size=SIZE, run_before=before)


def test_verdict_in_light_theme(snap_compare: Compare, tmp_path: Path) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press("alt+p")
        await pilot.pause()

    app = PostmortemApp(talked(tmp_path), Services.fake(), Settings(theme="postmortem-light"))
    assert snap_compare(app, terminal_size=SIZE, run_before=before)


def test_what_changed(snap_compare: Compare, tmp_path: Path) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        session = document(pilot).session
        text = CAUSE.replace("Nobody was asked", "The database team was not asked")
        session.execute(lambda doc: edits.set_section(doc, "root_cause", text), label="test")
        session.execute(lambda doc: edits.update_item(doc, "actions", "xxxx", owner="ana"), label="test")
        await pilot.press("alt+u", "enter")
        await pilot.pause()

    assert snap_compare(app_for(talked(tmp_path)), terminal_size=SIZE, run_before=before)


def test_a_question(snap_compare: Compare, tmp_path: Path) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press("alt+q")
        await pilot.pause()

    assert snap_compare(app_for(talked(tmp_path, TALKED)), terminal_size=SIZE, run_before=before)
