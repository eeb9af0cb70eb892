"""In a real terminal: the whole story, signals, the editor, resizing, and what is sent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from schemas.toml_file import loads
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.pty
ROOT = Path(__file__).parents[2]


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), **more}


def command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments], cwd=cwd, env=env, text=True, capture_output=True, check=False
    )


def test_the_whole_story_from_new_to_markdown(tmp_path: Path) -> None:
    made = command("new", "--title", "Search is down", "--zone", "Africa/Nairobi", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    file = tmp_path / Path(made.stdout.strip()).name
    assert command("check", file.name, cwd=tmp_path).returncode == 1

    with Terminal(file.name, cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("Search is down")
        terminal.press("ctrl+n")
        terminal.press("2024-05-02 23:40 !impact !detected the alert fires", "enter")
        terminal.expect("Thu 2 May 2024")
        terminal.press("00:10 !mitigated rolled back", "enter")
        terminal.expect("Fri 3 May")
        terminal.press("+20m !recovered !resolved all nodes answer", "enter")
        terminal.expect("resolve 50m (detected → resolved)")
        terminal.press("esc")
        # The findings lead through what is missing.
        terminal.press("f8")
        terminal.expect("C01  1 of")
        terminal.settle()
        terminal.press("Search answered nothing for fifty minutes.")
        terminal.expect("Search answered nothing")
        terminal.press("ctrl+s")
        terminal.expect("Saved")
        terminal.press("f9", "enter")
        terminal.expect("Exported")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
        assert b"\x1b[?1049l" in terminal.raw

    incident = loads(file.read_text())
    assert [event.text for event in incident.events] == ["the alert fires", "rolled back", "all nodes answer"]
    assert [str(event.at) for event in incident.events] == [
        "2024-05-02 23:40:00+03:00",
        "2024-05-03 00:10:00+03:00",
        "2024-05-03 00:30:00+03:00",
    ]
    markdown = file.with_suffix(".md").read_text()
    for words in (
        "# Search is down",
        "Search answered nothing",
        "50m",
        "detected → resolved",
        "23:40",
        "all nodes answer",
    ):
        assert words in markdown
    shown = command("show", file.name, cwd=tmp_path)
    assert "50m" in shown.stdout
    assert command("check", file.name, cwd=tmp_path).returncode == 0
    assert command("export", file.name, cwd=tmp_path).stdout == markdown


def test_lines_typed_faster_than_they_are_shown_all_become_events(tmp_path: Path) -> None:
    file = Path(command("new", "--title", "Search is down", cwd=tmp_path).stdout.strip()).name
    lines = [f"2024-05-02 {hour:02}:15 the alert number {hour} fires" for hour in range(24)]
    with Terminal(file, cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("Findings")
        terminal.write(b"\x0e" + "".join(f"{line}\r" for line in lines).encode() + b"\x1b")
        terminal.expect("24 events")
        terminal.settle()
        terminal.press("ctrl+s")
        terminal.expect("Saved")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    events = loads((tmp_path / file).read_text()).events
    assert [event.text for event in events] == [f"the alert number {hour} fires" for hour in range(24)]


def test_idle_sends_nothing(tmp_path: Path, samples: Path) -> None:
    sample = samples / "2025-03-29-checkout-payment-latency.toml"
    with Terminal(str(sample), cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("Findings")
        terminal.settle(1.0)
        before = len(terminal.raw)
        end = time.monotonic() + 3
        while time.monotonic() < end:
            terminal.read(0.2)
        assert len(terminal.raw) == before


def test_the_editor_of_the_person_is_run_and_its_text_taken_back(tmp_path: Path) -> None:
    script = tmp_path / "my editor.sh"
    script.write_text('#!/bin/sh\nprintf "From outside.\\n" > "$2"\n')
    script.chmod(0o755)
    file = tmp_path / "incident.toml"
    file.write_text('format = 1\ntitle = "Old"\nstatus = "draft"\n\n[sections]\nsummary = "Inside."\n')
    with Terminal(
        file.name, cwd=tmp_path, environ=environ(tmp_path, EDITOR=f"'{script}' --wait")
    ) as terminal:  # fmt: skip
        terminal.expect("Summary")
        terminal.press("down", "enter")
        terminal.expect("Inside.")
        terminal.press("f5")
        terminal.expect("From outside.")
        terminal.press("ctrl+s")
        terminal.expect("Saved")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    assert loads(file.read_text()).sections.summary == "From outside."


def test_resizing_redraws_at_the_new_size(tmp_path: Path, samples: Path) -> None:
    with Terminal(str(samples), cwd=tmp_path, size=(120, 40), environ=environ(tmp_path)) as terminal:
        terminal.expect("length")
        terminal.resize(60, 20)
        terminal.expect("F1 help")
        terminal.settle()
        assert all(len(line.rstrip()) <= 60 for line in terminal.screen.display)
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0


def test_no_escape_sequence_of_a_file_reaches_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "evil.toml").write_text('title = "a\\u001b]52;c;aGk=\\u0007b\\u009b5m"\nstatus = "draft"\n')
    with Terminal(".", cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("aGk=")
        terminal.press("enter")
        terminal.expect("Overview")
        assert b"\x1b]52" not in terminal.raw
        assert b"\x9b5m" not in terminal.raw.replace("\u009b".encode(), b"\x9b")


def test_without_a_terminal_the_screen_says_so(samples: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", str(samples)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 2
    assert "terminal" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_what_is_typed_before_the_document_is_there_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "incident.toml"
    file.write_text('format = 1\ntitle = "Early"\nstatus = "draft"\nzone = "UTC"\n')
    with Terminal(file.name, cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("Reading")
        terminal.write(b"\x0e2024-05-02 10:00 typed early\r")
        terminal.expect("Added: typed early")
        terminal.press("ctrl+s")
        terminal.expect("Saved")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    assert [event.text for event in loads(file.read_text()).events] == ["typed early"]


@pytest.mark.parametrize("pace", [0.001, 0.004, 0.016])
def test_what_is_typed_while_the_document_comes_up_stays_in_order(tmp_path: Path, pace: float) -> None:
    file = tmp_path / "incident.toml"
    file.write_text('format = 1\ntitle = "Early"\nstatus = "draft"\nzone = "UTC"\n')
    text = " ".join(f"word{number}" for number in range(30))
    with Terminal(file.name, cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("Reading")
        for key in f"\x0e2024-05-02 10:00 {text}\r\x13":
            terminal.write(key.encode())
            terminal.read(pace)
        terminal.expect("Saved")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    assert [event.text for event in loads(file.read_text()).events] == [text]
