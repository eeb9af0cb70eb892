"""What the program costs before it does anything: `postmortem --version` beside `python -c pass`.

    python -m benchmarks.command_line

Both are started in turn, so that what else the machine does falls on both.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks.table import Row, shown, timed

ROUNDS = 21
GOAL = 5.0


def program() -> list[str]:
    """The installed command beside this Python, or the module where there is none."""
    script = Path(sys.executable).parent / "postmortem"
    return [str(script)] if script.exists() else [sys.executable, "-m", "tui"]


def compared(commands: list[list[str]], rounds: int = ROUNDS) -> list[float]:
    """The median time of each of several commands in milliseconds, run in turn."""

    def once(command: list[str]) -> float:
        return timed(lambda: subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True))

    for command in commands:
        once(command)  # compiles what has to be compiled
    taken = [[once(command) for command in commands] for _ in range(rounds)]
    return [median(column) for column in zip(*taken, strict=True)]


def rows() -> list[Row]:
    nothing, version, usage = compared(
        [[sys.executable, "-c", "pass"], [*program(), "--version"], [*program(), "--help"]]
    )
    return [
        Row("postmortem --version", version, nothing, "ms", "python -c pass", GOAL),
        Row("postmortem --help", usage, nothing, "ms", "python -c pass"),
    ]


if __name__ == "__main__":
    print(shown(rows()))
