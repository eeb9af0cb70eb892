"""A program that stands still: how much memory it holds, and that it sends nothing.

    python -m benchmarks.memory [--seconds N]

Memory is what is resident once all is there (`Rss`), beside that of a bare Textual app. With 10,000 events it is what
comes on top of the long sample, less what the incident itself takes when it is only read. How much of it is the
program's own to save is told by a bare app that only has a model of pydantic, and by one that has read and checked the
same incident.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from sys import executable
from time import perf_counter
from typing import Final

from benchmarks.pseudo_terminal import PseudoTerminal
from benchmarks.samples import LONG, long_incident
from benchmarks.starting import MANY, Starter, bare, ours
from benchmarks.table import Row, shown
from schemas.toml_file import dumps

GOAL, ON_TOP = 1.6, 15.0
TIMES: Final = 5
_READ: Final = """
import sys
from pathlib import Path
from schemas.toml_file import parse_bytes

def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/smaps_rollup") if line.startswith("Rss:"))

before = resident()
loaded = parse_bytes(Path(sys.argv[1]).read_bytes(), "many")
print(resident() - before)
"""


def resident(pid: int) -> float:
    """Resident memory of a process in MiB (Linux only)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Rss:")) / 1024


def settled(starter: Starter) -> float:
    """The resident memory of a program once all is there, in MiB."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with PseudoTerminal(starter.prepared(home), 80, 24, home) as terminal:
            terminal.read(20)
            terminal.settle(2)
            return resident(terminal.pid)


def beside(what: str, file: Path | None = None) -> Starter:
    """A bare Textual app that has loaded something besides."""
    return Starter([executable, "-m", "benchmarks.bare_app", what, "{file}"], "", file)


def idle(seconds: float) -> tuple[int, float]:
    """Bytes sent and milliseconds of processor time used while nobody does anything."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with PseudoTerminal(ours(LONG, "").prepared(home), 80, 24, home) as terminal:
            terminal.read(20)
            terminal.settle(3)
            before, cpu, end = len(terminal.received), terminal.cpu(), perf_counter() + seconds
            while (left := end - perf_counter()) > 0:
                terminal.read(left)
            return sum(len(data) for _, data in terminal.received[before:]), (terminal.cpu() - cpu) * 1000


def rows(seconds: float = 60.0) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "many.toml"
        many.write_text(dumps(long_incident(MANY)), encoding="utf-8")
        starters = (bare(), beside("model"), beside("checked", LONG), ours(LONG, ""), ours(many, ""))
        held = [[settled(each) for each in starters] for _ in range(TIMES)]
        read = subprocess.run([executable, "-c", _READ, str(many)], check=True, capture_output=True, text=True).stdout
    least, model, checked, few, full = (median(column) for column in zip(*held, strict=True))
    data = int(read) / 1024
    sent, cpu = idle(seconds)
    return [
        Row("memory with the long sample", few, least, "MiB", "one Static", GOAL),
        Row("the same", few, model, "MiB", "one Static and a model of two fields"),
        Row("the same", few, checked, "MiB", "one Static, the sample read and checked"),
        Row(f"{MANY:,} events, beyond their data", full - few - data, data, "MiB", "the data", most=ON_TOP),
        Row(f"sent in {seconds:g} idle seconds", sent, 0, "B", "nothing", most=0),
        Row(f"processor time in {seconds:g} idle seconds", cpu, seconds * 1000, "ms", "all of it"),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    print(shown(rows(parser.parse_args().seconds)))
