"""Opening gives what is in the file, or says in plain words why not."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workspace.conftest import INCIDENT
from tests.workspace.disks import FailingDisk, WriteProtected
from tui.workspace.disk import RealDisk
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.storage import open_file, read_file


class TestOpening:
    def test_gives_the_incident_and_what_the_file_was(self, saved: Path) -> None:
        opened = open_file(saved)
        assert opened.loaded.incident == INCIDENT
        assert (opened.writable, opened.why_not) == (True, "")
        assert opened.fingerprint.size == saved.stat().st_size
        assert opened.fingerprint.inode == saved.stat().st_ino

    def test_a_link_opens_what_it_leads_to(self, saved: Path) -> None:
        link = saved.with_name("link.toml")
        link.symlink_to(saved.name)
        assert open_file(link).loaded.incident == INCIDENT

    def test_a_missing_file_offers_the_nearest_name(self, saved: Path) -> None:
        with pytest.raises(UserError) as caught:
            open_file(saved.with_name("incidnet.toml"))
        assert caught.value.exit_code == EXIT_FILE
        assert "no such file" in caught.value.detail
        assert str(saved) in caught.value.hint

    def test_a_missing_folder_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match=r"There is no folder .*/gone"):
            open_file(tmp_path / "gone" / "incident.toml")

    def test_a_link_to_nothing_is_told_from_a_missing_file(self, tmp_path: Path) -> None:
        link = tmp_path / "link.toml"
        link.symlink_to("nowhere.toml")
        with pytest.raises(UserError, match="link to a file that is not there"):
            open_file(link)

    def test_a_circle_of_links(self, tmp_path: Path) -> None:
        link = tmp_path / "link.toml"
        link.symlink_to("link.toml")
        with pytest.raises(UserError, match="circle"):
            open_file(link)

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="is a folder") as caught:
            open_file(tmp_path)
        assert caught.value.exit_code == EXIT_FILE

    def test_a_pipe_does_not_make_it_wait(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe.toml"
        os.mkfifo(pipe)
        code = (
            "import sys; from pathlib import Path; from tui.workspace.storage import open_file, UserError\n"
            "try: open_file(Path(sys.argv[1]))\n"
            "except UserError as error: print(error.title)"
        )
        done = subprocess.run([sys.executable, "-c", code, str(pipe)], capture_output=True, timeout=60, check=True)
        assert done.stdout.decode().strip() == f"{pipe} is a pipe"

    def test_a_pipe_put_in_the_place_of_a_file_does_not_make_it_wait_either(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe.toml"
        os.mkfifo(pipe)
        data, known = RealDisk().read(pipe, 10)
        assert data == b""
        assert stat.S_ISFIFO(known.st_mode)

    def test_a_device(self) -> None:
        with pytest.raises(UserError, match="is a device"):
            open_file(Path(os.devnull))

    def test_a_file_that_is_far_too_large_is_not_read(self, tmp_path: Path) -> None:
        path = tmp_path / "huge.toml"
        with path.open("wb") as stream:
            stream.truncate(65 * 1024 * 1024)
        disk = FailingDisk()
        with pytest.raises(UserError, match="too large") as caught:
            open_file(path, disk=disk)
        assert caught.value.exit_code == EXIT_FILE
        assert "read" not in disk.calls

    def test_a_file_that_grows_while_it_is_read_is_not_cut(self, tmp_path: Path) -> None:
        path = tmp_path / "log.toml"
        path.write_bytes(b"x" * 11)
        with pytest.raises(UserError, match="too large"):
            read_file(path, limit=10)
        assert read_file(path, limit=11)[0] == b"x" * 11

    def test_a_broken_file_names_line_and_column(self, saved: Path) -> None:
        saved.write_text('title = "x"\nstatus = draft\n', encoding="utf-8")
        with pytest.raises(UserError) as caught:
            open_file(saved)
        assert caught.value.title.startswith(f"{saved}:2:")
        assert caught.value.exit_code == EXIT_FILE
        assert caught.value.detail
        assert caught.value.hint

    @pytest.mark.parametrize("protected", ["incident.toml", "."])
    def test_says_why_a_file_can_only_be_read(self, saved: Path, protected: str) -> None:
        opened = open_file(saved, disk=WriteProtected(saved.parent / protected))
        assert not opened.writable
        assert "write-protected" in opened.why_not

    def test_a_newer_format_can_only_be_read(self, saved: Path) -> None:
        saved.write_text('format = 99\ntitle = "x"\n', encoding="utf-8")
        opened = open_file(saved)
        assert not opened.writable
        assert "newer version" in opened.why_not

    @pytest.mark.parametrize("step", ["stat", "read", "resolve"])
    def test_whatever_fails_is_one_plain_error(self, saved: Path, step: str) -> None:
        calls = FailingDisk()
        open_file(saved, disk=calls)
        with pytest.raises(UserError, match="disk reports a fault") as caught:
            open_file(saved, disk=FailingDisk(calls.calls.index(step), errno.EIO))
        assert caught.value.exit_code == EXIT_FILE

    def test_names_of_files_cannot_drive_the_terminal(self, tmp_path: Path) -> None:
        with pytest.raises(UserError) as caught:
            open_file(tmp_path / "a\x1b]52;c;x\x07.toml")
        assert "\x1b" not in str(caught.value)
