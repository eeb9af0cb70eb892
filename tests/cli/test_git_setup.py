"""`postmortem git-setup`: shows what it writes, asks, writes it once, and git then merges with it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Cli
from tui.cli.git_setup import ATTRIBUTES


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    folder = tmp_path / "incidents"
    folder.mkdir()
    return folder


def config(folder: Path) -> dict[str, str]:
    done = subprocess.run(
        ["git", "config", "--local", "--list", "-z"], cwd=folder, capture_output=True, text=True, check=True
    )
    return dict(entry.split("\n", 1) for entry in done.stdout.split("\0") if "postmortem" in entry)


def test_it_shows_what_it_writes_and_writes_that(cli: Cli, clone: Path) -> None:
    result = cli("git-setup", clone, "--yes")
    assert (result.code, result.err) == (0, "")
    assert (clone / ".gitattributes").read_text() == f"{ATTRIBUTES}\n"
    settings = config(clone)
    assert (
        " merge-driver --marker-size %L -L %X -L %S -L %Y -- %O %A %B %P || { " in settings["merge.postmortem.driver"]
    )
    assert settings["diff.postmortem.command"].endswith(" diff --driver")
    for line in (ATTRIBUTES, *(f"{key} = {value}" for key, value in settings.items())):
        assert f"    {line}\n" in result.out
    assert set(settings) == {
        "merge.postmortem.name", "merge.postmortem.driver", "merge.postmortem.recursive", "diff.postmortem.command",
        "diff.postmortem.xfuncname",
    }  # fmt: skip


def test_a_second_time_there_is_nothing_to_do(cli: Cli, clone: Path) -> None:
    cli("git-setup", clone, "--yes")
    before = (clone / ".gitattributes").read_bytes(), config(clone)
    result = cli("git-setup", clone)
    assert (result.code, result.out) == (0, f"git merges and shows the incidents in {clone} with this program.\n")
    assert before == ((clone / ".gitattributes").read_bytes(), config(clone))
    assert cli("git-setup", clone, "--check").code == 0


def test_check_writes_nothing(cli: Cli, clone: Path) -> None:
    result = cli("git-setup", clone, "--check")
    assert result.code == 1
    assert ATTRIBUTES in result.out
    assert not (clone / ".gitattributes").exists()
    assert config(clone) == {}


def test_without_a_terminal_it_cannot_ask(cli: Cli, clone: Path) -> None:
    result = cli("git-setup", clone)
    assert result.code == 2
    assert "hint: Add --yes" in result.err
    assert not (clone / ".gitattributes").exists()
    assert config(clone) == {}


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 1)])
def test_at_a_terminal_it_asks(
    terminal: Cli, clone: Path, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int
) -> None:
    asked: list[str] = []

    def confirm(question: str) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr(click, "confirm", confirm)
    assert terminal("git-setup", clone).code == code
    assert asked == ["Write this?"]
    assert (clone / ".gitattributes").exists() is answer
    assert bool(config(clone)) is answer


def test_what_stands_in_the_files_stays(cli: Cli, clone: Path) -> None:
    (clone / ".gitattributes").write_bytes(b"*.png binary")
    subprocess.run(["git", "config", "merge.postmortem.driver", "old"], cwd=clone, check=True)
    assert "(now: old)" in cli("git-setup", clone, "--yes").out
    assert (clone / ".gitattributes").read_bytes() == f"*.png binary\n{ATTRIBUTES}\n".encode()


def test_a_line_higher_up_is_enough(cli: Cli, clone: Path) -> None:
    (clone.parent / ".gitattributes").write_text("*.toml   diff=postmortem merge=postmortem\n")
    assert cli("git-setup", clone, "--yes").code == 0
    assert not (clone / ".gitattributes").exists()


def test_a_link_is_not_followed(cli: Cli, clone: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("")
    (clone / ".gitattributes").symlink_to(outside)
    result = cli("git-setup", clone, "--yes")
    assert result.code == 3
    assert outside.read_text() == ""


def test_outside_a_repository_it_says_so(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = cli("git-setup", tmp_path)
    assert result.code == 2
    assert "is in no git repository" in result.err
    assert cli("git-setup", tmp_path / "nowhere").code == 2


def test_a_machine_without_git(cli: Cli, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = cli("git-setup", clone)
    assert result.code == 3
    assert "git cannot be run" in result.err
