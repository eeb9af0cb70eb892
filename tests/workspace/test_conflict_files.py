"""Files that git left with both versions: told apart from broken ones, and opened as two versions."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.merge import resolve
from schemas.toml_errors import TomlError
from schemas.toml_file import dumps
from tests.workspace.conflicts import base, conflicted_file, marked, merged, ours, theirs
from tui.workspace import storage
from tui.workspace.conflicted_file import holds_conflict, read_conflicted_file
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.library import Library
from tui.workspace.rows import full_row

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize("based", [True, False], ids=["diff3", "two-way"])
def test_both_versions_are_read(tmp_path: Path, based: bool) -> None:
    path = conflicted_file(tmp_path, based=based)
    file = read_conflicted_file(path)
    assert file is not None
    assert file.merge is not None
    assert file.labels == ("HEAD", "feature")
    assert file.read_only == ""
    assert file.fingerprint == storage.read_file(path)[1]
    found = file.merge.merged
    for side, whole in (("ours", ours()), ("theirs", theirs())):
        taken = resolve(found, {each.key: side for each in found.conflicts})  # type: ignore[misc]
        assert taken.severity == whole.severity
        assert taken.sections.root_cause == whole.sections.root_cause
    if based:
        assert {each.place for each in found.conflicts} == {each.place for each in merged().conflicts}


def test_reading_it_as_an_incident_says_what_to_do(tmp_path: Path) -> None:
    path = conflicted_file(tmp_path)
    first = path.read_text().splitlines().index("<<<<<<< HEAD") + 1
    for read in (storage.open_file, storage.load_file):
        with pytest.raises(storage.Conflicted) as refused:
            read(path)
        error = refused.value
        assert error.title.startswith(f"{path}:{first}:1: ")
        assert f"postmortem {path}" in error.hint
        assert error.exit_code == EXIT_FILE
        assert isinstance(error.__cause__, TomlError)
        assert error.__cause__.line == first


@pytest.mark.parametrize(
    "text", ['title = "A"\n>>>>>>> feature\n', 'title = "A"\n<<<<<<< HEAD\n', 'title = "<<<<<<<\n']
)
def test_markers_that_belong_to_no_set_are_a_broken_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(UserError) as refused:
        storage.open_file(path)
    assert not isinstance(refused.value, storage.Conflicted)


def test_a_clean_file_has_no_versions(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(dumps(base()))
    assert read_conflicted_file(path) is None
    path.write_bytes(b"\xff<<<<<<< a\n=======\n>>>>>>> b\n")
    assert read_conflicted_file(path) is None


NESTED = '''title = "T"
[sections]
summary = """
Before.
<<<<<<< HEAD
It was the disk.
=======
It was the network.
>>>>>>> feature
After.
"""
'''


def test_markers_inside_of_prose_are_a_conflict_although_the_file_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(NESTED)
    assert holds_conflict(storage.open_file(path).loaded.lines.text)
    file = read_conflicted_file(path)
    assert file is not None
    assert file.merge is not None
    (conflict,) = file.merge.merged.conflicts
    assert (conflict.ours.strip(), conflict.theirs.strip()) == ("It was the disk.", "It was the network.")
    assert resolve(file.merge.merged, {conflict.key: "theirs"}).sections.summary.split("\n")[:3] == [
        "Before.", "It was the network.", "After.",
    ]  # fmt: skip


def test_prose_that_talks_about_markers_is_none(tmp_path: Path) -> None:
    assert not holds_conflict('summary = """\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```\n"""\n')


def test_a_version_that_cannot_be_read_is_named_and_the_other_one_offered(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('title = "T"\n<<<<<<< HEAD\nowner = "@a\n=======\nowner = "@b"\n>>>>>>> feature\n')
    file = read_conflicted_file(path)
    assert file is not None
    assert file.merge is None
    assert file.broken is not None
    assert file.broken.where.startswith("x.toml:3: ")
    assert [(name, loaded.incident.owner) for name, loaded in file.broken.readable] == [("feature", "@b")]


def test_it_cannot_be_saved_where_the_file_is_protected(tmp_path: Path) -> None:
    class Protected(type(storage.REAL_DISK)):  # type: ignore[misc]
        def may_write(self, path: Path) -> bool:
            return False

    file = read_conflicted_file(conflicted_file(tmp_path), disk=Protected())
    assert file is not None
    assert file.read_only == "the file is write-protected"


def test_the_library_marks_such_files(tmp_path: Path) -> None:
    conflicted_file(tmp_path, name="a.toml")
    (tmp_path / "b.toml").write_text(NESTED)
    (tmp_path / "c.toml").write_text(dumps(base()))
    (tmp_path / "d.toml").write_text('title = "broken\n')
    library = Library(tmp_path, now=lambda: NOW)
    library.refresh()
    for _ in library.fill():
        pass
    rows = library.rows
    assert [row.conflict for row in rows] == [True, True, False, False]
    assert [bool(row.problem) for row in rows] == [True, False, False, True]
    assert full_row(tmp_path / "a.toml", NOW).problem.startswith("line ")


def test_what_the_tests_stand_on() -> None:
    assert marked().count("<<<<<<< HEAD") > 1
    assert "|||||||" in marked()
    assert "|||||||" not in marked(based=False)
