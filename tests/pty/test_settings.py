"""Settings in a real terminal: a mistake in them is told over the first real screen, and keeps nobody out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.terminal import Terminal
from tests.pty.test_terminal import environ

pytestmark = pytest.mark.pty


@pytest.mark.parametrize("what", ["new-incident.toml", "."])
def test_a_mistake_in_the_settings_is_told(tmp_path: Path, samples: Path, what: str) -> None:
    settings = tmp_path / "config" / "postmortem" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('authr = "ana"\n[keys]\n"document.save" = "ctrl+g"\n', encoding="utf-8")
    with Terminal(str(samples / what), cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("Something in your settings was left out")
        terminal.expect("did you mean author?")
        terminal.expect("document.save: ctrl+g belongs to document.go-to")
        terminal.press("enter")
        terminal.expect("F1 help")
        terminal.settle()
        assert "settings" not in terminal.text
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
