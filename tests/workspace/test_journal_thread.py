"""The thread of the journal: when it writes, when it tries again, and what happens when it is in the way."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workspace.disks import FailingDisk
from tests.workspace.journals import die, follow, left, services, session_of, title
from tui.workspace.disk import RealDisk
from tui.workspace.journal import DELAY, LAST_RETRY, Journal
from tui.workspace.session import DocumentSession


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


class Steps:
    """Stands for the pauses of the thread: it goes on when the test says so."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.arrived = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)

    def __call__(self, ended: threading.Event, seconds: float) -> None:
        self.asked.append(seconds)
        self.arrived.release()
        self.go_on.acquire()


class TestTheThread:
    @pytest.fixture
    def steps(self) -> Steps:
        return Steps()

    @pytest.fixture
    def session(self) -> DocumentSession:
        return session_of()

    @pytest.fixture
    def disk(self) -> FailingDisk:
        return FailingDisk()

    @pytest.fixture
    def journal(self, session: DocumentSession, steps: Steps, folder: Path, disk: FailingDisk) -> Iterator[Journal]:
        journal = Journal.start(session, services(disk), folder=folder, pause=steps)
        yield journal
        for _ in range(10):
            steps.go_on.release()
        journal.close()
        assert journal._thread is not None
        assert not journal._thread.is_alive()

    def test_writes_within_a_second_what_was_typed_until_then(
        self, session: DocumentSession, steps: Steps, folder: Path, journal: Journal
    ) -> None:
        assert DELAY < 1
        for word in ("one", "one two", "one two three"):
            title(session, word)
        assert steps.arrived.acquire(timeout=60)
        assert not folder.exists()
        steps.go_on.release()
        title(session, "one two three four")  # whether before or after the writing, it will be on the disk
        steps.go_on.release()
        assert journal.flush()
        assert set(steps.asked) == {DELAY}
        assert b"one two three four" in journal.path.read_bytes()

    def test_tries_again_at_growing_intervals(
        self, session: DocumentSession, steps: Steps, disk: FailingDisk, journal: Journal
    ) -> None:
        def fail(name: str, before: object = None) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        usual = disk.step
        disk.step = fail  # type: ignore[method-assign]
        title(session, "New")
        for _ in range(14):
            assert steps.arrived.acquire(timeout=60)
            steps.go_on.release()
        waits = [seconds for seconds in steps.asked if seconds != DELAY]
        assert waits[:5] == [1, 2, 4, 8, LAST_RETRY]
        assert journal.trouble is not None
        disk.step = usual  # type: ignore[method-assign]
        assert journal.flush()
        assert journal.trouble is None

    def test_does_nothing_while_nothing_is_typed(self, steps: Steps, journal: Journal) -> None:
        assert not steps.arrived.acquire(blocking=False)
        assert steps.asked == []


class TestHoldUps:
    def test_a_flush_does_not_wait_for_ever(self, folder: Path) -> None:
        session = session_of()
        journal = follow(session, folder)
        title(session, "New")
        taken, done = threading.Event(), threading.Event()

        def hold() -> None:
            with journal._writing:
                taken.set()
                done.wait()

        thread = threading.Thread(target=hold)
        thread.start()
        taken.wait()
        assert not journal.flush(wait=0.01)
        assert not journal.close(clean=False, wait=0.01)
        done.set()
        thread.join()
        assert journal.flush()

    def test_a_signal_in_the_middle_of_writing_does_not_mix_two_blocks(self, folder: Path) -> None:
        session = session_of()
        again: list[bool] = []

        class Interrupted(RealDisk):
            def write(self, file: int, data: bytes) -> None:
                super().write(file, data[:20])
                again.append(journal.flush())
                super().write(file, data[20:])

        journal = follow(session, folder, Interrupted())
        title(session, "New")
        assert journal.write()
        assert again == [False]
        die(journal)
        assert left(folder)[0].text == session.text()
