"""What is measured with: incidents of any number of events, libraries of any number of files, always the same."""

from __future__ import annotations

import random
import tomllib
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from schemas import event_edits
from schemas.incident import MILESTONES, Event, Incident

LONG: Final = Path(__file__).parent.parent / "sample_incidents" / "2025-03-29-checkout-payment-latency.toml"
"""The sample with the most events and the longest sections."""

LONGEST_SECTION: Final = "root_cause"


def prose_of(file: Path, section: str = LONGEST_SECTION) -> str:
    """The text of one section of an incident."""
    with file.open("rb") as opened:
        text: str = tomllib.load(opened)["sections"][section]
    return text


def all_prose_of(file: Path) -> str:
    """The text of all sections of an incident as Markdown, the longest one first and without its heading."""
    with file.open("rb") as opened:
        sections: dict[str, str] = tomllib.load(opened)["sections"]
    rest = (f"## {key.replace('_', ' ').capitalize()}\n\n{text}" for key, text in sections.items())
    return "\n\n".join([sections[LONGEST_SECTION], *rest])


def prose(size: int, paragraph: int = 600) -> str:
    """So many characters of text in paragraphs of about the same length, no two sentences the same."""
    words = prose_of(LONG).split()
    lines: list[str] = []
    line, written = "", 0
    for number, word in enumerate(cycle(words)):
        line += f"{word} " if number % 12 else f"{word} {number} "
        if len(line) >= paragraph or written + len(line) >= size:
            lines.append(line.rstrip())
            written += len(line) + 1
            line = ""
        if written >= size:
            return "\n\n".join(lines)[:size]
    return ""


_START: Final = datetime(2024, 5, 1)

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


def long_incident(size: int) -> Incident:
    """An incident of so many events with the words of a real one, some minutes apart."""
    with LONG.open("rb") as file:
        told = tomllib.load(file)["events"]
    events = []
    at = _START
    for number, known in enumerate(islice(cycle(told), size)):
        at += timedelta(minutes=1 + number * 7 % 13)
        milestone = (MILESTONES[number * len(MILESTONES) // size],) if number % (size // len(MILESTONES)) == 0 else ()
        events.append(
            Event(
                id=f"x{number:05d}", at=at, text=f"{number} {known['text']}", kind=known.get("kind", ""),
                actor=known.get("actor", ""), milestones=milestone,
            )
        )  # fmt: skip
    # Over the years clocks are put forward: what is in the hour that is left out does not come where it was written.
    return event_edits.sort_events(
        Incident(title="A very long story", zone="Europe/Berlin", severity="SEV2", events=tuple(events))
    )


def library(folder: Path, size: int, seed: int = 11) -> list[Path]:
    """Incidents of about 8 KB as teams write them, no two the same; about a third has a fault that is shown. Another
    `seed` gives others."""
    rng = random.Random(seed)
    return [_written(folder / f"incident-{number:05d}.toml", number, rng) for number in range(size)]


def _written(path: Path, number: int, rng: random.Random) -> Path:
    service, owner = rng.choice(_SERVICES), rng.choice(_PEOPLE)
    start = datetime(2023, 1, 1, 8) + timedelta(minutes=rng.randrange(1_500_000))
    marks = ["impact-start", "detected", "acknowledged", "", "", "", "mitigated", "recovered", "resolved"]
    at, events, over = start, [], start
    for step in range(28 + rng.randrange(18)):
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
