"""Unsaved work whose file was changed, went away or cannot be read, and work out of damaged journals."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.toml_file import loads
from tests.ui.recoveries import BEFORE, by_another, field, killed, left, offered, recovering, summary, until
from tests.ui.screens import document, run, seen, type_text, written
from tests.ui.test_hostile import HOSTILE
from tui.screens.conflict import ConflictScreen
from tui.screens.document import DocumentScreen
from tui.screens.recovery import RecoveryScreen


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path, BEFORE)


async def taken(pilot: Pilot[int]) -> DocumentScreen:
    """Take the selected one; the document that it is in."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen) and document(pilot).session.dirty)
    return document(pilot)


def test_a_file_that_was_changed_keeps_what_others_wrote(path: Path) -> None:
    killed(path, summary("Mine."))
    by_another(path, field("severity", "SEV1"))

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        shown = seen(pilot)
        assert "! file changed" in shown
        assert "Both fit together" in shown
        assert "SEV" not in shown, "what others wrote is no change that taking makes"
        screen = await taken(pilot)
        assert (screen.doc.severity, screen.doc.sections.summary) == ("SEV1", "Mine.")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.doc == BEFORE.changed(severity="SEV1"), "what the file says now"
        await pilot.press("ctrl+y", "ctrl+s")
        await until(pilot, lambda: not screen.session.dirty)

    run(recovering(path), scenario)
    saved = loads(path.read_text())
    assert (saved.severity, saved.sections.summary) == ("SEV1", "Mine.")


def test_the_same_place_is_asked_about(path: Path) -> None:
    killed(path, field("severity", "SEV1"), summary("Mine."))
    by_another(path, field("severity", "SEV4"))

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        assert "one place was changed in both: you will be asked" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConflictScreen))
        shown = seen(pilot)
        assert "recovered" in shown
        assert "the file" in shown
        # Put off, nothing happens, and it is offered as before.
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, RecoveryScreen))
        assert document(pilot).doc == BEFORE.changed(severity="SEV4")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConflictScreen))
        await pilot.press("1")
        await pilot.press("enter")
        await until(pilot, lambda: document(pilot).session.dirty)
        screen = document(pilot)
        assert (screen.doc.severity, screen.doc.sections.summary) == ("SEV1", "Mine.")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.doc.severity == "SEV4"

    run(recovering(path), scenario)


def test_two_that_were_killed_on_one_file_are_united(path: Path) -> None:
    killed(path, summary("Mine."))
    killed(path, field("severity", "SEV1"))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = await offered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: document(pilot).session.dirty and pilot.app.screen is not screen)
        await offered(pilot)
        assert "1 left" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen))
        doc = document(pilot).doc
        assert (doc.severity, doc.sections.summary) == ("SEV1", "Mine.")
        await until(pilot, lambda: left() == ())

    run(recovering(path), scenario)


def test_a_file_that_says_it_all_by_now_is_opened_and_nothing_is_left(path: Path) -> None:
    killed(path, summary("Mine."))
    by_another(path, summary("Mine."))
    by_another(path, field("severity", "SEV1"))

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        assert "The file says all of this by now" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing in it is new" in seen(pilot))
        assert not document(pilot).session.dirty

    run(recovering(path), scenario)
    assert left() == ()


def test_a_file_that_is_gone_is_made_again_by_a_save(tmp_path: Path, path: Path) -> None:
    killed(path, summary("Mine."))
    path.unlink()

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        assert "! file gone" in seen(pilot)
        assert "[-It broke in the night-]{+Mine+}" in seen(pilot), "against what the file was"
        screen = await taken(pilot)
        assert screen.session.path is None
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: not screen.session.dirty)

    run(recovering(tmp_path), scenario)
    assert loads(path.read_text()).sections.summary == "Mine."
    assert loads(path.read_text()).title == BEFORE.title


def test_a_file_that_is_no_incident_any_more_is_left_alone(tmp_path: Path, path: Path) -> None:
    killed(path, summary("Mine."))
    path.write_text('title = "Half\n')

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        assert "✗ file unreadable" in seen(pilot)
        screen = await taken(pilot)
        assert screen.session.path is None
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "incident-recovered.toml" in seen(pilot)
        await pilot.press("escape")

    run(recovering(tmp_path), scenario)
    assert path.read_text() == 'title = "Half\n'


def test_words_for_a_file_that_is_read_only_open_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "newer.toml"
    path.write_text('format = 1\ntitle = "From now"\nstatus = "draft"\n')
    killed(path, field("title", "Mine"))
    path.write_text('format = 99\ntitle = "From the future"\nstatus = "draft"\n')

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        screen = await taken(pilot)
        assert (screen.session.path, screen.doc.title) == (None, "Mine")
        assert "is read-only" in seen(pilot)

    run(recovering(path), scenario)


def spoiled(path: Path | None, old: bytes, new: bytes) -> None:
    journal = killed(path, field("title", "Three hours of work"), summary("All red."))
    data = journal.path.read_bytes()
    start = data.index(b"%%% whole")
    assert old in data[start:]
    journal.path.write_bytes(data[:start] + data[start:].replace(old, new))


def test_of_a_damaged_journal_what_makes_an_incident_can_be_taken(tmp_path: Path) -> None:
    spoiled(None, b"All red", b"All rod")

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        shown = seen(pilot)
        assert "✗ damaged" in shown
        assert "Three hours of work" in shown
        screen = await taken(pilot)
        assert (screen.doc.title, screen.doc.sections.summary) == ("Three hours of work", "All rod.")

    run(recovering(tmp_path), scenario)


def test_what_makes_none_is_shown_and_saved_as_text(tmp_path: Path) -> None:
    spoiled(None, b'"\n', b"\x1b\x00\n")

    async def scenario(pilot: Pilot[int]) -> None:
        screen = await offered(pilot)
        shown = seen(pilot)
        assert "What remains" in shown
        assert "All red." in shown
        await pilot.press("enter")
        await until(pilot, lambda: "s saves the text to a file" in seen(pilot).splitlines()[-1])
        await pilot.press("tab", "end", "s")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await type_text(pilot, "rest.txt\n")
        await until(pilot, lambda: "Saved rest.txt" in seen(pilot))
        await pilot.press("s", "ctrl+u")
        await type_text(pilot, "rest.txt\n")
        await until(pilot, lambda: "already there" in seen(pilot))
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is screen

    run(recovering(tmp_path), scenario)
    assert "All red." in (tmp_path / "rest.txt").read_text()
    assert len(left()) == 1, "saved as text it is kept all the same"


def test_the_end_of_a_journal_may_be_missing(path: Path) -> None:
    journal = killed(path, summary("Mine."))
    with journal.path.open("ab") as stream:
        stream.write(b"%%% change 9 9 0")

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        assert "the last changes may be missing" in " ".join(seen(pilot).split())
        assert (await taken(pilot)).doc.sections.summary == "Mine."

    run(recovering(path), scenario)


def test_hostile_words_are_shown_as_they_are(tmp_path: Path) -> None:
    for words in HOSTILE:
        killed(written(tmp_path, BEFORE, f"{words[:9]}.toml".replace("/", "")), field("title", words), summary(words))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = await offered(pilot)
        assert len(screen.found) == len(HOSTILE)
        for _ in HOSTILE:
            await offered(pilot)
            shown = seen(pilot)
            assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in shown)
            await pilot.press("down")
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("c")
        await taken(pilot)

    run(recovering(tmp_path), scenario)
