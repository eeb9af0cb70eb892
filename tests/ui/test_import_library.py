"""Importing from the library: finding the document or pasting it, and the draft that comes of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from schemas.incident import Incident
from schemas.toml_file import parse
from tests.ui.imports import REPORT, settled
from tests.ui.screens import app_for, burst, document, run, seen, type_text, written

LINES = len(REPORT.splitlines())


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "incidents"
    folder.mkdir()
    written(folder, Incident(title="An old one"))
    (folder / "notes.md").write_text(REPORT)
    (folder / "sub").mkdir()
    return folder


async def picking(pilot: Pilot[int]) -> None:
    await pilot.press("i")
    await pilot.pause()
    assert "Import a document" in seen(pilot)


def test_a_document_becomes_an_unsaved_draft_and_a_file(library: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await picking(pilot)
        assert "notes.md" in seen(pilot)
        assert "sub/" in seen(pilot)
        await type_text(pilot, "no")
        await pilot.press("tab", "enter")
        await settled(pilot)
        await pilot.press("ctrl+s", "a")
        await pilot.pause()
        shown = seen(pilot)
        assert "● unsaved" in shown
        assert "Search slow after a reindex" in shown
        assert document(pilot).session.dirty
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "2024-05-04-search-slow-after-a-reindex.toml" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert not document(pilot).session.dirty

    run(app_for(library), scenario, size=(100, 30))
    path = library / "2024-05-04-search-slow-after-a-reindex.toml"
    assert len(parse(path.read_text(), str(path)).incident.events) == 6


def test_leaving_opens_nothing_and_the_folder_is_remembered(library: Path) -> None:
    (library / "sub" / "deep.md").write_text(REPORT)

    async def scenario(pilot: Pilot[int]) -> None:
        await picking(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "deep.md" in seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "▌ deep.md" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "Import a document" not in seen(pilot)
        await picking(pilot)
        assert "deep.md" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "An old one" in seen(pilot)

    run(app_for(library), scenario, size=(100, 30))


def test_a_document_is_pasted_on_the_picker(library: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await picking(pilot)
        pilot.app.screen.focused.post_message(events.Paste(REPORT))  # type: ignore[union-attr]
        await pilot.pause()
        await settled(pilot)
        shown = seen(pilot)
        assert f"pasted text · {LINES} lines" in shown
        assert "6 events" in shown

    run(app_for(library), scenario)


def test_a_path_is_pasted_on_the_picker(library: Path) -> None:
    (library / "sub" / "a b.md").write_text(REPORT)

    async def scenario(pilot: Pilot[int]) -> None:
        await picking(pilot)
        pilot.app.screen.focused.post_message(events.Paste(f"'{library}/sub/a b.md'"))  # type: ignore[union-attr]
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert f"a b.md · {LINES} lines" in seen(pilot)

    run(app_for(library), scenario)


def test_there_is_a_window_to_paste_into(library: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await picking(pilot)
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert "Paste a document" in seen(pilot)
        pilot.app.screen.focused.post_message(events.Paste("# Slow\n\n## Timeline\n\n- 09:00 down\n"))  # type: ignore[union-attr]
        await pilot.pause()
        assert "^S reads" in seen(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "1 event" in seen(pilot)

    run(app_for(library), scenario)


def test_what_is_typed_behind_the_name_is_meant_for_what_was_read(library: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        burst(pilot, "i", *"notes.md", "enter", "n", "2", "ctrl+s", "a", *", no")
        for _ in range(20):
            await settled(pilot)
        doc = document(pilot).doc
        assert doc.title == "Search slow after a reindex, no"
        assert len(doc.events) == 6

    run(app_for(library), scenario)


def test_words_in_the_window_go_only_when_that_is_meant(library: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        burst(pilot, "i", "ctrl+t", *"# Slow", "enter", *"09:00 down")
        await settled(pilot)
        assert "^S reads 2 lines" in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "Throw the text away?" in seen(pilot)
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "1 event" in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "^S reads 2 lines" in seen(pilot)
        await pilot.press("escape", "t")
        await settled(pilot)
        assert "Import a document" in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "An old one" in seen(pilot)

    run(app_for(library), scenario)


def test_an_archive_asks_which_document(library: Path) -> None:
    with zipfile.ZipFile(library / "wiki.zip", "w") as archive:
        archive.writestr("wiki/one.md", REPORT)
        archive.writestr("wiki/two.md", REPORT.replace("Search", "Login"))

    async def scenario(pilot: Pilot[int]) -> None:
        await picking(pilot)
        await type_text(pilot, "wiki.zip\n")
        await pilot.pause()
        assert "2 documents in wiki.zip" in seen(pilot)
        await type_text(pilot, "two\n")
        await settled(pilot)
        assert "Login slow after a reindex" in seen(pilot)

    run(app_for(library), scenario)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("photo.md", b"\x89PNG\r\n\x1a\n\x00\x00", "this is no text"),
        ("empty.md", b"", "the document is empty"),
        ("broken.zip", b"PK\x03\x04 not really", "is no ZIP archive"),
    ],
)
def test_what_cannot_be_read_is_a_message(library: Path, name: str, data: bytes, said: str) -> None:
    (library / name).write_bytes(data)

    async def scenario(pilot: Pilot[int]) -> None:
        await picking(pilot)
        await type_text(pilot, f"{name}\n")
        await pilot.pause(0.2)
        await pilot.pause()
        assert said in " ".join(seen(pilot).split())
        await pilot.press("enter")
        await pilot.pause()
        assert f"▌ {name}" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "An old one" in seen(pilot)

    run(app_for(library), scenario, size=(100, 30))


def test_a_name_that_is_nowhere_says_so(library: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await picking(pilot)
        await type_text(pilot, "nothing.md\n")
        await pilot.pause()
        assert "✗ there is no file" in seen(pilot)

    run(app_for(library), scenario, size=(80, 24))
