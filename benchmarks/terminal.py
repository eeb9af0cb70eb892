"""What a person waits for, in a real pseudo-terminal: the first frame, a typed character, and nothing at all when idle.

    python -m benchmarks.terminal [--file FILE] [--marker TEXT] [--reach KEY ...] [--editor 80x24=56x18 ...]
                                   [--command 'PROGRAM {file}']

Beside the program runs a bare Textual app: one Static for the first frame, one TextArea of the size of our editor, with
the same text, for a typed character. The program and the bare app take turns.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from sys import executable
from time import perf_counter

from benchmarks.command_line import program
from benchmarks.pseudo_terminal import PseudoTerminal, bytes_of
from benchmarks.samples import LONG
from benchmarks.table import Row, shown

FIRST_FRAME_GOAL, BYTES_GOAL, TIME_GOAL = 1.8, 1.0, 1.5
STILL = 0.12
"""Seconds without output after which a key is done with. Textual works in ticks of a sixtieth of a second."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is measured: the file, how its screen is recognised, and how to get from there into its prose."""

    file: Path = LONG
    program: tuple[str, ...] = (*program(), "{file}")
    marker: str = "Checkout payments slow"
    section: str = "root_cause"
    reach: tuple[str, ...] = (*["down"] * 10, "enter")
    place: tuple[str, ...] = ("ctrl+home",)
    sizes: tuple[tuple[int, int], ...] = ((80, 24), (120, 40))
    editors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    starts: int = 9
    characters: int = 60
    idle_seconds: float = 4.0

    def command(self, folder: Path) -> list[str]:
        """The program with a copy of the file: no run finds what another one left beside it."""
        copy = folder / self.file.name
        copy.write_bytes(self.file.read_bytes())
        return [part.replace("{file}", str(copy)) for part in self.program]


def bare(*arguments: str) -> list[str]:
    return [executable, "-m", "benchmarks.bare_app", *arguments]


def first_frames(setting: Setting, size: tuple[int, int]) -> list[Row]:
    """From the start of the process to the first screen that shows the incident, and to the one that then stays."""
    ours: list[Start] = []
    floor: list[Start] = []
    for number in range(setting.starts + 1):
        with tempfile.TemporaryDirectory() as folder:
            one = _start(setting.command(Path(folder)), setting.marker, size, Path(folder))
            other = _start(bare("static", "ready and painted"), "ready and painted", size, Path(folder))
        if number:  # the first start compiles what has to be compiled
            ours.append(one)
            floor.append(other)
    least = median(start.first for start in floor)
    first, whole = median(start.first for start in ours), median(start.whole for start in ours)
    return [
        Row(f"{_named(size)} first frame", first, least, "ms", "one Static", FIRST_FRAME_GOAL),
        Row(f"{_named(size)} all of the first screen", whole, least, "ms", "one Static"),
    ]


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds until a screen showed what was waited for, and until nothing on it changed any more."""

    first: float
    whole: float


def _start(command: Sequence[str], marker: str, size: tuple[int, int], home: Path) -> Start:
    with PseudoTerminal(command, *size, home) as terminal:
        terminal.read(20)
        terminal.settle(1.5)
        first = terminal.seconds_until(lambda screen: marker in screen)
        last = terminal.screen()
        whole = terminal.seconds_until(lambda screen: screen == last)
        if first is None or whole is None:
            raise SystemExit(f"{marker!r} never appeared:\n{last}")
        return Start(first * 1000, whole * 1000)


@dataclass(slots=True)
class Typing:
    """What typed characters cost: bytes sent, and milliseconds from the key to the last byte it caused."""

    bytes: list[int] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)


def typing(setting: Setting, size: tuple[int, int]) -> list[Row]:
    """A character at a time, each when the one before has been dealt with."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        text = home / "section.txt"
        text.write_text(_prose(setting), encoding="utf-8")
        width, height = setting.editors.get(size) or _editor_size(setting, size, home)
        with (
            PseudoTerminal(setting.command(home), *size, home) as ours,
            PseudoTerminal(bare("text", str(width), str(height), str(text)), *size, home) as floor,
        ):
            for terminal in (ours, floor):
                terminal.read(20)
                terminal.settle(1.5)
            for terminal, keys in ((ours, (*setting.reach, *setting.place)), (floor, setting.place)):
                for key in keys:
                    terminal.send(bytes_of(key))
                    terminal.settle(0.3)
            idle = _idle_bytes(ours, setting.idle_seconds)
            costs = {ours: Typing(), floor: Typing()}
            for number in range(setting.characters):
                for terminal, cost in costs.items():
                    _type(terminal, "lorem ipsum "[number % 12], cost)
            if "lorem ipsum" not in ours.screen():
                raise SystemExit(f"the keys {setting.reach} do not lead into a text:\n{ours.screen()}")
    mine, least = costs[ours], costs[floor]
    where, against = _named(size), f"a TextArea of {width}x{height}"
    return [
        Row(f"{where} a character, sent", median(mine.bytes), median(least.bytes), "B", against, BYTES_GOAL),
        Row(f"{where} a character, the dearest", max(mine.bytes), max(least.bytes), "B", against),
        Row(f"{where} a character, taken", median(mine.ms), median(least.ms), "ms", against, TIME_GOAL),
        Row(f"{where} sent in {setting.idle_seconds:g} idle seconds", idle, 0, "B", "nothing", 0),
    ]


def _editor_size(setting: Setting, size: tuple[int, int], home: Path) -> tuple[int, int]:
    """Asked of the program in a process of its own, so that this one stays what it is."""
    command = [executable, "-m", "benchmarks.editor_size", setting.command(home)[-1], *map(str, size), *setting.reach]
    environment = {**os.environ, **{f"XDG_{kind}_HOME": str(home / "sizing") for kind in ("CONFIG", "STATE", "DATA")}}
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return _size(told.strip().replace(" ", "x"))


def _type(terminal: PseudoTerminal, character: str, cost: Typing) -> None:
    before = len(terminal.received)
    begin = perf_counter()
    terminal.send(character.encode())
    terminal.settle(STILL)
    new = terminal.received[before:]
    cost.bytes.append(sum(len(data) for _, data in new))
    cost.ms.append((new[-1][0] - begin) * 1000 if new else 0.0)


def _idle_bytes(terminal: PseudoTerminal, seconds: float) -> int:
    terminal.settle(0.5)
    before, end = len(terminal.received), perf_counter() + seconds
    while (left := end - perf_counter()) > 0:
        terminal.read(left)
    return sum(len(data) for _, data in terminal.received[before:])


def _prose(setting: Setting) -> str:
    with setting.file.open("rb") as file:
        text: str = tomllib.load(file)["sections"][setting.section]
    return text


def _named(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def rows(setting: Setting | None = None) -> list[Row]:
    setting = setting or Setting()
    found = []
    for size in setting.sizes:
        found += [*first_frames(setting, size), *typing(setting, size)]
    return found


def _size(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


def setting_of(arguments: Sequence[str] | None = None) -> Setting:
    """The setting that the command line asks for."""
    usual = Setting()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=usual.file)
    parser.add_argument("--command", default=shlex.join(usual.program), help="the program; {file} is the file's place")
    parser.add_argument("--marker", default=usual.marker, help="what the first screen shows of the incident")
    parser.add_argument("--section", default=usual.section, help="the section that is typed into")
    parser.add_argument("--reach", nargs="*", default=usual.reach, help="keys that lead into it")
    parser.add_argument("--editor", nargs="*", default=[], metavar="80x24=56x18", help="our editor, if not found out")
    parser.add_argument("--starts", type=int, default=usual.starts)
    parser.add_argument("--characters", type=int, default=usual.characters)
    asked = parser.parse_args(arguments)
    editors = {}
    for pair in asked.editor:
        terminal, editor = pair.split("=")
        editors[_size(terminal)] = _size(editor)
    return Setting(
        file=asked.file, program=tuple(shlex.split(asked.command)), marker=asked.marker, section=asked.section,
        reach=tuple(asked.reach), editors=editors, starts=asked.starts, characters=asked.characters,
    )  # fmt: skip


if __name__ == "__main__":
    print(shown(rows(setting_of())))
