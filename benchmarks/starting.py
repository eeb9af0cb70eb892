"""The start of the screen in a real pseudo-terminal: until something is there, until all of it is, and what it sends.

    python -m benchmarks.starting [--starts N] [--size 80x24 ...]

Beside the program starts a bare Textual app with one Static. What is sent is compared with the same program that sends
every update whole, as Textual makes it (the setting `screen_diff = false`). All take turns.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from sys import executable

from benchmarks.command_line import program
from benchmarks.pseudo_terminal import PseudoTerminal
from benchmarks.samples import LONG, long_incident
from benchmarks.table import Row, shown
from schemas.toml_file import dumps

FIRST_FRAME_GOAL, MANY_EVENTS_GOAL, BYTES_GOAL = 1.20, 1.3, 0.3
MANY = 10_000
STILL = 3.0
"""Seconds without output after which a start is over."""

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Started:
    """One start, or the least of several: milliseconds until a screen showed what was waited for and until nothing on
    it changed any more, in milliseconds of processor time the same, and bytes."""

    first: float
    whole: float
    first_cpu: float
    cpu: float
    sent: float


@dataclass(slots=True)
class Starter:
    """A program that is started again and again. `{file}` in the command is a copy of the file, in a home of its own,
    so that no start finds what another one left."""

    command: Sequence[str]
    marker: str
    file: Path | None = None
    settings: str = ""
    starts: list[Started] = field(default_factory=list)

    def start(self, size: Size) -> None:
        """Start it once more."""
        with tempfile.TemporaryDirectory() as name:
            home = Path(name)
            self.starts.append(started(self.prepared(home), self.marker, size, home))

    def prepared(self, home: Path) -> list[str]:
        """The command, with what it needs in a home of its own."""
        if self.settings:
            place = home / "config" / "postmortem" / "settings.toml"
            place.parent.mkdir(parents=True)
            place.write_text(self.settings, encoding="utf-8")
        if self.file is None:
            return list(self.command)
        copy = home / self.file.name
        copy.write_bytes(self.file.read_bytes())
        return [part.replace("{file}", str(copy)) for part in self.command]

    def least(self) -> Started:
        """The least of each figure: what else the machine does only adds to it. The first start compiles what has to be
        compiled, and does not count."""
        count = self.starts[1:]
        return Started(
            min(each.first for each in count), min(each.whole for each in count), min(each.first_cpu for each in count),
            min(each.cpu for each in count), min(each.sent for each in count),
        )  # fmt: skip


def started(command: Sequence[str], marker: str, size: Size, home: Path) -> Started:
    """Start a program and wait until its screen is still."""
    with PseudoTerminal(command, *size, home) as terminal:
        terminal.read(20)
        terminal.settle(STILL)
        begin = terminal.begin
        first = terminal.seconds_until(lambda screen: marker in screen)
        last = terminal.screen()
        whole = terminal.seconds_until(lambda screen: screen == last)
        if first is None or whole is None:
            raise SystemExit(f"{marker!r} never appeared:\n{last}")
        sent = sum(len(data) for _, data in terminal.received)
        then = next(cpu for (at, _), cpu in zip(terminal.received, terminal.spent, strict=True) if at >= begin + first)
        return Started(first * 1000, whole * 1000, then * 1000, terminal.cpu() * 1000, sent)


def bare() -> Starter:
    """The least that Textual can be."""
    return Starter([executable, "-m", "benchmarks.bare_app", "static", "ready and painted"], "ready and painted")


def ours(file: Path, marker: str, settings: str = "") -> Starter:
    """The program with a file."""
    return Starter([*program(), "{file}"], marker, file, settings)


def in_turns(starters: Sequence[Starter], size: Size, starts: int) -> list[Started]:
    """The least that a start of each of several programs took; they take turns."""
    for _ in range(starts + 1):
        for starter in starters:
            starter.start(size)
    return [starter.least() for starter in starters]


def rows(sizes: Sequence[Size] = ((80, 24), (120, 40)), starts: int = 9) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "many.toml"
        many.write_text(dumps(long_incident(MANY)), encoding="utf-8")
        found = []
        for size in sizes:
            found += _rows(size, starts, many)
        return found


def _rows(size: Size, starts: int, many: Path) -> list[Row]:
    marker = "Checkout payments slow"
    floor, mine, plain, large = in_turns(
        [bare(), ours(LONG, marker), ours(LONG, marker, "screen_diff = false\n"), ours(many, "A very long story")],
        size, starts,
    )  # fmt: skip
    where, few = f"{size[0]}x{size[1]}", "a long incident, 87 events"
    return [
        Row(f"{where} first frame", mine.first, floor.first, "ms", "one Static", FIRST_FRAME_GOAL),
        Row(f"{where} first frame, {MANY:,} events", large.first, mine.first, "ms", few, MANY_EVENTS_GOAL),
        Row(f"{where} all of the first screen", mine.whole, floor.first, "ms", "one Static"),
        Row(f"{where} all of it, {MANY:,} events", large.whole, mine.whole, "ms", few),
        Row(f"{where} first frame, processor time", mine.first_cpu, floor.first_cpu, "ms", "one Static"),
        Row(f"{where} all of it, processor time", mine.cpu, floor.cpu, "ms", "one Static"),
        Row(f"{where} sent until settled", mine.sent, plain.sent, "B", "the same without the diff", BYTES_GOAL),
    ]


def size_of(text: str) -> Size:
    width, height = text.split("x")
    return int(width), int(height)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=9)
    parser.add_argument("--size", type=size_of, nargs="+", default=[(80, 24), (120, 40)])
    asked = parser.parse_args()
    print(shown(rows(asked.size, asked.starts)))
