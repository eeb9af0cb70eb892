"""The index of a library: with it all is told as without it, only sooner, whatever happens to the files or to it."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from schemas.incident import Action, Incident
from tests.workspace.libraries import NOW, filled, incident, parsed, settle, told, write
from tui.workspace import library_entries, library_rows, library_walk
from tui.workspace.disk import REAL_DISK
from tui.workspace.index import Entry, Known
from tui.workspace.library import Library
from tui.workspace.library_index import LibraryIndex
from tui.workspace.library_place import index_file, index_folder, tidy_indexes

__all__ = ["parsed"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "incidents"
    for number in range(12):
        write(place / f"{number:02}.toml", incident(number, "pool", "connection overflow"))
    (place / "broken.toml").write_text('title = "Half\n')
    (place / "other.toml").write_text("[server]\nport = 1\n")
    settle()
    return place


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.sqlite"


class TestOpening:
    def test_nothing_is_read_that_was_read_before(self, folder: Path, index: Path, parsed: list[str]) -> None:
        first = filled(folder, index)
        assert len(parsed) == 13
        before = told(first)
        first.close()
        parsed.clear()
        again = filled(folder, index)
        assert parsed == []
        assert told(again) == before

    def test_not_even_the_beginning_of_a_file(self, folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        filled(folder, index).close()
        monkeypatch.setattr(type(REAL_DISK), "read", lambda *_: pytest.fail("a file was read"))
        assert len(filled(folder, index).rows) == 13

    def test_only_what_is_looked_at_is_made_a_row(
        self, folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(folder, index).close()
        it = Library(folder, now=lambda: NOW, index=index)
        it.refresh()
        made: list[str] = []
        real = library_entries.row_from

        def counted(text: str, path: Path, *rest: object) -> object:
            made.append(path.name)
            return real(text, path, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(library_rows, "row_from", counted)
        assert [row.name for row in it.listed()[:3]] == ["11.toml", "10.toml", "09.toml"]
        assert made == ["11.toml", "10.toml", "09.toml"]

    def test_one_change_is_one_file_to_read(self, folder: Path, index: Path, parsed: list[str]) -> None:
        filled(folder, index).close()
        write(folder / "03.toml", incident(30))
        settle()
        parsed.clear()
        filled(folder, index).close()
        assert parsed == ["03.toml"]
        parsed.clear()
        filled(folder, index).close()
        assert parsed == []

    def test_a_change_of_the_agreement_is_every_file_to_read(
        self, folder: Path, index: Path, parsed: list[str]
    ) -> None:
        filled(folder, index).close()
        parsed.clear()
        (folder / ".git").mkdir()
        (folder / "postmortem.toml").write_text('[checks]\nignore = ["C", "A", "P", "T"]\n')
        it = filled(folder, index)
        assert len(parsed) == 13
        assert {(row.errors, row.warnings) for row in it.rows} == {(0, 0)}

    def test_a_library_with_several_agreements(self, folder: Path, index: Path, parsed: list[str]) -> None:
        write(folder / "team" / "a.toml", incident(40))
        (folder / "team" / "postmortem.toml").write_text('[checks]\nignore = ["C", "A", "P", "T"]\n')
        settle()
        before = told(filled(folder, index))
        parsed.clear()
        assert told(filled(folder, index)) == before
        assert parsed == []

    def test_days_pass(self, folder: Path, index: Path, parsed: list[str]) -> None:
        action = Action(id="u", text="Do it", status="open", due=date(2025, 6, 10))
        write(folder / "due.toml", Incident(title="Due", actions=(action,)))
        settle()
        filled(folder, index).close()
        parsed.clear()

        def overdue(days: int) -> int:
            it = Library(folder, now=lambda: NOW + timedelta(days=days), index=index)
            for _ in it.follow():
                pass
            row = it.row(folder / "due.toml")
            assert row is not None
            return row.warnings

        before = overdue(3)
        assert parsed == []
        assert overdue(30) == before + 1
        assert "due.toml" in parsed

    def test_another_version_of_the_program_reads_for_itself(
        self, folder: Path, index: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = filled(folder, index)
        parsed.clear()
        monkeypatch.setattr(library_rows, "program", lambda: "another one")
        new = filled(folder, index)
        assert len(parsed) == 13
        # What the old one finds out meanwhile is not mixed in.
        write(folder / "new.toml", incident(50))
        old.refresh()
        list(old.fill())
        parsed.clear()
        new.close()
        assert told(filled(folder, index)) == told(filled(folder))
        assert parsed.count("new.toml") == 2
        assert parsed.count("00.toml") == 1

    def test_files_without_a_settled_date_are_read_again(
        self, folder: Path, index: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(library_walk, "_TICK", 3_600_000_000_000)
        before = told(filled(folder, index))
        parsed.clear()
        assert told(filled(folder, index)) == before
        assert len(parsed) == 13


@pytest.mark.parametrize("kept", [True, False])
def test_a_file_whose_name_is_no_text_is_found_by_its_words_too(
    folder: Path, index: Path, parsed: list[str], kept: bool
) -> None:
    odd = write(folder / os.fsdecode(b"caf\xe9.toml"), incident(40, "", "quokka"))
    settle()
    for _ in range(2):
        it = filled(folder, index if kept else None)
        assert [row.path for row in it.listed("quokka")] == [odd]
        assert len(it.neighbours(odd)) == 12
    write(odd, incident(40, "", "wombat"))
    it.refresh()
    for _ in it.fill():
        pass
    assert [row.path for row in it.listed("quokka")] == []
    assert [row.path for row in it.listed("wombat")] == [odd]
    parsed.clear()
    odd.unlink()
    for _ in it.follow():
        pass
    assert [row.path for row in it.listed("wombat")] == []
    assert parsed == []


class TestThePlace:
    def test_an_index_that_nobody_uses_goes(self, folder: Path, tmp_path: Path) -> None:
        used, old = index_file(folder), index_file(tmp_path)
        filled(folder, used).close()
        filled(folder, old).close()
        os.utime(old, (1, 1))
        tidy_indexes(wanted=True)
        assert [each.name for each in index_folder().iterdir()] == [used.name]
        tidy_indexes(wanted=False)
        assert list(index_folder().iterdir()) == []

    def test_opening_it_is_using_it(self, folder: Path) -> None:
        file = index_file(folder)
        filled(folder, file).close()
        os.utime(file, (1, 1))
        filled(folder, file).close()
        tidy_indexes(wanted=True)
        assert file.exists()

    def test_is_one_file_for_each_library_in_the_cache(self, tmp_path: Path) -> None:
        (tmp_path / "b").symlink_to(tmp_path / "a")
        (tmp_path / "a").mkdir()
        assert index_file(tmp_path / "a").parent == index_folder()
        assert index_file(tmp_path / "a") == index_file(tmp_path / "b")
        assert index_file(tmp_path / "a") != index_file(tmp_path)

    def test_is_private(self, folder: Path) -> None:
        file = index_file(folder)
        it = filled(folder, file)
        modes = {stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()}
        assert modes == {0o600}
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        it.close()

    def test_files_that_are_gone_leave_nothing_behind(self, folder: Path, index: Path) -> None:
        write(folder / "secret.toml", incident(1, "xyzzy", "plugh"))
        settle()
        filled(folder, index).close()
        (folder / "secret.toml").unlink()
        it = filled(folder, index)
        assert list(it.listed("xyzzy")) == []
        it.close()
        with sqlite3.connect(index) as db:
            for table in ("files", "rows", "records", "texts"):
                assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] <= 14
            assert db.execute("SELECT count(*) FROM searched WHERE searched MATCH 'plugh'").fetchone() == (0,)


def damage_it(file: Path, how: str) -> None:
    match how:
        case "empty":
            file.write_bytes(b"")
        case "cut":
            os.truncate(file, file.stat().st_size // 2)
        case "text":
            file.write_text("no database at all\n" * 1000)
        case "garbage inside":
            known = file.read_bytes()
            file.write_bytes(known[:4096] + b"\x5a" * 8192 + known[12288:])
        case "gone":
            file.unlink()
        case "a folder":
            file.unlink()
            file.mkdir()
        case "read only":
            file.chmod(0o400)
        case "of another shape":
            file.unlink()
            with sqlite3.connect(file) as db:
                db.execute("CREATE TABLE files (a)")


class TestDamage:
    @pytest.mark.parametrize(
        "damage",
        ["empty", "cut", "text", "garbage inside", "gone", "a folder", "read only", "of another shape"],
    )
    def test_is_made_good_or_gone_without(self, folder: Path, index: Path, damage: str) -> None:
        filled(folder, index).close()
        for ending in ("-wal", "-shm"):
            index.with_name(index.name + ending).unlink(missing_ok=True)
        damage_it(index, damage)
        plain = told(filled(folder))
        it = filled(folder, index)
        assert told(it) == plain
        write(folder / "new.toml", incident(40, "pool"))
        it.refresh()
        list(it.fill())
        assert told(it) == told(filled(folder))
        it.close()
        assert told(filled(folder, index)) == told(filled(folder))

    @pytest.mark.parametrize("damage", ["empty", "cut", "text", "garbage inside", "gone"])
    def test_while_the_library_is_open(self, folder: Path, index: Path, damage: str) -> None:
        it = filled(folder, index)
        damage_it(index, damage)
        told(it)
        write(folder / "new.toml", incident(40, "pool"))
        for _ in range(2):
            it.refresh()
            list(it.fill())
        assert told(it) == told(filled(folder))

    def test_a_place_that_cannot_be_written_to(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        for place in (tmp_path / "file" / "index.sqlite", Path("/proc/none/index.sqlite")):
            assert told(filled(folder, place)) == told(filled(folder))

    def test_a_link_in_the_place_of_its_folder_is_not_followed(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "cache").symlink_to(tmp_path / "elsewhere")
        assert told(filled(folder, tmp_path / "cache" / "index.sqlite")) == told(filled(folder))
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_a_row_that_was_altered_is_read_from_its_file(self, folder: Path, index: Path) -> None:
        filled(folder, index).close()
        with sqlite3.connect(index) as db:
            db.execute("UPDATE rows SET row = replace(row, 'Case 3', 'Lie 3')")
        assert told(filled(folder, index)) == told(filled(folder))

    def test_without_full_text_in_sqlite(
        self, folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[str]
    ) -> None:
        monkeypatch.setattr("tui.workspace.library_index.has_full_text", lambda _: False)
        filled(folder, index).close()
        parsed.clear()
        again = filled(folder, index)
        assert parsed == []
        monkeypatch.undo()
        assert told(again) == told(filled(folder))

    def test_without_sqlite(self, folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "tui.workspace.library_index", None)
        assert told(filled(folder, index)) == told(filled(folder))
        assert not index.exists()


class TestTwoAtOnce:
    def test_both_tell_all(self, folder: Path, index: Path) -> None:
        one, two = (Library(folder, now=lambda: NOW, index=index) for _ in range(2))
        steps = [one.follow(), two.follow()]
        while steps:
            steps = [each for each in steps if next(each, None) is not None]
        assert told(one) == told(two) == told(filled(folder))
        write(folder / "new.toml", incident(40, "pool"))
        (folder / "01.toml").unlink()
        for it in (one, two):
            it.refresh()
            list(it.fill())
        assert told(one) == told(two) == told(filled(folder))

    def test_in_processes_of_their_own(self, folder: Path, index: Path) -> None:
        code = (
            "import sys; from pathlib import Path; from tests.workspace.libraries import filled\n"
            "for _ in range(3): filled(Path(sys.argv[1]), Path(sys.argv[2])).close()"
        )
        root = Path(__file__).parents[2]
        both = [subprocess.Popen([sys.executable, "-c", code, str(folder), str(index)], cwd=root) for _ in range(2)]
        assert [each.wait(120) for each in both] == [0, 0]
        assert told(filled(folder, index)) == told(filled(folder))

    def test_a_lock_that_is_held_for_long(self, folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tui.workspace.sqlite_file._BUSY_SECONDS", 0.05)
        it = filled(folder, index)
        other = sqlite3.connect(index, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        write(folder / "new.toml", incident(40, "pool"))
        it.refresh()
        list(it.fill())
        assert not it.complete
        row = it.row(folder / "new.toml")
        assert row is not None
        assert row.complete
        other.execute("ROLLBACK")
        other.close()
        list(it.fill())
        assert told(it) == told(filled(folder))


def test_words_are_taken_out_with_their_file(tmp_path: Path) -> None:
    index = LibraryIndex(tmp_path / "i" / "a.sqlite", "me")
    known = Known("a", 1, 2, 3, 0, 9, "", None, "a")
    assert index.put([Entry(known, "[]", "", "one | two three")])
    assert index.search("two thr") == {"a"}
    assert index.search("one two") == frozenset()
    assert index.put([Entry(known, "[]", "", "four")])
    assert index.search("two") == frozenset()
    assert index.search("fo") == {"a"}
    index.forget(["a"])
    assert index.search("fo") == frozenset()


def look_again(it: Library) -> None:
    for _ in range(2):  # once more for what the index has lost, which may be found out only now
        for _ in it.follow():
            pass
        told(it)


steps = st.sampled_from(
    ("add", "change", "touch", "same size", "delete", "rename", "move", "break", "agree", "damage", "again", "look")
)


@given(st.lists(st.tuples(steps, st.integers(0, 7)), min_size=1, max_size=12))
@example([("add", 0), ("again", 0), ("add", 0), ("damage", 2), ("again", 0)])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_it_tells_what_the_files_tell(
    tmp_path_factory: pytest.TempPathFactory, story: list[tuple[str, int]]
) -> None:
    place = tmp_path_factory.mktemp("story")
    folder, index = place / "incidents", place / "cache" / "index.sqlite"
    folder.mkdir()
    (folder / ".git").mkdir()
    it = filled(folder, index)
    for number, (step, which) in enumerate(story):
        path = folder / f"{which}.toml"
        if step == "add" or (step not in ("agree", "damage", "again", "look") and not path.exists()):
            write(path, incident(number + 8 * which, "pool", "Größe connection overflow"))
        elif step == "change":
            write(path, incident(number + 100, "login", "error_rate naïve"))
        elif step == "touch":
            os.utime(path, ns=(number * 10**9, number * 10**9))
        elif step == "same size":
            known = path.stat()
            path.write_bytes(path.read_bytes().replace(b"pool", b"loop"))
            os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
        elif step == "delete":
            path.unlink()
        elif step == "rename":
            path.rename(folder / f"{(which + 1) % 8}.toml")
        elif step == "move":
            (folder / "sub").mkdir(exist_ok=True)
            path.rename(folder / "sub" / path.name)
        elif step == "break":
            path.write_text('title = "Half\n')
        elif step == "agree":
            (folder / "postmortem.toml").write_text(f'[checks]\nignore = ["C{which + 1:02}"]\n')
        elif step == "damage" and index.exists():
            os.truncate(index, index.stat().st_size * which // 8)
        elif step == "again":
            it.close()
            it = filled(folder, index)
        elif step == "look":
            look_again(it)
            assert told(it) == told(filled(folder))
        settle()
    look_again(it)
    assert told(it) == told(filled(folder))
    it.close()
    it = filled(folder, index)
    look_again(it)
    assert told(it) == told(filled(folder))
    it.close()


def test_dates_are_kept_as_they_are(tmp_path: Path) -> None:
    known = incident(1).model_copy(update={"events": ()})
    write(tmp_path / "l" / "a.toml", known)
    settle()
    index = tmp_path / "index.sqlite"
    filled(tmp_path / "l", index).close()
    (row,) = filled(tmp_path / "l", index).rows
    assert row.date is None
    assert datetime.fromtimestamp(row.mtime_ns / 1e9).year > 2000
