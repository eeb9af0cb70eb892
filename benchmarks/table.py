"""One table of results: ours, the floor measured in the same run, their ratio, and what is good enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Final


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program that does the same, measured in the same run and in the same unit."""

    name: str
    value: float
    goal: float | None = None
    """The largest ratio of ours to it that is good enough; None where it is only for interest."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `goal` is the largest ratio to the floor that is good enough, `most` the largest value of ours
    in the unit of the row; None where a figure is only for interest."""

    name: str
    ours: float
    floor: float
    unit: str
    against: str
    goal: float | None = None
    most: float | None = None
    peers: tuple[Peer, ...] = ()

    @property
    def ratio(self) -> float:
        """How many times the floor ours is; a floor of nothing counts as one."""
        return self.ours / (self.floor or 1.0)

    @property
    def met(self) -> bool:
        """Whether all that is asked of the figure holds."""
        return (
            (self.goal is None or self.ratio <= self.goal)
            and (self.most is None or self.ours <= self.most)
            and all(peer.goal is None or self.ours <= peer.goal * peer.value for peer in self.peers)
        )

    @property
    def asked(self) -> str:
        """What the figure should be, in words."""
        goals = [] if self.goal is None else [f"≤ {self.goal:g} x"]
        goals += [] if self.most is None else [f"≤ {self.most:,g} {self.unit}"]
        return ", ".join(goals + [f"≤ {peer.goal:g} x {peer.name}" for peer in self.peers if peer.goal is not None])


HEAD: Final = ("what", "ours", "floor", "ratio", "goal", "", "the floor is", "peers")
_NUMBERS: Final = frozenset({1, 2, 3})


def cells(row: Row) -> tuple[str, ...]:
    """What the table says of a row, in the order of `HEAD`."""
    return (
        row.name,
        f"{row.ours:,.2f} {row.unit}",
        f"{row.floor:,.2f} {row.unit}",
        f"{row.ratio:.2f}",
        row.asked or "-",
        "" if not row.asked else "ok" if row.met else "MISSED",
        row.against,
        ", ".join(f"{peer.name} {peer.value:,.2f} ({row.ours / (peer.value or 1.0):.2f} x)" for peer in row.peers),
    )


def shown(rows: Iterable[Row]) -> str:
    """The rows as a table in plain text."""
    lines = [cells(row) for row in rows]
    widths = [max(len(line[i]) for line in (HEAD, *lines)) for i in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if i in _NUMBERS else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in (HEAD, tuple("-" * width for width in widths), *lines)
    )


def as_markdown(rows: Iterable[Row]) -> str:
    """The rows as a table in Markdown."""
    lines = [HEAD, tuple("--:" if i in _NUMBERS else "---" for i in range(len(HEAD))), *map(cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def timed(work: Callable[[], object]) -> float:
    """How many milliseconds some work takes."""
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000


def typical(work: Callable[[], object], times: int = 25) -> float:
    """The median of several runs of some work, in milliseconds, after one that does not count."""
    work()
    return median(timed(work) for _ in range(times))


def in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median of each of several pieces of work in milliseconds, done one after the other in each round, so that
    what else the machine does falls on all of them. The first round does not count."""
    for work in works:
        work()
    taken = [[timed(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*taken, strict=True)]
