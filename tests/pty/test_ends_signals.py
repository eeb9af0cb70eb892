"""Signals and lost terminals: the program ends in time, says why by its exit code, gives back what is left."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from schemas.toml_file import loads
from tests.pty.ends import READY, bring_about, opened, slow

pytestmark = pytest.mark.pty
TERM, HUP = 128 + signal.SIGTERM, 128 + signal.SIGHUP
IN_TIME = 2.0
"""Seconds in which nothing may be left of a program whose terminal is gone."""


def state(pid: int) -> str:
    """What a process does, in the letters of ps: R, S, T (stopped), Z."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system tells no states of processes")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        os.kill(terminal.pid, number)
        assert terminal.exit_code() == 128 + number
        assert terminal.given_back
        assert "Traceback" not in terminal.text
        assert "Warning" not in terminal.text


@pytest.mark.parametrize("number", [signal.SIGTERM, *slow(signal.SIGHUP)])
def test_a_signal_while_it_starts_ends_it_too(tmp_path: Path, number: signal.Signals) -> None:
    with opened(tmp_path) as terminal:
        terminal.until(lambda: b"\x1b[?1049h" in terminal.raw)
        os.kill(terminal.pid, number)
        assert terminal.exit_code() == 128 + number
        assert terminal.given_back


@pytest.mark.parametrize("fault", ["stuck", *slow("busy", "stuck-thread")])
def test_a_second_sigterm_ends_it_whatever_it_does(tmp_path: Path, fault: str) -> None:
    with opened(tmp_path, fault) as terminal:
        bring_about(terminal, tmp_path)
        os.kill(terminal.pid, signal.SIGTERM)
        terminal.settle(0.2, 0.5)
        assert terminal.status is None
        begun = time.monotonic()
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code() == TERM
        assert time.monotonic() - begun < IN_TIME
        assert terminal.given_back


@pytest.mark.slow
def test_a_hang_up_ends_it_although_it_is_stuck(tmp_path: Path) -> None:
    with opened(tmp_path, "stuck") as terminal:
        bring_about(terminal, tmp_path)
        begun = time.monotonic()
        os.kill(terminal.pid, signal.SIGHUP)
        assert terminal.exit_code() == HUP
        assert time.monotonic() - begun < IN_TIME + 0.5
        assert terminal.given_back


@pytest.mark.slow
def test_a_terminal_that_does_not_read_cannot_hold_it_back(tmp_path: Path) -> None:
    (tmp_path / "config" / "postmortem").mkdir(parents=True)
    (tmp_path / "config" / "postmortem" / "settings.toml").write_text("screen_diff = false\n")
    with opened(tmp_path, size=(200, 60)) as terminal:
        terminal.expect(READY)
        # Nobody reads: a few screens, sent whole, fill the line, and the program waits for it.
        for _ in range(200):
            os.write(terminal.fd, b"\x1b[24~\x1b[23~\x1bOP\x1b")
            time.sleep(0.005)
        limit = time.monotonic() + 20
        os.kill(terminal.pid, signal.SIGTERM)
        time.sleep(0.3)
        assert os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        os.kill(terminal.pid, signal.SIGTERM)
        # Reading would set it free.
        while os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            assert time.monotonic() < limit
        assert terminal.exit_code() == TERM


@pytest.mark.parametrize("fault", ["", "stuck", *slow("busy")])
def test_a_closed_terminal_ends_it_in_time(tmp_path: Path, fault: str) -> None:
    with opened(tmp_path, fault) as terminal:
        terminal.expect(READY)
        if fault:
            bring_about(terminal, tmp_path)
        begun = time.monotonic()
        terminal.close()
        assert terminal.exit_code() == HUP
        assert time.monotonic() - begun < IN_TIME + 0.5


@pytest.mark.parametrize("fault", ["", *slow("stuck")])
def test_a_closed_terminal_is_noticed_without_a_signal(tmp_path: Path, fault: str) -> None:
    # As under nohup: the signal never comes.
    with opened(tmp_path, fault, before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as terminal:
        terminal.expect(READY)
        if fault:
            bring_about(terminal, tmp_path)
        terminal.close()
        assert terminal.exit_code() == HUP


@pytest.mark.slow
def test_a_hang_up_that_is_to_be_ignored_is_ignored(tmp_path: Path) -> None:
    with opened(tmp_path, before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as terminal:
        terminal.expect(READY)
        os.kill(terminal.pid, signal.SIGHUP)
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0


def test_sigint_is_no_way_out(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        os.kill(terminal.pid, signal.SIGINT)
        terminal.expect("^Q leaves the program")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
        assert terminal.given_back


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGSTOP, *slow(signal.SIGTSTP)])
def test_stopped_and_continued_it_goes_on_as_before(tmp_path: Path, number: signal.Signals) -> None:
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        terminal.press("ctrl+n", "2024-05-02 10:00 typed before")
        terminal.expect("typed before")
        terminal.settle()
        os.kill(terminal.pid, number)
        terminal.until(lambda: state(terminal.pid) == "T")
        if number == signal.SIGTSTP:
            assert terminal.given_back
        terminal.screen.reset()
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.expect("typed before")
        terminal.expect("Search is down")
        terminal.press(" and after", "enter")
        terminal.expect("Added: typed before and after")
        terminal.press("ctrl+s")
        terminal.expect("Saved")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
        assert terminal.given_back
    events = loads((tmp_path / "incident.toml").read_text()).events
    assert [event.text for event in events] == ["typed before and after"]


@needs_proc
@pytest.mark.slow
def test_stopped_within_the_editor_it_leaves_the_screen_alone(tmp_path: Path) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "in the editor"\nkill -TSTP $PPID\nread go\nprintf "From outside." > "$1"\n')
    script.chmod(0o755)
    with opened(tmp_path, env={"EDITOR": str(script)}) as terminal:
        terminal.expect(READY)
        terminal.press("down", "enter")
        terminal.expect("Inside.")
        terminal.press("f5")
        terminal.expect("in the editor")
        terminal.until(lambda: state(terminal.pid) == "T")
        sent = len(terminal.raw)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(lambda: state(terminal.pid) != "T")
        terminal.settle()
        assert len(terminal.raw) == sent
        terminal.press("enter")
        terminal.expect("From outside.")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code() == TERM
        assert terminal.given_back
