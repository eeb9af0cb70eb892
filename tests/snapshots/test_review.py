"""Pictures of the review: an event, without hindsight, the text with a comment, the items of a list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from schemas.incident import Event, Incident, Sections
from tests.snapshots.test_snapshots import EAT, LONG
from tests.ui.screens import written
from tui.app import PostmortemApp
from tui.workspace.services import Services
from tui.workspace.settings import Settings

Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


def review(path: Path, settings: Settings | None = None) -> PostmortemApp:
    return PostmortemApp(path, Services.fake(), settings, start="review")


def after(*keys: str) -> Callable[[Pilot[Any]], Any]:
    """Press keys, each when the one before has been dealt with."""

    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    return before


@SIZES
def test_an_event_with_comments(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(review(LONG), terminal_size=size, run_before=after("m", "m", *["n"] * 9))


@SIZES
def test_no_hindsight(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(review(EAT), terminal_size=size, run_before=after("h", *["n"] * 7))


@SIZES
def test_the_text_with_a_quoted_comment(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(review(LONG), terminal_size=size, run_before=after("o"))


def test_items_in_light_theme(snap_compare: Compare) -> None:
    app = review(LONG, Settings(theme="postmortem-light"))
    assert snap_compare(app, terminal_size=(120, 40), run_before=after("o", "o"))


def test_one_pane(snap_compare: Compare) -> None:
    assert snap_compare(review(EAT), terminal_size=(60, 20), run_before=after("n", "n"))


def test_wide(snap_compare: Compare) -> None:
    assert snap_compare(review(LONG), terminal_size=(200, 50), run_before=after("m", "m"))


def test_hostile_text(snap_compare: Compare, tmp_path: Path) -> None:
    text = "[/b] [@click=app.quit]x[/] \x1b[31m 界 e\u0301 \u202e"
    story = (Event(id="aaaa", text=text, actor=text, links=(text,)),)
    path = written(tmp_path, Incident(title=text, sections=Sections(summary=text), events=story))
    assert snap_compare(review(path), terminal_size=(80, 24))
