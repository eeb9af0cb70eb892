"""Terminals of all sorts: none, dumb ones, senseless sizes, a size that changes all the time; and every exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pty.ends import READY, environ, opened, slow
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.pty


def test_a_dumb_terminal_is_told_so(tmp_path: Path) -> None:
    with opened(tmp_path, env={"TERM": "dumb"}) as terminal:
        assert terminal.exit_code() == 2
        assert "this terminal cannot show a screen" in terminal.text
        assert "TERM=xterm-256color" in terminal.text
        assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize(
    "env",
    [
        {"COLUMNS": "999999999", "LINES": "999999999"},
        *slow(
            {"TERM": None, "COLORTERM": None},
            {"TERM": "nothing-known", "COLORTERM": None},
            {"COLUMNS": "0", "LINES": "0"},
            {"COLUMNS": "-1", "LINES": "many"},
        ),
    ],
)
def test_what_the_environment_says_of_the_terminal_may_be_anything(tmp_path: Path, env: dict[str, str | None]) -> None:
    with opened(tmp_path, env=env) as terminal:
        terminal.expect(READY)
        terminal.expect("Search is down")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
        assert terminal.given_back


@pytest.mark.parametrize("size", [(1, 1), *slow((2, 1), (1, 50), (300, 1))])
def test_at_any_size_it_opens_saves_and_ends(tmp_path: Path, size: tuple[int, int]) -> None:
    with opened(tmp_path, size=size) as terminal:
        terminal.until(lambda: b"\x1b[?1049h" in terminal.raw)
        terminal.settle(0.5)
        terminal.resize(80, 24)
        terminal.expect(READY)
        terminal.resize(*size)
        terminal.settle()
        terminal.press("ctrl+s", "ctrl+q")
        assert terminal.exit_code() == 0
        assert terminal.given_back


@pytest.mark.slow
def test_a_storm_of_sizes_ends_at_the_last_one(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        for number in range(150):
            terminal.resize(1 + number * 7 % 160, 1 + number * 5 % 50)
            terminal.read(0)
        terminal.resize(100, 30)
        terminal.until(lambda: "F1 help" in terminal.screen.display[-1])
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0


@pytest.mark.slow
def test_a_terminal_of_no_size_is_taken_for_a_common_one(tmp_path: Path) -> None:
    with opened(tmp_path, size=(80, 24), before=no_size) as terminal:
        terminal.expect(READY)
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0


def no_size() -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 0, 0, 0, 0))


@pytest.mark.parametrize("closed", [1, *slow(0, 2)])
def test_without_one_of_the_streams_there_is_no_screen(tmp_path: Path, closed: int) -> None:
    with opened(tmp_path, before=lambda: os.close(closed)) as terminal:
        assert terminal.exit_code() == 2
        assert b"\x1b" not in terminal.raw


def test_a_file_that_is_none_is_refused_with_the_terminal_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "incident.toml").write_text("title = \n")
    with opened(tmp_path) as terminal:
        assert terminal.exit_code() == 3
        assert terminal.given_back
        assert "error:" in terminal.text
    with Terminal("nowhere.toml", cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        assert terminal.exit_code() == 3
        assert b"\x1b" not in terminal.raw


def run(*arguments: str, cwd: Path, out: int, err: int) -> int:
    env = {name: value for name, value in {**os.environ, **environ(cwd)}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments], cwd=cwd, env=env, stdout=out, stderr=err
    ).returncode


@pytest.mark.parametrize("arguments", [("check", "nowhere.toml"), ("no", "such", "words")])
def test_a_reader_of_errors_that_is_gone_changes_no_more_than_it_must(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:  # fmt: skip
    reading, writing = os.pipe()
    os.close(reading)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        assert run(*arguments, cwd=tmp_path, out=nowhere, err=writing) == 141
        assert run(*arguments, cwd=tmp_path, out=writing, err=writing) == 141
    finally:
        os.close(writing)
        os.close(nowhere)
