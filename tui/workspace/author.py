"""Who sits at the keyboard: the name that comments and verdicts are signed with."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schemas.text import clean_line

if TYPE_CHECKING:
    import subprocess

SECONDS: Final = 2.0
"""How long git may take to say a name. Nobody waits longer for that."""

_MOST_LETTERS: Final = 200

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
"""Runs a program as `subprocess.run` does."""


def author_name(
    setting: str = "",
    *,
    folder: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    run: Run | None = None,
) -> str:
    """The person's name: the setting `author`, else git's `user.name` as it holds in `folder`, else `$USER`.

    May be empty. Git is asked once for each folder, without a shell, by `subprocess.run` if nothing else is given;
    that it is missing or slow is no fault.
    """
    if name := _clean(setting):
        return name
    if name := _name_in_git(folder, run):
        return name
    return next((name for key in ("USER", "LOGNAME", "USERNAME") if (name := _clean(environ.get(key, "")))), "")


@lru_cache(maxsize=64)
def _name_in_git(folder: Path | None, run: Run | None) -> str:
    import subprocess

    where: tuple[str, ...] = () if folder is None else ("-C", os.fspath(folder))
    options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": SECONDS, "check": False}
    try:
        answer = (run or subprocess.run)(["git", *where, "config", "--get", "user.name"], **options)
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return _clean(answer.stdout.decode("utf-8", "replace")) if answer.returncode == 0 else ""


def _clean(name: str) -> str:
    return clean_line(name).strip()[:_MOST_LETTERS]
