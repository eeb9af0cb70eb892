"""Other programs in the same pseudo-terminal: first frame, bytes, a key, memory.

    python -m benchmarks.peers [--install]

Compared are a bare Textual app (the floor), the editors vim, nano and micro, and the Textual programs posting,
harlequin, toolong and frogmouth. What is not installed is left out, and said so. `--install` installs what can be: the
Textual programs, each in an environment of its own below `$POSTMORTEM_PEERS` (`~/.cache/postmortem-peers`), and the
editors where this is Debian and we may.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from statistics import mean, median
from time import perf_counter
from typing import Final

from benchmarks.command_line import program
from benchmarks.pseudo_terminal import PseudoTerminal, bytes_of
from benchmarks.samples import LONG, all_prose_of
from benchmarks.table import Peer, Row, shown

SIZES: Final = ((80, 24), (200, 50))
STARTS: Final = 5
KEYS: Final = 40
STILL: Final = 0.15
"""Seconds without output after which a key is done with; a cursor that blinks does so less often."""
LIMIT: Final = 15.0
"""Seconds after which a program that shows nothing is given up."""
IDLE: Final = 3.0

EDITORS: Final = ("vim", "nano", "micro")
LARGEST_OF_POSTING: Final = 0.35
MOST_OF_VIM: Final = 6.0

_ROOT: Final = Path(__file__).parent.parent
_CACHE: Final = Path(os.environ.get("POSTMORTEM_PEERS", Path.home() / ".cache" / "postmortem-peers"))


@dataclass(frozen=True, slots=True)
class Program:
    """A program to compare: how it is started on the files in a folder, what its first useful screen shows, the keys
    that lead to the place, and the key that is pressed there: a character is typed, or the cursor goes down."""

    name: str
    executable: str
    arguments: tuple[str, ...]
    marker: str
    key: str
    reach: tuple[str, ...] = ()
    whole: str = ""
    """What its screen shows once all is there, where that comes later than the marker."""
    package: str = ""
    """Its name in the package index of Python, where it comes from there."""
    beside: tuple[str, ...] = ()
    """What has to be installed with it so that it runs."""

    @property
    def place(self) -> str | None:
        """Where it is installed, if it is."""
        own = _CACHE / self.package / "bin" / self.executable
        return str(own) if self.package and own.exists() else which(self.executable)

    def command(self) -> list[str]:
        """What starts it; `home`, `columns` and `rows` are to be put in."""
        assert self.place is not None
        return [self.place, *self.arguments]


_START_OF_TEXT: Final = "There is no single one"
_OURS: Final = Program(
    "ours", program()[0], (*program()[1:], "{home}/" + LONG.name), "Checkout payments slow", "x",
    reach=(*["down"] * 10, "enter", "ctrl+home"), whole="F1 help",
)  # fmt: skip
_BARE: Final = Program(
    "a bare TextArea", sys.executable,
    ("-m", "benchmarks.bare_app", "text", "{columns}", "{rows}", "{home}/text.md"), _START_OF_TEXT, "x",
)  # fmt: skip
PEERS: Final = (
    Program("vim", "vim", ("-n", "-i", "NONE", "{home}/text.md"), _START_OF_TEXT, "x", ("i",)),
    Program("nano", "nano", ("{home}/text.md",), _START_OF_TEXT, "x"),
    Program("micro", "micro", ("{home}/text.md",), _START_OF_TEXT, "x"),
    # With a later one it ends at its start.
    Program("posting", "posting", (), "Collection", "x", package="posting", beside=("tree-sitter<0.26",)),
    Program("harlequin", "harlequin", (), "Query Editor", "x", package="harlequin"),
    Program("toolong", "tl", ("{home}/app.log",), "INFO request", "down", ("home",), package="toolong"),
    Program("frogmouth", "frogmouth", ("{home}/text.md",), _START_OF_TEXT, "down", package="frogmouth"),
)


@dataclass(slots=True)
class Figures:
    """What one program costs: milliseconds, bytes, MiB; one entry for each start or key."""

    first: list[float] = field(default_factory=list)
    first_cpu: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    start_bytes: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    idle_bytes: float = 0.0
    key_bytes: list[float] = field(default_factory=list)
    key_ms: list[float] = field(default_factory=list)
    key_cpu: list[float] = field(default_factory=list)


def write_files(home: Path) -> None:
    """The same text for all: the incident, all of its prose as Markdown, and a log."""
    (home / LONG.name).write_bytes(LONG.read_bytes())
    (home / "text.md").write_text(all_prose_of(LONG), encoding="utf-8")
    lines = (f"2025-03-29T02:{n // 60 % 60:02d}:{n % 60:02d} INFO request {n} took {n % 97} ms" for n in range(2_000))
    (home / "app.log").write_text("\n".join(lines), encoding="utf-8")


def rows() -> list[Row]:
    if missing := [each.name for each in PEERS if not each.place]:
        print(f"not installed, so left out: {', '.join(missing)} (python -m benchmarks.peers --install)", flush=True)
    programs = [_OURS, _BARE]
    for each in PEERS:
        try:
            # The first start compiles what has to be compiled; it does not count.
            if each.place:
                _start(each, SIZES[0], Figures(), last=False)
                programs.append(each)
        except NothingShown as error:
            print(f"does not start here, so left out: {error}", flush=True)
    _start(_OURS, SIZES[0], Figures(), last=False)
    return [row for size in SIZES for row in _rows(programs, size)]


class NothingShown(Exception):
    """A program did not show what was waited for."""


def _rows(programs: Sequence[Program], size: tuple[int, int]) -> Iterator[Row]:
    figures = {each.name: Figures() for each in programs}
    for number in range(STARTS):
        for each in programs:
            _start(each, size, figures[each.name], last=number == STARTS - 1)
    where = f"{size[0]}x{size[1]}"

    def compared(name: str, unit: str, figure: Callable[[Figures], float], **goals: float) -> Row:
        ours, floor, *peers = ((name, figure(found)) for name, found in figures.items())
        told = tuple(Peer(name, value, goals.get(name)) for name, value in peers)
        return Row(f"{where} {name}", ours[1], floor[1], unit, floor[0], peers=told)

    # On a large terminal it is the painting that takes the time.
    asked = {"posting": LARGEST_OF_POSTING} if size == SIZES[0] else {}
    yield compared("first frame", "ms", lambda each: median(each.first), **asked)
    yield compared("first frame, processor time", "ms", lambda each: median(each.first_cpu))
    yield compared("nothing changes any more", "ms", lambda each: median(each.settled))
    yield compared("sent until then", "B", lambda each: median(each.start_bytes))
    yield compared("a key, sent, mean", "B", lambda each: mean(each.key_bytes), vim=MOST_OF_VIM)
    yield compared("a key, until the last byte", "ms", lambda each: median(each.key_ms))
    yield compared("a key, processor time", "ms", lambda each: mean(each.key_cpu))
    yield compared(f"sent in {IDLE:g} idle seconds", "B", lambda each: each.idle_bytes)
    yield compared("memory", "MiB", lambda each: median(each.memory))


def _start(each: Program, size: tuple[int, int], figures: Figures, *, last: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_files(home)
        command = [part.format(columns=size[0], rows=size[1], home=home) for part in each.command()]
        environment = {"HOME": str(home), "PYTHONPATH": str(_ROOT)}
        with PseudoTerminal(command, *size, home, answers=True, environment=environment) as terminal:
            if not terminal.wait_for(each.whole or each.marker, LIMIT):
                raise NothingShown(each.name)
            # A cursor may blink for ever.
            terminal.settle(1.0, limit=4.0)
            first = terminal.seconds_until(lambda screen: each.marker in screen) or 0.0
            figures.first.append(first * 1000)
            figures.first_cpu.append(terminal.spent_at(terminal.begin + first) * 1000)
            figures.settled.append((_last_change(terminal) - terminal.begin) * 1000)
            figures.start_bytes.append(sum(len(data) for _, data in terminal.received))
            figures.memory.append(_memory(terminal.pid))
            if last:
                _press(each, terminal, figures)


def _last_change(terminal: PseudoTerminal) -> float:
    """When what stands on the screen became what it is now."""
    now = terminal.screen()
    found = terminal.seconds_until(lambda screen: screen == now)
    return terminal.begin + found if found is not None else terminal.received[-1][0]


def _press(each: Program, terminal: PseudoTerminal, figures: Figures) -> None:
    for key in each.reach:
        terminal.send(bytes_of(key))
        terminal.settle(0.5, limit=2.0)
    before = len(terminal.received)
    terminal.wait(IDLE)
    figures.idle_bytes = sum(len(data) for _, data in terminal.received[before:])
    for _ in range(KEYS):
        before, cpu, begin = len(terminal.received), terminal.cpu(), perf_counter()
        terminal.send(bytes_of(each.key))
        terminal.settle(STILL, limit=1.0)
        new = terminal.received[before:]
        figures.key_bytes.append(sum(len(data) for _, data in new))
        figures.key_ms.append((new[-1][0] - begin) * 1000 if new else 0.0)
        figures.key_cpu.append((terminal.cpu() - cpu) * 1000)


def _memory(pid: int) -> float:
    """MiB that a process and all that it has started take, shared ones counted in part (Linux only)."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    own = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1024
    children = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text(encoding="ascii").split()
    ]
    return own + sum(_memory(child) for child in children)


def install() -> None:
    """Install what can be installed; what cannot is said, and left out of the tables."""
    for each in PEERS:
        if each.place:
            print(f"{each.name}: there already")
        elif each.package:
            folder = _CACHE / each.package
            venv.create(folder, with_pip=True, clear=True)
            _run(each.name, [str(folder / "bin" / "pip"), "install", "--quiet", each.package, *each.beside])
    if (editors := [name for name in EDITORS if not which(name)]) and which("apt-get"):
        _run(", ".join(editors), ["apt-get", "install", "--yes", "--quiet", *editors])


def _run(name: str, command: list[str]) -> None:
    print(f"{name}: {'installed' if subprocess.run(command, check=False).returncode == 0 else 'not installed'}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--install"]:
        install()
    else:
        print(shown(rows()))
