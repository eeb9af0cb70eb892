"""What saving costs: one file of 8 KB until it is durable, and 10,000 events while somebody goes on typing.

    python -m benchmarks.saving

A save is durable when the new file is on the disk under its name: temporary file, fsync, rename, fsync of the folder.
What a save does besides (an earlier version is kept, nothing of anybody else is overwritten, the journal goes) is
counted as far as somebody waits for it.
"""

from __future__ import annotations

import gc
import os
import random
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time, sleep

import tomli_w

from benchmarks.model import told_long
from benchmarks.samples import library
from benchmarks.table import Row, in_turn, shown, typical
from schemas import edits, toml_file
from schemas.incident import Incident
from tui.workspace import storage
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.journal import DELAY, Journal
from tui.workspace.keeping import Keeper
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession

ROUNDS = 60
TURNS = 10
KEYS = 33
BETWEEN_KEYS = (0.028, 0.052)
"""Seconds, from and to; the journal writes every 0.4 s while somebody types, and would meet the same key of an even
rhythm each time."""

WORK = 0.004
"""Seconds of Python that a key costs on screen besides the model."""


@contextmanager
def places() -> Iterator[Path]:
    """A folder for files, with another one for the state of the program."""
    with tempfile.TemporaryDirectory() as place:
        known = os.environ.get("XDG_STATE_HOME")
        os.environ["XDG_STATE_HOME"] = f"{place}/state"
        try:
            (Path(place) / "library").mkdir()
            yield Path(place) / "library"
        finally:
            if known is None:
                del os.environ["XDG_STATE_HOME"]
            else:
                os.environ["XDG_STATE_HOME"] = known


def typing(session: DocumentSession) -> Callable[[], None]:
    numbers = count()
    begun = session.doc.sections.summary

    def type_letter() -> None:
        words = f"{begun} {next(numbers)}"
        session.execute(lambda known: edits.set_section(known, "summary", words), label="typing")

    return type_letter


def durable() -> Row:
    """One save as the screen does it, until it says so; what it kept before the last time is kept in between."""
    with places() as folder:
        [path] = library(folder, 1)
        opened = storage.open_file(path)
        session = DocumentSession(
            opened.loaded.incident, path=path, fingerprint=opened.fingerprint, now=lambda: datetime.now(UTC)
        )
        keeper = Keeper(session, Services.real())
        type_letter = typing(session)
        data = tomllib.loads(path.read_text(encoding="utf-8"))

        def ours() -> None:
            text = session.text().encode()
            keeper.before_save(path)
            session.mark_saved(path, atomic_write(path, text, expect=session.fingerprint))
            keeper.file_taken_over()

        def floor() -> None:
            text = tomli_w.dumps(data).encode()
            temporary = folder / "floor.tmp"
            file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
            os.write(file, text)
            os.fsync(file)
            os.close(file)
            temporary.replace(folder / "floor.toml")
            above = os.open(folder, os.O_RDONLY)
            os.fsync(above)
            os.close(above)

        def between() -> None:
            keeper.keep_version(path, path.read_bytes())
            type_letter()

        taken, least, _ = in_turn((ours, floor, between), ROUNDS)
        return Row("durable save of 8 KB", taken, least, "ms", "tomli_w, write, fsync, rename, fsync", 1.25)


def texts(incident: Incident) -> Iterator[Row]:
    data = tomllib.loads(toml_file.dumps(incident))
    numbers = count()
    now = [incident]

    def changed() -> None:
        now[0] = edits.update_item(now[0], "events", incident.events[5000].id, text=f"Rolled back {next(numbers)}")
        toml_file.dumps(now[0])

    strangers = iter(
        [
            incident.model_copy(update={"events": tuple(event.model_copy() for event in incident.events)})
            for _ in range(6)
        ]
    )

    def anew() -> None:
        toml_file.dumps(next(strangers))

    whole = typical(lambda: tomli_w.dumps(data), 3)
    yield Row("text of 10,000 events after one change", typical(changed), whole, "ms", "tomli_w of them all", 0.05)
    yield Row("  for the first time", typical(anew, 5), whole, "ms", "tomli_w of them all", 1)


def latencies(incident: Incident) -> tuple[list[float], list[float]]:
    """How many milliseconds keys take while a journal writes, and without one, in turn."""
    sessions = [DocumentSession(incident, now=lambda: datetime.now(UTC)) for _ in range(2)]
    journal = Journal.start(sessions[0], Services.real(), begun_in=Path.cwd())
    busy: list[float] = []
    idle: list[float] = []
    gc.collect()
    gc.freeze()
    for number in range(TURNS + 1):
        for session, taken in zip(sessions, (busy, idle), strict=True):
            # The first time all texts are written for the first time.
            keys = list(_typed(typing(session), random.Random(number)))
            taken += keys if number else []
            sleep(DELAY * 1.5)
    journal.close()
    return busy, idle


def _typed(type_letter: Callable[[], None], chance: random.Random) -> Iterator[float]:
    """Type some letters in the uneven rhythm of a person; milliseconds that each takes."""
    at = perf_counter()
    for _ in range(KEYS):
        at += chance.uniform(*BETWEEN_KEYS)
        sleep(max(0.0, at - perf_counter()))
        begin = perf_counter()
        type_letter()
        for _ in range(_STEPS):
            sum(range(50))
        yield (perf_counter() - begin) * 1000


def _steps() -> int:
    """How often something small has to be done to cost as much as a key."""
    begin = process_time()
    for _ in range(20_000):
        sum(range(50))
    return round(20_000 * WORK / (process_time() - begin))


_STEPS = _steps()


def rows() -> list[Row]:
    incident = told_long(10_000)
    found = [durable(), *texts(incident)]
    with places():
        busy, idle = latencies(incident)
    name, against = "a key of 4 ms while 10,000 events go to the journal", "without a journal"
    most, least = (quantiles(taken, n=20)[-1] for taken in (busy, idle))
    found.append(Row(f"{name}: 95th percentile", most, least, "ms", against, 1.2))
    found.append(Row("  the longest", max(busy), max(idle), "ms", against))
    return found


if __name__ == "__main__":
    print(shown(rows()))
