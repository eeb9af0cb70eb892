"""The commands that the documentation shows are run, and what it shows of their output is what comes out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.quick_entry import Context, read_entry
from schemas.zones import resolve
from tests.documents import DOCS, README, ROOT, Command, all_blocks, blocks, code, commands, read, section
from tests.ui.screens import app_for, document, run, seen, type_text
from tui.cli.main import program

TOUR = "A tour in two minutes"
Visit = Callable[[Pilot[int]], Awaitable[None]]


@dataclass
class Shell:
    """Runs the commands of a page, one after the other, in a folder of their own."""

    folder: Path
    visits: Iterator[Visit] = field(default_factory=lambda: iter(()))
    code: int = 0

    def run(self, command: Command) -> str:
        """What a person would see; the exit code is kept for `echo $?`."""
        name, *words = command.words
        if (name, words) == ("echo", ["$?"]):
            return f"{self.code}\n"
        assert name == "postmortem", f"do not know how to run {name}"
        if not words or words[0] not in program.commands:
            self.visit(self.folder / words[0])
            return ""
        target = None
        if ">" in words:
            target = self.folder / words[words.index(">") + 1]
            words = words[: words.index(">")]
        done = subprocess.run(
            [sys.executable, "-m", "tui", *words], cwd=self.folder, check=False, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.code = done.returncode
        if target is not None:
            target.write_text(done.stdout, encoding="utf-8")
            return ""
        return done.stdout

    def visit(self, path: Path) -> None:
        """Open the screen and do there what the page says."""
        run(app_for(path), next(self.visits))
        self.code = 0


def entries() -> list[str]:
    """The lines that the tour types into the quick entry."""
    (shown,) = blocks(section(read(README), TOUR), "text")
    return shown.splitlines()


async def first_visit(pilot: Pilot[int]) -> None:
    """Steps 2 to 5 of the tour."""
    await _until(pilot, "Logins fail")
    await pilot.press("enter")
    await _until(pilot, "Stated length")
    await pilot.press("ctrl+n")
    for line in entries():
        await type_text(pilot, line)
        await pilot.press("enter")
    await pilot.press("escape", "f8")
    await type_text(pilot, "For an hour about a third of all logins failed: the session cache was full.")
    await _state_length(pilot, "3 hours")
    await pilot.press("ctrl+s")
    await pilot.pause()
    assert not document(pilot).session.dirty


async def second_visit(pilot: Pilot[int]) -> None:
    """Step 7 of the tour."""
    await _until(pilot, "Logins fail")
    await pilot.press("enter")
    await _until(pilot, "Stated length")
    await _state_length(pilot, "2h 25m")
    await pilot.press("f8")
    await pilot.pause()
    assert document(pilot).spot.part == "root_cause"
    await type_text(pilot, "The limit of the cache was set for half of today's users.")
    await pilot.press("ctrl+s")
    await pilot.pause()
    assert not document(pilot).session.dirty


async def _state_length(pilot: Pilot[int], length: str) -> None:
    """In the Overview, go down to the last field and write a length into it."""
    screen = document(pilot)
    while screen.spot.part != "overview":
        await pilot.press("ctrl+pageup")
    screen.sections.focus()
    await pilot.press("enter", *["down"] * 10, "end", "ctrl+u")
    await type_text(pilot, length)
    assert any(claim.value == length for claim in screen.doc.stated)


async def _until(pilot: Pilot[int], words: str) -> None:
    for _ in range(200):
        if words in seen(pilot):
            return
        await pilot.pause()
    raise AssertionError(f"not on the screen: {words}\n{seen(pilot)}")


def shown_commands(text: str) -> list[Command]:
    """The commands of all console blocks."""
    return [command for block in all_blocks(text) if block.language == "console" for command in commands(block.text)]


def test_the_tour(tmp_path: Path) -> None:
    shell = Shell(tmp_path, iter([first_visit, second_visit]))
    for command in shown_commands(section(read(README), TOUR)):
        assert shell.run(command) == command.output, " ".join(command.words)
    assert next(shell.visits, None) is None


def test_the_notations_in_the_tour_can_be_read() -> None:
    (line,) = [part for part in section(read(README), TOUR).split("\n\n") if part.startswith("`+15m` counts")]
    notations = [words for words in code(line) if len(words) > 1 or words == "?"]
    assert len(notations) >= 5
    context = Context(resolve("Europe/Berlin"), "Europe/Berlin", after=datetime(2024, 5, 2, 14), today=date(2024, 5, 9))
    for notation in notations:
        draft = read_entry(f"{notation} something happened", context)
        assert (draft.problem, draft.text) == ("", "something happened"), notation
        assert draft.reading is not None


@pytest.mark.parametrize("page", [README, *sorted(DOCS.glob("*.md"))], ids=lambda page: str(page.name))
def test_other_commands_do_what_is_shown(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sample_incidents", tmp_path / "sample_incidents")
    text = read(page)
    if page == README:
        text = text.replace(section(text, TOUR), "")
    shell = Shell(tmp_path)
    for command in shown_commands(text):
        assert shell.run(command) == command.output, " ".join(command.words)
