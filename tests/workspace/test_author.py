"""The name that comments are signed with: the person's setting, what git knows, or the name of the account."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.workspace.author import SECONDS, Run, author_name


def git_that(answer: Callable[[], tuple[int, bytes]]) -> tuple[Run, list[tuple[list[str], dict[str, Any]]]]:
    """A git that answers as told, and the list of how it was called."""
    calls: list[tuple[list[str], dict[str, Any]]] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        calls.append((command, options))
        code, out = answer()
        return subprocess.CompletedProcess(command, code, out, b"")

    return run, calls


def failing(error: Exception) -> Run:
    def run(*_: Any, **__: Any) -> subprocess.CompletedProcess[bytes]:
        raise error

    return run


def test_the_setting_comes_first_and_nobody_else_is_asked() -> None:
    run, calls = git_that(lambda: (0, b"Git Name\n"))
    assert author_name(" Ana ", environ={"USER": "ana"}, run=run) == "Ana"
    assert calls == []


def test_then_what_git_knows_in_that_folder(tmp_path: Path) -> None:
    run, calls = git_that(lambda: (0, "Zoë Quint\n".encode()))
    assert author_name("", folder=tmp_path, environ={"USER": "zoe"}, run=run) == "Zoë Quint"
    ((command, options),) = calls
    assert command == ["git", "-C", str(tmp_path), "config", "--get", "user.name"]
    assert options["timeout"] == SECONDS
    assert not options.get("shell")
    assert options["stdin"] == subprocess.DEVNULL


def test_git_is_asked_once_for_each_folder(tmp_path: Path) -> None:
    run, calls = git_that(lambda: (0, b"Ana\n"))
    for folder in (tmp_path, tmp_path, None, tmp_path / "other", None):
        author_name("", folder=folder, environ={}, run=run)
    assert len(calls) == 3


@pytest.mark.parametrize(
    "run",
    [
        git_that(lambda: (1, b""))[0],
        git_that(lambda: (0, b" \n"))[0],
        failing(FileNotFoundError("git")),
        failing(PermissionError("git")),
        failing(subprocess.TimeoutExpired("git", SECONDS)),
    ],
    ids=["unset", "blank", "missing", "forbidden", "slow"],
)
def test_a_git_that_says_nothing_is_no_fault(run: Run) -> None:
    assert author_name("", environ={"USER": "ana"}, run=run) == "ana"
    assert author_name("", environ={"LOGNAME": "ben"}, run=run) == "ben"
    assert author_name("", environ={"USER": " ", "USERNAME": "cleo"}, run=run) == "cleo"
    assert author_name("", environ={}, run=run) == ""


def test_no_name_can_drive_a_terminal() -> None:
    run, _ = git_that(lambda: (0, b"Ana\x1b[31m\xff\n"))
    assert author_name("", environ={}, run=run) == "Ana␛[31m\ufffd"
    assert author_name("x\ny" * 500, environ={}, run=run).startswith("x yx y")
    assert len(author_name("x" * 5000, environ={}, run=run)) == 200


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_with_a_real_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ana Example\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    assert author_name("", folder=tmp_path, environ={"USER": "ana"}) == "Ana Example"
