"""Words that are discarded and brought back, words that were taken over, and what they have to do with a place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.workspace.disks import names
from tests.workspace.journals import NOW, die, follow, left, services, session_of, title
from tui.workspace.journal import Journal
from tui.workspace.recovery import ASIDE, ASIDE_SECONDS, MOST_ASIDE, Recovery, concerns, discarded
from tui.workspace.time_ago import time_ago


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


def killed(folder: Path, text: str = "New", path: Path | None = None, begun_in: Path | None = None) -> Recovery:
    session = session_of(path)
    journal = follow(session, folder, begun_in=begun_in)
    title(session, text)
    assert journal.write()
    die(journal)
    return next(each for each in left(folder) if each.title == text)


class TestDiscarding:
    def test_can_be_undone(self, folder: Path) -> None:
        recovery = killed(folder)
        assert not recovery.discarded
        assert recovery.put_aside(NOW)
        assert recovery.discarded
        assert left(folder) == ()
        assert [each.text for each in discarded(folder, now=NOW)] == [recovery.text]
        assert recovery.bring_back()
        assert [each.text for each in left(folder)] == [recovery.text]
        assert discarded(folder, now=NOW) == ()

    def test_what_another_process_has_stays(self, folder: Path) -> None:
        recovery = killed(folder)
        (other,) = left(folder)
        assert other.take()
        assert not recovery.put_aside(NOW)
        other.leave()
        assert len(left(folder)) == 1

    def test_what_is_gone_cannot_be_brought_back(self, folder: Path) -> None:
        recovery = killed(folder)
        assert recovery.put_aside(NOW)
        assert recovery.discard()
        assert not recovery.bring_back()
        assert names(folder) == []

    def test_lasts_a_fortnight_from_then_on(self, folder: Path) -> None:
        recovery = killed(folder)
        then = NOW + timedelta(days=60)
        assert recovery.put_aside(then)
        assert len(discarded(folder, now=then + timedelta(seconds=ASIDE_SECONDS - 1))) == 1
        assert discarded(folder, now=then + timedelta(seconds=ASIDE_SECONDS + 1)) == ()
        assert names(folder / ASIDE) == []

    def test_only_so_many_stay(self, folder: Path) -> None:
        for number in range(MOST_ASIDE + 3):
            assert killed(folder, f"words {number}").put_aside(NOW + timedelta(seconds=number))
        kept = {each.title for each in discarded(folder, now=NOW)}
        assert kept == {f"words {number}" for number in range(3, MOST_ASIDE + 3)}


class TestTakingOver:
    def test_the_old_one_goes_when_its_words_are_on_the_disk_and_not_before(self, folder: Path) -> None:
        recovery = killed(folder, "lost words")
        assert recovery.take()
        session = session_of()
        journal = follow(session, folder)
        title(session, "typed before")
        title(session, "lost words, found")
        journal.adopt(recovery)
        assert not recovery.discarded
        assert journal.write()
        assert recovery.discarded
        assert discarded(folder, now=NOW) == (), "it is still held"
        die(journal)
        assert [each.title for each in left(folder)] == ["lost words, found"]

    def test_a_write_that_began_before_does_not_count(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        recovery = killed(folder, "lost words")
        assert recovery.take()
        session = session_of()
        journal = follow(session, folder)
        title(session, "typed before")
        put = journal._file.put

        def interrupted(*given: object) -> None:
            put(*given)  # type: ignore[arg-type]
            monkeypatch.undo()
            title(session, "lost words, found")
            journal.adopt(recovery)

        monkeypatch.setattr(journal._file, "put", interrupted)
        journal.write()
        assert not recovery.discarded, "its words are not on the disk yet"
        assert journal.write()
        assert recovery.discarded
        die(journal)

    def test_a_save_removes_it_for_good(self, folder: Path, tmp_path: Path) -> None:
        recovery = killed(folder, "lost words", tmp_path / "incident.toml")
        assert recovery.take()
        session = session_of(tmp_path / "incident.toml")
        journal = follow(session, folder)
        title(session, "lost words")
        journal.adopt(recovery)
        assert journal.write()
        assert session.path is not None
        assert session.fingerprint is not None
        session.mark_saved(session.path, session.fingerprint)
        journal.note_saved()
        assert journal.write()
        assert names(folder) == []

    @pytest.mark.parametrize("written", [True, False])
    def test_undone_and_left_the_words_can_still_be_brought_back(self, folder: Path, written: bool) -> None:
        recovery = killed(folder, "lost words")
        assert recovery.take()
        session = session_of()
        journal = follow(session, folder)
        title(session, "lost words")
        journal.adopt(recovery)
        if written:
            assert journal.write()
        session.undo()
        assert journal.close(clean=True)
        assert left(folder) == ()
        assert [each.title for each in discarded(folder, now=NOW)] == ["lost words"]

    def test_several_go_together(self, folder: Path) -> None:
        recoveries = [killed(folder, "one"), killed(folder, "two")]
        session = session_of()
        journal = follow(session, folder)
        for each in recoveries:
            assert each.take()
            title(session, f"{session.doc.title}, {each.title}")
            journal.adopt(each)
        assert journal.write()
        die(journal)
        assert [each.title for each in left(folder)] == ["Old, one, two"]

    def test_killed_between_the_two_the_same_words_are_offered_once(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "incident.toml"
        for _ in range(2):
            killed(folder, "lost words", path)
        (recovery,) = left(folder)
        assert recovery.path == path
        assert len(names(folder)) == 1

    def test_one_that_left_goes_on_being_offered(self, folder: Path) -> None:
        recovery = killed(folder, "lost words")
        assert recovery.take()
        journal = follow(session_of(), folder)
        journal.adopt(recovery)
        assert journal.close(clean=False)
        assert [each.title for each in left(folder)] == ["lost words"]


class TestPlaces:
    def test_a_file_concerns_itself_and_the_folders_above(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "a" / "b").mkdir(parents=True)
        (tmp_path / "c").mkdir()
        path = tmp_path / "a" / "b" / "incident.toml"
        recovery = killed(folder, "New", path)
        assert concerns(recovery, path)
        assert concerns(recovery, tmp_path / "a")
        assert concerns(recovery, tmp_path / "a" / "b")
        assert not concerns(recovery, tmp_path / "c")
        assert not concerns(recovery, tmp_path / "a" / "b" / "other.toml")
        (tmp_path / "link").symlink_to(path.parent)
        assert concerns(recovery, tmp_path / "link")
        assert concerns(recovery, tmp_path / "link" / path.name)

    def test_what_was_never_saved_concerns_every_folder_and_no_file(self, folder: Path, tmp_path: Path) -> None:
        recovery = killed(folder, begun_in=tmp_path)
        assert recovery.begun_in == tmp_path
        assert concerns(recovery, tmp_path)
        (tmp_path / "x.toml").write_text("")
        assert not concerns(recovery, tmp_path / "x.toml")

    def test_the_folder_is_known_again(self, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.chdir(tmp_path)
        session = session_of()
        journal = Journal.start(session, services(), folder=folder, threaded=False, begun_in=Path("incidents"))
        title(session, "x")
        journal.write()
        die(journal)
        assert left(folder)[0].begun_in == tmp_path / "incidents"


def test_a_document_whose_file_is_gone_is_kept_though_nothing_was_typed(folder: Path, tmp_path: Path) -> None:
    session = session_of(tmp_path / "incident.toml")
    journal = follow(session, folder)
    (tmp_path / "incident.toml").unlink()
    session.mark_gone()
    assert journal.write()
    die(journal)
    (recovery,) = left(folder)
    assert recovery.text == session.text()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5000, "just now"), (59, "just now"), (60, "1 min ago"), (3599, "59 min ago"), (3600, "1 h ago"),
        (86_399, "23 h ago"), (86_400, "1 day ago"), (40 * 86_400, "40 days ago"),
    ],
)  # fmt: skip
def test_how_long_ago(seconds: int, said: str) -> None:
    assert time_ago(NOW - timedelta(seconds=seconds), NOW) == said
