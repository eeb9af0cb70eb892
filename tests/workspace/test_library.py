"""A folder of incidents: what is found in it, and how the rows follow the files."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.incident import Event, Incident
from schemas.toml_file import dumps
from tests.workspace.disks import FailingDisk
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.library import Library, scan
from tui.workspace.library_walk import candidates

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def add(folder: Path, name: str, title: str = "x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    incident = Incident(title=title, events=(Event(id="a", at=datetime(2024, 5, 2, 9)),))
    path.write_text(dumps(incident), encoding="utf-8")
    return path


def library(folder: Path, disk: FailingDisk | None = None) -> Library:
    return Library(folder, now=lambda: NOW, disk=disk or FailingDisk())


def found(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in scan(folder)]


class TestScanning:
    def test_finds_incidents_at_any_depth(self, tmp_path: Path) -> None:
        for name in ("b.toml", "a.toml", "2024/05/c.TOML"):
            add(tmp_path, name)
        (tmp_path / "notes.md").write_text("title = 1", encoding="utf-8")
        assert found(tmp_path) == ["2024/05/c.TOML", "a.toml", "b.toml"]

    @pytest.mark.parametrize(
        "name", [".hidden.toml", ".trash/a.toml", ".git/a.toml", "node_modules/a.toml", "postmortem.toml", "Cargo.toml"]
    )
    def test_passes_over_what_is_hidden_or_known_to_be_something_else(self, tmp_path: Path, name: str) -> None:
        add(tmp_path, name)
        assert found(tmp_path) == []

    def test_passes_over_toml_files_without_any_key_of_an_incident(self, tmp_path: Path) -> None:
        (tmp_path / "other.toml").write_text("[server]\nport = 1\n", encoding="utf-8")
        assert found(tmp_path) == []
        assert [path.name for path in candidates(tmp_path)] == ["other.toml"]

    def test_keeps_broken_files_and_links_to_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "broken.toml").write_text("title = \n", encoding="utf-8")
        (tmp_path / "link.toml").symlink_to("nowhere.toml")
        assert found(tmp_path) == ["broken.toml", "link.toml"]

    def test_passes_over_pipes_and_folders_with_such_names(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.toml")
        (tmp_path / "folder.toml").mkdir()
        assert found(tmp_path) == []

    def test_circles_of_links_end(self, tmp_path: Path) -> None:
        add(tmp_path, "sub/a.toml")
        (tmp_path / "sub" / "up").symlink_to(tmp_path)
        (tmp_path / "self").symlink_to("self")
        (tmp_path / "root").symlink_to("/")
        assert found(tmp_path) == ["sub/a.toml"]

    def test_a_folder_is_read_once_under_its_own_name(self, tmp_path: Path) -> None:
        add(tmp_path, "real/a.toml")
        (tmp_path / "also").symlink_to("real")
        assert found(tmp_path) == ["real/a.toml"]

    def test_a_linked_folder_elsewhere_is_followed(self, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        add(elsewhere, "a.toml")
        here = tmp_path / "here"
        here.mkdir()
        (here / "link").symlink_to(elsewhere)
        (here / "again").symlink_to(elsewhere)
        assert found(here) == ["again/a.toml"]

    def test_the_folder_may_itself_be_a_link(self, tmp_path: Path) -> None:
        add(tmp_path, "real/a.toml")
        (tmp_path / "link").symlink_to("real")
        assert scan(tmp_path / "link") == [tmp_path / "link" / "a.toml"]

    @pytest.mark.parametrize("what", ["missing", "file", "circle"])
    def test_says_why_a_folder_cannot_be_listed(self, tmp_path: Path, what: str) -> None:
        folder = tmp_path / what
        if what == "file":
            folder.touch()
        elif what == "circle":
            folder.symlink_to(what)
        with pytest.raises(UserError) as caught:
            scan(folder)
        assert caught.value.exit_code == EXIT_FILE
        assert caught.value.detail
        assert caught.value.hint

    def test_follows_what_is_left_where_one_folder_cannot_be_listed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add(tmp_path, "a/a.toml")
        add(tmp_path, "b/b.toml")
        real = os.scandir

        def refusing(path: os.PathLike[str]) -> object:
            if os.fspath(path).endswith("/a"):
                raise PermissionError(13, "Permission denied")
            return real(path)

        monkeypatch.setattr(os, "scandir", refusing)
        assert found(tmp_path) == ["b/b.toml"]


class TestRows:
    def test_are_there_at_once_and_complete_bit_by_bit(self, tmp_path: Path) -> None:
        for number in range(7):
            add(tmp_path, f"{number}.toml", f"Title {number}")
        (tmp_path / "broken.toml").write_text("title = \n", encoding="utf-8")
        it = library(tmp_path)
        assert it.refresh().added == tuple(sorted(tmp_path.iterdir()))
        assert [row.title for row in it.rows[:7]] == [f"Title {number}" for number in range(7)]
        assert not any(row.complete for row in it.rows)
        chunks = [[row.name for row in rows] for rows in it.fill(3)]
        assert chunks == [["0.toml", "1.toml", "2.toml"], ["3.toml", "4.toml", "5.toml"], ["6.toml", "broken.toml"]]
        assert it.complete
        assert list(it.fill()) == []
        assert [row.name for row in it.rows if row.problem] == ["broken.toml"]

    def test_what_is_seen_is_completed_first(self, tmp_path: Path) -> None:
        paths = [add(tmp_path, f"{number}.toml") for number in range(5)]
        it = library(tmp_path)
        it.refresh()
        first = next(it.fill(2, first=[paths[4], paths[2], tmp_path / "no such"]))
        assert [row.path for row in first] == [paths[4], paths[2]]

    def test_names_are_paths_within_the_library(self, tmp_path: Path) -> None:
        add(tmp_path, "2024/a.toml")
        it = library(tmp_path)
        it.refresh()
        assert it.rows[0].name == "2024/a.toml"
        list(it.fill())
        assert it.rows[0].name == "2024/a.toml"

    def test_follow_the_files(self, tmp_path: Path) -> None:
        stays, changes, goes = (add(tmp_path, name) for name in ("a.toml", "b.toml", "c.toml"))
        it = library(tmp_path)
        it.refresh()
        list(it.fill())
        kept = it.row(stays)
        atomic_write(changes, dumps(Incident(title="New title")).encode())
        goes.unlink()
        comes = add(tmp_path, "d.toml")
        changed = it.refresh()
        assert (changed.added, changed.changed, changed.removed) == ((comes,), (changes,), (goes,))
        assert it.row(stays) is kept
        fresh = it.row(changes)
        assert fresh is not None
        assert (fresh.title, fresh.complete) == ("New title", False)
        assert it.row(goes) is None

    def test_an_unchanged_folder_is_not_read_again(self, tmp_path: Path) -> None:
        add(tmp_path, "a.toml")
        (tmp_path / "other.toml").write_text("[server]\n", encoding="utf-8")
        disk = FailingDisk()
        it = library(tmp_path, disk)
        it.refresh()
        assert not it.refresh()
        assert disk.calls.count("read") == 2  # both at the first look

    def test_rows_follow_what_the_team_has_agreed_on(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        events = [("09:00", "impact-start"), ("10:00", "detected"), ("13:00", "resolved"), ("14:00", "recovered")]
        text = 'title = "a"\nzone = "UTC"\n' + "".join(
            f'[[events]]\nid = "{mark}"\nat = 2024-05-02T{clock}:00\ntext = "x"\nmilestones = ["{mark}"]\n'
            for clock, mark in events
        )
        (tmp_path / "a.toml").write_text(text, encoding="utf-8")
        it = library(tmp_path)

        def length() -> str:
            list(it.fill())
            (row,) = it.rows
            return f"{row.length_text} ({row.length_pair})"

        it.refresh()
        assert length() == "5h (impact → recovered)"
        ours = '[[profiles.default]]\nid = "impact"\nfrom = "detected"\nto = "resolved"\n'
        agreed = tmp_path / "postmortem.toml"
        agreed.write_text(ours, encoding="utf-8")
        assert [path.name for path in it.refresh().changed] == ["a.toml"]
        assert length() == "3h (detected → resolved)"
        assert it.policy_of(tmp_path).file == agreed.resolve()
        assert not it.refresh()
        agreed.unlink()
        assert it.refresh()
        assert length() == "5h (impact → recovered)"
        assert it.policy_of(tmp_path / "a.toml").file is None

    def test_a_save_of_the_same_size_in_the_same_instant_is_seen(self, tmp_path: Path) -> None:
        path = add(tmp_path, "a.toml", "one")
        known = path.stat()
        it = library(tmp_path)
        it.refresh()
        atomic_write(path, path.read_bytes().replace(b"one", b"two"))
        os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
        assert it.refresh().changed == (path,)
        assert it.rows[0].title == "two"

    def test_a_file_that_stops_being_an_incident_goes(self, tmp_path: Path) -> None:
        path = add(tmp_path, "a.toml")
        it = library(tmp_path)
        it.refresh()
        path.write_text("[server]\nport = 1\n", encoding="utf-8")
        assert it.refresh().removed == (path,)
        assert it.rows == ()

    def test_a_file_that_goes_while_the_list_is_filled(self, tmp_path: Path) -> None:
        path = add(tmp_path, "a.toml")
        it = library(tmp_path)
        it.refresh()
        path.unlink()
        (row,) = next(it.fill())
        assert row.problem
        assert it.refresh().removed == (path,)

    def test_a_full_row_of_an_older_state_does_not_replace_a_newer_one(self, tmp_path: Path) -> None:
        path = add(tmp_path, "a.toml", "old")
        it = library(tmp_path, disk := Renewing(path))
        it.refresh()
        disk.then = lambda: (add(tmp_path, "a.toml", "new title"), it.refresh())
        assert list(it.fill()) == [()]
        assert it.rows[0].title == "new title"
        assert not it.rows[0].complete

    def test_a_folder_that_goes(self, tmp_path: Path) -> None:
        folder = tmp_path / "folder"
        folder.mkdir()
        it = library(folder)
        it.refresh()
        folder.rmdir()
        with pytest.raises(UserError, match="no such folder"):
            it.refresh()

    def test_can_be_read_while_another_thread_fills(self, tmp_path: Path) -> None:
        for number in range(30):
            add(tmp_path, f"{number:02}.toml")
        it = library(tmp_path)
        it.refresh()
        faults: list[BaseException] = []

        def fill() -> None:
            try:
                for _ in it.fill(1):
                    it.refresh()
            except BaseException as error:
                faults.append(error)

        thread = threading.Thread(target=fill)
        thread.start()
        while thread.is_alive():
            assert len(it.rows) == 30
        thread.join()
        assert faults == []
        assert it.complete


class Renewing(FailingDisk):
    """Does something else once, right after the next full read of a file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.then: object = None

    def read(self, path: Path, limit: int) -> tuple[bytes, os.stat_result]:
        answer = super().read(path, limit)
        then, self.then = self.then, None
        if callable(then):
            then()
        return answer


class TestIncidents:
    def test_come_from_the_file_and_are_kept(self, tmp_path: Path) -> None:
        path = add(tmp_path, "a.toml", "one")
        it = library(tmp_path)
        it.refresh()
        first = it.incident(path)
        assert first is not None
        assert first.title == "one"
        assert it.incident(path) is first

    def test_change_with_the_file(self, tmp_path: Path) -> None:
        path = add(tmp_path, "a.toml", "one")
        it = library(tmp_path)
        it.refresh()
        it.incident(path)
        atomic_write(path, dumps(Incident(title="another")).encode())
        it.refresh()
        fresh = it.incident(path)
        assert fresh is not None
        assert fresh.title == "another"

    def test_are_none_where_the_file_cannot_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.toml"
        path.write_text("title = \n", encoding="utf-8")
        it = library(tmp_path)
        it.refresh()
        assert it.incident(path) is None

    def test_only_some_are_kept(self, tmp_path: Path) -> None:
        paths = [add(tmp_path, f"{number}.toml") for number in range(40)]
        it = library(tmp_path)
        it.refresh()
        first = it.incident(paths[0])
        for path in paths:
            it.incident(path)
        again = it.incident(paths[0])
        assert again == first
        assert again is not first


def test_a_quick_list_loads_no_model_and_no_screen() -> None:
    code = (
        "import sys; from pathlib import Path; from tui.workspace.library import Library\n"
        "Library(Path(sys.argv[1]), now=lambda: 0).refresh()\n"
        "print([name for name in ('pydantic', 'schemas.incident', 'textual', 'rich', 'click') if name in sys.modules])"
    )
    folder = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "sample_incidents")],
        capture_output=True, text=True, timeout=60, check=True, cwd=folder,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
