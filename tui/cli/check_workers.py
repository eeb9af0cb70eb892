"""Looking at many files at once: the rules are plain Python, so only more processes make use of more processors."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from tui.cli.checking import Checking, Looked

FILES_A_WORKER: Final = 100
"""With fewer files each, starting another process takes longer than it saves."""

MOST_WORKERS: Final = 8
_CHUNK: Final = 20
"""How many files a worker is given at a time: few enough that all end together."""

_run: Checking | None = None
"""What the workers inherit when they are forked, so that nothing has to be imported or sent again."""


def workers_for(files: int) -> int:
    """How many processes are worth it. Only where they can be forked, and that is safe with no other thread."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), files // FILES_A_WORKER, MOST_WORKERS))


def looks(run: Checking, files: Sequence[Path], workers: int | None = None) -> Iterator[tuple[Path, Looked]]:
    """Each file with what came of a look at it, in the order of the files."""
    count = workers_for(len(files)) if workers is None else workers
    if count == 1:
        for path in files:
            yield path, run.look(path)
        return
    global _run
    _run = run
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    try:
        with ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _begin) as pool:
            for chunk, found in zip(chunks, pool.map(_look_at, chunks), strict=True):
                yield from zip(chunk, found, strict=True)
    finally:
        _run = None


def _begin() -> None:
    """A worker leaves it to the command to be interrupted, and ends with it however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _look_at(paths: Sequence[Path]) -> list[Looked]:
    assert _run is not None
    return [_run.look(path) for path in paths]
