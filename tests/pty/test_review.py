"""A whole review in a real terminal: step, comment, ask, sign, save, and what that sends over the line."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import pytest

from schemas.review_questions import QUESTIONS
from schemas.sign_off import content_hash
from schemas.toml_file import dumps, loads
from schemas.verdicts import standing
from tests.pty.terminal import Terminal
from tests.pty.test_terminal import environ
from tests.ui.reviews import story

pytestmark = pytest.mark.pty


def test_a_whole_review(tmp_path: Path) -> None:
    file = tmp_path / "incident.toml"
    file.write_text(dumps(story()), encoding="utf-8")
    settings = tmp_path / "config" / "postmortem"
    settings.mkdir(parents=True)
    (settings / "settings.toml").write_text('author = "kim"\n')

    with Terminal("review", file.name, cwd=tmp_path, size=(80, 24), environ=environ(tmp_path)) as terminal:
        terminal.expect("1 of 5")
        terminal.press("n")
        terminal.expect("The alert fires")
        terminal.expect("15m after the impact began")
        terminal.press("h")
        terminal.expect("no hindsight")
        terminal.press("c")
        terminal.expect("Comment on")
        terminal.press("Who was paged?", "ctrl+s")
        terminal.expect("open comments 4")
        terminal.press("m")
        terminal.expect("The index is rebuilt")
        terminal.press("end", "h")
        terminal.expect("With hindsight again")
        terminal.press("tab", "n")
        terminal.expect("[1] https://graphs.example/7")
        terminal.press("q")
        terminal.expect("go deep enough")
        terminal.settle()
        terminal.press("c")
        terminal.settle()
        terminal.press("It stops at the shard.", "ctrl+s")
        terminal.settle()
        terminal.press("esc")
        terminal.expect("open comments 5")
        terminal.press("v")
        terminal.settle()
        terminal.press("a")
        terminal.settle()
        terminal.press("Sound.", "ctrl+s")
        terminal.settle()
        terminal.expect("unsaved")
        terminal.press("ctrl+s")
        terminal.expect("Saved")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
        assert b"\x1b[?1049l" in terminal.raw

    saved = loads(file.read_text(encoding="utf-8"))
    said = {(each.on, each.text, each.author) for each in saved.comments}
    assert ("events/e1", "Who was paged?", "kim") in said
    (answer,) = [each for each in saved.comments if each.question]
    assert (answer.question, answer.text) == (QUESTIONS[0].id, "It stops at the shard.")
    assert [review.reviewer for review in standing(saved).approved] == ["kim"]
    assert content_hash(saved) == content_hash(story())


def test_steps_send_little_and_waiting_nothing(tmp_path: Path, samples: Path) -> None:
    sample = samples / "2025-03-29-checkout-payment-latency.toml"
    with Terminal("review", str(sample), cwd=tmp_path, size=(80, 24), environ=environ(tmp_path)) as terminal:
        terminal.expect("1 of 87")
        terminal.settle(1.0)
        sent = []
        for _ in range(20):
            before = len(terminal.raw)
            terminal.press("n")
            terminal.settle(0.15)
            sent.append(len(terminal.raw) - before)
        # A moved cursor of a DataTable sends about 620 bytes here; `benchmarks/review_steps.py` compares the two.
        assert median(sent) < 1_500
        before = len(terminal.raw)
        end = time.monotonic() + 2
        while time.monotonic() < end:
            terminal.read(0.2)
        assert len(terminal.raw) == before
