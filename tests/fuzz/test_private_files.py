"""What holds words of an incident besides its own file is for nobody else, also where new files are for everybody."""

from __future__ import annotations

import os
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas import edits, toml_file
from schemas.incident import Incident
from tests.workspace.journals import NOW
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.crashes import write_report
from tui.workspace.disk import RealDisk
from tui.workspace.export import export_markdown
from tui.workspace.keeping import Keeper
from tui.workspace.services import Services, edit_externally
from tui.workspace.session import DocumentSession
from tui.workspace.settings import save_theme, settings_path
from tui.workspace.state_folders import history_folder, journal_folder
from tui.workspace.storage import open_file
from tui.workspace.trash import move_to_trash


class Watched(RealDisk):
    """The real disk, which notes with which mode each file begins its life."""

    def __init__(self) -> None:
        self.made: dict[str, int] = {}

    def create(self, path: Path, mode: int) -> int:
        file = super().create(path, mode)
        self.made[path.name] = stat.S_IMODE(os.fstat(file).st_mode)
        return file


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """Everything that is made is for everybody unless its maker says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.lstat().st_mode)
        for path in [folder, *folder.rglob("*")]
    }  # fmt: skip


def private(folder: Path) -> None:
    """Nothing in the folder, nor the folder, can be reached by anybody else."""
    found = modes(folder)
    assert len(found) > 1
    for name, mode in found.items():
        assert mode in (0o700, 0o600), (name, oct(mode))


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666])
def test_journal_history_and_temporary_files_are_private(tmp_path: Path, home: Path, mode: int) -> None:
    path = tmp_path / "incident.toml"
    path.write_text(toml_file.dumps(Incident(title="old")), encoding="utf-8")
    path.chmod(mode)
    disk = Watched()
    opened = open_file(path, disk=disk)
    session = DocumentSession(opened.loaded.incident, path=path, fingerprint=opened.fingerprint, now=lambda: NOW)
    keeper = Keeper(session, Services.fake(disk=disk))
    keeper.start()
    try:
        session.execute(lambda doc: edits.set_field(doc, "title", "secret"), label="typing")
        assert keeper.flush()
        assert any("secret" in each.read_text(encoding="utf-8") for each in journal_folder().iterdir())
        private(home / "state")
        keeper.before_save(path)
        data = session.text().encode()
        session.mark_saved(path, atomic_write(path, data, expect=opened.fingerprint, disk=disk))
        keeper.file_taken_over()
        keeper.keep_version(path, data)
        assert len(list(history_folder().rglob("*.gz"))) == 2
        private(home / "state")
    finally:
        keeper.close()
    assert stat.S_IMODE(path.stat().st_mode) == mode
    begun = {name: begun for name, begun in disk.made.items() if not name.endswith((".lock", ".gitignore"))}
    assert begun
    assert set(begun.values()) == {0o600}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["incident.toml"]


def test_the_folders_above_are_private_where_they_were_missing(home: Path) -> None:
    session = DocumentSession(Incident(title="x"), now=lambda: NOW)
    keeper = Keeper(session, Services.fake())
    keeper.start()
    session.execute(lambda doc: edits.set_field(doc, "title", "secret"), label="typing")
    assert keeper.flush()
    private(home / "state")
    keeper.close()


def test_a_report_of_a_crash_is_private(home: Path) -> None:
    assert write_report(ValueError("secret")) is not None
    private(home / "state")


def test_what_an_editor_is_given_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: dict[str, int] = {}

    def editor(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        seen.update(modes(tmp_path))
        assert Path(command[-1]).read_text(encoding="utf-8") == "secret"
        return subprocess.CompletedProcess(command, 0)

    edit_externally("secret", ["editor"], "summary.md", run=editor)
    assert sorted(mode for name, mode in seen.items() if name != ".") == [0o600, 0o700]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("hostile", ["$(touch ran)", "; touch ran", "a b'c", "`touch ran`", "-rf", "../../x", "\n"])
def test_an_editor_is_run_without_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hostile: str) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    program = tmp_path / "editor"
    program.write_text('#!/bin/sh\nfor last; do :; done\nprintf "%s" "$*" > "$last"\n', encoding="utf-8")
    program.chmod(0o700)
    edited = edit_externally("text", [str(program), hostile, "$HOME"], hostile)
    assert edited is not None
    assert edited.startswith(f"{hostile} $HOME ".lstrip("\n")) or hostile == "\n"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["editor"]


def test_what_replaces_a_private_file_is_private_from_the_start(tmp_path: Path) -> None:
    disk = Watched()
    path = tmp_path / "incident.md"
    path.touch(mode=0o600)
    export_markdown(Incident(title="secret"), path, disk=disk)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    save_theme("postmortem-light")
    settings_path().chmod(0o600)
    save_theme("postmortem-dark", disk=disk)
    assert stat.S_IMODE(settings_path().stat().st_mode) == 0o600
    moved = move_to_trash(path, disk=disk)
    assert stat.S_IMODE(moved.stat().st_mode) == 0o600
    assert {mode for name, mode in disk.made.items() if name != ".gitignore"} == {0o600}
