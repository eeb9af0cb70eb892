"""Random keys, mouse reports, pastes and answers in a real terminal: it goes on answering, and no file is lost.

`FUZZ_ROUNDS` and `FUZZ_SEED` make it long (see `tests.fuzz.mutations`).
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from schemas import toml_file
from tests import samples
from tests.fuzz.key_bytes import PASTE_END, burst
from tests.fuzz.mutations import FIRST_SEED, ROUNDS, Case
from tests.pty.terminal import Terminal
from tests.pty.test_terminal import environ
from tui.workspace.trash import TRASH

pytestmark = pytest.mark.pty

PLACES: Final = {
    "library": ("",),
    "document": (f"{samples.CHECKOUT}.toml",),
    "review": ("review", f"{samples.CHECKOUT}.toml"),
    "new": (f"{samples.NEW}.toml",),
}
"""Where each run begins, as words of the command line."""

BURSTS: Final = 20
SIZES: Final = ((120, 40), (80, 24), (60, 20), (38, 10))
AWAY: Final = {"Throw it away": b"t", "Discard the changes": b"d", "Leave, and": b"d"}
"""What is asked on the way out, and the key that says no to it."""

FAULTS: Final = ("Traceback", "fault in the program", "Error:")


def library(folder: Path) -> dict[str, bytes]:
    """A folder with incidents, and what is in them."""
    folder.mkdir()
    for name in (samples.CHECKOUT, samples.NEW, samples.DEV_SERVER):
        shutil.copy(samples.FOLDER / f"{name}.toml", folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("number", range(FIRST_SEED, FIRST_SEED + len(PLACES) * ROUNDS))
def test_whatever_comes_down_the_line(tmp_path: Path, number: int) -> None:
    case = Case("keys", number)
    folder = tmp_path / "library"
    before = library(folder)
    place = tuple(PLACES)[number % len(PLACES)]
    size = SIZES[number // len(PLACES) % len(SIZES)]
    surroundings = environ(tmp_path, EDITOR="true", XDG_STATE_HOME=str(tmp_path / "state"))
    sent = []
    with case, Terminal(*PLACES[place], cwd=folder, size=size, environ=surroundings) as terminal:
        while b"\x1b[?1049h" not in terminal.raw and terminal.read(20):
            pass  # before that, the system itself acts on some bytes
        terminal.settle(0.4)
        for _ in range(BURSTS):
            sent.append(burst(case.rng, *size))
            case.data = b"|".join(sent)
            try:
                terminal.write(sent[-1])
            except OSError:
                break  # it has ended
            if case.rng.random() < 0.1:
                terminal.resize(*case.rng.choice(SIZES))
            terminal.settle(0.03, 0.2)
            assert not [fault for fault in FAULTS if fault in shown(terminal)], shown(terminal)
        code = left(terminal)
        assert code == 0, shown(terminal)
        assert not [fault for fault in FAULTS if fault in shown(terminal)], shown(terminal)
        assert b"\x1b]52;c;aGk=" not in terminal.raw
        assert terminal.raw.rfind(b"\x1b[?1049l") > terminal.raw.rfind(b"\x1b[?1049h")
    nothing_lost(folder, before)


def shown(terminal: Terminal) -> str:
    """What the screen shows. pyte's own `display` breaks off over a wide sign of which one half was painted over."""
    screen = terminal.screen
    return "\n".join("".join(screen.buffer[y][x].data for x in range(screen.columns)) for y in range(screen.lines))


def left(terminal: Terminal) -> int:
    """Leave as a person would who wants to: out of whatever is open, and on, until it is over."""
    # Only as tall is a question surely seen with its answers.
    with suppress(OSError):
        terminal.resize(100, 40)
        terminal.write(PASTE_END.encode())
    for turn in range(40):
        try:
            # Escape alone is a key only after a moment.
            terminal.write(b"\x11" if turn % 4 == 3 else b"\x1b")
            terminal.settle(0.25, 1.0)
            for words, key in AWAY.items():
                if words in shown(terminal):
                    terminal.write(key)
                    terminal.settle(0.25, 1.0)
        except OSError:
            pass
        if terminal._ended(0.3):
            break
    assert terminal.status is not None, f"it does not leave\n{shown(terminal)}"
    return os.waitstatus_to_exitcode(terminal.status)


def nothing_lost(folder: Path, before: dict[str, bytes]) -> None:
    """Every incident is still there, as it was or as a file that can be read; what was moved is in the trash."""
    there = {path.name: path for path in folder.rglob("*.toml") if TRASH not in path.parts}
    trashed = {path.name: path for path in folder.rglob(f"{TRASH}/*.toml")}
    for name, data in before.items():
        path = there.get(name) or trashed.get(name)
        assert path is not None, f"{name} is gone; there is {sorted(there)}"
        assert path.read_bytes() == data or toml_file.parse_bytes(path.read_bytes(), name)
    for path in (*there.values(), *trashed.values()):
        if not path.name.endswith(".review.toml"):
            toml_file.parse_bytes(path.read_bytes(), path.name)
    assert not [path for path in folder.rglob("*") if path.name.endswith(".tmp") or path.suffix == ".lock"]
