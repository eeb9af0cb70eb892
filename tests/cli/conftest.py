"""The command line as tests use it: in this process, with a clock that stands still."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui.cli.main import run
from tui.workspace.services import Services


@dataclass(frozen=True)
class Result:
    """What a command line came to."""

    code: int
    out: str
    err: str


Cli = Callable[..., Result]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command line; all that goes to stdout and stderr is in the result."""

    def call(*arguments: str | Path) -> Result:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments], Services.fake())
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return call


class Terminal(io.StringIO):
    """A stream with a person at the other end."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command line as a person does who sits at a terminal of 80 columns."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: str | Path) -> Result:
        out, err = Terminal(), Terminal()
        # Not for the whole test: pytest puts its own streams in place after the fixtures are made.
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", Terminal())
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = run([str(argument) for argument in arguments], Services.fake())
        return Result(code, out.getvalue(), err.getvalue())

    return call


STORY = """\
format = 1
title = "Development server unusable"
status = "draft"
severity = "SEV2"
zone = "Africa/Nairobi"

[sections]
summary = "An update left one package half installed."

[[events]]
id = "aaaa"
at = 2024-05-02T09:00:00
text = "Push to the server fails"
milestones = ["impact-start", "detected"]
kind = "impact"

[[events]]
id = "bbbb"
at = 2024-05-02T09:15:00
about = true
text = "Reported to support"

[[events]]
id = "cccc"
text = "Somebody remembers the update"

[[events]]
id = "dddd"
at = 2024-05-03T05:00:00+03:00
text = "All working"
milestones = ["recovered", "resolved"]

[[actions]]
id = "eeee"
text = "Automate backups"
due = 2026-06-01

[[stated]]
id = "ffff"
what = "duration"
value = "4 hours"
minutes = 240
where = "header"
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A file with a small incident in which some things are wrong."""
    path = tmp_path / "story.toml"
    path.write_text(STORY, encoding="utf-8")
    return path
