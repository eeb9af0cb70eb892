"""What keys cost on the screen of an incident with many events, in a real pseudo-terminal.

    python -m benchmarks.long_timeline [events]

Opening, moving, inserting, taking back and saving among 10,000 events; that 100,000 work; and how the costs grow.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Final

from benchmarks.command_line import program
from benchmarks.keystrokes import FRAME_MS, Keystrokes, has_typed, press
from benchmarks.pseudo_terminal import PseudoTerminal, Screen, bytes_of
from benchmarks.samples import long_incident
from benchmarks.table import Row, shown
from schemas.toml_file import dumps

SIZE: Final = (80, 24)
_TIMES: Final = 12
_SAVED: Final = 60
_BETWEEN: Final = 0.1
"""Seconds without output after which a key in prose is done with; findings come later, and do not count."""


def _wait_until_open(terminal: PseudoTerminal) -> None:
    end = perf_counter() + 120
    while "Overview" not in terminal.screen() and perf_counter() < end:
        terminal.settle(0.5)
    terminal.settle(2)


def _to_timeline(terminal: PseudoTerminal) -> None:
    """The cursor among the events, in the middle of them."""
    for key in (*["down"] * 8, "enter"):
        terminal.send(bytes_of(key))
        terminal.settle(0.3)


def says(words: str) -> Callable[[Screen], bool]:
    """Whether a screen shows some words."""
    return lambda screen: any(words in line for line in screen.display)


@dataclass(slots=True)
class Costs:
    """Of opening (milliseconds of processor time until the screen was whole), and of keys by what they do."""

    opened: float
    mounted: float
    keys: dict[str, Keystrokes]


def measured(size: int, folder: Path) -> Costs:
    """Open an incident of so many events and press keys in it."""
    still, times = (0.5, _TIMES) if size < 50_000 else (5.0, _TIMES // 4)
    file = folder / f"long-{size}.toml"
    file.write_text(dumps(long_incident(size)), encoding="utf-8")
    with PseudoTerminal([*program(), str(file)], *SIZE, folder) as terminal:
        _wait_until_open(terminal)
        opened = terminal.cpu() * 1000
        begin = terminal.cpu()
        _to_timeline(terminal)
        mounted = (terminal.cpu() - begin) * 1000
        if "+" not in terminal.screen():
            raise SystemExit(f"no timeline is shown:\n{terminal.screen()}")
        keys = {name: Keystrokes() for name in ("down", "page down", "insert", "undo", "redo")}
        for _ in range(2 * times):
            press(terminal, "down", keys["down"])
        for _ in range(times):
            press(terminal, "pagedown", keys["page down"])
        for number in range(times):
            _insert(terminal, number, keys["insert"], still)
        terminal.send(bytes_of("escape"))
        terminal.settle(0.5)
        for _ in range(times // 2 + 1):
            press(terminal, "ctrl+z", keys["undo"], says("Undone"), still=still)
        for _ in range(times // 2 + 1):
            press(terminal, "ctrl+y", keys["redo"], says("Done again"), still=still)
    return Costs(opened, mounted, keys)


def _insert(terminal: PseudoTerminal, number: int, cost: Keystrokes, still: float) -> None:
    words = f"inserted {number:02d}"
    if number == 0:
        terminal.send(bytes_of("ctrl+n"))
        terminal.settle(0.4)
    terminal.send(f"+{number + 1}m {words}".encode())
    terminal.settle(still)
    press(terminal, "enter", cost, says(f"Added: {words}"), still=still)


def saving(size: int, folder: Path) -> Row:
    """How long keys take that come while the document is written, against keys that come when nothing is."""
    file = folder / f"saved-{size}.toml"
    file.write_text(dumps(long_incident(size)), encoding="utf-8")
    quiet, busy = Keystrokes(), Keystrokes()
    with PseudoTerminal([*program(), str(file)], *SIZE, folder) as terminal:
        _wait_until_open(terminal)
        for key in ("down", "enter"):
            terminal.send(bytes_of(key))
            terminal.settle(0.5)
        for number in range(2 * _SAVED):
            cost = busy if number % 2 else quiet
            if cost is busy:
                terminal.send(bytes_of("ctrl+s"))
                # At one moment of the saving after the other, all through it.
                sleep(0.01 + number % 20 * 0.004)
            character = "abcdefgh jklmno "[number % 16]
            press(terminal, character, cost, has_typed(terminal, character), still=_BETWEEN)
            terminal.settle(0.7)
    late, usual = (quantiles(cost.shown, n=20)[-1] for cost in (busy, quiet))
    return Row(f"{size:,} events: a key typed while it is saved, 95th percentile", late, usual, "ms", "not saving", 1.2)


def rows(size: int = 10_000) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large, huge = (measured(number, folder) for number in (size // 10, size, size * 10))
        fewer = f"{size // 10:,} events"
        found = [
            Row(f"{size:,} events: go into the timeline, CPU", large.mounted, small.mounted, "ms", fewer, 1.15),
            Row(f"{size * 10:,} events: the same", huge.mounted, small.mounted, "ms", fewer),
        ]
        for number, costs, asked in ((size, large, True), (size * 10, huge, False)):
            found += _keys(f"{number:,} events", costs, small, fewer, asked=asked)
        return [*found, saving(size, folder)]


def _keys(name: str, costs: Costs, small: Costs, fewer: str, *, asked: bool) -> list[Row]:
    """The rows of an incident's keys; what is `asked` has goals."""
    found = []
    for key, most in (("down", 512), ("page down", 2_560)):
        cost, least = costs.keys[key], small.keys[key]
        goal = most if asked else None
        found += [
            Row(f"{name}: {key}, sent (mean)", cost.mean_bytes, least.mean_bytes, "B", fewer, most=goal),
            Row(f"{name}: {key}, CPU", cost.typical_cpu, least.typical_cpu, "ms", fewer),
        ]
    for key in ("insert", "undo", "redo"):
        cost, least = costs.keys[key], small.keys[key]
        until = median(cost.cpu_shown)
        found += [
            Row(f"{name}: {key}, CPU until painted", until, FRAME_MS, "ms", "a frame", 1 if asked else None),
            Row(f"{name}: {key}, painted", cost.typical_shown, FRAME_MS, "ms", "a frame", 3 if asked else None),
            Row(f"{name}: {key}, CPU all together", cost.typical_cpu, least.typical_cpu, "ms", fewer),
        ]
    return found


if __name__ == "__main__":
    print(shown(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)))
