"""Deleted files go to the trash whole, over nothing, and come back."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tests.workspace.disks import FailingDisk, OtherFileSystems, names
from tui.workspace.disk import RealDisk
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.trash import move_to_trash, restore

DISKS = pytest.mark.parametrize("disk", [RealDisk(), OtherFileSystems()], ids=["same disk", "other disk"])


@pytest.fixture
def deleted(tmp_path: Path) -> Path:
    path = tmp_path / "incident.toml"
    path.write_bytes(b'title = "x"\n')
    path.chmod(0o640)
    return path


@DISKS
def test_there_and_back(deleted: Path, disk: RealDisk) -> None:
    gone = move_to_trash(deleted, deleted.parent / ".trash", disk=disk)
    assert gone == deleted.parent / ".trash" / "incident.toml"
    assert not deleted.exists()
    assert gone.read_bytes() == b'title = "x"\n'
    assert stat.S_IMODE(gone.stat().st_mode) == 0o640
    assert restore(gone, deleted, disk=disk) == deleted
    assert deleted.read_bytes() == b'title = "x"\n'
    assert names(gone.parent) == [".gitignore"]


def test_the_trash_is_beside_the_file_unless_another_is_named(deleted: Path) -> None:
    assert move_to_trash(deleted).parent == deleted.parent / ".trash"


def test_the_trash_keeps_itself_out_of_git(deleted: Path) -> None:
    root = move_to_trash(deleted).parent
    assert (root / ".gitignore").read_text(encoding="utf-8") == "*\n"
    (root / ".gitignore").write_text("mine\n", encoding="utf-8")
    deleted.write_bytes(b"")
    move_to_trash(deleted)
    assert (root / ".gitignore").read_text(encoding="utf-8") == "mine\n"


@DISKS
def test_nothing_in_the_trash_is_ever_overwritten(deleted: Path, disk: RealDisk) -> None:
    moved = []
    for content in (b"first", b"second", b"third"):
        deleted.write_bytes(content)
        moved.append(move_to_trash(deleted, disk=disk))
    assert [path.name for path in moved] == ["incident.toml", "incident-2.toml", "incident-3.toml"]
    assert [path.read_bytes() for path in moved] == [b"first", b"second", b"third"]


@DISKS
def test_coming_back_takes_no_other_file_s_place(deleted: Path, disk: RealDisk) -> None:
    gone = move_to_trash(deleted, disk=disk)
    deleted.write_bytes(b"another one")
    back = restore(gone, deleted, disk=disk)
    assert back == deleted.with_name("incident-2.toml")
    assert deleted.read_bytes() == b"another one"


def test_coming_back_makes_the_folder_again(deleted: Path) -> None:
    gone = move_to_trash(deleted)
    target = deleted.parent / "2024" / "incident.toml"
    assert restore(gone, target) == target


def test_a_link_goes_itself_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_bytes(b"x")
    link = tmp_path / "link.toml"
    link.symlink_to("real.toml")
    gone = move_to_trash(link)
    assert gone.is_symlink()
    assert not link.is_symlink()
    assert real.read_bytes() == b"x"
    restore(gone, link)
    assert link.read_bytes() == b"x"


def test_a_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        move_to_trash(tmp_path / "sub")


def test_a_file_that_is_gone_already(deleted: Path) -> None:
    deleted.unlink()
    with pytest.raises(UserError, match="no such file") as caught:
        move_to_trash(deleted)
    assert caught.value.exit_code == EXIT_FILE


def test_a_file_in_the_way_of_the_trash(deleted: Path) -> None:
    (deleted.parent / ".trash").write_bytes(b"")
    with pytest.raises(UserError, match="cannot be moved"):
        move_to_trash(deleted)
    assert deleted.exists()


class FailingElsewhere(FailingDisk):
    """A failing disk on which no file can be moved to another folder in one step."""

    def replace(self, source: Path, target: Path) -> None:
        self.step("replace")
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


@pytest.mark.parametrize("step", range(24))
@pytest.mark.parametrize("kind", [FailingDisk, FailingElsewhere])
def test_whatever_fails_the_file_is_whole_in_exactly_one_place(
    deleted: Path, kind: type[FailingDisk], step: int
) -> None:
    content = deleted.read_bytes()
    disk = kind(step, errno.EIO)
    raised: UserError | None = None
    gone = deleted
    try:
        gone = move_to_trash(deleted, disk=disk)
    except UserError as error:
        raised = error
    assert gone.read_bytes() == content
    trash = deleted.parent / ".trash"
    places = [deleted, *(trash.glob("*.toml") if trash.exists() else ())]
    # An empty file that only held a name free may stay if it cannot be removed.
    assert [path for path in places if path.exists() and path.read_bytes()] == [gone]
    if raised:
        assert gone == deleted
        assert raised.exit_code == EXIT_FILE
        assert "It is still where it was." in raised.detail
    assert disk.open == set()
