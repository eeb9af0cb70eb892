"""Typing the path of a document: what a folder offers, what Tab adds, and what a pasted path means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.workspace.import_paths import (
    as_path,
    completed,
    folder_text,
    is_document,
    listing,
    size_text,
    split_path,
    whole_path,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("outage-may.md", "outage-june.txt", "chat.zip", "events.csv", "photo.png", ".hidden.md"):
        (tmp_path / name).write_text("x")
    (tmp_path / "old notes").mkdir()
    (tmp_path / "old notes" / "deep.md").write_text("x")
    for age, name in enumerate(("outage-may.md", "events.csv", "chat.zip", "outage-june.txt")):
        os.utime(tmp_path / name, (1_700_000_000 - age * 100, 1_700_000_000 - age * 100))
    return tmp_path


def names(folder: Path, start: str = "") -> list[str]:
    return [each.name for each in listing(folder, start)]


def test_folders_come_first_then_documents_new_ones_first(folder: Path) -> None:
    assert names(folder) == ["old notes/", "outage-may.md", "events.csv", "chat.zip", "outage-june.txt"]


def test_names_that_begin_so_come_before_those_that_hold_it(folder: Path) -> None:
    assert names(folder, "out") == ["outage-may.md", "outage-june.txt"]
    assert names(folder, "MAY") == ["outage-may.md"]
    assert names(folder, ".h") == [".hidden.md"]
    assert names(folder, "e") == ["events.csv", "old notes/", "outage-may.md", "outage-june.txt"]


def test_a_folder_that_is_not_there_offers_nothing(folder: Path) -> None:
    assert names(folder / "nowhere") == []
    assert names(folder / "photo.png") == []


@pytest.mark.parametrize(
    ("typed", "longer"),
    [
        ("out", "outage-"),
        ("outage-m", "outage-may.md"),
        ("old", "old notes/"),
        ("old notes/", "old notes/deep.md"),
        ("OUTAGE-J", "outage-june.txt"),
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_tab_adds_what_all_that_fits_has_in_common(folder: Path, typed: str, longer: str) -> None:
    assert completed(typed, folder) == longer
    assert completed(f"{folder}/{typed}", Path("/")) == f"{folder}/{longer}"


def test_completing_twice_adds_nothing_more(folder: Path) -> None:
    for typed in ("out", "outage-m", "old", "x"):
        once = completed(typed, folder)
        if not once.endswith("/"):
            assert completed(once, folder) == once


def test_what_was_typed_leads_somewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert split_path("~/old notes/de", Path("/")) == (folder / "old notes", "de")
    assert split_path("de", folder) == (folder, "de")
    assert split_path("..", folder / "old notes")[0].resolve() == folder
    assert whole_path("~/chat.zip", Path("/")) == folder / "chat.zip"
    assert folder_text(folder / "old notes") == "~/old notes/"
    assert folder_text(folder) == "~/"
    assert folder_text(Path("/")) == "/"


@pytest.mark.parametrize(
    ("pasted", "path"),
    [
        ("/tmp/a b.md\n", "/tmp/a b.md"),
        ("'/tmp/a b.md'", "/tmp/a b.md"),
        ("/tmp/a\\ b.md ", "/tmp/a b.md"),
        ("file:///tmp/a%20b.md", "/tmp/a b.md"),
        ("it's", "it's"),
    ],
)
def test_a_pasted_path_is_taken_as_terminals_give_it(pasted: str, path: str) -> None:
    assert as_path(pasted) == path
    assert not is_document(pasted)


def test_several_lines_are_a_document() -> None:
    assert is_document("# Outage\n\nIt was down.\n")
    assert is_document("a\rb")


def test_sizes_are_short() -> None:
    assert [size_text(size) for size in (0, 999, 14_200, 3_240_000)] == ["0 B", "999 B", "14 KB", "3.2 MB"]


def test_a_whole_path_behind_the_folder_counts_alone(folder: Path) -> None:
    typed = f"~/notes/{folder}/old notes/de"
    assert whole_path(typed, Path("/elsewhere")) == folder / "old notes" / "de"
    assert completed(typed, Path("/elsewhere")) == f"~/notes/{folder}/old notes/deep.md"
    assert whole_path("/somewhere/~/x.md", folder) == Path.home() / "x.md"
