"""What unsaved words are, held against the file: as it was, changed, in conflict, gone, and out of damaged journals."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas import edits, toml_file
from schemas.incident import Incident, Sections
from tests.workspace.journals import NOW, die, follow, left, session_of, title
from tui.workspace import versions_kept
from tui.workspace.journal import Journal
from tui.workspace.recovered import combined, look_at, salvaged
from tui.workspace.recovery import FileState, Recovery
from tui.workspace.session import DocumentSession
from tui.workspace.storage import open_file

HISTORY = "history"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "incident.toml"


def killed(folder: Path, session: DocumentSession, text: str = "New") -> Journal:
    journal = follow(session, folder)
    title(session, text)
    assert journal.write()
    die(journal)
    return journal


def changed(path: Path, **fields: str) -> None:
    incident = toml_file.loads(path.read_text(encoding="utf-8"))
    path.write_text(toml_file.dumps(incident.changed(**fields)), encoding="utf-8")


def without_opened(recovery: Recovery) -> Recovery:
    recovery.opened = ""
    return recovery


class TestTheFile:
    def test_as_it_was_shows_what_was_typed(self, folder: Path, path: Path) -> None:
        killed(folder, session_of(path))
        (recovery,) = left(folder)
        look = look_at(recovery)
        assert look.state is FileState.SAME_AS_OPENED
        assert look.changes is not None
        assert [each.sentence for each in look.changes.all] == ["title changed"]

    def test_changed_elsewhere_both_are_kept(self, folder: Path, path: Path) -> None:
        killed(folder, session_of(path))
        changed(path, severity="SEV2")
        (recovery,) = left(folder)
        look = look_at(recovery)
        assert (look.state, look.conflicts) == (FileState.CHANGED, 0)
        assert look.changes is not None
        assert [each.sentence for each in look.changes.all] == ["title changed"], "what somebody else did is no change"
        assert (look.changes.after.title, look.changes.after.severity) == ("New", "SEV2")

    def test_changed_in_the_same_place_is_counted(self, folder: Path, path: Path) -> None:
        killed(folder, session_of(path))
        changed(path, title="Theirs", severity="SEV2")
        (recovery,) = left(folder)
        look = look_at(recovery)
        assert look.conflicts == 1
        assert look.changes is not None
        assert (look.changes.before.title, look.changes.after.title) == ("Old", "New")

    def test_that_has_the_same_change_and_less(self, folder: Path, path: Path) -> None:
        session = session_of(path)
        journal = follow(session, folder)
        title(session, "New")
        session.execute(lambda doc: edits.set_field(doc, "owner", "ana"), label="owner")
        journal.write()
        die(journal)
        changed(path, title="New")
        look = look_at(left(folder)[0])
        assert look.changes is not None
        assert look.changes.after.owner == "ana"
        assert len(look.changes.all) == 1

    def test_gone(self, folder: Path, path: Path) -> None:
        killed(folder, session_of(path))
        path.unlink()
        look = look_at(left(folder)[0])
        assert (look.state, look.file) == (FileState.GONE, None)
        assert look.changes is not None
        assert len(look.changes.all) == 1, "against what it was"

    def test_no_incident_any_more(self, folder: Path, path: Path) -> None:
        killed(folder, session_of(path))
        path.write_text("<<<<<<< ours\n")
        look = look_at(left(folder)[0])
        assert look.state is FileState.UNREADABLE
        assert "incident.toml" in look.problem
        assert look.words is not None

    def test_never_there(self, folder: Path) -> None:
        killed(folder, DocumentSession(Incident(), now=lambda: NOW))
        look = look_at(left(folder)[0])
        assert look.state is FileState.NEVER_SAVED
        assert look.changes is not None
        assert look.changes.after.title == "New"


class TestWhatItWasBegunFrom:
    def test_is_in_the_journal_with_the_comments(self, folder: Path, path: Path) -> None:
        path.write_text('# who to ask\ntitle = "Old"\nstatus = "draft"\n', encoding="utf-8")
        opened = open_file(path)
        session = DocumentSession(
            opened.loaded.incident, path=path, fingerprint=opened.fingerprint, remarks=opened.loaded.remarks,
            now=lambda: NOW,
        )  # fmt: skip
        killed(folder, session)
        (recovery,) = left(folder)
        assert 'title = "Old"' in recovery.opened
        assert "# who to ask" in recovery.opened

    def test_is_the_last_save_and_not_the_first_state(self, folder: Path, path: Path) -> None:
        session = session_of(path)
        journal = follow(session, folder)
        title(session, "Saved")
        journal.write()
        path.write_text(session.text(), encoding="utf-8")
        session.mark_saved(path, open_file(path).fingerprint)
        journal.note_saved()
        title(session, "Later")
        journal.write()
        die(journal)
        assert toml_file.loads(left(folder)[0].opened).title == "Saved"

    def test_is_found_among_the_kept_versions(self, folder: Path, path: Path, tmp_path: Path) -> None:
        session = session_of(path)
        versions_kept.keep(path, path.read_bytes(), now=NOW, folder=tmp_path / HISTORY)
        killed(folder, session)
        changed(path, severity="SEV2")
        look = look_at(without_opened(left(folder)[0]), history=tmp_path / HISTORY)
        assert look.opened is not None
        assert look.opened.incident.title == "Old"
        assert look.conflicts == 0

    def test_is_the_file_where_that_is_as_it_was(self, folder: Path, path: Path) -> None:
        killed(folder, session_of(path))
        look = look_at(without_opened(left(folder)[0]))
        assert (look.conflicts, look.changes and len(look.changes.all)) == (0, 1)

    def test_unknown_every_difference_is_asked_about(self, folder: Path, path: Path, tmp_path: Path) -> None:
        killed(folder, session_of(path))
        changed(path, title="Theirs")
        look = look_at(without_opened(left(folder)[0]), history=tmp_path / HISTORY)
        assert look.opened is None
        assert look.conflicts == 1

    def test_a_file_of_an_incident_that_was_never_saved_is_nothing(self, folder: Path) -> None:
        journal = killed(folder, session_of())
        assert b"opened" not in journal.path.read_bytes()
        assert left(folder)[0].opened == ""

    def test_spoiled_it_is_left_out_and_the_words_stay(self, folder: Path, path: Path) -> None:
        journal = killed(folder, session_of(path))
        data = journal.path.read_bytes()
        journal.path.write_bytes(data.replace(b'"Old"', b'"Odd"', 1))
        (recovery,) = left(folder)
        assert (recovery.opened, recovery.damaged) == ("", False)
        assert 'title = "New"' in recovery.text


def test_nothing_typed_and_nothing_new_is_what_the_other_side_says() -> None:
    opened, now = (toml_file.parse(f'title = "{title}"\n') for title in ("Old", "Theirs"))
    assert combined(opened, opened, now).incident.title == "Theirs"
    assert combined(now, opened, opened).incident.title == "Theirs"
    assert combined(now, opened, now).incident.title == "Theirs"


class TestPieces:
    def test_a_text_whose_seal_is_broken_is_read_all_the_same(self, folder: Path) -> None:
        journal = killed(folder, session_of(), "three hours of work")
        journal.path.write_bytes(journal.path.read_bytes().replace(b"that night", b"that nigh7", 1))
        (recovery,) = left(folder)
        assert recovery.text == ""
        look = look_at(recovery)
        assert look.pieces
        assert look.words is not None
        assert look.words.incident.title == "three hours of work"

    def test_the_file_as_it_was_is_not_taken_for_the_words(self, folder: Path, path: Path) -> None:
        journal = killed(folder, session_of(path), "three hours of work")
        data = journal.path.read_bytes()
        at = data.index(b"%%% whole")
        journal.path.write_bytes(data[:at] + data[at:].replace(b"that night", b"that nigh7", 1))
        (recovery,) = left(folder)
        assert "opened" not in recovery.remains
        look = look_at(recovery)
        assert look.words is not None
        assert look.words.incident.title == "three hours of work"

    def test_cut_short_it_gives_what_stands_before(self) -> None:
        text = 'title = "Search is down"\n\n[sections]\nsummary = "All red."\n\n[[events]]\nid = "a"\ntext = "half'
        loaded = salvaged(f'%%% whole 2 900 00ff\n{{"at": 1}}\n{text}')
        assert loaded is not None
        assert loaded.incident == Incident(title="Search is down", sections=Sections(summary="All red."))

    @pytest.mark.parametrize("remains", ["", "noise", "%%% whole 1 1 ff\n{}\n", "%%% opened 1 1 ff\n{}\ntitle = 'x'\n"])
    def test_noise_is_none(self, remains: str) -> None:
        assert salvaged(remains) is None
