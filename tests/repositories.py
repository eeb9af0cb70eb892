"""Git repositories for tests: real ones, alike on every machine, that know nothing of the person who runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

FIRST_DAY: Final = 1_714_640_400
"""2024-05-02T09:00:00Z in seconds since 1970; each commit is an hour later than the one before."""


class Repository:
    """A repository in a folder, with one person who commits."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.commits = 0
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder.parent / f"{folder.name}.gitconfig"
        settings.write_text("[user]\nname = Kim Lee\nemail = kim@example.org\n[init]\ndefaultBranch = main\n")
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        # No repository that the tests themselves may lie in.
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
        self.git("init", "--quiet")

    def git(self, *arguments: str | Path, check: bool = True, **environment: str) -> str:
        """What git prints."""
        now = f"{FIRST_DAY + 3600 * self.commits} +0000"
        dates = {"GIT_AUTHOR_DATE": now, "GIT_COMMITTER_DATE": now}
        done = subprocess.run(
            ["git", *map(str, arguments)], cwd=self.folder, env=os.environ | dates | environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout

    def write(self, name: str, text: str) -> Path:
        """A file in the working tree."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def commit(self, message: str = "Change") -> str:
        """Commit everything as it is; the full hash."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        self.commits += 1
        return self.git("rev-parse", "HEAD").strip()
