"""`postmortem merge-driver` for a git that calls it hundreds of times: the program is loaded once and forked for each.

Loading it takes a fifth of a second. Git calls a line of shell that passes the arguments on and ends with the exit code
that comes back; what it is answered by is the program itself, in a process and with files of its own.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Warm:
    """The command for git's `merge.NAME.driver`, without its arguments, and the file that what it says goes to."""

    command: str
    said: Path


@contextmanager
def warm_driver(folder: Path) -> Iterator[Warm]:
    """The program, which waits as long as this lasts. `folder` must not be there yet."""
    folder.mkdir()
    ask, answer = folder / "ask", folder / "answer"
    os.mkfifo(ask)
    os.mkfifo(answer)
    command = folder / "driver"
    command.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$PWD" "$@" > "{ask}"\nread code < "{answer}"\nexit "$code"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    warm = Warm(f"'{command}'", folder / "said")
    away = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(ROOT)}
    with warm.said.open("wb") as said:
        waiting = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.warm_driver", ask, answer], cwd=ROOT, stdin=subprocess.DEVNULL,
            stdout=said, stderr=said, env={**os.environ, **away},
        )  # fmt: skip
    try:
        yield warm
    finally:
        waiting.kill()
        waiting.wait()


def _wait(ask: Path, answer: Path) -> None:
    """Carry out what is asked for, one call after the other, for ever."""
    for late in ("schemas.conflict_markers", "schemas.merge_file", "tui.workspace.plain_git", "tui.workspace.services"):
        import_module(late)
    from tui.cli.main import run

    gc.freeze()  # what is loaded is shared with each child instead of copied
    while True:
        place, *arguments = ask.read_text(encoding="utf-8").splitlines()
        child = os.fork()
        if child == 0:
            os.chdir(place)
            os._exit(run(["merge-driver", *arguments]))
        _, status = os.waitpid(child, 0)
        answer.write_text(f"{os.waitstatus_to_exitcode(status)}\n", encoding="utf-8")


if __name__ == "__main__":
    _wait(Path(sys.argv[1]), Path(sys.argv[2]))
