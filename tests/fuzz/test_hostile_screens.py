"""On screen: what is called like an incident and is none, names and pastes that would act, settings that lie."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from textual import events
from textual.keys import Keys, _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.widgets import Input

import tui
from schemas import toml_file
from schemas.incident import Event, Incident, OtherSection
from schemas.text import is_clean
from tests import samples
from tests.fuzz.hostile_places import NAMES, THINGS, in_time
from tests.fuzz.mutations import ROUNDS, Case, anything, hostile_text
from tests.pty.terminal import Terminal
from tests.pty.test_terminal import environ
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tui.app import PostmortemApp
from tui.screens.opening import first_screen
from tui.workspace.commands import COMMANDS
from tui.workspace.errors import UserError
from tui.workspace.services import Services
from tui.workspace.settings import Settings, load_settings, settings_path

STARTS: Final[tuple[Literal["", "review"], ...]] = ("", "review")
HOSTILE_PASTE: Final = "\x1b]52;c;aGk=\x07\x1b[31m\x9b5m\x00\u202e\u2028\x7fend"


@pytest.mark.parametrize("thing", [thing for thing in THINGS if thing not in ("folder", "link to a folder")])
@pytest.mark.parametrize("start", ["", "review"])
def test_what_cannot_be_opened_is_told(tmp_path: Path, thing: str, start: Literal["", "review"]) -> None:
    path = tmp_path / "x.toml"
    THINGS[thing](path)
    with in_time(), pytest.raises(UserError) as told:
        first_screen(path, Services.fake(), start)
    assert told.value.exit_code == 3


@pytest.mark.pty
@pytest.mark.parametrize("thing", ["fifo", "device"])
def test_in_a_terminal_it_is_told_after_the_screen(tmp_path: Path, thing: str) -> None:
    path = tmp_path / "x.toml"
    THINGS[thing](path)
    with Terminal(path.name, cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        assert terminal.exit_code() == 3
        assert "Name an ordinary file" in terminal.text
        assert "Traceback" not in terminal.text


def test_the_library_shows_them_on_screen(tmp_path: Path) -> None:
    written(tmp_path, Incident(title="A good one"))
    for number, make in enumerate(tuple(THINGS.values())[1::2]):
        place = tmp_path / f"folder-{number}"
        place.mkdir()
        make(place / "x.toml")
    for name in NAMES[::5]:
        written(tmp_path, Incident(title="Named"), name)

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        pictures = []
        for _ in range(len(NAMES[::5]) + 4):
            await pilot.press("enter")
            await pilot.pause()
            pictures.append(seen(pilot))
            await pilot.press("escape")
            await pilot.pause()
            pictures.append(seen(pilot))
            await pilot.press("down")
        assert all(map(is_clean, pictures))
        assert any("A good one" in picture for picture in pictures)
        assert any("It is a link to a file that is not there" in picture for picture in pictures)

    with in_time(60):
        run(app_for(tmp_path), scenario)


@pytest.mark.parametrize(
    "keys", [("f9",), ("ctrl+g",), ("ctrl+f",), ("ctrl+p",), ("ctrl+n",), ("f1",), ("f12",), ()], ids="".join
)
def test_what_is_pasted_cannot_act(tmp_path: Path, keys: tuple[str, ...]) -> None:
    path = written(tmp_path, Incident(title="x", events=(Event(id="a", text="y"),)))

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press(*keys)
        await pilot.pause()
        pilot.app.post_message(events.Paste(HOSTILE_PASTE))
        await pilot.pause()
        await pilot.pause()
        assert is_clean(seen(pilot))
        await pilot.press("enter")
        await pilot.pause()
        assert is_clean(seen(pilot))

    run(app_for(path), scenario)


def test_no_key_is_taken_for_the_name_of_a_method() -> None:
    """Textual calls a method `key_at` for the key `@`, whatever it was meant for."""
    keys = {str(key.value) for key in Keys} | {_character_to_key(chr(code)) for code in range(32, 0x250)}
    names = {key.replace("-", "_").replace("+", "_") for key in keys}
    for found in pkgutil.walk_packages(tui.__path__, "tui."):
        if found.name == "tui.__main__":
            continue
        for _, kind in inspect.getmembers(importlib.import_module(found.name), inspect.isclass):
            if issubclass(kind, MessagePump) and kind.__module__.startswith("tui."):
                for name in (each for each in vars(kind) if each.startswith(("key_", "_key_"))):
                    assert name.removeprefix("_").removeprefix("key_") not in names, (kind, name)


def test_every_sign_can_be_typed_in_every_part_of_a_document(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        samples.sample(samples.NEW).model_copy(update={"other_sections": (OtherSection(id="o", heading="h"),)}),
    )
    signs = [key for code in range(33, 127) if (key := _character_to_key(chr(code))) and not chr(code).isalnum()]

    async def scenario(pilot: Pilot[int]) -> None:
        for part in (document(pilot).sections, document(pilot).timeline_view, document(pilot).findings_view):
            document(pilot).set_focus(part)
            for sign in signs:
                pilot.app.post_message(events.Key(sign, None))
            await pilot.pause()
            await pilot.press("escape")
        assert is_clean(seen(pilot))

    run(app_for(path), scenario)


def test_whatever_the_settings_say_it_opens_saves_and_quits(tmp_path: Path) -> None:
    ids = [command.id for command in COMMANDS]
    for number in range(3):
        rng = Case("screen settings", number).rng
        keys: dict[str, Any] = {
            rng.choice(ids): rng.choice(("ctrl+s", "f2", "ctrl+q", "", ",", "x", "f13", 5)) for _ in range(9)
        }
        keys |= {hostile_text(rng): anything(rng) for _ in range(3)}
        settings = Settings(theme=hostile_text(rng), author=hostile_text(rng), keys=keys)
        path = written(tmp_path, Incident(title="old"))

        async def scenario(pilot: Pilot[int]) -> None:
            await pilot.pause()
            assert is_clean(seen(pilot))
            await pilot.press("enter")
            await pilot.pause()
            document(pilot).session.execute(lambda doc: doc.model_copy(update={"title": "new"}), label="typing")
            for name in ("document.save", "app.quit"):
                taken = pilot.app._keymap.get(name)
                default = next(command.keys for command in COMMANDS if command.id == name)
                await pilot.press((taken.split(",") if taken else default)[0])
                await pilot.app.workers.wait_for_complete()
                await pilot.pause()

        app = run(PostmortemApp(path, Services.fake(), settings), scenario)
        assert app.return_code == 0
        assert toml_file.loads(path.read_text(encoding="utf-8")).title == "new"


def test_damaged_settings_are_told_and_it_opens(tmp_path: Path) -> None:
    path = written(tmp_path, Incident(title="old"))
    settings_path().parent.mkdir(parents=True)
    settings_path().write_bytes(b'theme = "\xff\n[keys\n\x1b[2J')

    async def scenario(pilot: Pilot[int]) -> None:
        assert "Something in your settings was left out" in seen(pilot)
        assert is_clean(seen(pilot))
        await pilot.press("enter")
        await type_text(pilot, "@")
        assert "old" in seen(pilot)

    run(PostmortemApp(path, Services.fake(), load_settings()), scenario)


TYPED: Final = (
    "~nobody/x", "~", "x" * 300, "é" * 200, ".", "..", "../", "../../x", "/", "//", "/dev/null", "/dev/null/x",
    "/proc/x", "missing/x", "a\\b", "-", "--", "con", " ", "x.toml/", "x.md.toml", "$(id)", "*", "\u202ex",
    "v1.2 notes", "incident.toml", "incident",
)  # fmt: skip


@pytest.mark.parametrize("key", ["f9", "f12"])
def test_any_name_may_be_typed_for_a_file(tmp_path: Path, key: str) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    path = written(folder, Incident(title="x"))
    before = path.read_bytes()

    async def scenario(pilot: Pilot[int]) -> None:
        for name in TYPED if ROUNDS > 1 else TYPED[key == "f9" :: 4]:
            await pilot.press(key)
            await pilot.pause()
            pilot.app.screen.query_one(Input).value = name
            await pilot.press("enter")
            for _ in range(4):
                await pilot.pause()
            assert is_clean(seen(pilot))
            await pilot.press("escape", "escape", "escape")
            await pilot.pause()
        assert path.read_bytes() == before

    run(app_for(path), scenario)
    assert sorted(each.name for each in tmp_path.iterdir()) in (["library"], ["library", "x.md"], ["library", "x.toml"])


@pytest.mark.parametrize("name", ["x" * 250 + ".toml", "é" * 124 + ".toml"])
def test_a_name_that_has_no_room_for_another_ending_can_be_edited_and_reviewed(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, Incident(title="Long", events=(Event(id="a", text="y"),)), name)

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        assert "Long" in seen(pilot)
        await pilot.press("ctrl+s", "f12", "enter")
        await pilot.pause()
        assert is_clean(seen(pilot))

    for start in STARTS:
        run(PostmortemApp(path, Services.fake(), start=start), scenario)
