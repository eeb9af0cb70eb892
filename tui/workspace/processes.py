"""Which process wrote something down, and whether it still runs."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from schemas.text import clean_line

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


class Process(Struct, frozen=True):
    """A process of some machine: names of host and user, its number, and what tells it from a later one.

    `boot` tells one start of a machine from the next, and `started` is when the process was started in ticks since
    then; both are empty where the system does not say. All of it is safe to print.
    """

    host: str
    user: str
    pid: int
    boot: str = ""
    started: str = ""

    def as_data(self) -> dict[str, str | int]:
        """As a table that can be written as JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: object) -> Process | None:
        """Read what `as_data` gave, after who knows what happened to it; None if it names no process."""
        if not isinstance(data, Mapping) or type(data.get("pid")) is not int:
            return None
        words = {name: data.get(name, "") for name in ("host", "user", "boot", "started")}
        if not all(isinstance(word, str) for word in words.values()) or not 0 < data["pid"] < 1 << 31:
            return None
        return cls(pid=data["pid"], **{name: clean_line(word)[:200] for name, word in words.items()})

    def same_machine(self, other: Process) -> bool:
        """Whether both run, or ran, on one machine that was not started anew in between, as far as it can be told."""
        return self.host == other.host and self.boot == other.boot


def this_process() -> Process:
    """The process that asks."""
    return _process(os.getpid())


@cache
def _process(pid: int) -> Process:
    return Process(clean_line(os.uname().nodename), _user(), pid, _boot(), started(pid))


def is_alive(process: Process, here: Process | None = None, when: Callable[[int], str] | None = None) -> bool | None:
    """Whether a process still runs; None if that cannot be told from here, because it is of another machine.

    A number that was given to another process since is not taken for the first one where the system tells when a
    process was started. `here` is the process that asks.
    """
    here = here or this_process()
    if process.host != here.host:
        return None
    if process.boot != here.boot:
        return False
    try:
        os.kill(process.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # another user's: it is there
    now = (when or started)(process.pid)
    return not (process.started and now and now != process.started)


def started(pid: int) -> str:
    """When a process was started, in clock ticks since the machine was; empty where the system does not say (only
    Linux does, see proc_pid_stat(5))."""
    try:
        # The name of the program, in brackets, may itself hold spaces and brackets.
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _boot() -> str:
    try:
        return _BOOT.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _user() -> str:
    try:
        return clean_line(pwd.getpwuid(os.geteuid()).pw_name)
    except KeyError:
        return str(os.geteuid())
