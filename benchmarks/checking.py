"""What `postmortem check` costs for a library of 1,000 incidents, beside what reading them costs in any case.

    python -m benchmarks.checking [files]

The floor is reading each file, parsing and validating it as every command does. Both are measured in turn in one
process, so that what else the machine does falls on both. `--rules` lists what each rule costs.
"""

from __future__ import annotations

import random
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from statistics import median
from time import perf_counter

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

_SERVICES = ("login", "checkout", "search", "mail", "billing", "uploads", "reports", "session cache")
_PEOPLE = ("ines", "omar", "Kim Larsen", "Lee Park", "ben", "ana", "Priya Nair", "Tomasz Zielinski")
_STEPS = (
    "{0} alert pages {1}, error rate 12 %",
    "{1} looks at the graphs of {0}",
    "Deploy of {0} from 14:05 is suspected and rolled back",
    "Rollback of {0} done, no change; the deploy was a false lead",
    "Support reports 37 tickets about {0}",
    "{1} finds that the connection pool of {0} is full",
    "Limit of {0} doubled; errors go down",
    "{1} tells customers on the status page",
)
_WORDS = tuple(
    f"{start}{end}"
    for start in ("al", "bor", "cas", "del", "fin", "gor", "hul", "lim", "mer", "nor", "pol", "ras", "tur")
    for end in ("ert", "ing", "ock", "eam", "ule", "ash", "ition", "oner", "ack", "ide", "orm", "ist")
)  # fmt: skip
"""Words for actions of which no two are alike."""


def library(folder: Path, size: int) -> list[Path]:
    """Incidents as teams write them, no two the same; about a third has a fault that is shown."""
    rng = random.Random(11)
    return [_written(folder / f"incident-{number:05d}.toml", number, rng) for number in range(size)]


def _written(path: Path, number: int, rng: random.Random) -> Path:
    service, owner = rng.choice(_SERVICES), rng.choice(_PEOPLE)
    start = datetime(2023, 1, 1, 8) + timedelta(minutes=rng.randrange(1_500_000))
    marks = ["impact-start", "detected", "acknowledged", "", "", "", "mitigated", "recovered", "resolved"]
    at, events, over = start, [], start
    for step in range(9 + rng.randrange(12)):
        mark = marks[step] if step < len(marks) else ""
        over = at if mark == "resolved" else over
        text = rng.choice(_STEPS).format(service, rng.choice(_PEOPLE))
        events.append(
            f'[[events]]\nid = "e{step:03d}"\nat = {at.isoformat()}\ntext = "{text}, step {number}-{step}"\n'
            + (f'milestones = ["{mark}"]\n' if mark else "")
            + f'kind = "{rng.choice(("alert", "action", "note", "hypothesis"))}"\nactor = "{rng.choice(_PEOPLE)}"\n'
        )
        at += timedelta(minutes=1 + rng.randrange(25))
    minutes = round((over - start) / timedelta(minutes=1)) + (45 if number % 5 == 0 else 0)
    actions = "\n".join(
        f'[[actions]]\nid = "a{each:03d}"\ntext = "{" ".join(rng.sample(_WORDS, 7)).capitalize()} '
        f'before day {rng.randrange(2, 90)}"\nowner = "{rng.choice(_PEOPLE) if number % 7 else ""}"\n'
        f"due = 2026-0{rng.randrange(4, 9)}-15\n"
        f'type = "{rng.choice(("prevent", "detect", "mitigate"))}"\npriority = "P{rng.randrange(3)}"\n'
        f'status = "{rng.choice(("open", "done"))}"\nlink = "https://tracker.example/OPS-{number}{each}"\n'
        for each in range(3)
    )
    path.write_text(
        f'''format = 1
title = "{service.capitalize()} failed for {minutes} minutes, case {number}"
status = "in-review"
severity = "SEV{rng.randrange(1, 4)}"
zone = "Europe/Berlin"
owner = "{owner}"
authors = ["{owner}", "{rng.choice(_PEOPLE)}"]
services = ["{service}"]

[sections]
summary = """
For about {minutes} minutes {rng.randrange(3, 60)} % of all calls to {service} failed. A limit was set for half of
today's load, and nothing watched how close we were. Doubling it ended the impact.
"""
impact = """
{rng.randrange(100, 9000)} of 40,000 customers could not use {service}. Nothing was lost; what they had entered was
there again afterwards.
"""
detection = "The alert on the error rate paged the on-call {rng.randrange(2, 20)} minutes after the start."
root_cause = """
The pool of connections had the same limit since the service was half its size. The dashboard showed how many were
open, but not how many there could be, so the step from 80 % to full looked like any other day.
"""
resolution = "The limit was doubled at run time and then in the configuration."
went_well = """
- The rollback took four minutes.
- Support had a text for customers at hand.
"""
went_poorly = """
- The deploy was suspected for too long.
"""
lessons = "A limit without an alert is an incident with a date that nobody knows."

[[factors]]
id = "f001"
text = "The limit was never looked at when the load grew"

{chr(10).join(events)}
[[stated]]
id = "s001"
what = "duration"
value = "{minutes} minutes"
minutes = {minutes}
where = "summary"

{actions}''',
        encoding="utf-8",
    )
    return path


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
