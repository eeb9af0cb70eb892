"""Looking at many files at once: the rules are plain Python, so only more processes make use of more processors."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tui.cli.checking import Checking
from tui.cli.looked import Looked

FILES_A_WORKER: Final = 100
"""With fewer files each, starting another process takes longer than it saves."""

MOST_WORKERS: Final = 8
_CHUNKS: Final = 10
"""Each worker is given its files in so many parts: few enough that all end together."""

_LEAST_CHUNK: Final = 20
_MOST_CHUNK: Final = 250

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
    if count == 1 or len(files) <= 1:
        for path in files:
            yield path, run.look(path)
        return
    # Only many files need them, and loading them takes as long as checking ten.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    global _run
    _run = run
    size = max(_LEAST_CHUNK, min(len(files) // (count * _CHUNKS), _MOST_CHUNK))
    chunks = [files[start : start + size] for start in range(0, len(files), size)]
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
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _look_at(paths: Sequence[Path]) -> list[Looked]:
    assert _run is not None
    return [_run.look(path) for path in paths]
