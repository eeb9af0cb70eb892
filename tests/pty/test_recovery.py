"""Killed in the middle of a sentence: at the next start the words are offered, and taken back."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from schemas.toml_file import dumps, loads
from tests.pty.terminal import Terminal
from tests.pty.test_terminal import environ
from tests.ui.recoveries import BEFORE
from tui.workspace.state_folders import journal_folder

pytestmark = pytest.mark.pty


def journals() -> list[Path]:
    return sorted(journal_folder().glob("*.journal")) if journal_folder().exists() else []


def kill_when_kept(terminal: Terminal, words: str) -> None:
    """Kill the program as soon as the words are on the disk, which takes less than a second."""
    terminal.until(lambda: any(words.encode() in each.read_bytes() for each in journals()))
    os.kill(terminal.pid, signal.SIGKILL)
    assert terminal.exit_code() == -signal.SIGKILL


def test_words_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "incident.toml"
    file.write_text(dumps(BEFORE), encoding="utf-8")
    with Terminal(file.name, cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("Checkout down")
        terminal.expect("Findings")
        terminal.press("down", "enter", "ctrl+n")
        terminal.press("14:05 paged the on-call", "enter")
        terminal.expect("paged the on-call")
        kill_when_kept(terminal, "paged the on-call")
    assert loads(file.read_text()) == BEFORE

    with Terminal(file.name, cwd=tmp_path, size=(80, 24), environ=environ(tmp_path)) as terminal:
        terminal.expect("Unsaved work")
        terminal.expect("event “paged the on-call” added")
        terminal.press("esc")
        terminal.expect("is kept")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    assert len(journals()) == 1

    with Terminal(file.name, cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("event “paged the on-call” added")
        terminal.press("enter")
        terminal.expect("Taken back")
        terminal.expect("unsaved")
        terminal.press("ctrl+s")
        terminal.expect("Saved incident.toml")
        terminal.until(lambda: not journals())
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    assert [event.text for event in loads(file.read_text()).events] == ["Alert", "Over", "paged the on-call"]

    with Terminal(file.name, cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("paged the on-call")
        terminal.settle()
        assert "Unsaved work" not in terminal.text
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0


@pytest.mark.slow
def test_a_new_incident_and_killed_again_while_it_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "incidents").mkdir()
    with Terminal("incidents", cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("0 incidents")
        terminal.press("n")
        terminal.expect("Untitled incident")
        terminal.settle()
        terminal.press("Search answers nothing")
        kill_when_kept(terminal, "Search answers nothing")

    for _ in range(2):
        with Terminal("incidents", cwd=tmp_path, environ=environ(tmp_path)) as terminal:
            terminal.expect("begun in this folder")
            terminal.expect("{+Search answers nothing+}")
            terminal.press("enter")
            terminal.expect("Taken back")
            os.kill(terminal.pid, signal.SIGKILL)
            assert terminal.exit_code() == -signal.SIGKILL

    with Terminal("incidents", cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("Unsaved work")
        terminal.expect("1 left")
        terminal.press("enter")
        terminal.expect("Taken back")
        terminal.press("ctrl+s")
        terminal.expect("Save as")
        terminal.press("enter")
        terminal.expect("Saved")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    (file,) = (tmp_path / "incidents").glob("*.toml")
    assert loads(file.read_text()).title == "Search answers nothing"
    assert journals() == []
