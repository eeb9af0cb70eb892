"""A fault of the program anywhere: words first, the terminal given back, a short account, a report, exit code 70."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.pty.crashing import SECRET
from tests.pty.ends import READY, bring_about, opened, reports, slow
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.pty


def account(terminal: Terminal) -> str:
    """What is told once the program's own screen is gone, free of what drives the terminal."""
    told = terminal.raw.rpartition(b"error: ")
    return (told[1] + told[2]).decode().replace("\r", "")


FAULTS = {
    "handler": "ValueError", "timer": "ValueError", "later": "ValueError", "worker": "ValueError",
    "thread-worker": "ValueError", "thread": "ValueError", "compose": "ValueError", "mount": "ValueError",
    "unmount": "ValueError", "render": "ValueError", "markup": "MarkupError", "input": "ValueError",
    "recursion": "RecursionError", "memory": "MemoryError", "interrupt": "KeyboardInterrupt",
    "system-exit": "SystemExit",
}  # fmt: skip
QUICK = ("handler", "thread-worker", "render", "unmount", "input", "recursion")


@pytest.mark.parametrize("fault", [*QUICK, *slow(*sorted(FAULTS.keys() - QUICK))])
def test_any_fault_ends_it_well(tmp_path: Path, fault: str) -> None:
    with opened(tmp_path, fault) as terminal:
        if fault == "input":
            bring_about(terminal, tmp_path)
            terminal.press("x")
        else:
            terminal.expect(READY)
            terminal.press("f11")
        assert terminal.exit_code() == 70
        assert terminal.given_back
        said = account(terminal)
        assert f"error: a fault in the program itself: {FAULTS[fault]}" in said
        (report,) = reports(tmp_path)
        assert str(report) in said
        assert len(said.splitlines()) <= 5
        assert "Traceback" not in terminal.text
        assert SECRET.encode() not in terminal.raw
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    text = report.read_text()
    assert FAULTS[fault] in text
    assert SECRET not in text


def test_words_that_were_not_saved_come_back(tmp_path: Path) -> None:
    with opened(tmp_path, "handler") as terminal:
        terminal.expect(READY)
        terminal.press("ctrl+n", "2024-05-02 10:00 paged the on-call", "enter")
        terminal.expect("Added: paged the on-call")
        terminal.press("f11")
        assert terminal.exit_code() == 70
        assert "What you typed is kept: it comes back at the next start." in account(terminal)
    with opened(tmp_path) as terminal:
        terminal.expect("Unsaved work")
        terminal.expect("paged the on-call")


@pytest.mark.slow
def test_words_that_could_not_be_kept_are_not_said_to_be(tmp_path: Path) -> None:
    with opened(tmp_path, "lost") as terminal:
        terminal.expect(READY)
        terminal.press("f11")
        assert terminal.exit_code() == 70
        assert "could not be kept" in account(terminal)


def test_a_fault_while_dealing_with_a_fault_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, "failing") as terminal:
        terminal.expect(READY)
        terminal.press("f11")
        assert terminal.exit_code() == 70
        assert terminal.given_back
        assert "ValueError" in account(terminal)
        assert "POSTMORTEM_DEBUG=1" in account(terminal)
    assert reports(tmp_path) == []


@pytest.mark.parametrize("fault", ["first-frame", *slow("start")])
def test_a_fault_before_there_is_a_screen_is_told_too(tmp_path: Path, fault: str) -> None:
    with opened(tmp_path, fault) as terminal:
        assert terminal.exit_code() == 70
        assert terminal.given_back
        assert "error: a fault in the program itself" in account(terminal)
        assert "Traceback" not in terminal.text
    assert len(reports(tmp_path)) == 1


@pytest.mark.slow
def test_the_traceback_is_told_when_it_is_asked_for(tmp_path: Path) -> None:
    with opened(tmp_path, "handler", env={"POSTMORTEM_DEBUG": "1"}) as terminal:
        terminal.expect(READY)
        terminal.press("f11")
        assert terminal.exit_code() == 70
        assert terminal.given_back
        assert "Traceback" in account(terminal)
        assert "in boom" in account(terminal)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for the superuser")
def test_without_a_place_for_reports_it_ends_well_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o500)
    with opened(tmp_path, "handler") as terminal:
        terminal.expect(READY)
        terminal.press("f11")
        assert terminal.exit_code() == 70
        assert "POSTMORTEM_DEBUG=1" in account(terminal)


@pytest.mark.slow
def test_the_state_folder_may_be_no_folder(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file\n")
    with opened(tmp_path, "handler") as terminal:
        terminal.expect(READY)
        terminal.press("f11")
        assert terminal.exit_code() == 70
        assert terminal.given_back
        assert "POSTMORTEM_DEBUG=1" in account(terminal)
    assert (tmp_path / "state").read_text() == "a file\n"
