"""Reading many files in processes of their own: parsing and checking are plain Python, so only more processes make use
of more processors, and the screen stays free for the person at it.

A worker is this module, started anew. It is told where to look and which files, a list at a time, and answers with what
it read; it ends when nobody tells it any more.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from msgspec import Struct, field

from tui.workspace.library_policy import Policies
from tui.workspace.rows import Reading, read_row

FILES_FOR_WORKERS: Final = 200
"""With fewer files, starting processes takes longer than it saves."""

MOST_WORKERS: Final = 4

_AHEAD: Final = 2
"""How many lists a worker is given before it has answered the first: it never waits, and little is in vain."""


class _Worker(Struct):
    process: subprocess.Popen[bytes]
    given: deque[Sequence[str]] = field(default_factory=deque)

    def give(self, names: Sequence[str]) -> None:
        self.given.append(names)
        _send(_pipe(self.process.stdin), names)

    def answer(self) -> tuple[Sequence[str], list[Reading]]:
        found: list[Reading] = pickle.load(_pipe(self.process.stdout))
        return self.given.popleft(), found

    def end(self) -> None:
        self.process.kill()
        with suppress(OSError):
            _pipe(self.process.stdin).close()
        _pipe(self.process.stdout).close()
        self.process.wait()


def workers_for(files: int) -> int:
    """How many processes are worth it for so many files; 0 for none."""
    if files < FILES_FOR_WORKERS or not sys.executable:
        return 0
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, files // FILES_FOR_WORKERS, MOST_WORKERS)


def read_by_workers(
    folder: Path, chunks: Sequence[Sequence[str]], now: datetime, count: int
) -> Iterator[tuple[Sequence[str], list[Reading]]]:
    """Read files (named as within the folder), list by list, by so many processes; each list with what came of it.

    The lists come back in about the order in which they were given. Each file is read by what its team has agreed on.

    Raises:
        OSError, EOFError: no process can be started, or one has ended; what did not come back was not read.
    """
    waiting = deque(chunks)
    workers: list[_Worker] = []
    try:
        for _ in range(count):
            workers.append(_started(folder, now))
        for _ in range(_AHEAD):
            for worker in workers:
                if waiting:
                    worker.give(waiting.popleft())
        # In turn: all lists are about as long, and what is answered meanwhile waits in the pipe.
        while any(worker.given for worker in workers):
            for worker in workers:
                if worker.given:
                    yield worker.answer()
                    if waiting:
                        worker.give(waiting.popleft())
    finally:
        for worker in workers:
            worker.end()


def _started(folder: Path, now: datetime) -> _Worker:
    # The same modules as here, wherever they were found; what lies in the folder of the person is none of them.
    code = f"import sys; sys.path[:] = {sys.path!r}; from tui.workspace.library_workers import work; work()"
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", code],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    worker = _Worker(process)
    try:
        _send(_pipe(process.stdin), (folder, now))
    except OSError:
        worker.end()
        raise
    return worker


def work() -> None:
    """What a worker does: until its input ends, read the files that are named and answer with what came of it."""
    told, answers = sys.stdin.buffer, sys.stdout.buffer
    folder, now = pickle.load(told)
    policies = Policies()
    with suppress(EOFError, BrokenPipeError):
        while True:
            names: Sequence[str] = pickle.load(told)
            paths = [folder / name for name in names]
            read = [
                read_row(path, now, name, policy=policies.of(path).policy)
                for path, name in zip(paths, names, strict=True)
            ]
            _send(answers, read)


def _send(pipe: IO[bytes], what: Any) -> None:
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
