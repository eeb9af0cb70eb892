"""A folder for what nobody else may read: links and what belongs to others are never read or written through."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tests.workspace.disks import FailingDisk, names
from tui.workspace.disk import RealDisk
from tui.workspace.errors import UserError
from tui.workspace.private_folder import PrivateFolder


@pytest.fixture
def folder(tmp_path: Path) -> PrivateFolder:
    folder = PrivateFolder(tmp_path / "state" / "private")
    folder.make()
    return folder


def test_is_made_private_and_brought_to_the_disk(tmp_path: Path) -> None:
    disk = FailingDisk()
    before = os.umask(0)
    try:
        PrivateFolder(tmp_path / "state" / "private", disk=disk).make()
    finally:
        os.umask(before)
    for path in (tmp_path / "state", tmp_path / "state" / "private"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert disk.calls.count("sync_folder") == 2


def test_one_that_belongs_to_somebody_else_is_refused(folder: PrivateFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(UserError, match="not a folder of your own"):
        folder.make()
    (folder.path / "a.x").write_bytes(b"theirs")
    assert folder.files(".x") == []
    with pytest.raises(OSError, match="no file of your own"):
        folder.read(folder.path / "a.x", 100)


def test_only_regular_files_are_listed_and_read(folder: PrivateFolder, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"secret")
    (folder.path / "a.x").write_bytes(b"a")
    (folder.path / "b.x").symlink_to(victim)
    (folder.path / "c.x").mkdir()
    os.mkfifo(folder.path / "d.x")
    (folder.path / "e.y").write_bytes(b"e")
    assert [path.name for path, _ in folder.files(".x")] == ["a.x"]
    assert folder.read(folder.path / "a.x", 1) == b"a"
    for name in ("b.x", "c.x", "d.x"):
        with pytest.raises(OSError, match="no file of your own"):
            folder.read(folder.path / name, 100)


def test_a_file_that_is_exchanged_for_a_link_while_it_is_read(folder: PrivateFolder, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"secret")
    file = folder.path / "a.x"
    file.write_bytes(b"a")

    class Exchanging(RealDisk):
        def read(self, path: Path, limit: int) -> tuple[bytes, os.stat_result]:
            path.unlink()
            path.symlink_to(victim)
            return super().read(path, limit)

    with pytest.raises(OSError, match="exchanged"):
        PrivateFolder(folder.path, disk=Exchanging()).read(file, 100)


def test_no_more_is_read_than_is_allowed(folder: PrivateFolder) -> None:
    file = folder.path / "a.x"
    file.write_bytes(b"12345")
    assert folder.read(file, 5) == b"12345"
    with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
        folder.read(file, 4)


def test_writing_replaces_whole_files_and_not_what_links_lead_to(folder: PrivateFolder, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"keep")
    file = folder.path / "a.x"
    file.symlink_to(victim)
    folder.write(file, b"new")
    assert victim.read_bytes() == b"keep"
    assert (file.is_symlink(), file.read_bytes()) == (False, b"new")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert names(folder.path) == ["a.x"]
