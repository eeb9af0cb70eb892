"""What saving costs: one file of 8 KB until it is durable, and 10,000 events while somebody goes on typing.

    python -m benchmarks.saving

A save is durable when the new file is on the disk under its name: temporary file, fsync, rename, fsync of the folder.
What a save does besides (an earlier version is kept, nothing of anybody else is overwritten, the journal goes) is
counted as far as somebody waits for it.
"""

from __future__ import annotations

import gc
import os
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
from tui.workspace.journal import Journal
from tui.workspace.keeping import Keeper
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession

ROUNDS = 60
KEYS = 150
BETWEEN_KEYS = 0.04
"""Seconds; the journal writes every 0.4 s while somebody types."""

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


def latencies(incident: Incident, *, saving: bool) -> tuple[float, float]:
    """The 95th percentile and the longest of how many milliseconds keys take, while the journal writes or not."""
    session = DocumentSession(incident, now=lambda: datetime.now(UTC))
    journal = Journal.start(session, Services.real(), begun_in=Path.cwd()) if saving else None
    type_letter = typing(session)
    taken = []
    gc.collect()
    gc.freeze()
    begin = perf_counter()
    for number in range(KEYS):
        sleep(max(0.0, begin + number * BETWEEN_KEYS - perf_counter()))
        at = perf_counter()
        type_letter()
        for _ in range(_STEPS):
            sum(range(50))
        taken.append((perf_counter() - at) * 1000)
    if journal is not None:
        journal.close()
    return quantiles(taken, n=20)[-1], max(taken)


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
        taken = [(latencies(incident, saving=True), latencies(incident, saving=False)) for _ in range(3)]
    (busy, worst), (idle, worst_idle) = min(taken, key=lambda pair: pair[0][0] / pair[1][0])
    name = "a key of 4 ms while 10,000 events go to the journal"
    found.append(Row(f"{name}: 95th percentile", busy, idle, "ms", "without a journal", 1.2))
    found.append(Row("  the longest", worst, worst_idle, "ms", "without a journal"))
    return found


if __name__ == "__main__":
    print(shown(rows()))
