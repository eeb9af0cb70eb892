"""Saving while things break for real: the process is killed, the folder goes, the room ends, and others look on."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.workspace.disks import FailingDisk, OtherFileSystems, names
from tests.workspace.killed_saves import NEW, OLD
from tui.workspace.atomic_writing import FileChanged, atomic_write
from tui.workspace.errors import EXIT_CHANGED, EXIT_FILE, UserError
from tui.workspace.left_overs import remove_left_overs
from tui.workspace.storage import read_file

ROOT: Final = Path(__file__).resolve().parent.parent.parent


class Interrupted(FailingDisk):
    """Something that is no error, such as Ctrl+C, comes at a call; from `dead` on nothing works any more."""

    def __init__(self, fail_at: int, *, dead: bool) -> None:
        super().__init__(fail_at)
        self.dead = dead

    def step(self, name: str, before: Callable[[], object] | None = None) -> None:
        number = len(self.calls)
        self.calls.append(name)
        if number == self.fail_at or (self.dead and self.fail_at is not None and number > self.fail_at):
            self.failed = self.failed or name
            if before:
                before()
            raise KeyboardInterrupt


class Watched(FailingDisk):
    """Looks at the file before and after each call, as another program may."""

    def __init__(self, target: Path) -> None:
        super().__init__()
        self.target = target
        self.seen: list[tuple[bytes | None, int]] = []

    def step(self, name: str, before: Callable[[], object] | None = None) -> None:
        super().step(name, before)
        self.look()

    def look(self) -> None:
        try:
            self.seen.append((self.target.read_bytes(), stat.S_IMODE(self.target.stat().st_mode)))
        except FileNotFoundError:
            self.seen.append((None, 0))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    target = tmp_path / "library" / "incident.toml"
    target.parent.mkdir()
    target.write_bytes(OLD)
    target.chmod(0o640)
    return target


class TestInterrupted:
    @pytest.mark.parametrize("step", range(14))
    @pytest.mark.parametrize("through_link", [False, True], ids=["file", "link"])
    def test_at_any_call_the_file_is_whole_and_nothing_is_left(
        self, target: Path, tmp_path: Path, step: int, through_link: bool
    ) -> None:
        path = target
        if through_link:
            path = tmp_path / "link.toml"
            path.symlink_to("library/incident.toml")
        disk = Interrupted(step, dead=False)
        expect = read_file(path)[1]
        with pytest.raises(KeyboardInterrupt):
            atomic_write(path, NEW, expect=expect, disk=disk)
        done = disk.failed == "sync_folder"
        assert target.read_bytes() == (NEW if done else OLD)
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        assert names(target.parent) == ["incident.toml"]
        assert disk.open == set()
        assert not through_link or path.is_symlink()

    @pytest.mark.parametrize("step", range(9))
    def test_a_new_file_is_whole_or_not_there(self, tmp_path: Path, step: int) -> None:
        disk = Interrupted(step, dead=False)
        with pytest.raises(KeyboardInterrupt):
            atomic_write(tmp_path / "new.toml", NEW, new=True, disk=disk)
        placed = disk.failed in ("remove", "sync_folder")
        assert [name for name in names(tmp_path) if name.endswith(".toml")] == ["new.toml"] * placed
        assert not placed or (tmp_path / "new.toml").read_bytes() == NEW

    @pytest.mark.parametrize("step", range(14))
    def test_if_not_even_cleaning_up_works_the_file_is_whole_all_the_same(self, target: Path, step: int) -> None:
        disk = Interrupted(step, dead=True)
        with pytest.raises(KeyboardInterrupt):
            atomic_write(target, NEW, expect=read_file(target)[1], disk=disk)
        assert target.read_bytes() == (NEW if disk.failed == "sync_folder" else OLD)
        assert stat.S_IMODE(target.stat().st_mode) == 0o640


class TestKilled:
    @pytest.mark.parametrize("kind", ["old", "new"])
    def test_at_any_call_the_old_or_the_new_file_is_whole(self, tmp_path: Path, kind: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "tests.workspace.killed_saves", str(tmp_path), kind],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        last = int(done.stdout)
        assert last == (10 if kind == "old" else 9), "so many calls there are"
        found = []
        for step in range(last + 1):
            file = tmp_path / f"{step:02d}" / "incident.toml"
            found.append(file.read_bytes() if file.exists() else None)
            assert kind == "new" or stat.S_IMODE(file.stat().st_mode) == 0o640
            left = [each for each in file.parent.iterdir() if each != file]
            assert len(left) <= 1
            # What the killed process left goes when the folder is tidied, and only that.
            remove_left_overs(file.parent, now=file.parent.stat().st_mtime + 100_000)
            assert [each for each in file.parent.iterdir() if each != file] == []
        before = OLD if kind == "old" else None
        assert found == sorted(found, key=lambda each: each == NEW)
        assert set(found) == {before, NEW}


class TestAtAnyInstant:
    def test_others_see_the_old_or_the_new_file_with_its_permissions(self, target: Path) -> None:
        disk = Watched(target)
        atomic_write(target, NEW, expect=read_file(target)[1], disk=disk)
        disk.look()
        assert set(disk.seen) == {(OLD, 0o640), (NEW, 0o640)}
        assert disk.seen == sorted(disk.seen, key=lambda each: each[0] == NEW)

    def test_a_new_file_appears_whole(self, tmp_path: Path) -> None:
        disk = Watched(tmp_path / "new.toml")
        atomic_write(tmp_path / "new.toml", NEW, new=True, disk=disk)
        disk.look()
        assert {content for content, _ in disk.seen} == {None, NEW}

    def test_without_hard_links_its_name_may_be_seen_first_but_never_half_a_text(self, tmp_path: Path) -> None:
        class Both(Watched, OtherFileSystems):
            pass

        disk = Both(tmp_path / "new.toml")
        atomic_write(tmp_path / "new.toml", NEW, new=True, disk=disk)
        disk.look()
        assert {content for content, _ in disk.seen} == {None, b"", NEW}

    def test_content_is_on_the_disk_before_it_takes_the_place_and_the_place_after(self, target: Path) -> None:
        order: list[tuple[str, str]] = []

        class Noting(FailingDisk):
            def sync(self, file: int) -> os.stat_result:
                opened = Path(f"/proc/self/fd/{file}")
                order.append(("sync", str(opened.readlink()) if opened.is_symlink() else ""))
                return super().sync(file)

            def replace(self, source: Path, target: Path) -> None:
                order.append(("replace", str(source)))
                super().replace(source, target)

            def sync_folder(self, path: Path) -> None:
                order.append(("sync_folder", str(path)))
                super().sync_folder(path)

        link = target.parent.parent / "link.toml"
        link.symlink_to(target)
        atomic_write(link, NEW, disk=Noting())
        assert [what for what, _ in order] == ["sync", "replace", "sync_folder"]
        assert order[0][1] in ("", order[1][1])
        assert order[2][1] == str(target.parent.resolve())


class TestTheFolder:
    @pytest.mark.parametrize("step", range(13))
    def test_goes_in_the_middle(self, target: Path, step: int) -> None:
        class Going(FailingDisk):
            def step(self, name: str, before: Callable[[], object] | None = None) -> None:
                if len(self.calls) == step:
                    shutil.rmtree(target.parent)
                self.calls.append(name)

        with pytest.raises(UserError) as caught:
            atomic_write(target, NEW, expect=read_file(target)[1], disk=Going())
        assert caught.value.exit_code in (EXIT_FILE, EXIT_CHANGED)
        assert caught.value.hint
        if not isinstance(caught.value, FileChanged):
            assert f"The folder {target.parent} is not there" in caught.value.detail
        assert not target.parent.exists(), "nobody asked for a new folder"

    @pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
    def test_that_may_only_be_read(self, target: Path) -> None:
        target.parent.chmod(0o500)
        try:
            with pytest.raises(UserError, match="not allowed to write in"):
                atomic_write(target, NEW)
            assert target.read_bytes() == OLD
        finally:
            target.parent.chmod(0o700)


_LIMITED: Final = """
import resource, sys
from pathlib import Path
from tui.workspace.errors import UserError
from tui.workspace.atomic_writing import atomic_write
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
try:
    atomic_write(Path(sys.argv[1]), b"x" * 20000)
except UserError as error:
    print(error.title, error.detail, error.hint, sep="|")
"""


def test_the_system_itself_ends_the_room_in_the_middle_of_the_file(target: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(target)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    title, detail, hint = done.stdout.strip().split("|")
    assert title == f"{target} cannot be saved"
    assert "larger than this file system allows" in detail
    assert "as it was" in detail
    assert hint
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["incident.toml"]


class TestLeftOvers:
    def test_only_our_own_old_ones_go(self, tmp_path: Path) -> None:
        ours, new, foreign = ".postmortem-0123456789ab.tmp", ".postmortem-ffffffffffff.tmp", ".postmortem-notes.tmp"
        for name in (ours, new, foreign, "incident.toml"):
            (tmp_path / name).write_bytes(OLD)
        now = (tmp_path / new).stat().st_mtime
        for name in (ours, foreign, "incident.toml"):
            os.utime(tmp_path / name, (now - 90_000,) * 2)
        (tmp_path / ".postmortem-aaaaaaaaaaaa.tmp").symlink_to("incident.toml")
        remove_left_overs(tmp_path, now=now)
        assert names(tmp_path) == sorted([".postmortem-aaaaaaaaaaaa.tmp", foreign, new, "incident.toml"])

    def test_what_cannot_be_removed_is_left(self, tmp_path: Path) -> None:
        (tmp_path / ".postmortem-0123456789ab.tmp").write_bytes(OLD)
        remove_left_overs(tmp_path, now=1e12, disk=FailingDisk(1, errno.EACCES))
        assert len(names(tmp_path)) == 1
        remove_left_overs(tmp_path / "nowhere", now=1e12)
