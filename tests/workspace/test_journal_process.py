"""Real processes that are killed while they edit: what they were given to keep is found, word for word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import toml_file
from schemas.incident import Incident
from tests.workspace.disks import names
from tests.workspace.journals import left
from tui.workspace.processes import is_alive
from tui.workspace.recovery import FileState

ROOT = Path(__file__).resolve().parent.parent.parent


class Editing:
    """A process that edits. `say` gives it a line and waits for its answer."""

    def __init__(self, folder: Path, *paths: Path) -> None:
        command = [sys.executable, "-m", "tests.workspace.editing_process", str(folder), *map(str, paths)]
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ
        )

    def tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def say(self, line: str) -> None:
        assert self.process.stdout is not None
        self.tell(line)
        assert self.process.stdout.readline() == f"{line.split()[0]}\n"

    def end(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        assert self.process.wait(60) == -number


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


@pytest.fixture
def editing(folder: Path) -> Iterator[list[Editing]]:
    started: list[Editing] = []
    yield started
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait(60)
        for stream in (each.process.stdin, each.process.stdout):
            assert stream is not None
            stream.close()


def start(editing: list[Editing], folder: Path, *paths: Path) -> Editing:
    editing.append(Editing(folder, *paths))
    return editing[-1]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_every_word_is_found(folder: Path, editing: list[Editing], number: signal.Signals) -> None:
    one = start(editing, folder)
    words = [f"At {place}:00 the queue was {place * 1000} long – ünïcode too" for place in range(40)]
    for word in words:
        one.say(f"event {word}")
    one.say("title Queue stopped at three in the morning")
    one.say("written")
    assert left(folder) == (), "it is alive"
    one.end(number)
    (recovery,) = left(folder)
    incident = toml_file.loads(recovery.text)
    assert [event.text for event in incident.events] == words
    assert incident.title == "Queue stopped at three in the morning"
    assert not recovery.damaged
    assert recovery.process is not None
    assert recovery.process.pid == one.process.pid
    assert is_alive(recovery.process) is False


def test_killed_in_the_middle_of_a_burst_it_leaves_a_state_that_was_typed(folder: Path, editing: list[Editing]) -> None:
    for round_ in range(4):
        one = start(editing, folder)
        one.say("event 0")
        one.say("flush")
        for number in range(1, 400):
            one.tell(f"event {number}")
            if number == 80 * (round_ + 1):
                one.end(signal.SIGKILL)
                break
        (recovery,) = left(folder)
        texts = [event.text for event in toml_file.loads(recovery.text).events]
        assert texts == [str(number) for number in range(len(texts))]
        assert texts
        assert recovery.discard()


def test_of_two_processes_only_the_dead_one_left_something(
    folder: Path, editing: list[Editing], tmp_path: Path
) -> None:
    path = tmp_path / "incident.toml"
    path.write_text(toml_file.dumps(Incident(title="Old")), encoding="utf-8")
    dead, alive = start(editing, folder, path), start(editing, folder, path)
    for number, each in enumerate((dead, alive)):
        each.say(f"title version {number}")
        each.say("written")
    dead.end(signal.SIGKILL)
    (recovery,) = left(folder)
    assert (recovery.title, recovery.path) == ("version 0", path)
    alive.say("save")
    assert recovery.differs() is FileState.CHANGED
    alive.tell("close clean")
    assert alive.process.wait(60) == 0
    assert len(names(folder)) == 1


def test_after_a_save_nothing_is_left_even_of_a_process_that_is_killed(
    folder: Path, editing: list[Editing], tmp_path: Path
) -> None:
    path = tmp_path / "incident.toml"
    path.write_text(toml_file.dumps(Incident(title="Old")), encoding="utf-8")
    one = start(editing, folder, path)
    one.say("title New")
    one.say("flush")
    one.say("save")
    one.end(signal.SIGKILL)
    assert left(folder) == ()
    assert names(folder) == []
    assert toml_file.loads(path.read_text("utf-8")).title == "New"
