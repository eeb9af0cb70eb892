"""What every test stands on: an environment that is the same on every machine, and a way to drive the app."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

_OURS = ("TEXTUAL", "POSTMORTEM", "_POSTMORTEM", "XDG_")
# The snapshot plugin passes the folder of its report in a variable of its own.
for _name in [name for name in os.environ if name.startswith(_OURS) and not name.startswith("TEXTUAL_SNAPSHOT")]:
    del os.environ[_name]
for _name in (
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "LINES", "EDITOR", "VISUAL", "SSH_TTY", "TMUX", "STY",
    "PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONWARNINGS",
):  # fmt: skip
    os.environ.pop(_name, None)
os.environ["TEXTUAL_ANIMATIONS"] = "none"
if "textual.constants" in sys.modules:
    # The snapshot plugin has imported Textual before this file ran; what it took from the environment is read again.
    importlib.reload(sys.modules["textual.constants"])
# A zone that nobody's story is in, written so that it needs no zone database: what leaks local time shows itself.
os.environ["TZ"] = "TEST-5:45"
time.tzset()
# Under nohup what the tests start would ignore hang-ups too.
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_xdist_auto_num_workers() -> int:
    """Three for each core, up to two dozen: a third of the time of a test on screen goes by waiting until nothing moves
    any more, and some wait for a program in a terminal."""
    return min(3 * (os.cpu_count() or 1), 24)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what one version of Python is enough for: pictures of the screen, and input that chance makes.

    The longest tests go first: behind all others one process would still be at them while the rest have nothing to do.
    """
    for item in items:
        if item.path.parent.name in ("snapshots", "fuzz", "soak"):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: item.path.name != "test_screen_diff.py" and item.get_closest_marker("slow") is None)


# A slow machine is no fault of the code. Before a merge chance must not decide; elsewhere each run tries something new.
settings.register_profile("postmortem", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("postmortem")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: no test reads or writes the settings, journals or indexes of the person who runs it."""
    place = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(place))
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place / name.lower()))
    return place


@pytest.fixture(autouse=True, scope="session")
def keys_act_first() -> Iterator[None]:
    """Let a pilot that presses or pauses go on only when every key has had its effect and the screen that is on top has
    been laid out, however slow the machine is."""
    from textual.pilot import Pilot

    from tui.terminal.ordered_keys import OrderedKeys

    press, pause = Pilot.press, Pilot.pause

    async def acted(pilot: Pilot[Any]) -> None:
        app = pilot.app
        if isinstance(app, OrderedKeys):
            async with asyncio.timeout(30):
                while app.is_running and app.keys_act:
                    await asyncio.sleep(0.001)

    async def laid_out(pilot: Pilot[Any]) -> None:
        async with asyncio.timeout(30):
            while pilot.app.is_running and pilot.app.screen_stack and not pilot.app.screen._compositor.size:
                await asyncio.sleep(0.001)

    async def press_and_wait(pilot: Pilot[Any], *keys: str) -> None:
        await press(pilot, *keys)
        await acted(pilot)
        await pause(pilot)
        await laid_out(pilot)

    async def wait_and_pause(pilot: Pilot[Any], delay: float | None = None) -> None:
        await acted(pilot)
        await pause(pilot, delay)
        await laid_out(pilot)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pilot, "press", press_and_wait)
        patch.setattr(Pilot, "pause", wait_and_pause)
        yield


def drive(
    app: App[Any], scenario: Callable[[Pilot[Any]], Awaitable[None]], *, size: tuple[int, int] = (120, 40)
) -> None:
    """Run a scenario against the app at a size; what the app or the scenario raises is raised here."""

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await scenario(pilot)

    asyncio.run(run())
