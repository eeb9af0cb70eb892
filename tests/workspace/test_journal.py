"""The journal of a session: what is typed is on the disk, whatever fails, and nothing is left after a clean save."""

from __future__ import annotations

import os
import stat
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from schemas import edits, toml_file
from schemas.incident import Event, Incident
from tests.workspace.disks import names
from tests.workspace.journals import NOW, die, follow, left, services, session_of, title
from tui.workspace import journal_file
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.disk import RealDisk
from tui.workspace.journal import Journal
from tui.workspace.recovery import FileState
from tui.workspace.session import DocumentSession


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


def save(session: DocumentSession, path: Path) -> None:
    session.mark_saved(path, atomic_write(path, session.text().encode()))


class TestWhatIsWritten:
    def test_nothing_while_nothing_is_typed(self, folder: Path) -> None:
        journal = follow(session_of(), folder)
        assert journal.write()
        assert not folder.exists()

    def test_a_new_incident_without_a_name_too(self, folder: Path) -> None:
        session = session_of()
        journal = follow(session, folder)
        title(session, "Dísk full")
        assert journal.write()
        die(journal)
        (recovery,) = left(folder)
        assert recovery.text == session.text()
        assert (recovery.path, recovery.title, recovery.at, recovery.changes) == (None, "Dísk full", NOW, 1)
        assert recovery.process is not None
        assert recovery.process.pid == os.getpid()
        assert not recovery.damaged
        assert recovery.differs() is FileState.NEVER_SAVED

    def test_every_state_as_it_was_last_written(self, folder: Path, tmp_path: Path) -> None:
        session = session_of(tmp_path / "incident.toml")
        journal = follow(session, folder)
        for number in range(200):
            title(session, "word " * number)
            if number % 3 == 0:
                assert journal.write()
        last = session.text()
        assert journal.flush()
        title(session, "never written")
        die(journal)
        (recovery,) = left(folder)
        assert recovery.text == last
        assert recovery.path == tmp_path / "incident.toml"
        assert recovery.differs() is FileState.SAME_AS_OPENED

    def test_unknown_keys_and_comments(self, folder: Path) -> None:
        loaded = toml_file.parse('# why we keep this\ntitle = "x"\nunknown = 3\n')
        session = DocumentSession(loaded.incident, remarks=loaded.remarks, now=lambda: NOW)
        journal = follow(session, folder)
        title(session, "y")
        journal.write()
        die(journal)
        text = left(folder)[0].text
        assert "# why we keep this" in text
        assert "unknown = 3" in text

    def test_only_for_this_person(self, folder: Path) -> None:
        before = os.umask(0)
        try:
            session = session_of()
            journal = follow(session, folder)
            title(session, "secret")
            journal.write()
        finally:
            os.umask(before)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600

    def test_a_folder_that_was_open_to_others_is_closed(self, folder: Path) -> None:
        folder.mkdir(parents=True, mode=0o755)
        session = session_of()
        journal = follow(session, folder)
        title(session, "secret")
        journal.write()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_a_letter_in_ten_thousand_events_costs_a_small_block(self, folder: Path) -> None:
        events = tuple(Event(id=f"e{number}", text="Something happened again " * 8) for number in range(10_000))
        session = DocumentSession(Incident(title="Old", events=events), now=lambda: NOW)
        written: list[int] = []

        class Counting(RealDisk):
            def write(self, file: int, data: bytes) -> None:
                written.append(len(data))
                super().write(file, data)

        journal = follow(session, folder, Counting())
        for number in range(20):
            if number % 2:
                title(session, f"New {number}")
            else:
                text = f"Nothing happened {number}"
                session.execute(partial(edits.update_item, name="events", item_id="e5000", text=text), label="event")
            journal.write()
        assert written[0] > 2_000_000
        assert max(written[1:]) < 1000
        die(journal)
        assert left(folder)[0].text == session.text()

    def test_it_does_not_grow_without_end(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(journal_file, "SPARE_BYTES", 20_000)
        session = session_of()
        journal = follow(session, folder)
        for number in range(300):
            title(session, f"{number} " * 50)
            journal.write()
            assert journal.path.stat().st_size < 21_000 + 2 * len(session.text())
        die(journal)
        assert left(folder)[0].text == session.text()

    def test_the_whole_text_comes_again_and_again(self, folder: Path) -> None:
        session = session_of()
        journal = follow(session, folder)
        for number in range(2 * journal_file.WHOLE_EVERY + 10):
            title(session, str(number))
            assert journal.write()
        data = journal.path.read_bytes()
        assert data.count(b"\n%%% whole ") == 3
        first = data.index(b"%%% change")
        journal.path.write_bytes(data[:first] + b"#" + data[first + 1 :])
        die(journal)
        (recovery,) = left(folder)
        assert (recovery.text, recovery.damaged) == (session.text(), False)

    def test_the_clock_may_jump(self, folder: Path) -> None:
        times = iter([NOW, NOW - timedelta(days=9000), NOW + timedelta(days=90_000)])
        session = session_of()
        journal = Journal.start(session, services(now=lambda: next(times)), folder=folder, threaded=False)
        for word in ("one", "two", "three"):
            title(session, word)
            assert journal.write()
        die(journal)
        (recovery,) = left(folder)
        assert 'title = "three"' in recovery.text
        assert recovery.began == NOW


class TestNothingIsLeft:
    def test_after_a_save(self, folder: Path, tmp_path: Path) -> None:
        session = session_of()
        journal = follow(session, folder)
        title(session, "New")
        journal.write()
        save(session, tmp_path / "incident.toml")
        journal.note_saved()
        assert journal.write()
        assert names(folder) == []

    def test_after_going_back_to_what_is_saved(self, folder: Path) -> None:
        session = session_of()
        journal = follow(session, folder)
        title(session, "New")
        journal.write()
        session.undo()
        journal.write()
        assert names(folder) == []
        session.redo()
        journal.write()
        assert len(names(folder)) == 1

    def test_after_a_clean_end(self, folder: Path) -> None:
        session = session_of()
        journal = follow(session, folder)
        title(session, "New")
        journal.write()
        title(session, "Newer")
        assert journal.close(clean=True)
        assert names(folder) == []
        title(session, "after the end")
        assert names(folder) == []

    def test_if_it_was_killed_between_the_save_and_the_end(self, folder: Path, tmp_path: Path) -> None:
        session = session_of()
        journal = follow(session, folder)
        title(session, "New")
        journal.write()
        session.path = tmp_path / "incident.toml"
        title(session, "Newer")
        journal.write()
        save(session, session.path)
        die(journal)
        assert left(folder) == ()
        assert names(folder) == []

    def test_what_is_typed_after_a_save_belongs_to_the_new_file(self, folder: Path, tmp_path: Path) -> None:
        session = session_of(tmp_path / "one.toml")
        journal = follow(session, folder)
        title(session, "New")
        journal.write()
        save(session, tmp_path / "two.toml")
        journal.note_saved()
        title(session, "Newer")
        journal.write()
        die(journal)
        (recovery,) = left(folder)
        assert recovery.path == tmp_path / "two.toml"
        assert recovery.differs() is FileState.SAME_AS_OPENED

    def test_an_unclean_end_leaves_everything(self, folder: Path) -> None:
        session = session_of()
        journal = follow(session, folder)
        title(session, "New")
        assert journal.close(clean=False)
        assert left(folder)[0].text == session.text()


def test_changes_cost_the_typist_next_to_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> str:
        raise AssertionError("the text is made by the thread of the journal")

    session = session_of()
    journal = follow(session, folder)
    monkeypatch.setattr(toml_file, "dumps", never)
    title(session, "New")
    assert not folder.exists()
    assert journal.trouble is None


def test_a_change_of_what_is_shown_is_no_change(folder: Path) -> None:
    session = session_of()
    journal = follow(session, folder)
    session.use_profile("gitlab")
    assert journal._pending is None


def test_times_are_read_as_aware_ones(folder: Path) -> None:
    session = session_of()
    journal = follow(session, folder)
    title(session, "x")
    journal.write()
    die(journal)
    at: datetime = left(folder)[0].at
    assert at.utcoffset() is not None
