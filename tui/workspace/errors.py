"""Failures that a person can act on, and the exit codes of the program."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from schemas.text import clean_line, clean_prose

if TYPE_CHECKING:
    from pathlib import Path

EXIT_OK: Final = 0
EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_FILE: Final = 3
EXIT_CHANGED: Final = 4
EXIT_CRASH: Final = 70
EXIT_SIGNAL: Final = 128
"""Added to the number of the signal that ended the program."""


class UserError(Exception):
    """Something that went wrong outside the program: what, in detail, and what to do about it.

    Names of files and words of other programs get in here, so all three are made safe for a terminal.
    """

    def __init__(self, title: str, detail: str = "", hint: str = "", exit_code: int = EXIT_USAGE) -> None:
        self.title = clean_line(title)
        self.detail = clean_prose(detail)
        self.hint = clean_prose(hint)
        super().__init__(f"{self.title}: {self.detail}" if self.detail else self.title)
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[type[UserError], tuple[str, str, str, int]]:
        """So that it can come from another process with all it says."""
        return type(self), (self.title, self.detail, self.hint, self.exit_code)


def shown(path: Path) -> str:
    """A path that is safe to print: file names may hold control characters."""
    return clean_line(os.fsdecode(path))
