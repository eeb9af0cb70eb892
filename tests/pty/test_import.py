"""A document imported in a real terminal: chosen by its path, a doubt settled, accepted, saved, and agreed with."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from schemas.incident import Incident
from schemas.toml_file import loads
from tests.pty.terminal import Terminal
from tests.pty.test_terminal import command, environ
from tests.ui.screens import written

pytestmark = pytest.mark.pty

REPORT = """\
# Printers silent

All times IST.

## Timeline

- 14/06/2024 21:40 the queue grows
- 22:05 first call
- 00:40 the job is deleted, all works again; resolved

## Action items

- Refuse large jobs (Tom, due 21/06/2024)
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "incidents"
    folder.mkdir()
    written(folder, Incident(title="An old one"), "2024-01-01-old.toml")
    (folder / "printers-notes.md").write_text(REPORT)
    return folder


def chosen(terminal: Terminal) -> None:
    """The document is chosen in the library, and its doubt is settled."""
    terminal.expect("An old one")
    # All at once, as over a slow line: each key finds what it was meant for.
    terminal.write(b"iprint\t\r")
    terminal.expect("? 1 doubt")
    terminal.press("n", "2")
    terminal.expect("Europe/Dublin")


def test_from_a_document_to_a_file(tmp_path: Path, library: Path) -> None:
    with Terminal(str(library), cwd=tmp_path, size=(80, 24), environ=environ(tmp_path)) as terminal:
        chosen(terminal)
        terminal.press("ctrl+s")
        terminal.expect("Imported, not saved yet")
        terminal.expect("● unsaved")
        assert len(list(library.glob("*.toml"))) == 1
        terminal.press("ctrl+q")
        terminal.expect("Save")
        terminal.settle()
        terminal.press("s")
        terminal.expect("printers-silent.toml")
        terminal.press("enter")
        assert terminal.exit_code() == 0
    (file,) = library.glob("2024-06-14-*.toml")
    saved = loads(file.read_text(encoding="utf-8"))
    assert (saved.title, saved.zone, len(saved.events), len(saved.actions)) == (
        "Printers silent",
        "Europe/Dublin",
        3,
        1,
    )
    told = json.loads(command("show", str(file), "--format", "json", cwd=tmp_path).stdout)
    assert told["zone"] == "Europe/Dublin"
    assert [event["at"] for event in told["events"]] == [
        "2024-06-14T21:40:00+01:00", "2024-06-14T22:05:00+01:00", "2024-06-15T00:40:00+01:00",
    ]  # fmt: skip


@pytest.mark.parametrize("accepted", [True, False])
def test_what_was_answered_is_there_at_the_next_start(tmp_path: Path, library: Path, accepted: bool) -> None:
    with Terminal(str(library), cwd=tmp_path, size=(80, 24), environ=environ(tmp_path)) as terminal:
        chosen(terminal)
        if accepted:
            terminal.press("ctrl+s")
            terminal.expect("not saved yet")
        terminal.settle()
        terminal.close()
        assert terminal.exit_code() == 128 + signal.SIGHUP
    with Terminal(str(library), cwd=tmp_path, size=(80, 24), environ=environ(tmp_path)) as terminal:
        terminal.expect("Unsaved work")
        terminal.expect("Printers silent")
        terminal.settle()
        terminal.press("enter")
        terminal.expect("unsaved")
        assert "Dublin" in terminal.text
