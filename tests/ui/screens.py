"""Opening the app in a test, pressing keys without a pause, and reading what a person would see."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from schemas.incident import Incident
from schemas.toml_file import dumps
from tui.app import PostmortemApp
from tui.screens.document import DocumentScreen
from tui.workspace.services import Services

SAMPLES = Path(__file__).parents[2] / "sample_incidents"
Scenario = Callable[[Pilot[int]], Awaitable[None]]


def written(folder: Path, incident: Incident, name: str = "incident.toml") -> Path:
    """A file with an incident."""
    path = folder / name
    path.write_text(dumps(incident), encoding="utf-8")
    return path


def app_for(path: Path, services: Services | None = None) -> PostmortemApp:
    """The app on a file or folder, with a fixed clock and ids."""
    return PostmortemApp(path, services or Services.fake())


def run(app: PostmortemApp, scenario: Scenario, size: tuple[int, int] = (120, 40)) -> PostmortemApp:
    """Drive the app; what it raises is raised here."""

    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await scenario(pilot)

    asyncio.run(go())
    return app


def document(pilot: Pilot[int]) -> DocumentScreen:
    """The document screen, which may be under a dialog."""
    return next(screen for screen in reversed(pilot.app.screen_stack) if isinstance(screen, DocumentScreen))


def seen(pilot: Pilot[int]) -> str:
    """Everything that is on the screen, as lines of text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def type_text(pilot: Pilot[int], text: str) -> None:
    """Type, one key after the other, with no pause between."""
    for char in text:
        key = {" ": "space", "\n": "enter"}.get(char, char)
        pilot.app.post_message(events.Key(key, "\r" if char == "\n" else char))
    await pilot.pause()


def burst(pilot: Pilot[int], *keys: str) -> None:
    """Put keys into the queue as a fast typist or a slow line does: all at once."""
    for key in keys:
        character = " " if key == "space" else key if len(key) == 1 else None
        pilot.app.post_message(events.Key(key, character))
