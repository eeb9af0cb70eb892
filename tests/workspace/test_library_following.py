"""A library that is open: what others do to its files, and reading many of them by workers."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.workspace.disks import FailingDisk
from tests.workspace.libraries import NOW, filled, incident, parsed, settle, told, write
from tui.workspace import library_workers
from tui.workspace.library import Library
from tui.workspace.library_rounds import Rounds
from tui.workspace.library_walk import stamp_of
from tui.workspace.library_workers import read_by_workers, workers_for

__all__ = ["parsed"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "incidents"
    for number in range(10):
        write(place / f"{number}.toml", incident(number, "pool"))
    settle()
    return place


class TestGlances:
    def test_an_unchanged_library_costs_no_reading(self, folder: Path, parsed: list[str]) -> None:
        it = filled(folder)
        parsed.clear()
        changes = it.glance()
        assert changes is not None
        assert not changes
        assert parsed == []

    def test_a_changed_file_is_read_and_no_other(self, folder: Path, parsed: list[str]) -> None:
        it = filled(folder)
        parsed.clear()
        (folder / "3.toml").write_text((folder / "3.toml").read_text().replace("Case 3", "Other 3"))
        changes = it.glance()
        assert changes is not None
        assert changes.changed == (folder / "3.toml",)
        assert parsed == ["3.toml"]
        row = it.row(folder / "3.toml")
        assert row is not None
        assert (row.title, row.complete) == ("Other 3 pool", True)
        assert [each.name for each in it.listed("other")] == ["3.toml"]
        assert told(it) == told(filled(folder))

    @pytest.mark.parametrize("what", ["new", "gone", "replaced"])
    def test_a_folder_that_changed_asks_for_more(self, folder: Path, what: str) -> None:
        it = filled(folder)
        if what == "new":
            write(folder / "new.toml", incident(20))
        elif what == "gone":
            (folder / "1.toml").unlink()
        else:
            write(folder / "2.tmp", incident(21)).rename(folder / "2.toml")
        assert it.glance() is None
        for _ in it.follow():
            pass
        assert it.glance() is not None
        assert told(it) == told(filled(folder))

    @pytest.mark.parametrize("place", ["", ".."])
    def test_what_the_team_agreed_on_is_seen_to_change_where_it_lies(self, folder: Path, place: str) -> None:
        agreed = folder / place / "postmortem.toml"
        agreed.write_text('[checks]\nignore = ["C"]\n')
        it = filled(folder)
        assert it.glance() is not None
        agreed.write_text('[checks]\nignore = ["C", "A"]\n')
        assert it.glance() is None
        for _ in it.follow():
            pass
        assert it.glance() is not None
        assert told(it) == told(filled(folder))
        agreed.unlink()
        assert it.glance() is None

    @pytest.mark.parametrize("place", ["", "..", "../..", "team"])
    def test_what_the_team_agrees_on_only_now_is_seen_to_come(self, tmp_path: Path, place: str) -> None:
        folder = tmp_path / "notes" / "incidents"
        write(folder / "one.toml", incident(1, "pool"))
        write(folder / "team" / "two.toml", incident(2, "pool"))
        settle()
        it = filled(folder)
        assert it.glance() is not None
        (folder / place / "postmortem.toml").write_text('[checks]\nignore = ["C", "A"]\n')
        assert it.glance() is None
        for _ in it.follow():
            pass
        assert it.glance() is not None
        assert told(it) == told(filled(folder))

    def test_what_is_agreed_on_beyond_the_repository_is_nothing_new(self, tmp_path: Path) -> None:
        folder = tmp_path / "repository" / "incidents"
        write(folder / "one.toml", incident(1, "pool"))
        (folder.parent / ".git").mkdir()
        settle()
        it = filled(folder)
        assert it.glance() is not None
        (tmp_path / "postmortem.toml").write_text('[checks]\nignore = ["C", "A"]\n')
        assert it.glance() is not None

    def test_what_comes_above_an_empty_library_is_seen_too(self, tmp_path: Path) -> None:
        folder = tmp_path / "incidents"
        folder.mkdir()
        it = filled(folder)
        assert it.glance() is not None
        (tmp_path / "postmortem.toml").write_text('profile = "datdog"\n')
        assert it.glance() is None
        for _ in it.follow():
            pass
        assert it.glance() is not None
        assert it.policy_of(folder).problems

    def test_each_look_goes_on_where_the_last_one_ended(self, tmp_path: Path) -> None:
        paths = [tmp_path / f"{number}.toml" for number in range(40)]
        for path in paths:
            path.touch()
        stamps = {path.name: stamp_of(path.stat()) for path in paths}
        rounds = Rounds(tmp_path)
        for path in paths:
            os.utime(path, ns=(1, 1))
        found = [name for _ in range(40) for name in rounds.look(stamps) or ()]
        assert found == list(stamps)

    def test_a_look_takes_little_time_and_the_next_one_goes_on(self, tmp_path: Path) -> None:
        for number in range(40):
            (tmp_path / f"{number}.toml").touch()
        stamps = {path.name: stamp_of(path.stat()) for path in sorted(tmp_path.iterdir())}
        rounds = Rounds(tmp_path)
        assert rounds.look(stamps, seconds=0) == []
        os.utime(tmp_path / list(stamps)[-1], ns=(1, 1))
        looks = [rounds.look(stamps, seconds=0) for _ in range(40)]
        assert [list(stamps)[-1]] in looks
        assert [] in looks

    def test_a_file_that_goes_meanwhile_is_left_to_its_folder(self, tmp_path: Path) -> None:
        assert Rounds(tmp_path).look({"gone.toml": (1, 2, 3, 4)}) == []


class TestWorkers:
    @pytest.fixture(autouse=True)
    def for_few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(library_workers, "FILES_FOR_WORKERS", 5)
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})

    def test_are_for_many_files(self) -> None:
        assert [workers_for(number) for number in (0, 4, 5, 9, 10, 100)] == [0, 0, 1, 1, 2, 2]

    def test_read_what_is_read_here(self, folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "postmortem.toml").write_text('[checks]\nignore = ["C", "A"]\n')
        (folder / "broken.toml").write_text('title = "Half\n')
        by_workers = filled(folder)
        assert parsed == []
        monkeypatch.setattr(library_workers, "FILES_FOR_WORKERS", 1000)
        assert told(by_workers) == told(filled(folder))

    def test_what_is_seen_comes_first(self, folder: Path) -> None:
        it = Library(folder, now=lambda: NOW)
        it.refresh()
        first = next(it.fill(3, first=[folder / "7.toml", folder / "5.toml"]))
        assert [row.name for row in first] == ["7.toml", "5.toml", "0.toml"]

    def test_that_die_are_done_without(self, folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        real = library_workers._Worker.answer

        def killed(self: library_workers._Worker) -> object:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            return real(self)

        monkeypatch.setattr(library_workers._Worker, "answer", killed)
        it = filled(folder)
        assert len(parsed) >= 5
        monkeypatch.setattr(library_workers, "FILES_FOR_WORKERS", 1000)
        assert told(it) == told(filled(folder))

    def test_that_cannot_be_started_are_done_without(
        self, folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.executable", "/no/such/python")
        filled(folder)
        assert len(parsed) == 10

    def test_end_with_whoever_asked(self, folder: Path) -> None:
        chunks = [[f"{number}.toml"] for number in range(10)]
        reading = read_by_workers(folder, chunks, NOW, 2)
        names, readings = next(reading)
        assert names == ["0.toml"]
        assert readings[0].row.title == "Case 0 pool"
        children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
        before = children.read_text().split() if children.exists() else []
        reading.close()  # type: ignore[attr-defined]
        assert not [each for each in before if Path(f"/proc/{each}").exists() and each in children.read_text()]

    def test_are_not_for_another_disk(self, folder: Path, parsed: list[str]) -> None:
        it = Library(folder, now=lambda: NOW, disk=FailingDisk())
        it.refresh()
        list(it.fill())
        assert len(parsed) == 10


def test_progress_is_told(folder: Path) -> None:
    it = Library(folder, now=lambda: NOW)
    steps = list(it.follow())
    assert (steps[-1].done, steps[-1].of) == (10, 10)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
