"""How costs grow: with the number of events, of files, and with the length of a section.

    python -m benchmarks.growth [events|files|text ...]

What is compared is the exponent of n between the two largest sizes: 0 is a cost that stays, 1 one that grows as n does.
All costs are processor time, since what else the machine does would bend the curve.
"""

from __future__ import annotations

import gc
import math
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from time import process_time
from typing import Final

from benchmarks.table import Row, shown

PARTS: Final = {"events": "growing_events", "files": "growing_files", "text": "growing_text"}

LINEAR: Final = 1.2
"""n log n at these sizes is 1.1; far out memory is slower, which is no fault of the code."""
STAYS: Final = 0.2
"""What does not depend on n at all: measured, never quite 0."""

_ENOUGH: Final = 0.4
"""Seconds of work after which a cost is known, and how many runs it takes at least and at most."""
_LEAST, _MOST = 3, 200
_LONG: Final = 2.0
"""Seconds that are long enough for one run to tell."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A cost in milliseconds at several sizes, and the largest exponent that is good enough."""

    name: str
    of: str
    """What there are more and more of."""
    sizes: tuple[int, ...]
    costs: tuple[float, ...]
    goal: float | None = None

    @property
    def exponent(self) -> float:
        """The slope of the logarithm of the cost over that of n, between the two largest sizes."""
        (small, large), (before, after) = self.sizes[-2:], self.costs[-2:]
        return max(0.0, math.log(after / before) / math.log(large / small))

    def row(self) -> Row:
        costs = ", ".join(f"{size:,}: {cost:,.3g}" for size, cost in zip(self.sizes, self.costs, strict=True))
        return Row(self.name, self.exponent, 1.0, "exponent", f"that of n; ms by {self.of}: {costs}", self.goal)


Work = Callable[[], object]


def measured(
    name: str, of: str, sizes: Sequence[int], work_for: Callable[[int], Work], goal: float | None = None
) -> Growth:
    """The cost of some work at each size. `work_for` makes ready what is needed, which does not count."""
    costs = []
    for size in sizes:
        work = work_for(size)
        costs.append(cpu(work))
        del work
    return Growth(name, of, tuple(sizes), tuple(costs), goal)


def cpu_seconds() -> float:
    """Seconds of processor time of this process so far, with those of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def cpu(work: Work) -> float:
    """Milliseconds of processor time that some work takes: the least of several runs, after one that does not count.

    What a run needs afresh is made by `work.before`, where there is such an attribute; it does not count.
    """
    before = getattr(work, "before", lambda: None)
    gc.collect()
    gc.freeze()  # as the program does once it has loaded what it shows
    taken: list[float] = []
    while len(taken) <= _LEAST or (sum(taken) < _ENOUGH and len(taken) < _MOST):
        before()
        begin = cpu_seconds()
        work()
        taken.append(cpu_seconds() - begin)
        if taken[0] > _LONG:
            break
    gc.unfreeze()
    return min(taken[1:] or taken) * 1000


def homes(folder: str) -> dict[str, str]:
    """What of the environment makes the program keep everything of its own in a folder."""
    return {f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in ("CONFIG", "STATE", "DATA", "CACHE")}


def rows(parts: Sequence[str] = tuple(PARTS)) -> list[Row]:
    return [row for part in parts for row in import_module(f"benchmarks.{PARTS[part]}").rows()]


if __name__ == "__main__":
    print(shown(rows(sys.argv[1:] or tuple(PARTS))))
