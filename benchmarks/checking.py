"""What `postmortem check` costs for a library of 1,000 incidents, beside what reading them costs in any case.

    python -m benchmarks.checking [files]

The floor is reading each file, parsing and validating it as every command does. Both are measured in turn in one
process, so that what else the machine does falls on both. `--rules` lists what each rule costs.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.samples import library
from benchmarks.table import Row, shown, timed
from schemas import metrics, timeline, toml_file
from schemas.checks import RULES, Facts, run
from schemas.incident import Incident
from tui.cli.check import checked
from tui.cli.checking import LEVELS, Wanted
from tui.cli.reports import as_text
from tui.workspace.storage import load_file

GOAL = 1.5
FILES = 1_000
ROUNDS = 5
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def read_only(paths: list[Path]) -> None:
    """What has to be done in any case, as the program does it everywhere."""
    for path in paths:
        load_file(path)


def least(paths: list[Path]) -> None:
    """The least that reading incidents in Python takes: no message would say where a fault is."""
    for path in paths:
        Incident.model_validate(tomllib.loads(path.read_bytes().decode("utf-8")))


def everything(folder: Path, workers: int | None = None) -> None:
    """What the command does, without starting Python."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        as_text(checked((folder,), NOW, Wanted(lines=LEVELS[:-1]), workers).files, verbose=False)


def rows(size: int = FILES) -> list[Row]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paths = library(folder, size)
        read_only(paths[:20])
        everything(folder)
        taken = [
            (
                timed(lambda: everything(folder)),
                timed(lambda: everything(folder, 1)),
                timed(lambda: read_only(paths)),
                timed(lambda: least(paths)),
            )
            for _ in range(ROUNDS)
        ]
    ours, alone, floor, bare = (median(column) for column in zip(*taken, strict=True))
    return [
        Row(f"check {size:,} incidents", ours, floor, "ms", "read, parse and validate them", GOAL),
        Row("  in one process", alone, floor, "ms", "read, parse and validate them"),
        Row("  the same", alone, bare, "ms", "tomllib and pydantic alone"),
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
