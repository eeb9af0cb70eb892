"""Keys that come in one bunch, as a slow line delivers them, do what they do when they come one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from schemas.incident import Event, Incident, Sections
from schemas.toml_file import loads
from tests.ui.screens import app_for, document, run, seen, written

TYPED = "Hello there"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    story = Incident(
        title="Checkout down",
        zone="UTC",
        sections=Sections(summary="It broke.", root_cause="A full disk."),
        events=(Event(id="aaaa", text="Alert"), Event(id="bbbb", text="Over")),
    )
    return written(tmp_path, story)


async def bunch(pilot: Pilot[int], *keys: str) -> None:
    """All keys at once; a word of several letters that is no key's name is typed."""
    names = {"enter", "escape", "end", "home", "delete", "down", "tab", "backspace"}
    for key in keys:
        for each in [key] if key in names or "+" in key or key[1:].isdigit() else key:
            character = each if len(each) == 1 else {"enter": "\r", "tab": "\t"}.get(each)
            pilot.app.post_message(events.Key({" ": "space"}.get(each, each), character))
    for _ in range(20):
        await pilot.pause()


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_what_is_typed_behind_a_jump_goes_where_it_leads(path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await bunch(pilot, "ctrl+g", "Root cause", "enter", "ctrl+home", TYPED, "ctrl+s")
        assert "Saved" in seen(pilot)

    run(app_for(path), scenario, size)
    assert loads(path.read_text()).sections.root_cause == f"{TYPED}A full disk."


def test_keys_of_a_text_act_before_the_letters_behind_them(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        into = ("ctrl+g", "Root cause", "enter", "ctrl+home")
        await bunch(pilot, *into, "a", "end", "b", "home", "c", "end", "backspace", "d")
        assert document(pilot).doc.sections.root_cause == "caA full disk.d"

    run(app_for(path), scenario)


def test_a_dialog_that_closes_swallows_nothing(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await bunch(pilot, "ctrl+g", "Root cause", "enter", "ctrl+home", "f1", "escape", "ctrl+p", "escape", TYPED)
        assert document(pilot).doc.sections.root_cause == f"{TYPED}A full disk."

    run(app_for(path), scenario)


def test_commands_of_a_list_wait_for_the_one_before(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        # Down to the second event, delete it, and take that back; then the first one.
        await bunch(pilot, "f4", "home", "down", "delete", "ctrl+z", "home", "delete")
        assert [event.id for event in document(pilot).doc.events] == ["bbbb"]

    run(app_for(path), scenario)


def test_nothing_is_held_while_a_text_is_typed(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await bunch(pilot, "ctrl+g", "Root cause", "enter", "ctrl+home")
        app = pilot.app
        for key in (*"abc", "enter", "end", "backspace", "ctrl+left"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
            await pilot.pause()
            assert app._taking_effect is None  # type: ignore[attr-defined]

    run(app_for(path), scenario)
