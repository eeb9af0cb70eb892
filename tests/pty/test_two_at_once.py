"""Two windows on one file, and other programs that write it while it is open."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from schemas.incident import Event, Incident, Sections
from schemas.toml_file import dumps, loads
from tests.pty.terminal import Terminal
from tests.pty.test_terminal import environ

BEFORE = Incident(
    title="Checkout down", zone="UTC", sections=Sections(summary="It broke."), events=(Event(id="aaaa", text="Alert"),)
)


def made(folder: Path) -> Path:
    path = folder / "incident.toml"
    path.write_text(dumps(BEFORE))
    return path


def window(path: Path, home: Path) -> Terminal:
    return Terminal(path.name, cwd=path.parent, environ=environ(home, XDG_STATE_HOME=str(home / "state")))


def test_the_second_window_reads_along_and_may_edit_when_the_first_is_closed(tmp_path: Path) -> None:
    path = made(tmp_path)
    with window(path, tmp_path) as first:
        first.expect("Findings")
        lock = tmp_path / ".postmortem-locks" / "incident.toml.lock"
        first.until(lock.exists)
        with window(path, tmp_path) as second:
            second.expect(f"(process {first.pid})")
            second.expect("read-only")
            second.press("ctrl+n")
            second.expect("Read-only: open elsewhere")
            first.press("ctrl+n", "14:05 somebody restarted it", "enter", "esc", "ctrl+s")
            first.expect("Saved")
            second.expect("somebody restarted it")
            first.press("ctrl+q")
            assert first.exit_code() == 0
            second.expect("you can edit it now")
            second.press("ctrl+n", "14:10 it is over", "enter", "esc", "ctrl+s")
            second.expect("Saved")
            second.press("ctrl+q")
            assert second.exit_code() == 0
    assert [event.text for event in loads(path.read_text()).events] == ["Alert", "somebody restarted it", "it is over"]
    assert not lock.parent.exists()


def test_the_lock_of_a_killed_window_is_taken_over(tmp_path: Path) -> None:
    path = made(tmp_path)
    with window(path, tmp_path) as first:
        first.expect("Findings")
        lock = tmp_path / ".postmortem-locks" / "incident.toml.lock"
        first.until(lambda: lock.exists() and lock.read_text().endswith("\n"))
        os.kill(first.pid, signal.SIGKILL)
        assert first.exit_code() == -signal.SIGKILL
    assert lock.exists()
    with window(path, tmp_path) as second:
        second.expect(f"(process {first.pid}), which has ended, was taken over")
        second.press("ctrl+n", "14:10 it is over", "enter", "esc", "ctrl+s")
        second.expect("Saved")


def test_two_may_edit_at_once_and_both_are_in_the_file(tmp_path: Path) -> None:
    path = made(tmp_path)
    with window(path, tmp_path) as first, window(path, tmp_path) as second:
        windows = [first, second]
        first.until(lambda: [each.read(0.05) for each in windows] and any("read-only" in each.text for each in windows))
        reader = next(each for each in windows if "read-only" in each.text)
        reader.press("alt+shift+e")
        reader.expect("Two of you edit it now")
        for number, each in enumerate(windows):
            each.press("ctrl+n", f"14:0{number} from window {number}", "enter", "esc")
            each.expect("Added")
        for each in windows:
            each.press("ctrl+s")
            each.expect("Saved")
        first.expect("from window 1")
    assert [event.text for event in loads(path.read_text()).events] == ["Alert", "from window 0", "from window 1"]


def test_what_another_program_writes_is_noticed_while_nothing_is_pressed(tmp_path: Path) -> None:
    path = made(tmp_path)
    with window(path, tmp_path) as terminal:
        terminal.expect("Findings")
        terminal.settle()
        path.write_text(dumps(BEFORE.model_copy(update={"title": "Checkout down again"})))
        terminal.expect("Checkout down again")
        terminal.expect("A change came in from the file")
