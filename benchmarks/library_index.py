"""What a library of 10,000 incidents costs: to open it, to search it, to move in it.

    python -m benchmarks.library_index [files]

The floor of opening it is asking the file system for all files, in the same process and in turn.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.command_line import program
from benchmarks.pseudo_terminal import PseudoTerminal, bytes_of
from benchmarks.samples import library
from benchmarks.table import Row, shown
from tui.workspace.library import Library
from tui.workspace.library_place import index_file
from tui.workspace.storage import load_file

FILES = 10_000
ROUNDS = 9
FRAME_MS = 1000 / 60
SHOWN = 50

OPEN_GOAL, OPEN_MORE_MS = 1.5, 10.0
RENEW_MS = 5.0
COLD_GOAL = 2.0
"""Each file is also measured and checked, which costs more than parsing it; two processes make up for that."""
DOWN_BYTES, PAGE_BYTES = 512, 2560

QUERIES = ("case 99", "pool was look", "login sev:1", "tom", "deploy is susp 17")
"""As far as somebody may have typed: words of titles, of sections and events, a filter, names."""

SIZE = (80, 24)
KEYS_A_SECOND = 12


def asked_for(folder: Path) -> list[os.stat_result]:
    """The least that it takes to know whether any file has changed."""
    with os.scandir(folder) as entries:
        return [entry.stat() for entry in entries]


def opened(folder: Path, index: Path) -> Library:
    """A library that was opened before, as far as its first screen."""
    it = Library(folder, now=lambda: datetime.now(UTC), index=index)
    next(it.follow(), None)
    list(it.listed()[:SHOWN])
    return it


def filled(folder: Path, index: Path) -> Library:
    """A library with all that is to be known of it."""
    it = Library(folder, now=lambda: datetime.now(UTC), index=index)
    for _ in it.follow():
        pass
    return it


def searched(it: Library) -> float:
    """Milliseconds of work from a typed letter until the first hits are there: the dearest of several queries."""
    as_typed = [query[:length] for query in QUERIES for length in range(1, len(query) + 1)]
    return max(_work(partial(_first, it, query)) for query in as_typed)


def _first(it: Library, query: str) -> None:
    list(it.listed(query)[:SHOWN])


def renewed(it: Library, paths: Sequence[Path], number: int) -> float:
    """Milliseconds of work from the look that notices a changed file until its row is there; all others are as well."""
    path = paths[number * 997 % len(paths)]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("failed for", "broke down for"), encoding="utf-8")
    taken = 0.0
    while True:
        begin = process_time()
        changes = it.glance()
        taken = (process_time() - begin) * 1000
        if changes is None or path in changes.changed:
            break
    list(it.listed()[:SHOWN])
    if (row := it.row(path)) is None or "broke down" not in row.title:
        raise SystemExit(f"the change of {path} was not noticed")
    path.write_text(text, encoding="utf-8")
    return taken


def _work(do: Callable[[], object]) -> float:
    begin = process_time()
    do()
    return (process_time() - begin) * 1000


def _elapsed(do: Callable[[], object]) -> float:
    begin = perf_counter()
    do()
    return (perf_counter() - begin) * 1000


def in_process(folder: Path, paths: Sequence[Path]) -> list[Row]:
    """What the work is without a screen."""
    index = index_file(folder)
    some = paths[: max(1, len(paths) // 20)]
    parsed = _elapsed(lambda: [load_file(path) for path in some]) * len(paths) / len(some)
    cold = _elapsed(lambda: filled(folder, index).close())
    pairs = []
    for _ in range(ROUNDS):
        floor = _work(lambda: asked_for(folder))
        pairs.append((_work(lambda: opened(folder, index).close()), floor))
    warm, floor = (min(column) for column in zip(*pairs, strict=True))
    it = filled(folder, index)
    search = median(searched(it) for _ in range(ROUNDS))
    one = median(renewed(it, paths, number) for number in range(1, ROUNDS))
    it.close()
    files = f"{len(paths):,}"
    return [
        Row(f"{files} files: opened again, work", warm, floor, "ms", "scandir and stat of all",
            most=OPEN_GOAL * floor + OPEN_MORE_MS),
        Row(f"{files} files: a search, first {SHOWN} hits", search, FRAME_MS, "ms", "one frame", 1.0),
        Row(f"{files} files: one changed, noticed and read", one, 0, "ms", "nothing", most=RENEW_MS),
        Row(f"{files} files: opened for the first time", cold, parsed, "ms", "parsing all, one process", COLD_GOAL),
        Row(f"{files} files: size of the index", index.stat().st_size / 1e6,
            sum(path.stat().st_size for path in paths) / 1e6, "MB", "the files"),
    ]  # fmt: skip


def on_screen(folder: Path, paths: Sequence[Path], home: Path) -> list[Row]:
    """What a person waits for and what is sent, in a terminal."""
    command = [*program(), str(folder)]
    starts: list[tuple[float, float, float]] = []
    for number in range(5):
        small = home / f"small-{number}"
        small.mkdir()
        library(small, 3)
        with PseudoTerminal([*program(), str(small)], *SIZE, home) as terminal:
            least = _seconds_until(terminal, "3 incidents")
        with PseudoTerminal(command, *SIZE, home) as terminal:
            ours = _seconds_until(terminal, f"{len(paths):,} incidents")
            starts.append((ours * 1000, least * 1000, _elapsed(lambda: asked_for(folder))))
    found, few, floor = (median(column) for column in zip(*starts[1:], strict=True))
    with PseudoTerminal(command, *SIZE, home) as terminal:
        _seconds_until(terminal, f"{len(paths):,} incidents")
        terminal.settle(1.5)
        down = _bytes(terminal, "down", 9)
        page = _bytes(terminal, "pagedown", 6)
    return [
        Row("on screen, beyond one of 3 files", found - few, floor, "ms", "scandir and stat of all",
            most=OPEN_GOAL * floor + OPEN_MORE_MS),
        Row("cursor down, held", down, 0, "B", "nothing", most=DOWN_BYTES),
        Row("page down, held", page, 0, "B", "nothing", most=PAGE_BYTES),
    ]  # fmt: skip


def _seconds_until(terminal: PseudoTerminal, text: str) -> float:
    """From the start of the program until the list is there, with what it says when all is read."""
    end = perf_counter() + 60
    while perf_counter() < end:
        terminal.read(1)
        seconds = terminal.seconds_until(lambda screen: text in screen and "reading" not in screen)
        if seconds is not None:
            return seconds
    raise SystemExit(f"{text!r} never appeared:\n{terminal.screen()}")


def _bytes(terminal: PseudoTerminal, key: str, times: int) -> float:
    """The bytes that a key costs on average that is held down: neither what the first shows besides counts, nor what
    follows when it is let go."""
    terminal.send(bytes_of(key))
    _wait(terminal, perf_counter() + 1 / KEYS_A_SECOND)
    before, begin = len(terminal.received), perf_counter()
    for number in range(times):
        terminal.send(bytes_of(key))
        _wait(terminal, begin + (number + 1) / KEYS_A_SECOND)
    sent = sum(len(data) for _, data in terminal.received[before:])
    terminal.settle(1.0)
    return sent / times


def _wait(terminal: PseudoTerminal, until: float) -> None:
    while (left := until - perf_counter()) > 0:
        terminal.read(left)


def rows(size: int = FILES) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(home / "cache")
        folder = home / "library"
        folder.mkdir()
        paths = library(folder, size)
        return [*in_process(folder, paths), *on_screen(folder, paths, home)]


if __name__ == "__main__":
    print(shown(rows(int(sys.argv[1]) if sys.argv[1:] else FILES)))
