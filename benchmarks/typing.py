"""What a typed character costs in a real pseudo-terminal, with the whole screen live; and that an idle one is silent.

    python -m benchmarks.typing [--file FILE] [--section KEY] [--reach KEY ...] [--editor 80x24=56x18 ...]
                                [--command 'PROGRAM {file}']

Beside the program runs a bare Textual app with one TextArea of the size of our editor and the same text, and vim. They
take turns. "Shown" is when the character is on the screen; findings and counts follow when the person pauses.
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
from statistics import mean, median
from sys import executable
from time import perf_counter
from typing import Final

from benchmarks.command_line import program
from benchmarks.keystrokes import FRAME_MS, STILL, Keystrokes, bare, has_typed, press
from benchmarks.pseudo_terminal import PseudoTerminal, bytes_of
from benchmarks.samples import LONG
from benchmarks.table import Peer, Row, shown

TYPED: Final = "the limit was not known, and so "

Size = tuple[int, int]
"""Columns and rows of a terminal."""

_SOONER: Final = 0.1
"""Seconds without output after which a key is done with in a program that does nothing later."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is typed, and the keys that lead there: ours and the bare app's, and those of vim."""

    name: str
    keys: tuple[str, ...]
    vim: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is measured: the file, and how to get from its first screen into its prose."""

    file: Path = LONG
    program: tuple[str, ...] = (*program(), "{file}")
    section: str = "root_cause"
    reach: tuple[str, ...] = (*["down"] * 10, "enter")
    places: tuple[Place, ...] = (
        Place("in a line", ("ctrl+home",), ("i",)),
        Place("at a line's end", ("ctrl+end",), ("G", "A")),
    )
    sizes: tuple[tuple[int, int], ...] = ((80, 24), (200, 50))
    editors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    characters: int = 60
    idle_seconds: float = 60.0

    def command(self, folder: Path) -> list[str]:
        """The program with a copy of the file: no run finds what another one left beside it."""
        copy = folder / self.file.name
        copy.write_bytes(self.file.read_bytes())
        return [part.replace("{file}", str(copy)) for part in self.program]


def typing(setting: Setting, size: tuple[int, int], place: Place, sent: dict[tuple[Size, Place], float]) -> list[Row]:
    """A character at a time, each when the one before has been dealt with.

    `sent` takes up the mean of the bytes for size and place.
    """
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        text = home / "section.txt"
        text.write_text(_prose(setting), encoding="utf-8")
        width, height = setting.editors.get(size) or _editor_size(setting, size, home)
        with (
            PseudoTerminal(setting.command(home), *size, home) as ours,
            PseudoTerminal(bare("text", str(width), str(height), str(text)), *size, home) as area,
            PseudoTerminal(["vim", "--clean", "-n", str(text)], *size, home) as vim,
        ):
            for terminal in (ours, area, vim):
                terminal.read(20)
                terminal.settle(1.5)
            for terminal, keys in ((ours, (*setting.reach, *place.keys)), (area, place.keys), (vim, place.vim)):
                for key in keys:
                    terminal.send(bytes_of(key))
                    terminal.settle(0.3)
            costs = {ours: Keystrokes(), area: Keystrokes(), vim: Keystrokes()}
            for number in range(setting.characters):
                character = TYPED[number % len(TYPED)]
                for terminal, cost in costs.items():
                    seen = has_typed(terminal, character)
                    press(terminal, character, cost, seen, still=STILL if terminal is ours else _SOONER)
            if "limit was" not in ours.screen():
                raise SystemExit(f"the keys {setting.reach} do not lead into a text:\n{ours.screen()}")
    mine, least, best = costs[ours], costs[area], costs[vim]
    where, against = f"{_named(size)} {place.name}", f"a TextArea of {width}x{height}"
    large = size[0] >= 200
    frames = FRAME_MS * (2 if large else 1)
    sent[size, place] = mine.mean_bytes
    return [
        Row(
            f"{where} a character, shown after", mine.typical_shown, least.typical_shown, "ms", against,
            0.7 if large else 0.85, peers=(Peer("vim", best.typical_shown),),
        ),
        Row(f"{where} the same, 95th percentile", mine.most_shown, frames, "ms", f"{frames / FRAME_MS:g} frames", 1),
        Row(
            f"{where} a character, sent (mean)", mine.mean_bytes, least.mean_bytes, "B", against, 1 / 25,
            peers=(Peer("vim", best.mean_bytes, 6),),
        ),
        Row(f"{where} a character, the dearest", max(mine.bytes), max(least.bytes), "B", against),
        Row(
            f"{where} a character, last byte after", median(mine.last), median(least.last), "ms", against,
        ),
        Row(
            f"{where} a character, CPU until shown", median(mine.cpu_shown), median(least.cpu_shown), "ms", against,
        ),
        Row(
            f"{where} a character, CPU all together", mine.typical_cpu, least.typical_cpu, "ms", against,
            peers=(Peer("vim", best.typical_cpu),),
        ),
    ]  # fmt: skip


def idling(setting: Setting, size: tuple[int, int]) -> Row:
    """What is sent while nobody does anything, the text open."""
    with tempfile.TemporaryDirectory() as name, PseudoTerminal(setting.command(Path(name)), *size, Path(name)) as ours:
        ours.read(20)
        ours.settle(1.5)
        for key in setting.reach:
            ours.send(bytes_of(key))
            ours.settle(0.3)
        idle = _idle_bytes(ours, setting.idle_seconds)
    return Row(f"{_named(size)} sent in {setting.idle_seconds:g} idle seconds", idle, 0, "B", "nothing", 0)


def _editor_size(setting: Setting, size: tuple[int, int], home: Path) -> tuple[int, int]:
    """Asked of the program in a process of its own, so that this one stays what it is."""
    command = [executable, "-m", "benchmarks.editor_size", setting.command(home)[-1], *map(str, size), *setting.reach]
    environment = {**os.environ, **{f"XDG_{kind}_HOME": str(home / "sizing") for kind in ("CONFIG", "STATE", "DATA")}}
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return _size(told.strip().replace(" ", "x"))


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
    found: list[Row] = []
    sent: dict[tuple[Size, Place], float] = {}
    for size in setting.sizes:
        for place in setting.places:
            found += typing(setting, size, place, sent)
    least, most = ([sent[size, place] for place in setting.places] for size in (setting.sizes[0], setting.sizes[-1]))
    where, against = _named(setting.sizes[-1]), f"the same at {_named(setting.sizes[0])}"
    found.append(Row(f"{where} a character, sent (mean of all places)", mean(most), mean(least), "B", against, 1.25))
    return [*found, idling(setting, setting.sizes[0])]


def _size(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


def setting_of(arguments: Sequence[str] | None = None) -> Setting:
    """The setting that the command line asks for."""
    usual = Setting()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=usual.file)
    parser.add_argument("--command", default=shlex.join(usual.program), help="the program; {file} is the file's place")
    parser.add_argument("--section", default=usual.section, help="the section that is typed into")
    parser.add_argument("--reach", nargs="*", default=usual.reach, help="keys that lead into it")
    parser.add_argument("--editor", nargs="*", default=[], metavar="80x24=56x18", help="our editor, if not found out")
    parser.add_argument("--idle", type=float, default=usual.idle_seconds, help="seconds")
    parser.add_argument("--characters", type=int, default=usual.characters)
    asked = parser.parse_args(arguments)
    editors = {}
    for pair in asked.editor:
        terminal, editor = pair.split("=")
        editors[_size(terminal)] = _size(editor)
    return Setting(
        file=asked.file, program=tuple(shlex.split(asked.command)), section=asked.section, reach=tuple(asked.reach),
        editors=editors, characters=asked.characters, idle_seconds=asked.idle,
    )  # fmt: skip


if __name__ == "__main__":
    print(shown(rows(setting_of())))
