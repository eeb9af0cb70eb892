"""What a person waits for at the other end of a slow line, beside a bare TextArea and vim on the same line.

    python -m benchmarks.slow_line [--bandwidth BITS] [--round-trip MS ...] [--size 200x50]

The line is simulated between the pseudo-terminal and what reads its output: both directions have the bandwidth and half
of the round trip, and the terminal answers what it is asked from its own end.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from statistics import median
from sys import executable
from time import perf_counter
from typing import Final

from benchmarks.command_line import program
from benchmarks.pseudo_terminal import PseudoTerminal, bytes_of
from benchmarks.samples import LONG, prose_of
from benchmarks.table import Peer, Row, shown

LAG_GOAL: Final = 1.15
KEYS_A_SECOND: Final = 12
STARTS: Final = 4
SENTENCES: Final = 5
SENTENCE: Final = "nobody had looked at the limit since the service was small, said "
"""Behind it comes a word that stands nowhere else, so that the last character is seen to be there."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A line and the terminal at its end: bits a second, seconds there and back, columns and rows."""

    bandwidth: float = 1_000_000
    round_trips: tuple[float, ...] = (0.100, 0.150)
    size: tuple[int, int] = (200, 50)


@dataclass(frozen=True, slots=True)
class Editor:
    """A program with a text open: its command, what its screen shows then, and the keys that lead into the text."""

    name: str
    command: Callable[[Path], list[str]]
    marker: str
    whole: str
    """What it shows once all is there."""
    reach: tuple[str, ...]
    session: tuple[tuple[str, ...], ...]
    """The keys of a session of normal editing, in stretches with a second of reading between them."""


_WRITING: Final = tuple("The alert came late, and the first look was at the wrong graph. We knew it after noon. ")
_ADDED: Final = tuple("14:05 paged the on-call")
_DOWN_AND_UP: Final = (*["down"] * 12, *["up"] * 12)


def _document(home: Path) -> str:
    copy = home / LONG.name
    copy.write_bytes(LONG.read_bytes())
    return str(copy)


def _text(home: Path) -> str:
    text = home / "section.txt"
    text.write_text(prose_of(LONG), encoding="utf-8")
    return str(text)


def editors(size: tuple[int, int]) -> list[Editor]:
    """Ours, then the floor, then vim if it is installed."""
    columns, rows = map(str, size)
    word = prose_of(LONG)[:20]
    found = [
        Editor(
            "ours", lambda home: [*program(), _document(home)], "Checkout payments slow", "F1 help",
            (*["down"] * 10, "enter", "ctrl+home"),
            (
                _WRITING, ("alt+down",), ("alt+down",), ("alt+up",), ("f4",), _DOWN_AND_UP, ("f4",), _WRITING,
                ("ctrl+n",), (*_ADDED, "enter"), ("escape",), ("f1",), ("escape",), ("ctrl+s",),
            ),
        ),
        Editor(
            "a bare TextArea",
            lambda home: [executable, "-m", "benchmarks.bare_app", "text", columns, rows, _text(home)],
            word, word, ("ctrl+home",),
            (
                _WRITING, ("pagedown",), ("pagedown",), ("pageup",), ("home",), _DOWN_AND_UP, ("end",), _WRITING,
                ("enter",), (*_ADDED, "enter"), ("home",), ("pagedown",), ("pageup",), ("end",),
            ),
        ),
    ]  # fmt: skip
    if which("vim"):
        vim = Editor(
            "vim", lambda home: ["vim", "-n", "-i", "NONE", _text(home)], word, word, ("g", "g", "i"),
            (
                _WRITING, ("pagedown",), ("pagedown",), ("pageup",), ("home",), _DOWN_AND_UP, ("end",), _WRITING,
                ("enter",), (*_ADDED, "enter"), ("escape",), ("pagedown",), ("pageup",), (*":w", "enter"),
            ),
        )  # fmt: skip
        found.append(vim)
    return found


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until a screen showed what is open, all of it, and until nothing came any more; bytes until then."""

    first: float
    whole: float
    settled: float
    bytes: int


def rows(setting: Setting | None = None) -> list[Row]:
    setting = setting or Setting()
    found: list[Row] = []
    for round_trip in setting.round_trips:
        found += _on_line(setting, round_trip, editing=round_trip == setting.round_trips[0])
    return found


def _on_line(setting: Setting, round_trip: float, *, editing: bool) -> Iterator[Row]:
    all_editors = editors(setting.size)
    starts: dict[str, list[Start]] = {each.name: [] for each in all_editors}
    for number in range(STARTS + 1):
        for each in all_editors:
            with tempfile.TemporaryDirectory() as home:
                start = _start(each, setting, round_trip, Path(home))
            if number:  # the first start compiles what has to be compiled
                starts[each.name].append(start)
    lags, minutes = {}, {}
    for each in all_editors:
        with tempfile.TemporaryDirectory() as home, _opened(each, setting, round_trip, Path(home)) as terminal:
            lags[each.name] = median(_lag(terminal, number) for number in range(SENTENCES))
            if editing:
                minutes[each.name] = _bytes_a_minute(terminal, each)
    where = f"{setting.bandwidth / 1e6:g} Mbit/s, {round_trip * 1000:g} ms, {setting.size[0]}x{setting.size[1]}:"

    def compared(name: str, unit: str, values: dict[str, float], floor: float | None = None) -> Row:
        ours, least, *others = ((each.name, values[each.name]) for each in all_editors)
        if floor is None:
            return Row(
                f"{where} {name}", ours[1], least[1], unit, least[0], peers=tuple(Peer(*each) for each in others)
            )
        peers = tuple(Peer(*each) for each in (least, *others))
        return Row(f"{where} {name}", ours[1], floor, unit, "the round trip", LAG_GOAL, peers=peers)

    def typical(figure: Callable[[Start], float]) -> dict[str, float]:
        return {name: median(figure(start) for start in found) for name, found in starts.items()}

    yield compared("first frame", "s", typical(lambda start: start.first))
    yield compared("the last line is there", "s", typical(lambda start: start.whole))
    yield compared("nothing changes any more", "s", typical(lambda start: start.settled))
    yield compared("sent until then", "B", typical(lambda start: start.bytes))
    yield compared("a sentence typed, last character behind its key", "ms", lags, round_trip * 1000)
    if editing:
        yield compared("a minute of editing, sent", "B", minutes)


def _opened(editor: Editor, setting: Setting, round_trip: float, home: Path) -> PseudoTerminal:
    terminal = PseudoTerminal(
        editor.command(home), *setting.size, home, bandwidth=setting.bandwidth, round_trip=round_trip, answers=True
    )
    terminal.wait_for(editor.whole)
    terminal.settle(1.5)
    for key in editor.reach:
        terminal.send(bytes_of(key))
        terminal.settle(round_trip + 0.2)
    terminal.settle(1)
    return terminal


def _start(editor: Editor, setting: Setting, round_trip: float, home: Path) -> Start:
    with PseudoTerminal(
        editor.command(home), *setting.size, home, bandwidth=setting.bandwidth, round_trip=round_trip, answers=True
    ) as terminal:
        if not terminal.wait_for(editor.whole):
            raise SystemExit(f"{editor.whole!r} never appeared:\n{terminal.screen()}")
        terminal.settle(1.5)
        first = terminal.seconds_until(lambda screen: editor.marker in screen) or 0.0
        whole = terminal.seconds_until(lambda screen: editor.whole in screen) or 0.0
        settled = terminal.received[-1][0] - terminal.begin
        # From the moment at which the command would have been typed at the other end.
        there = round_trip / 2
        sent = sum(len(data) for _, data in terminal.received)
        return Start(first + there, whole + there, settled + there, sent)


def _lag(terminal: PseudoTerminal, number: int) -> float:
    """Type a sentence in the rhythm of a quick typist; milliseconds from the last key until its character is there."""
    last_word = f"quokka{'abcdefgh'[number]}"
    pressed = begin = perf_counter()
    for count, character in enumerate(SENTENCE + last_word):
        terminal.wait(begin + count / KEYS_A_SECOND - perf_counter())
        pressed = perf_counter()
        terminal.send(character.encode())
    terminal.settle(1.5)
    at = next((at for at, _ in terminal.received if at > pressed and _shows(terminal, at, last_word)), None)
    if at is None:
        raise SystemExit(f"{last_word!r} never appeared:\n{terminal.screen()}")
    terminal.send(b" ")
    terminal.settle(1)
    return (at - pressed) * 1000


def _shows(terminal: PseudoTerminal, at: float, word: str) -> bool:
    return word in terminal.screen_at(at).text


def stretches(terminal: PseudoTerminal, editor: Editor) -> Iterator[tuple[str, int]]:
    """The parts of a session of writing and moving about, all in the same rhythm, and the bytes that each sends."""
    for stretch in editor.session:
        before = len(terminal.received)
        for key in stretch:
            terminal.send(bytes_of(key))
            terminal.wait(1 / KEYS_A_SECOND)
        terminal.wait(1)
        name = "".join(stretch) if len(stretch[0]) == 1 else " ".join(stretch)
        yield name, sum(len(data) for _, data in terminal.received[before:])


def _bytes_a_minute(terminal: PseudoTerminal, editor: Editor) -> float:
    begin = perf_counter()
    sent = sum(size for _, size in stretches(terminal, editor))
    return sent * 60 / (perf_counter() - begin)


def setting_of(arguments: Sequence[str] | None = None) -> Setting:
    """The setting that the command line asks for."""
    usual = Setting()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bandwidth", type=float, default=usual.bandwidth, help="bits a second")
    parser.add_argument("--round-trip", type=float, nargs="*", help="milliseconds", default=[100, 150])
    parser.add_argument("--size", default="200x50")
    asked = parser.parse_args(arguments)
    columns, lines = map(int, asked.size.split("x"))
    return Setting(asked.bandwidth, tuple(each / 1000 for each in asked.round_trip), (columns, lines))


if __name__ == "__main__":
    print(shown(rows(setting_of())))
