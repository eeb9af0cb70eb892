"""What happens to an open file underneath is noticed, told apart, and told once."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workspace.disks import FailingDisk
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.storage import read_file
from tui.workspace.watching import INTERVAL, Changed, Gone, Same, Touched, Unreadable, Watch

MINE = 'title = "mine"\n'
THEIRS = 'title = "theirs"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library" / "incident.toml"
    path.parent.mkdir()
    path.write_text(MINE)
    return path


@pytest.fixture
def watch(path: Path) -> Watch:
    watch = Watch(path, read_file(path)[1])
    assert watch.look() == Same()
    return watch


def once(watch: Watch) -> object:
    """What is told now; after that there is nothing new."""
    found = watch.look()
    assert watch.look() == Same()
    assert watch.look() == Same()
    assert watch.last is found
    return found


def change(path: Path, text: str) -> None:
    """Write, with a date of its own even where the clock of the file system is coarse."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text)
    os.utime(path, ns=(before + 1_000_000, before + 1_000_000))


class TestWhatHappened:
    def test_written_in_place(self, watch: Watch, path: Path) -> None:
        change(path, THEIRS)
        found = once(watch)
        assert isinstance(found, Changed)
        assert found.loaded is not None
        assert found.loaded.incident.title == "theirs"
        assert (found.data, found.problem, found.replaced) == (THEIRS.encode(), None, False)
        assert found.fingerprint == read_file(path)[1]

    def test_replaced_by_another_file(self, watch: Watch, path: Path) -> None:
        atomic_write(path, THEIRS.encode())
        found = once(watch)
        assert isinstance(found, Changed)
        assert found.replaced

    def test_replaced_by_one_that_says_the_same(self, watch: Watch, path: Path) -> None:
        atomic_write(path, MINE.encode())
        found = once(watch)
        assert isinstance(found, Touched)
        assert (found.replaced, found.back, found.mode) == (True, False, None)
        assert found.fingerprint == read_file(path)[1]

    def test_only_touched(self, watch: Watch, path: Path) -> None:
        os.utime(path, ns=(5, 5))
        assert once(watch) == Touched(read_file(path)[1])

    def test_permissions(self, watch: Watch, path: Path) -> None:
        before = path.stat().st_mode & 0o7777
        path.chmod(0o400)
        assert once(watch) == Touched(read_file(path)[1], mode=(before, 0o400))

    def test_a_change_of_the_same_size_with_its_date_set_back(self, watch: Watch, path: Path) -> None:
        known = path.stat()
        path.write_text('title = "mein"\n')
        os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
        assert isinstance(once(watch), Changed)

    def test_deleted_and_come_back(self, watch: Watch, path: Path) -> None:
        path.unlink()
        assert once(watch) == Gone(None, folder=False)
        path.write_text(MINE)
        found = once(watch)
        assert isinstance(found, Touched)
        assert found.back

    def test_come_back_as_another_one(self, watch: Watch, path: Path) -> None:
        path.unlink()
        assert isinstance(once(watch), Gone)
        path.write_text(THEIRS)
        assert isinstance(once(watch), Changed)

    def test_moved(self, watch: Watch, path: Path) -> None:
        path.rename(path.with_name("other.toml"))
        assert once(watch) == Gone(path.with_name("other.toml"), folder=False)

    def test_the_folder_is_gone(self, watch: Watch, path: Path) -> None:
        shutil.rmtree(path.parent)
        assert once(watch) == Gone(None, folder=True)

    def test_the_folder_became_a_file(self, watch: Watch, path: Path) -> None:
        shutil.rmtree(path.parent)
        path.parent.write_text("")
        assert once(watch) == Gone(None, folder=True)

    @pytest.mark.parametrize("what", ["folder", "pipe"])
    def test_something_else_is_there(self, watch: Watch, path: Path, what: str) -> None:
        path.unlink()
        path.mkdir() if what == "folder" else os.mkfifo(path)
        found = once(watch)
        assert isinstance(found, Unreadable)
        assert f"is a {what}" in found.error.title

    def test_a_circle_of_links(self, watch: Watch, path: Path) -> None:
        path.unlink()
        path.symlink_to(path.name)
        assert isinstance(once(watch), Unreadable)

    def test_git_conflict_marks(self, watch: Watch, path: Path) -> None:
        change(path, f"<<<<<<< HEAD\n{MINE}=======\n{THEIRS}>>>>>>> branch\n")
        assert watch.look() == Same(), "it may be half written"
        found = once(watch)
        assert isinstance(found, Changed)
        assert found.loaded is None
        assert found.problem is not None
        assert found.problem.title.startswith(f"{path}:1:")


class TestHalfWritten:
    def test_is_waited_for(self, watch: Watch, path: Path) -> None:
        change(path, "")
        assert watch.look() == Same()
        change(path, 'title = "th')
        assert watch.look() == Same()
        change(path, THEIRS)
        found = once(watch)
        assert isinstance(found, Changed)
        assert found.loaded is not None

    def test_but_an_empty_file_that_stays_is_one(self, watch: Watch, path: Path) -> None:
        change(path, "")
        assert watch.look() == Same()
        found = once(watch)
        assert isinstance(found, Changed)
        assert found.data == b""

    def test_two_looks_are_made_within_two_seconds(self) -> None:
        assert 2 * INTERVAL < 2


class TestAfterwards:
    def test_a_change_that_was_taken_over_is_expected(self, watch: Watch, path: Path) -> None:
        change(path, THEIRS)
        found = watch.look()
        assert isinstance(found, Changed)
        watch.expect(found.fingerprint)
        assert watch.look() == Same()
        change(path, MINE)
        assert isinstance(once(watch), Changed)

    def test_a_save_of_our_own_is_no_change(self, watch: Watch, path: Path) -> None:
        watch.expect(atomic_write(path, THEIRS.encode(), expect=watch.fingerprint))
        assert watch.look() == Same()

    def test_changed_and_changed_back(self, watch: Watch, path: Path) -> None:
        change(path, THEIRS)
        assert isinstance(watch.look(), Changed)
        change(path, MINE)
        found = once(watch)
        assert isinstance(found, Touched)
        assert found.back

    def test_the_same_change_once_more_is_told_once(self, watch: Watch, path: Path) -> None:
        change(path, THEIRS)
        assert isinstance(watch.look(), Changed)
        atomic_write(path, THEIRS.encode())
        assert watch.look() == Same()

    def test_a_change_between_opening_and_the_first_look(self, path: Path) -> None:
        watch = Watch(path, read_file(path)[1])
        change(path, THEIRS)
        assert isinstance(once(watch), Changed)


class TestWhatItCosts:
    def test_one_question_while_nothing_happens(self, path: Path) -> None:
        disk = FailingDisk()
        watch = Watch(path, read_file(path)[1], disk=disk)
        for _ in range(100):
            watch.look()
        assert disk.calls == ["stat"] * 100

    @pytest.mark.parametrize("error", [errno.EIO, errno.EACCES, errno.ESTALE])
    @pytest.mark.parametrize("step", [0, 1, 2])
    def test_a_fault_is_told_and_passes(self, path: Path, step: int, error: int) -> None:
        fingerprint = read_file(path)[1]
        change(path, THEIRS)
        disk = FailingDisk(step, error)
        watch = Watch(path, fingerprint, disk=disk)
        found = watch.look()
        assert isinstance(found, Unreadable)
        assert found.error.detail
        change(path, 'title = "third"\n')
        found = watch.look()
        assert isinstance(found, Changed)
        assert found.data == b'title = "third"\n'


@given(
    st.lists(st.sampled_from(["mine", "theirs", "empty", "broken", "delete", "touch", "rename", "look"]), max_size=12)
)
def test_after_anything_the_last_word_is_right(tmp_path_factory: pytest.TempPathFactory, happenings: list[str]) -> None:
    path = tmp_path_factory.mktemp("library") / "incident.toml"
    path.write_text(MINE)
    watch = Watch(path, read_file(path)[1])
    content = {"mine": MINE, "theirs": THEIRS, "empty": "", "broken": "title ="}
    for number, what in enumerate(happenings):
        if what == "look":
            watch.look()
        elif what == "delete":
            path.unlink(missing_ok=True)
        elif what == "touch" and path.exists():
            os.utime(path, ns=(number, number))
        elif what == "rename":
            atomic_write(path, THEIRS.encode())
        elif what in content:
            path.write_text(content[what])
            os.utime(path, ns=(1000 + number,) * 2)
    watch.look()
    watch.look()
    if not path.exists():
        assert isinstance(watch.last, Gone)
    elif path.read_text() == MINE:
        assert isinstance(watch.last, Same | Touched)
    else:
        assert isinstance(watch.last, Changed)
        assert watch.last.data == path.read_bytes()
    assert watch.look() == Same()
