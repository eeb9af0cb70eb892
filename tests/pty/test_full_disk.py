"""A disk that takes no more: the program says so, keeps the text on screen, and saves when there is room again."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from schemas.incident import Incident, Sections
from schemas.toml_file import dumps, loads
from tests.pty.terminal import Terminal
from tests.pty.test_terminal import environ

pytestmark = pytest.mark.pty

_ROOM = 3_000
"""Bytes that a file may have: a real limit of the system, which every write beyond it meets, as on a full disk."""


def test_nothing_is_lost_on_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "incident.toml"
    path.write_text(dumps(Incident(title="Checkout down", sections=Sections(summary="It broke. " * 200))))
    before = path.read_bytes()
    words = "Words that find no room. " * 60
    # Python 3.13.0 keeps what it could write of a compiled module, and cannot load it any more.
    env = environ(tmp_path, XDG_STATE_HOME=str(tmp_path / "state"), PYTHONDONTWRITEBYTECODE="1")

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, resource.RLIM_INFINITY))

    with Terminal(path.name, cwd=tmp_path, environ=env, before=full) as terminal:
        terminal.expect("draft")
        terminal.write(b"\x07Root cause\r\x1b[1;5F")
        terminal.write(b"\x1b[200~" + words.encode() + b"\x1b[201~")
        terminal.expect("words not kept")
        terminal.press("ctrl+s")
        terminal.expect("Your text is still here")
        assert path.read_bytes() == before
        terminal.press("c")
        terminal.expect("Not saved")
        # Somebody made room.
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        terminal.press("ctrl+s")
        terminal.expect("Saved incident.toml")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    assert loads(path.read_text()).sections.root_cause.strip() == words.strip()
    assert not list((tmp_path / "state" / "postmortem" / "journal").glob("*.journal"))
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".postmortem-")]
