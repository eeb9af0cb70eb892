"""What `postmortem check` costs for a library of 10,000 incidents, beside what reading them costs in any case.

    python -m benchmarks.checking [files]

The floor is reading each file, parsing it with `tomli` and validating it. All is measured in turn in one process, so
that what else the machine does falls on all of it; two processes are measured by the clock on the wall. `--rules` lists
what each rule costs.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from time import perf_counter

from benchmarks.samples import library
from benchmarks.table import Row, in_turn, shown
from schemas import metrics, timeline, toml_file
from schemas.checks import RULES, Facts, run
from schemas.incident import Incident
from tui.cli.check import checked
from tui.cli.checking import LEVELS, Wanted
from tui.cli.reports import as_text

try:
    from tomli import loads
except ImportError:
    from tomllib import loads

ALONE_GOAL, TWO_GOAL = 1.3, 0.7
FILES = 10_000
ROUNDS = 3
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def least(paths: list[Path]) -> None:
    """The least that reading incidents in Python takes: no message would say where a fault is."""
    for path in paths:
        Incident.model_validate(loads(path.read_bytes().decode("utf-8")))


def everything(folder: Path, workers: int | None = None) -> None:
    """What the command does, without starting Python."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        as_text(checked((folder,), NOW, Wanted(lines=LEVELS[:-1]), workers).files, verbose=False)


def rows(size: int = FILES) -> list[Row]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paths = library(folder, size)
        least(paths[:20])
        floor, alone, two = in_turn(
            (lambda: least(paths), lambda: everything(folder, 1), lambda: everything(folder, 2)), ROUNDS
        )
    against = "read, parse with tomli and validate them"
    return [
        Row(f"check {size:,} incidents, one process", alone, floor, "ms", against, ALONE_GOAL),
        Row(f"check {size:,} incidents, two processes", two, floor, "ms", f"{against} in one", TWO_GOAL),
    ]


def rule_costs(size: int = 300) -> Iterator[tuple[float, str]]:
    """Microseconds an incident that each rule takes, the dearest first; rules that compare see the whole library.
    What several rules need is counted for the one that asks first."""
    from schemas.neighbours import Index, neighbour_of, others

    with tempfile.TemporaryDirectory() as place:
        incidents = [toml_file.loads(path.read_text(encoding="utf-8")) for path in library(Path(place), size)]
    index = Index(tuple(neighbour_of(f"{number}", incident) for number, incident in enumerate(incidents)))
    facts = []
    for number, incident in enumerate(incidents):
        story = timeline.build(incident)
        facts.append(Facts(incident, story, metrics.measure(story), NOW, neighbours=others(index, number)))
    taken = dict.fromkeys(RULES, 0.0)
    for each in facts:
        for rule in RULES.values():
            begin = perf_counter()
            list(rule.check(each))
            taken[rule.id] += (perf_counter() - begin) / size * 1e6
    if "--found" in sys.argv:
        print(Counter(finding.rule for each in facts for finding in run(each).findings))
    yield from sorted(((cost, name) for name, cost in taken.items()), reverse=True)


def main(arguments: list[str]) -> None:
    if "--rules" in arguments:
        for cost, name in rule_costs():
            print(f"{name}  {cost:8.1f} us  {RULES[name].title}")
        return
    print(shown(rows(int(arguments[0]) if arguments else FILES)))


if __name__ == "__main__":
    main(sys.argv[1:])
