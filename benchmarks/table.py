"""One table of results: ours, the floor measured in the same run, their ratio, and the ratio to stay under."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `goal` is the largest ratio that is good enough; None where a figure is only for interest."""

    name: str
    ours: float
    floor: float
    unit: str
    against: str
    goal: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the floor ours is; a floor of nothing counts as one."""
        return self.ours / (self.floor or 1.0)

    @property
    def met(self) -> bool:
        """Whether the ratio is good enough."""
        return self.goal is None or self.ratio <= self.goal


def shown(rows: Iterable[Row]) -> str:
    """The rows as a table in plain text."""
    head = ("what", "ours", "floor", "ratio", "goal", "", "floor is")
    lines = [
        (
            row.name,
            f"{row.ours:,.2f} {row.unit}",
            f"{row.floor:,.2f} {row.unit}",
            f"{row.ratio:.2f}",
            "-" if row.goal is None else f"≤ {row.goal:g}",
            "" if row.goal is None else "ok" if row.met else "MISSED",
            row.against,
        )
        for row in rows
    ]
    widths = [max(len(line[i]) for line in (head, *lines)) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 0 < i < 5 else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in (head, tuple("-" * width for width in widths), *lines)
    )


def timed(work: Callable[[], object]) -> float:
    """How many milliseconds some work takes."""
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000


def typical(work: Callable[[], object], times: int = 25) -> float:
    """The median of several runs of some work, in milliseconds, after one that does not count."""
    work()
    return median(timed(work) for _ in range(times))
