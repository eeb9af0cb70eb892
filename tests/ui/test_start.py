"""What a start does and does not: sheets are parsed once, styles given once, nothing is loaded ahead of time."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.css import stylesheet
from textual.css.parse import parse
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from schemas import zones
from schemas.incident import Incident, Sections
from tests.ui.recoveries import BEFORE, killed, offered, summary, until
from tests.ui.screens import SAMPLES, app_for, document, run, seen, written
from tui.app import PostmortemApp
from tui.screens import library as library_screen
from tui.screens.library import LibraryScreen
from tui.screens.opening import OpeningScreen
from tui.widgets.field_row import FieldInput
from tui.widgets.line import Lines
from tui.workspace.library import Library
from tui.workspace.library_changes import Progress
from tui.workspace.services import Services
from tui.workspace.settings import Settings

LONG = SAMPLES / "2025-03-29-checkout-payment-latency.toml"
ROOT = SAMPLES.parent

FIRST_FRAME = """
import sys
from pathlib import Path
import tui.cli.on_screen
from tui.app import PostmortemApp
def painted(app, **given):
    from tui.terminal.driver import TerminalDriver
    from tui.workspace.rows import quick_row
    app.get_default_screen()
    quick_row(app.path)
    # Some modules stand for others, which are loaded when something of them is asked for.
    print(*sorted(name for name, module in sys.modules.items() if type(module).__module__ != "tui.cli.left_out"))
    return 0
PostmortemApp.run_to_the_end = painted
tui.cli.on_screen.is_terminal = lambda stream: True
from tui.__main__ import main
sys.exit(main())
"""
DOCUMENT = "import sys, tui.screens.document; print(*sorted(sys.modules))"


def loaded_by(source: str, *arguments: str) -> list[str]:
    found = subprocess.run([sys.executable, "-c", source, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    return found.stdout.split()


def test_the_first_frame_needs_few_modules() -> None:
    heavy = {"pydantic", "click", "dateutil", "zoneinfo", "importlib.metadata", "schemas.incident", "schemas.policy"}
    heavy |= {"tomllib", "schemas.zones", "tui.workspace.storage", "tui.workspace.services"}
    heavy |= {"tui.workspace.fingerprint", "tui.workspace.atomic_writing", "tui.screens.document"}
    loaded = set(loaded_by(FIRST_FRAME, str(LONG)))
    assert loaded.isdisjoint(heavy)
    assert len([name for name in loaded if name.startswith(("schemas", "tui"))]) <= 60


def test_a_document_is_opened_without_what_reads_and_writes_others() -> None:
    loaded = loaded_by(DOCUMENT)
    for package in (
        "schemas.readers",
        "schemas.merge",
        "schemas.writers.markdown",
        "schemas.differences",
        "markdown_it",
    ):
        assert not [name for name in loaded if name.startswith(package)]


COMPILED = """
import re, sys
import textual.widgets, pydantic, tomli, email.message, importlib.metadata, json, statistics
from textual.drivers import linux_driver
textual.widgets.TextArea, pydantic.TypeAdapter
compiled = []
real = re._compiler.compile
def watched(pattern, flags=0):
    compiled.append(pattern)
    return real(pattern, flags)
re._compiler.compile = watched
import tui.screens.document
print(len(compiled))
"""


def test_few_patterns_are_compiled_before_they_are_used() -> None:
    assert int(loaded_by(COMPILED)[0]) < 30


class Behind(OpeningScreen):
    """A first frame that stays until it is told to go on."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.gate = asyncio.Event()

    async def _open(self) -> None:
        await self.gate.wait()
        await super()._open()


class SlowApp(PostmortemApp):
    """An app of which the first frame can be looked at."""

    def __init__(self, path: Path, *, keeps: bool = False, problems: tuple[str, ...] = ()) -> None:
        super().__init__(path, Services.fake(keeps=keeps), Settings(problems=problems))

    def get_default_screen(self) -> Screen[Any]:
        self.hold_keys()
        return Behind(self.path)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_first_frame_is_the_beginning_of_what_follows(size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        first = seen(pilot).split("\n")
        assert "Checkout payments slow" in first[0]
        for key in ("down", "enter"):
            pilot.app.post_message(events.Key(key, None))
        screen = pilot.app.screen
        assert isinstance(screen, Behind)
        screen.gate.set()
        while not pilot.app.query(Lines) or isinstance(pilot.app.screen, Behind):
            await pilot.pause()
        await pilot.pause()
        whole = seen(pilot).split("\n")
        assert whole[0] == first[0]
        assert whole[-1] == first[-1]
        # What was typed meanwhile was not for the first frame, and was not lost.
        while document(pilot).spot.part != "summary":
            await pilot.pause()

    run(SlowApp(LONG), scenario, size)


@pytest.mark.parametrize("problems", [(), ("`theme`: no such theme",)], ids=["", "settings"])
def test_what_was_typed_before_something_came_up_by_itself_is_for_the_document(
    tmp_path: Path, problems: tuple[str, ...]
) -> None:
    path = written(tmp_path, BEFORE)
    journal = killed(path, summary("Mine."))

    async def scenario(pilot: Pilot[int]) -> None:
        behind = pilot.app.screen
        assert isinstance(behind, Behind)
        for key in ("down", "enter", "end", "d", "b", "!"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        behind.gate.set()
        if problems:
            await until(pilot, lambda: "no such theme" in seen(pilot))
            await pilot.press("enter")
        await offered(pilot)
        assert journal.path.exists()
        await pilot.press("escape")
        await until(pilot, lambda: "It broke in the night.db!" in seen(pilot))
        assert journal.path.exists()

    run(SlowApp(path, keeps=True, problems=problems), scenario)


@pytest.mark.parametrize("behind", [True, False], ids=["behind a first frame", "at once"])
def test_the_collector_runs_again_as_soon_as_everything_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behind: bool
) -> None:
    path = written(tmp_path, Incident(title="Down"))
    kept: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: kept.append(gc.isenabled()))
    app = SlowApp(path) if behind else PostmortemApp(path, Services.fake())

    async def scenario(pilot: Pilot[int]) -> None:
        if isinstance(pilot.app.screen, Behind):
            assert not gc.isenabled()
            pilot.app.screen.gate.set()
        await until(pilot, gc.isenabled)
        assert kept == [False]

    gc.disable()
    try:
        run(app, scenario)
    finally:
        gc.enable()


@pytest.mark.parametrize("files", [0, 3])
def test_a_library_says_nothing_of_its_files_before_it_knows_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    for number in range(files):
        written(tmp_path, Incident(title=f"Story {number}"), f"{number}.toml")
    monkeypatch.setattr(library_screen, "SHOWN_EVERY", 0)
    told: list[str] = []
    gate, real = threading.Event(), Library.follow

    def slow(self: Library, *given: Any) -> Iterator[Progress]:
        gate.wait(20)
        yield from real(self, *given)

    monkeypatch.setattr(Library, "follow", slow)
    shown = LibraryScreen.show_rows

    def heard(self: LibraryScreen, **given: bool) -> None:
        shown(self, **given)
        told.append("\n".join(self.table.empty_text()) if not self.table.row_count else "rows")

    monkeypatch.setattr(LibraryScreen, "show_rows", heard)

    async def scenario(pilot: Pilot[int]) -> None:
        while not isinstance(pilot.app.screen, LibraryScreen):
            await pilot.pause()
        await pilot.pause()
        lines = seen(pilot).split("\n")
        assert [line.strip() for line in lines[:2]] == [f"{tmp_path.name}/", "Reading …"]
        assert "No " not in seen(pilot)
        gate.set()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert ("No incidents" in seen(pilot)) == (not files)
        if files:
            assert set(told) == {"rows"}
            assert "No events yet" in seen(pilot)
            assert "adds one" not in seen(pilot)

    run(app_for(tmp_path), scenario)


def test_sheets_are_parsed_once_for_each_set_of_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: Counter[object] = Counter()
    real = parse

    def counted(scope: str, css: str, read_from: object, *rest: Any, **more: Any) -> Any:
        parsed[read_from] += 1
        return real(scope, css, read_from, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(stylesheet, "parse", counted)

    async def scenario(pilot: Pilot[int]) -> None:
        for key in ("f1", "escape", "ctrl+g", "escape", "f1", "escape"):
            await pilot.press(key)
            await pilot.pause()
        # A base gets another rank as the first widget of its own comes after one that is made of it.
        assert sum(parsed.values()) < len(parsed) * 1.2
        parsed.clear()
        await pilot.press("f11")
        await pilot.pause()
        assert set(parsed.values()) == {1}

    run(PostmortemApp(written(tmp_path, Incident(title="Down")), Services.fake()), scenario)


def test_no_widget_gets_its_styles_again_while_a_screen_comes_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: Counter[Widget] = Counter()
    real = stylesheet.Stylesheet.apply

    def counted(self: Any, node: DOMNode, **more: Any) -> None:
        if isinstance(node, Widget):
            given[node] += 1
        real(self, node, **more)

    monkeypatch.setattr(stylesheet.Stylesheet, "apply", counted)

    async def scenario(pilot: Pilot[int]) -> None:
        # A few change on their own, such as what gets the focus.
        again = [widget for widget, times in given.items() if times > 1 and widget.screen is pilot.app.screen]
        assert len(again) < len(given) / 4
        given.clear()
        await pilot.press("f1")
        await pilot.pause()
        assert sum(given.values()) < 30

    path = written(tmp_path, Incident(title="Down", sections=Sections(summary="It broke.")))
    run(PostmortemApp(path, Services.fake()), scenario)


def test_the_names_of_zones_are_looked_up_where_one_is_typed(tmp_path: Path) -> None:
    zones.zone_names.cache_clear()

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.pause()
        asked = next(each for each in pilot.app.screen.query(FieldInput) if each.field.key == "zone")
        assert asked.value == "Africa/Nairobi"
        assert zones.zone_names.cache_info().misses == 0
        asked.focus()
        await pilot.press("ctrl+u", *"europe/berl")
        await until(pilot, lambda: asked._suggestion == "Europe/Berlin")
        assert zones.zone_names.cache_info().misses == 1

    run(PostmortemApp(written(tmp_path, Incident(title="Down", zone="Africa/Nairobi")), Services.fake()), scenario)


def test_the_classes_for_a_size_follow_it(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        assert {name for name in screen.classes if name.startswith("-")} == {"-wide", "-roomy"}
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert {name for name in screen.classes if name.startswith("-")} == {"-normal", "-tall"}
        assert not screen.query_one("#side").display
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert screen.query_one("#side").size.width

    run(PostmortemApp(written(tmp_path, Incident(title="Down")), Services.fake()), scenario)
