"""Asking git, which is run as it is: no shell, no questions, nothing of its output on the screen.

Nor any program that the settings of a repository name: it may be one that somebody sent.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tui.workspace.errors import EXIT_FILE, UserError

SECONDS: Final = 60.0
"""How long an answer may take."""

_OPTIONS: Final = ("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")

MERGE_FAILED: Final = 128
"""From this exit code on, `git merge-file` has merged nothing; below, it is how many places are in conflict."""


def run_git(arguments: Sequence[str | Path], folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """What git says in a folder (default: this one), whatever its exit code.

    Raises:
        UserError: there is no git, or no such folder, or it takes too long.
    """
    command = ["git", *_OPTIONS, *map(str, arguments)]
    try:
        return subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        hint = "Try again; see whether `git status` answers."
        raise UserError("git gave no answer", f"It was stopped after {SECONDS:g} seconds.", hint, EXIT_FILE) from None
    except OSError as error:
        detail = f"{error.strerror or error}: {error.filename}."
        raise UserError(
            "git cannot be run", detail, "Install git, and see that it is on the PATH.", EXIT_FILE
        ) from None


def merge_plainly(
    base: Path, ours: Path, theirs: Path, *, size: int, labels: tuple[str, str, str], with_base: bool = False
) -> tuple[bytes, bool]:
    """What git makes of three files line by line, and whether nothing is in conflict.

    Conflicts are in the style that the person has set for git, or `with_base` in the one that has the base too.

    Raises:
        UserError: git can do nothing with them, for one because they are no text.
    """
    names = [option for label in labels for option in ("-L", label)]
    style = ["--diff3"] if with_base else []
    done = run_git(["merge-file", "-p", f"--marker-size={size}", *style, *names, "--", ours, base, theirs])
    if not 0 <= done.returncode < MERGE_FAILED:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise UserError(f"git cannot merge {ours}", said, "Resolve it by hand.", EXIT_FILE)
    return done.stdout, done.returncode == 0
