"""Disks that fail on purpose."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tui.workspace.disk import RealDisk

T = TypeVar("T")


class FailingDisk(RealDisk):
    """The real disk, except that its call number `fail_at` (from 0) raises; notes every call and every open file."""

    def __init__(self, fail_at: int | None = None, error: int = errno.ENOSPC) -> None:
        self.fail_at = fail_at
        self.error = error
        self.calls: list[str] = []
        self.open: set[int] = set()
        self.failed = ""

    def step(self, name: str, before: Callable[[], object] | None = None) -> None:
        number = len(self.calls)
        self.calls.append(name)
        if number == self.fail_at:
            self.failed = name
            if before:
                before()
            raise OSError(self.error, os.strerror(self.error))

    def resolve(self, path: Path) -> Path:
        self.step("resolve")
        return super().resolve(path)

    def stat(self, path: Path) -> os.stat_result:
        self.step("stat")
        return super().stat(path)

    def lstat(self, path: Path) -> os.stat_result:
        self.step("lstat")
        return super().lstat(path)

    def read(self, path: Path, limit: int) -> tuple[bytes, os.stat_result]:
        self.step("read")
        return super().read(path, limit)

    def create(self, path: Path, mode: int) -> int:
        self.step("create")
        file = super().create(path, mode)
        self.open.add(file)
        return file

    def write(self, file: int, data: bytes) -> None:
        # A full disk takes the first half.
        self.step("write", lambda: os.write(file, data[: len(data) // 2]))
        super().write(file, data)

    def set_owner(self, file: int, like: os.stat_result) -> int:
        self.step("set_owner")
        return super().set_owner(file, like)

    def set_mode(self, file: int, mode: int) -> None:
        self.step("set_mode")
        super().set_mode(file, mode)

    def sync(self, file: int) -> os.stat_result:
        self.step("sync")
        return super().sync(file)

    def close(self, file: int) -> None:
        super().close(file)
        self.open.discard(file)
        self.step("close")

    def replace(self, source: Path, target: Path) -> None:
        self.step("replace")
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        self.step("link")
        super().link(source, target)

    def remove(self, path: Path) -> None:
        self.step("remove")
        super().remove(path)

    def make_folder(self, path: Path, mode: int = 0o777) -> None:
        self.step("make_folder")
        super().make_folder(path, mode)

    def sync_folder(self, path: Path) -> None:
        self.step("sync_folder")
        super().sync_folder(path)


class OtherFileSystems(RealDisk):
    """Every folder is a file system of its own, and none of them has hard links."""

    def replace(self, source: Path, target: Path) -> None:
        if source.parent != target.parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))


class WriteProtected(RealDisk):
    """Nothing may be written: what the administrator of a machine never sees on a real one."""

    def __init__(self, *protected: Path) -> None:
        self.protected = protected

    def may_write(self, path: Path) -> bool:
        return path not in self.protected and super().may_write(path)


def names(folder: Path) -> list[str]:
    """What is in a folder, hidden files too."""
    return sorted(each.name for each in folder.iterdir())
