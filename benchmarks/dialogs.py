"""Opening and closing what comes over a document, and going from section to section: bytes and time.

    python -m benchmarks.dialogs [--rounds N] [--size 80x24 ...]

Beside the program runs the same one sending every update whole, as Textual makes it (the setting
`screen_diff = false`), and for sections a bare app with a list of their names and one TextArea for their texts. They
are given each key in turn.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks.keystrokes import bare
from benchmarks.pseudo_terminal import PseudoTerminal, bytes_of
from benchmarks.samples import LONG
from benchmarks.starting import Size, ours, size_of
from benchmarks.table import Row, shown
from schemas.sections import BY_KEY

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
DIFFLESS: Final = "the same without the diff"
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
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        floor = stack.enter_context(PseudoTerminal(bare("sections", _texts(home)), *size, home))
        for terminal in (*both, floor):
            terminal.read(20)
            terminal.settle(2)
        return [*_sections(both, floor, size), *_over(both, size, rounds)]


def _texts(home: Path) -> str:
    """The path of a file with the sections of the incident for the bare app: heading, what belongs there, text."""
    with LONG.open("rb") as file:
        written = tomllib.load(file)["sections"]
    texts = [(BY_KEY[key].heading, BY_KEY[key].prompt, text) for key, text in written.items()]
    told = home / "sections.json"
    told.write_text(json.dumps(texts), encoding="utf-8")
    return str(told)


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


def _sections(both: Sequence[PseudoTerminal], bare_app: PseudoTerminal, size: Size) -> list[Row]:
    costs = {terminal: Cost() for terminal in (*both, bare_app)}
    for key in ("ctrl+pagedown", "ctrl+pageup"):
        for _ in range(12):
            for terminal, cost in costs.items():
                press(terminal, key, cost)
    name, against = f"{size[0]}x{size[1]} next section", "a bare app with a list and one TextArea"
    stepped, all_sent, floor = costs.values()
    # Behind its last section the bare app does nothing.
    taken, cpu = zip(*(each for each in zip(floor.taken, floor.cpu, strict=True) if each[0]), strict=True)
    return [
        Row(f"{name}, sent", median(stepped.sent), median(all_sent.sent), "B", DIFFLESS, most=SECTION_BYTES),
        Row(f"{name}, taken", median(stepped.taken), median(taken), "ms", against, SECTION_TIME),
        Row(f"{name}, processor", median(stepped.cpu), median(cpu), "ms", against),
    ]


def _compared(name: str, mine: Cost, plain: Cost, *, most: float) -> list[Row]:
    return [
        Row(f"{name}, sent", median(mine.sent), median(plain.sent), "B", DIFFLESS, most=most),
        Row(f"{name}, taken", median(mine.taken), median(plain.taken), "ms", DIFFLESS),
        Row(f"{name}, processor", median(mine.cpu), median(plain.cpu), "ms", DIFFLESS),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=size_of, nargs="+", default=[(80, 24)])
    asked = parser.parse_args()
    print(shown(rows(asked.size, asked.rounds)))
