"""`postmortem [PATH]`: what is opened, and what is said where nothing can be."""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli.conftest import Cli, Terminal
from tui.__main__ import main
from tui.cli import on_screen
from tui.cli.commands import COMMANDS, VARIABLE
from tui.cli.main import run
from tui.cli.on_screen import plain_path
from tui.workspace.errors import UserError


class FakeApp(ModuleType):
    """Stands in for `tui.app`: remembers what was to be opened, and fails or ends as told."""

    def __init__(self) -> None:
        super().__init__("tui.app")
        self.opened: list[tuple[Path, bool]] = []
        self.ends: int | Exception = 0

    def run_app(self, path: Path, *, mouse: bool = True, start: str = "") -> int:
        assert not start
        assert not gc.isenabled()
        self.opened.append((path, mouse))
        if isinstance(self.ends, Exception):
            raise self.ends
        return self.ends


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> FakeApp:
    fake = FakeApp()
    monkeypatch.setitem(sys.modules, "tui.app", fake)
    return fake


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_no_path_opens_this_folder(terminal: Cli, app: FakeApp) -> None:
    assert terminal().code == 0
    assert app.opened == [(Path(), True)]


def test_a_file_is_opened(terminal: Cli, app: FakeApp, story: Path) -> None:
    assert terminal(story.name).code == 0
    assert app.opened == [(Path(story.name), True)]


def test_the_mouse_can_be_left_to_the_terminal(terminal: Cli, app: FakeApp, story: Path) -> None:
    terminal("--no-mouse")
    terminal(story, "--no-mouse")
    assert app.opened == [(Path(), False), (story, False)]


def test_a_file_called_like_a_command_is_reached_by_its_folder(terminal: Cli, app: FakeApp) -> None:
    Path("check").write_text("", encoding="utf-8")
    assert terminal("./check").code == 0
    assert app.opened == [(Path("check"), True)]


def test_a_file_called_like_an_option_is_reached_too(terminal: Cli, app: FakeApp) -> None:
    Path("--x.toml").write_text("", encoding="utf-8")
    assert terminal("--", "--x.toml").code == 0
    assert app.opened == [(Path("--x.toml"), True)]


def test_the_exit_code_is_that_of_the_screen(terminal: Cli, app: FakeApp) -> None:
    app.ends = 143
    assert terminal().code == 143


def test_what_cannot_be_opened_is_told(terminal: Cli, app: FakeApp) -> None:
    app.ends = UserError("x.toml:3:1: no TOML", "A quote is missing.", "Add it.", 3)
    result = terminal()
    assert result.code == 3
    assert result.err.startswith("error: x.toml:3:1: no TOML\n")


def test_one_path_at_a_time(terminal: Cli, app: FakeApp, story: Path) -> None:
    assert terminal(story, story).code == 2
    assert app.opened == []


def test_a_missing_path(cli: Cli) -> None:
    result = cli("2024/nothing.toml")
    assert result.code == 3
    assert "there is no file or folder 2024/nothing.toml" in result.err


def test_a_mistyped_command(cli: Cli) -> None:
    result = cli("chekc", "x.toml")
    assert result.code == 2
    assert "Did you mean `postmortem check`?" in result.err


@pytest.mark.parametrize("arguments", [[], ["."], ["new", "--open"]])
def test_without_a_terminal_it_says_what_to_use_instead(cli: Cli, app: FakeApp, arguments: list[str]) -> None:
    result = cli(*arguments)
    assert result.code == 2
    assert "needs a terminal" in result.err
    assert "postmortem show" in result.err
    assert app.opened == []
    assert list(Path().glob("*.toml")) == []


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
@pytest.mark.parametrize("nobody", ["a pipe", "closed"])
def test_one_stream_without_a_person_is_enough(
    app: FakeApp, monkeypatch: pytest.MonkeyPatch, stream: str, nobody: str
) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, Terminal())
    monkeypatch.setattr(sys, stream, io.StringIO() if nobody == "a pipe" else None)
    assert run([]) == 2
    assert app.opened == []


def test_a_path_alone_is_understood_without_the_rest_of_the_command_line(story: Path) -> None:
    assert plain_path([]) == Path()
    assert plain_path([story.name]) == Path(story.name)
    assert plain_path(["."]) == Path()


@pytest.mark.parametrize("arguments", [["--no-mouse"], ["-h"], ["-"], ["gone.toml"], [""], ["one", "two"]])
def test_all_else_is_left_to_the_whole_command_line(arguments: list[str]) -> None:
    for name in ("one", "two", "-", "-h"):
        Path(name).touch()
    assert plain_path(arguments) is None


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_no_path(name: str) -> None:
    Path(name).mkdir()
    assert plain_path([name]) is None


def test_completion_is_no_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "bash_complete")
    assert plain_path([]) is None


@pytest.mark.parametrize("arguments", [[], ["."], ["story.toml"]])
def test_both_ways_lead_to_the_same_screen(
    app: FakeApp, terminal: Cli, story: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    assert story.name == "story.toml"
    terminal(*arguments)
    monkeypatch.setattr(on_screen, "is_terminal", lambda _stream: True)
    monkeypatch.setattr(sys, "argv", ["postmortem", *arguments])
    monkeypatch.setattr(gc, "freeze", lambda: None)
    app.ends = 7
    assert main() == 7
    app.ends = UserError("no incident", exit_code=3)
    assert main() == 3
    assert len(app.opened) == 3
    assert len(set(app.opened)) == 1
