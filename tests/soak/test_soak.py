"""An hour of work in a minute: random editing in a real terminal, with saves, changes of others, kills and recoveries.

What the program is told goes to a model, too, which is a few lists; at the end the file must say what the model says.
`POSTMORTEM_SOAK=5` makes it five times as long, `POSTMORTEM_SEED` takes another course.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pytest

from schemas.incident import Event, Incident, Sections
from schemas.toml_file import dumps, loads
from tests.pty.terminal import Terminal
from tests.pty.test_terminal import environ
from tui.workspace import journal_format

pytestmark = [pytest.mark.slow, pytest.mark.pty]

LENGTH: Final = float(os.environ.get("POSTMORTEM_SOAK", "1"))
SEED: Final = int(os.environ.get("POSTMORTEM_SEED", "11"))
SIZES: Final = ((120, 40), (80, 24), (60, 20), (200, 50))


@dataclass(frozen=True)
class State:
    """What the incident has to say: the texts of its events by their minute, and the summary."""

    events: tuple[tuple[int, str], ...] = ()
    summary: str = "It broke."


@dataclass
class Model:
    """The document as it has to be, what the file has to be, and what can be undone for certain."""

    doc: State = State()
    file: State = State()
    undo: list[State] = field(default_factory=list)
    redo: list[State] = field(default_factory=list)

    def change(self, new: State) -> None:
        self.undo.append(self.doc)
        self.redo.clear()
        self.doc = new

    def forget_steps(self) -> None:
        self.undo.clear()
        self.redo.clear()


class Soak:
    """A person, other programs, and fate."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.path = folder / "incident.toml"
        self.model = Model()
        self.number = 0
        self.path.write_text(dumps(Incident(title="Soaked", zone="UTC", sections=Sections(summary="It broke."))))
        self.terminal = self.window()

    def window(self) -> Terminal:
        size = self.random.choice(SIZES[:2])
        env = environ(self.folder, XDG_STATE_HOME=str(self.folder / "state"))
        return Terminal(self.path.name, cwd=self.folder, size=size, environ=env)

    def wide(self) -> None:
        """A size at which what is waited for can be seen."""
        self.terminal.resize(120, 40)
        self.terminal.settle(0.05)

    def minute(self) -> tuple[int, str]:
        self.number += 1
        return self.number, f"{self.number // 60 % 24:02}:{self.number % 60:02}"

    # What a person does

    def add_event(self) -> None:
        at, clock = self.minute()
        text = f"step {at} is done {self.random.choice(['', 'again', 'für alle', '→ next'])}".strip()
        self.terminal.press("ctrl+n", f"2024-05-02 {clock} {text}", "enter")
        self.terminal.expect(f"Added: {text}")
        self.terminal.press("esc")
        self.model.change(replace(self.model.doc, events=(*self.model.doc.events, (at, text))))

    def into_summary(self) -> None:
        # All at once: Ctrl+G, what is looked for, Enter, Ctrl+End. What is typed next belongs behind that.
        self.terminal.write(b"\x07Summary\r\x1b[1;5F")

    def out_of_text(self) -> None:
        self.terminal.press("esc")
        self.terminal.settle(0.05)

    def type_words(self) -> None:
        words = f" Words number {self.number}-{self.random.randrange(10**6)}."
        self.into_summary()
        self.terminal.press(words)
        self.terminal.expect(words[-8:])
        self.out_of_text()
        self.model.change(replace(self.model.doc, summary=self.model.doc.summary + words))
        self.model.forget_steps()  # how many steps typing makes depends on how fast it was

    def paste_words(self) -> None:
        words = f"\nPasted {self.random.randrange(10**6)}\nand more {self.random.randrange(10**6)}"
        self.into_summary()
        self.terminal.write(b"\x1b[200~" + words.replace("\n", "\r").encode() + b"\x1b[201~")
        self.terminal.expect(words[-8:])
        self.out_of_text()
        self.model.change(replace(self.model.doc, summary=self.model.doc.summary + words))

    def undo(self) -> None:
        if self.model.undo:
            self.terminal.press("ctrl+z")
            self.terminal.expect("Undone: ")
            self.model.redo.append(self.model.doc)
            self.model.doc = self.model.undo.pop()

    def redo(self) -> None:
        if self.model.redo:
            self.terminal.press("ctrl+y")
            self.terminal.expect("Done again: ")
            self.model.undo.append(self.model.doc)
            self.model.doc = self.model.redo.pop()

    def look_around(self) -> None:
        keys = ("f4", "f6", "f8", "down", "up", "f1", "esc", "ctrl+p", "alt+t", "home", "end", "tab")
        for _ in range(self.random.randrange(3, 9)):
            self.terminal.press(self.random.choice(keys))
        self.terminal.press("esc", "esc", "esc", "esc")
        self.terminal.settle(0.05)

    def resize(self) -> None:
        for size in self.random.sample(SIZES, 2):
            self.terminal.resize(*size)
        self.terminal.settle(0.05)

    def save(self) -> None:
        self.terminal.press("ctrl+s")
        self.terminal.until(lambda: self.in_file() == self.model.doc)
        self.model.file = self.model.doc

    # What others do

    def another_writes(self) -> None:
        at, clock = self.minute()
        text = f"step {at} by another"
        theirs = loads(self.path.read_text())
        event = Event.model_validate(
            {"id": f"z{at:04}", "at": f"2024-05-02T{clock}:00+00:00", "text": text}, strict=False
        )  # fmt: skip
        self.path.write_text(dumps(theirs.model_copy(update={"events": (*theirs.events, event)})))
        self.terminal.expect("came in from the file")
        self.model.file = replace(self.model.file, events=(*self.model.file.events, (at, text)))
        self.model.change(replace(self.model.doc, events=(*self.model.doc.events, (at, text))))
        self.model.forget_steps()

    # What fate does

    def end(self) -> None:
        """The process ends in one way or another; at the next start the words are offered and taken."""
        number = self.random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
        unsaved = self.model.doc != self.model.file
        if number == signal.SIGKILL and unsaved:
            self.terminal.until(self.is_kept)
        os.kill(self.terminal.pid, number)
        self.terminal.exit_code()
        self.terminal.__exit__()
        self.terminal = self.window()
        self.terminal.expect("take" if unsaved else "draft")
        self.wide()
        if unsaved:
            self.terminal.press("enter")
            self.terminal.expect("unsaved")
        self.terminal.expect("Findings")
        self.terminal.settle(0.1)
        self.model.forget_steps()

    def is_kept(self) -> bool:
        """Whether a journal holds what the model says."""
        files = list((self.folder / "state" / "postmortem" / "journal").glob("*.journal"))
        stories = [journal_format.read(each.stem, each.read_bytes()) for each in files]
        return any(self.told(each.text.decode()) == self.model.doc for each in stories if each.text is not None)

    def in_file(self) -> State:
        return self.told(self.path.read_text())

    def told(self, text: str) -> State:
        incident = loads(text)
        told = [(int(event.text.split()[1]), event.text) for event in incident.events]
        return State(tuple(sorted(told)), incident.sections.summary)

    def close(self) -> None:
        self.terminal.__exit__()


def test_whatever_happens_the_file_says_what_was_typed(tmp_path: Path) -> None:
    soak = Soak(tmp_path, SEED)
    deeds: dict[Callable[[], None], int] = {
        soak.add_event: 6, soak.type_words: 3, soak.paste_words: 3, soak.undo: 4, soak.redo: 2, soak.look_around: 3,
        soak.resize: 2, soak.save: 3, soak.another_writes: 2, soak.end: 1,
    }  # fmt: skip
    try:
        soak.terminal.expect("draft")
        for _ in range(int(90 * LENGTH)):
            soak.wide()
            soak.random.choices(list(deeds), list(deeds.values()))[0]()
        soak.wide()
        soak.end()
        soak.save()
        assert soak.in_file() == State(tuple(sorted(soak.model.doc.events)), soak.model.doc.summary)
    finally:
        soak.close()


def test_memory_does_not_grow_with_what_is_done_and_undone(tmp_path: Path) -> None:
    soak = Soak(tmp_path, SEED)
    rounds = int(20 * LENGTH)
    sizes: list[int] = []
    try:
        soak.terminal.expect("draft")
        for _ in range(rounds):
            soak.wide()
            soak.add_event()
            soak.paste_words()
            soak.look_around()
            soak.resize()
            soak.wide()
            soak.undo()
            soak.undo()
            sizes.append(resident(soak.terminal.pid))
    finally:
        soak.close()
    assert sizes[-1] <= 1.2 * max(sizes[: rounds // 10 or 1])


def resident(process: int) -> int:
    """KiB of a process in memory."""
    line = next(each for each in Path(f"/proc/{process}/status").read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1])
