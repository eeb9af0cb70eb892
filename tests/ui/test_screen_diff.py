"""What is sent sparingly shows the same as all that Textual sends, on every screen."""

from __future__ import annotations

import random
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import pytest
from textual import events
from textual.pilot import Pilot

from schemas.incident import Event, Incident, Sections
from tests.ui.conflicts import LABELS, merged_file
from tests.ui.histories import with_past
from tests.ui.imports import read_report
from tests.ui.recoveries import BEFORE, killed, summary
from tests.ui.screens import SAMPLES, run, written
from tests.ui.two_terminals import TwiceShownApp
from tui.screens.conflict import ConflictScreen
from tui.screens.import_screen import ImportScreen
from tui.workspace.services import Services

pytestmark = pytest.mark.slow

KEYS: Final = (
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "escape", "escape", "tab", "shift+tab",
    "f1", "f4", "f6", "f7", "f8", "f11", "ctrl+n", "ctrl+p", "ctrl+g", "ctrl+z", "ctrl+y", "ctrl+f", "alt+t",
    "alt+h", "ctrl+end", "ctrl+home", "backspace", "delete", "space", "a", "n", "p", "x", "1", "slash", "界", "é", "🙂",
    "→", "(", "`", "*", "shift+left", "shift+down", "ctrl+w", "alt+v", "alt+c",
)  # fmt: skip
SIZES: Final = ((80, 24), (120, 40), (60, 20), (200, 50))
# Only what pyte and Rich read alike: the two terminals are held against each other cell by cell.
TEXT: Final = "Wide 界界 and é, e\u0301, 🙂, ツ — and [/b] [red]markup[/] (`code` **fat**)."
WIDE: Final = "日本語" * 20 + " 🙂🙂 " + "日本" * 20 + "。"
STEPS: Final = 250

Pushed = Callable[[Pilot[int]], Awaitable[None]]


def hostile(folder: Path) -> Path:
    events_ = tuple(Event(id=f"e{number:03}", text=f"{number} {TEXT}", actor=TEXT) for number in range(30))
    return written(folder, Incident(title=TEXT, sections=Sections(summary=f"{TEXT}\n" * 20), events=events_))


def wide(folder: Path) -> TwiceShownApp:
    events_ = tuple(Event(id=f"e{number:03}", text=f"{number} {WIDE}", actor="花子") for number in range(30))
    return TwiceShownApp(
        written(folder, Incident(title=WIDE, sections=Sections(summary=f"{WIDE}\n" * 20), events=events_))
    )


def library(folder: Path) -> TwiceShownApp:
    shutil.copytree(SAMPLES, folder / "library")
    return TwiceShownApp(folder / "library")


def prose(folder: Path) -> TwiceShownApp:
    return TwiceShownApp(hostile(folder))


def sample(folder: Path) -> TwiceShownApp:
    return TwiceShownApp(Path(shutil.copy(sorted(SAMPLES.glob("*.toml"))[2], folder)))


def review(folder: Path) -> TwiceShownApp:
    return TwiceShownApp(hostile(folder), start="review")


def recovery(folder: Path) -> TwiceShownApp:
    path = written(folder, BEFORE)
    killed(path, summary(TEXT))
    return TwiceShownApp(path, Services.fake(keeps=True))


def history(folder: Path) -> TwiceShownApp:
    return TwiceShownApp(with_past(folder))


async def push_import(pilot: Pilot[int]) -> None:
    await pilot.app.push_screen(ImportScreen("notes.md", read_report()))


async def push_conflict(pilot: Pilot[int]) -> None:
    now = Services.fake().now
    screen = ConflictScreen(merged_file(), labels=LABELS, title=TEXT, explain=TEXT, now=now)
    await pilot.app.push_screen(screen)


async def open_history(pilot: Pilot[int]) -> None:
    screen: Any = pilot.app.screen
    screen.action_history()


async def open_editor(pilot: Pilot[int]) -> None:
    await pilot.press("down", "enter", "ctrl+end")


@pytest.mark.parametrize(
    ("opened", "push"),
    [
        (library, None), (prose, open_editor), (wide, open_editor), (sample, None), (review, None), (recovery, None),
        (history, open_history), (sample, push_import), (sample, push_conflict),
    ],
    ids=["library", "prose", "wide", "document", "review", "recovery", "history", "import", "conflict"],
)  # fmt: skip
def test_any_keys_pastes_and_sizes_show_the_same(
    tmp_path: Path, opened: Callable[[Path], TwiceShownApp], push: Pushed | None, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(request.node.callspec.id)
    app = opened(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        if push is not None:
            await push(pilot)
            await pilot.pause()
        for step in range(STEPS):
            if not app.is_running:
                return
            deed = chance.random()
            key = chance.choice(KEYS)
            if deed < 0.02:
                key = "a resize"
                await pilot.resize_terminal(*chance.choice(SIZES))
            elif deed < 0.05:
                key = "a paste"
                app.post_message(events.Paste(TEXT[: chance.randrange(len(TEXT))]))
                await pilot.pause()
            else:
                await pilot.press(key)
            app.compare_with_all_anew(f"after {key}, step {step} on {type(app.screen).__name__}")
            if app.differences:
                return

    run(app, scenario)
    assert not app.differences, app.differences[0]
    assert app.updates > 50
    assert app.sent_bytes < app.plain_bytes / 3


@pytest.mark.parametrize(("narrow", "wide"), [((60, 20), (80, 24)), ((80, 24), (120, 40)), ((120, 40), (200, 50))])
def test_no_wide_character_is_cut_where_the_edge_was_before_a_resize(
    tmp_path: Path, narrow: tuple[int, int], wide: tuple[int, int]
) -> None:
    events_ = tuple(Event(id=f"e{number:03}", text=f"{'x' * (number % 2)}{WIDE}") for number in range(30))
    app = TwiceShownApp(written(tmp_path, Incident(title=WIDE, events=events_)), start="review")

    async def scenario(pilot: Pilot[int]) -> None:
        for size in (narrow, wide):
            await pilot.resize_terminal(*size)
            await pilot.press("down", "down")
            app.compare_with_all_anew(f"after two steps at {size}")

    run(app, scenario)
    assert not app.differences, app.differences[0]


def test_all_is_sent_where_it_is_switched_off(tmp_path: Path) -> None:
    app = TwiceShownApp(hostile(tmp_path))
    app.sends_all = True
    shown = app._sent_screen

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("down", "enter", "x")
        app.compare_with_all_anew("at the end")

    run(app, scenario)
    assert not app.differences
    assert not shown._rows
