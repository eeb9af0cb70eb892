"""Saving, leaving, exporting, the external editor, and files that change underneath."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.incident import Event, Incident, Sections
from schemas.toml_file import loads
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tui.workspace.outline import Spot
from tui.workspace.services import Services


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path, Incident(title="Checkout down", zone="UTC", sections=Sections(summary="It broke.")))


def test_saving_what_was_not_touched_writes_nothing(path: Path) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Nothing to save" in seen(pilot)

    run(app_for(path), scenario)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_comments_and_unknown_keys_in_the_file_survive_a_save(tmp_path: Path) -> None:
    path = tmp_path / "incident.toml"
    path.write_text('format = 1\n# who to ask: the storage team\ntitle = "Old"\nstatus = "draft"\nwiki = "page 12"\n')

    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("overview", None, "title"))
        await pilot.press("end")
        await type_text(pilot, "er")
        await pilot.press("f2")
        await pilot.pause()

    run(app_for(path), scenario)
    text = path.read_text()
    assert '# who to ask: the storage team\ntitle = "Older"' in text
    assert 'wiki = "page 12"' in text


def test_save_as_keeps_the_first_file_and_goes_on_with_the_second(path: Path) -> None:
    before = path.read_text()

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "New. ")
        await pilot.press("f12")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await type_text(pilot, "other\n")
        await pilot.pause()
        assert screen.session.path == path.parent / "other.toml"
        assert not screen.session.dirty

    run(app_for(path), scenario)
    assert path.read_text() == before
    assert loads((path.parent / "other.toml").read_text()).sections.summary == "New. It broke."


@pytest.mark.parametrize(("key", "left", "kept"), [("d", True, False), ("s", True, True), ("c", False, False)])
def test_quitting_unsaved_asks(path: Path, key: str, left: bool, kept: bool) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        await type_text(pilot, "New. ")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert "Not saved yet" in seen(pilot)
        await pilot.press(key)
        await pilot.pause()
        if not left:
            assert document(pilot).session.dirty

    app = run(app_for(path), scenario)
    assert (app.return_value == 0) is left
    assert ("New." in path.read_text()) is kept


def test_a_file_that_cannot_be_written_says_why_and_the_text_is_still_there(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "New. ")
        moved = path.parent.with_name("elsewhere")
        path.parent.rename(moved)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert screen.session.dirty
        assert len(pilot.app.screen_stack) > 1, "a dialog says what went wrong"
        await pilot.press("escape")
        moved.rename(path.parent)

    run(app_for(path), scenario)
    assert "New." not in path.read_text()


def test_the_external_editor_gets_the_text_and_its_result_can_be_undone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def editor(text: str, name: str) -> str:
        given.append(text)
        return "Written elsewhere."

    async def scenario(pilot: Pilot[int]) -> None:
        from contextlib import nullcontext

        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await pilot.press("f5")
        await pilot.pause()
        assert given == ["It broke."]
        assert screen.prose.text == "Written elsewhere."
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.prose.text == "It broke."

    run(app_for(path, Services.fake(editor=editor)), scenario)


def test_export_writes_markdown_beside_the_file(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()

    run(app_for(path), scenario)
    text = path.with_suffix(".md").read_text()
    assert "# Checkout down" in text
    assert "It broke." in text


def test_copying_sends_the_section_and_says_so(path: Path) -> None:
    sent: list[str] = []
    services = Services.fake(clipboard=lambda text, _send: sent.append(text))

    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        await pilot.press("alt+c")
        await pilot.pause()
        assert "clipboard" in seen(pilot)
        await pilot.press("alt+m")
        await pilot.pause()

    run(app_for(path, services), scenario)
    assert "It broke." in sent[0]
    assert "# Checkout down" in sent[1]


def test_too_long_for_the_clipboard_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, Incident(title="Long", sections=Sections(summary="word " * 20_000)))

    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        await pilot.press("alt+c")
        await pilot.pause()
        assert "Too long" in seen(pilot)

    run(app_for(path), scenario)


def test_a_new_incident_is_filled_in_saved_and_read_back(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("n")
        await pilot.pause()
        await pilot.pause()
        await type_text(pilot, "Search is down")
        await pilot.press("ctrl+n")
        await type_text(pilot, "2026-03-04 10:00 !detected an alert\n")
        await type_text(pilot, "10:30 !resolved fixed\n")
        await pilot.press("escape", "ctrl+s")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert not document(pilot).session.dirty

    run(app_for(tmp_path), scenario)
    (file,) = tmp_path.glob("*.toml")
    incident = loads(file.read_text())
    assert incident.title == "Search is down"
    assert [event.text for event in incident.events] == ["an alert", "fixed"]
    assert "search-is-down" in file.name


def test_read_only_files_open_and_refuse_changes(tmp_path: Path) -> None:
    path = tmp_path / "newer.toml"
    path.write_text('format = 99\ntitle = "From the future"\nstatus = "draft"\n')

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        assert "read-only" in seen(pilot)
        await pilot.press("ctrl+n")
        assert not screen.entry.is_open
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "x")
        assert screen.doc.sections.summary == ""

    run(app_for(path), scenario)
    assert "format = 99" in path.read_text()


def test_broken_events_do_not_stop_the_screen(tmp_path: Path) -> None:
    path = written(tmp_path, Incident(events=(Event(id="a", zone="Nowhere/At_All", as_written="??"),)))

    async def scenario(pilot: Pilot[int]) -> None:
        assert "Findings" in seen(pilot)

    run(app_for(path), scenario)
