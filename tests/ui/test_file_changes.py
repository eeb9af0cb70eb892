"""What others do to the file of an open document: taken in, merged, asked about; nothing is overwritten or lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.incident import Event, Incident, Sections
from schemas.toml_file import dumps, loads
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tui.app import PostmortemApp
from tui.screens.conflict import ConflictScreen
from tui.workspace.disk import RealDisk
from tui.workspace.outline import Spot
from tui.workspace.services import Services

BEFORE = Incident(
    title="Checkout down",
    zone="UTC",
    severity="SEV2",
    sections=Sections(summary="It broke.", root_cause="A full disk."),
    events=(Event(id="aaaa", text="Alert"), Event(id="bbbb", text="Over")),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path, BEFORE)


def app_on(path: Path) -> PostmortemApp:
    return app_for(path, Services.fake(keeps=True))


def by_another(path: Path, change: Callable[[Incident], Incident]) -> Incident:
    """Another program changes the file."""
    theirs = change(loads(path.read_text()))
    path.write_text(dumps(theirs))
    return theirs


def with_severity(doc: Incident) -> Incident:
    return doc.model_copy(update={"severity": "SEV1"})


def with_summary(words: str) -> Callable[[Incident], Incident]:
    return lambda doc: doc.model_copy(update={"sections": doc.sections.model_copy(update={"summary": words})})


async def look(pilot: Pilot[int]) -> None:
    """What the screen does every second by itself; twice, as a file that may be half written is looked at twice."""
    for _ in range(2):
        await document(pilot).look_at_file()
    await pilot.pause()


async def write_summary(pilot: Pilot[int], words: str) -> None:
    await document(pilot).open_spot(Spot("summary"))
    await type_text(pilot, words)


def test_what_another_writes_comes_in_while_nothing_is_typed(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        by_another(path, with_severity)
        await look(pilot)
        session = document(pilot).session
        assert session.doc.severity == "SEV1"
        assert not session.dirty
        assert "A change came in from the file" in seen(pilot)
        await pilot.press("alt+o")
        await pilot.pause()
        assert "Changed since the file was changed" in seen(pilot)
        assert "SEV2" in seen(pilot)
        await pilot.press("escape", "ctrl+z")
        await pilot.pause()
        assert session.doc.severity == "SEV2"
        assert session.dirty  # the file says otherwise

    run(app_on(path), scenario)


def test_changes_of_different_things_are_merged_while_both_write(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await write_summary(pilot, "At night. ")
        by_another(path, with_severity)
        await look(pilot)
        session = document(pilot).session
        assert session.doc.severity == "SEV1"
        assert session.dirty
        await type_text(pilot, "Twice. ")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert not session.dirty

    run(app_on(path), scenario)
    kept = loads(path.read_text())
    assert (kept.severity, kept.sections.summary) == ("SEV1", "At night. Twice. It broke.")


@pytest.mark.parametrize("keeps", [True, False])
def test_a_save_merges_what_was_not_noticed_yet(path: Path, keeps: bool) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await write_summary(pilot, "At night. ")
        by_another(path, lambda doc: doc.model_copy(update={"events": doc.events[:1]}))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Saved" in seen(pilot)
        assert "came in" in seen(pilot)

    run(app_for(path, Services.fake(keeps=keeps)), scenario)
    kept = loads(path.read_text())
    assert [event.text for event in kept.events] == ["Alert"]
    assert kept.sections.summary == "At night. It broke."


@pytest.mark.parametrize("noticed", [True, False])
def test_changes_of_the_same_words_are_asked_about(path: Path, noticed: bool) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await write_summary(pilot, "Mine. ")
        by_another(path, with_summary("Theirs."))
        session = document(pilot).session
        if noticed:
            await look(pilot)
            assert "✗ file changed" in seen(pilot)
            assert session.doc.sections.summary == "Mine. It broke."
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Theirs." in seen(pilot)
        assert "Mine. It broke." in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert loads(path.read_text()).sections.summary == "Theirs."
        assert session.doc.sections.summary == "Mine. It broke."
        assert session.dirty
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("b")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert not session.dirty
        assert "✗" not in seen(pilot).splitlines()[0]

    run(app_on(path), scenario)
    summary = loads(path.read_text()).sections.summary
    assert "Mine." in summary
    assert "Theirs." in summary


def test_a_conflict_can_be_settled_before_a_save(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await write_summary(pilot, "Mine. ")
        by_another(path, with_summary("Theirs."))
        await look(pilot)
        await pilot.press("alt+o")
        await pilot.pause()
        await pilot.press("t")
        await pilot.press("ctrl+s")
        await pilot.pause()
        session = document(pilot).session
        assert session.doc.sections.summary == "Theirs."
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert session.doc.sections.summary == "Mine. It broke."

    run(app_on(path), scenario)


def test_a_file_that_is_no_incident_any_more_is_left_alone(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await write_summary(pilot, "Mine. ")
        path.write_text("title = \n")
        await look(pilot)
        assert "✗ file unreadable" in seen(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Nothing was written" in seen(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert path.read_text() == "title = \n"
        assert document(pilot).session.dirty
        path.write_text(dumps(with_severity(BEFORE)))
        await look(pilot)
        assert "unreadable" not in seen(pilot)
        assert document(pilot).session.doc.severity == "SEV1"

    run(app_on(path), scenario)


def test_a_file_that_is_gone_is_said_and_written_again(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        path.unlink()
        await look(pilot)
        assert "✗ file gone" in seen(pilot)
        session = document(pilot).session
        assert session.dirty
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Write incident.toml again" in seen(pilot)
        await pilot.press("w")
        await pilot.pause()
        assert not session.dirty
        assert "file gone" not in seen(pilot)

    run(app_on(path), scenario)
    assert loads(path.read_text()) == BEFORE


def test_leaving_asks_when_the_file_is_gone(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        path.unlink()
        await look(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert "Not saved yet" in seen(pilot)

    run(app_on(path), scenario)


def test_quitting_while_a_save_asks_about_a_conflict_asks_about_the_words(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await write_summary(pilot, "Mine. ")
        by_another(path, with_summary("Theirs."))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConflictScreen)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert "Not saved yet" in seen(pilot)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConflictScreen)
        await pilot.press("1", "ctrl+s")
        await pilot.pause()

    assert run(app_on(path), scenario).return_code == 0
    assert loads(path.read_text()).sections.summary == "Mine. It broke."


def test_a_file_that_comes_back_is_as_if_nothing_happened(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        aside = path.rename(path.parent / "aside")
        text = aside.read_text()
        aside.unlink()
        await look(pilot)
        assert "file gone" in seen(pilot)
        path.write_text(text)
        await look(pilot)
        assert "back as it was" in seen(pilot)
        assert not document(pilot).session.dirty

    run(app_on(path), scenario)


def test_a_file_that_was_renamed_is_followed(path: Path) -> None:
    other = path.with_name("renamed.toml")

    async def scenario(pilot: Pilot[int]) -> None:
        path.rename(other)
        await look(pilot)
        assert "it is renamed.toml now" in seen(pilot)
        await write_summary(pilot, "Mine. ")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert not document(pilot).session.dirty

    run(app_on(path), scenario)
    assert not path.exists()
    assert loads(other.read_text()).sections.summary == "Mine. It broke."


@dataclass(frozen=True)
class _Protected(RealDisk):
    """A disk on which the permission bits hold for the administrator too."""

    def may_write(self, path: Path) -> bool:
        return bool(path.stat().st_mode & 0o200)


def test_a_file_that_is_protected_meanwhile_is_for_reading_until_it_is_not(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await look(pilot)
        path.chmod(0o444)
        await look(pilot)
        assert "read-only" in seen(pilot)
        await write_summary(pilot, "Mine. ")
        assert document(pilot).session.doc == BEFORE
        path.chmod(0o644)
        await look(pilot)
        assert "read-only" not in seen(pilot)

    run(app_for(path, Services.fake(keeps=True, disk=_Protected())), scenario)


def test_the_same_change_made_twice_is_nothing_to_save(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await write_summary(pilot, "Mine. ")
        by_another(path, with_summary("Mine. It broke."))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Nothing to save" in seen(pilot)
        assert not document(pilot).session.dirty

    run(app_on(path), scenario)
