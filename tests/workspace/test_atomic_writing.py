"""Saving replaces whole files or nothing, and never another person's change."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tests.workspace.conftest import INCIDENT
from tests.workspace.disks import OtherFileSystems, WriteProtected, names
from tui.workspace.atomic_writing import FileChanged, FileExists, atomic_write, place
from tui.workspace.disk import RealDisk
from tui.workspace.errors import EXIT_CHANGED, EXIT_FILE, UserError
from tui.workspace.fingerprint import Fingerprint, has_changed
from tui.workspace.storage import open_file, read_file


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestSaving:
    def test_replaces_the_content_and_keeps_nothing_else(self, saved: Path) -> None:
        fingerprint = atomic_write(saved, b"new")
        assert saved.read_bytes() == b"new"
        assert names(saved.parent) == ["incident.toml"]
        assert fingerprint == read_file(saved)[1]

    def test_the_fingerprint_serves_for_the_next_save(self, saved: Path) -> None:
        first = atomic_write(saved, b"one", expect=open_file(saved).fingerprint)
        second = atomic_write(saved, b"two", expect=first)
        assert saved.read_bytes() == b"two"
        assert not has_changed(saved, second)
        assert has_changed(saved, first)

    def test_an_empty_and_a_large_content(self, saved: Path) -> None:
        for data in (b"", os.urandom(3_000_000)):
            atomic_write(saved, data)
            assert saved.read_bytes() == data

    @pytest.mark.parametrize("bits", [0o600, 0o640, 0o644, 0o664, 0o755])
    def test_keeps_the_permission_bits(self, saved: Path, bits: int) -> None:
        saved.chmod(bits)
        atomic_write(saved, b"new")
        assert mode(saved) == bits

    def test_the_new_content_of_a_private_file_is_private_from_the_start(self, saved: Path) -> None:
        saved.chmod(0o600)
        seen = []

        class Watching(RealDisk):
            def write(self, file: int, data: bytes) -> None:
                seen.append(stat.S_IMODE(os.fstat(file).st_mode))
                super().write(file, data)

        atomic_write(saved, b"new", disk=Watching())
        assert seen == [0o600]

    @pytest.mark.parametrize("new", [True, False])
    def test_a_new_file_has_the_usual_permissions(self, tmp_path: Path, new: bool) -> None:
        before = os.umask(0o027)
        try:
            atomic_write(tmp_path / "new.toml", b"x", new=new)
        finally:
            os.umask(before)
        assert mode(tmp_path / "new.toml") == 0o640

    @pytest.mark.parametrize(("bits", "kept"), [(0o640, 0o600), (0o664, 0o644), (0o606, 0o606), (0o600, 0o600)])
    def test_a_group_that_cannot_be_kept_does_not_let_another_one_in(
        self, saved: Path, monkeypatch: pytest.MonkeyPatch, bits: int, kept: int
    ) -> None:
        def refuse(file: int, user: int, group: int) -> None:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        class Foreign(RealDisk):
            def set_owner(self, file: int, like: os.stat_result) -> int:
                foreign = list(like)
                foreign[stat.ST_UID], foreign[stat.ST_GID] = like.st_uid + 1, like.st_gid + 1
                return super().set_owner(file, os.stat_result(foreign))

        saved.chmod(bits)
        monkeypatch.setattr(os, "fchown", refuse)
        atomic_write(saved, b"new", disk=Foreign())
        assert saved.read_bytes() == b"new"
        assert mode(saved) == kept

    def test_a_link_stays_and_what_it_leads_to_is_replaced(self, tmp_path: Path) -> None:
        real = tmp_path / "real" / "incident.toml"
        real.parent.mkdir()
        real.write_bytes(b"old")
        link = tmp_path / "link.toml"
        link.symlink_to("real/incident.toml")
        atomic_write(link, b"new", expect=read_file(link)[1])
        assert link.is_symlink()
        assert real.read_bytes() == b"new"
        assert names(tmp_path) == ["link.toml", "real"]
        assert names(real.parent) == ["incident.toml"]

    def test_a_link_to_nothing_makes_what_it_leads_to(self, tmp_path: Path) -> None:
        link = tmp_path / "link.toml"
        link.symlink_to("real.toml")
        atomic_write(link, b"new")
        assert link.is_symlink()
        assert (tmp_path / "real.toml").read_bytes() == b"new"

    def test_in_a_path_relative_to_here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        atomic_write(Path("incident.toml"), b"new", new=True)
        assert (tmp_path / "incident.toml").read_bytes() == b"new"

    @pytest.mark.parametrize("what", ["folder", "pipe"])
    def test_never_takes_the_place_of_what_is_no_file(self, tmp_path: Path, what: str) -> None:
        target = tmp_path / "target"
        target.mkdir() if what == "folder" else os.mkfifo(target)
        with pytest.raises(UserError, match=f"is a {what}"):
            atomic_write(target, b"new")
        assert names(tmp_path) == ["target"]
        assert not target.is_file()

    def test_a_write_protected_file_stays(self, saved: Path) -> None:
        with pytest.raises(UserError, match="write-protected"):
            atomic_write(saved, b"new", disk=WriteProtected(saved))
        assert open_file(saved).loaded.incident == INCIDENT

    def test_a_missing_folder(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match=r"The folder .*/gone is not there") as caught:
            atomic_write(tmp_path / "gone" / "incident.toml", b"new")
        assert caught.value.exit_code == EXIT_FILE

    def test_a_name_that_is_too_long(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="too long"):
            atomic_write(tmp_path / ("x" * 300), b"new")
        assert names(tmp_path) == []

    def test_the_longest_name_that_is_allowed(self, tmp_path: Path) -> None:
        target = tmp_path / ("x" * 255)
        atomic_write(target, b"old", new=True)
        atomic_write(target, b"new")
        assert target.read_bytes() == b"new"


class TestChangedUnderneath:
    def test_another_content_is_not_overwritten(self, saved: Path) -> None:
        expect = open_file(saved).fingerprint
        saved.write_bytes(b"theirs")
        with pytest.raises(FileChanged) as caught:
            atomic_write(saved, b"mine", expect=expect)
        assert caught.value.exit_code == EXIT_CHANGED
        assert not caught.value.gone
        assert saved.read_bytes() == b"theirs"
        assert names(saved.parent) == ["incident.toml"]

    def test_content_counts_even_if_size_and_date_are_the_same(self, saved: Path) -> None:
        known = saved.stat()
        expect = open_file(saved).fingerprint
        saved.write_bytes(b"#" * known.st_size)
        os.utime(saved, ns=(known.st_atime_ns, known.st_mtime_ns))
        with pytest.raises(FileChanged):
            atomic_write(saved, b"mine", expect=expect)

    def test_another_date_alone_is_no_change(self, saved: Path) -> None:
        expect = open_file(saved).fingerprint
        os.utime(saved, ns=(1, 1))
        assert not has_changed(saved, expect)
        atomic_write(saved, b"mine", expect=expect)
        assert saved.read_bytes() == b"mine"

    def test_a_file_that_is_gone(self, saved: Path) -> None:
        expect = open_file(saved).fingerprint
        saved.unlink()
        assert has_changed(saved, expect)
        with pytest.raises(FileChanged) as caught:
            atomic_write(saved, b"mine", expect=expect)
        assert caught.value.gone
        assert names(saved.parent) == []

    def test_a_change_at_the_last_moment(self, saved: Path) -> None:
        expect = open_file(saved).fingerprint

        class Meanwhile(RealDisk):
            def sync(self, file: int) -> os.stat_result:
                saved.write_bytes(b"theirs")
                return super().sync(file)

        with pytest.raises(FileChanged):
            atomic_write(saved, b"mine", expect=expect, disk=Meanwhile())
        assert saved.read_bytes() == b"theirs"
        assert names(saved.parent) == ["incident.toml"]

    def test_a_fingerprint_compares_by_content(self) -> None:
        one = Fingerprint(3, 1, 1, "abc")
        assert one.same_content(Fingerprint(3, 2, 2, "abc"))
        assert not one.same_content(Fingerprint(3, 1, 1, "abd"))


class TestNewFiles:
    @pytest.mark.parametrize("disk", [RealDisk(), OtherFileSystems()], ids=["links", "no links"])
    def test_are_made(self, tmp_path: Path, disk: RealDisk) -> None:
        target = tmp_path / "new.toml"
        assert atomic_write(target, b"x", new=True, disk=disk).sha256 == read_file(target)[1].sha256
        assert names(tmp_path) == ["new.toml"]

    @pytest.mark.parametrize("what", ["file", "folder", "link to nothing"])
    def test_never_take_the_place_of_anything(self, tmp_path: Path, what: str) -> None:
        target = tmp_path / "taken"
        if what == "file":
            target.write_bytes(b"old")
        elif what == "folder":
            target.mkdir()
        else:
            target.symlink_to("nowhere")
        with pytest.raises(FileExists) as caught:
            atomic_write(target, b"new", new=True)
        assert caught.value.exit_code == EXIT_FILE
        assert names(tmp_path) == ["taken"]
        assert what != "file" or target.read_bytes() == b"old"

    @pytest.mark.parametrize("base", [RealDisk, OtherFileSystems])
    def test_not_even_of_one_that_came_at_the_last_moment(self, tmp_path: Path, base: type[RealDisk]) -> None:
        target = tmp_path / "new.toml"

        class Meanwhile(base):  # type: ignore[misc, valid-type]
            def sync(self, file: int) -> os.stat_result:
                target.write_bytes(b"theirs")
                return super().sync(file)  # type: ignore[no-any-return]

        with pytest.raises(FileExists):
            atomic_write(target, b"mine", new=True, disk=Meanwhile())
        assert target.read_bytes() == b"theirs"
        assert names(tmp_path) == ["new.toml"]

    def test_a_move_onto_a_taken_name_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"a")
        (tmp_path / "b").write_bytes(b"b")
        with pytest.raises(FileExists):
            place(tmp_path / "a", tmp_path / "b", RealDisk())
        assert (tmp_path / "b").read_bytes() == b"b"
