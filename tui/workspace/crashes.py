"""What is left of a fault of the program: a short account for the person, a report for whoever mends it.

A report says where in the program it happened and what kind of fault it was. It holds no values of variables, and of
the fault's own words nothing that stands between quotes: both can be text of the document.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from schemas.patterns import late
from schemas.text import clean_line, clean_prose, shorten
from schemas.version import VERSION
from tui.workspace.errors import shown

DEBUG: Final = "POSTMORTEM_DEBUG"
"""The environment variable that asks for tracebacks."""
MOST_REPORTS: Final = 20
_ENDING: Final = ".txt"
_MOST_FAULTS: Final = 8
_MOST_FRAMES: Final = 60
_MOST_SAID: Final = 300
_QUOTED: Final = late("(?<!\\w)(?:'[^']*(?:'|$)|\"[^\"]*(?:\"|$)|“[^”]*(?:”|$)|`[^`]*(?:`|$))")


class Crashed(Exception):
    """The program broke off because of a fault of its own, and the screen is gone.

    `error` is the fault and `report` where it is told in full, None if that could not be written. `kept` says what
    became of words that were not saved: True if they are on the disk, False if they are lost, None if there were none.
    """

    def __init__(self, error: BaseException, report: Path | None = None, kept: bool | None = None) -> None:
        super().__init__(error, report, kept)
        self.error = error
        self.report = report
        self.kept = kept


def named(error: BaseException) -> str:
    """A fault in one line, safe to show and to hand on: its kind and its words, without what is quoted in them."""
    try:
        words = shorten(_QUOTED.sub("'…'", str(error)[: 4 * _MOST_SAID]), _MOST_SAID)
    except Exception:
        words = ""
    kind = clean_line(type(error).__name__)
    return f"{kind}: {words}" if words else kind


def place(error: BaseException) -> str:
    """Where in the program it happened, and in which version."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    where = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}, " if frames else ""  # noqa: PTH119
    return f"{where}postmortem {VERSION}, Python {sys.version.split()[0]}"


def account(error: BaseException) -> str:
    """The whole report: each fault that led to the next, with the lines of the program that it went through."""
    import traceback

    parts = [f"postmortem {VERSION}, Python {sys.version.split()[0]}, {' '.join(os.uname()[::4])}\n"]
    faults: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in faults and len(faults) < _MOST_FAULTS:
        faults.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    for fault in reversed(faults):
        frames = traceback.extract_tb(fault.__traceback__)
        if len(frames) > _MOST_FRAMES:
            half = _MOST_FRAMES // 2
            frames = traceback.StackSummary.from_list([*frames[:half], *frames[-half:]])
        parts.append(f"\n{''.join(frames.format())}{named(fault)}\n")
    return clean_prose("".join(parts))


def told(crash: Crashed) -> list[str]:
    """What to say on stderr, line by line."""
    kept = {
        True: "What you typed is kept: it comes back at the next start.",
        False: "What was not saved could not be kept either.",
        None: "",
    }[crash.kept]
    lines = [f"error: a fault in the program itself: {named(crash.error)}", f"  {place(crash.error)}"]
    if kept:
        lines.append(f"  {kept}")
    if crash.report is not None:
        lines.append(f"hint: Please report it with {shown(crash.report)}, and say what you did before.")
    else:
        lines.append(f"hint: Please report these lines and what you did before; {DEBUG}=1 in front of it adds details.")
    return lines


def write_report(error: BaseException, *, folder: Path | None = None, now: datetime | None = None) -> Path | None:
    """Write a report into the folder of reports, and remove the oldest beyond `MOST_REPORTS`. Never raises.

    Returns where it is, None if it cannot be written.
    """
    try:
        from tui.workspace.private_folder import PrivateFolder
        from tui.workspace.state_folders import crash_folder

        private = PrivateFolder(folder or crash_folder())
        private.make()
        at = now or datetime.now(UTC)
        path = private.path / f"{at:%Y-%m-%d-%H%M%S-%f}-{os.getpid()}{_ENDING}"
        private.write(path, f"{at:%Y-%m-%d %H:%M:%S} UTC\n{account(error)}".encode())
        with suppress(OSError):
            for old, _ in private.files(_ENDING)[:-MOST_REPORTS]:
                private.remove(old)
    except Exception:
        return None
    return path
