"""The journal when things fail: each step of it, the disk, the folder; it is said once, and nothing is lost twice."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.workspace.disks import FailingDisk, names
from tests.workspace.journals import die, follow, left, session_of, title
from tui.workspace import unhurried_text
from tui.workspace.disk import RealDisk
from tui.workspace.errors import UserError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


ERRORS = (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES)


class TestFailures:
    @pytest.mark.parametrize("error", ERRORS, ids=lambda number: errno.errorcode[number])
    @pytest.mark.parametrize("step", range(17))
    def test_any_step_fails_and_the_next_try_makes_up_for_it(self, folder: Path, step: int, error: int) -> None:
        session = session_of()
        disk = FailingDisk(step, error)
        told: list[UserError | None] = []
        journal = follow(session, folder, disk, told=told.append)
        safe: str | None = None
        for word in ("one", "one two", "one two three"):
            title(session, word)
            if journal.write():
                safe = session.text()
            # What was once on the disk stays there while the next state fails to get there.
            copies = list(folder.glob("*.journal")) if folder.exists() else []
            assert bool(copies) >= (safe is not None)
        assert journal.write()
        assert len(told) in (0, 2)
        assert told[1:] in ([], [None])
        if told:
            assert told[0] is not None
            assert told[0].title
            assert "go on writing" in told[0].detail
        die(journal)
        assert left(folder)[0].text == session.text()
        assert not [name for name in names(folder) if name.endswith(".tmp")] or disk.failed == "remove"

    def test_the_steps_above_are_all_there_are(self, folder: Path) -> None:
        disk = FailingDisk()
        session = session_of()
        journal = follow(session, folder, disk)
        for word in ("one", "one two", "one two three"):
            title(session, word)
            journal.write()
        assert len(disk.calls) == 17
        assert {"make_folder", "create", "write", "sync", "replace", "lstat"} <= set(disk.calls)

    def test_each_state_is_brought_to_the_disk_before_it_counts(self, folder: Path) -> None:
        disk = FailingDisk()
        session = session_of()
        journal = follow(session, folder, disk)
        title(session, "one")
        assert journal.write()
        order = [call for call in disk.calls if call in ("write", "sync", "replace", "sync_folder")]
        assert order[-4:] == ["write", "sync", "replace", "sync_folder"]
        title(session, "one two")
        assert journal.write()
        assert disk.calls[-3:] == ["lstat", "write", "sync"]

    def test_begun_anew_it_keeps_one_file_open_and_locked(self, folder: Path) -> None:
        disk = FailingDisk()
        session = session_of()
        journal = follow(session, folder, disk)
        for number in range(5):
            title(session, str(number))
            assert journal.write()
            assert len(disk.open) == 1
            assert left(folder) == ()
            journal.path.unlink()
        assert journal.close(clean=False)
        assert disk.open == set()

    def test_at_each_step_killed_the_words_before_it_are_found(self, folder: Path, tmp_path: Path) -> None:
        """A process can be killed at every call; what was written before that call is there afterwards."""

        class Killed(BaseException):
            pass

        class Deadly(FailingDisk):
            def step(self, name: str, before: object = None) -> None:
                if len(self.calls) == self.fail_at:
                    raise Killed
                self.calls.append(name)

        for step in range(18):
            place = tmp_path / str(step) / "journal"
            session = session_of()
            disk = Deadly(step)
            journal = follow(session, place, disk)
            safe = None
            try:
                for word in ("one", "one two", "one two three"):
                    title(session, word)
                    journal.write()
                    safe = session.text()
            except Killed:
                pass
            journal._file.disk = RealDisk()
            die(journal)
            found = left(place)
            assert safe is None or found[0].text in (safe, session.text()), (step, disk.calls[-1:])
            assert len(found) <= 1

    def test_it_is_said_once_and_writing_goes_on(self, folder: Path) -> None:
        class Full(RealDisk):
            full = True

            def write(self, file: int, data: bytes) -> None:
                if self.full:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                super().write(file, data)

        disk = Full()
        told: list[UserError | None] = []
        session = session_of()
        journal = follow(session, folder, disk, told=told.append)
        for number in range(50):
            title(session, f"{number}")
            assert not journal.write()
        assert len(told) == 1
        assert journal.trouble is told[0] is not None
        assert "No space left" in told[0].detail
        disk.full = False
        assert journal.flush()
        assert told[1:] == [None]
        assert journal.trouble is None
        disk.full = True
        title(session, "full again")
        journal.write()
        assert len(told) == 3

    def test_a_folder_that_cannot_be_written(self, folder: Path) -> None:
        folder.parent.mkdir()
        folder.write_text("a file is in the way")
        session = session_of()
        journal = follow(session, folder)
        title(session, "New")
        assert not journal.write()
        assert journal.trouble is not None
        assert str(folder) in journal.trouble.detail
        folder.unlink()
        assert journal.write()
        assert journal.trouble is None

    def test_a_fault_of_our_own_does_not_end_the_journal(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        session = session_of()
        journal = follow(session, folder)
        title(session, "New")
        monkeypatch.setattr(unhurried_text, "chunks", lambda *_: 1 / 0)
        assert not journal.write()
        assert journal.trouble is not None
        monkeypatch.undo()
        assert journal.write()

    def test_a_journal_that_was_removed_is_written_again(self, folder: Path) -> None:
        session = session_of()
        journal = follow(session, folder)
        title(session, "New")
        journal.write()
        journal.path.unlink()
        title(session, "Newer")
        assert journal.write()
        die(journal)
        assert left(folder)[0].text == session.text()


class TestStrangers:
    def test_a_link_in_the_place_of_the_folder_is_not_followed(self, folder: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        folder.parent.mkdir()
        folder.symlink_to(elsewhere)
        session = session_of()
        journal = follow(session, folder)
        title(session, "secret")
        assert not journal.write()
        assert names(elsewhere) == []
        assert journal.trouble is not None
        assert "is a link" in journal.trouble.detail
        assert left(folder) == ()

    def test_a_link_in_the_place_of_the_journal_is_replaced_and_not_written_through(
        self, folder: Path, tmp_path: Path
    ) -> None:
        victim = tmp_path / "victim"
        victim.write_bytes(b"keep me")
        session = session_of()
        journal = follow(session, folder)
        title(session, "one")
        journal.write()
        journal.path.unlink()
        journal.path.symlink_to(victim)
        title(session, "two")
        assert journal.write()
        assert victim.read_bytes() == b"keep me"
        assert not journal.path.is_symlink()

    def test_two_sessions_of_one_file_have_a_journal_each(self, folder: Path, tmp_path: Path) -> None:
        sessions = [session_of(tmp_path / "incident.toml") for _ in range(2)]
        journals = [follow(session, folder) for session in sessions]
        for number, session in enumerate(sessions):
            title(session, f"version {number}")
        for journal in journals:
            assert journal.write()
        assert left(folder) == (), "they are not abandoned"
        die(journals[0])
        assert [each.text for each in left(folder)] == [sessions[0].text()]
        die(journals[1])
        assert sorted(each.title for each in left(folder)) == ["version 0", "version 1"]
