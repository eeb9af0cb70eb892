"""Whatever bytes come in, the keyboard lives on, nothing of them is typed that nobody typed, and words are kept."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from pathlib import Path

import pytest

from schemas.text import is_clean
from schemas.toml_file import loads
from tests.pty.ends import READY, opened
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.pty
NOT_KEYS = (
    # Answers to questions that another program asked.
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07", b"\x1b]52;c;c2VjcmV0\x1b\\", b"\x1bP>|tmux 3.4\x1b\\", b"\x1b[?62;22c",
    b"\x1b[0n", b"\x1b[>41;370;0c", b"\x1b[8;40;120t",
    # Numbers that nothing on a terminal has.
    b"\x1b[99999999999u", b"\x1b[97;5:3:7u", b"\x1b[48;99999;99999;1;1t", b"\x1b[48;1;1;0;0t", b"\x1b[99999;99999R",
    b"\x1b[<0;999999999;999999999M", b"\x1b[<35;0;-7M", b"\x1b[<99999;5000;5000m", b"\x1b[<64;1;1M",
    "\x1b[M \xe9!".encode("latin-1"), b"\x1b[12345678901234567890~",
    # Broken off, or never begun.
    b"\x1b[12\x1b[I", b"\x1b[201~", b"\x1b[" + b"9" * 999 + b"\x18", b"\x1b[?2026;9$y",
)  # fmt: skip


def type_an_event(terminal: Terminal, text: str) -> None:
    terminal.press("ctrl+n", f"2024-05-02 10:00 {text}", "enter")
    terminal.expect(f"Added: {text}")


def saved(terminal: Terminal, folder: Path) -> str:
    """Save and leave; the content of the file."""
    terminal.press("ctrl+s")
    terminal.expect("Saved")
    terminal.press("ctrl+q")
    assert terminal.exit_code() == 0
    assert terminal.given_back
    return (folder / "incident.toml").read_text(encoding="utf-8")


def test_bytes_that_are_no_text_do_not_end_the_keyboard(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        terminal.press("ctrl+n", "2024-05-02 10:00 caf")
        terminal.write("é \xff\xfe".encode("latin-1") + "crème\x00".encode() + b"\xe2\x82 ")
        terminal.press("brulee", "enter")
        terminal.expect("brulee")
        text = saved(terminal, tmp_path)
    (event,) = loads(text).events
    assert event.text == "caf\ufffd \ufffd\ufffdcrème\ufffd brulee"


def test_what_is_no_key_is_neither_typed_nor_obeyed(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        terminal.press("ctrl+n", "2024-05-02 10:00 ")
        for number, each in enumerate(NOT_KEYS):
            terminal.write(each + f"{number} ".encode())
        terminal.press("here", "enter")
        terminal.expect("here")
        terminal.settle()
        assert len(terminal.text.splitlines()[0].rstrip()) > 40
        text = saved(terminal, tmp_path)
    (event,) = loads(text).events
    assert event.text.split() == [*map(str, range(len(NOT_KEYS))), "here"]


def test_a_paste_without_an_end_gives_the_keyboard_back(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        terminal.press("ctrl+n")
        terminal.write(b"\x1b[200~2024-05-02 10:00 pasted")
        terminal.expect("10:00 pasted")
        terminal.press(" and typed", "enter")
        terminal.expect("Added: pasted and typed")
        assert "pasted and typed" in saved(terminal, tmp_path)


@pytest.mark.slow
def test_control_characters_in_a_paste_are_text(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        terminal.press("down", "enter")
        terminal.expect("Inside.")
        terminal.settle()
        terminal.write(b"\x1b[200~one\x07\x1b[31m\x00\x1b]0;title\x07\xc2\x9b5m\xe2\x80\xaetwo\x1b[201~")
        terminal.expect("two")
        text = saved(terminal, tmp_path)
        for bad in (b"\x1b[31m", b"\x1b]0;", b"one\x07", b"\xc2\x9b"):
            assert bad not in terminal.raw
    summary = loads(text).sections.summary
    assert "one" in summary
    assert "two" in summary
    assert is_clean(summary)


@pytest.mark.slow
def test_a_paste_of_a_megabyte_is_taken_whole(tmp_path: Path) -> None:
    line = b"the queue of the second shard grew without end "
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        terminal.press("down", "enter")
        terminal.expect("Inside.")
        terminal.settle()
        terminal.write(b"\x1b[200~" + (line + b"\r") * (2**20 // len(line)) + b"\x1b[201~")
        terminal.expect("unsaved", 60)
        text = saved(terminal, tmp_path)
    assert text.count(line.decode().strip()) == 2**20 // len(line)


@pytest.mark.slow
def test_garbage_without_end_neither_fills_the_memory_nor_keeps_it_from_ending(tmp_path: Path) -> None:
    chance = random.Random(5)
    garbage = bytes(chance.choice([*range(32, 256), 27]) for _ in range(1 << 16))
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        terminal.press("down", "enter")
        terminal.expect("Inside.")
        before = memory(terminal.pid)
        end = time.monotonic() + 3
        while time.monotonic() < end:
            _, ready, _ = select.select([], [terminal.fd], [], 0.05)
            if ready:
                os.write(terminal.fd, garbage[:1024])
                garbage = garbage[1024:] + garbage[:1024]
            terminal.read(0)
        assert memory(terminal.pid) < before + 50
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code() == 128 + signal.SIGTERM
        assert terminal.given_back
        assert "Traceback" not in terminal.text


def memory(pid: int) -> int:
    """What a process holds, in megabytes; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))
