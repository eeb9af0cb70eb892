"""One keeper of a session: journal, lock, watch and earlier versions go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas import edits
from schemas.incident import Incident
from schemas.toml_file import dumps
from tui.workspace import storage, versions_kept
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.keeping import Keeper
from tui.workspace.lock_folder import lock_path
from tui.workspace.locks import Held
from tui.workspace.recovery import abandoned
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession
from tui.workspace.state_folders import journal_folder
from tui.workspace.watching import Changed, Gone, Same

SERVICES = Services.fake(keeps=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "incident.toml"
    place.write_text(dumps(Incident(title="Checkout down")))
    return place


def opened(path: Path) -> tuple[DocumentSession, Keeper]:
    file = storage.open_file(path)
    session = DocumentSession(file.loaded.incident, path=path, fingerprint=file.fingerprint, now=SERVICES.now)
    keeper = Keeper(session, SERVICES)
    keeper.start()
    return session, keeper


def write(session: DocumentSession, words: str) -> None:
    session.execute(lambda doc: edits.set_section(doc, "summary", words), label="typing")


def save(session: DocumentSession, keeper: Keeper, path: Path) -> None:
    data = session.text().encode()
    assert keeper.before_save(path) is None
    session.mark_saved(path, atomic_write(path, data, expect=None))
    keeper.file_taken_over()
    assert keeper.keep_version(path, data) is None


def journals() -> list[Path]:
    folder = journal_folder()
    return sorted(each for each in folder.rglob("*") if each.is_file()) if folder.exists() else []


def test_what_is_typed_is_in_the_journal_and_a_save_empties_it(path: Path) -> None:
    session, keeper = opened(path)
    write(session, "All orders failed.")
    assert keeper.flush()
    assert any(b"All orders failed." in each.read_bytes() for each in journals())
    save(session, keeper, path)
    assert keeper.flush()
    assert not journals()
    keeper.close()


def test_what_is_unsaved_at_the_end_stays_unless_it_was_let_go(path: Path) -> None:
    session, keeper = opened(path)
    write(session, "One")
    keeper.let_go()
    write(session, "Two")  # typed after all
    keeper.close()
    assert any(b"Two" in each.read_bytes() for each in journals())
    session, keeper = opened(path)
    before = journals()
    write(session, "Three")
    keeper.let_go()
    keeper.close()
    assert journals() == before


def test_a_file_that_is_gone_leaves_its_words_in_the_journal(path: Path) -> None:
    session, keeper = opened(path)
    path.unlink()
    assert isinstance(keeper.look(), Gone)
    session.mark_gone()
    assert session.dirty
    keeper.close()
    assert any(b"Checkout down" in each.read_bytes() for each in journals())


def test_two_sessions_of_one_process_do_not_edit_one_file(path: Path) -> None:
    _, first = opened(path)
    assert first.lock() is None
    assert first.locked
    _, second = opened(path)
    found = second.lock()
    assert isinstance(found, Held)
    assert found.ours
    assert second.held is found
    first.close()
    assert second.lock() is None
    assert second.locked
    assert second.held is None
    second.close()
    assert not lock_path(path).parent.exists()


def test_a_closed_keeper_takes_no_lock(path: Path) -> None:
    _, keeper = opened(path)
    keeper.close()
    assert keeper.lock() is None
    assert not keeper.locked


def test_saving_elsewhere_moves_lock_and_watch(path: Path) -> None:
    session, keeper = opened(path)
    keeper.lock()
    other = path.with_name("other.toml")
    save(session, keeper, other)
    assert not keeper.locked
    assert not lock_path(path).exists()
    path.write_text("title = 'not ours any more'\n")
    assert isinstance(keeper.look(), Same)
    other.write_text("title = 'changed'\n")
    found = keeper.look()
    assert isinstance(found, Changed)
    assert found.loaded is not None
    assert found.loaded.incident.title == "changed"
    keeper.close()


def test_each_save_keeps_a_version_and_the_first_what_was_there_before(path: Path) -> None:
    before = path.read_text()
    session, keeper = opened(path)
    for words in ("One", "Two"):
        write(session, words)
        save(session, keeper, path)
    keeper.close()
    kept = [versions_kept.read(each) for each in versions_kept.versions(path)]
    assert len(kept) == 3
    assert kept[-1] == before
    assert ["One" in each for each in kept] == [False, True, False]


def test_a_session_without_a_file_is_kept_too() -> None:
    session = DocumentSession(Incident(), now=SERVICES.now)
    keeper = Keeper(session, SERVICES)
    keeper.start()
    write(session, "Nobody gave me a name.")
    assert keeper.lock() is None
    assert keeper.flush()
    # It is being edited: there is nothing to offer to another window.
    assert abandoned(disk=SERVICES.disk, now=SERVICES.now()) == ()
    keeper.close()
    (left,) = abandoned(disk=SERVICES.disk, now=SERVICES.now())
    assert left.path is None
    assert "Nobody gave me a name." in left.text
