"""A program that saves a file over and over in processes that kill themselves, each at a later call to the disk.

Run as `python -m tests.workspace.killed_saves FOLDER old|new`. For each call it makes a folder with its number.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.workspace.disks import FailingDisk
from tui.workspace.atomic_writing import atomic_write

OLD = b"old content, " * 1000
NEW = b"new content, " * 2000


class Deadly(FailingDisk):
    """Kills the process at its call number `fail_at`; a write is cut in the middle."""

    def step(self, name: str, before: object = None) -> None:
        if len(self.calls) == self.fail_at:
            if callable(before):
                before()
            os.kill(os.getpid(), signal.SIGKILL)
        self.calls.append(name)


def main(folder: Path, kind: str) -> None:
    for step in range(40):
        place = folder / f"{step:02d}"
        place.mkdir()
        target = place / "incident.toml"
        if kind == "old":
            target.write_bytes(OLD)
            target.chmod(0o640)
        child = os.fork()
        if child == 0:
            atomic_write(target, NEW, new=kind == "new", disk=Deadly(step))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            print(step)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
