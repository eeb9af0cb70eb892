"""What every test stands on: an environment that is the same on every machine, and a way to drive the app."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
import time
from collections.abc import Awaitable, Callable
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

# A slow machine is no fault of the code.
settings.register_profile("postmortem", deadline=None, print_blob=True)
settings.load_profile("postmortem")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: no test reads or writes the settings, journals or indexes of the person who runs it."""
    place = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(place))
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place / name.lower()))
    return place


def drive(
    app: App[Any], scenario: Callable[[Pilot[Any]], Awaitable[None]], *, size: tuple[int, int] = (120, 40)
) -> None:
    """Run a scenario against the app at a size; what the app or the scenario raises is raised here."""

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await scenario(pilot)

    asyncio.run(run())
