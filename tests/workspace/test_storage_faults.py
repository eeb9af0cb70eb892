"""Every call to the file system fails once, in every way: the old file or the new one is whole, and nothing is left."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

import pytest

from tests.workspace.disks import FailingDisk, OtherFileSystems, names
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.storage import read_file

OLD: Final = b"old content, " * 100
NEW: Final = b"new content, " * 200
ERRORS: Final = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EDQUOT, errno.ENOTRECOVERABLE)
UNHARMED: Final = {"sync_folder", "remove", "link"}
"""Steps that a save can do without: the content is in its place already, or gets there another way."""


def save(path: Path, disk: FailingDisk, *, new: bool, expecting: bool) -> None:
    expect = read_file(path)[1] if expecting else None
    atomic_write(path, NEW, expect=expect, new=new, disk=disk)


def steps(*, new: bool, expecting: bool) -> int:
    """An upper bound for the calls of one save."""
    return 9 if new else 10 + 4 * expecting


CASES = [
    pytest.param(new, expecting, step, id=f"{'new' if new else 'old'}{'-expecting' * expecting}-{step}")
    for new, expecting in ((False, False), (False, True), (True, False))
    for step in range(steps(new=new, expecting=expecting))
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda number: errno.errorcode[number])
@pytest.mark.parametrize(("new", "expecting", "step"), CASES)
def test_one_step_fails(tmp_path: Path, new: bool, expecting: bool, step: int, error: int) -> None:
    target = tmp_path / "incident.toml"
    if not new:
        target.write_bytes(OLD)
        target.chmod(0o640)
    disk = FailingDisk(step, error)
    raised: UserError | None = None
    try:
        save(target, disk, new=new, expecting=expecting)
    except UserError as caught:
        raised = caught
    assert disk.open == set(), "a file was left open"
    content = target.read_bytes() if target.exists() else None
    if not disk.failed or disk.failed in UNHARMED:
        assert raised is None
        assert content == NEW
    else:
        assert raised is not None, f"{disk.failed} failed and nobody was told"
        assert raised.exit_code == EXIT_FILE
        assert raised.title
        assert raised.detail
        assert raised.hint
        assert content == (None if new else OLD)
        assert new or target.stat().st_mode & 0o777 == 0o640
    left = [name for name in names(tmp_path) if name != target.name]
    # A temporary file that cannot be removed after all went well is the only thing that may stay.
    assert left == [] or (disk.failed == "remove" and len(left) == 1)


@pytest.mark.parametrize(("new", "expecting"), [(False, False), (False, True), (True, False)])
def test_the_cases_above_fail_every_step_there_is(tmp_path: Path, new: bool, expecting: bool) -> None:
    target = tmp_path / "incident.toml"
    if not new:
        target.write_bytes(OLD)
    disk = FailingDisk()
    save(target, disk, new=new, expecting=expecting)
    assert len(disk.calls) == steps(new=new, expecting=expecting)
    must = {"create", "write", "sync", "close", "sync_folder", "link" if new else "replace"}
    assert must <= set(disk.calls)
    assert disk.calls.index("sync") < disk.calls.index("link" if new else "replace") < disk.calls.index("sync_folder")


def test_without_hard_links_a_failed_replacement_gives_the_name_free_again(tmp_path: Path) -> None:
    class Failing(OtherFileSystems):
        def replace(self, source: Path, target: Path) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(UserError, match="disk is full"):
        atomic_write(tmp_path / "new.toml", NEW, new=True, disk=Failing())
    assert names(tmp_path) == []


def test_an_interruption_leaves_nothing_either(tmp_path: Path) -> None:
    target = tmp_path / "incident.toml"
    target.write_bytes(OLD)

    class Interrupted(FailingDisk):
        def sync(self, file: int) -> os.stat_result:
            raise KeyboardInterrupt

    disk = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        atomic_write(target, NEW, disk=disk)
    assert target.read_bytes() == OLD
    assert names(tmp_path) == ["incident.toml"]
    assert disk.open == set()


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "share of the disk"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "not allowed to write in"),
        (errno.ENOTRECOVERABLE, "The system says"),
    ],
)
def test_each_reason_has_its_own_words(tmp_path: Path, error: int, word: str) -> None:
    target = tmp_path / "incident.toml"
    target.write_bytes(OLD)
    calls = FailingDisk()
    atomic_write(target, OLD, disk=calls)
    with pytest.raises(UserError) as caught:
        atomic_write(target, NEW, disk=FailingDisk(calls.calls.index("write"), error))
    assert word in caught.value.detail
    assert "as it was" in caught.value.detail
    assert caught.value.title == f"{target} cannot be saved"
