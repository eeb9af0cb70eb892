"""What `postmortem check` costs for a library of 10,000 incidents, beside what reading them costs in any case.

    python -m benchmarks.checking [files]

The floor is reading each file, parsing it with `tomli` and validating it. Each run has a process of its own, as each
command has: what one has remembered of the texts would make the next one a tenth quicker. One process is measured by
the time of the processor, which does not count what else the machine does; two by the clock on the wall, in turn with
the floor. A library is checked for the first time, when nothing is known of it, and again, as it mostly is: by then
what was found in each file is known while the file stays as it is. `--rules` lists what each rule costs.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import perf_counter

from benchmarks.samples import library
from benchmarks.table import Row, shown
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


def everything(folder: Path, workers: int | None = None, home: Path | None = None) -> None:
    """What the command does, without starting Python. With a `home` it keeps there what it found."""
    if home is not None:
        os.environ.update(XDG_CACHE_HOME=f"{home}", XDG_CONFIG_HOME=f"{home}")
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        run = checked((folder,), NOW, Wanted(lines=LEVELS[:-1]), workers, keeps=home is not None)
        as_text(run.files, verbose=False)


@dataclass(frozen=True, slots=True)
class Cost:
    """What some work took in a process of its own, in milliseconds: by the clock on the wall, and of processors, its
    own workers included."""

    wall: float
    processor: float


def apart(work: Callable[[], object]) -> Cost:
    """Do some work in a process that is forked for it."""
    before, begin = _spent(), perf_counter()
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError("what was to be measured failed")
    return Cost((perf_counter() - begin) * 1000, _spent() - before)


def _spent() -> float:
    """Milliseconds of processors that the processes have taken that were forked and have ended, and theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def rows(size: int = FILES) -> list[Row]:
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as place:
        folder, home = Path(place) / "incidents", Path(place) / "home"
        folder.mkdir()
        paths = library(folder, size)
        # What is loaded and compiled once is no part of the cost of a file. Other files, so that these are unknown.
        least(library(Path(few), 60, 12))
        usual = dict(os.environ)
        everything(Path(few), 1, home)
        taken = [_round(folder, paths, home) for _ in range(ROUNDS)]
        os.environ.clear()
        os.environ.update(usual)
    floor, first, again, again_two, changed, first_two = (list(costs) for costs in zip(*taken, strict=True))
    against = "read, parse with tomli and validate them"
    name, one, two = f"check {size:,} incidents", "one process", "two processes"
    return [
        _row(f"{name} for the first time, {one}", first, floor, against, ALONE_GOAL),
        _row(f"{name} for the first time, {two}", first_two, floor, f"{against} in one", TWO_GOAL, wall=True),
        _row(f"{name} for the first time, both processes", first_two, first, "the same in one process"),
        _row(f"{name} again, {one}", again, floor, against, ALONE_GOAL),
        _row(f"{name} again, {two}", again_two, floor, f"{against} in one", TWO_GOAL, wall=True),
        _row(f"{name} again, one of them changed, {one}", changed, floor, against, ALONE_GOAL),
    ]


def _round(folder: Path, paths: list[Path], home: Path) -> tuple[Cost, ...]:
    floor = apart(lambda: least(paths))
    rmtree(home, ignore_errors=True)
    first, again = (apart(lambda: everything(folder, 1, home)) for _ in range(2))
    again_two = apart(lambda: everything(folder, 2, home))
    paths[len(paths) // 2].write_bytes(paths[len(paths) // 2].read_bytes())
    changed = apart(lambda: everything(folder, 1, home))
    rmtree(home)
    return floor, first, again, again_two, changed, apart(lambda: everything(folder, 2, home))


def _row(
    name: str, ours: list[Cost], floor: list[Cost], against: str, goal: float | None = None, *, wall: bool = False
) -> Row:
    """Processor time where it can be told apart, else what somebody waits."""
    figures = [median(each.wall if wall else each.processor for each in costs) for costs in (ours, floor)]
    return Row(name, figures[0], figures[1], "ms" if wall else "ms CPU", against, goal)


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
