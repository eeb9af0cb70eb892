"""What reading a document costs: a usual one of 8 KB, and one of 5 MB beside one of 0.5 MB.

    python -m benchmarks.importing

Documents are read for the first time, each of them another one, as `postmortem import` reads an archive: nothing that
is remembered of one helps with the next, except what is remembered of any. Starting the program is not counted.
"""

from __future__ import annotations

import gc
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.command_line import compared, program
from benchmarks.table import Row, shown
from schemas.readers.sources import read_source

MOST_MS = 40.0
"""What a document of 8 KB may take, so that nobody waits for it."""
USUAL = 8 * 1024
LARGE, SMALL = 5_000_000, 500_000
LINEAR = 1.5
"""So much more may each megabyte of the large document take than one of the small: memory is slower far out."""
DOCUMENTS = 40

_SERVICES = ("login", "checkout", "search", "mail", "billing", "uploads", "reports", "session cache")
_PEOPLE = ("Ines", "Omar", "Kim Larsen", "Lee Park", "Ben", "Priya Nair", "Tomasz Zielinski")
_STEPS = (
    "Alert: error rate of {0} is above 12 %",
    "{1} is paged and looks at the graphs of {0}",
    "We suspect the deploy of {0} and roll it back",
    "Rollback of {0} done, no change; the deploy was a false lead",
    "Support reports 37 tickets about {0}",
    "{1} finds that the connection pool of {0} is full",
    "{1} doubles the limit of {0}; errors go down",
    "Status page says that {0} works again",
)
_SENTENCES = (
    "The pool of {0} had the same limit since the service was half its size.",
    "Nothing watched how close we were, so the step from 80 % to full looked like any other day.",
    "{1} had seen the same in March and wrote it down where nobody looked.",
    "About 1,200 of 40,000 customers could not use {0} for some of the time.",
    "The rollback took four minutes, which is what we had practised.",
    "The dashboard of {0} shows how many connections are open, but not how many there could be.",
)

Writer = Callable[["_Author", int], Iterator[str]]


class _Author:
    """Words by chance, the same for the same number."""

    def __init__(self, number: int) -> None:
        self.rng = random.Random(number)
        self.at = datetime(2024, 1, 1, 8) + timedelta(minutes=self.rng.randrange(500_000))

    def said(self, choices: tuple[str, ...]) -> str:
        words = self.rng.choice(choices).format(self.rng.choice(_SERVICES), self.rng.choice(_PEOPLE))
        return f"{words[:-1]} (case {self.rng.randrange(10**6)})." if words.endswith(".") else words

    def later(self) -> datetime:
        self.at += timedelta(minutes=self.rng.randrange(1, 15))
        return self.at

    def prose(self, sentences: int) -> str:
        return " ".join(self.said(_SENTENCES) for _ in range(sentences))


def _sections(author: _Author, headings: tuple[str, ...], mark: str) -> Iterator[str]:
    for heading in headings:
        yield mark.format(heading)
        yield f"\n{author.prose(6)}\n\n{author.prose(5)}\n\n"


def _bullets(author: _Author, entries: int) -> Iterator[str]:
    yield "## Timeline (all times UTC)\n\n"
    for _ in range(entries):
        at = author.later()
        yield f"- **{at:%Y-%m-%d %H:%M}** - {author.said(_STEPS)} by step {author.rng.randrange(10**6)}\n"


def _table(author: _Author, entries: int) -> Iterator[str]:
    yield "## Timeline\n\n| Time (UTC) | Who | Event |\n| --- | --- | --- |\n"
    for _ in range(entries):
        at = author.later()
        yield f"| {at:%d %b %Y %H:%M} | {author.rng.choice(_PEOPLE)} | {author.said(_STEPS)} |\n"


def _bare(author: _Author, entries: int) -> Iterator[str]:
    yield f"TIMELINE\n\n{author.at:%d %B %Y}\n\n"
    for _ in range(entries):
        at = author.later()
        yield f"{at:%H:%M} UTC: {author.said(_STEPS)}, wrapped as people do\nwhen a line is long\n"


def _headings(author: _Author, entries: int) -> Iterator[str]:
    yield "## What happened when\n\n"
    for _ in range(entries):
        at = author.later()
        yield f"### {at:%Y-%m-%d %H:%M}\n\n{author.said(_STEPS)}. {author.said(_SENTENCES)}\n\n"


_WRITERS: tuple[Writer, ...] = (_bullets, _table, _bare, _headings)


def document(number: int, size: int) -> str:
    """A report of about `size` characters in one of four styles: two thirds are its timeline and its actions."""
    author = _Author(number)
    writer = _WRITERS[number % len(_WRITERS)]
    mark = ("## {}\n", "**{}**\n", "{}\n------\n", "# {}\n")[number % 4]
    front = f"# {author.rng.choice(_SERVICES).capitalize()} failed, case {number}\n\n"
    front += f"Date: {author.at:%Y-%m-%d}\nSeverity: SEV2\nOwner: {author.rng.choice(_PEOPLE)}\nDuration: 2 hours\n\n"
    text = front + "".join(_sections(author, ("Summary", "Impact", "Root cause", "Resolution"), mark))
    rest = max(size - len(text), 0)
    usual = len("".join(writer(_Author(number), 8)))
    text += "".join(writer(author, max(8, round(8 * 0.7 * rest / usual))))
    return text + "\n## Action items\n\n" + "".join(_actions(author, size - len(text)))


def _actions(author: _Author, size: int) -> Iterator[str]:
    written = count = 0
    while written < size or count < 3:
        due = author.at + timedelta(days=author.rng.randrange(2, 90))
        action = (
            f"- [ ] {author.said(_SENTENCES)[:-1]}, part {count} ({author.rng.choice(_PEOPLE)}, due {due:%Y-%m-%d})\n"
        )
        written, count = written + len(action), count + 1
        yield action


def rows() -> list[Row]:
    return [_usual(), _large(), _command()]


def _usual() -> Row:
    read_source(document(0, USUAL), name="warm.md")
    taken = [_reading(document(number, USUAL)) for number in range(1, DOCUMENTS)]
    return Row("read a document of 8 KB", median(taken), MOST_MS, "ms", "what may be waited for", 1.0)


def _reading(text: str) -> float:
    """Milliseconds of the processor: what else the machine does is not counted, long readings do not fall between."""
    begin = process_time()
    read_source(text, name="x.md")
    return (process_time() - begin) * 1000


def _large() -> Row:
    """Milliseconds for each megabyte, over a list and a table."""
    costs = []
    for size in (LARGE, SMALL):
        found = []
        for number in range(2):
            text = document(number, size)
            gc.collect()
            found.append(_reading(text) / (len(text) / 1_000_000))
        costs.append(sum(found) / len(found))
    return Row("read a megabyte of a document of 5 MB", costs[0], costs[1], "ms", "a megabyte of one of 0.5 MB", LINEAR)


def _command() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.md"
        path.write_text(document(1, USUAL), encoding="utf-8")
        start, whole = compared([[*program(), "import", "--help"], [*program(), "import", "--dry-run", str(path)]])
    return Row("postmortem import --dry-run, 8 KB", whole, start, "ms", "postmortem import --help")


if __name__ == "__main__":
    print(shown(rows()))
