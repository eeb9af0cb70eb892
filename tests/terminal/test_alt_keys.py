"""Keys with Alt that arrive together with what is typed behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.incident import Incident, Sections
from schemas.toml_file import dumps
from tests.pty.terminal import Terminal
from tests.pty.test_terminal import environ


@pytest.mark.pty
def test_a_letter_with_alt_in_the_middle_of_a_bunch_is_a_command(tmp_path: Path) -> None:
    path = tmp_path / "incident.toml"
    path.write_text(dumps(Incident(title="Checkout down", sections=Sections(summary="It broke."))))
    with Terminal(path.name, cwd=tmp_path, environ=environ(tmp_path)) as terminal:
        terminal.expect("draft")
        terminal.write(b"\x07Summary\r\x1b[1;5Faa\x1bzbb")  # Alt+Z undoes
        terminal.expect("It broke.bb")
        assert "^z" not in terminal.text
