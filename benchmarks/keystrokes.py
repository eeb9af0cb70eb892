"""What a key costs in a pseudo-terminal: bytes, milliseconds until its effect is seen and until the last byte, CPU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mean, median, quantiles
from sys import executable
from time import perf_counter
from typing import Final

from benchmarks.pseudo_terminal import PseudoTerminal, Screen, bytes_of

STILL: Final = 0.3
"""Seconds without output after which a key is done with: what may come later, as findings do, waits for a pause in
typing that is about half as long."""

BURST: Final = 0.003
"""Seconds between what is sent at one go, in pieces, and what is sent at the next."""

FRAME_MS: Final = 1000 / 60


@dataclass(slots=True)
class Keystrokes:
    """Costs of many keys, one entry for each.

    `shown` are the milliseconds until the end of the burst of output after which the screen showed what the key does,
    `last` those until the last byte that it caused; `cpu` are the milliseconds of processor time all together, and
    `cpu_shown` those of it until then.
    """

    bytes: list[int] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    cpu_shown: list[float] = field(default_factory=list)

    @property
    def mean_bytes(self) -> float:
        return mean(self.bytes)

    @property
    def most_shown(self) -> float:
        """The 95th percentile of `shown`."""
        return quantiles(self.shown, n=20)[-1]

    @property
    def typical_shown(self) -> float:
        return median(self.shown)

    @property
    def typical_cpu(self) -> float:
        return median(self.cpu)


def bare(*arguments: str) -> list[str]:
    """The command of the bare app."""
    return [executable, "-m", "benchmarks.bare_app", *arguments]


def press(
    terminal: PseudoTerminal,
    key: str,
    cost: Keystrokes,
    seen: Callable[[Screen], bool] | None = None,
    *,
    still: float = STILL,
) -> None:
    """Press a key and wait until nothing more comes. `seen` says whether a screen shows its effect; without it, or
    where no screen does, the first burst of output counts."""
    first, cpu = len(terminal.received), terminal.cpu()
    begin = perf_counter()
    terminal.send(bytes_of(key))
    terminal.settle(still)
    new = terminal.received[first:]
    cost.bytes.append(sum(len(data) for _, data in new))
    cost.cpu.append((terminal.cpu() - cpu) * 1000)
    ends = [n for n, (a, b) in enumerate(pairwise(new), first) if b[0] - a[0] > BURST] + [len(terminal.received) - 1]
    times = [terminal.received[n][0] for n in ends] if new else [begin]
    found = next((n for n, at in enumerate(times) if seen is None or seen(terminal.screen_at(at))), 0)
    cost.shown.append((times[found] - begin) * 1000)
    cost.last.append((times[-1] - begin) * 1000)
    cost.cpu_shown.append((terminal.spent[ends[found]] - cpu) * 1000 if new else 0.0)


def has_typed(terminal: PseudoTerminal, character: str) -> Callable[[Screen], bool]:
    """Whether a screen shows a character that is typed now: the cursor is elsewhere, and the character left of it."""
    before = terminal.screen_at(perf_counter()).cursor
    place = before.x, before.y

    def seen(screen: Screen) -> bool:
        x, y = screen.cursor.x, screen.cursor.y
        return (x, y) != place and (x == 0 or screen.buffer[y][x - 1].data == character)

    return seen
