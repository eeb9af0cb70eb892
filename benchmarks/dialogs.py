"""Opening and closing what comes over a document, and going from section to section: bytes and time.

    python -m benchmarks.dialogs [--rounds N] [--size 80x24 ...]

Beside the program runs the same one sending every update whole, as Textual makes it (the setting
`screen_diff = false`). Both are given each key in turn.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks.pseudo_terminal import PseudoTerminal, bytes_of
from benchmarks.samples import LONG
from benchmarks.starting import Size, ours, size_of
from benchmarks.table import Row, shown

SECTION_BYTES, SECTION_TIME = 3000, 0.5
OPEN_BYTES, CLOSE_BYTES = 3500, 2000
OVER: Final = {
    "help": ("f1", "escape"),
    "commands": ("ctrl+p", "escape"),
    "places to go to": ("ctrl+g", "escape"),
    "a picker": ("alt+t", "escape"),
    "timeline and findings": ("f4", "f4"),
}
"""What comes over a document, with the keys that open and close it."""
STILL: Final = 0.4
"""Seconds without output after which a key is done with; the program waits a tenth for what follows an Escape."""


@dataclass(slots=True)
class Cost:
    """What each press of a key cost: bytes, milliseconds to the last byte, milliseconds of processor time."""

    sent: list[int] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def press(terminal: PseudoTerminal, key: str, cost: Cost | None = None) -> None:
    """Press a key and wait until all is still."""
    before, cpu, begin = len(terminal.received), terminal.cpu(), perf_counter()
    terminal.send(bytes_of(key))
    terminal.settle(STILL)
    new = terminal.received[before:]
    if cost is not None:
        cost.sent.append(sum(len(data) for _, data in new))
        cost.taken.append((new[-1][0] - begin) * 1000 if new else 0.0)
        cost.cpu.append((terminal.cpu() - cpu) * 1000)


def rows(sizes: Sequence[Size] = ((80, 24),), rounds: int = 5) -> list[Row]:
    return [row for size in sizes for row in _rows(size, rounds)]


def _rows(size: Size, rounds: int) -> list[Row]:
    with ExitStack() as stack:
        both = []
        for settings in ("", "screen_diff = false\n"):
            home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            command = ours(LONG, "", settings).prepared(home)
            both.append(stack.enter_context(PseudoTerminal(command, *size, home)))
        for terminal in both:
            terminal.read(20)
            terminal.settle(2)
        return [*_sections(both, size), *_over(both, size, rounds)]


def _over(both: Sequence[PseudoTerminal], size: Size, rounds: int) -> list[Row]:
    found = []
    for name, keys in OVER.items():
        costs = [[Cost() for _ in both] for _ in keys]
        for number in range(rounds + 1):
            for key, cost in zip(keys, costs, strict=True):
                for terminal, each in zip(both, cost, strict=True):
                    # The first time imports what has to be imported.
                    press(terminal, key, each if number else None)
        for what, cost, most in zip(("opened", "closed"), costs, (OPEN_BYTES, CLOSE_BYTES), strict=True):
            found += _compared(f"{size[0]}x{size[1]} {name} {what}", *cost, most=most)
    return found


def _sections(both: Sequence[PseudoTerminal], size: Size) -> list[Row]:
    cost = [Cost() for _ in both]
    for _ in range(12):
        for terminal, each in zip(both, cost, strict=True):
            press(terminal, "ctrl+pagedown", each)
    for terminal in both:
        for _ in range(12):
            press(terminal, "ctrl+pageup")
    return _compared(f"{size[0]}x{size[1]} next section", *cost, most=SECTION_BYTES, time=SECTION_TIME)


def _compared(name: str, mine: Cost, plain: Cost, *, most: float, time: float | None = None) -> list[Row]:
    against = "the same without the diff"
    return [
        Row(f"{name}, sent", median(mine.sent), median(plain.sent), "B", against, most=most),
        Row(f"{name}, taken", median(mine.taken), median(plain.taken), "ms", against, time),
        Row(f"{name}, processor", median(mine.cpu), median(plain.cpu), "ms", against),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=size_of, nargs="+", default=[(80, 24)])
    asked = parser.parse_args()
    print(shown(rows(asked.size, asked.rounds)))
