"""A file that cannot be read, for the person who has to mend it: the place, the fault in plain words, what to do."""

from __future__ import annotations

from typing import Final, Literal

from schemas.text import clean_line, shorten

Fault = Literal["syntax", "conflict", "shape", "encoding", "format"]
"""Not TOML at all, both sides of a git conflict, TOML but no incident, not UTF-8, an impossible `format`."""

_TITLES: Final[dict[Fault, str]] = {
    "syntax": "This file is not valid TOML",
    "conflict": "This file holds both sides of a git conflict",
    "shape": "This file is not an incident as it should be",
    "encoding": "This file is not UTF-8 text",
    "format": "This file has a format that does not exist",
}

_MOST_LETTERS: Final = 1000


class TomlError(Exception):
    """A file that cannot be read as an incident. `str()` is `FILE:LINE:COLUMN: what is wrong`.

    Attributes:
        file: the name it goes by in messages.
        line: counted from 1.
        column: counted from 1, in characters.
        fault: which kind of fault it is.
        title: the kind of fault as a heading.
        detail: what is wrong.
        hint: what to do.
    """

    def __init__(self, file: str, line: int, column: int, detail: str, hint: str, *, fault: Fault = "syntax") -> None:
        # What the file holds is quoted in the messages, and these go to a terminal: a key may be a megabyte long.
        detail, hint = shorten(detail, _MOST_LETTERS), shorten(hint, _MOST_LETTERS)
        super().__init__(f"{clean_line(file)}:{line}:{column}: {detail}")
        self.file = file
        self.line = line
        self.column = column
        self.fault: Fault = fault
        self.title = _TITLES[fault]
        self.detail = detail
        self.hint = hint
