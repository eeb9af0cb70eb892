"""What commands cost: starting the program, and one file, beside what they cannot do without.

    python -m benchmarks.command_line

All are started in turn, so that what else the machine does falls on all of them. Checking is measured against a script
that imports the models and a TOML reader and validates the file; the other commands against one that imports what they
import and does nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.samples import library
from benchmarks.table import Row, shown, timed

ROUNDS = 21
VERSION_GOAL, USAGE_GOAL, CHECK_GOAL, WORK_GOAL = 1.75, 4.0, 1.2, 1.3

LEAST = """\
import sys
from schemas.incident import Incident
try:
    from tomli import loads
except ImportError:
    from tomllib import loads
with open(sys.argv[1], encoding="utf-8") as file:
    Incident.model_validate(loads(file.read()))
"""
"""The least that has to be done to say whether a file is an incident."""

WITH_MODULES = """\
import sys
from tui.__main__ import main
sys.argv[0] = "postmortem"
main()
sys.stdout.flush()
known = [name for name, module in sys.modules.items() if getattr(module, "__spec__", None)]
sys.stderr.write("\\nmodules: " + " ".join(name for name in known if all(map(str.isidentifier, name.split(".")))))
"""
"""Carries out a command and tells what it has imported, in that order."""


def program() -> list[str]:
    """The installed command beside this Python, or the module where there is none."""
    script = Path(sys.executable).parent / "postmortem"
    return [str(script)] if script.exists() else [sys.executable, "-m", "tui"]


def environment() -> dict[str, str]:
    """That of this process, but compiled code is kept, as it is where the program is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def compared(commands: list[list[str]], rounds: int = ROUNDS) -> list[float]:
    """The median time of each of several commands in milliseconds, run in turn."""
    known = environment()

    def once(command: list[str]) -> float:
        return timed(
            lambda: subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, env=known)
        )

    for command in commands:
        once(command)  # compiles what has to be compiled
    taken = [[once(command) for command in commands] for _ in range(rounds)]
    return [median(column) for column in zip(*taken, strict=True)]


def imports_of(arguments: list[str]) -> list[str]:
    """A command that imports what the program imports for some arguments, and does nothing."""
    told = subprocess.run(
        [sys.executable, "-c", WITH_MODULES, *arguments],
        check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment(),
    ).stderr.rpartition("modules: ")[2]  # fmt: skip
    return [sys.executable, "-c", "".join(f"import {name}\n" for name in told.split())]


def rows() -> list[Row]:
    from benchmarks.importing import USUAL, document  # which measures commands, too

    with tempfile.TemporaryDirectory() as place:
        file, report = library(Path(place), 5)[3], Path(place) / "report.md"
        report.write_text(document(1, USUAL), encoding="utf-8")
        nothing, least = [sys.executable, "-c", "pass"], [sys.executable, "-c", LEAST, str(file)]
        started, version, usage, validated, checked = compared(
            [
                nothing,
                [*program(), "--version"],
                [*program(), "--help"],
                least,
                [*program(), "check", "--fail-on", "never", str(file)],
            ]
        )
        found = [
            Row("postmortem --version", version, started, "ms", "python -c pass", VERSION_GOAL),
            Row("postmortem --help", usage, started, "ms", "python -c pass", USAGE_GOAL),
            Row("check one file", checked, validated, "ms", "import the models, read, validate", CHECK_GOAL),
        ]
        for arguments in (["show", str(file)], ["export", str(file)], ["import", "--dry-run", str(report)]):
            ours, imported = compared([[*program(), *arguments], imports_of(arguments)])
            found.append(Row(f"{arguments[0]} one file", ours, imported, "ms", "its imports alone", WORK_GOAL))
    return found


if __name__ == "__main__":
    print(shown(rows()))
