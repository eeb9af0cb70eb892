"""What is left of a process that ended before its time: who finds it, what it says, and how long it stays."""

from __future__ import annotations

import os
import random
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workspace.disks import names
from tests.workspace.journals import NOW, die, follow, left, session_of, title
from tui.workspace import recovery as recovery_module
from tui.workspace.journal import Journal
from tui.workspace.processes import Process
from tui.workspace.recovery import ALWAYS_KEPT, KEPT_SECONDS, FileState, Recovery, abandoned


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


def killed(folder: Path, text: str = "New", path: Path | None = None) -> Journal:
    session = session_of(path)
    journal = follow(session, folder)
    title(session, text)
    assert journal.write()
    die(journal)
    return journal


class TestTheFileSince:
    @pytest.fixture
    def recovery(self, folder: Path, tmp_path: Path) -> Recovery:
        killed(folder, "New", tmp_path / "incident.toml")
        return left(folder)[0]

    def test_is_as_it_was(self, recovery: Recovery) -> None:
        assert recovery.differs() is FileState.SAME_AS_OPENED

    def test_was_only_touched(self, recovery: Recovery, tmp_path: Path) -> None:
        os.utime(tmp_path / "incident.toml", ns=(1, 1))
        assert recovery.differs() is FileState.SAME_AS_OPENED

    def test_was_changed(self, recovery: Recovery, tmp_path: Path) -> None:
        (tmp_path / "incident.toml").write_text('title = "theirs"\n')
        assert recovery.differs() is FileState.CHANGED

    def test_is_gone(self, recovery: Recovery, tmp_path: Path) -> None:
        (tmp_path / "incident.toml").unlink()
        assert recovery.differs() is FileState.GONE

    def test_is_something_else_now(self, recovery: Recovery, tmp_path: Path) -> None:
        (tmp_path / "incident.toml").unlink()
        (tmp_path / "incident.toml").mkdir()
        assert recovery.differs() is FileState.UNREADABLE

    def test_says_the_same(self, recovery: Recovery, tmp_path: Path, folder: Path) -> None:
        (tmp_path / "incident.toml").write_text(recovery.text, encoding="utf-8")
        assert recovery.differs() is FileState.SAVED
        assert left(folder) == ()
        assert names(folder) == []


class TestTaking:
    def test_only_one_process_takes_it(self, folder: Path) -> None:
        killed(folder)
        one, other = left(folder)[0], left(folder)[0]
        assert one.take()
        assert one.take()
        assert not other.take()
        assert not other.discard()
        assert left(folder) == (), "what is taken is not offered"
        one.leave()
        assert other.take()
        other.leave()

    def test_what_was_discarded_cannot_be_taken(self, folder: Path) -> None:
        killed(folder)
        one, other = left(folder)[0], left(folder)[0]
        assert one.discard()
        assert not other.take()
        assert names(folder) == []

    def test_it_goes_when_the_new_journal_is_on_the_disk_and_not_before(self, folder: Path) -> None:
        killed(folder, "lost words")
        (recovery,) = left(folder)
        assert recovery.take()
        session = session_of()
        journal = follow(session, folder, replaces=recovery)
        assert journal.write()
        assert recovery.journal.exists()
        title(session, "lost words, found")
        assert not recovery.discarded
        assert journal.write()
        assert recovery.discarded
        die(journal)
        assert [each.title for each in left(folder)] == ["lost words, found"]

    def test_killed_before_that_it_is_offered_again(self, folder: Path) -> None:
        killed(folder, "lost words")
        (recovery,) = left(folder)
        assert recovery.take()
        session = session_of()
        journal = follow(session, folder, replaces=recovery)
        title(session, "lost words, found")
        die(journal)
        recovery.leave()  # so does the system
        assert [each.title for each in left(folder)] == ["lost words"]

    @pytest.mark.parametrize(("typed", "kept"), [(True, False), (False, True)])
    def test_a_clean_end_lets_go_of_it(self, folder: Path, typed: bool, kept: bool) -> None:
        killed(folder, "lost words")
        (recovery,) = left(folder)
        assert recovery.take()
        session = session_of()
        journal = follow(session, folder, replaces=recovery)
        if typed:
            title(session, "lost words, found")
        assert journal.close(clean=True)
        assert bool(left(folder)) is kept

    def test_saved_at_once_it_is_not_offered_again(self, folder: Path, tmp_path: Path) -> None:
        killed(folder, "lost words", tmp_path / "incident.toml")
        (recovery,) = left(folder)
        assert recovery.take()
        session = session_of(tmp_path / "incident.toml")
        journal = follow(session, folder, replaces=recovery)
        title(session, "lost words, found")
        assert session.path is not None
        assert session.fingerprint is not None
        session.mark_saved(session.path, session.fingerprint)
        journal.note_saved()
        journal.write()
        assert names(folder) == []

    def test_one_that_is_exchanged_while_it_is_opened_is_not_taken(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal = killed(folder)
        (recovery,) = left(folder)

        def exchanged(file: int) -> bool:
            other = journal.path.with_suffix(".new")
            other.write_bytes(journal.path.read_bytes())
            other.replace(journal.path)
            return True

        monkeypatch.setattr(recovery_module, "try_lock", exchanged)
        assert not recovery.take()
        assert not recovery.discard()
        assert journal.path.exists()


class TestHowLongItStays:
    def test_by_age_but_never_the_newest(self, folder: Path) -> None:
        for number in range(ALWAYS_KEPT + 5):
            killed(folder, f"words {number}")
        assert len(left(folder)) == ALWAYS_KEPT + 5
        later = NOW + timedelta(seconds=KEPT_SECONDS + 1)
        assert len(abandoned(folder, now=later)) == ALWAYS_KEPT
        assert len(names(folder)) == ALWAYS_KEPT

    def test_by_number(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(recovery_module, "ALWAYS_KEPT", 2)
        monkeypatch.setattr(recovery_module, "MOST_KEPT", 4)
        for number in range(7):
            killed(folder, f"words {number}")
        assert len(left(folder)) == 4

    def test_a_clock_that_ran_ahead_takes_nothing_away(self, folder: Path) -> None:
        killed(folder)
        assert len(abandoned(folder, now=NOW + timedelta(days=36_500))) == 1
        assert len(abandoned(folder, now=NOW - timedelta(days=7_000))) == 1

    def test_temporary_files_of_the_dead_go_after_a_day(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        old, new = folder / ".a.tmp", folder / ".b.tmp"
        for path in (old, new):
            path.write_bytes(b"half a jour")
        os.utime(old, (NOW.timestamp() - 100_000,) * 2)
        os.utime(new, (NOW.timestamp() - 10,) * 2)
        assert left(folder) == ()
        assert names(folder) == [".b.tmp"]


class TestWhatElseMayLieThere:
    def test_links_folders_and_pipes_are_left_alone(self, folder: Path, tmp_path: Path) -> None:
        target = tmp_path / "elsewhere.journal"
        killed(tmp_path / "other")
        next((tmp_path / "other").glob("*.journal")).rename(target)
        folder.mkdir(parents=True)
        (folder / "link.journal").symlink_to(target)
        (folder / "folder.journal").mkdir()
        os.mkfifo(folder / "pipe.journal")
        (folder / os.fsdecode(b"\xff.journal")).write_bytes(b"noise")
        before = names(folder)
        assert [each.text for each in left(folder)] == [""]
        assert names(folder) == before
        assert target.exists()

    def test_a_journal_that_is_far_too_large_is_not_read(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        with (folder / "huge.journal").open("wb") as stream:
            stream.truncate(recovery_module.LARGEST + 1)
        assert left(folder) == ()
        assert names(folder) == ["huge.journal"]

    def test_of_a_spoiled_journal_the_readable_rest_is_shown(self, folder: Path) -> None:
        journal = killed(folder, "three hours of work")
        data = journal.path.read_bytes()
        journal.path.write_bytes(data[:-40].replace(b"%%%", b"\x00\x1b\xff") + b"\x1b]52;c;x\x07")
        (recovery,) = left(folder)
        assert (recovery.text, recovery.damaged, recovery.path) == ("", True, None)
        assert "three hours of work" in recovery.remains
        assert "\x1b" not in recovery.remains
        assert "\x00" not in recovery.remains

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.binary(max_size=300), st.integers(0, 2**32))
    def test_whatever_it_holds_nothing_is_raised(self, folder: Path, noise: bytes, seed: int) -> None:
        journal = killed(folder)
        data = bytearray(journal.path.read_bytes())
        chance = random.Random(seed)
        place = chance.randrange(len(data))
        data[place : place + chance.randrange(200)] = noise
        journal.path.write_bytes(data)
        for recovery in left(folder):
            assert recovery.text or recovery.damaged
            assert recovery.discard()

    def test_a_folder_that_is_not_there_or_cannot_be_read(self, tmp_path: Path) -> None:
        assert left(tmp_path / "nowhere") == ()
        (tmp_path / "file").write_bytes(b"")
        assert left(tmp_path / "file") == ()


class TestWithoutLocks:
    """Some network folders have no locks: then the process that the journal names is asked after."""

    @pytest.fixture(autouse=True)
    def no_locks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(recovery_module, "try_lock", lambda _: None)

    def test_a_living_process_keeps_its_journal(self, folder: Path) -> None:
        killed(folder)
        assert left(folder) == ()

    def test_a_dead_one_does_not(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tui.workspace.journal.this_process", lambda: Process("elsewhere", "ana", 1))
        killed(folder)
        assert len(left(folder)) == 1


def test_everything_stays_private(folder: Path) -> None:
    killed(folder)
    left(folder)
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in folder.iterdir())
