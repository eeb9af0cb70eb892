"""Locks: one editor at a time, whoever else looks is told who it is, and no dead process keeps anybody out."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.workspace.disks import FailingDisk, names
from tui.workspace.disk import RealDisk
from tui.workspace.lock_folder import LOCKS, lock_path
from tui.workspace.locks import STALE_SECONDS, Acquired, Held, Unlocked, acquire
from tui.workspace.processes import Process, is_alive, this_process

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent.parent


def now() -> datetime:
    return NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library" / "incident.toml"
    path.parent.mkdir()
    path.write_text('title = "x"\n')
    return path


def got(path: Path) -> Acquired:
    lock = acquire(path, now=now)
    assert isinstance(lock, Acquired)
    return lock


@contextmanager
def started(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.workspace.locking_process", str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


class TestOneProcess:
    def test_gets_it_and_leaves_nothing(self, path: Path) -> None:
        lock = got(path).lock
        assert names(path.parent / LOCKS) == [".gitignore", "incident.toml.lock"]
        assert lock.refresh()
        lock.release()
        lock.release()
        assert names(path.parent) == ["incident.toml"]
        assert not lock.refresh()

    def test_a_second_session_is_told_that_it_is_our_own(self, path: Path) -> None:
        lock = got(path).lock
        held = acquire(path, now=now)
        assert isinstance(held, Held)
        assert held.by.process == this_process()
        assert (held.certain, held.ours, held.by.since) == (True, True, NOW)
        assert held.by.said().endswith(f"(process {os.getpid()})")
        lock.release()
        got(path).lock.release()

    def test_files_of_one_folder_have_locks_of_their_own(self, path: Path) -> None:
        locks = [got(path).lock, got(path.with_name("other.toml")).lock]
        locks[0].release()
        assert names(path.parent / LOCKS) == [".gitignore", "other.toml.lock"]
        locks[1].release()

    def test_a_link_means_the_file_that_it_leads_to(self, path: Path, tmp_path: Path) -> None:
        link = tmp_path / "link.toml"
        link.symlink_to(path)
        lock = got(path).lock
        assert isinstance(acquire(link, now=now), Held)
        assert names(tmp_path) == ["library", "link.toml"]
        lock.release()

    def test_a_long_name_and_one_that_is_no_text(self, path: Path) -> None:
        for name in ("x" * 250 + ".toml", os.fsdecode(b"\xff.toml")):
            got(path.with_name(name)).lock.release()

    def test_whoever_may_write_beside_the_incident_may_lock_it(self, path: Path) -> None:
        path.parent.chmod(0o2775)
        lock = got(path).lock
        assert (path.parent / LOCKS).stat().st_mode & 0o7777 == 0o2775
        lock.release()

    def test_a_clean_up_takes_the_lock_away_only_until_it_is_renewed(self, path: Path) -> None:
        lock = got(path).lock
        shutil.rmtree(path.parent / LOCKS)
        assert lock.refresh()
        assert isinstance(acquire(path, now=now), Held)
        lock.release()
        assert names(path.parent) == ["incident.toml"]

    def test_who_lost_it_to_another_one_is_told(self, path: Path) -> None:
        lock = got(path).lock
        shutil.rmtree(path.parent / LOCKS)
        other = got(path).lock
        assert not lock.refresh()
        lock.release()
        assert other.refresh(), "what we lost is not ours to remove"
        other.release()


class TestGit:
    def test_never_sees_a_lock(self, path: Path) -> None:
        def git(*words: str) -> str:
            command = ["git", "-C", str(path.parent), *words]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout

        git("init", "-q")
        lock = got(path).lock
        git("add", "-A")
        assert git("ls-files").split() == ["incident.toml"]
        assert git("status", "--porcelain", "-uall").split("\n") == ["A  incident.toml", ""]
        lock.release()


class TestTwoProcesses:
    def test_the_second_is_told_and_the_lock_outlives_no_process(self, path: Path) -> None:
        with started(path) as process:
            assert answer(process) == "Acquired"
            held = acquire(path, now=now)
            assert isinstance(held, Held)
            assert held.certain
            assert not held.ours
            assert held.by.process is not None
            assert held.by.process.pid == process.pid
            assert is_alive(held.by.process) is True
            process.send_signal(signal.SIGKILL)
            process.wait(60)
            assert (path.parent / LOCKS / "incident.toml.lock").exists()
            lock = got(path)
            assert lock.taken_from is not None
            assert lock.taken_from.process == held.by.process
            with started(path) as other:
                assert answer(other) == "Held"
            lock.lock.release()

    def test_of_many_at_once_one_gets_it(self, path: Path) -> None:
        leave(path, DEAD)
        with started(path) as one, started(path) as two, started(path) as three, started(path) as four:
            assert sorted(map(answer, (one, two, three, four))) == ["Acquired", "Held", "Held", "Held"]


def leave(path: Path, process: Process, *, ago: float = 0.0) -> Path:
    """A lock that a process left."""
    place = lock_path(path)
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps({"since": NOW.isoformat(), "app": "1", **process.as_data()}))
    at = place.stat().st_mtime - ago
    os.utime(place, (at, at))
    return place


HERE = this_process()
DEAD = Process(HERE.host, "ana", 2**22 + 1, HERE.boot, "1")
REUSED = Process(HERE.host, "ana", HERE.pid, HERE.boot, "1")
REBOOTED = Process(HERE.host, "ana", HERE.pid, "another start", HERE.started)
AWAY = Process("web7", "ana", 12, "of web7")


class TestWhoIsAlive:
    @pytest.mark.parametrize("process", [DEAD, REUSED, REBOOTED])
    @pytest.mark.parametrize("locks", [True, False])
    def test_a_dead_process_of_this_machine_holds_nothing(self, path: Path, process: Process, locks: bool) -> None:
        if process is REUSED and not HERE.started:
            pytest.skip("this system does not say when a process was started")
        leave(path, process)
        lock = acquire(path, now=now) if locks else acquire(path, now=now, locked=lambda _: None)
        assert isinstance(lock, Acquired)
        assert lock.taken_from is not None
        assert lock.taken_from.process == process
        lock.lock.release()

    @pytest.mark.parametrize("locks", [True, False])
    def test_one_of_another_machine_does_as_long_as_it_renews(self, path: Path, locks: bool) -> None:
        leave(path, AWAY)
        held = acquire(path, now=now) if locks else acquire(path, now=now, locked=lambda _: None)
        assert isinstance(held, Held)
        assert (held.by.process, held.certain) == (AWAY, False)
        assert held.by.said() == "ana on web7 (process 12)"
        leave(path, AWAY, ago=STALE_SECONDS + 60)
        lock = acquire(path, now=now) if locks else acquire(path, now=now, locked=lambda _: None)
        assert isinstance(lock, Acquired)
        lock.lock.release()

    def test_without_locks_of_the_system_a_living_process_keeps_others_out(self, path: Path) -> None:
        leave(path, Process(HERE.host, "ana", os.getppid(), HERE.boot))
        held = acquire(path, now=now, locked=lambda _: None)
        assert isinstance(held, Held)
        assert not held.certain

    def test_of_this_machine_under_another_name_the_system_knows_it_is_dead(self, path: Path) -> None:
        if not HERE.boot:
            pytest.skip("this system does not tell one start of the machine from the next")
        leave(path, Process("old-name", "ana", 12, HERE.boot))
        got(path).lock.release()

    @pytest.mark.parametrize(
        "noise", [b"", b"\xff\x00", b"[]", b'{"since": 1}', b'{"since": "x"}', b"[" * 4000, b'"' * 9]
    )
    def test_a_spoiled_lock_keeps_nobody_out(self, path: Path, noise: bytes) -> None:
        leave(path, DEAD).write_bytes(noise)
        lock = got(path)
        assert lock.taken_from is not None
        assert lock.taken_from.said() == "somebody"
        lock.lock.release()

    def test_names_in_a_lock_cannot_drive_the_terminal(self, path: Path) -> None:
        leave(path, Process("we\x1b]52;c;x\x07b\n7", "a\u202ena", 12, "x"))
        held = acquire(path, now=now)
        assert isinstance(held, Held)
        assert "\x1b" not in held.by.said()
        assert "\n" not in held.by.said()
        assert "\u202e" not in held.by.said()


class TestNoLockAtAll:
    def test_in_a_folder_that_is_gone(self, path: Path) -> None:
        shutil.rmtree(path.parent)
        assert isinstance(acquire(path, now=now), Unlocked)
        assert not path.parent.exists()

    @pytest.mark.parametrize("error", [errno.EROFS, errno.EACCES, errno.ENOSPC])
    @pytest.mark.parametrize("step", range(8))
    def test_whatever_fails_it_is_said_and_nothing_is_left_open(self, path: Path, step: int, error: int) -> None:
        disk = FailingDisk(step, error)
        lock = acquire(path, now=now, disk=disk)
        if isinstance(lock, Unlocked):
            assert lock.why.startswith("No lock could be made: ")
            assert os.strerror(error).lower() in lock.why
            assert not lock_path(path).exists()
            got(path).lock.release()
        else:
            assert isinstance(lock, Acquired)
            lock.lock.release()

    @pytest.mark.parametrize("what", ["link", "folder", "pipe"])
    def test_where_something_else_has_its_place(self, path: Path, tmp_path: Path, what: str) -> None:
        place = lock_path(path)
        place.parent.mkdir()
        victim = tmp_path / "victim"
        victim.write_bytes(b"keep")
        if what == "link":
            place.symlink_to(victim)
        elif what == "folder":
            place.mkdir()
        else:
            os.mkfifo(place)
        assert isinstance(acquire(path, now=now), Unlocked)
        assert victim.read_bytes() == b"keep"
        assert os.path.lexists(place)

    def test_where_the_folder_is_a_link(self, path: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (path.parent / LOCKS).symlink_to(elsewhere)
        assert isinstance(acquire(path, now=now), Unlocked)
        assert names(elsewhere) == []

    def test_a_lock_that_is_removed_while_it_is_made_is_made_again(self, path: Path) -> None:
        tries: list[int] = []

        def removed(file: int) -> bool:
            tries.append(file)
            if len(tries) == 1:
                lock_path(path).unlink()
            return True

        lock = acquire(path, now=now, locked=removed)
        assert isinstance(lock, Acquired)
        assert len(tries) == 2
        assert lock.lock.refresh()
        lock.lock.release()

    def test_while_the_folder_changes_all_the_time(self, path: Path) -> None:
        class Busy(RealDisk):
            def create(self, path: Path, mode: int) -> int:
                if path.suffix == ".lock":
                    raise FileExistsError
                return super().create(path, mode)

        assert isinstance(acquire(path, now=now, disk=Busy()), Unlocked)


def test_a_process_reads_back_as_it_was_written() -> None:
    assert Process.from_data(json.loads(json.dumps(HERE.as_data()))) == HERE
    pids: tuple[object, ...] = ("1", True, -1, 0, 1 << 40, None)
    others: tuple[object, ...] = (None, [], {}, {"pid": 1, "host": 2})
    for nonsense in (*others, *({"pid": pid} for pid in pids)):
        assert Process.from_data(nonsense) is None


def test_a_process_of_another_machine_cannot_be_asked_after() -> None:
    assert is_alive(AWAY) is None
    assert is_alive(HERE) is True
    assert is_alive(DEAD) is False
    assert is_alive(Process(HERE.host, "ana", HERE.pid, HERE.boot, "5"), when=lambda _: "6") is False
    assert is_alive(Process(HERE.host, "ana", HERE.pid, HERE.boot, "5"), when=lambda _: "") is True
