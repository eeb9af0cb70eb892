"""A terminal that tells its size among the keys: what it shows already is not sent a second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.ends import READY, opened

pytestmark = pytest.mark.pty

ENABLE = b"\x1b[?2048h"


def test_a_report_of_the_size_that_is_known_sends_nothing_and_a_new_one_everything(tmp_path: Path) -> None:
    with opened(tmp_path, size=(100, 30)) as terminal:
        terminal.expect(READY)
        terminal.settle()
        terminal.press("\x1b[?2048;2$y")
        terminal.until(lambda: ENABLE in terminal.raw)
        before = len(terminal.raw)
        terminal.press("\x1b[48;30;100;480;800t")
        # The next key acts behind the report: what it shows is all that is sent.
        terminal.press("ctrl+n")
        terminal.expect("Enter adds it")
        terminal.settle()
        assert b"\x1b[?1016h" not in terminal.raw  # the mouse moves by cells, not by pixels
        assert b"Search is down" not in terminal.raw[before:]
        before = len(terminal.raw)
        terminal.screen.resize(28, 90)
        terminal.press("\x1b[48;28;90;448;720t")
        terminal.until(lambda: b"Search is down" in terminal.raw[before:])


def test_the_pointer_of_the_mouse_is_not_told_as_long_as_it_is_the_usual_one(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.expect(READY)
        terminal.press("f1")
        terminal.settle()
        assert b"\x1b]22;" not in terminal.raw
