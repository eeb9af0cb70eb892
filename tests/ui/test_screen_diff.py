"""What is sent sparingly shows the same as all that Textual sends."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from schemas.incident import Event, Incident, Sections
from tests.ui.screens import SAMPLES, run, written
from tests.ui.two_terminals import TwiceShownApp

pytestmark = pytest.mark.slow

KEYS = (
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "escape", "escape", "tab", "shift+tab",
    "f1", "f4", "f6", "f7", "f8", "f11", "ctrl+n", "ctrl+p", "ctrl+g", "ctrl+z", "ctrl+y", "ctrl+f", "alt+t",
    "alt+h", "ctrl+end", "ctrl+home", "backspace", "delete", "space", "a", "n", "p", "x", "1", "slash", "界", "é", "🙂",
    "→",
)  # fmt: skip
SIZES = ((80, 24), (120, 40), (60, 20), (200, 50))
# Only what pyte and Rich read alike: the two terminals are held against each other cell by cell.
TEXT = "Wide 界界 and é, e\u0301, 🙂, ツ — and [/b] [red]markup[/]."


def hostile(folder: Path) -> Path:
    events_ = tuple(Event(id=f"e{number:03}", text=f"{number} {TEXT}", actor=TEXT) for number in range(30))
    return written(folder, Incident(title=TEXT, sections=Sections(summary=f"{TEXT}\n" * 20), events=events_))


@pytest.mark.parametrize("seed", range(4))
def test_any_keys_pastes_and_sizes_show_the_same(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    place: Path = tmp_path
    if seed == 0:
        shutil.copytree(SAMPLES, tmp_path / "library")
        place = tmp_path / "library"
    elif seed == 1:
        place = hostile(tmp_path)
    else:
        place = Path(shutil.copy(sorted(SAMPLES.glob("*.toml"))[seed], tmp_path))
    app = TwiceShownApp(place)

    async def scenario(pilot: Pilot[int]) -> None:
        for _ in range(500):
            if not app.is_running:
                return
            deed = chance.random()
            if deed < 0.02:
                await pilot.resize_terminal(*chance.choice(SIZES))
            elif deed < 0.05:
                app.post_message(events.Paste(TEXT[: chance.randrange(len(TEXT))]))
                await pilot.pause()
            else:
                await pilot.press(chance.choice(KEYS))

    run(app, scenario)
    assert not app.differences, app.differences[0]
    assert app.updates > 100
    assert app.sent_bytes < app.plain_bytes / 4
